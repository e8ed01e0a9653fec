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
    if (this.#size === this.#items.length) this.#enlarge(this.#size * 2);
    this.#items[this.#size++] = item;
  }

  /** Adds the same item several times. */
  pushTimes(count: number, item: number): void {
    const size = this.#size + count;
    if (size > this.#items.length) this.#enlarge(Math.max(size, this.#items.length * 2));
    this.#items.fill(item, this.#size, size);
    this.#size = size;
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

  #enlarge(capacity: number): void {
    const larger = new Int32Array(capacity);
    larger.set(this.#items);
    this.#items = larger;
  }
}
