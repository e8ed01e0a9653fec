import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createDesk, type Desk } from '../../../electron/desk.ts';
import type { InterfaceUri } from '../../../shared/model/index.ts';
import { createMemoryLog } from '../../helpers/memory-log.ts';
import { sampleSiteDir } from '../../helpers/sample-site.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

let home: string;
let feed: InterfaceUri;

function openDesk(): Desk {
  const env = {
    HOME: home,
    PATH: '/usr/bin:/bin',
    SECRET: 'hunter2',
    XDG_CONFIG_DIRS: '',
    XDG_CACHE_DIRS: '',
    XDG_DATA_DIRS: '',
  };
  const desk = createDesk({
    env,
    version: '0',
    samplesDir: sampleSiteDir,
    workersDir: null,
    cliDir: '/nowhere',
    log: createMemoryLog(),
  });
  onTestFinished(() => desk.close());
  return desk;
}

const namespace = 'xmlns="http://zero-install.sourceforge.net/2004/injector/interface"';

beforeEach(() => {
  home = tempDir();
  for (const folder of ['prog', 'lib']) mkdirSync(path.join(home, folder));
  writeFileSync(path.join(home, 'prog/run'), '#!/bin/sh\n', { mode: 0o755 });
  feed = path.join(home, 'prog.xml') as InterfaceUri;
  const digest = `sha256new_${'A'.repeat(52)}`;
  writeFileSync(
    path.join(home, 'lib.xml'),
    `<?xml version="1.0"?><interface ${namespace}><name>Lib</name><summary>x</summary>
      <implementation id="${digest}" version="3" stability="stable"><manifest-digest sha256new="${'A'.repeat(52)}"/><archive href="http://a.example/a.tgz" size="10"/></implementation></interface>`,
  );
  writeFileSync(
    feed,
    `<?xml version="1.0"?><interface ${namespace}><name>Prog</name><summary>x</summary>
      <implementation id="1" local-path="prog" version="1" stability="stable" main="run">
        <requires interface="${home}/lib.xml"><environment name="PATH" insert="bin"/></requires>
        <environment name="SECRET" value="mine" mode="replace"/></implementation></interface>`,
  );
});

describe('the sheet of a program', () => {
  it('says which component set what, and nothing of the person’s own values unless asked [D-11]', async () => {
    const desk = openDesk();
    const sheet = await desk.environments.sheet(feed, false);
    const lib = `${home}/.cache/0install.net/implementations/sha256new_${'A'.repeat(52)}/bin`;
    const prog = { interface: feed, name: 'Prog', version: '1' };
    expect(sheet).toMatchObject({
      name: 'Prog',
      version: '1',
      argv: [`${home}/prog/run`],
      isPreview: true,
      sandbox: null,
      inherited: expect.arrayContaining([{ name: 'HOME', value: null }]) as unknown,
    });
    const byName = (one: { readonly name: string }, other: { readonly name: string }) =>
      one.name < other.name ? -1 : 1;
    expect([...sheet.variables].sort(byName)).toEqual([
      {
        name: 'PATH',
        changes: [
          { mode: 'prepend', value: lib, of: { interface: `${home}/lib.xml`, name: 'Lib', version: '3' }, by: prog },
        ],
        isOwn: true,
        before: null,
        after: null,
      },
      {
        name: 'SECRET',
        changes: [{ mode: 'replace', value: 'mine', of: prog, by: prog }],
        isOwn: true,
        before: null,
        after: null,
      },
    ]);
    expect(JSON.stringify(sheet)).not.toContain('hunter2');
    expect(JSON.stringify(sheet)).not.toContain('/usr/bin:/bin');

    const open = await desk.environments.sheet(feed, true);
    expect([...open.variables].sort(byName).map(({ before, after }) => [before, after])).toEqual([
      ['/usr/bin:/bin', `${lib}:/usr/bin:/bin`],
      ['hunter2', 'mine'],
    ]);
    expect(open.inherited).toContainEqual({ name: 'HOME', value: home });
    expect(open.shellText).toBe(sheet.shellText);
  });

  it('says what an app that is run apart may use [D-11]', async () => {
    const desk = openDesk();
    const plain = path.join(home, 'plain.xml') as InterfaceUri;
    writeFileSync(
      plain,
      `<?xml version="1.0"?><interface ${namespace}><name>Plain</name><summary>x</summary>
        <implementation id="1" local-path="prog" version="1" stability="stable" main="run"/></interface>`,
    );
    await desk.jobs.ended(desk.appJobs.add('plain', plain));
    const app = await desk.named.appStore.read('plain');
    if (app === null) throw new Error('the app is there');
    await desk.named.sandbox.write(app, { allowsNetwork: true, writable: [home], readable: [] });
    expect((await desk.environments.sheet(plain, false)).sandbox).toEqual({
      allowsNetwork: true,
      writable: [home],
      readable: [],
    });
  });

  it('of what has no solution is the problem', async () => {
    writeFileSync(
      path.join(home, 'lib.xml'),
      `<?xml version="1.0"?><interface ${namespace}><name>L</name><summary>x</summary></interface>`,
    );
    await expect(openDesk().environments.sheet(feed, false)).rejects.toMatchObject({ code: 'no-solution' });
  });
});
