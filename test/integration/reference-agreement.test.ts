import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { signXml, withoutSignature } from '../../scripts/samples/signing.mjs';
import { prettyName } from '../../electron/core/feed/names.ts';
import { parseSelections } from '../../electron/core/selections/parse.ts';
import { parseXml } from '../../electron/core/xml/parse.ts';
import { createDesk, type Desk } from '../../electron/desk.ts';
import type { JobId } from '../../shared/model/index.ts';
import { runCommand, runRequest, runZerodesk, type CommandResult, type Env } from '../helpers/desk-world.ts';
import { createMemoryLog } from '../helpers/memory-log.ts';
import { hasReference } from '../helpers/reference.ts';
import { sampleSiteDir, startSampleSite, type SampleSite } from '../helpers/sample-site.ts';
import { createSigningHome } from '../helpers/signing.ts';
import { tempDir } from '../helpers/temp-dir.ts';

describe.skipIf(!hasReference())('one home for both programs', () => {
  let site: SampleSite;
  let desk: Desk;
  let env: Env;
  let memo: string;
  let store: string;
  const reference = (...args: readonly string[]): Promise<CommandResult> => runCommand('0install', env, args);
  const ours = (...args: readonly string[]): Promise<CommandResult> => runZerodesk(env, args);

  beforeEach(async () => {
    site = await startSampleSite();
    const home = tempDir();
    env = homeEnv(home);
    store = path.join(home, '.cache/0install.net/implementations');
    desk = await openDesk(env);
    memo = `${site.baseUrl}/memo.xml`;
    await finish(desk, desk.run.download(runRequest(memo)));
    return () => site.close();
  });

  it('the reference accepts what is stored, and runs it off-line', async () => {
    const names = readdirSync(store);
    expect(names.length).toBeGreaterThanOrEqual(3);
    for (const name of names) {
      const { status, stdout } = await reference('store', 'verify', path.join(store, name));
      expect([name, status, stdout.trimEnd().split('\n').at(-1)]).toEqual([name, 0, 'OK']);
    }
    expect(await reference('store', 'audit')).toMatchObject({ status: 0 });

    const theirRun = await reference('run', '--offline', memo, 'list');
    expect(theirRun.stdout).toContain('Memo 2.');
    expect(await ours('run', '--offline', memo, 'list')).toEqual(theirRun);
    expect(await ours('select', '--offline', memo)).toEqual(await reference('select', '--offline', memo));
    expect(await selected(ours)).toEqual(await selected(reference));
  });

  it('a rating set by either is seen by the other', async () => {
    // Off-line only what is stored can be chosen: another version must be there.
    expect(await ours('download', '--not-before=2.1', memo)).toMatchObject({ status: 0, stderr: '' });
    const [root] = await selected(reference);
    await desk.changes.rate(memo, root!.id, 'buggy');
    const [second] = await selected(reference);
    expect(second!.id).not.toBe(root!.id);
    expect((await selected(ours))[0]).toEqual(second);

    await desk.changes.rate(memo, root!.id, null);
    expect((await selected(reference))[0]).toEqual(root);
    // As the reference writes it: one line, the time of the last check kept.
    const file = path.join(env['HOME']!, '.config/0install.net/injector/feeds', prettyName(memo, 'posix'));
    expect(readFileSync(file, 'utf8')).toContain('last-checked');
    writeFileSync(
      file,
      `<?xml version="1.0" encoding="UTF-8"?>\n<feed-preferences xmlns="http://zero-install.sourceforge.net/2004/injector/interface" last-checked="${Math.floor(Date.now() / 1000)}"><implementation id="${second!.id}" user-stability="preferred"/></feed-preferences>`,
    );
    expect((await desk.components.view(memo as never)).components[0]).toMatchObject({
      id: second!.id,
      userRating: 'preferred',
    });
    expect((await selected(ours))[0]!.id).toBe(second!.id);
    expect((await selected(reference))[0]!.id).toBe(second!.id);
  });

  it('a setting changed by either is seen by the other', async () => {
    expect(await desk.settings.get()).toMatchObject({ helpWithTesting: false, networkUse: 'full' });
    expect(await reference('config', 'help_with_testing', 'True')).toMatchObject({ status: 0 });
    expect(await desk.settings.get()).toMatchObject({ helpWithTesting: true });
    await desk.settings.set({ networkUse: 'off-line' });
    expect(await reference('config', 'network_use')).toMatchObject({ status: 0, stdout: 'off-line\n' });
    expect(await reference('config', 'help_with_testing')).toMatchObject({ stdout: 'True\n' });
    expect(await ours('config')).toEqual(await reference('config'));
  });

  it('the reference takes an update signed by a key that was trusted here, without a question', async () => {
    const old = site.files.get('memo.xml')!.toString();
    const text = withoutSignature(old).replace('<name>Memo</name>', '<name>Memo, updated</name>');
    expect(text).toContain('Memo, updated');
    site.files.set(
      'memo.xml',
      Buffer.from(await signXml(text, { key: site.key, signedAt: new Date('2026-11-10T09:00:00Z') })),
    );
    const result = await reference('select', '--console', '--refresh', memo);
    expect(result.stderr).not.toMatch(/trust|key/i);
    expect(result.status).toBe(0);
    expect(Buffer.from((await desk.feedCache.read(memo as never))!).toString()).toContain('Memo, updated');
  });

  /** Root first: interface and id of everything selected off-line. */
  async function selected(
    program: (...args: readonly string[]) => Promise<CommandResult>,
  ): Promise<readonly { readonly interface: string; readonly id: string }[]> {
    const { stdout, stderr } = await program('select', '--offline', '--xml', memo);
    expect(stderr).toBe('');
    const { selections } = parseSelections(parseXml(stdout, { source: 'select' }));
    const all = selections.map((each) => ({ interface: each.interface, id: each.id }));
    return all.sort((a, b) => Number(b.interface === memo) - Number(a.interface === memo));
  }
});

/** A home in which nothing but it is used: no directories of the system. */
function homeEnv(home: string): Env {
  // The reader of paths takes the home of this process.
  vi.stubEnv('HOME', home);
  return {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: home,
    GNUPGHOME: createSigningHome().home,
    LC_ALL: 'C.UTF-8',
    XDG_CACHE_DIRS: '',
    XDG_CONFIG_DIRS: '',
    XDG_DATA_DIRS: '',
    https_proxy: 'http://127.0.0.1:9',
  };
}

async function openDesk(env: Env): Promise<Desk> {
  const log = createMemoryLog();
  const desk = createDesk({ env, version: '0.0.0', samplesDir: sampleSiteDir, workersDir: null, log });
  onTestFinished(() => desk.close());
  await desk.config.write({ keyInfoServer: null });
  return desk;
}

/** Answers yes to every question until the job is done. */
async function finish(desk: Desk, id: JobId): Promise<void> {
  const stop = desk.jobs.onChanged(({ id: asked, question }) => {
    if (asked === id && question) desk.jobs.answer(id, { trust: question.keys.map(({ fingerprint }) => fingerprint) });
  });
  await desk.jobs.ended(id);
  stop();
  expect(desk.jobs.get(id)).toMatchObject({ state: 'done', error: null });
}
