import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createConfig } from '../../electron/adapters/config/config.ts';
import { createFeedCache } from '../../electron/adapters/feeds/feed-cache.ts';
import { createSelectWorld } from '../../electron/adapters/feeds/select-world.ts';
import { createPaths } from '../../electron/adapters/paths.ts';
import { createSolver } from '../../electron/adapters/solver/in-process.ts';
import { escapeName, prettyName } from '../../electron/core/feed/names.ts';
import type { SelectAnswer } from '../../electron/core/select/model.ts';
import { createRandom } from '../helpers/random-world/random.ts';
import { feedText, queryFor, uriOf } from '../helpers/memory-world.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const archive = '<archive href="https://example.com/a.tgz" size="10"/>';
const implementation = (version: string, more = '', attributes = '') =>
  `<implementation id="sha1new=${version}" version="${version}" main="x" ${attributes}>${more}${archive}</implementation>`;
const needs = (name: string) => `<requires interface="${uriOf(name)}"/>`;
const host = { os: 'Linux', cpu: 'x86_64', hasMultiArch: true, languages: [], distribution: 'fallback' };

/** A home with feeds in the cache, and a selector that reads them. */
function createHome() {
  const paths = createPaths({ ZEROINSTALL_PORTABLE_BASE: tempDir() });
  const feeds = path.join(paths.cache[0]!, 'interfaces');
  const config = path.join(paths.config[0]!, 'injector');
  mkdirSync(feeds, { recursive: true });
  for (const folder of ['feeds', 'interfaces']) mkdirSync(path.join(config, folder), { recursive: true });
  const fileOf = (name: string) => path.join(feeds, escapeName(uriOf(name)));
  return {
    paths,
    config,
    fileOf,
    settingsOf: (kind: 'feeds' | 'interfaces', name: string) =>
      path.join(config, kind, prettyName(uriOf(name), 'posix')),
    put: (name: string, body: string) => {
      writeFileSync(fileOf(name), feedText(name, body));
    },
    select: (name = 'app') => createSolver(createSelectWorld({ paths, host })).select(queryFor(name)),
  };
}

/** What the answer says is wrong, whichever way it is said. */
function problemOf(answer: SelectAnswer): string {
  return answer.status === 'failed' ? answer.reason : answer.status === 'no-solution' ? answer.report : '';
}

/** Files that are no documents, by what is wrong with them. */
const garbage: readonly (readonly [what: string, make: (file: string) => void])[] = [
  ['random bytes', (file) => writeFileSync(file, randomBytes(5000))],
  ['nothing', (file) => writeFileSync(file, '')],
  ['a directory', (file) => mkdirSync(file)],
  ['a broken link', (file) => symlinkSync('/no/such/file', file)],
  ['a link to itself', (file) => symlinkSync(path.basename(file), file)],
  ['a huge file', (file) => (writeFileSync(file, '<'), truncateSync(file, 5 * 1024 ** 3))],
  ['a pipe', (file) => execFileSync('mkfifo', [file])],
  ['an endless device', (file) => symlinkSync('/dev/zero', file)],
  ['half a document', (file) => writeFileSync(file, feedText('app', implementation('1')).slice(0, -30))],
];

describe('feeds that go in circles', () => {
  it('by their dependencies are selected all the same', async () => {
    const { put, select } = createHome();
    put('app', implementation('1', needs('b')));
    put('b', implementation('1', needs('c')));
    put('c', implementation('1', needs('app') + needs('c')));
    expect(await select()).toMatchObject({ status: 'solved', tree: [{}, {}, {}] });
  });

  it('by importing themselves and each other are read once', async () => {
    const { put, select } = createHome();
    const imports = (...names: readonly string[]) => names.map((name) => `<feed src="${uriOf(name)}"/>`).join('');
    put('app', `${imports('app', 'b')}${implementation('1')}`);
    put('b', `${imports('b', 'app')}${implementation('2', needs('app'))}`);
    expect((await select()).tree[0]?.implementation).toMatchObject({ version: '2', fromFeed: uriOf('b') });
  });
});

