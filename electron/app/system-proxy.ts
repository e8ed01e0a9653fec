import { app, session } from 'electron';
import { namesProxies, proxyFromList } from '../adapters/http/proxy.ts';

/**
 * How the system reaches a URL, configuration scripts included; `undefined` if the environment names proxies, which then
 * count.
 */
export function systemProxy(
  env: Readonly<Record<string, string | undefined>>,
): ((url: string) => Promise<string | null>) | undefined {
  if (namesProxies(env)) return undefined;
  return async (url) => {
    await app.whenReady();
    return proxyFromList(await session.defaultSession.resolveProxy(url));
  };
}
