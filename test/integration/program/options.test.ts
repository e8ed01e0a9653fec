import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createDesk, type Desk } from '../../../electron/desk.ts';
import type { RunRequest } from '../../../electron/services/run-service.ts';
import type { InterfaceUri, JobSnapshot } from '../../../shared/model/index.ts';
import { createMemoryLog } from '../../helpers/memory-log.ts';
import { sampleSiteDir } from '../../helpers/sample-site.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

let home: string;
let feed: InterfaceUri;
const namespace = 'xmlns="http://zero-install.sourceforge.net/2004/injector/interface"';

function openDesk(): Desk {
  const env = {
    HOME: home,
    PATH: `${home}/bin:/usr/bin:/bin`,
    TERMINAL: `${home}/bin/xterm`,
    XDG_CONFIG_DIRS: '',
    XDG_CACHE_DIRS: '',
    XDG_DATA_DIRS: '',
  };
  const cliDir = path.resolve(import.meta.dirname, '../../../out/cli');
  const log = createMemoryLog();
  const desk = createDesk({ env, version: '0', samplesDir: sampleSiteDir, workersDir: null, cliDir, log });
  onTestFinished(() => desk.close());
  return desk;
}

async function run(desk: Desk, wishes: Partial<RunRequest> = {}): Promise<JobSnapshot> {
  const job = desk.run.run({ interface: feed, refresh: false, ...wishes });
  await desk.jobs.ended(job);
  return desk.jobs.get(job);
}

beforeEach(() => {
  home = tempDir();
  for (const folder of ['bin', 'one', 'two']) {
    mkdirSync(path.join(home, folder));
    const script = (name: string) => `#!/bin/sh\necho ${folder} ${name}; printf '[%s]' "$@"\n`;
    for (const name of ['run', 'tool']) {
      writeFileSync(path.join(home, folder, name), script(name), { mode: 0o755 });
    }
  }
  feed = path.join(home, 'prog.xml') as InterfaceUri;
  const version = (folder: string, number: string) =>
    `<implementation id="${number}" local-path="${folder}" version="${number}" stability="stable" released="2026-01-0${number}" license="MIT">
       <command name="run" path="run"/><command name="tool" path="tool"/></implementation>`;
  writeFileSync(
    feed,
    `<?xml version="1.0"?><interface ${namespace}><name>Prog</name><summary>Does it</summary>
      <description>First line\n  goes on.\n\n  Second.</description><homepage>https://a.example/</homepage><homepage>javascript:alert(1)</homepage>
      <category>Office</category><category type="x">Nothing</category><replaced-by interface="https://b.example/new.xml"/>
      <entry-point command="tool"><summary>A tool beside it</summary><needs-terminal/></entry-point>
      ${version('one', '1')}${version('two', '2')}</interface>`,
  );
});

describe('a start with wishes', () => {
  it('takes the version, the command and the arguments that were wished for [W9]', async () => {
    const desk = openDesk();
    expect((await run(desk)).program?.output).toContain('two run');
    expect((await run(desk, { version: '..!2' })).program?.output).toContain('one run');
    expect((await run(desk, { before: '2', command: 'tool', args: ['a b', ''] })).program?.output).toBe(
      'one tool\n[a b][]',
    );
    expect((await run(desk, { version: '3' })).error?.code).toBe('no-solution');
    expect(() => desk.run.run({ interface: feed, refresh: false, version: '..2' })).toThrow(/bad-version/);
  });

  it('leaves an app as it is, and what ran the last time too [W9]', async () => {
    const desk = openDesk();
    await desk.jobs.ended(desk.appJobs.add('prog', feed));
    await run(desk);
    const versions = (await desk.apps.list(false)).apps.find((app) => app.interface === feed)?.version;
    await run(desk, { version: '1' });
    expect((await desk.named.appStore.read('prog'))?.selections.selections[0]?.version).toBe('2');
    expect((await desk.apps.list(false)).apps.find((app) => app.interface === feed)?.version).toBe(versions);
    expect((await desk.timeline.view('prog')).entries).toHaveLength(1);
  });

  it('goes to a terminal if that was wished for [O32]', async () => {
    writeFileSync(path.join(home, 'bin/xterm'), `#!/bin/sh\necho "$@" > ${home}/terminal\nshift\nexec "$@"\n`, {
      mode: 0o755,
    });
    await run(openDesk(), { inTerminal: true });
    expect(existsSync(path.join(home, 'terminal'))).toBe(true);
    expect(readFileSync(path.join(home, 'terminal'), 'utf8')).toBe(`-e ${home}/two/run\n`);
  });
});

describe('the details of a program', () => {
  it('are what its feed says, without what is no address [O45]', async () => {
    const details = await openDesk().programs.details(feed);
    expect(details).toMatchObject({
      name: 'Prog',
      summary: 'Does it',
      description: ['First line goes on.', 'Second.'],
      homepages: ['https://a.example/'],
      categories: ['Office'],
      replacedBy: 'https://b.example/new.xml',
      version: '2',
      released: '2026-01-02',
      license: 'MIT',
      versionCount: 2,
      downloadBytes: 0,
      ownBytes: null,
      entries: [],
    });
    expect(details.commands).toEqual([
      { name: 'run', title: null, summary: null, needsTerminal: false },
      { name: 'tool', title: null, summary: 'A tool beside it', needsTerminal: true },
    ]);
    expect(details.provenance).toMatchObject([
      { name: 'Prog', version: '2', origin: 'local', signers: [], item: null },
    ]);
  });

  it('trace what is stored to its feed, its signer and its digest, and tell when it was verified [D-7]', async () => {
    const desk = openDesk();
    const uri = 'https://samples.zerodesk.invalid/hello.xml';
    const listed = (await desk.apps.list(true)).apps;
    expect(listed).toBeDefined();
    const job = desk.run.download({ interface: uri as InterfaceUri, refresh: false });
    await desk.jobs.ended(job);
    expect(desk.jobs.get(job).error).toBeNull();
    const [part] = (await desk.programs.details(uri)).provenance;
    expect(part).toMatchObject({
      origin: 'signed',
      domain: 'samples.zerodesk.invalid',
      feed: uri,
      store: 'user',
      isDamaged: false,
      signers: [{ isTrusted: true }],
    });
    expect(part?.item).toBe(`0:${part?.digest ?? ''}`);
    const stored = part?.verifiedAt ?? '';
    if (part?.item === undefined || part.item === null) throw new Error('it is stored');
    await desk.jobs.ended(desk.cache.verify([part.item]));
    const verified = (await desk.programs.details(uri)).provenance[0]?.verifiedAt ?? '';
    expect(verified > stored).toBe(true);
    // Also after a restart.
    expect((await openDesk().programs.details(uri)).provenance[0]?.verifiedAt).toBe(verified);
  });
});
