import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAptCache, type AptCacheLimits } from '../../../electron/adapters/distro/apt-cache.ts';
import type { PackageReplies } from '../../../electron/core/select/native-packages.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

/** A program named `apt-cache` on a path of its own; it notes what it is asked for. */
function fakeApt(script: string): { readonly env: Readonly<Record<string, string>>; readonly asked: () => string[] } {
  const folder = tempDir();
  const file = join(folder, 'apt-cache');
  const log = join(folder, 'asked');
  writeFileSync(file, `#!/bin/sh\necho "$*" >> '${log}'\nshift 3\n${script}\n`);
  chmodSync(file, 0o755);
  return {
    env: { PATH: `${folder}:/usr/bin:/bin` },
    asked: () => (existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : []),
  };
}

const ask = (
  { env }: ReturnType<typeof fakeApt>,
  names: readonly string[],
  limits: Partial<AptCacheLimits> = {},
): Promise<PackageReplies> => createAptCache(env, limits).ask(names, new AbortController().signal);

const stanza = (fields: string): string => `printf '${fields}\\n\\n'`;
const unknown = (name: string): unknown => ({
  installable: null,
  note: `${name}: not known to apt-cache`,
  warning: null,
});

describe('apt-cache', () => {
  it('says what could be installed, and of what it knows nothing', async () => {
    const apt = fakeApt(
      `${stanza('Package: a\\nVersion: 1:2.0~rc1-3\\nArchitecture: amd64\\nSize: 12')}
       ${stanza('Package: c\\nArchitecture:all\\nDescription: about\\n Version: 9\\nVersion:   1.5  ')}
       exit 100`,
    );
    expect([...(await ask(apt, ['a', 'b', 'c']))]).toEqual([
      [
        'a',
        {
          installable: { id: 'package:deb:a:2.0-pre1-3:x86_64', version: '2.0-pre1-3', cpu: 'x86_64', sizeBytes: 12 },
          note: null,
          warning: null,
        },
      ],
      ['b', unknown('b')],
      [
        'c',
        {
          installable: { id: 'package:deb:c:1.5:*', version: '1.5', cpu: null, sizeBytes: null },
          note: null,
          warning: null,
        },
      ],
    ]);
    expect(apt.asked()).toEqual(['--no-all-versions show -- a b c']);
  });

  it('is asked about one architecture alone', async () => {
    const apt = fakeApt(stanza('Package: a\\nVersion: 2\\nArchitecture: i386'));
    expect((await ask(apt, ['b', 'a:i386'])).get('a:i386')?.installable?.id).toBe('package:deb:a:i386:2:i386');
    expect(apt.asked()).toEqual(['--no-all-versions show -- b', '--no-all-versions show -- a:i386']);
  });

  it('is not asked about names that it could take for something else', async () => {
    const apt = fakeApt('true');
    const names = ['-o=Dir=/x', 'lib*', '^.*', 'a b', 'a\nb', 'a=1', 'a/unstable', '', '$(id)', 'ü', 'a'.repeat(200)];
    const replies = await ask(apt, names);
    expect([...replies]).toEqual(names.map((name) => [name, unknown(name)]));
    expect(apt.asked()).toEqual([]);
  });

  it('is started once for many names, and not for endless ones', async () => {
    const apt = fakeApt('true');
    const names = Array.from({ length: 300 }, (_, index) => `p${index}`);
    expect((await ask(apt, names, { names: 250 })).size).toBe(250);
    expect(apt.asked()).toHaveLength(2);
  });

  it.each([
    [
      'a version without a number',
      stanza('Package: a\\nVersion: cvs\\nArchitecture: all'),
      /^Can't parse distribution version 'cvs'/,
    ],
    ['too much output', 'exec yes', /^'apt-cache show a' failed: /],
    ['no end', 'exec sleep 1000', /^'apt-cache show a' failed: it took too long/],
  ])('knows nothing after %s', async (_name, script, warning) => {
    const reply = (await ask(fakeApt(script), ['a'], { bytes: 65_536, timeMs: 1000 })).get('a');
    expect(reply).toMatchObject({ installable: null, note: 'a: not known to apt-cache' });
    expect(reply?.warning).toMatch(warning);
  });

  it('knows nothing where it is not installed', async () => {
    const replies = await createAptCache({ PATH: tempDir() }).ask(['a'], new AbortController().signal);
    expect(replies.get('a')).toMatchObject({ note: 'a: not known to apt-cache' });
    expect(replies.get('a')?.warning).toContain('ENOENT');
  });

  it('is ended when nobody waits for it any more', async () => {
    const abort = new AbortController();
    const asking = createAptCache(fakeApt('exec sleep 1000').env).ask(['a'], abort.signal);
    abort.abort();
    await expect(asking).rejects.toMatchObject({ code: 'cancelled' });
  });
});
