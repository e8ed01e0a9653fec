import { AvailabilityCheck } from './availability.ts';
import { describeCandidate } from './describe.ts';
import type { ChosenImplementation, StoredOwner } from './model.ts';
import type { SelectWorld } from './world.ts';

/** One implementation by feed and id, as needed to fetch it; null if the feed or the id is not there. */
export function findImplementation(world: SelectWorld, feedName: string, id: string): ChosenImplementation | null {
  const lookup = world.feed(feedName);
  if (lookup.status !== 'ready') return null;
  const implementation = lookup.feed.implementations.find((one) => one.id === id);
  if (implementation === undefined) return null;
  const userRating = world.feedPreferences(feedName).ratings.get(id) ?? null;
  return describeCandidate({ implementation, userRating }, new AvailabilityCheck(world));
}

/** For each directory name of a store, the first of these feeds that lists it. Unknown ones are left out. */
export function findOwners(
  world: SelectWorld,
  feeds: readonly string[],
  directories: readonly string[],
): Readonly<Record<string, StoredOwner>> {
  const wanted = new Set(directories);
  const owners = new Map<string, StoredOwner>();
  for (const name of feeds) {
    if (wanted.size === 0) break;
    const lookup = world.feed(name);
    if (lookup.status !== 'ready') continue;
    for (const { id, digests, versionText } of lookup.feed.implementations) {
      for (const { directory } of digests) {
        if (!wanted.delete(directory)) continue;
        owners.set(directory, { interface: name, id, name: lookup.feed.title, version: versionText });
      }
    }
  }
  return Object.fromEntries(owners);
}
