import { isAppError } from '../../shared/errors/app-error.ts';
import type { ClockPort } from '../core/ports/clock.ts';
import type { GetOptions, HttpPort, TransferListener, Validators } from '../core/ports/http.ts';
import type { LogPort } from '../core/ports/log.ts';
import { feedMirrorUrl, isNetworkFailure } from '../core/trust/mirror.ts';
import { redactUrl } from '../core/trust/url.ts';
import { maxFeedBytes } from '../core/trust/signature-block.ts';

/** After this the mirror is asked as well. */
const slowMs = 5000;

const accept = 'application/xml, text/xml, */*;q=0.5';

export interface FetchDocumentRequest<T> {
  readonly url: string;
  readonly signal: AbortSignal;
  readonly onProgress?: TransferListener | undefined;
  readonly isBackground?: boolean | undefined;
  /** What is here already: its site need not send it again. The checks are the same for it. */
  readonly stored?: StoredCopy | null;
  /** Checks and stores what came; what it throws is final for that source. */
  readonly take: (bytes: Uint8Array, from: 'site' | 'mirror', validators: Validators | null) => Promise<T>;
}

/** A document that is here, and what its site said of it. */
export interface StoredCopy {
  readonly validators: Validators;
  /** `null` if it is another one by now. */
  readonly read: () => Promise<Uint8Array | null>;
}

export interface Fetched<T> {
  readonly value: T;
  /**
   * Set when the mirror's copy was taken because its site is slow: the site's own answer is still taken when it comes.
   * Never rejects; `null` if nothing came of it.
   */
  readonly later: Promise<T | null> | null;
}

interface Deps {
  readonly http: Pick<HttpPort, 'get'>;
  readonly clock: Pick<ClockPort, 'after'>;
  readonly log: LogPort;
  readonly mirror: string | null;
}

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

/**
 * Fetches a signed document from its site; from the mirror if the site cannot be reached or is slow.
 *
 * @see trust-and-download.md 7.1
 */
export async function fetchDocument<T>(deps: Deps, request: FetchDocumentRequest<T>): Promise<Fetched<T>> {
  const { url, signal, take } = request;
  const mirrorUrl = deps.mirror === null ? null : feedMirrorUrl(deps.mirror, url);
  const slow = createSlowness(deps.clock);
  const primary = outcome(
    getFromSite(deps.http, request, {
      limitBytes: maxFeedBytes,
      accept,
      signal,
      ...(request.isBackground !== undefined && { isBackground: request.isBackground }),
      onProgress(state) {
        if (state.phase !== 'waiting') slow.begin();
        request.onProgress?.(state);
      },
    }),
  );
  const takePrimary = async (result: Outcome<SiteCopy>): Promise<T> => {
    if (!result.ok) throw result.error;
    return take(result.value.bytes, 'site', result.value.validators);
  };
  const first = mirrorUrl === null ? await primary : await Promise.race([primary, slow.happened]);
  slow.end();

  if (first !== 'slow') {
    if (first.ok || mirrorUrl === null || !isNetworkFailure(first.error)) {
      return { value: await takePrimary(first), later: null };
    }
    deps.log.warn('site not reached, asking the mirror', { feed: redactUrl(url), code: codeOf(first.error) });
    const mirrored = await outcome(getMirrored(deps, mirrorUrl, signal).then((bytes) => take(bytes, 'mirror', null)));
    if (mirrored.ok) return { value: mirrored.value, later: null };
    throw mirrorVerdict(first.error, mirrored.error);
  }

  deps.log.info('site is slow, asking the mirror as well', { feed: redactUrl(url) });
  const stopMirror = new AbortController();
  const mirrored = outcome(getMirrored(deps, mirrorUrl ?? '', AbortSignal.any([signal, stopMirror.signal])));
  const faster = await Promise.race([
    primary.then(() => 'site' as const),
    mirrored.then(({ ok }) => (ok ? 'mirror' : 'none')),
  ]);
  if (faster === 'site') {
    const result = await primary;
    if (result.ok || !isNetworkFailure(result.error)) {
      stopMirror.abort();
      await mirrored;
      return { value: await takePrimary(result), later: null };
    }
  }
  const copy = await mirrored;
  const taken: Outcome<T> = copy.ok ? await outcome(take(copy.value, 'mirror', null)) : copy;
  if (!taken.ok) {
    if (isFinal(taken.error)) throw taken.error;
    return { value: await takePrimary(await primary), later: null };
  }
  const later = primary.then(async (result) => {
    try {
      return await takePrimary(result);
    } catch (error) {
      deps.log.warn('site answered late, and its answer was not taken', { feed: redactUrl(url), code: codeOf(error) });
      return null;
    }
  });
  return { value: taken.value, later };
}

interface SiteCopy {
  readonly bytes: Uint8Array;
  readonly validators: Validators | null;
}

/** @see trust-and-download.md 6 */
async function getFromSite(
  http: Pick<HttpPort, 'get'>,
  { url, stored = null }: Pick<FetchDocumentRequest<unknown>, 'url' | 'stored'>,
  options: GetOptions,
): Promise<SiteCopy> {
  if (stored === null) return http.get(url, options);
  const answer = await http.get(url, { ...options, unlessSame: stored.validators });
  if (!answer.isSame) return answer;
  const bytes = await stored.read();
  return bytes === null ? http.get(url, options) : { bytes, validators: stored.validators };
}

/** Counts from the moment the transfer begins, not while it waits for its turn. */
function createSlowness(clock: Pick<ClockPort, 'after'>): {
  readonly begin: () => void;
  readonly end: () => void;
  readonly happened: Promise<'slow'>;
} {
  let cancel: (() => void) | undefined;
  let report: (state: 'slow') => void = () => {};
  const happened = new Promise<'slow'>((resolve) => {
    report = resolve;
  });
  return {
    happened,
    begin() {
      cancel ??= clock.after(slowMs, () => {
        report('slow');
      });
    },
    end() {
      cancel?.();
    },
  };
}

async function getMirrored({ http }: Deps, url: string, signal: AbortSignal): Promise<Uint8Array> {
  return (await http.get(url, { limitBytes: maxFeedBytes, accept, signal })).bytes;
}

/** The failure of the site is what a person should hear, unless they themselves ended it. */
function mirrorVerdict(site: unknown, mirror: unknown): unknown {
  return isFinal(mirror) ? mirror : site;
}

function isFinal(error: unknown): boolean {
  return isAppError(error, 'feed-untrusted') || isAppError(error, 'cancelled');
}

function codeOf(error: unknown): string {
  return isAppError(error) ? error.code : String(error);
}

function outcome<T>(work: Promise<T>): Promise<Outcome<T>> {
  return work.then(
    (value) => ({ ok: true, value }),
    (error: unknown) => ({ ok: false, error }),
  );
}
