import { pathsTo } from '../../../shared/graph.ts';
import type { ProgramMap } from '../../../shared/model/index.ts';
import { createJsonState } from '../../adapters/state/json-state.ts';
import { createLibraryService } from '../../services/library-service.ts';
import { createMapService } from '../../services/map-service.ts';
import { openApps } from '../apps.ts';
import type { CommandRunner } from '../context.ts';
import { withEngine } from '../session.ts';
import { resolveTarget } from '../target.ts';

/** Ways that are printed of each version. */
const maxPaths = 20;

/** `why DIGEST | URI`: which programs use a stored version or a component, and by what. The status is 1 if none does. */
export const runWhy: CommandRunner = async (context) =>
  withEngine(context, async (session) => {
    const { engine } = session;
    const { args, out } = context;
    const [text = ''] = args;
    const { appStore } = await openApps(session, context);
    const library = createLibraryService({ state: createJsonState(engine.paths.state), clock: engine.clock });
    const maps = createMapService({ ...engine, library, apps: appStore });
    const map = await maps.map(null);
    const uri = isDigest(text) ? null : resolveTarget(text);
    const targets = map.nodes.filter((node) => (uri === null ? node.digest === text : node.interface === uri));
    const ways = targets.map((target) => ({ target, ...waysTo(target.key, map) }));
    if (out.isJson) {
      const label = labels(map);
      const json = ways.map(({ target, paths, isCut }) => ({
        interface: target.interface,
        version: target.version,
        digest: target.digest,
        paths: paths.map(({ root, keys }) => ({ program: root, components: keys.map((key) => label(key)) })),
        isCut,
      }));
      out.print(`${JSON.stringify({ uses: json })}\n`);
    } else if (targets.length === 0) out.print(`No program uses ${text}.\n`);
    else {
      const label = labels(map);
      for (const { target, paths, isCut } of ways) {
        out.print(`${label(target.key)}${target.digest === null ? '' : ` (${target.digest})`} is used by:\n`);
        for (const { root, keys } of paths) out.print(`  ${[root, ...keys.slice(1).map(label)].join(' -> ')}\n`);
        if (isCut) out.print('  …\n');
      }
    }
    return targets.length === 0 ? 1 : 0;
  });

function isDigest(text: string): boolean {
  return /^sha(?:1|1new|256|256new)[=_]/.test(text);
}

function labels({ nodes }: ProgramMap): (key: string) => string {
  const names = new Map(nodes.map(({ key, name, version }) => [key, `${name} ${version}`]));
  return (key) => names.get(key) ?? key;
}

/** Each way with the program that it begins with. */
function waysTo(target: string, { roots, nodes, edges }: ProgramMap) {
  const graph = { nodes: nodes.map(({ key }) => key), edges };
  const { paths, isCut } = pathsTo(graph, { roots: roots.map(({ node }) => node), target, limit: maxPaths });
  const named = paths.flatMap((keys) =>
    roots
      .filter(({ node, nodes: used }) => node === keys[0] && used.includes(target))
      .map(({ name }) => ({ root: name, keys })),
  );
  return { paths: named, isCut };
}
