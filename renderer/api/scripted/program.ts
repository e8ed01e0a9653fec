import type { Input, Output } from '../../../shared/ipc/contract.ts';
import type { BoundPart, ChangedVariable, ComponentRow, EnvironmentSheet } from '../../../shared/model/index.ts';
import { fakeDigest } from './sample-data.ts';
import { solveView, type World } from './world.ts';

type ProgramCall = 'program.environment';

const store = '/home/ada/.cache/0install.net/implementations';
const own: Readonly<Record<string, string>> = {
  HOME: '/home/ada',
  LANG: 'en_GB.UTF-8',
  PATH: '/home/ada/.local/bin:/usr/bin:/bin',
  PYTHONPATH: '/home/ada/lib/python',
  SITE_TOKEN: 'hunter2',
};

/** The calls about what is known of one program. */
export function programCalls(world: World): { readonly [N in ProgramCall]: (input: Input<N>) => Output<N> } {
  return {
    'program.environment': ({ interface: uri, showsOwn }) => sheetOf(world, uri, showsOwn),
  };
}

function sheetOf(world: World, uri: Input<'program.environment'>['interface'], showsOwn: boolean): EnvironmentSheet {
  const view = solveView(world, uri);
  const directory = (row: ComponentRow): string => `${store}/sha256new_${fakeDigest(row.interface)}`;
  const partOf = ({ interface: of, name, version }: ComponentRow): BoundPart => ({
    interface: of,
    name,
    version: version ?? '',
  });
  const [root] = view.components;
  if (root === undefined) throw new Error('a selection has a root');
  const python = view.components.find(({ name }) => name === 'Python');
  const libraries = view.components.filter(({ depth, name }) => depth > 0 && name !== 'Python');
  const variable = (name: string, changes: ChangedVariable['changes']): ChangedVariable => {
    const before = own[name];
    const after = [...changes.map(({ value }) => value).reverse(), ...(before === undefined ? [] : [before])].join(':');
    return {
      name,
      changes,
      isOwn: before !== undefined,
      before: showsOwn ? (before ?? null) : null,
      after: showsOwn ? after : null,
    };
  };
  const variables = [
    ...(python === undefined
      ? []
      : [
          variable('PATH', [
            { mode: 'prepend', value: `${directory(python)}/bin`, of: partOf(python), by: partOf(python) },
          ]),
        ]),
    variable(
      'PYTHONPATH',
      libraries.map((row) => ({
        mode: 'prepend',
        value: `${directory(row)}/lib`,
        of: partOf(row),
        by: partOf(root),
      })),
    ),
    variable('MEMO_HOME', [{ mode: 'replace', value: directory(root), of: partOf(root), by: partOf(root) }]),
  ].filter(({ changes }) => changes.length > 0);
  const changed = new Set(variables.map(({ name }) => name));
  const app = world.timelines.find(({ app: one }) => one.interface === uri)?.app;
  const apart = app === undefined ? undefined : world.sandboxes.get(app.name);
  const argv = [python === undefined ? '' : `${directory(python)}/bin/python3`, `${directory(root)}/main.py`].filter(
    (word) => word !== '',
  );
  return {
    ...partOf(root),
    variables,
    inherited: Object.entries(own)
      .filter(([name]) => !changed.has(name))
      .map(([name, value]) => ({ name, value: showsOwn ? value : null })),
    withheld: apart?.isOn === true ? ['DBUS_SESSION_BUS_ADDRESS', 'SSH_AUTH_SOCK'] : [],
    argv,
    cwd: null,
    launchers: [],
    sandbox: apart?.isOn === true ? apart : null,
    isPreview: view.downloadBytes > 0,
    shellText: `# ${root.name} ${root.version ?? ''}\nMEMO_HOME='${directory(root)}'\nexport MEMO_HOME\n${argv.join(' ')}\n`,
  };
}
