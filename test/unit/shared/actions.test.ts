import { describe, expect, it } from 'vitest';
import { commands } from '../../../electron/cli/option-table.ts';
import english from '../../../assets/locales/en.json' with { type: 'json' };
import { actionGroups, actions } from '../../../shared/actions.ts';
import { createIntl } from '../../../shared/i18n/translator.ts';
import { formatKeys, keysOf, toAccelerator, type KeyPress } from '../../../shared/keys.ts';
import { pages } from '../../../shared/pages.ts';

const intl = createIntl('en', english);
const press = (key: string, rest: Partial<KeyPress> = {}): string =>
  keysOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...rest });

describe('the actions of the window [D-15]', () => {
  it('have keys that mean one thing each, and a text', () => {
    const keys = actions.flatMap((action) => action.keys);
    expect(keys.filter((each, index) => keys.indexOf(each) !== index)).toEqual([]);
    for (const { label, id, group } of actions) {
      expect(intl.t(label), id).not.toBe(label);
      expect(actionGroups).toContain(group);
    }
    console.info(`${actions.length} actions, ${keys.length} keys`);
  });

  it('lead to every page, by its number in the rail', () => {
    for (const [index, page] of pages.entries()) {
      const action = actions.find(({ id }) => id === `go.${page}`);
      expect(action?.keys, page).toContain(`Mod+${index + 1}`);
    }
  });

  it('name only commands and options that 0desk has', () => {
    const named = actions.flatMap(({ id, command }) => (command === null ? [] : [{ id, words: command.split(' ') }]));
    expect(named.length).toBeGreaterThan(10);
    for (const { id, words } of named) {
      const [program, ...rest] = words;
      expect(program).toBe('0desk');
      const command = commands.find((each) => each.words.every((word, index) => rest[index] === word));
      expect(command, `${id}: ${words.join(' ')}`).toBeDefined();
      const options = rest.filter((word) => word.startsWith('--')).map((word) => word.slice(2));
      const known = ['dry-run', ...(command?.options.flatMap(({ names }) => names) ?? [])];
      for (const option of options) expect(known, `${id} --${option}`).toContain(option);
      const args = rest.slice(command?.words.length).filter((word) => !word.startsWith('--'));
      const [least = 0, most = 0] = command?.argCount ?? [];
      expect(args.length, `${id}: ${words.join(' ')}`).toBeGreaterThanOrEqual(least);
      expect(args.length).toBeLessThanOrEqual(most);
    }
  });
});

describe('keys', () => {
  it.each([
    [press('k', { ctrlKey: true }), 'Mod+K'],
    [press('k', { metaKey: true }), 'Mod+K'],
    [press('K', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+K'],
    // Which characters need Shift depends on the keyboard.
    [press('?', { shiftKey: true }), '?'],
    [press('+', { ctrlKey: true, shiftKey: true }), 'Mod++'],
    [press('ArrowLeft', { altKey: true }), 'Alt+ArrowLeft'],
    [press('F10', { shiftKey: true }), 'Shift+F10'],
    [press('a'), 'A'],
  ])('%s is written %s', (found, expected) => {
    expect(found).toBe(expected);
  });

  it.each([
    ['Mod+K', 'Ctrl+K', '⌘K', 'CommandOrControl+K'],
    ['Alt+ArrowLeft', 'Alt+←', '⌥←', 'Alt+Left'],
    ['Mod++', 'Ctrl++', '⌘+', 'CommandOrControl+Plus'],
    ['Mod+,', 'Ctrl+,', '⌘,', 'CommandOrControl+,'],
    ['Delete', 'Del', '⌫', 'Delete'],
    ['F5', 'F5', 'F5', 'F5'],
    ['?', '?', '?', '?'],
  ])('%s is printed %s or %s, and %s in menus', (keys, elsewhere, mac, accelerator) => {
    expect(formatKeys(intl, keys, false)).toBe(elsewhere);
    expect(formatKeys(intl, keys, true)).toBe(mac);
    expect(toAccelerator(keys)).toBe(accelerator);
  });
});