describe('feeds that are too much', () => {
  it('have ten thousand versions', async () => {
    const { put, select } = createHome();
    const versions = (more: string) => Array.from({ length: 10_000 }, (_, index) => implementation(`${index}`, more));
    put('app', versions(needs('lib')).join(''));
    put('lib', versions('').join(''));
    expect((await select()).tree.map((row) => row.implementation?.version)).toEqual(['9999', '9999']);
  });

  const long = 'a'.repeat(100_000);
  it.each([
    ['id', `<implementation id="${long}" version="1" main="x">${archive}</implementation>`],
    ['version', `<implementation id="a" version="${'1.'.repeat(50_000)}1" main="x">${archive}</implementation>`],
    ['arch', implementation('1', '', `arch="${long}-*"`)],
    ['langs', implementation('1', '', `langs="${'de '.repeat(30_000)}"`)],
    ['name', implementation('1', '', `${long}="1"`)],
    ['interface', implementation('1', `<requires interface="https://example.com/${long}"/>`)],
    [
      'expression',
      implementation('1', `<requires interface="https://example.com/b" version="${'1|'.repeat(50_000)}1"/>`),
    ],
  ])('have a hundred thousand characters in one attribute: %s', async (_, body) => {
    const { put, select } = createHome();
    put('app', body);
    expect(problemOf(await select())).toMatch(/longer than 65536 characters/);
  });

  it.each([
    ['id', `<implementation id="${'a'.repeat(60_000)}" version="1" main="x">${archive}</implementation>`],
    ['version', `<implementation id="a" version="${'1.'.repeat(30_000)}1" main="x">${archive}</implementation>`],
    ['langs', implementation('1', '', `langs="${'de '.repeat(20_000)}"`)],
  ])('have nearly as many as may be, which is no problem: %s', async (_, body) => {
    const { put, select } = createHome();
    put('app', body);
    expect(await select()).toMatchObject({ status: 'solved' });
  });

  it('name an interface that no file can be called after', async () => {
    const { put, select } = createHome();
    put('app', implementation('1', `<requires interface="https://example.com/${'a'.repeat(60_000)}"/>`));
    expect(problemOf(await select())).toMatch(/Main feed 'https:\/\/example.com\/a+' not available/);
  });

  it.each([
    [90, 'solved'],
    [100_000, 'failed'],
  ])('have %i groups inside each other: %s', async (depth, status) => {
    const { put, select } = createHome();
    put('app', '<group>'.repeat(depth) + implementation('1') + '</group>'.repeat(depth));
    const answer = await select();
    expect(answer.status).toBe(status);
    if (status === 'failed') expect(problemOf(answer)).toContain('nested more than 100 deep');
  });

  it('have dependencies in each of many nested groups', async () => {
    const { put, select } = createHome();
    const group = `<group>${needs('b').repeat(2000)}`;
    put('app', group.repeat(80) + implementation('1') + '</group>'.repeat(80));
    put('b', implementation('1'));
    expect(await select()).toMatchObject({ status: 'solved' });
  });
});

