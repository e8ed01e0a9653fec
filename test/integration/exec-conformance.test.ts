import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createProcesses } from '../../electron/adapters/process/processes.ts';
import type { LaunchPlan } from '../../electron/core/launch/model.ts';
import { planLaunch } from '../../electron/core/launch/plan.ts';
import type { Selections } from '../../electron/core/selections/model.ts';
import { parseSelections } from '../../electron/core/selections/parse.ts';
import { parseXml } from '../../electron/core/xml/parse.ts';
import { isAppError } from '../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import { fixturePath } from '../helpers/fixtures.ts';
import { tempDir } from '../helpers/temp-dir.ts';

interface Result {
  readonly argv: readonly string[];
  readonly argvSeenByDump?: readonly string[];
  readonly envChanges: Readonly<Record<string, string>>;
}

interface Case {
  readonly id: string;
  readonly title: string;
  readonly options: readonly string[];
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly store?: { readonly digest: string; readonly tree: string; readonly mtime: number };
  readonly selections?: string;
  readonly expected?: Result;
  readonly documentedResult?: Result;
  readonly expectedError?: { readonly message: string };
  readonly follow?: 'expected' | 'documentedResult';
}

/** How we word the problems of the reference. */
const expectedErrors: Readonly<Record<string, { readonly code: ErrorCode; readonly text: string }>> = {
  '15-error-insert-and-value': { code: 'bad-launch', text: "Can't use 'insert' and 'value' together on <environment>" },
  '16-error-neither': { code: 'bad-launch', text: "Missing 'insert' or 'value' on <environment>" },
  '17-error-mode': { code: 'bad-launch', text: "Unknown mode 'Prepend' on <environment>" },
  '18-error-absolute-insert': { code: 'bad-launch', text: 'Attempt to append absolute path: CASE + /etc' },
  '32-error-arg-unset': { code: 'bad-launch', text: 'Environment variable "NOT_SET_ANYWHERE" not set' },
  '33-error-arg-empty-name': { code: 'bad-launch', text: "Empty variable name in template '${}'" },
  '44-error-no-path-no-runner': { code: 'bad-launch', text: "Missing 'path' on command with no <runner>: <command>" },
  '45-error-missing-file': { code: 'program-missing', text: 'CASE/nothere' },
  '46-error-absolute-path': { code: 'bad-launch', text: "Absolute path '/bin/true' in <command>" },
  '51-error-main-relative-no-command': {
    code: 'bad-launch',
    text: "Can't use a relative replacement main (dump) when there is no original one!",
  },
  '52-error-no-command': { code: 'bad-launch', text: "Can't run: no command specified!" },
  '66-error-executable-name-slash': { code: 'bad-launch', text: 'Invalid name in executable binding: a/b' },
  '67-error-executable-name-dot': { code: 'bad-launch', text: 'Invalid name in executable binding: .x' },
  '77-error-selections-missing-impl': { code: 'implementation-missing', text: 'http://example.com/prog.xml' },
  '78-error-selections-no-digest': { code: 'bad-selections', text: "No digests found for 'x': <selection>" },
};

const caseNames = readdirSync(fixturePath('conformance/exec'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

const failed = new Set<string>();
afterEach(({ task }) => {
  if (task.result?.state === 'fail' && task.suite !== undefined) failed.add(task.suite.name);
});
afterAll(() => {
  console.log(`as the reference starts them: ${caseNames.length - failed.size} of ${caseNames.length}`);
});

it('has all 73 cases', () => {
  expect(caseNames).toHaveLength(73);
});

describe.each(caseNames)('%s', (name) => {
  const { expectedError } = readCase(fixturePath(`conformance/exec/${name}`), {});

  if (expectedError) {
    it('is refused', () => {
      const world = setUp(name);
      const expected = expectedErrors[name];
      const problem = failureOf(() => planCase(world));
      expect(problem.code).toBe(expected?.code);
      expect(problem.text.replaceAll(world.directory, 'CASE')).toContain(expected?.text);
    });
    return;
  }

  it('gives the command line and environment', () => {
    const world = setUp(name);
    const plan = planCase(world);
    const wanted = wantedResult(world.testCase);
    expect(plan.argv).toEqual(wanted.argv);
    expect(comparable(plan.env, world)).toEqual(comparable({ ...world.testCase.env, ...wanted.envChanges }, world));
  });

  it.skipIf(process.platform !== 'linux')('runs so', async () => {
    const world = setUp(name);
    const plan = planCase(world);
    const wanted = wantedResult(world.testCase);
    const seen = await runDump(plan, world);
    expect(seen.argv).toEqual(wanted.argvSeenByDump ?? wanted.argv);
    const { WRAPPED, PWD, ...env } = seen.env;
    // Only a shell that stands in front of the program adds its directory.
    expect(PWD).toBe(wanted.argvSeenByDump ? world.home : undefined);
    expect(WRAPPED).toBe(name === '54-wrapper' ? 'yes' : undefined);
    expect(comparable(env, world)).toEqual(comparable({ ...world.testCase.env, ...wanted.envChanges }, world));

    // Of two launchers with one name the last is what the variable speaks of.
    const launchers = new Map(plan.launchers.map(({ path: file }) => [path.basename(file), file]));
    for (const [launcher, file] of launchers) {
      expect(statSync(file).mode & 0o777).toBe(0o755);
      const array = JSON.parse(plan.env[`zeroinstall_runenv_${launcher}`]!) as readonly string[];
      const launched = await runDump({ ...plan, argv: [file, "it's", ''] }, world);
      expect(launched.argv).toEqual([...array, "it's", '']);
    }
  });
});

interface World {
  readonly directory: string;
  readonly testCase: Case;
  readonly home: string;
  readonly cache: string;
}

/** A case in a fresh place. */
function setUp(name: string): World {
  const root = tempDir();
  const directory = path.join(root, 'case');
  const home = path.join(root, 'home');
  const cache = path.join(home, '.cache/0install.net');
  cpSync(fixturePath(`conformance/exec/${name}`), directory, { recursive: true });
  mkdirSync(home);
  const testCase = readCase(directory, { CASE: directory, HOME: home, CACHE: cache });
  if (testCase.store) {
    const stored = path.join(cache, 'implementations', testCase.store.digest);
    cpSync(path.join(directory, testCase.store.tree), stored, { recursive: true });
    makeExecutable(stored);
  }
  makeExecutable(directory);
  return { directory, testCase, home, cache };
}

function makeExecutable(directory: string): void {
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (entry.name === 'dump') chmodSync(path.join(entry.parentPath, entry.name), 0o755);
  }
}

function readCase(directory: string, values: Readonly<Record<string, string>>): Case {
  return replaceAll(JSON.parse(readFileSync(path.join(directory, 'case.json'), 'utf8')), values) as Case;
}

function replaceAll(value: unknown, values: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{(CASE|HOME|CACHE)\}/g, (whole, name: string) => values[name] ?? whole);
  }
  if (Array.isArray(value)) return value.map((each) => replaceAll(each, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, key === 'notes' ? each : replaceAll(each, values)]),
  );
}

