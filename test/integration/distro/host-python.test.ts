import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Distro } from '../../../electron/adapters/distro/distro.ts';
import { createHostPython } from '../../../electron/adapters/distro/host-python.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const pythonFeed = 'https://apps.0install.net/python/python.xml';
const bindingsFeed = 'https://apps.0install.net/python/pygobject.xml';

/** Puts a program into a folder; it notes that it was started. */
function program(folder: string, name: string, script: string): void {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\necho ${name} >> '${join(folder, 'started')}'\n${script}\n`);
  chmodSync(file, 0o755);
}

/** What a Python says of itself. */
const saying = (facts: unknown): string => `echo '${JSON.stringify(facts)}'`;

const started = (folder: string): string[] =>
  existsSync(join(folder, 'started')) ? readFileSync(join(folder, 'started'), 'utf8').trimEnd().split('\n') : [];

const hostPython = (folder: string): Distro =>
  createHostPython({ cpu: 'x86_64', env: { PATH: `relative:${folder}` }, limitMs: 1000 });

const ids = (distro: Distro, feed = pythonFeed): unknown[] => distro.packages(feed, []).packages.map(({ id }) => id);

describe('Python on the path', () => {
  it('stands for the feeds of Python and its bindings, and for no others', () => {
    const folder = tempDir();
    program(folder, 'python', saying({ python: ['/bin/sh', '3.9.1.0'], 'python-gobject': ['/bin/ls', '3.42'] }));
    const distro = hostPython(folder);
    expect(ids(distro, 'https://example.com/python.xml')).toEqual([]);
    expect(started(folder)).toEqual([]);
    const [python] = distro.packages(pythonFeed, []).packages;
    expect(python).toMatchObject({
      id: 'package:host:python:3.9.1.0',
      distribution: 'host',
      cpu: 'x86_64',
      isInstalled: true,
      quickTestFile: '/bin/sh',
      quickTestMtime: Math.floor(statSync('/bin/sh').mtimeMs / 1000),
      main: '/bin/sh',
      element: { attributes: { package: 'host-python' } },
    });
    expect(python?.element.commands.get('run')?.path).toBe('/bin/sh');
    const [bindings] = distro.packages(bindingsFeed, []).packages;
    expect(bindings).toMatchObject({ id: 'package:host:python-gobject:3.42', quickTestFile: '/bin/ls', main: null });
    expect(bindings?.element.commands.size).toBe(0);
  });

  it('may be several; of the same version the last counts', () => {
    const folder = tempDir();
    program(folder, 'python', saying({ python: ['/bin/sh', '3.9.1.0'] }));
    program(folder, 'python2', saying({ python: ['/bin/ls', '2.7.18.0'] }));
    program(folder, 'python3', saying({ python: ['/bin/cat', '3.9.1.0'] }));
    program(folder, 'python4', saying({ python: ['/bin/cat', '4.0'] }));
    const { packages } = hostPython(folder).packages(pythonFeed, []);
    expect(packages.map(({ id, main }) => [id, main])).toEqual([
      ['package:host:python:3.9.1.0', '/bin/cat'],
      ['package:host:python:2.7.18.0', '/bin/ls'],
    ]);
  });

  it('is started once, and again when it has changed', () => {
    const folder = tempDir();
    program(folder, 'python3', saying({ python: ['/bin/sh', '3.1'] }));
    const distro = hostPython(folder);
    expect([ids(distro), ids(distro)].flat()).toEqual(['package:host:python:3.1', 'package:host:python:3.1']);
    distro.refresh();
    expect(ids(distro)).toEqual(['package:host:python:3.1']);
    expect(started(folder)).toEqual(['python3']);
    program(folder, 'python3', saying({ python: ['/bin/sh', '3.2.0'] }));
    expect(ids(distro)).toEqual(['package:host:python:3.1']);
    distro.refresh();
    expect(ids(distro)).toEqual(['package:host:python:3.2.0']);
  });

  it.each([
    ['fails', 'exit 3'],
    ['says rubbish', 'echo rubbish'],
    ['says too much', 'exec yes'],
    ['never ends', 'exec sleep 1000'],
  ])('is passed over with a warning if it %s', (_name, script) => {
    const folder = tempDir();
    program(folder, 'python3', script);
    const { packages, warnings } = hostPython(folder).packages(pythonFeed, []);
    expect(packages).toEqual([]);
    expect(warnings).toEqual([`Failed to get details from Python: ${folder}/python3 does not tell its version`]);
  });

  it.each([
    null,
    { python: null },
    { python: ['sh', '3.1'] },
    { python: ['/no/such/program', '3.1'] },
    { python: ['/bin/sh', '3.x'] },
    { python: ['/bin/sh', `3${'.1'.repeat(50)}`] },
    { python: ['/bin/sh', 3] },
  ])('is passed over if it says %j', (facts) => {
    const folder = tempDir();
    program(folder, 'python3', saying(facts));
    expect(hostPython(folder).packages(pythonFeed, []).packages).toEqual([]);
  });
});