describe('entities', () => {
  const laughs = Array.from({ length: 30 }, (_, n) => `<!ENTITY l${n + 1} "&l${n};&l${n};&l${n};&l${n};">`).join('');
  it.each([
    ['of entities of entities', `<!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]>`, '&l30;'],
    ['from a file', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', '&e;'],
    ['from a site', '<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:9/">]>', '&e;'],
    ['of a definition elsewhere', '<!DOCTYPE x [<!ENTITY % d SYSTEM "file:///etc/passwd"> %d;]>', '&e;'],
  ])('%s are not followed', async (_, declaration, reference) => {
    const { fileOf, select } = createHome();
    const text = feedText('app', implementation('1')).replace('<name>app', `<name>${reference}`);
    writeFileSync(fileOf('app'), declaration + text);
    const problem = problemOf(await select());
    expect(problem).toMatch(/^\[\d+:\d+\] .*entity/);
    expect(problem).not.toContain('root:');
  });
});

describe('a cache full of garbage', () => {
  it.each(garbage)('%s in place of the program stops with a reason, in place of a library too', async (_, make) => {
    const { fileOf, put, select } = createHome();
    make(fileOf('lib'));
    put('app', implementation('2', needs('lib')) + implementation('1'));
    const problem = problemOf(await select('lib'));
    expect(problem).toMatch(/parsing XML document|not available|Is a directory|Open failed/);
    const withApp = await select();
    expect(withApp.status === 'solved' || problemOf(withApp) !== '').toBe(true);
  });

  it('does not touch what does not need it, and can be listed', async () => {
    const { fileOf, put, select, paths } = createHome();
    for (const [index, [, make]] of garbage.entries()) make(fileOf(`garbage-${index}`));
    put('app', implementation('1'));
    expect(await select()).toMatchObject({ status: 'solved' });
    expect(await createFeedCache(paths).list()).toContain(uriOf('app'));
  });

  it.each(['/dev/zero', '/dev/stdin', '/proc/kmsg', '/etc', '/no/such/file.xml'])(
    'a feed cannot make us read %s for ever',
    async (file) => {
      const { put, select } = createHome();
      put('app', implementation('1', `<requires interface="${file}"/>`));
      expect(problemOf(await select())).toContain(`Main feed '${file}' not available`);
    },
  );
});

describe('damaged settings', () => {
  it.each(garbage)('ratings that are %s are told of or passed over', async (_, make) => {
    const { put, select, settingsOf } = createHome();
    put('app', implementation('1'));
    make(settingsOf('feeds', 'app'));
    await expectClear(select());
  });

  it.each(garbage)('preferences that are %s are told of or passed over', async (_, make) => {
    const { put, select, settingsOf } = createHome();
    put('app', implementation('1'));
    make(settingsOf('interfaces', 'app'));
    await expectClear(select());
  });

  it('of unknown levels and feeds that are none are told of', async () => {
    const { put, select, settingsOf } = createHome();
    put('app', implementation('1'));
    const root = 'feed-preferences xmlns="http://zero-install.sourceforge.net/2004/injector/interface"';
    writeFileSync(
      settingsOf('feeds', 'app'),
      `<${root}><implementation id="a" user-stability="best"/></feed-preferences>`,
    );
    expect(problemOf(await select())).toContain("Unknown stability level 'best'");
  });

  it.each([
    ['random bytes', randomBytes(20_000)],
    ['another language', Buffer.from('{"network_use": "off-line"}')],
    ['strange values', Buffer.from('[global]\nnetwork_use = x\nhelp_with_testing = maybe\nfreshness = 1e99\n')],
    ['one long line', Buffer.from(`[global]\nnetwork_use = ${'x'.repeat(1_000_000)}`)],
    ['a setting without a section', Buffer.from('network_use = off-line\n')],
  ])('a configuration of %s gives the defaults', async (_, bytes) => {
    const { config, paths } = createHome();
    writeFileSync(path.join(config, 'global'), bytes);
    expect(await createConfig(paths).read()).toMatchObject({
      networkUse: 'full',
      helpWithTesting: false,
      freshnessSeconds: 2_592_000,
    });
  });
});

/** Either it works, or the problem is one that people are told of. */
async function expectClear(answer: Promise<SelectAnswer>): Promise<void> {
  const outcome = await answer.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome) expect(outcome.error).toHaveProperty('code');
  else if (outcome.value.status !== 'solved') expect(problemOf(outcome.value)).not.toBe('');
}

function randomBytes(count: number): Buffer {
  const random = createRandom(7);
  return Buffer.from(Array.from({ length: count }, () => random.below(256)));
}
