import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { cleanEnvironment } from '../../../../../electron/core/launch/clean-environment.ts';
import { toShellText } from '../../../../../electron/core/launch/shell-text.ts';
import { sha256Hex } from '../../../../../electron/core/sha256.ts';
import { isAppError } from '../../../../../shared/errors/app-error.ts';
import { plan, selection, uri } from '../../../../helpers/launch.ts';

const run = '<command name="run" path="bin/prog"/>';

function failure(action: () => unknown): { readonly code: string; readonly text: string } {
  try {
    action();
  } catch (error) {
    if (isAppError(error)) return { code: error.code, text: JSON.stringify(error.params) };
    throw error;
  }
  throw new Error('nothing failed');
}

describe('safe rules', () => {
  it.each([
    ['', 'empty'],
    ['A=B', 'equals sign'],
  ])('refuses the variable name %j (%s)', (name) => {
    const prog = selection('prog', `${run}<environment name="${name}" value="x"/>`);
    expect(failure(() => plan([prog])).code).toBe('bad-launch');
  });

  it.each(['a\\b', 'a:b', 'a=b', 'NUL', 'con.txt', 'a&#10;b', 'a/b', '.x', ''])(
    'refuses the launcher name %s',
    (name) => {
      // Attribute white space is folded before, so the newline arrives as a blank unless the element is made by hand.
      const prog = selection('prog', `${run}<executable-in-path name="PLACEHOLDER"/>`);
      const [command, binding] = prog.children;
      const made = { ...binding!, attributes: { name: name.replace('&#10;', '\n') } };
      const problem = failure(() => plan([{ ...prog, children: [command!, made] }]));
      expect(problem.code).toBe('bad-launch');
      expect(problem.text).toContain('Invalid name in executable binding');
      expect(problem.text).not.toContain('\\n');
    },
  );

  it('refuses a program outside a stored implementation, and lets a local one do it', () => {
    const children = '<command name="run" path="bin/../../other/prog"/>';
    expect(failure(() => plan([selection('prog', children)])).text).toContain('leaves the implementation');
    expect(plan([selection('prog', children, { kind: 'local' })]).argv).toEqual(['/store/prog/bin/../../other/prog']);
  });

  it('refuses NUL in arguments and in values', () => {
    const prog = selection('prog', run);
    expect(failure(() => plan([prog], { options: { args: ['a\0b'] } })).code).toBe('bad-launch');
    const env = selection('prog', `${run}<environment name="V" value="x"/>`);
    const [command, binding] = env.children;
    const made = { ...binding!, attributes: { name: 'V', value: 'x\0y' } };
    expect(failure(() => plan([{ ...env, children: [command!, made] }])).code).toBe('bad-launch');
  });

  it('stops when nested loops multiply', () => {
    const nested = `${'<for-each item-from="LIST">'.repeat(12)}<arg>x</arg>${'</for-each>'.repeat(12)}`;
    const prog = selection('prog', `<command name="run" path="p">${nested}</command>`);
    const problem = failure(() => plan([prog], { env: { LIST: 'a:b:c:d:e:f:g:h' } }));
    expect(problem.text).toContain('Too many arguments');
  });

  it('stops at a runner that needs itself', () => {
    const loop = `<command name="run" path="p"><runner interface="${uri('other')}"/></command>`;
    const back = `<command name="run" path="p"><runner interface="${uri('prog')}"/></command>`;
    expect(failure(() => plan([selection('prog', loop), selection('other', back)])).text).toContain('Runner loop');
  });
});

