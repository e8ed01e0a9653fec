import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { completionScript } from '../../electron/cli/completion.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const has = (shell: string): boolean => spawnSync(shell, ['--version'], { stdio: 'ignore' }).status === 0;
for (const shell of ['zsh', 'fish'])
  if (!has(shell)) console.warn(`SKIPPED: without ${shell} its completion is not tried`);

/** What bash offers for the last of some words. */
function complete(home: string, ...words: readonly string[]): readonly string[] {
  const script = `${completionScript('bash')}
compopt() { :; }
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_0desk
printf '%s\\n' "\${COMPREPLY[@]}"
`;
  const output = execFileSync('bash', ['-c', script, 'bash', '0desk', ...words], {
    encoding: 'utf8',
    cwd: home,
    env: { HOME: home, PATH: process.env['PATH'] },
  });
  return output.split('\n').filter((line) => line !== '');
}

describe('completion', () => {
  it('in bash: commands, those behind another word, options, apps and files [O41]', () => {
    const home = tempDir();
    mkdirSync(path.join(home, '.config/0install.net/apps/game'), { recursive: true });
    writeFileSync(path.join(home, 'gift.xml'), '');
    expect(complete(home, 'sel')).toEqual(['select']);
    expect(complete(home, 'store', 'ver')).toEqual(['verify']);
    expect(complete(home, 'run', '--ver')).toEqual(['--version=', '--version-for=', '--verbose']);
    expect(complete(home, '--json', 'gc', '--k')).toEqual(['--keep=']);
    expect(complete(home, 'destroy', 'g')).toEqual(['game', 'gift.xml']);
    expect(complete(home, 'digest', 'g')).toEqual(['gift.xml']);
    expect(complete(home, 'nonsense', 'x')).toEqual([]);
  });

  for (const shell of ['zsh', 'fish'] as const) {
    it.skipIf(!has(shell))(`in ${shell}: it is a script of that shell`, () => {
      const file = path.join(tempDir(), 'script');
      writeFileSync(file, completionScript(shell));
      const { status, stderr } = spawnSync(shell, ['-n', file], { encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
    });
  }
});
