import * as fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ArchiveProblems } from '../../electron/adapters/archive/archive-problems.ts';
import { toolOutput, toolText } from '../../electron/adapters/archive/tools/run-tool.ts';
import { findTool } from '../../electron/adapters/archive/tools/tools.ts';
import { Pace } from '../../electron/adapters/tree/pace.ts';
import { guessMimeType } from '../../electron/core/feed/mime-types.ts';
import { compress, makeDeb } from '../helpers/make-packages.ts';
import { makeTar } from '../helpers/make-tar.ts';
import { openTestStore, writeFile } from '../helpers/store-bench.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const problems = new ArchiveProblems('a');
const noise = Buffer.from(Array.from({ length: 900_000 }, (_, index) => (index * index) >> 5));
const tar = makeTar({ name: 'large', data: noise }, { name: 'x', data: 'x', mode: 0o755 });

async function digestOf(name: string, archive: Buffer): Promise<string> {
  const base = tempDir();
  const { stores } = openTestStore(base);
  const request = { file: writeFile(base, name, archive), mimeType: guessMimeType(name) ?? '', extract: null };
  return (await stores.digestArchive({ ...request, algorithm: 'sha256new' })).digest;
}

/** A directory of programs that alone are found. */
function onlyTools(scripts: Readonly<Record<string, string>> = {}): void {
  const directory = tempDir();
  for (const [name, script] of Object.entries(scripts)) {
    fs.writeFileSync(path.join(directory, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  vi.stubEnv('PATH', directory);
  // Before directories are removed, which takes a program.
  onTestFinished(() => void vi.unstubAllEnvs());
}

describe('without the programs of the system', () => {
  it.each(['.xz', '.bz2', '.zst'] as const)('%s is decompressed by a library, with the same result', async (ending) => {
    const halves = [compress(tar.subarray(0, 500_000), ending), compress(tar.subarray(500_000), ending)];
    const [whole, deb] = [compress(tar, ending), makeDeb(tar, ending)];
    const expected = await digestOf('a.tar', tar);
    onlyTools();
    expect(await digestOf(`a.tar${ending}`, whole)).toBe(expected);
    expect(await digestOf('a.deb', deb)).toBe(expected);
    expect(await digestOf(`a.tar${ending}`, Buffer.concat(halves))).toBe(expected);
  });

  it.each(['.xz', '.bz2', '.zst'] as const)('%s that is damaged or cut off is refused', async (ending) => {
    const whole = compress(tar, ending);
    const changed = Buffer.from(whole);
    changed[whole.length >> 1] = changed[whole.length >> 1]! ^ 0x55;
    const expected = await digestOf('a.tar', tar);
    onlyTools();
    const others = { cut: whole.subarray(0, -20), short: whole.subarray(0, 3), foreign: Buffer.from('no such data') };
    for (const [what, bad] of Object.entries(others)) {
      await expect(digestOf(`a.tar${ending}`, bad), what).rejects.toThrow('archive-damaged');
    }
    if (ending !== '.zst') await expect(digestOf(`a.tar${ending}`, changed)).rejects.toThrow('archive-damaged');
    // fzstd compares no checksum, but another tree has another digest.
    else expect(await digestOf(`a.tar${ending}`, changed)).not.toBe(expected);
  });

  it.each([
    ['a.tar.lzma', 'xz', 'xz-utils'],
    ['a.7z', '7z', 'p7zip-full'],
    ['a.cab', 'cabextract', 'cabextract'],
    ['a.dmg', '7z', 'p7zip-full'],
    ['a.msi', 'msiinfo', 'msitools'],
  ])('%s needs %s, which is said before anything is downloaded', async (name, tool, packageName) => {
    const { stores } = openTestStore(tempDir());
    const archive = { name, mimeType: guessMimeType(name) ?? '' };
    await stores.checkArchive(archive);
    onlyTools();
    await expect(stores.checkArchive(archive)).rejects.toMatchObject({
      code: 'archive-tool-missing',
      params: { name, tool, package: packageName },
    });
  });

  it('those that need none can be unpacked', async () => {
    const { stores } = openTestStore(tempDir());
    onlyTools();
    for (const name of ['a.tar', 'a.tgz', 'a.tbz', 'a.txz', 'a.tar.zst', 'a.zip', 'a.jar', 'a.gem', 'a.deb', 'a.rpm']) {
      await stores.checkArchive({ name, mimeType: guessMimeType(name) ?? '' });
    }
  });
});

describe('a program of the system', () => {
  const call = { tool: 'xz', args: [], problems, pace: new Pace() } as const;

  it('gets a clean environment', async () => {
    vi.stubEnv('XZ_OPT', '--keep');
    vi.stubEnv('TZ', 'America/New_York');
    onlyTools({ xz: '/usr/bin/env' });
    const lines = (await toolText(call, 10_000)).split('\n').map((line) => line.replace(/=.*/, ''));
    expect(lines.filter((line) => !['', 'PWD', '_', 'SHLVL', 'OLDPWD'].includes(line)).sort()).toEqual([
      'LC_ALL',
      'PATH',
      'TZ',
    ]);
  });

  it.each([
    ['fails', 'echo out; exit 3'],
    ['complains', 'echo out; echo "something is odd" >&2'],
    ['is killed', 'kill -9 $$'],
  ])('that %s makes the archive damaged', async (_what, script) => {
    onlyTools({ xz: script });
    await expect(toolText(call, 10_000)).rejects.toThrow('archive-damaged');
  });

  it('that hangs is ended', async () => {
    onlyTools({ xz: 'echo $$; exec /bin/sleep 1000' });
    const output = toolOutput({ ...call, silenceMs: 300 });
    const pid = Number((await output.next()).value);
    await expect(output.next()).rejects.toThrow('archive-damaged');
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('that prints without end is ended when it is too much, or nobody reads on', async () => {
    onlyTools({ xz: 'exec /usr/bin/yes' });
    await expect(toolText(call, 1_000_000)).rejects.toThrow('archive-limit');
    const output = toolOutput(call);
    await output.next();
    await output.return();
  });

  it('that is no program is not found', () => {
    const directory = tempDir();
    fs.mkdirSync(path.join(directory, 'xz'));
    fs.writeFileSync(path.join(directory, 'lzip'), 'x', { mode: 0o644 });
    expect(findTool('xz', directory)).toBeNull();
    expect(findTool('lzip', `relative:${directory}`)).toBeNull();
  });

  it('is ended when the work is cancelled', async () => {
    onlyTools({ xz: 'echo $$; exec /usr/bin/yes' });
    const controller = new AbortController();
    const output = toolOutput({ ...call, pace: new Pace(controller.signal) });
    const first = await output.next();
    controller.abort();
    const drain = async (): Promise<void> => {
      while ((await output.next()).done !== true);
    };
    await expect(drain()).rejects.toThrow('cancelled');
    await vi.waitFor(() => expect(() => process.kill(Number.parseInt(String(first.value), 10), 0)).toThrow('ESRCH'));
  });
});
