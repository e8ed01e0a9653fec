const headerSize = 2;
const spareRoom = 1024;
/** Learnt clauses whose literals come from this few levels are kept for good. */
const alwaysKeptLevels = 2;

/**
 * Clauses in one array: size, number of levels it was learnt from (0: part of the problem), then the literals, of which the
 * first two are watched. A clause is known by its position, from 1. The watch list of a literal holds pairs (clause, some
 * other literal of it) in `pool`; it is looked through when the literal becomes false.
 */
export class Clauses {
  arena: Int32Array;
  pool: Int32Array;
  /** By literal. `watchSize` counts numbers, not pairs. */
  readonly watchStart: Int32Array;
  readonly watchSize: Int32Array;
  readonly #watchRoom: Int32Array;
  #arenaEnd = 1;
  #poolEnd = 0;
  learntCount = 0;

  constructor(literalCount: number, arenaSize: number) {
    this.arena = new Int32Array(spareRoom + arenaSize + (arenaSize >> 1));
    this.pool = new Int32Array(spareRoom + (arenaSize >> 1));
    this.watchStart = new Int32Array(literalCount);
    this.watchSize = new Int32Array(literalCount);
    this.#watchRoom = new Int32Array(literalCount);
  }

  /**
   * Adds a clause of two or more literals, found at `from`, and watches the first two.
   *
   * @returns its position
   */
  add(literals: Int32Array, from: number, size: number, levels: number): number {
    if (this.#arenaEnd + headerSize + size > this.arena.length) this.arena = enlarge(this.arena, headerSize + size);
    const { arena } = this;
    const clause = this.#arenaEnd;
    arena[clause] = size;
    arena[clause + 1] = levels;
    for (let index = 0; index < size; index++) arena[clause + headerSize + index] = literals[from + index]!;
    this.#arenaEnd += headerSize + size;
    if (levels > 0) this.learntCount++;
    this.watch(literals[from]!, clause, literals[from + 1]!);
    this.watch(literals[from + 1]!, clause, literals[from]!);
    return clause;
  }

  /** Adds to the watch list of a literal; `pool` may be another array afterwards. */
  watch(literal: number, clause: number, other: number): void {
    const size = this.watchSize[literal]!;
    if (size === this.#watchRoom[literal]!) this.#moveWatches(literal, size);
    const at = this.watchStart[literal]! + size;
    this.pool[at] = clause;
    this.pool[at + 1] = other;
    this.watchSize[literal] = size + 2;
  }

  /**
   * Forgets the worse half of what was learnt. Clauses that are the reason of an assignment stay.
   *
   * @param isReason whether a clause is needed
   * @returns new position of each kept clause
   */
  reduce(isReason: (clause: number) => boolean): ReadonlyMap<number, number> {
    const { arena } = this;
    const candidates: number[] = [];
    for (let clause = 1; clause < this.#arenaEnd; clause += headerSize + arena[clause]!) {
      if (arena[clause + 1]! > alwaysKeptLevels && !isReason(clause)) candidates.push(clause);
    }
    // The most levels, then the longest and the oldest, go first.
    candidates.sort((a, b) => arena[b + 1]! - arena[a + 1]! || arena[b]! - arena[a]! || a - b);
    const dropped = new Set(candidates.slice(0, candidates.length >> 1));
    const moved = new Map<number, number>();
    const end = this.#arenaEnd;
    this.#arenaEnd = 1;
    for (let clause = 1, next; clause < end; clause = next) {
      const length = headerSize + arena[clause]!;
      next = clause + length;
      if (dropped.has(clause)) {
        this.learntCount--;
        continue;
      }
      arena.copyWithin(this.#arenaEnd, clause, next);
      moved.set(clause, this.#arenaEnd);
      this.#arenaEnd += length;
    }
    this.#watchAllAgain();
    return moved;
  }

  /** Watched literals keep their places, so what was propagated stays so. */
  #watchAllAgain(): void {
    this.watchSize.fill(0);
    const { arena } = this;
    for (let clause = 1; clause < this.#arenaEnd; clause += headerSize + arena[clause]!) {
      const one = arena[clause + headerSize]!;
      const other = arena[clause + headerSize + 1]!;
      this.watch(one, clause, other);
      this.watch(other, clause, one);
    }
  }

  #moveWatches(literal: number, size: number): void {
    const room = Math.max(4, size * 2);
    if (this.#poolEnd + room > this.pool.length) this.pool = enlarge(this.pool, room);
    const start = this.watchStart[literal]!;
    this.pool.copyWithin(this.#poolEnd, start, start + size);
    this.watchStart[literal] = this.#poolEnd;
    this.#watchRoom[literal] = room;
    this.#poolEnd += room;
  }
}

/** Where the literals of a clause begin, counted from its position. */
export const clauseHeader = headerSize;

function enlarge(items: Int32Array, needed: number): Int32Array {
  const larger = new Int32Array(items.length * 2 + needed);
  larger.set(items);
  return larger;
}
