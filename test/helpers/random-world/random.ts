/** A source of chance that gives the same for the same seed, on every machine. */
export interface Random {
  /** A whole number from 0 up to, but not including, `count`. */
  below(count: number): number;
  /** A whole number; both ends are possible. */
  between(least: number, most: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** `count` different items, or all there are, in any order. */
  some<T>(items: readonly T[], count: number): readonly T[];
}

/** Starts a sequence. Neighbouring seeds give unrelated ones. */
export function createRandom(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (probability) => next() < probability,
    pick<T>(items: readonly T[]) {
      if (items.length === 0) throw new Error('There is nothing to pick from');
      return items[below(items.length)] as T;
    },
    some<T>(items: readonly T[], count: number) {
      const left = [...items];
      return Array.from({ length: Math.min(count, left.length) }, () => left.splice(below(left.length), 1)[0] as T);
    },
  };
}
