import { describe, expect, it } from 'vitest';
import { checkNewAppName, isAppName } from '../../../../../electron/core/apps/app-name.ts';
import {
  formatRequirements,
  parseRequirements,
  type AppRequirements,
} from '../../../../../electron/core/apps/requirements-json.ts';
import { chooseScriptDir } from '../../../../../electron/core/apps/start-script.ts';
import { updateReport } from '../../../../../electron/core/apps/update-report.ts';
import { parseSelections } from '../../../../../electron/core/selections/parse.ts';
import { parseXml } from '../../../../../electron/core/xml/parse.ts';

const plain: AppRequirements = {
  interface: 'http://a.test/x.xml',
  command: 'run',
  isSource: false,
  mayCompile: false,
  os: null,
  cpu: null,
  message: null,
  restrictions: {},
};

describe('names of apps', () => {
  it.each(['hello', 'x86_64-tool', 'a.b', '7zip', 'C++'])('%s may be made', (name) => {
    expect(() => {
      checkNewAppName(name);
    }).not.toThrow();
  });

  it.each([
    '',
    '.hidden',
    'a/b',
    '../up',
    'a b',
    '-x',
    'a;b',
    "a'b",
    'a$b',
    'ü',
    '0install',
    '0desk',
    'a'.repeat(65),
    'a\nb',
  ])('%j may not', (name) => {
    expect(() => {
      checkNewAppName(name);
    }).toThrow(expect.objectContaining({ code: 'bad-app-name' }));
  });

  it('more of them are read than made', () => {
    expect(['a b', '-x', 'ü'].map(isAppName)).toEqual([true, true, true]);
    expect(['', '..', 'a/b', 'http://x', 'a\0b'].map(isAppName)).toEqual([false, false, false, false, false]);
  });
});

describe('requirements.json', () => {
  it('is written as the reference does, and read back', () => {
    const text = formatRequirements({ ...plain, os: 'Windows', restrictions: { 'http://a.test/l.xml': '..!3' } });
    expect(text).toBe(
      '{"interface_uri":"http://a.test/x.xml","command":"run","os":"Windows","extra_restrictions":{"http://a.test/l.xml":"..!3"}}',
    );
    expect(formatRequirements(parseRequirements(text, 'f'))).toBe(text);
  });

  it('tells no command from the usual one', () => {
    const text = formatRequirements({ ...plain, command: null });
    expect(text).toContain('"command":null');
    expect(parseRequirements(text, 'f').command).toBeNull();
    expect(parseRequirements('{"interface_uri":"u"}', 'f').command).toBe('run');
  });

  it('understands what older programs wrote', () => {
    const old = '{"interface_uri":"u","before":"3","not_before":"1","os":"","cpu":null,"message":""}';
    expect(parseRequirements(old, 'f')).toEqual({ ...plain, interface: 'u', restrictions: { u: '1..!3' } });
  });

  it('leaves alone what it does not know', () => {
    expect(parseRequirements('{"interface_uri":"u","invented":[1]}', 'f').interface).toBe('u');
  });

  it.each(['', 'null', '[]', '{', '{}', '{"interface_uri":7}', '{"interface_uri":"u","source":"yes"}'])(
    'refuses %j and names the file',
    (text) => {
      expect(() => parseRequirements(text, '/the/file')).toThrow(
        expect.objectContaining({
          code: 'bad-settings',
          params: expect.objectContaining({ path: '/the/file' }) as unknown,
        }),
      );
    },
  );

  it('refuses a restriction that is no text', () => {
    expect(() => parseRequirements('{"interface_uri":"u","extra_restrictions":{"x":1}}', 'f')).toThrow();
  });

  it('keeps a name that means something to JavaScript', () => {
    const text = '{"interface_uri":"u","command":"run","extra_restrictions":{"__proto__":"1"}}';
    expect(Object.keys(parseRequirements(text, 'f').restrictions)).toEqual(['__proto__']);
  });
});

describe('the folder for start scripts', () => {
  const choose = (path: string[], writable: string[] = path) =>
    chooseScriptDir({
      home: '/home/me',
      path,
      cacheDirs: ['/home/me/.cache/0install.net'],
      isWritable: (directory) => writable.includes(directory),
    });

  it('is one of the own ones, if commands are found there', () => {
    expect(choose(['/usr/bin', '/home/me/bin'])).toEqual({ directory: '/home/me/bin', isInPath: true });
    expect(choose(['/home/me/bin', '/home/me/.local/bin']).directory).toBe('/home/me/.local/bin');
  });

  it('is never a folder of the system, nor inside a cache', () => {
    const path = ['/usr/bin', '/bin', '/sbin', '/usr', '/home/me/.cache/0install.net/x', '/opt/bin'];
    expect(choose(path)).toEqual({ directory: '/opt/bin', isInPath: true });
    expect(choose(['/usr/bin', '/usr/local/bin']).directory).toBe('/usr/local/bin');
  });

  it('is not found by the shell if nothing else is left', () => {
    expect(choose(['/usr/local/bin', 'relative'], [])).toEqual({ directory: '/home/me/bin', isInPath: false });
  });
});

describe('what an update says', () => {
  const selections = (version: string, more = '') =>
    parseSelections(
      parseXml(
        `<selections interface="u" command="run" xmlns="http://zero-install.sourceforge.net/2004/injector/interface">
          <selection interface="u" id="/p" version="${version}" local-path="/p" ${more}/></selections>`,
        { source: 's' },
      ),
    );
  const known = (version: string, isStable = true) => ({ fromFeed: 'u', version, isStable });

  it('names changes, news of the feed alone, or nothing new', () => {
    const [one, two] = [selections('1'), selections('2')];
    const ask = { helpWithTesting: false };
    expect(updateReport({ ...ask, before: one, after: two, versions: [known('2')] })).toEqual(['u: 1 -> 2']);
    expect(updateReport({ ...ask, before: one, after: one, versions: [known('1')] })).toEqual([
      'No updates found. Continuing with version 1.',
    ]);
    expect(
      updateReport({ ...ask, before: one, after: selections('1', 'license="x"'), versions: [known('1')] }),
    ).toEqual(['Updates to metadata found, but no change to version (1).']);
  });

  it('says that there is a later one, and how to get it if it is being tested', () => {
    const one = selections('1');
    const versions = [known('1'), known('2', false), known('1.9')];
    const later = 'A later version (u 2) exists but was not selected. Using 1 instead.';
    expect(updateReport({ before: one, after: one, versions, helpWithTesting: true })).toEqual([later]);
    expect(updateReport({ before: one, after: one, versions, helpWithTesting: false })).toHaveLength(3);
  });
});