/** Where solving is not possible for the reference, the only implementation of the feed is taken as it stands. */
function readSelections({ directory, home, testCase }: World): Selections {
  const file = path.join(directory, testCase.selections ?? 'selections.xml');
  let text: string;
  if (existsSync(file)) {
    text = replaceAll(readFileSync(file, 'utf8'), { CASE: directory, HOME: home }) as string;
  } else {
    const uri = path.join(directory, 'prog.xml');
    const found = /<implementation [^]*<\/implementation>/.exec(readFileSync(uri, 'utf8'))![0];
    const selection = found
      .replace('<implementation ', `<selection interface="${uri}" `)
      .replace('local-path="."', `local-path="${directory}"`)
      .replace('</implementation>', '</selection>');
    const namespace = 'http://zero-install.sourceforge.net/2004/injector/interface';
    text = `<selections xmlns="${namespace}" interface="${uri}" command="run">${selection}</selections>`;
  }
  return parseSelections(parseXml(text, { source: file }), file);
}

function planCase(world: World): LaunchPlan {
  const { testCase, cache } = world;
  const option = (name: string): string | undefined =>
    testCase.options.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3);
  const [main, wrapper] = [option('main'), option('wrapper')];
  return planLaunch({
    selections: readSelections(world),
    directoryOf(selection) {
      if (selection.kind !== 'stored') return selection.localPath;
      const found = selection.digests.map((digest) => path.join(cache, 'implementations', digest)).find(existsSync);
      return found ?? null;
    },
    env: testCase.env,
    platform: 'posix',
    pathExists: existsSync,
    launchersDir: launchersDir(world),
    options: { args: testCase.args, ...(main !== undefined && { main }), ...(wrapper !== undefined && { wrapper }) },
  });
}

function launchersDir({ cache }: World): string {
  return path.join(cache, 'injector');
}

function wantedResult({ expected, documentedResult, follow }: Case): Result {
  const result = follow === 'documentedResult' ? documentedResult : expected;
  if (!result) throw new Error('case without result');
  return result;
}

/** Variables with the hash directories of launchers taken out, and command lines as the lists they are. */
function comparable(env: Readonly<Record<string, string>>, world: World): Readonly<Record<string, unknown>> {
  const hashed = new RegExp(`${launchersDir(world)}/exec-[0-9a-f]{16}/`, 'g');
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => {
      if (name.startsWith('zeroinstall_runenv_')) return [name, JSON.parse(value) as unknown];
      return [name, value.replace(hashed, '${LAUNCHERS}/')];
    }),
  );
}

async function runDump(
  plan: LaunchPlan,
  world: World,
): Promise<{ readonly argv: readonly string[]; readonly env: Readonly<Record<string, string>> }> {
  const stateDir = path.join(world.home, 'state');
  const processes = createProcesses({ env: world.testCase.env, stateDir, cacheDir: world.cache });
  if (plan.launchers.length > 0) await processes.run({ ...plan, argv: ['/bin/true'] });
  const program = await processes.start(plan, { name: world.testCase.id, inTerminal: false });
  const end = await program.ended;
  const output = await program.output();
  expect([end, output]).toEqual([{ exitCode: 0, signal: null }, expect.stringContaining('\u0001')]);
  const [argv = '', env = ''] = output.split('\u0001');
  return {
    argv: argv.split('\0').slice(0, -1),
    env: Object.fromEntries(
      env
        .split('\0')
        .filter((item) => item !== '')
        .map((item) => [item.slice(0, item.indexOf('=')), item.slice(item.indexOf('=') + 1)]),
    ),
  };
}

function failureOf(action: () => unknown): { readonly code: string; readonly text: string } {
  try {
    action();
  } catch (error) {
    if (isAppError(error)) return { code: error.code, text: Object.values(error.params).join(' ') };
    throw error;
  }
  throw new Error('nothing failed');
}
