import type { LookupFunction } from 'node:net';
import type { buildConnector } from 'undici';
import { createSystemContext } from './certificates.ts';

type BuildConnector = typeof buildConnector;

/**
 * Connects to servers without a proxy. The system's authorities, which take longer to read than many a selection to make, are read
 * when the first server that needs them was reached, and not when its name turns out not to exist.
 *
 * @param options.timeout milliseconds for reaching a server, and again for agreeing on encryption
 */
export function createConnect(options: {
  readonly buildConnector: BuildConnector;
  readonly timeout: number;
  readonly lookup: LookupFunction;
  readonly env: Readonly<Record<string, string | undefined>>;
}): ReturnType<BuildConnector> {
  const { buildConnector, timeout, lookup, env } = options;
  const plain = buildConnector({ timeout, lookup });
  let secure: Promise<ReturnType<BuildConnector>> | undefined;

  return (target, callback) => {
    if (target.protocol !== 'https:') {
      plain(target, callback);
      return;
    }
    plain({ ...target, protocol: 'http:', port: target.port || '443' }, (...[error, socket]) => {
      if (error) {
        callback(error, null);
        return;
      }
      secure ??= createSystemContext(env).then((secureContext) =>
        buildConnector({ timeout, secureContext, allowH2: true }),
      );
      secure.then(
        (connect) => {
          connect({ ...target, httpSocket: socket }, callback);
        },
        (reason: unknown) => {
          socket.destroy();
          callback(reason as Error, null);
        },
      );
    });
  };
}
