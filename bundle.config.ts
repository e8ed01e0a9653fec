import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { type Plugin } from 'vite';

/**
 * `workers/NAME` for each file in electron/workers: a worker is a file of its own, in `workers/` beside the program that
 * starts it.
 */
export function workerEntries(root: string): Record<string, string> {
  const folder = path.join(root, 'electron/workers');
  if (!existsSync(folder)) return {};
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'));
  return Object.fromEntries(names.map((name) => [`workers/${path.parse(name).name}`, path.join(folder, name)]));
}

/**
 * Takes the asm.js mark off logic-solver's MiniSat. The bundler writes numbers in another way than asm.js demands; V8 would
 * then complain on standard error each time and run it as ordinary JavaScript all the same.
 */
export function withoutAsm(): Plugin {
  return {
    name: 'without-asm',
    transform(code, id) {
      return id.endsWith('/logic-solver/minisat.js') ? { code: code.replaceAll('"use asm";', ''), map: null } : null;
    },
  };
}

/** What MiniSat does with `eval` is its own generated code on constants. */
export const checks = { eval: false };

type NameChunk = (
  id: string,
  graph: { getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null },
) => string | null;

/** Puts some modules, and all that they import at once, into one file. What they import on demand stays outside of it. */
export function oneFileOf(entries: readonly string[]): NameChunk {
  let members: Set<string> | null = null;
  return (id, graph) => {
    if (members === null) {
      members = new Set(entries);
      for (const member of members)
        for (const next of graph.getModuleInfo(member)?.importedIds ?? []) members.add(next);
    }
    return members.has(id) ? 'usual' : null;
  };
}