describe('launchers', () => {
  it('holds the command line with quotes made harmless', () => {
    const tool = selection('tool', `<command name="run" path="it's"><arg>$(reboot)</arg></command>`);
    const prog = selection(
      'prog',
      `${run}<requires interface="${uri('tool')}"><executable-in-path name="tool"/></requires>`,
    );
    const { launchers, env } = plan([prog, tool]);
    expect(launchers).toHaveLength(1);
    expect(launchers[0]!.content).toBe(`#!/bin/sh\nexec '/store/tool/it'\\''s' '$(reboot)' "$@"\n`);
    const directory = launchers[0]!.path.replace(/\/tool$/, '');
    expect(directory).toMatch(/^\/cache\/injector\/exec-[0-9a-f]{16}\/tool$/);
    expect(env['PATH']).toBe(`${directory}:/usr/bin:/bin`);
    expect(JSON.parse(env['zeroinstall_runenv_tool']!)).toEqual(["/store/tool/it's", '$(reboot)']);
  });

  it('has another directory for another command line', () => {
    const make = (argument: string): string => {
      const children = `<command name="run" path="p"><arg>${argument}</arg></command><executable-in-var name="ME"/>`;
      return plan([selection('prog', children)]).env['ME']!;
    };
    expect(make('a')).not.toBe(make('b'));
    expect(make('a')).toBe(make('a'));
  });

  it('needs the command it calls', () => {
    const prog = selection('prog', `${run}<executable-in-path name="x" command="missing"/>`);
    expect(failure(() => plan([prog]))).toMatchObject({ code: 'no-command' });
  });
});

describe('missing parts', () => {
  it('names an implementation that is in no store, even one that only binds', () => {
    const problem = failure(() =>
      plan([selection('prog', run), selection('lib', '')], {
        directoryOf: (each) => (each.id === 'lib' ? null : '/store/prog'),
      }),
    );
    expect(problem).toEqual({
      code: 'implementation-missing',
      text: JSON.stringify({ interface: uri('lib'), version: '1.0' }),
    });
  });

  it('names a runner that was not selected', () => {
    const prog = selection('prog', `<command name="run" path="p"><runner interface="${uri('gone')}"/></command>`);
    expect(failure(() => plan([prog])).text).toContain("Missing selection for 'http://example.com/gone.xml'");
  });

  it('names a command that is not there', () => {
    const options = { args: [], command: 'edit' };
    expect(failure(() => plan([selection('prog', run)], { options }))).toEqual({
      code: 'no-command',
      text: JSON.stringify({ interface: uri('prog'), command: 'edit' }),
    });
  });
});

describe('Windows', () => {
  const windows = { platform: 'windows' as const, launchersDir: 'C:\\cache' };

  it('treats Path and PATH as one variable and turns slashes', () => {
    const prog = selection('prog', `${run}<environment name="PATH" insert="a/b"/>`);
    const made = plan([prog], { ...windows, env: { Path: 'C:\\Windows' }, directoryOf: () => 'C:\\store\\prog' });
    expect(made.env).toEqual({ Path: 'C:\\store\\prog\\a\\b;C:\\Windows' });
    expect(made.argv).toEqual(['C:\\store\\prog\\bin\\prog']);
  });

  it('finds programs without their .exe', () => {
    const pathExists = (path: string): boolean => path.endsWith('.exe');
    expect(plan([selection('prog', run)], { ...windows, pathExists }).argv[0]).toMatch(/bin\\prog\.exe$/);
  });

  it('starts in the working directory of the command, never outside', () => {
    const make = (src: string): string | null =>
      plan([selection('prog', `<command name="run" path="p"><working-dir src="${src}"/></command>`)], windows).cwd;
    expect(make('data/x')).toBe('/store/prog\\data\\x');
    expect(failure(() => make('../x')).code).toBe('bad-launch');
    expect(failure(() => make('C:/x')).code).toBe('bad-launch');
  });

  it('refuses words that a batch file would change', () => {
    const children = '<command name="run" path="p"><arg>100%</arg></command><executable-in-path name="x"/>';
    expect(failure(() => plan([selection('prog', children)], windows)).text).toContain('cannot be passed on');
  });
});

describe('sha256Hex', () => {
  it.each(['', 'abc', 'a'.repeat(55), 'b'.repeat(56), 'c'.repeat(64), 'ä😀'.repeat(1000)])(
    'agrees with OpenSSL',
    (text) => {
      expect(sha256Hex(text)).toBe(createHash('sha256').update(text).digest('hex'));
    },
  );
});

