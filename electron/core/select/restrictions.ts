import { assertNever } from '../../../shared/errors/never.ts';
import type { Restriction } from '../feed/model.ts';
import { versionMatches } from '../version/expression.ts';
import type { VersionRange } from '../version/model.ts';
import type { Candidate, Selectable } from './candidate.ts';
import { isDistribution } from './native-candidates.ts';

/** Whether an implementation meets a restriction. @see feeds.md 8.2 */
export function meets(implementation: Selectable, restriction: Restriction, distribution: string): boolean {
  switch (restriction.type) {
    case 'version':
      return versionMatches(restriction.ranges, implementation.version);
    case 'exact':
      return implementation.fromFeed === restriction.feed && implementation.id === restriction.id;
    case 'distribution':
      return implementation.kind === 'package'
        ? isDistribution(implementation.native?.distribution ?? distribution, restriction.names)
        : restriction.names.includes('0install');
    case 'impossible':
      return false;
    default:
      return assertNever(restriction);
  }
}

/**
 * Answers for all candidates of a role at once which of them meet restrictions. Large problems ask this very often, so the
 * ends of version ranges are looked up in the sorted list of versions.
 */
export class RestrictionTable {
  readonly #candidates: readonly Candidate[];
  readonly #distribution: string;
  #versions: readonly string[] | null = null;
  /** By candidate: place of its version. */
  #places: Int32Array | null = null;
  /** By candidate and by version; used again for each question. */
  #met: Uint8Array | null = null;
  #isIn: Uint8Array | null = null;

  constructor(candidates: readonly Candidate[], distribution: string) {
    this.#candidates = candidates;
    this.#distribution = distribution;
  }

  /** By candidate: 1 if it meets all of them. The answer holds until the next question. */
  meetingAll(restrictions: readonly Restriction[]): Uint8Array {
    const met = (this.#met ??= new Uint8Array(this.#candidates.length)).fill(1);
    for (const restriction of restrictions) {
      if (restriction.type === 'version') this.#keepRanges(met, restriction.ranges);
      else {
        for (const [index, { implementation }] of this.#candidates.entries()) {
          if (!meets(implementation, restriction, this.#distribution)) met[index] = 0;
        }
      }
    }
    return met;
  }

  #keepRanges(met: Uint8Array, ranges: readonly VersionRange[]): void {
    const versions = (this.#versions ??= this.#sortVersions());
    const isIn = (this.#isIn ??= new Uint8Array(versions.length)).fill(0);
    for (const range of ranges) {
      if (range.type === 'range') {
        const from = range.from === null ? 0 : lowerBound(versions, range.from.key);
        isIn.fill(1, from, range.before === null ? versions.length : lowerBound(versions, range.before.key));
        continue;
      }
      const { key } = range.version;
      const place = lowerBound(versions, key);
      const end = versions[place] === key ? place + 1 : place;
      if (range.type === 'equal') isIn.fill(1, place, end);
      else isIn.fill(1, 0, place).fill(1, end);
    }
    const places = this.#places;
    if (places === null) return;
    for (let index = 0; index < met.length; index++) {
      if (isIn[places[index] ?? 0] === 0) met[index] = 0;
    }
  }

  #sortVersions(): readonly string[] {
    const places = new Int32Array(this.#candidates.length);
    const versions = this.#versionsAsRanked(places) ?? this.#versionsSorted(places);
    this.#places = places;
    return versions;
  }

  /** Mostly candidates are ranked by version, and then nothing has to be sorted; null if they are not. */
  #versionsAsRanked(places: Int32Array): readonly string[] | null {
    const versions: string[] = [];
    for (let index = places.length - 1; index >= 0; index--) {
      const key = this.#candidates[index]?.versionKey ?? '';
      const last = versions.at(-1);
      if (last !== undefined && key < last) return null;
      if (key !== last) versions.push(key);
      places[index] = versions.length - 1;
    }
    return versions;
  }

  #versionsSorted(places: Int32Array): readonly string[] {
    const versions = [...new Set(this.#candidates.map(({ versionKey: key }) => key))].sort();
    const placeOf = new Map(versions.map((key, place) => [key, place]));
    for (const [index, { versionKey: key }] of this.#candidates.entries()) places[index] = placeOf.get(key) ?? 0;
    return versions;
  }
}

/** Place of the first key that is not less. */
function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] as string) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
