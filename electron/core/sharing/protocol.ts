/**
 * What a client and the helper of the shared store say to each other: one request over one stream, no shared files.
 *
 * The client sends a line of JSON. To add an implementation it then sends the manifest, waits for `send`, and sends the
 * bytes of every file and the target of every link in the order of the manifest: no names, modes or times, since the
 * manifest has them. The helper answers with lines of JSON.
 *
 * @see sharing.md 5, 6.1
 */
export const protocolVersion = 1;

/** Longest first line of a client, in bytes: a thousand digests fit. */
export const maxHeaderBytes = 256 * 1024;

/** Most digests in one request. */
export const maxDigests = 1000;

/** Why the helper did not do what it was asked; each is a sentence in the message catalogue. */
export const refusalCodes = [
  // what was sent
  'digest',
  'size',
  'format',
  'algorithm',
  'type',
  'missing',
  'changed',
  // what the store allows
  'quota',
  'space',
  'busy',
  'timeout',
  'denied',
  // what is not in order
  'setup',
  'failed',
  'cancelled',
] as const;

/** One of these. */
export type RefusalCode = (typeof refusalCodes)[number];

/** What a client asks for. */
export type Request =
  | {
      readonly request: 'add';
      readonly digest: string;
      readonly manifestBytes: number;
      /** Of all files and link targets. */
      readonly totalBytes: number;
    }
  /** Says that the caller needs these; those that are not stored are left out. */
  | { readonly request: 'claim'; readonly digests: readonly string[] }
  /** Takes back what the caller, and nobody else, said. */
  | { readonly request: 'release'; readonly digests: readonly string[] }
  | { readonly request: 'status' }
  | { readonly request: 'usage' }
  | { readonly request: 'log' }
  /** For the administrator: removes what nobody needs any more. */
  | {
      readonly request: 'clean';
      readonly graceDays: number;
      readonly isDryRun: boolean;
      /** What running programs use, as only root can know. */
      readonly inUse: readonly string[];
    };

/** How much of the shared store one user has, and how much there may be. */
export interface ShareStatus {
  readonly version: number;
  readonly user: {
    readonly uid: number;
    readonly isAdmin: boolean;
    readonly bytes: number;
    readonly count: number;
    readonly addsLastHour: number;
  };
  /** Null for those without a quota. */
  readonly quota: { readonly bytes: number; readonly count: number; readonly addsPerHour: number } | null;
  readonly freeBytes: number;
  /** Adding stops when this little is free. */
  readonly floorBytes: number;
  readonly graceDays: number;
}

/** Who uses one implementation of the shared store: numbers for everybody, names only for the administrator. */
export interface ShareUsage {
  readonly digest: string;
  readonly users: number;
  readonly isMine: boolean;
  /** Null if it was stored by a program that keeps no account. */
  readonly addedAt: string | null;
  readonly bytes: number | null;
  readonly isAddedByMe: boolean;
  /** The latest that anybody said to need it; else when it was stored. */
  readonly usedAt: string;
  /** For the administrator. */
  readonly uids?: readonly number[];
}

/** One line of the log of the shared store. */
export interface ShareEvent {
  readonly at: string;
  readonly action: 'stored' | 'refused' | 'removed' | 'claimed' | 'released';
  readonly digest: string;
  /** Null: another user, whom only the administrator is told. */
  readonly uid: number | null;
  readonly isMine: boolean;
  readonly bytes: number | null;
  readonly reason: RefusalCode | null;
}

/** What a clean-up of the shared store removed, or would remove. */
export interface ShareCleaning {
  readonly removed: readonly { readonly digest: string; readonly bytes: number | null; readonly usedAt: string }[];
  readonly kept: { readonly claimed: number; readonly inUse: number };
}

/** What the helper answers. */
export type Reply =
  | { readonly state: 'have' }
  | { readonly state: 'send' }
  | { readonly state: 'stored' }
  | { readonly state: 'refused'; readonly code: RefusalCode; readonly path?: string; readonly reason?: string }
  | { readonly state: 'claimed'; readonly count: number }
  | { readonly state: 'released'; readonly count: number }
  | { readonly state: 'status'; readonly status: ShareStatus }
  | { readonly state: 'usage'; readonly usage: readonly ShareUsage[] }
  | { readonly state: 'log'; readonly events: readonly ShareEvent[] }
  | { readonly state: 'cleaned'; readonly cleaning: ShareCleaning };

/**
 * Reads the first line of a client, which may be anything.
 *
 * @returns null if it is not a request of this version
 */
export function parseRequest(line: string): Request | null {
  const value = parseObject(line);
  if (value?.['v'] !== protocolVersion) return null;
  const { digest, manifestBytes, totalBytes, graceDays, isDryRun } = value;
  switch (value['request'] ?? 'add') {
    case 'add':
      if (typeof digest !== 'string' || !isCount(manifestBytes) || !isCount(totalBytes)) return null;
      return { request: 'add', digest, manifestBytes, totalBytes };
    case 'claim':
    case 'release': {
      const digests = listOf(value['digests']);
      return digests === null ? null : { request: value['request'] as 'claim' | 'release', digests };
    }
    case 'status':
    case 'usage':
    case 'log':
      return { request: value['request'] as 'status' | 'usage' | 'log' };
    case 'clean': {
      const inUse = listOf(value['inUse']);
      if (inUse === null || !isCount(graceDays) || typeof isDryRun !== 'boolean') return null;
      return { request: 'clean', graceDays, isDryRun, inUse };
    }
    default:
      return null;
  }
}

/** The first line of a client, with its end. */
export function printRequest(request: Request): string {
  return `${JSON.stringify({ v: protocolVersion, ...request })}\n`;
}

function parseObject(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function listOf(value: unknown): readonly string[] | null {
  if (!Array.isArray(value) || value.length > maxDigests) return null;
  return value.every((each) => typeof each === 'string') ? value : null;
}