describe('cleanEnvironment', () => {
  it('removes what Electron and its wrappers added', () => {
    const env = cleanEnvironment(
      {
        HOME: '/home/me',
        ELECTRON_RUN_AS_NODE: '1',
        CHROME_DESKTOP: 'x.desktop',
        NODE_OPTIONS: '--inspect',
        GDK_BACKEND: 'x11',
        APPDIR: '/tmp/.mount_zd',
        PATH: '/tmp/.mount_zd/bin:/usr/bin',
        LD_LIBRARY_PATH: '/tmp/.mount_zd/lib',
        GONE: undefined,
      },
      ['GDK_BACKEND'],
    );
    expect(env).toEqual({ HOME: '/home/me', PATH: '/usr/bin' });
  });

  it('keeps what the person has set', () => {
    const env = { GDK_BACKEND: 'wayland', LD_LIBRARY_PATH: '/opt/lib', NODE_PATH: '/opt/node' };
    expect(cleanEnvironment(env)).toEqual(env);
  });
});

describe('what a plan tells of its environment', () => {
  const lib = selection('lib', '<environment name="LIBS" insert="own" mode="append"/>');

  it('names the component whose files each variable is about, and the one that wants it [D-11]', () => {
    const prog = selection(
      'prog',
      `${run}<requires interface="${uri('lib')}"><environment name="PATH" insert="bin"/><executable-in-var name="TOOL"/></requires>
       <environment name="MODE" value="x" mode="replace"/>`,
    );
    const tool = { ...lib, children: [...lib.children, ...selection('x', run).children] };
    const { bindings, env } = plan([prog, tool]);
    const [libName, progName] = [
      { interface: uri('lib'), isSource: false, version: '1.0' },
      { interface: uri('prog'), isSource: false, version: '1.0' },
    ];
    expect(bindings).toEqual([
      {
        variable: 'LIBS',
        mode: 'append',
        value: '/store/lib/own',
        separator: ':',
        fallback: null,
        of: libName,
        by: libName,
      },
      {
        variable: 'PATH',
        mode: 'prepend',
        value: '/store/lib/bin',
        separator: ':',
        fallback: '/bin:/usr/bin',
        of: libName,
        by: progName,
      },
      { variable: 'MODE', mode: 'replace', value: 'x', separator: '', fallback: null, of: progName, by: progName },
      {
        variable: 'TOOL',
        mode: 'replace',
        value: env['TOOL'],
        separator: '',
        fallback: null,
        of: libName,
        by: progName,
      },
      {
        variable: 'zeroinstall_runenv_TOOL',
        mode: 'replace',
        value: '["/store/lib/bin/prog"]',
        separator: '',
        fallback: null,
        of: libName,
        by: progName,
      },
    ]);
  });

  it('tells of no paths of native packages, which bind nothing', () => {
    const native = selection('lib', '<environment name="LIBS" insert="own"/>', {
      kind: 'package',
      id: 'package:deb:lib',
    });
    expect(plan([selection('prog', run), native]).bindings).toEqual([]);
  });
});

describe('a plan for a shell', () => {
  it('takes the values before from the shell that reads it, and ends comments with their line [D-11]', () => {
    const prog = selection(
      'prog',
      `${run}<environment name="A" insert="a"/><environment name="A" insert="b" mode="append" default="d"/>
       <environment name="A" value="it's" mode="replace"/><environment name="no-name" value="1" mode="replace"/>`,
    );
    expect(toShellText({ ...plan([prog]), cwd: '/w' }, () => 'Pro\ngram')).toBe(
      [
        '# Pro gram',
        "A='/store/prog/a'${A+':'$A}",
        'export A',
        "A=${A-'d'}':''/store/prog/b'",
        'export A',
        "A='it'\\''s'",
        'export A',
        "cd '/w'",
        "/usr/bin/env 'no-name=1' '/store/prog/bin/prog'",
        '',
      ].join('\n'),
    );
  });
});
