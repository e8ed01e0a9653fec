import { AppError } from '../../../shared/errors/app-error.ts';
import { parseHttpUrl, redactUrl } from '../../core/trust/url.ts';
import type { HttpLimits } from './limits.ts';
import type { Priority, TransferQueue } from './queue.ts';
import type { Source, SourceResponse } from './source.ts';

const redirectStatuses: readonly number[] = [300, 301, 302, 303, 305, 307, 308];

export interface TransferRequest {
  readonly url: string;
  /** Besides those that every request carries; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly priority: Priority;
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
  readonly sourceFor: (url: URL) => Source;
  readonly userAgent: string;
}

/**
 * Sends a request and follows redirects, each in the queue of its own site.
 *
 * @throws AppError `bad-url`, `bad-redirect`, `cancelled`, and whatever the source throws
 */
export async function openTransfer(context: TransferContext, request: TransferRequest): Promise<Transfer> {
  const first = parseHttpUrl(request.url);
  let url = first;
  for (let hops = 0; hops <= context.limits.redirects; hops += 1) {
    const leave = await context.queue.enter(url.origin, request.priority, request.signal);
    let response: SourceResponse;
    try {
      if (hops === 0) request.onStart();
      response = await context.sourceFor(url)({
        url,
        headers: {
          'user-agent': context.userAgent,
          'accept-encoding': 'identity',
          ...request.headers,
          ...(url.origin === first.origin ? credentials(first) : {}),
        },
        signal: request.signal,
      });
    } catch (error) {
      leave();
      throw error;
    }
    const close = (): void => {
      response.close();
      leave();
    };
    if (!redirectStatuses.includes(response.status)) return { ...response, url, close };
    close();
    url = redirectTarget(url, response.headers.get('location'));
  }
  throw new AppError('bad-redirect', { url: redactUrl(request.url), reason: 'there are too many redirects' });
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

/** Those in the address a person gave, for the server they gave it for. */
function credentials({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '' && password === '') return {};
  const pair = `${decodePart(username)}:${decodePart(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
