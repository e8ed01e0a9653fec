import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createProcesses } from '../../electron/adapters/process/processes.ts';
import { parseCatalog } from '../../electron/core/feed/catalog.ts';
import type { Feed, RetrievalMethod } from '../../electron/core/feed/model.ts';
import { parseFeed } from '../../electron/core/feed/parse-feed.ts';
import { planLaunch } from '../../electron/core/launch/plan.ts';
import { parseSelections } from '../../electron/core/selections/parse.ts';
import { parseXml } from '../../electron/core/xml/parse.ts';
import { buildRepository } from '../../scripts/samples/repository.mjs';
import { originalBaseUrl } from '../../scripts/samples/resign.mjs';
import { readKey, withoutSignature } from '../../scripts/samples/signing.mjs';
import { createReference, hasReference, type Reference } from '../helpers/reference.ts';
import { sampleSiteDir, sampleSourceDir, startSampleSite } from '../helpers/sample-site.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const read = (name: string): Buffer => readFileSync(path.join(sampleSiteDir, name));
const readText = (name: string): string => read(name).toString('utf8');
const feedNames = readdirSync(sampleSiteDir).filter((name) => name.endsWith('.xml') && name !== 'catalog.xml');
const readKeyFile = () => readKey(readFileSync(path.join(sampleSourceDir, 'key/private-key.asc'), 'utf8'));

describe('the built site', () => {
  it('is what the sources give', async () => {
    const built = await buildRepository({
      sourceDir: sampleSourceDir,
      baseUrl: originalBaseUrl,
      key: await readKeyFile(),
      signedAt: new Date('2026-11-02T09:00:00Z'),
    });
    const present = readdirSync(sampleSiteDir, { recursive: true, encoding: 'utf8' }).filter((name) =>
      statSync(path.join(sampleSiteDir, name)).isFile(),
    );
    expect([...built.keys()].sort()).toEqual(present.sort());
    // Packed sizes depend on the zlib of the Node that built the site; the digests do not.
    const comparable = (xml: string): string => withoutSignature(xml).replace(/ size="\d+"/g, '');
    for (const [name, data] of built) {
      if (!name.endsWith('.xml')) continue;
      expect(comparable(readText(name)), name).toBe(comparable(data.toString('utf8')));
    }
  });

  it('stays small', () => {
    const names = readdirSync(sampleSiteDir, { recursive: true, encoding: 'utf8' });
    const bytes = names.map((name) => statSync(path.join(sampleSiteDir, name)).size);
    expect(bytes.reduce((sum, each) => sum + each)).toBeLessThan(6 * 1024 * 1024);
  });

  it('has a catalogue whose programs all have a feed, a summary and an icon', () => {
    const entries = parseCatalog(parseXml(readText('catalog.xml'), { source: 'catalog' }), 'catalog');
    expect(entries.length).toBeGreaterThanOrEqual(8);
    for (const entry of entries) {
      const feed = readSampleFeed(path.basename(entry.uri));
      expect(feed).toMatchObject({ title: entry.name, needsTerminal: entry.needsTerminal });
      expect([entry.summary, entry.description, entry.categories.length > 0]).not.toContain('');
      const icon = read(entry.icon!.slice(originalBaseUrl.length + 1));
      expect(icon.subarray(1, 4).toString()).toBe('PNG');
      expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([64, 64]);
    }
  });

  it('announces the true size of every file', () => {
    for (const feed of feedNames.map(readSampleFeed)) {
      const { warnings, implementations } = feed;
      expect(warnings).toEqual([]);
      for (const download of implementations.flatMap(({ retrievalMethods }) => retrievalMethods.flatMap(downloadsOf))) {
        expect(read(download.href.slice(originalBaseUrl.length + 1)).length, download.href).toBe(download.sizeBytes);
      }
    }
  });

  it('shows everything a manager has to cope with', () => {
    const feeds = feedNames.map(readSampleFeed);
    const implementations = feeds.flatMap((feed) => feed.implementations);
    const seen = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();
    expect(seen(implementations.map(({ stability }) => stability))).toEqual([
      'buggy',
      'developer',
      'insecure',
      'stable',
      'testing',
    ]);
    expect(seen(implementations.flatMap(({ digests }) => digests.map(({ algorithm }) => algorithm)))).toEqual([
      'sha1new',
      'sha256',
      'sha256new',
    ]);
    const archives = implementations.flatMap(({ retrievalMethods }) => retrievalMethods.flatMap(downloadsOf));
    expect(seen(archives.map(({ href }) => /\.(tar|tar\.gz|tgz|zip)$/.exec(href)?.[1] ?? 'other'))).toEqual([
      'other',
      'tar',
      'tar.gz',
      'tgz',
      'zip',
    ]);
    const text = feedNames.map(readText).join('');
    for (const part of [
      'mode="replace"',
      'mode="append"',
      '<executable-in-path',
      '<executable-in-var',
      '<for-each',
      '<runner',
      '<rename',
      '<remove',
      'separator=" "',
      'default="',
    ]) {
      expect(text).toContain(part);
    }
  });
});

