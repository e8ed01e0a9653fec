import { assertNever } from '../../../shared/errors/never.ts';
import type { Restriction } from '../feed/model.ts';
import { versionMatches } from '../version/expression.ts';
import type { VersionRange } from '../version/model.ts';
import type { Candidate, Selectable } from './candidate.ts';
import { isDistribution } from './native-candidates.ts';
import { versionKey } from './version-key.ts';

/** Whether an implementation meets a restriction. @see feeds.md 8.2 */
export function meets(implementation: Selectable, restriction: Restriction, distribution: string): boolean {
  switch (restriction.type) {
    case 'version':
      return versionMatches(restriction.ranges, implementation.version);
    case 'exact':
      return implementation.fromFeed === restriction.feed && implementation.id === restriction.id;
    case 'distribution':
      return implementation.kind === 'package'
        ? isDistribution(distribution, restriction.names)
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
  #places = new Int32Array(0);

  constructor(candidates: readonly Candidate[], distribution: string) {
    this.#candidates = candidates;
    this.#distribution = distribution;
  }

  /** By candidate: 1 if it meets all of them. */
  meetingAll(restrictions: readonly Restriction[]): Uint8Array {
    const met = new Uint8Array(this.#candidates.length).fill(1);
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
    const isIn = new Uint8Array(versions.length);
    for (const range of ranges) {
      switch (range.type) {
        case 'range':
          isIn.fill(
            1,
            range.from === null ? 0 : lowerBound(versions, versionKey(range.from)),
            range.before === null ? versions.length : lowerBound(versions, versionKey(range.before)),
          );
          break;
        case 'equal': {
          const key = versionKey(range.version);
          const place = lowerBound(versions, key);
          if (versions[place] === key) isIn[place] = 1;
          break;
        }
        case 'not': {
          const key = versionKey(range.version);
          const place = lowerBound(versions, key);
          isIn.fill(1, 0, place);
          isIn.fill(1, versions[place] === key ? place + 1 : place);
          break;
        }
        default:
          assertNever(range);
      }
    }
    const places = this.#places;
    for (let index = 0; index < met.length; index++) {
      if (isIn[places[index] ?? 0] === 0) met[index] = 0;
    }
  }

  #sortVersions(): readonly string[] {
    const versions = [...new Set(this.#candidates.map(({ versionKey: key }) => key))].sort();
    const places = new Map(versions.map((key, place) => [key, place]));
    this.#places = Int32Array.from(this.#candidates, ({ versionKey: key }) => places.get(key) ?? 0);
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
