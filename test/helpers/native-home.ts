import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { escapeName } from '../../electron/core/feed/names.ts';
import { selectionsToXml } from '../../electron/core/selections/to-xml.ts';
import { parseSelections } from '../../electron/core/selections/parse.ts';
import { formatXml } from '../../electron/core/xml/format.ts';
import { parseXml } from '../../electron/core/xml/parse.ts';
import { runCommand } from './desk-world.ts';
import { feedText } from './feed.ts';
import { tempDir } from './temp-dir.ts';

const zerodesk = fileURLToPath(new URL('../../bin/0desk', import.meta.url));

/** Whether programs can be shown another system. Says loudly that tests are left out if not. */
export function hasSandbox(): boolean {
  const { status } = spawnSync('bwrap', ['--dev-bind', '/', '/', '--tmpfs', '/var/lib/dpkg', 'true'], {
    stdio: 'ignore',
  });
  if (status !== 0) console.warn('bwrap is missing or may not be used: comparisons with other systems are SKIPPED.');
  return status === 0;
}

/** What a selection came to: the document in a form that can be compared, or the report of the failure. */
export interface Outcome {
  readonly status: number;
  readonly text: string;
}

/** A home in which both programs select from the same feeds, with the same `apt-cache` on the path. */
export interface NativeHome {
  /** Writes a local feed. @returns its path */
  feed(content: string): string;
  /** Puts a feed into the cache. */
  cachedFeed(url: string, content: string): void;
  /** Replaces `apt-cache` by a script, which has the names as its arguments. */
  apt(script: string): void;
  /** What the reference and our program make of the same arguments, in this order. */
  select(args: readonly string[], system?: OtherSystem): Promise<readonly [Outcome, Outcome]>;
}

/** Another system than this one. */
export interface OtherSystem {
  /** Directory that is shown as `/var/lib/dpkg`; `null` = an empty one. */
  readonly dpkg: string | null;
  readonly path?: string;
}

/** Creates the home, with nothing in it. */
export function createNativeHome(): NativeHome {
  const home = tempDir();
  const bin = path.join(home, 'bin');
  const interfaces = path.join(home, '.cache/0install.net/interfaces');
  const config = path.join(home, '.config/0install.net/injector');
  for (const folder of [bin, interfaces, config]) mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(config, 'global'), '[global]\nfreshness = -1\nnetwork_use = full\n');
  const env = (searchPath: string): Readonly<Record<string, string>> => ({
    PATH: `${bin}:${searchPath}`,
    HOME: home,
    LC_ALL: 'C.UTF-8',
    ZERODESK_NODE: process.execPath,
  });

  const run = async (program: string, args: readonly string[], system: OtherSystem | undefined): Promise<Outcome> => {
    const shown = system === undefined ? [] : shownAs(system);
    const command = [...shown, program, 'select', '--console', '--xml', ...args];
    const environment = env(system?.path ?? process.env['PATH'] ?? '/usr/bin:/bin');
    const { status, stdout, stderr } = await runCommand('/usr/bin/env', environment, command);
    const report = stderr.slice(Math.max(0, stderr.indexOf("Can't find all required")));
    return { status, text: status === 0 ? canonical(stdout) : report.trim() };
  };
  return {
    feed(content) {
      const file = path.join(home, 'feed.xml');
      writeFileSync(file, feedText(`<name>App</name><summary>app</summary>${content}`));
      return file;
    },
    cachedFeed(url, content) {
      const text = feedText(`<name>App</name><summary>app</summary>${content}`, `uri="${url}"`);
      writeFileSync(path.join(interfaces, escapeName(url)), text);
    },
    apt(script) {
      const file = path.join(bin, 'apt-cache');
      writeFileSync(file, `#!/bin/sh\nshift 3\n${script}\n`);
      chmodSync(file, 0o755);
    },
    select: async (args, system) => [await run('0install', args, system), await run(zerodesk, args, system)],
  };
}

function shownAs({ dpkg }: OtherSystem): readonly string[] {
  return [
    'bwrap',
    '--dev-bind',
    '/',
    '/',
    ...(dpkg === null ? ['--tmpfs', '/var/lib'] : ['--bind', dpkg, '/var/lib/dpkg']),
  ];
}

function canonical(document: string): string {
  return formatXml(selectionsToXml(parseSelections(parseXml(document, { source: 'select' }))));
}
