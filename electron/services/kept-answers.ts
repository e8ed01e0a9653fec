/** An answer, and the names of what it was made from. */
export interface Sourced<T> {
  readonly value: T;
  readonly sources: readonly string[];
}

/** Answers that are asked for once, until something that they were made from is another. */
export interface KeptAnswers<T> {
  /**
   * The kept answer, or a new one. One during which something changed is given, but not kept.
   *
   * @param circumstances the question in full: an answer to another text is none
   */
  get(key: string, circumstances: string, ask: () => Promise<Sourced<T>>): Promise<T>;
  /** A source has changed. @returns whether an answer was made from it, or one under way may be */
  forget(source: string): boolean;
  /** @returns as for `forget` */
  forgetAll(): boolean;
  /** Forgets what nobody will ask for again. */
  retain(keys: ReadonlySet<string>): void;
}

interface Kept<T> extends Sourced<T> {
  readonly circumstances: string;
  readonly state: string;
}

/**
 * Keeps answers.
 *
 * @param stateOf a text that is another one when these sources were changed without a word, as by another process
 */
export function createKeptAnswers<T>(stateOf: (sources: readonly string[]) => Promise<string>): KeptAnswers<T> {
  const kept = new Map<string, Kept<T>>();
  let changes = 0;
  let asked = 0;

  const drop = (isMeant: (one: Kept<T>) => boolean): boolean => {
    changes += 1;
    const meant = [...kept].filter(([, one]) => isMeant(one));
    for (const [key] of meant) kept.delete(key);
    return meant.length > 0 || asked > 0;
  };

  return {
    async get(key, circumstances, ask) {
      const known = kept.get(key);
      if (known?.circumstances === circumstances && known.state === (await stateOf(known.sources))) return known.value;
      const before = changes;
      asked += 1;
      try {
        const { value, sources } = await ask();
        const state = await stateOf(sources);
        if (changes === before) kept.set(key, { value, sources, circumstances, state });
        else kept.delete(key);
        return value;
      } finally {
        asked -= 1;
      }
    },
    forget: (source) => drop(({ sources }) => sources.includes(source)),
    forgetAll: () => drop(() => true),
    retain(keys) {
      for (const key of [...kept.keys()].filter((one) => !keys.has(one))) kept.delete(key);
    },
  };
}
