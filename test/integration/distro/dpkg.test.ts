import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDpkg, dpkgStatusPath } from '../../../electron/adapters/distro/dpkg.ts';
import { localFeed } from '../../helpers/feed.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const entry = (
  name: string,
  fields: { readonly version: string; readonly arch?: string; readonly status?: string },
): string =>
  `Package: ${name}\nStatus: ${fields.status ?? 'install ok installed'}\nArchitecture: ${fields.arch ?? 'amd64'}\n` +
  `Version: ${fields.version}\nDescription: about\n Package: hidden\n\n`;

function statusFile(...entries: readonly string[]): string {
  const path = join(tempDir(), 'status');
  writeFileSync(path, entries.join(''));
  return path;
}

const elements = (attributes: string): ReturnType<typeof localFeed>['packages'] =>
  localFeed(`<package-implementation ${attributes}/>`).packages;

describe('native packages of Debian', () => {
  const example = (): string =>
    statusFile(
      entry('first', { version: '1.2-3', arch: 'all' }),
      entry('multi', { version: '2:1.4~beta2-1ubuntu3' }),
      entry('multi', { version: '1.4', arch: 'i386' }),
      entry('multi-dev', { version: '9' }),
      entry('removed', { version: '1', status: 'deinstall ok config-files' }),
      entry('broken', { version: 'cvs' }),
      entry('openjdk-7-jre', { version: '7~u3-2.1' }),
      'Package: last\nStatus: hold ok installed\nVersion: 5\nArchitecture: arm64',
    );
  const find = (attributes: string): unknown[] =>
    createDpkg(example())
      .packages('', elements(attributes))
      .packages.map(({ id }) => id);

  it('are found by their exact name, in all their architectures', () => {
    expect(find('package="first"')).toEqual(['package:deb:first:1.2-3:*']);
    expect(find('package="multi"')).toEqual(['package:deb:multi:1.4-pre2-1-3:x86_64', 'package:deb:multi:1.4:i386']);
    expect(find('package="last"')).toEqual(['package:deb:last:5:aarch64']);
    for (const name of ['removed', 'broken', 'hidden', 'mult', '', 'firs'])
      expect(find(`package="${name}"`)).toEqual([]);
  });

  it('are found in one architecture, if the name says so', () => {
    expect(find('package="multi:i386"')).toEqual(['package:deb:multi:i386:1.4:i386']);
    expect(find('package="multi:arm64"')).toEqual([]);
  });

  it.each([
    ['install ok installed', true],
    ['hold ok installed', true],
    ['deinstall ok installed', true],
    ['install reinstreq installed', true],
    ['install ok half-installed', false],
    ['install ok half-configured', false],
    ['install ok unpacked', false],
    ['install ok triggers-pending', false],
    ['deinstall ok config-files', false],
    ['unknown ok not-installed', false],
  ])('count as installed or not: %s', (status, isInstalled) => {
    const { packages } = createDpkg(statusFile(entry('a', { version: '1', status }))).packages(
      '',
      elements('package="a"'),
    );
    expect(packages.length === 1).toBe(isInstalled);
  });

  it('of another kernel are for the same processor', () => {
    const path = statusFile(entry('a', { version: '1', arch: 'kfreebsd-amd64' }));
    expect(createDpkg(path).packages('', elements('package="a"')).packages[0]?.cpu).toBe('x86_64');
  });

  it('without a readable version are left out, with a warning', () => {
    expect(createDpkg(example()).packages('', elements('package="broken"'))).toEqual({
      packages: [],
      warnings: ["Can't parse distribution version 'cvs' for package 'broken'"],
    });
  });

  it('have real versions for Java', () => {
    expect(find('package="openjdk-7-jre"')).toEqual(['package:deb:openjdk-7-jre:7.3-2.1:x86_64']);
    const [java] = createDpkg(example()).packages('', elements('package="openjdk-7-jre" main="/bin/sh"')).packages;
    expect(java?.main).toMatch(/^\/usr\/.*bin\/java$/);
  });

  it('say how to test quickly that they are still there', () => {
    const path = example();
    const [found] = createDpkg(path).packages('', elements('package="first"')).packages;
    expect(found).toMatchObject({ cpu: null, isInstalled: true, quickTestFile: path, version: { text: '1.2-3' } });
    expect(Number.isInteger(found?.quickTestMtime)).toBe(true);
  });

  it('are run where they are', () => {
    const main = (file: string): unknown =>
      createDpkg(example()).packages('', elements(`package="first" main="${file}"`)).packages[0]?.main;
    expect(main('/bin/sh')).toBeNull();
    expect(main('/nowhere/sh')).toMatch(/\/sh$/);
    expect(main('sh')).toMatch(/^\/.*\/sh$/);
    expect(main('/nowhere/no-such-program')).toBeNull();
  });

  it('are looked at again when the file has changed', () => {
    const changing = statusFile(entry('a', { version: '1' }));
    const dpkg = createDpkg(changing);
    const versions = (): unknown[] =>
      dpkg.packages('', elements('package="a"')).packages.map(({ version }) => version.text);
    expect(versions()).toEqual(['1']);
    writeFileSync(changing, entry('a', { version: '2.0' }));
    expect(versions()).toEqual(['1']);
    dpkg.refresh();
    expect(versions()).toEqual(['2.0']);
  });

  it('are none without the file', () => {
    expect(createDpkg(join(tempDir(), 'none')).packages('', elements('package="first"'))).toEqual({
      packages: [],
      warnings: [],
    });
  });
});

const query = spawnSync('dpkg-query', ['-W', '-f', '${Package}\\t${Status}\\t${Version}\\n'], { encoding: 'utf8' });
if (query.status !== 0) console.warn('SKIPPED: no dpkg-query to compare with');

describe.skipIf(query.status !== 0)('this computer', () => {
  it('has the packages that dpkg-query reports', () => {
    const names = query.stdout.split('\n').flatMap((line) => {
      const [name, status] = line.split('\t');
      return name !== undefined && status?.endsWith(' installed') === true ? [name] : [];
    });
    const dpkg = createDpkg(dpkgStatusPath);
    const missing = names.filter((name) => dpkg.packages('', elements(`package="${name}"`)).packages.length === 0);
    expect([names.length > 0, missing]).toEqual([true, []]);
  });
});
