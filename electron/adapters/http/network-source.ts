import type { Dispatcher } from 'undici';
import { createSystemContext } from './certificates.ts';
import { createConnect } from './connect.ts';
import type { HttpLimits } from './limits.ts';
import { proxyFromEnvironment } from './proxy.ts';
import type { Source } from './source.ts';

export interface NetworkOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly limits: HttpLimits;
  /** Proxy for a URL, `null` = none; without it the environment decides. */
  readonly proxyFor: ((url: string) => Promise<string | null>) | undefined;
}

/** The real network, through undici, which is loaded with the first request. */
export function createNetworkSource(options: NetworkOptions): {
  readonly source: Source;
  readonly close: () => Promise<void>;
} {
  const { env, limits } = options;
  const dispatchers = new Map<string, Promise<Dispatcher>>();

  async function createDispatcher(proxy: string): Promise<Dispatcher> {
    const { Agent, ProxyAgent, buildConnector } = await import('./undici-parts.ts');
    const timeout = limits.connectMs;
    const waits = { headersTimeout: limits.silenceMs, bodyTimeout: limits.silenceMs };
    if (proxy === '') return new Agent({ ...waits, connect: createConnect({ buildConnector, timeout, env }) });
    const tls = { timeout, secureContext: await createSystemContext(env) };
    // Plain http goes through a proxy as it is: many proxies allow a tunnel to port 443 only.
    return new ProxyAgent({ ...waits, uri: proxy, proxyTunnel: false, requestTls: tls, proxyTls: tls });
  }

  async function dispatcherFor(url: URL): Promise<Dispatcher> {
    const proxy = options.proxyFor === undefined ? proxyFromEnvironment(url, env) : await options.proxyFor(url.href);
    const key = proxy ?? '';
    const known = dispatchers.get(key) ?? createDispatcher(key);
    dispatchers.set(key, known);
    return known;
  }

  return {
    async source({ url, headers, signal }) {
      const dispatcher = await dispatcherFor(url);
      const { origin, pathname, search } = url;
      const response = await dispatcher.request({ origin, path: pathname + search, method: 'GET', headers, signal });
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
        body: body as AsyncIterable<Uint8Array>,
        close: () => {
          body.destroy();
        },
      };
    },
    async close() {
      const all = await Promise.allSettled([...dispatchers.values()]);
      dispatchers.clear();
      for (const result of all) {
        if (result.status === 'fulfilled') await result.value.destroy();
      }
    },
  };
}
