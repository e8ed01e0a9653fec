import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConfig } from '../../electron/adapters/config/config.ts';
import { createPreferences } from '../../electron/adapters/config/preferences.ts';
import { createHost } from '../../electron/adapters/feeds/host.ts';
import { createSelectWorld } from '../../electron/adapters/feeds/select-world.ts';
import { createPaths } from '../../electron/adapters/paths.ts';
import { createSolver } from '../../electron/adapters/solver/in-process.ts';
import { escapeName } from '../../electron/core/feed/names.ts';
import { findConflict } from '../../electron/core/select/conflict.ts';
import { createSelectContext } from '../../electron/core/select/context.ts';
import { withDraft } from '../../electron/core/select/draft.ts';
import type { Overrides } from '../../electron/core/select/model.ts';
import { admitRejected, barsOf } from '../../electron/core/select/obstacles.ts';
import { RoleTable } from '../../electron/core/select/role-table.ts';
import { select } from '../../electron/core/select/select.ts';
import { encode } from '../../electron/core/solver/encode.ts';
import { ownEngine } from '../../electron/core/solver/engine.ts';
import { keepRules } from '../../electron/core/solver/keep-rules.ts';
import { minimalConflict } from '../../electron/core/solver/minimal-conflict.ts';
import { secondEngine } from '../../electron/core/solver/second-engine.ts';
import { emptyTrustDb } from '../../electron/core/trust/trust-db.ts';
import { toRequirements } from '../../electron/services/run-service.ts';
import { createSelectService } from '../../electron/services/select-service.ts';
import { createDecisionService } from '../../electron/services/decision-service.ts';
import { stabilities, stabilityPolicies } from '../../shared/model/stability.ts';
import { Conflict, Explanation, TrialResult } from '../../shared/model/decision.ts';
import { runZerodesk } from '../helpers/desk-world.ts';
import { fixturePath } from '../helpers/fixtures.ts';
import { feedText, queryFor, uriOf } from '../helpers/memory-world.ts';
import { loadSelectCase } from '../helpers/select-case.ts';
import { tempDir } from '../helpers/temp-dir.ts';

/** No key is trusted here. */
const trustDb = { read: () => Promise.resolve({ db: emptyTrustDb, problem: null }) };

/** No program has an app here. */
const lookup = { requirementsOf: (uri: string) => Promise.resolve(toRequirements({ interface: uri })) };

const cases = fixturePath('conformance/select');
const unsolvable = readdirSync(cases, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, ...loadSelectCase(path.join(cases, name)) }))
  .filter(({ data }) => data.expected.error_kind === 'no-solution');

describe('a conformance case without a solution', () => {
  it('is one of many', () => {
    expect(unsolvable.length).toBeGreaterThanOrEqual(50);
  });

  it.each(unsolvable)('$name: its conflict is minimal, as MiniSat says too', ({ query, world }) => {
    const context = createSelectContext(query, world, admitRejected);
    const { interface: uri, isSource, command } = query.requirements;
    const table = new RoleTable({ interface: uri, isSource }, command, context);
    const found = minimalConflict(table.problem, barsOf(table, context), { engine: ownEngine, near: [] });
    expect(found?.isMinimal).toBe(true);
    const rules = found?.rules ?? [];
    const holds = (kept: typeof rules) =>
      secondEngine.solve(encode(keepRules(table.problem, kept), false)).status === 'solved';
    expect(holds(rules)).toBe(false);
    for (const left of rules) expect(holds(rules.filter((rule) => rule !== left))).toBe(true);
  });

  it.each(unsolvable)('$name: every resolution solves it', ({ query, world, data, fill }) => {
    const conflict = findConflict(query, world);
    if (conflict.status !== 'conflict') throw new Error(conflict.status);
    expect(Conflict.parse(conflict)).toEqual(conflict);
    expect(conflict.report.replaceAll(/:\d+:\d+/g, ':{POS}')).toBe(fill(data.expected.error ?? ''));
    expect(conflict.obstacles[0]).toMatchObject({ kind: 'wanted', role: { interface: query.requirements.interface } });
    for (const { draft, preview } of conflict.resolutions) {
      const answer = select(withDraft(query, draft), world);
      if (answer.status !== 'solved') throw new Error(JSON.stringify(draft));
      expect(preview.after).toEqual({ status: 'solved' });
    }
  });
});