describe.skipIf(!hasReference())('with the reference program', () => {
  let digests: ReadonlyMap<string, { readonly file: string; readonly extract: string; readonly algorithm: string }>;

  beforeAll(() => {
    digests = new Map(
      feedNames.map(readSampleFeed).flatMap(({ implementations }) =>
        implementations.flatMap(({ digests: names, retrievalMethods: [method] }) => {
          const [name] = names;
          if (method?.type !== 'archive' || !name) return [];
          const file = path.join(sampleSiteDir, method.href.slice(originalBaseUrl.length + 1));
          return [[name.directory, { file, extract: method.extract!, algorithm: name.algorithm }] as const];
        }),
      ),
    );
  });

  it('the digests of all archives are right', async () => {
    const reference = createReference(tempDir());
    expect(digests.size).toBeGreaterThan(40);
    for (const [digest, { file, extract, algorithm }] of digests) {
      const { stdout } = await reference.run('digest', `--algorithm=${algorithm}`, file, extract);
      expect(stdout.trim(), file).toBe(digest);
    }
  });

  it('the feeds as they are can be imported and selected from', async () => {
    const reference = createReference(tempDir());
    reference.trust(await readKeyFile(), ['samples.zerodesk.invalid']);
    const files = feedNames.map((name) => path.join(sampleSiteDir, name));
    await reference.run('config', 'network_use', 'minimal');
    expect(await reference.run('import', ...files)).toMatchObject({ status: 0 });

    expect(await selected(reference, 'memo')).toEqual({ memo: '2.0', palette: '1.1', textkit: '1.2' });
    expect(await selected(reference, 'memo', '--version=2.1')).toEqual({ memo: '2.1', palette: '2.0', textkit: '2.0' });
    await expect(selected(reference, 'memo', '--version=1.9')).rejects.toThrow("Poor stability 'buggy'");
    await expect(selected(reference, 'memo', '--version=1.8')).rejects.toThrow("Poor stability 'insecure'");
    expect(await selected(reference, 'memo', '--version=2.2-pre..')).toMatchObject({ memo: '2.2-pre1' });
    expect(await selected(reference, 'calendar')).toEqual({ calendar: '1.1', textkit: '1.2' });
    expect(await selected(reference, 'fortune')).toEqual({ fortune: '1.1', sayings: '2.0', shell: '1.0' });
    expect(await selected(reference, 'pi')).toEqual({ pi: '2.0', digits: '2.0' });
    expect(await selected(reference, 'inspector')).toEqual({
      inspector: '1.0',
      digits: '1.0',
      palette: '2.0',
      sayings: '2.0',
      shell: '1.0',
      textkit: '2.0',
    });
    expect(await selected(reference, 'dice', '--os=Windows')).toEqual({ dice: '1.1' });
    await reference.run('config', 'help_with_testing', 'True');
    expect(await selected(reference, 'memo')).toEqual({ memo: '2.1', palette: '2.0', textkit: '2.0' });
  });

  it('every program runs from a server', async () => {
    const site = await startSampleSite();
    onTestFinished(() => site.close());
    const reference = createReference(tempDir());
    reference.trust(site.key, [new URL(site.baseUrl).host]);
    const run = async (name: string, ...args: readonly string[]) => {
      const { status, stdout, stderr } = await reference.run('run', '-c', `${site.baseUrl}/${name}.xml`, ...args);
      return { status, text: stdout + stderr };
    };

    expect(await run('hello', 'you')).toEqual({ status: 0, text: 'Hello, you!\n' });
    expect((await run('memo')).text).toContain('Memo 2.0\n3 notes\n');
    expect((await run('memo', 'add', 'Buy', 'milk')).text).toBe('Noted: Buy milk\n');
    expect((await run('memo', 'done', '4')).text).toContain('  1.  Buy milk\n');
    expect((await run('calendar', '2', '2024')).text).toContain('\n          1  2  3  4 \n 5  6 ');
    expect((await run('dice', '3d1')).text).toContain('3 dice with 1 sides: 3');
    expect((await run('pi', '141592')).text).toContain('141592 is found in pi at digit 1 of 1000000.');
    expect((await run('numbers', '1729')).text).toContain('Factors        7 x 13 x 19\n');
    expect((await run('maze', '4', '3', '7')).text.split('\n')).toHaveLength(8);
    expect((await run('timer', '1')).text).toContain('Your tea is ready!');
    expect((await run('jsonview')).text).toMatch(/example\.json: object with 5 keys|Node\.js, which is not installed/);
    expect((await run('todo')).text).toMatch(/Try a second version|Python 3, which is not installed/);
    expect((await run('clock', '--text')).text).toMatch(/\d{4}\n$|Python 3, which is not installed/);
    expect((await run('trees')).text).toContain('3 folders');
    expect((await run('fortune')).text).toMatch(/\.\n$/);
    const backup = await run('backup');
    expect(backup.status).toBe(3);
    expect(backup.text).toContain('backup-buddy: there is no ');
    const { text } = await run('inspector');
    expect(text).toContain('everything in its place for $0');
    expect(text).toContain('paint, found by its name');
    expect(text).toContain('paint, found by a variable');
  });

  it('programs are given the same by us', async () => {
    const site = await startSampleSite();
    onTestFinished(() => site.close());
    const reference = createReference(tempDir());
    reference.trust(site.key, [new URL(site.baseUrl).host]);
    for (const name of ['inspector', 'memo', 'fortune', 'maze', 'trees']) {
      const uri = `${site.baseUrl}/${name}.xml`;
      const args = name === 'maze' ? ['5', '5', '5'] : [];
      const theirs = await reference.run('run', '-c', uri, ...args);
      expect(theirs.status).toBe(0);
      const ours = await runSelections((await reference.run('select', '-c', '--xml', uri)).stdout, args, reference);
      if (name === 'fortune') expect(ours).toMatch(/\.\n$/);
      else expect(comparableOutput(ours)).toBe(comparableOutput(theirs.stdout));
    }
  });

  it('versions fit to be used can be fetched', async () => {
    const site = await startSampleSite();
    onTestFinished(() => site.close());
    const reference = createReference(tempDir());
    reference.trust(site.key, [new URL(site.baseUrl).host]);
    for (const name of ['trees', 'memo', 'inspector', 'todo', 'maze', 'numbers']) {
      for (const { versionText, stability } of readSampleFeed(`${name}.xml`).implementations) {
        if (stability === 'buggy' || stability === 'insecure') continue;
        const uri = `${site.baseUrl}/${name}.xml`;
        const result = await reference.run('download', '-c', `--version=${versionText}`, uri);
        expect(result, `${name} ${versionText}`).toMatchObject({ status: 0 });
      }
    }
    expect((await reference.run('store', 'audit')).stdout).toContain('modified implementations: 0');
  });
});

