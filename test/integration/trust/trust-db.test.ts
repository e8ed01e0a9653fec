import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTrustDb } from '../../../electron/adapters/trust-db/trust-db.ts';
import { withoutTrust, withTrust } from '../../../electron/core/trust/trust-db.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const document = (fingerprint: string, domain: string): string => `<?xml version="1.0" ?>
<trusted-keys xmlns="http://zero-install.sourceforge.net/2007/injector/trust">
  <key fingerprint="${fingerprint}"><domain value="${domain}"/></key>
</trusted-keys>
`;

function setUp() {
  const directory = tempDir();
  const paths = { config: [join(directory, 'user'), join(directory, 'system')] };
  const [own, system] = paths.config.map((folder) => join(folder, 'injector', 'trustdb.xml')) as [string, string];
  const write = (path: string, text: string): void => {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
  };
  return { db: createTrustDb(paths), own, system, write };
}

describe('the trust database on disk', () => {
  it('is empty at first and made by the first change', async () => {
    const { db, own } = setUp();
    expect(await db.read()).toEqual({ db: new Map(), problem: null });
    await db.update((old) => withTrust(old, 'ABCD', 'example.com'));
    expect(readFileSync(own, 'utf8')).toContain('<domain value="example.com"/>');
    expect(statSync(own).mode & 0o777).toBe(0o644);
    expect((await db.read()).db).toEqual(new Map([['ABCD', ['example.com']]]));
  });

  it("is the user's, else the system's, which is copied on the first change", async () => {
    const { db, own, system, write } = setUp();
    write(system, document('AA', 'a.example'));
    expect((await db.read()).db).toEqual(new Map([['AA', ['a.example']]]));
    await db.update((old) => withTrust(old, 'BB', 'b.example'));
    expect((await db.read()).db).toEqual(
      new Map([
        ['AA', ['a.example']],
        ['BB', ['b.example']],
      ]),
    );
    write(own, document('CC', 'c.example'));
    expect((await db.read()).db).toEqual(new Map([['CC', ['c.example']]]));
    expect(readFileSync(system, 'utf8')).toBe(document('AA', 'a.example'));
  });

  it('is read anew each time, and changes follow each other', async () => {
    const { db, own, write } = setUp();
    await db.update((old) => withTrust(old, 'AA', 'a.example'));
    write(own, document('BB', 'b.example'));
    await Promise.all(
      ['c.example', 'd.example', 'e.example'].map((domain) => db.update((old) => withTrust(old, 'AA', domain))),
    );
    await db.update((old) => withoutTrust(old, 'AA', 'd.example'));
    expect((await db.read()).db).toEqual(
      new Map([
        ['BB', ['b.example']],
        ['AA', ['c.example', 'e.example']],
      ]),
    );
  });

  it.each([
    ['no XML', 'not xml'],
    ['other XML', '<interface/>'],
    ['half a file', document('AA', 'a.example').slice(0, 120)],
    ['a bomb', `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(1000)}">]><trusted-keys>&b;</trusted-keys>`],
  ])('trusts nothing with %s, says so, and keeps a copy', async (_name, text) => {
    const { db, own, write } = setUp();
    write(own, text);
    const { db: read, problem } = await db.read();
    expect(read.size).toBe(0);
    expect(JSON.stringify(problem?.params)).toContain(own);
    await db.update((old) => withTrust(old, 'BB', 'b.example'));
    expect(readFileSync(`${own}.broken`, 'utf8')).toBe(text);
    expect((await db.read()).db).toEqual(new Map([['BB', ['b.example']]]));
  });

  it('is not written over when it cannot be read', async () => {
    const { db, own } = setUp();
    mkdirSync(own, { recursive: true });
    await expect(db.update((old) => withTrust(old, 'BB', 'b.example'))).rejects.toThrow(
      expect.objectContaining({ code: 'file-failed' }),
    );
    expect(existsSync(`${own}.broken`)).toBe(false);
    expect(readdirSync(join(own, '..'))).toEqual(['trustdb.xml']);
  });
});
