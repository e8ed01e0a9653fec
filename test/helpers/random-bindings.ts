// Selections documents with random bindings, commands and runners, started by the reference, by our plan and by a fast launcher:
// each must give the program the same arguments and environment. A seed makes the same world again: BINDING_SEED=123.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { writeLaunchers } from '../../electron/adapters/process/launcher-files.ts';
import { makeFastLauncher, mentionedVariables } from '../../electron/core/launch/fast-launcher.ts';
import type { LaunchPlan } from '../../electron/core/launch/model.ts';
import { toShellText } from '../../electron/core/launch/shell-text.ts';
import { planLaunch } from '../../electron/core/launch/plan.ts';
import type { Selections } from '../../electron/core/selections/model.ts';
import { parseSelections } from '../../electron/core/selections/parse.ts';
import { parseXml } from '../../electron/core/xml/parse.ts';
import { isAppError } from '../../shared/errors/app-error.ts';
import { createRandom, type Random } from './random-world/random.ts';

/** What a program found out about its start; null if it was not started. */
type Seen = { readonly argv: readonly string[]; readonly env: Readonly<Record<string, unknown>> } | null;

const variables = ['A', 'B', 'LIBS', 'PATH', 'XDG_DATA_DIRS', 'XDG_CONFIG_DIRS'];
const dump = '#!/bin/sh\nprintf \'%s\\0\' "$0" "$@"\nprintf \'\\001\'\nexec /usr/bin/env -0\n';

/** Compares some worlds. @returns how many could be started, and how many by a fast launcher */
export function checkBindings(count: number): { readonly started: number; readonly fast: number } {
  const only = process.env['BINDING_SEED'];
  const seeds = only === undefined ? Array.from({ length: count }, (_, index) => index + 1) : [Number(only)];
  const tally = { started: 0, fast: 0 };
  for (const seed of seeds) {
    const directory = mkdtempSync(path.join(tmpdir(), 'zerodesk-bindings-'));
    try {
      checkWorld(seed, directory, tally);
    } finally {
      // Launchers lie in sealed folders.
      spawnSync('chmod', ['-R', 'u+w', directory]);
      rmSync(directory, { recursive: true, force: true });
    }
  }
  console.log(
    `${seeds.length} worlds of bindings: ${tally.started} started, ${seeds.length - tally.started} refused by both; ` +
      `${tally.fast} also by a fast launcher; 0 differ`,
  );
  return tally;
}

function checkWorld(seed: number, directory: string, tally: { started: number; fast: number }): void {
  const random = createRandom(seed);
  const text = writeWorld(random, directory);
  const env: Record<string, string> = { HOME: directory, LC_ALL: 'C', ...randomEnvironment(random) };
  const file = path.join(directory, 'selections.xml');
  writeFileSync(file, text);
  const args = random.some(['x', "it's", 'a b', '', '$A'], random.below(3));

  const wanted = see(spawnSync('/usr/bin/0install', ['run', file, ...args], { env }), directory);
  const selections = parseSelections(parseXml(text, { source: 'selections' }));
  const plan = planner(selections, directory);
  expect(startPlanned(plan, { env, args, directory }), `seed ${seed}`).toEqual(wanted);
  if (wanted === null) return;
  tally.started += 1;
  // The sheet for a shell does the same in the environment of whoever reads it.
  const lines = path.join(directory, 'sheet');
  writeFileSync(lines, toShellText(plan(env), (of) => `${of.interface}\n${of.version}`).replace(/\n$/, ' "$@"\n'));
  expect(see(spawnSync('/bin/sh', [lines, ...args], { env }), directory), `seed ${seed}, sheet`).toEqual(wanted);

  const script = makeFastLauncher({
    name: 'app',
    plan,
    mentioned: mentionedVariables(selections),
    ...emptyChecks(directory),
  });
  if (script === null) return;
  tally.fast += 1;
  const launcher = path.join(directory, 'launcher');
  writeFileSync(launcher, script, { mode: 0o755 });
  expect(see(spawnSync(launcher, args, { env }), directory), `seed ${seed}, fast`).toEqual(wanted);
}

function planner(selections: Selections, directory: string): (env: Readonly<Record<string, string>>) => LaunchPlan {
  return (env) =>
    planLaunch({
      selections,
      directoryOf: ({ localPath }) => localPath,
      env,
      platform: 'posix',
      pathExists: existsSync,
      launchersDir: path.join(directory, 'launchers'),
      options: { args: [] },
    });
}

