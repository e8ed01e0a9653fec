import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createNativeHome, hasSandbox, type NativeHome } from '../../helpers/native-home.ts';
import { hasReference } from '../../helpers/reference.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const element = (name: string, attributes = ''): string => `<package-implementation package="${name}" ${attributes}/>`;
/** No version meets it, so the report shows all candidates. */
const nothingWanted = ['--refresh', '--version=..!0'];
const knowsAll = `for name; do printf 'Package: %s\\nVersion: 3.0\\nArchitecture: all\\nSize: 4\\n\\n' "$name"; done`;
const isReferenceHere = hasReference();

describe.skipIf(!isReferenceHere)('native packages, as the reference finds them', () => {
  let home: NativeHome;
  beforeEach(() => {
    home = createNativeHome();
  });

  it.each(['bash', 'coreutils', 'git', 'gpg', 'libc6', 'libc6:amd64', 'python3'])(
    'on this computer: %s',
    async (name) => {
      home.apt('exit 100');
      const [theirs, ours] = await home.select([home.feed(element(name, `main="/nowhere/${name}"`))]);
      expect(ours).toEqual(theirs);
    },
  );

  it('that this computer could install', async () => {
    const feed = home.feed(element('cowsay', 'main="/nowhere/cowsay"') + element('no-such-package'));
    const [theirs, ours] = await home.select([feed]);
    expect(ours).toEqual(theirs);
  });

  it.each([
    ['of which it knows nothing', 'exit 100'],
    ['that it offers', knowsAll],
  ])('of the package manager, %s', async (_name, script) => {
    home.apt(script);
    const names = ['zerodesk-a', 'bash', 'zerodesk-a', 'zerodesk-b'];
    const feed = home.feed(names.map((name) => element(name, 'main="/nowhere/sh"')).join(''));
    for (const args of [[...nothingWanted, feed], [feed], ['--refresh', feed], ['--offline', '--version=3..', feed]]) {
      const [theirs, ours] = await home.select(args);
      expect(ours).toEqual(theirs);
    }
  });

  it('of the package manager, if nothing that is installed will do', async () => {
    home.apt(knowsAll);
    const feed = home.feed(
      element('zerodesk-a', 'main="/nowhere/sh" version="2.."') + element('bash', 'version="..!1"'),
    );
    const [theirs, ours] = await home.select([feed]);
    expect(ours).toEqual(theirs);
    expect(ours.text).toContain('id="package:deb:zerodesk-a:3.0:*"');
  });

  it('in the elements for this distribution, else for any, else in all', async () => {
    home.apt('exit 100');
    const [named, any, other] = ['Debian', '', 'RPM'].map((list) => element('bash', `distributions="${list}"`));
    for (const content of [`${other}${any}${named}`, `${other}${any}`, `${other}${other}`]) {
      const [theirs, ours] = await home.select(['--command=', home.feed(content)]);
      expect(ours).toEqual(theirs);
    }
  });

  it.each(['x', '1..2'])('not with an unreadable pattern: %s', async (pattern) => {
    const feed = home.feed(element('zerodesk-a', `version="${pattern}"`));
    const [theirs, ours] = await home.select([feed]);
    expect(ours).toEqual(theirs);
  });
});

type StatusFields = readonly [name: string, status: string, version: string, architecture: string];
const statusEntry = ([name, status, version, architecture]: StatusFields): string =>
  `Package: ${name}\nStatus: ${status}\nMaintainer: x\nArchitecture: ${architecture}\nMulti-Arch: same\n` +
  `Version: ${version}\nDescription: x\n\n`;

describe.skipIf(!isReferenceHere || !hasSandbox())('on other systems', () => {
  it('packages are read from the same database with the same result', async () => {
    const dpkg = tempDir();
    const packages: readonly StatusFields[] = [
      ['one', 'install ok installed', '1:1.2-3', 'amd64'],
      ['one', 'install ok installed', '1:1.2-3', 'i386'],
      ['held', 'hold ok installed', '2~beta-1', 'amd64'],
      ['removed', 'deinstall ok config-files', '3', 'amd64'],
      ['arm', 'deinstall ok installed', '2.0', 'armhf'],
      ['half', 'install ok half-configured', '3', 'amd64'],
      ['openjdk-7-jre', 'install ok installed', '7~u3-2.1.1-3', 'amd64'],
      ['other-kernel', 'install ok installed', '7.1', 'kfreebsd-amd64'],
    ];
    writeFileSync(path.join(dpkg, 'status'), packages.map(statusEntry).join(''));
    writeFileSync(path.join(dpkg, 'arch'), 'amd64\ni386\n');
    const home = createNativeHome();
    home.apt('exit 100');
    for (const name of new Set([...packages.map(([each]) => each), 'one:i386'])) {
      const [theirs, ours] = await home.select([home.feed(element(name, 'main="/nowhere/sh"'))], { dpkg });
      expect([name, ours]).toEqual([name, theirs]);
    }
    const all = home.feed(packages.map(([name]) => element(name)).join(''));
    const [theirs, ours] = await home.select(['--command=', ...nothingWanted, all], { dpkg });
    expect(ours).toEqual(theirs);
  });

  it('the Python of the host stands for Python where there is no package manager', async () => {
    const home = createNativeHome();
    const urls = ['http://repo.roscidus.com/python/python', 'https://apps.0install.net/python/pygobject.xml'];
    for (const url of urls) home.cachedFeed(url, '');
    const [python = '', bindings = ''] = urls;
    const system = { dpkg: null, path: '/usr/bin:/bin' };
    const requires = (distribution: string): string =>
      home.feed(
        `<implementation id="." version="1" main="x"><requires interface="${python}" distribution="${distribution}"/></implementation>`,
      );
    for (const args of [
      [python],
      ['--command=', bindings],
      ['--command=other', python],
      ['--source', '--command=', python],
      ['--os=Windows', '--cpu=i686', python],
      [requires('host')],
      [requires('fallback 0install')],
    ]) {
      const [theirs, ours] = await home.select(['--offline', ...args], system);
      expect([args, ours]).toEqual([args, theirs]);
    }
  });
});
