import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createDesk, type Desk } from '../../../electron/desk.ts';
import { runZerodesk } from '../../helpers/desk-world.ts';
import { createMemoryLog } from '../../helpers/memory-log.ts';
import { sampleSiteDir } from '../../helpers/sample-site.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

let home: string;
let env: Record<string, string>;
const namespace = 'xmlns="http://zero-install.sourceforge.net/2004/injector/interface"';
const digest = `sha256new_${'A'.repeat(52)}`;

function openDesk(): Desk {
  const cliDir = path.resolve(import.meta.dirname, '../../../out/cli');
  const log = createMemoryLog();
  const desk = createDesk({ env, version: '0', samplesDir: sampleSiteDir, workersDir: null, cliDir, log });
  onTestFinished(() => desk.close());
  return desk;
}

const at = (name: string): string => path.join(home, `${name}.xml`);

function writeFeed(name: string, needs: readonly string[], implementation?: string): void {
  mkdirSync(path.join(home, name));
  writeFileSync(path.join(home, name, 'run'), '#!/bin/sh\n', { mode: 0o755 });
  const requires = needs.map((other) => `<requires interface="${at(other)}"/>`).join('');
  writeFileSync(
    at(name),
    `<?xml version="1.0"?><interface ${namespace}><name>${name}</name><summary>x</summary>
      ${implementation ?? `<implementation id="1" local-path="${name}" version="1" stability="stable" main="run">${requires}</implementation>`}</interface>`,
  );
}

beforeEach(() => {
  home = tempDir();
  mkdirSync(path.join(home, 'bin'));
  env = {
    HOME: home,
    PATH: `${home}/bin:/usr/bin:/bin`,
    LC_ALL: 'C.UTF-8',
    XDG_CONFIG_DIRS: '',
    XDG_CACHE_DIRS: '',
    XDG_DATA_DIRS: '',
  };
  const stored = path.join(home, '.cache/0install.net/implementations', digest);
  mkdirSync(stored, { recursive: true });
  writeFileSync(path.join(stored, 'file'), 'x'.repeat(5000));
  writeFeed(
    'base',
    [],
    `<implementation id="${digest}" version="3" stability="stable"><manifest-digest sha256new="${'A'.repeat(52)}"/></implementation>`,
  );
  writeFeed('lib', ['base']);
  writeFeed('one', ['lib', 'base']);
  writeFeed('two', ['lib']);
});

describe('the map of everything installed', () => {
  it('has what programs and apps use, with sizes, and nothing twice [D-13]', async () => {
    const desk = openDesk();
    await desk.apps.add(at('one'));
    await desk.apps.add(at('nothing'));
    await desk.jobs.ended(desk.appJobs.add('second', at('two')));
    const map = await desk.maps.map(null);
    expect(map.roots.map(({ name, kind, nodes }) => [name, kind, nodes.length]).sort()).toEqual([
      ['one', 'library', 3],
      ['second', 'app', 3],
    ]);
    expect(map.nodes.map(({ name, version, kind }) => `${name} ${version} ${kind}`).sort()).toEqual([
      'base 3 stored',
      'lib 1 local',
      'one 1 local',
      'two 1 local',
    ]);
    expect(map.edges).toHaveLength(4);
    expect(map.unknown).toEqual(['nothing.xml']);
    const base = map.nodes.find(({ name }) => name === 'base');
    expect(base).toMatchObject({ digest, item: `0:${digest}` });
    expect(base?.sizeBytes).toBeGreaterThanOrEqual(5000);

    const ofTwo = await desk.maps.map(at('two'));
    expect(ofTwo.roots.map(({ name }) => name)).toEqual(['second']);
    expect(ofTwo.nodes).toHaveLength(3);
  });

  it('is asked by a command why something is here [D-13]', async () => {
    const desk = openDesk();
    await desk.apps.add(at('one'));
    const { status, stdout } = await runZerodesk(env, ['why', digest]);
    expect([status, stdout]).toEqual([
      0,
      `base 3 (${digest}) is used by:\n  one -> base 3\n  one -> lib 1 -> base 3\n`,
    ]);
    const json = JSON.parse((await runZerodesk(env, ['why', '--json', at('lib')])).stdout) as unknown;
    expect(json).toEqual({
      uses: [
        {
          interface: at('lib'),
          version: '1',
          digest: null,
          paths: [{ program: 'one', components: ['one 1', 'lib 1'] }],
          isCut: false,
        },
      ],
    });
    const none = await runZerodesk(env, ['why', at('two')]);
    expect([none.status, none.stdout]).toEqual([1, `No program uses ${at('two')}.\n`]);
  });
});
