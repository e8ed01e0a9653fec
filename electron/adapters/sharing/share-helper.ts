import type { ShareHelperPort } from '../../core/ports/share-helper.ts';
import { printRequest } from '../../core/sharing/protocol.ts';
import { findShareHelper } from './find-helper.ts';

/** Where the helper is looked for. */
export interface ShareHelperOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Then nothing of this computer but the one folder is touched. */
  readonly isPortable: boolean;
}

/** Speaks to the helper that is on PATH. */
export function createShareHelper({ env, isPortable }: ShareHelperOptions): ShareHelperPort {
  const find: ShareHelperPort['find'] = () => (isPortable ? null : findShareHelper(env));
  return {
    find,
    async ask(request, signal) {
      const program = find()?.streamPath ?? null;
      if (program === null) return null;
      const [{ connectHelper, isServicePlace }, { failed, startHelper }, { readReply }] = await Promise.all([
        import('./helper-connection.ts'),
        import('./helper-process.ts'),
        import('./read-reply.ts'),
      ]);
      const child = isServicePlace(program)
        ? connectHelper(program, signal)
        : startHelper({ program, args: [], env, isSpokenTo: true, signal });
      try {
        await child.write(Buffer.from(printRequest(request)));
        const line = await child.line();
        if (line !== null) return readReply(line);
        const { status, message } = await child.ended();
        throw failed(message === '' ? `exit status ${status ?? 'unknown'}` : message);
      } finally {
        child.close();
      }
    },
  };
}
