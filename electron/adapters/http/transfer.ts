import { AppError } from '../../../shared/errors/app-error.ts';
import { hostOf, parseHttpUrl, redactUrl } from '../../core/trust/url.ts';
import { errorCode } from '../file-error.ts';
import type { HttpLimits } from './limits.ts';
import type { Login } from './netrc.ts';
import { privateAddressCode, privateRedirect, type PrivateHosts } from './private-hosts.ts';
import type { QueuePlace, TransferQueue } from './queue.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Source, SourceResponse } from './source.ts';
import { monotonicMs } from '../clock.ts';

const redirectStatuses: readonly number[] = [300, 301, 302, 303, 305, 307, 308];

export interface TransferRequest {
  readonly url: string;
  /** Besides those that every request carries; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly place: QueuePlace;
  readonly signal: AbortSignal;
  /** Its turn has come for the first time. */
  readonly onStart: () => void;
}

/** An answer that is no redirect, with its place in the queue: `close` gives both up. */
export interface Transfer extends SourceResponse {
  /** After redirects. */
  readonly url: URL;
}

export interface TransferContext {
  readonly limits: HttpLimits;
  readonly queue: TransferQueue;
  readonly rateLimit: RateLimit;
  readonly hosts: Pick<PrivateHosts, 'isPrivate' | 'isPrivateName'>;
  readonly sourceFor: (url: URL) => Source;
  readonly usesProxy: (url: URL) => Promise<boolean>;
  readonly loginFor: (hostname: string) => Promise<Login | null>;
  readonly userAgent: string;
}

/**
 * Sends a request and follows redirects, each in the queue of its own site.
 *
 * @throws AppError `bad-url`, `bad-redirect`, `cancelled`, and whatever the source throws
 */
export async function openTransfer(context: TransferContext, request: TransferRequest): Promise<Transfer> {
  const { limits, rateLimit } = context;
  const first = parseHttpUrl(request.url);
  const login = await credentials(first, context.loginFor);
  let url = first;
  let isGuarded = false;
  for (let hops = 0; hops <= limits.redirects; hops += 1) {
    const leave = await context.queue.enter(url.origin, request.place, request.signal);
    let response: SourceResponse;
    try {
      if (hops === 0) request.onStart();
      response = await context.sourceFor(url)({
        url,
        headers: {
          'user-agent': context.userAgent,
          'accept-encoding': 'identity',
          ...request.headers,
          ...(url.origin === first.origin ? login : {}),
        },
        signal: request.signal,
        isGuarded,
      });
    } catch (error) {
      leave();
      throw errorCode(error) === privateAddressCode ? privateRedirect(request.url) : error;
    }
    const close = (): void => {
      response.close();
      leave();
    };
    if (!redirectStatuses.includes(response.status)) {
      const body = pacedBody(response.body, { limits, rateLimit, url, signal: request.signal });
      return { ...response, body, url, close };
    }
    close();
    url = redirectTarget(url, response.headers.get('location'));
    isGuarded = url.origin !== first.origin && !(await mayLeadAnywhere(context, first));
    if (isGuarded && context.hosts.isPrivateName(url.hostname)) throw privateRedirect(request.url);
  }
  throw new AppError('bad-redirect', { url: redactUrl(request.url), reason: 'there are too many redirects' });
}

/** A server of the private network knows what else there is; one of the internet does not. */
async function mayLeadAnywhere({ hosts, usesProxy }: TransferContext, first: URL): Promise<boolean> {
  if (hosts.isPrivateName(first.hostname)) return true;
  return !(await usesProxy(first)) && hosts.isPrivate(first.hostname);
}

interface Pacing {
  readonly limits: HttpLimits;
  readonly rateLimit: RateLimit;
  readonly url: URL;
  readonly signal: AbortSignal;
}

/**
 * The body at no more than the allowed speed. A server that sends just enough not to be silent is given up too; only the
 * time spent waiting for it counts.
 *
 * @throws AppError `download-too-slow`
 */
async function* pacedBody(
  body: AsyncIterable<Uint8Array>,
  { limits, rateLimit, url, signal }: Pacing,
): AsyncGenerator<Uint8Array> {
  let [waitedMs, bytes] = [0, 0];
  let askedAt = monotonicMs();
  for await (const chunk of body) {
    waitedMs += monotonicMs() - askedAt;
    bytes += chunk.length;
    if (waitedMs >= limits.silenceMs) {
      const seconds = Math.max(1, Math.round(waitedMs / 1000));
      if (bytes < limits.trickleBytes)
        throw new AppError('download-too-slow', { host: hostOf(url.href), receivedBytes: bytes, seconds });
      [waitedMs, bytes] = [0, 0];
    }
    await rateLimit.take(chunk.length, signal);
    yield chunk;
    askedAt = monotonicMs();
  }
}

function redirectTarget(from: URL, location: string | undefined): URL {
  const refuse = (reason: string) => new AppError('bad-redirect', { url: redactUrl(from.href), reason });
  if (location === undefined || !URL.canParse(location, from.href)) throw refuse('it names no address to go to');
  const target = new URL(location, from);
  if (target.protocol !== 'http:' && target.protocol !== 'https:') {
    throw refuse(`it leads to a ${target.protocol} address`);
  }
  if (from.protocol === 'https:' && target.protocol === 'http:') throw refuse('it leads from https to http');
  target.username = '';
  target.password = '';
  target.hash = '';
  const asked = new URL(from);
  asked.username = '';
  asked.password = '';
  asked.hash = '';
  if (target.href === asked.href) throw refuse('it leads to itself');
  return target;
}

/** Those in the address a person gave, else those they keep for its host; only ever for the server of that address. */
async function credentials(
  { username, password, hostname }: URL,
  loginFor: TransferContext['loginFor'],
): Promise<Readonly<Record<string, string>>> {
  const isGiven = username !== '' || password !== '';
  const login = isGiven ? { user: decodePart(username), password: decodePart(password) } : await loginFor(hostname);
  if (login === null) return {};
  return { authorization: `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}` };
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
