import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import type { Stability } from '../../../shared/model/stability.ts';
import { splitArch } from '../arch/arch.ts';
import { type Attributes, type XmlElement, zeroInstallNamespace } from '../xml/element.ts';
import { childrenNamed } from './metadata.ts';
import type { FeedPreferences, InterfacePreferences, Registration } from './preferences.ts';
import { isStability } from './stability.ts';

// Both files are changed in their tree, so that what other programs keep there stays.

/** Nothing set. */
export const noInterfacePreferences: InterfacePreferences = { policy: null, feeds: [] };
/** Nothing set. */
export const noFeedPreferences: FeedPreferences = { lastChecked: null, ratings: new Map() };

/**
 * Reads the settings of an interface.
 *
 * @param path of the file, for the message
 * @throws AppError `bad-settings` with the reference's reason
 * @see feeds.md 16.2
 */
export function parseInterfacePreferences(root: XmlElement, path: string): InterfacePreferences {
  checkSettings(root, path);
  // .NET writes the second form.
  const policy = root.attributes['stability_policy'] ?? root.attributes['stability-policy'];
  return {
    policy: policy === undefined ? null : readStability(policy, path),
    feeds: childrenNamed(root, 'feed')
      .filter((feed) => feed.attributes['is-site-package'] === undefined)
      .map((feed) => {
        const src = requiredAttribute(feed, 'src', path);
        if (!isFeedName(src)) throw bad(path, `Invalid feed URL '${src}'`);
        return { src, ...readArch(feed.attributes['arch'] ?? '', path) };
      }),
  };
}

/** Sets the policy of an interface, or removes it with null. `root` is the file's present content, if there is one. */
export function withPolicy(root: XmlElement | null, uri: string, policy: Stability | null): XmlElement {
  const { stability_policy: _, 'stability-policy': __, ...others } = interfaceRoot(root, uri).attributes;
  return {
    ...interfaceRoot(root, uri),
    attributes: policy === null ? others : { ...others, stability_policy: policy },
  };
}

/** Registers a feed, before the others. Does nothing if it is registered already. */
export function withFeed(root: XmlElement | null, uri: string, feed: string): XmlElement {
  const before = interfaceRoot(root, uri);
  if (before.children.some((child) => isRegistration(child, feed))) return before;
  return { ...before, children: [newElement('feed', { src: feed }), ...before.children] };
}

/** Removes a feed that a person has registered. */
export function withoutFeed(root: XmlElement | null, uri: string, feed: string): XmlElement {
  const before = interfaceRoot(root, uri);
  return { ...before, children: before.children.filter((child) => !isRegistration(child, feed)) };
}

/** What `withoutFeed` would remove: for putting it back where it was, with all that is kept there. */
export function registrationsOf(root: XmlElement | null, feed: string): readonly Registration[] {
  return (root?.children ?? []).flatMap((element, index) =>
    isRegistration(element, feed) ? [{ index, element }] : [],
  );
}

/** Puts registrations back that were removed. One that is there again stays as it is. */
export function withRegistrations(
  root: XmlElement | null,
  uri: string,
  registrations: readonly Registration[],
): XmlElement {
  const before = interfaceRoot(root, uri);
  const children = [...before.children];
  for (const { index, element } of registrations) {
    const isThere = before.children.some((child) => isRegistration(child, element.attributes['src'] ?? ''));
    if (!isThere) children.splice(index, 0, element);
  }
  return { ...before, children };
}

/**
 * Reads the settings of a feed.
 *
 * @throws AppError `bad-settings` with the reference's reason
 * @see feeds.md 16.3
 */
export function parseFeedPreferences(root: XmlElement, path: string): FeedPreferences {
  checkSettings(root, path);
  const ratings = new Map<string, Stability>();
  for (const child of childrenNamed(root, 'implementation')) {
    const rating = child.attributes['user-stability'];
    const id = requiredAttribute(child, 'id', path);
    if (rating !== undefined) ratings.set(id, readStability(rating, path));
  }
  const seconds = Number(root.attributes['last-checked'] ?? Number.NaN);
  return { lastChecked: Number.isFinite(seconds) ? seconds : null, ratings };
}

/** Rates a version, or removes its rating with null. */
export function withRating(root: XmlElement | null, id: string, rating: Stability | null): XmlElement {
  const before = feedRoot(root);
  const isIt = (child: XmlElement): boolean => isImplementation(child) && child.attributes['id'] === id;
  const others = before.children.filter((child) => !isIt(child));
  // Whatever else is kept for this version; of several elements the last one counts.
  const { 'user-stability': _, ...kept } = before.children.findLast(isIt)?.attributes ?? { id };
  const attributes = rating === null ? kept : { ...kept, 'user-stability': rating };
  const isEmpty = Object.keys(attributes).length <= 1;
  return { ...before, children: isEmpty ? others : [...others, newElement('implementation', attributes)] };
}

/** Notes when the feed was last checked, in seconds since 1970. */
export function withLastChecked(root: XmlElement | null, seconds: number): XmlElement {
  const before = feedRoot(root);
  return { ...before, attributes: { ...before.attributes, 'last-checked': String(Math.floor(seconds)) } };
}

function interfaceRoot(root: XmlElement | null, uri: string): XmlElement {
  if (root === null) return newElement('interface-preferences', { uri });
  return { ...root, name: 'interface-preferences', attributes: { ...root.attributes, uri } };
}

function feedRoot(root: XmlElement | null): XmlElement {
  return root ?? newElement('feed-preferences', {});
}

function newElement(name: string, attributes: Attributes): XmlElement {
  return { namespace: zeroInstallNamespace, name, attributes, children: [], text: '', line: 0, column: 0 };
}

function isRegistration(element: XmlElement, feed: string): boolean {
  const { name, namespace, attributes } = element;
  const isSitePackage = attributes['is-site-package'] !== undefined;
  return name === 'feed' && namespace === zeroInstallNamespace && attributes['src'] === feed && !isSitePackage;
}

function isImplementation(element: XmlElement): boolean {
  return element.name === 'implementation' && element.namespace === zeroInstallNamespace;
}

function isFeedName(name: string): boolean {
  return name.startsWith('/') || /^https?:\/\//.test(name);
}

function readStability(text: string, path: string): Stability {
  if (!isStability(text)) throw bad(path, `Unknown stability level '${text}'`);
  return text;
}

function readArch(text: string, path: string): { readonly os: string | null; readonly cpu: string | null } {
  try {
    return splitArch(text);
  } catch (error) {
    if (!isAppError(error, 'bad-arch')) throw error;
    throw bad(path, `Invalid architecture '${text}'`);
  }
}

function requiredAttribute(element: XmlElement, name: string, path: string): string {
  const value = element.attributes[name];
  if (value !== undefined) return value;
  throw bad(path, `Missing attribute '${name}' on <${element.name}> at ${path}:${element.line}:${element.column}`);
}

/**
 * Refuses a document that is no settings file at all, so that it is neither believed nor overwritten.
 *
 * @throws AppError `bad-settings`
 */
export function checkSettings(root: XmlElement, path: string): void {
  if (root.namespace === zeroInstallNamespace) return;
  const place = `<${root.name}> at ${path}:${root.line}:${root.column}`;
  throw bad(path, `Element not in namespace ${zeroInstallNamespace}: ${place}`);
}

function bad(path: string, reason: string): AppError<'bad-settings'> {
  return new AppError('bad-settings', { path, reason });
}
