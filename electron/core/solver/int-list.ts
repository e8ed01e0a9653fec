/** A growing list of 32-bit integers without an object per item. */
export class IntList {
  #items: Int32Array;
  #size = 0;

  constructor(capacity = 64) {
    this.#items = new Int32Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  push(item: number): void {
    if (this.#size === this.#items.length) {
      const larger = new Int32Array(this.#size * 2);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.#size++] = item;
  }

  get(index: number): number {
    return this.#items[index]!;
  }

  set(index: number, item: number): void {
    this.#items[index] = item;
  }

  /** Drops all items from an index on. */
  truncate(size: number): void {
    this.#size = size;
  }

  /** The items so far; shares its memory with the list until that grows. */
  view(): Int32Array {
    return this.#items.subarray(0, this.#size);
  }
}
