import type { Dispatcher } from 'undici';
import { createSystemContext } from './certificates.ts';
import { createConnect } from './connect.ts';
import { eagerBody } from './eager-body.ts';
import type { HttpLimits } from './limits.ts';
import type { Names } from './names.ts';
import { isAddress, type PrivateHosts } from './private-hosts.ts';
import { proxyFromEnvironment } from './proxy.ts';
import type { Source } from './source.ts';

export interface NetworkOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly limits: HttpLimits;
  readonly names: Pick<Names, 'check'>;
  readonly hosts: Pick<PrivateHosts, 'lookup' | 'guardedLookup'>;
  /** Proxy for a URL, `null` = none; without it the environment decides. */
  readonly proxyFor: ((url: string) => Promise<string | null>) | undefined;
}

/** Nothing came in time; undici's own name for it. */
class NoAnswer extends Error {
  readonly code = 'UND_ERR_HEADERS_TIMEOUT';
}

/** undici hears of a signal only once it has a connection. An answer that comes after all is thrown away. */
function orStopped(answer: Promise<Dispatcher.ResponseData>, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      reject(signal.reason as Error);
      answer.then(
        ({ body }) => body.on('error', () => {}).destroy(),
        () => {},
      );
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    answer
      .finally(() => {
        signal.removeEventListener('abort', onAbort);
      })
      .then(resolve, reject);
  });
}

/** The real network, through undici, which is loaded with the first request. */
export interface NetworkSource {
  readonly source: Source;
  /** Whether a proxy looks the names up, and not this computer. */
  readonly usesProxy: (url: URL) => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/** Speaks HTTP/2 with servers that offer it by encrypted connections, else HTTP/1.1. */
export function createNetworkSource(options: NetworkOptions): NetworkSource {
  const { env, limits, names, hosts } = options;
  const dispatchers = new Map<string, Promise<Dispatcher>>();

  async function createDispatcher(proxy: string, isGuarded: boolean): Promise<Dispatcher> {
    const { Agent, ProxyAgent, buildConnector } = await import('./undici-parts.ts');
    const timeout = limits.connectMs;
    const waits = { headersTimeout: limits.silenceMs, bodyTimeout: limits.silenceMs, allowH2: true };
    if (proxy === '') {
      const lookup = isGuarded ? hosts.guardedLookup : hosts.lookup;
      return new Agent({ ...waits, connect: createConnect({ buildConnector, timeout, lookup, env }) });
    }
    const tls = { timeout, secureContext: await createSystemContext(env) };
    // Plain http goes through a proxy as it is: many proxies allow a tunnel to port 443 only.
    return new ProxyAgent({ ...waits, uri: proxy, proxyTunnel: false, requestTls: tls, proxyTls: tls });
  }

  const proxyOf = async (url: URL): Promise<string> =>
    (options.proxyFor === undefined ? proxyFromEnvironment(url, env) : await options.proxyFor(url.href)) ?? '';

  function dispatcherFor(proxy: string, isGuarded: boolean): Promise<Dispatcher> {
    const key = `${isGuarded && proxy === '' ? 'guarded ' : ''}${proxy}`;
    const known = dispatchers.get(key) ?? createDispatcher(proxy, isGuarded);
    dispatchers.set(key, known);
    return known;
  }

  return {
    async source({ url, headers, signal, isGuarded }) {
      const { origin, pathname, search } = url;
      const late = new AbortController();
      // Of its own waits undici keeps none while it speaks with a proxy.
      const timer = setTimeout(() => {
        late.abort(new NoAnswer());
      }, limits.connectMs + limits.silenceMs);
      const stop = AbortSignal.any([signal, late.signal]);
      const waits = { headersTimeout: limits.silenceMs, bodyTimeout: limits.silenceMs };
      const options = { origin, path: pathname + search, method: 'GET', headers, ...waits, signal: stop } as const;
      const send = async (): Promise<Dispatcher.ResponseData> => {
        const proxy = await proxyOf(url);
        // A computer that is off-line hears of it in a third of the time that undici takes to load.
        if (proxy === '' && dispatchers.size === 0 && !isAddress(url.hostname)) await names.check(url.hostname);
        return (await dispatcherFor(proxy, isGuarded)).request(options);
      };
      const response = await orStopped(send(), stop).finally(() => {
        clearTimeout(timer);
      });
      const { body } = response;
      // After a failure nobody may be listening any more, and an unheard error would end the process.
      body.on('error', () => {});
      return {
        status: response.statusCode,
        headers: new Map(
          Object.entries(response.headers).map(([name, value]) => [
            name,
            Array.isArray(value) ? (value.at(-1) ?? '') : (value ?? ''),
          ]),
        ),
        body: eagerBody(body),
        close: () => {
          body.destroy();
        },
      };
    },
    usesProxy: async (url) => (await proxyOf(url)) !== '',
    async close() {
      const all = await Promise.allSettled([...dispatchers.values()]);
      dispatchers.clear();
      for (const result of all) {
        if (result.status === 'fulfilled') await result.value.destroy();
      }
    },
  };
}
