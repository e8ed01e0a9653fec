import type { Input, Output } from '../../../shared/ipc/contract.ts';
import type {
  BoundPart,
  ChangedVariable,
  ComponentRow,
  EnvironmentSheet,
  InterfaceUri,
  MapNode,
  ProgramDetails,
  ProgramMap,
  Provenance,
} from '../../../shared/model/index.ts';
import { fakeDigest, findComponent, uriOf } from './sample-data.ts';
import { solveView, versionsOf, type World } from './world.ts';

type ProgramCall = 'program.environment' | 'program.details' | 'program.map';

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
    'program.map': ({ interface: uri }) => mapOf(world, uri),
    'program.details': ({ interface: uri }) => detailsOf(world, uri),
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

const signer = {
  fingerprint: '8E6C1F0A5B2D49370C7EAD1134F98B0255D6A1C7',
  name: 'Zerodesk Samples <samples@zerodesk.invalid>',
  isTrusted: true,
};

function detailsOf(world: World, uri: InterfaceUri): ProgramDetails {
  const view = solveView(world, uri);
  const app = world.apps.find((one) => one.interface === uri);
  const provenance = view.components.flatMap((row): Provenance[] => {
    if (row.version === null || row.fromFeed === null) return [];
    const item = world.items.find((one) => one.interface === row.interface && one.version === row.version);
    return [
      {
        interface: row.interface,
        name: row.name,
        version: row.version,
        feed: row.fromFeed,
        origin: 'signed',
        signers: [signer],
        domain: 'samples.zerodesk.invalid',
        digest: item?.digest ?? String(row.id),
        item: item?.id ?? null,
        store: item?.store ?? null,
        sizeBytes: item?.sizeBytes ?? null,
        verifiedAt: item?.storedAt ?? null,
        isDamaged: item !== undefined && world.damaged.has(item.id),
      },
    ];
  });
  const sizes = provenance.slice(1).flatMap(({ sizeBytes }) => (sizeBytes === null ? [] : [sizeBytes]));
  const [root] = view.components;
  return {
    interface: uri,
    name: view.name,
    summary: app?.summary ?? '',
    description: (app?.description ?? '').split('\n\n'),
    homepages: app?.homepage === null || app === undefined ? [] : [app.homepage],
    categories: app?.categories ?? [],
    needsTerminal: app?.needsTerminal ?? false,
    replacedBy: view.name === 'Filer' ? ('https://apps.example.org/panes.xml' as InterfaceUri) : null,
    version: root?.version ?? null,
    released: '2026-09-21',
    stability: root?.stability ?? null,
    license: 'OSI Approved :: GNU General Public License (GPL)',
    versionCount: new Set(versionsOf(world, uri).map(({ version }) => version)).size,
    newestVersion: versionsOf(world, uri)[0]?.version ?? null,
    ownBytes: provenance[0]?.sizeBytes ?? null,
    librariesBytes: sizes.length === 0 ? null : sizes.reduce((sum, size) => sum + size, 0),
    downloadBytes: view.downloadBytes,
    commands: [
      { name: 'run', title: view.name, summary: null, needsTerminal: false },
      { name: 'export', title: null, summary: 'Writes all notes into one file', needsTerminal: true },
    ],
    provenance,
    entries: world.entries.filter(({ of }) => of === uri || of === view.name.toLowerCase()),
  };
}

function mapOf(world: World, only: InterfaceUri | null): ProgramMap {
  const roots: ProgramMap['roots'] = [];
  const nodes = new Map<string, MapNode>();
  const edges = new Map<string, ProgramMap['edges'][number]>();
  const mine = world.apps.filter((app) => (only === null ? app.isMine : app.interface === only));
  for (const app of mine) {
    const view = solveView(world, app.interface);
    const keyOf = (row: ComponentRow): string => `${row.interface} ${row.version ?? ''}`;
    for (const row of view.components) {
      const item = world.items.find((one) => one.interface === row.interface && one.version === row.version);
      nodes.set(keyOf(row), {
        key: keyOf(row),
        interface: row.interface,
        name: row.name,
        version: row.version ?? '',
        isSource: false,
        kind: 'stored',
        digest: item?.digest ?? null,
        item: item?.id ?? null,
        sizeBytes: item?.sizeBytes ?? null,
      });
      for (const name of findComponent(row.interface)?.requires ?? []) {
        const to = view.components.find((one) => one.interface === uriOf(name));
        if (to !== undefined) edges.set(`${keyOf(row)} ${keyOf(to)}`, { from: keyOf(row), to: keyOf(to) });
      }
    }
    const [root] = view.components;
    if (root === undefined) continue;
    const used = view.components.map(keyOf);
    roots.push({ name: app.name, kind: 'library', interface: app.interface, node: keyOf(root), nodes: used });
  }
  const count = only === null ? world.mapSize : 0;
  for (let index = 0; index < count; index += 1) {
    const key = `https://many.invalid/${index}.xml 1`;
    const parent = index === 0 ? undefined : `https://many.invalid/${Math.floor((index - 1) / 4)}.xml 1`;
    const name = `Component ${String(index + 1).padStart(4, '0')}`;
    nodes.set(key, {
      ...{ key, name, version: '1', isSource: false, kind: 'stored', digest: null, item: null },
      interface: `https://many.invalid/${index}.xml` as InterfaceUri,
      sizeBytes: 1000 * (index + 1),
    });
    if (parent !== undefined) edges.set(key, { from: parent, to: key });
    if (index === 0) roots.push({ name, kind: 'app', interface: uriOf('many'), node: key, nodes: [] });
  }
  return { roots, nodes: [...nodes.values()], edges: [...edges.values()], unknown: [], moreCount: 0 };
}
