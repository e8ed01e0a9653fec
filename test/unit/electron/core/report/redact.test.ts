import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatReport } from '../../../../../electron/core/report/format-report.ts';
import { redact, type Personal } from '../../../../../electron/core/report/redact.ts';

const ada: Personal = {
  places: [
    ['/home/ada', '~'],
    ['/media/stick/zero', 'BASE'],
  ],
  userName: 'ada',
  hostName: 'analytical-engine',
};

describe('what is personal', () => {
  it.each([
    ['/home/ada/.cache/0install.net', '~/.cache/0install.net'],
    ['/home/adam/x', '/home/USER/x'],
    ['/media/stick/zero/config', 'BASE/config'],
    ['C:\\Users\\Ada\\AppData', 'C:\\Users\\USER\\AppData'],
    ['{"path":"C:\\\\Users\\\\Ada\\\\x"}', '{"path":"C:\\\\Users\\\\USER\\\\x"}'],
    ['ADA said no, Canada did not', 'USER said no, Canada did not'],
    ['on analytical-engine now', 'on HOST now'],
    ['https://ada:secret@example.org/feed.xml?x', 'https://example.org/feed.xml?x'],
    ['http://proxy:p%40ss@[::1]:8080/', 'http://[::1]:8080/'],
    ['socks5://u:p@w@host/', 'socks5://host/'],
    ['mail ada@example.org', 'mail USER@example.org'],
  ])('%s becomes %s', (text, expected) => {
    expect(redact(text, ada)).toBe(expected);
  });

  it('leaves nothing of a password or a home, wherever they stand', () => {
    const word = fc.stringMatching(/^[a-z0-9]{6,12}$/);
    fc.assert(
      fc.property(word, word, fc.string(), fc.string(), (user, password, before, after) => {
        const secret = `Q${password}Q`;
        const text = `${before} https://${user}:${secret}@example.org/ /home/${user}Z/${after.replaceAll(secret, '')}`;
        const clean = redact(text, { places: [[`/home/${user}Z`, '~']], userName: `${user}Z`, hostName: 'h' });
        expect(clean).not.toContain(`${secret}@`);
        expect(clean).not.toContain(`/home/${user}Z/`);
      }),
    );
  });

  it('does not make everybody’s names disappear', () => {
    expect(redact('root cause on localhost', { places: [['/', '~']], userName: 'root', hostName: 'localhost' })).toBe(
      'root cause on localhost',
    );
  });
});

it('a report is Markdown that no text in it can break [B10]', () => {
  const text = formatReport({
    facts: [['Zerodesk', '1.0']],
    settings: { networkUse: 'full' },
    problems: ['run Memo: no-solution: ```\n# not a title'],
    selection: { program: 'https://a.example/memo.xml', lines: ['https://a.example/memo.xml 2.0 sha256new_A cached'] },
    crash: null,
    log: 'line',
  });
  expect(text).toContain('- Zerodesk: 1.0');
  expect(text).toContain('````text\nrun Memo: no-solution: ```\n# not a title\n````');
  expect(text).toContain('## Selection of https://a.example/memo.xml');
  expect(text).not.toContain('The window stopped');
});
