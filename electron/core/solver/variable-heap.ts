/** Variables by how often they took part in recent conflicts, the most active on top. Ties: the lower number first. */
export class VariableHeap {
  readonly #activity: Float64Array;
  readonly #items: Int32Array;
  /** By variable: place in the heap, or -1. */
  readonly #place: Int32Array;
  #size = 0;

  constructor(activity: Float64Array) {
    this.#activity = activity;
    this.#items = new Int32Array(activity.length);
    this.#place = new Int32Array(activity.length).fill(-1);
  }

  /** Adds a variable; does nothing if it is there. */
  insert(variable: number): void {
    if (this.#place[variable]! >= 0) return;
    this.#items[this.#size] = variable;
    this.#place[variable] = this.#size;
    this.#up(this.#size++);
  }

  /** Takes out the most active variable; -1 if there is none. */
  pop(): number {
    if (this.#size === 0) return -1;
    const top = this.#items[0]!;
    const last = this.#items[--this.#size]!;
    this.#place[top] = -1;
    if (this.#size > 0) {
      this.#items[0] = last;
      this.#place[last] = 0;
      this.#down(0);
    }
    return top;
  }

  /** Puts a variable in its place after its activity has grown. */
  raised(variable: number): void {
    const place = this.#place[variable]!;
    if (place >= 0) this.#up(place);
  }

  #isBefore(one: number, other: number): boolean {
    const difference = this.#activity[one]! - this.#activity[other]!;
    return difference > 0 || (difference === 0 && one < other);
  }

  #up(from: number): void {
    const items = this.#items;
    const variable = items[from]!;
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = items[parent]!;
      if (!this.#isBefore(variable, above)) break;
      items[place] = above;
      this.#place[above] = place;
      place = parent;
    }
    items[place] = variable;
    this.#place[variable] = place;
  }

  #down(from: number): void {
    const items = this.#items;
    const variable = items[from]!;
    let place = from;
    for (let child = 1 + 2 * place; child < this.#size; child = 1 + 2 * place) {
      if (child + 1 < this.#size && this.#isBefore(items[child + 1]!, items[child]!)) child++;
      const below = items[child]!;
      if (!this.#isBefore(below, variable)) break;
      items[place] = below;
      this.#place[below] = place;
      place = child;
    }
    items[place] = variable;
    this.#place[variable] = place;
  }
}
