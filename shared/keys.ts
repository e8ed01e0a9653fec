import type { MessageKey } from './i18n/messages.ts';
import type { Translator } from './i18n/translator.ts';

/** What of a key press counts. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** A key press as the table of actions writes it: `Mod+K`, `Alt+ArrowLeft`, `?`. */
export function keysOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string {
  const isCharacter = /^.$/u.test(key);
  const isLetter = /^\p{L}$/u.test(key);
  const name = isLetter ? key.toUpperCase() : key;
  // Which characters need Shift depends on the keyboard.
  const hasShift = shiftKey && (!isCharacter || (isLetter && (ctrlKey || metaKey || altKey)));
  return [
    ...(ctrlKey || metaKey ? ['Mod'] : []),
    ...(altKey ? ['Alt'] : []),
    ...(hasShift ? ['Shift'] : []),
    name,
  ].join('+');
}

/** As Electron's menus write it. */
export function toAccelerator(keys: string): string {
  const { modifiers, key } = split(keys);
  const names: Readonly<Record<string, string>> = {
    '+': 'Plus',
    ArrowLeft: 'Left',
    ArrowRight: 'Right',
    ArrowUp: 'Up',
    ArrowDown: 'Down',
  };
  return [...modifiers.map((name) => (name === 'Mod' ? 'CommandOrControl' : name)), names[key] ?? key].join('+');
}

const arrows: Readonly<Record<string, string>> = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' };
const words: Readonly<Record<string, MessageKey>> = {
  Ctrl: 'key.ctrl',
  Alt: 'key.alt',
  Shift: 'key.shift',
  Enter: 'key.enter',
  Delete: 'key.delete',
  Escape: 'key.escape',
};
const macSigns: Readonly<Record<string, string>> = { Mod: '⌘', Alt: '⌥', Shift: '⇧', Enter: '↩', Delete: '⌫' };

/** As it is printed on keyboards: `Ctrl+K`, on macOS `⌘K`. */
export function formatKeys({ t }: Pick<Translator, 't'>, keys: string, isMac: boolean): string {
  const { modifiers, key } = split(keys);
  const parts = [...modifiers, key].map((name) => {
    const sign = isMac ? (macSigns[name] ?? arrows[name]) : arrows[name];
    const word = words[name === 'Mod' ? 'Ctrl' : name];
    return sign ?? (word === undefined ? name : t(word));
  });
  return parts.join(isMac ? '' : '+');
}

/** As ARIA writes it. */
export function toAriaKeys(keys: string, isMac: boolean): string {
  const { modifiers, key } = split(keys);
  const names = modifiers.map((name) => (name === 'Mod' ? (isMac ? 'Meta' : 'Control') : name));
  return [...names, key === '+' ? 'Plus' : key].join('+');
}

function split(keys: string): { readonly modifiers: readonly string[]; readonly key: string } {
  const key = keys.endsWith('+') ? '+' : keys.slice(keys.lastIndexOf('+') + 1);
  const modifiers = keys.slice(0, -key.length).split('+').filter(Boolean);
  return { modifiers, key };
}