const archive = (size: number) => `<archive href="https://example.com/a.tgz" size="${size}"/>`;
const lib = uriOf('lib');
const extra = uriOf('extra');
const ids = ['l1', 'l2', 'l3', 'l4'];

/** A home with a program, its library in several versions, and a further feed of that library. */
function createHome() {
  const paths = createPaths({ ZEROINSTALL_PORTABLE_BASE: tempDir() });
  const host = { ...createHost({ LANG: 'C' }), distribution: 'fallback' };
  const feeds = path.join(paths.cache[0]!, 'interfaces');
  mkdirSync(feeds, { recursive: true });
  const put = (name: string, body: string) =>
    writeFileSync(path.join(feeds, escapeName(uriOf(name))), feedText(name, body));
  const version = (id: string, number: string, stability: string, body = '') =>
    `<implementation id="${id}" version="${number}" stability="${stability}"><manifest-digest sha256new="${id}"/>
      ${archive(Number(number) * 10)}${body}</implementation>`;
  put(
    'app',
    `<implementation id="a" version="1" main="x"><requires interface="${lib}"/>${archive(5)}</implementation>`,
  );
  put(
    'lib',
    version('l1', '1', 'stable') +
      version('l2', '2', 'stable', `<requires interface="${uriOf('other')}"/>`) +
      version('l3', '3', 'testing') +
      version('l4', '4', 'buggy'),
  );
  put('other', version('o1', '1', 'stable'));
  put('extra', `<feed-for interface="${lib}"/>${version('e5', '5', 'stable')}`);
  const world = createSelectWorld({ paths, host });
  return { paths, solver: createSolver(world), preferences: createPreferences(paths), config: createConfig(paths) };
}

/** Writes what a draft says to where the settings are. */
async function apply(draft: Overrides, { preferences, config }: ReturnType<typeof createHome>): Promise<void> {
  for (const [feed, rated] of Object.entries(draft.ratings ?? {})) {
    for (const [id, rating] of Object.entries(rated)) await preferences.setRating(feed, id, rating);
  }
  for (const [uri, policy] of Object.entries(draft.policies ?? {})) await preferences.setPolicy(uri, policy);
  for (const [uri, { added = [], removed = [] }] of Object.entries(draft.feeds ?? {})) {
    for (const feed of removed) await preferences.removeFeed(uri, feed);
    for (const feed of added) await preferences.addFeed(uri, feed);
  }
  const { networkUse, helpWithTesting } = draft;
  await config.write({
    ...(networkUse === undefined ? {} : { networkUse }),
    ...(helpWithTesting === undefined ? {} : { helpWithTesting }),
  });
}

const drafts = fc.record(
  {
    ratings: fc
      .dictionary(fc.constantFrom(...ids), fc.constantFrom(null, ...stabilities))
      .map((rated) => ({ [lib]: rated })),
    policies: fc.constantFrom(null, ...stabilityPolicies).map((policy) => ({ [lib]: policy })),
    feeds: fc.constantFrom({ [lib]: { added: [extra] } }, { [lib]: { removed: [extra] } }),
    networkUse: fc.constantFrom('full' as const, 'minimal' as const, 'off-line' as const),
    helpWithTesting: fc.boolean(),
  },
  { requiredKeys: [] },
);

