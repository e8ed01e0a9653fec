/** How many values are kept, and for how long texts: what documents from outside can fill stays small. */
const maxEntries = 50_000;
const maxTextLength = 64;

/**
 * Values made from texts that come again and again, over all documents. When it is full it begins anew, which costs less than
 * finding out what is still of use.
 */
export class TextMemo<T> {
  readonly #values = new Map<string, T>();

  get(text: string): T | undefined {
    return this.#values.get(text);
  }

  /** Keeps a value and returns it. */
  set(text: string, value: T): T {
    if (text.length <= maxTextLength) {
      if (this.#values.size >= maxEntries) this.#values.clear();
      this.#values.set(text, value);
    }
    return value;
  }
}
