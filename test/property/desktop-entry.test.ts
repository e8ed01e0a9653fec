import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aliasScript, readAlias } from '../../electron/core/desktop/alias-script.ts';
import { cleanText, escapeValue, formatEntry, quoteExec } from '../../electron/core/desktop/entry-text.ts';
import { entryNames } from '../../electron/core/desktop/file-names.ts';
import { autostartEntry, menuEntry, openingEntry } from '../../electron/core/desktop/linux-entries.ts';
import { itemMark } from '../../electron/core/desktop/capabilities.ts';
import type { DesktopProgram } from '../../electron/core/desktop/program.ts';
import { readEntry } from '../../electron/core/desktop/read-entry.ts';
import { parseDesktopEntry, splitExec } from '../helpers/desktop-entry.ts';

/** Any text, and often one that some reader could misunderstand. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom('"', "'", '`', '$', '\\', '%', '%F', '%%', '\n', '\r', '\t', ' ', ';', '[', ']', '=', '#'),
        fc.constantFrom(
          'Exec=rm',
          '\nExec=rm -rf ~\n',
          '$(reboot)',
          '\u0000',
          '\u0085',
          '\u2028',
          '\u202e',
          '\ud800',
          '../',
        ),
        fc.string({ unit: 'grapheme', maxLength: 3 }),
      ),
      { maxLength: 12 },
    )
    .map((pieces) => pieces.join('')),
);
/** One line of text, as targets and commands are once they have been checked. */
const line = nasty.map((text) => cleanText(text).replace(/[\n\r\t]/g, '')).filter((text) => text !== '');
const uri = line.map((text) => `/${text}`);
const translated = fc
  .tuple(nasty, fc.dictionary(fc.constantFrom('de', 'fr', 'pt_BR', 'zh_CN'), nasty))
  .map(([text, others]) => ({ text, translations: new Map(Object.entries(others)) }));
const program: fc.Arbitrary<DesktopProgram> = fc.record({
  target: fc.record({ uri, app: fc.option(line) }),
  name: translated,
  summary: translated,
  categories: fc.array(nasty, { maxLength: 3 }),
  needsTerminal: fc.boolean(),
  actions: fc.array(fc.record({ command: line, name: translated }), { maxLength: 3 }),
  capabilities: fc.constant([]),
});
const context = fc.record({
  command: fc.oneof(fc.constant('0desk'), uri),
  hasReference: fc.boolean(),
  icon: fc.option(fc.constant('zeroinstall-x')),
});
const runs = { numRuns: 2000 };

describe('what is written into a desktop entry', () => {
  it('is read back as it was, without what no text should have', () => {
    fc.assert(
      fc.property(fc.array(nasty), (values) => {
        const text = formatEntry([
          { name: 'Desktop Entry', lines: values.map((value, index) => [`X-${index}`, value] as const) },
        ]);
        expect([...(parseDesktopEntry(text).get('Desktop Entry')?.values() ?? [])]).toEqual(values.map(cleanText));
      }),
      runs,
    );
  });

  it('never has a second line', () => {
    fc.assert(
      fc.property(nasty, (value) => {
        expect(escapeValue(value)).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }),
      runs,
    );
  });

  it('starts exactly the arguments it was made of', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), (args) => {
        expect(splitExec(quoteExec(args))).toEqual(args);
        expect(splitExec(quoteExec(args, '%F'), ['a', 'b'])).toEqual([...args, 'a', 'b']);
      }),
      runs,
    );
  });

  it('starts the program and nothing else, whatever its feed says', () => {
    fc.assert(
      fc.property(program, context, (anyProgram, anyContext) => {
        const { target, needsTerminal, name } = anyProgram;
        const identity = target.app ?? target.uri;
        const text = menuEntry(anyProgram, anyContext);
        const groups = parseDesktopEntry(text);
        const main = groups.get('Desktop Entry');
        const started = splitExec(main?.get('Exec') ?? '');
        if (started[0] === '0launch') expect(started).toEqual(['0launch', '--', target.uri]);
        else expect(started).toEqual([anyContext.command, 'run', '--', identity]);
        expect(main?.get('TryExec')).toBe(started[0]);
        expect(main?.get('Name')).toBe(cleanText(name.text));
        expect(main?.get('Terminal')).toBe(String(needsTerminal));
        expect(text.match(/^Exec=/gm)).toHaveLength(1 + anyProgram.actions.length);
        anyProgram.actions.forEach(({ command }, index) => {
          const exec = groups.get(`Desktop Action action-${index + 1}`)?.get('Exec') ?? '';
          expect(splitExec(exec)).toEqual([anyContext.command, 'run', `--command=${command}`, '--', identity]);
        });
        expect(groups.size).toBe(1 + anyProgram.actions.length);
        expect(readEntry(text)).toEqual({ name: cleanText(name.text), uri: target.uri, app: target.app });
        expect(
          splitExec(parseDesktopEntry(autostartEntry(anyProgram, anyContext)).get('Desktop Entry')?.get('Exec') ?? ''),
        ).toEqual(started);
      }),
      runs,
    );
  });

  it('opens files as the program wants them', () => {
    const arg = fc.oneof(
      line,
      fc.constant(itemMark),
      fc.tuple(line, line).map((pair) => pair.join(itemMark)),
    );
    fc.assert(
      fc.property(program, context, fc.array(arg, { maxLength: 4 }), (anyProgram, anyContext, args) => {
        const opening = { verb: { command: 'open', args }, mimeTypes: ['text/plain', 'a;b'], isForAddresses: false };
        const text = openingEntry(anyProgram, opening, anyContext);
        if (text === null) {
          // Only within quotes is there no place for a file.
          expect(args.some((each) => each !== itemMark && each.includes(itemMark))).toBe(true);
          return;
        }
        const main = parseDesktopEntry(text).get('Desktop Entry');
        const started = splitExec(main?.get('Exec') ?? '', ['/a file']);
        const identity = anyProgram.target.app ?? anyProgram.target.uri;
        expect(started).toEqual([
          anyContext.command,
          'run',
          '--command=open',
          '--',
          identity,
          ...args.map((each) => each.replaceAll(itemMark, '/a file')),
        ]);
        expect(main?.get('MimeType')).toBe('text/plain;');
      }),
      runs,
    );
  });
});

it('file names of entries are plain, whatever a program is called', () => {
  fc.assert(
    fc.property(nasty, nasty, (title, identity) => {
      const names = entryNames(title, identity);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name).toMatch(/^[a-z0-9][a-z0-9-]*$/);
      expect(names[0].length).toBeLessThanOrEqual(60);
    }),
    runs,
  );
});

it('an alias is read back as what it starts', () => {
  fc.assert(
    fc.property(fc.record({ uri, app: fc.option(line) }), context, (target, anyContext) => {
      const script = aliasScript(target, anyContext);
      expect(readAlias(script)).toBe(target.app ?? target.uri);
      expect(script.split('\n')).toHaveLength(3);
    }),
    runs,
  );
});
