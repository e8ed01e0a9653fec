import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { manualPage } from '../../../../electron/cli/manual-page.ts';
import { commands } from '../../../../electron/cli/option-table.ts';

const page = manualPage('1.2-rc3');

describe('the manual page', () => {
  it('has every command with all its options', () => {
    for (const { words, options } of commands) {
      const from = page.indexOf(`.SS "0desk ${words.join(' ').replaceAll('-', '\\-')}`);
      expect(from, words.join(' ')).toBeGreaterThan(0);
      const section = page.slice(from, page.indexOf('\n.S', from + 1));
      for (const name of options.flatMap(({ names }) => names)) {
        expect(section).toContain(`\\-${name.replaceAll('-', '\\-')}\\fR`);
      }
    }
  });

  it('begins lines with requests that man has, and with nothing else that looks like one', () => {
    const requests = page.split('\n').filter((line) => /^[.']/.test(line));
    expect(requests.every((line) => /^\.(?:TH|SH|SS|TP|B|BR|I)(?: |$)/.test(line))).toBe(true);
    expect(page).toContain('"Zerodesk 1.2\\-rc3"');
  });

  const hasGroff = spawnSync('groff', ['--version']).status === 0;
  if (!hasGroff) process.stderr.write('SKIPPED: groff is missing, the manual page is not formatted\n');
  it.runIf(hasGroff)('is formatted without a warning', () => {
    const { stdout, stderr } = spawnSync('groff', ['-man', '-Tutf8', '-ww'], { input: page, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toContain('run any program in any version');
  });
});