function startPlanned(
  plan: (env: Readonly<Record<string, string>>) => LaunchPlan,
  {
    env,
    args,
    directory,
  }: { readonly env: Record<string, string>; readonly args: readonly string[]; readonly directory: string },
): Seen {
  try {
    const { argv, env: wholeEnv, launchers } = plan(env);
    writeLaunchers(launchers, path.join(directory, 'launchers'));
    const [program = '', ...words] = argv;
    return see(spawnSync(program, [...words, ...args], { env: wholeEnv }), directory);
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

/** All is as it should be. */
function emptyChecks(directory: string) {
  const stamp = path.join(directory, 'stamp');
  writeFileSync(stamp, '');
  const later = new Date(Date.now() + 10_000);
  utimesSync(stamp, later, later);
  return {
    needed: [directory],
    unchanged: [path.join(directory, 'selections.xml')],
    absent: [path.join(directory, 'nothing')],
    stamp,
    due: null,
    lastRun: path.join(directory, 'last-run'),
    programs: [],
  };
}

function see({ status, stdout }: { readonly status: number | null; readonly stdout: Buffer }, directory: string): Seen {
  if (status !== 0) return null;
  // Each program has folders of its own for launchers.
  const output = stdout
    .toString()
    .replaceAll(
      new RegExp(`${directory}/(?:\\.cache/0install\\.net/injector|launchers)/exec-[0-9a-f]+/`, 'g'),
      'LAUNCHERS/',
    );
  const [argv = '', env = ''] = output.split('\u0001');
  const entries = env
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)] as const)
    // Made by the shell that prints.
    .filter(([name]) => !['PWD', 'OLDPWD', '_', 'SHLVL'].includes(name))
    .map(([name, value]): [string, unknown] => [
      name,
      name.startsWith('zeroinstall_runenv_') ? JSON.parse(value) : value,
    ]);
  return { argv: argv.split('\0').slice(0, -1), env: Object.fromEntries<unknown>(entries) };
}

function randomEnvironment(random: Random): Record<string, string> {
  const env: Record<string, string> = {};
  for (const name of variables) {
    // Without it nothing is found, the reference's own shell included.
    if (name === 'PATH') env[name] = '/usr/bin:/bin';
    else if (random.chance(0.6)) env[name] = random.pick(['', 'old', '/a:/b', '/a::/b', "it's $A", 'with\nline', ':']);
  }
  return env;
}

const roles = ['prog', 'lib', 'more', 'runner', 'outer'];

function writeWorld(random: Random, directory: string): string {
  for (const role of roles) {
    const folder = path.join(directory, role);
    mkdirSync(path.join(folder, 'bin'), { recursive: true });
    for (const name of ['dump', 'bin/dump']) {
      writeFileSync(path.join(folder, name), dump);
      chmodSync(path.join(folder, name), 0o755);
    }
  }
  const uri = (role: string): string => `http://example.com/${role}.xml`;
  const selection = (role: string): string => {
    const isRunner = role === 'runner' || role === 'outer';
    const others = ['lib', 'more'].filter((other) => other !== role);
    const needs = random
      .some(others, random.below(3))
      .map((other) => `<requires interface="${uri(other)}">${bindings(random)}</requires>`);
    const next = role === 'runner' ? 'outer' : 'runner';
    const runner =
      role !== 'outer' && random.chance(isRunner ? 0.3 : 0.4)
        ? `<runner interface="${uri(next)}">${words(random)}${bindings(random)}</runner>`
        : '';
    const command = `<command name="run" path="${random.pick(['dump', 'bin/dump'])}">${runner}${words(random)}${random.chance(0.3) ? bindings(random) : ''}</command>`;
    const tool = `<command name="tool" path="bin/dump">${words(random)}</command>`;
    return `<selection interface="${uri(role)}" id="${directory}/${role}" local-path="${directory}/${role}" version="1">${command}${tool}${bindings(random)}${needs.join('')}</selection>`;
  };
  return `<?xml version="1.0"?><selections xmlns="http://zero-install.sourceforge.net/2004/injector/interface" interface="${uri('prog')}" command="run">${[...roles].sort().map(selection).join('')}</selections>`;
}

function bindings(random: Random): string {
  return Array.from({ length: random.below(3) }, () => binding(random)).join('');
}

function binding(random: Random): string {
  if (random.chance(0.25)) {
    const kind = random.pick(['executable-in-path', 'executable-in-var']);
    return `<${kind} name="${random.pick(['tool', 'helper', 'x2'])}" command="${random.pick(['run', 'tool', 'tool'])}"/>`;
  }
  const what = random.chance(0.6)
    ? `insert="${random.pick(['', '.', 'bin', 'share/x', 'a/../b/'])}"`
    : `value="${random.pick(['', 'plain', '$A', "it's", 'x:y'])}"`;
  const mode = random.chance(0.6) ? ` mode="${random.pick(['prepend', 'append', 'replace'])}"` : '';
  const separator = random.chance(0.2) ? ` separator="${random.pick([';', ',', '--'])}"` : '';
  const fallback = random.chance(0.3) ? ` default="${random.pick(['', '/default', 'd:e'])}"` : '';
  return `<environment name="${random.pick(variables)}" ${what}${mode}${separator}${fallback}/>`;
}

function words(random: Random): string {
  return Array.from({ length: random.below(3) }, () =>
    random.chance(0.2)
      ? `<for-each item-from="${random.pick(['A', 'LIBS'])}"><arg>-I</arg><arg>\${item}</arg></for-each>`
      : `<arg>${random.pick(['-x', '--y=1', '$$', '$A', '${LIBS}', '$PATH', "'quoted'", 'a b', '$9'])}</arg>`,
  ).join('');
}
