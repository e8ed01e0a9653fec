import type { Messages } from './messages.ts';

const accents: Readonly<Record<string, string>> = {
  ...{ a: 'å', c: 'ç', e: 'é', g: 'ğ', i: 'î', k: 'ķ', n: 'ñ', o: 'ö', r: 'ŕ', s: 'š', t: 'ţ', u: 'ü', y: 'ý', z: 'ž' },
  ...{ A: 'Å', C: 'Ç', D: 'Ð', E: 'É', G: 'Ğ', I: 'Î', N: 'Ñ', O: 'Ö', R: 'Ŕ', S: 'Š', T: 'Ţ', U: 'Ü', Y: 'Ý', Z: 'Ž' },
};

/**
 * Makes an invented language of the English one, for tests: accented, a third longer and in brackets, so that text which is glued,
 * cut off or not in the catalogue can be seen.
 */
export function toPseudoMessages(messages: Messages): Messages {
  const entries = Object.entries(messages).map(([key, text]) => [key, toPseudo(text)]);
  return Object.fromEntries(entries) as Messages;
}

function toPseudo(text: string): string {
  let out = '';
  let depth = 0;
  let isTag = false;
  let letters = 0;
  for (const character of text) {
    if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    else if (character === '<') isTag = true;
    // Braces alternate between text and argument, so at an even depth stands text.
    if (depth % 2 === 0 && !isTag && accents[character] !== undefined) {
      out += accents[character];
      letters += 1;
    } else out += character;
    if (character === '>') isTag = false;
  }
  return `[${out}${'·'.repeat(Math.ceil(letters / 3))}]`;
}
