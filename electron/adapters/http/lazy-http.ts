import type { HttpPort } from '../../core/ports/http.ts';
import type { Http } from './http.ts';

/** The network, loaded when it is first used: most commands of the command line never need it. */
export function createLazyHttp(load: () => Promise<Http>): HttpPort & { readonly close: () => Promise<void> } {
  let loading: Promise<Http> | null = null;
  const http = (): Promise<Http> => (loading ??= load());
  return {
    get: async (url, options) => (await http()).get(url, options),
    download: async (url, options) => (await http()).download(url, options),
    keptBytes: async (url, sizeBytes) => (await http()).keptBytes(url, sizeBytes),
    async close() {
      if (loading) await (await loading).close();
    },
  };
}
