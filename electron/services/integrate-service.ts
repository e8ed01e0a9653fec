import { AppError } from '../../shared/errors/app-error.ts';
import type { DesktopEntry, DesktopPlace, DesktopPresence } from '../../shared/model/index.ts';
import { describeProgram, type DesktopTarget, identityOf } from '../core/desktop/program.ts';
import { sha256Hex } from '../core/sha256.ts';
import type { IntegrationKind } from '../core/desktop/integration-plan.ts';
import type { DesktopPort, Integration } from '../core/ports/desktop.ts';
import type { FeedLookup } from '../core/select/world.ts';
import type { IconService } from './icon-service.ts';

/** How a program shall appear on this computer. */
export interface IntegrateOptions {
  readonly kinds: readonly IntegrationKind[];
  /** Name of the command, for the kind `alias`. */
  readonly alias: string | null;
}

/** Programs in menus, at the start of a session, for files, and as commands. */
export interface IntegrateService {
  /** Everything there is. */
  list(): Promise<readonly Integration[]>;
  /**
   * Makes a program appear. Its feed must be here.
   *
   * @returns what was written; a kind for which the program has nothing is missing from it
   * @throws AppError `not-allowed`, `feed-missing`, `bad-feed`, and what `DesktopPort.write` throws
   */
  integrate(target: DesktopTarget, options: IntegrateOptions): Promise<readonly Integration[]>;
  /**
   * What there is of a program.
   *
   * @param names any of the URL, the path and the name of an app
   * @param kinds null = all
   */
  find(names: readonly string[], kinds: readonly IntegrationKind[] | null): Promise<readonly Integration[]>;
  /** Where a program itself, not an app of it, appears, and what could be done for it. */
  presence(uri: string): Promise<DesktopPresence>;
  /** Everything there is, for a page. */
  entries(): Promise<DesktopEntry[]>;
  /** Undoes some of what `entries` gave. What is gone already is no problem. @throws AppError `not-allowed`, as above */
  undo(ids: readonly string[]): Promise<void>;
  /** Undoes what is this user's of what `find` gave. @returns what is gone. @throws AppError `not-allowed` if that is nothing */
  remove(integrations: readonly Integration[]): Promise<readonly Integration[]>;
}

interface Deps {
  readonly desktop: DesktopPort;
  readonly readFeed: (name: string) => FeedLookup;
  readonly icons: Pick<IconService, 'icon'>;
  /** A portable program leaves nothing on the computer. */
  readonly isPortable: boolean;
  readonly onChanged: () => void;
}

const places: readonly DesktopPlace[] = ['menu', 'autostart', 'file-types'];

/** Creates the service. */
export function createIntegrateService({ desktop, readFeed, icons, isPortable, onChanged }: Deps): IntegrateService {
  return {
    list: () => desktop.list(),
    async integrate(target, { kinds, alias }) {
      if (isPortable)
        throw new AppError('not-allowed', { reason: 'a portable program leaves nothing on the computer' });
      const missing = kinds.find((kind) => !desktop.kinds.includes(kind));
      if (missing !== undefined) throw new AppError('not-allowed', { reason: `this system has no ${missing}` });
      const found = readFeed(target.uri);
      if (found.status === 'missing') throw new AppError('feed-missing', { feed: target.uri });
      if (found.status === 'bad') throw new AppError('bad-feed', { feed: target.uri, reason: found.reason });
      const program = describeProgram(found.feed, target);
      const href =
        found.feed.icons.find(({ href, type }) => type === 'image/png' && /^https?:/.test(href))?.href ?? null;
      const icon = kinds.some((kind) => kind !== 'alias') ? await icons.icon(target.uri, href) : null;
      const written: Integration[] = [];
      for (const kind of kinds) {
        const one = await desktop.write({ kind, program, alias, icon });
        if (one !== null) written.push(one);
      }
      onChanged();
      return written;
    },
    async find(names, kinds) {
      const all = await desktop.list();
      return all.filter((each) => names.includes(identityOf(each)) && (kinds === null || kinds.includes(each.kind)));
    },
    async presence(uri) {
      const found = (await desktop.list()).filter((each) => each.app === null && each.uri === uri && each.isRemovable);
      const feed = readFeed(uri);
      const hasCapabilities = feed.status === 'ready' && feed.feed.capabilities.length > 0;
      const isPossible = (place: DesktopPlace): boolean =>
        !isPortable && desktop.kinds.includes(place) && (place !== 'file-types' || hasCapabilities);
      return {
        possible: feed.status === 'ready' ? places.filter(isPossible) : [],
        present: places.filter((place) => found.some(({ kind }) => kind === place)),
        commands: found.filter(({ kind }) => kind === 'alias').map(({ name }) => name),
      };
    },
    async entries() {
      return (await desktop.list()).map((each) => {
        const { kind, name, app, uri, path, isRemovable } = each;
        return { id: idOf(each), kind, name, of: app ?? uri, path, isRemovable };
      });
    },
    async undo(ids) {
      for (const one of await desktop.list()) {
        if (!ids.includes(idOf(one))) continue;
        if (!one.isRemovable) throw new AppError('not-allowed', { reason: `${one.path} belongs to the system` });
        await desktop.remove(one);
      }
      onChanged();
    },
    async remove(integrations) {
      const own = integrations.filter(({ isRemovable }) => isRemovable);
      const [foreign] = integrations;
      if (own.length === 0 && foreign !== undefined) {
        throw new AppError('not-allowed', { reason: `${foreign.path} belongs to the system` });
      }
      for (const one of own) await desktop.remove(one);
      onChanged();
      return own;
    },
  };
}

/** Names an entry without saying where it is. */
function idOf({ kind, path, name }: Integration): string {
  return sha256Hex([kind, path, name].join('\0')).slice(0, 16);
}
