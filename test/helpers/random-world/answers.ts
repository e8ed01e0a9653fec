import { createConfig } from '../../../electron/adapters/config/config.ts';
import { createHost } from '../../../electron/adapters/feeds/host.ts';
import { createSelectWorld } from '../../../electron/adapters/feeds/select-world.ts';
import { createPaths } from '../../../electron/adapters/paths.ts';
import { commands, commonOptions } from '../../../electron/cli/option-table.ts';
import { parseLine } from '../../../electron/cli/options.ts';
import { readRequirements } from '../../../electron/cli/requirements.ts';
import { select } from '../../../electron/core/select/select.ts';
import { selectionsToXml } from '../../../electron/core/selections/to-xml.ts';
import type { SatPort } from '../../../electron/core/solver/sat-port.ts';
import { formatXml } from '../../../electron/core/xml/format.ts';
import { runCommand } from '../desk-world.ts';
import type { RandomWorld } from './world.ts';

/** What a selector says about a world, in a form that can be compared. */
export interface WorldAnswer {
  readonly kind: 'solved' | 'no-solution' | 'failed' | 'crashed';
  /** The selections document, the failure report, or what went wrong. */
  readonly text: string;
}

const noSolution = "Can't find all required implementations:";

/** Asks our selector: settings, feeds and store are read by the adapters. */
export async function ourAnswer({ root, args, env }: RandomWorld, engine?: SatPort): Promise<WorldAnswer> {
  const paths = createPaths(env, env['HOME']);
  const world = createSelectWorld({ paths, host: createHost(env) });
  const specs = [...commonOptions, ...commands.flatMap(({ words, options }) => (words[0] === 'select' ? options : []))];
  const { options } = parseLine(args, { specs, endsAfter: () => false });
  const { networkUse, helpWithTesting } = await createConfig(paths).read();
  const policy = { networkUse: options.has('offline') ? ('off-line' as const) : networkUse, helpWithTesting };
  const query = { requirements: readRequirements(root, options), policy };
  const answer = select(query, world, engine === undefined ? {} : { engine });
  switch (answer.status) {
    case 'solved':
      return { kind: 'solved', text: formatXml(selectionsToXml(answer.selections)) };
    case 'no-solution':
      return { kind: 'no-solution', text: answer.report };
    case 'failed':
      return { kind: 'failed', text: answer.reason };
  }
}

/** Asks the reference program. */
export async function referenceAnswer({ root, args, env }: RandomWorld): Promise<WorldAnswer> {
  const { status, stdout, stderr } = await runCommand('0install', env, ['select', '--xml', '--console', ...args, root]);
  if (status === 0) return { kind: 'solved', text: stdout };
  const report = stderr.indexOf(noSolution);
  if (report >= 0) return { kind: 'no-solution', text: stderr.slice(report).replace(/\n+$/, '') };
  return { kind: status === 1 ? 'failed' : 'crashed', text: stderr.trimEnd() };
}