describe('what a draft would change', () => {
  it('is nothing if it is empty, and what is selected once it is written', async () => {
    await fc.assert(
      fc.asyncProperty(drafts, drafts, async (present, draft) => {
        const home = createHome();
        await apply(present, home);
        const select = createSelectService({
          solver: home.solver,
          feeds: null as never,
          packages: null as never,
          config: home.config,
        });
        const decisions = createDecisionService({ solver: home.solver, select, lookup, trustDb });
        const { requirements } = queryFor('app');
        const selected = async () => {
          const { tree } = await select.local(requirements);
          return new Map(tree.flatMap(({ role, implementation: one }) => (one ? [[role.interface, one.id]] : [])));
        };
        const before = await selected();

        const nothing = await decisions.whatIf(uriOf('app'), {});
        expect(nothing).toMatchObject({ changes: [], missingFeeds: [] });
        expect(nothing.after).toEqual(nothing.before);
        expect(nothing.fetchBytes.after).toBe(nothing.fetchBytes.before);

        const comparison = await decisions.whatIf(uriOf('app'), draft);
        expect(TrialResult.parse(comparison)).toEqual(comparison);
        const previewed = new Map(before);
        for (const { role, to } of comparison.changes) {
          if (to === null) previewed.delete(role.interface);
          else previewed.set(role.interface, to.id);
        }
        await apply(draft, home);
        expect([...previewed].sort()).toEqual([...(await selected())].sort());
        expect((await decisions.whatIf(uriOf('app'), draft)).changes).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

describe('the service', () => {
  it('explains a version in data and words', async () => {
    const { solver, config } = createHome();
    const select = createSelectService({ solver, feeds: null as never, packages: null as never, config });
    const decisions = createDecisionService({ solver, select, lookup, trustDb });
    const request = { root: uriOf('app'), interface: lib, isSource: false, fromFeed: lib };
    const { explanation, text } = await decisions.explain({ ...request, id: 'l3' });
    expect(Explanation.parse(explanation)).toEqual(explanation);
    expect(text).toBe('3 is ranked lower than 2: more stable versions preferred');
    expect(await decisions.conflict(uriOf('app'))).toEqual({ status: 'solved' });
  });
});

describe('0desk explain', () => {
  const site = () => {
    const home = tempDir();
    const local = (name: string, body: string): string => {
      const file = path.join(home, `${name}.xml`);
      writeFileSync(file, feedText(name, body).replace(/ uri="[^"]*"/, ''));
      return file;
    };
    const app = local(
      'app',
      '<implementation id="a" version="1" main="x" local-path="."><requires interface="./lib.xml" version="2.."/></implementation>',
    );
    const library = local(
      'lib',
      ['1" stability="stable', '2" stability="buggy']
        .map((one, index) => `<implementation id="l${index + 1}" version="${one}" local-path="."/>`)
        .join(''),
    );
    const env = {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      HOME: home,
      ZEROINSTALL_PORTABLE_BASE: path.join(home, 'base'),
    };
    return { app, library, run: (...args: readonly string[]) => runZerodesk(env, ['explain', ...args]) };
  };

  it('tells why there is no solution, and what would give one', async () => {
    const { app, library, run } = site();
    const { status, stdout } = await run(app);
    expect(stdout.split('\n')).toEqual([
      'These requirements cannot hold together:',
      `- ${app} is wanted.`,
      `- ${app} 1 requires ${library} (version 2..).`,
      `- ${library} 2 is marked as buggy or insecure.`,
      '',
      'Any of these would give a solution:',
      `- Allow ${library} 2 although it is marked buggy`,
      `    ${library} 2`,
      '',
    ]);
    expect(status).toBe(0);
    const data: unknown = JSON.parse((await run('--json', app)).stdout);
    expect(Conflict.parse(data)).toMatchObject({ status: 'conflict', resolutions: [{ remedies: [{ kind: 'rate' }] }] });
    expect((await run(library, '--command=')).stdout).toBe(
      'There is a solution. To explain a version, name it: 0desk explain URI VERSION\n',
    );
  });

  it('tells why a version was not chosen, of the program or of a component', async () => {
    const { app, library, run } = site();
    const text = async (...args: readonly string[]) => (await run(...args)).stdout;
    expect(await text(library, '--command=', '2')).toBe(
      `${library} 2 cannot be used (regardless of other components): Poor stability 'buggy'\n`,
    );
    expect(await text(app, '2', `--component=${library}`)).toContain("Poor stability 'buggy'");
    expect(await text(app, 'l1', `--component=${library}`)).toMatch(
      /^There is no possible selection using .*lib.xml 1\.\n/,
    );
    expect(await text(app, '9', '--component', `${library}#source`)).toContain('does not exist!');
    const [first] = JSON.parse(await text(app, '1', '--json')) as readonly unknown[];
    expect(Explanation.parse(first)).toMatchObject({ kind: 'no-selection', subject: { version: '1' } });
  });

  it('fails with the reason if a feed has a mistake', async () => {
    const { app, library, run } = site();
    writeFileSync(
      app,
      feedText(
        'app',
        '<implementation id="a" version="1" main="x" local-path="."><requires interface="nonsense"/></implementation>',
      ).replace(/ uri="[^"]*"/, ''),
    );
    const { status, stderr } = await run(app);
    expect([status, stderr.split('\n')[0]]).toEqual([1, "Invalid feed URL 'nonsense'"]);
    expect((await run(library, '--command=')).status).toBe(0);
  });
});
