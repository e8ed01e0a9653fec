/** How well a text fits what was typed, and where its letters are. */
export interface Match {
  /** The higher, the better. */
  readonly score: number;
  /** Positions in the text, ascending. */
  readonly at: readonly number[];
}

/** A text made ready to be searched often. */
export interface Searchable {
  readonly letters: string;
  /** For each letter whether a word begins there. */
  readonly starts: readonly boolean[];
}

const longest = 300;

/** Prepares a text. Accents and capitals do not count; each letter stays at its place. */
export function toSearchable(text: string): Searchable {
  const letters = toPlain(text.slice(0, longest));
  const starts: boolean[] = [];
  for (let index = 0; index < letters.length; index += 1) {
    starts.push(isWord(letters[index] ?? '') && !isWord(letters[index - 1] ?? ' '));
  }
  return { letters, starts };
}

/**
 * Finds what was typed in a text: each word at the beginning of a word, or else within one, or else its letters in order.
 *
 * @returns null if a word is not there at all
 */
export function match(text: Searchable, typed: string): Match | null {
  const words = toPlain(typed).split(/\s+/).filter(Boolean).slice(0, 10);
  const at = new Set<number>();
  let score = 0;
  for (const word of words) {
    const found = matchWord(text, word);
    if (found === null) return null;
    score += found.score;
    for (const index of found.at) at.add(index);
  }
  // Of two that fit alike the shorter one was more likely meant.
  return { score: score - text.letters.length / 100, at: [...at].sort((a, b) => a - b) };
}

function matchWord({ letters, starts }: Searchable, word: string): Match | null {
  const whole = { score: 0, index: -1 };
  for (let index = letters.indexOf(word); index >= 0; index = letters.indexOf(word, index + 1)) {
    const score = starts[index] === true ? (index === 0 ? 40 : 30) : 15;
    if (score > whole.score) Object.assign(whole, { score, index });
  }
  if (whole.index >= 0) {
    return { score: whole.score + word.length, at: Array.from(word, (_, offset) => whole.index + offset) };
  }
  return matchLetters({ letters, starts }, word);
}

/** Takes for each letter the beginning of a word if one is left, else the next place. */
function matchLetters({ letters, starts }: Searchable, word: string): Match | null {
  const at: number[] = [];
  let score = 0;
  let from = 0;
  for (let place = 0; place < word.length; place += 1) {
    const letter = word[place] ?? '';
    let index = letters.indexOf(letter, from);
    if (index < 0) return null;
    for (let next = index; next >= 0; next = letters.indexOf(letter, next + 1)) {
      if (starts[next] === true && hasRest(letters, word, { place: place + 1, from: next + 1 })) {
        index = next;
        break;
      }
    }
    score += starts[index] === true ? 3 : index === from && place > 0 ? 2 : 0;
    at.push(index);
    from = index + 1;
  }
  // Letters from all over the text mean nothing.
  return score >= word.length ? { score, at } : null;
}

function hasRest(letters: string, word: string, rest: { readonly place: number; readonly from: number }): boolean {
  let from = rest.from;
  for (const letter of word.slice(rest.place)) {
    const index = letters.indexOf(letter, from);
    if (index < 0) return false;
    from = index + 1;
  }
  return true;
}

function toPlain(text: string): string {
  return /^[ -~]*$/.test(text) ? text.toLowerCase() : Array.from(text, plain).join('');
}

function plain(letter: string): string {
  const low = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  // What becomes two letters would move the others.
  return low.length === letter.length ? low : letter;
}

const isWord = (letter: string): boolean => /[\p{L}\p{N}]/u.test(letter);