function readSampleFeed(fileName: string): Feed {
  return parseFeed(readText(fileName), { name: `${originalBaseUrl}/${fileName}`, isLocal: false });
}

function downloadsOf(method: RetrievalMethod): readonly { readonly href: string; readonly sizeBytes: number }[] {
  if (method.type === 'archive' || method.type === 'file') return [method];
  if (method.type === 'unusable') throw new Error(method.reason);
  return method.steps.flatMap((step) => (step.type === 'archive' || step.type === 'file' ? [step] : []));
}

/** Starts a program as we do it, from what the reference has selected and stored. */
async function runSelections(xml: string, args: readonly string[], { base, env }: Reference): Promise<string> {
  const plan = planLaunch({
    selections: parseSelections(parseXml(xml, { source: 'selections' })),
    directoryOf: ({ digests }) =>
      digests.map((digest) => path.join(base, 'cache/implementations', digest)).find(existsSync) ?? null,
    env,
    platform: 'posix',
    pathExists: existsSync,
    launchersDir: path.join(base, 'cache/injector'),
    options: { args },
  });
  const processes = createProcesses({ env, stateDir: path.join(base, 'state'), cacheDir: path.join(base, 'cache') });
  const program = await processes.start(plan, { name: 'sample', inTerminal: false });
  expect(await program.ended).toEqual({ exitCode: 0, signal: null });
  return program.output();
}

/** Without the names of launcher directories; and the reference drops a separator that is a blank. */
function comparableOutput(text: string): string {
  return text.replace(/injector\/exec-[0-9a-f]+\//g, 'injector/').replace('--verbose --plain', '--verbose--plain');
}

/** Versions by component, as the reference chooses them. */
async function selected(
  reference: Reference,
  name: string,
  ...options: readonly string[]
): Promise<Readonly<Record<string, string>>> {
  const uri = `${originalBaseUrl}/${name}.xml`;
  const { stdout, stderr } = await reference.run('select', '-c', '--xml', ...options, uri);
  if (stdout === '') throw new Error(stderr);
  const root = parseXml(stdout, { source: 'selections' });
  return Object.fromEntries(
    root.children.map(({ attributes }) => [
      path.basename(attributes['interface'] ?? '', '.xml'),
      attributes['version'] ?? '',
    ]),
  );
}
