import { AppError } from '../../../shared/errors/app-error.ts';
import type { CommandRunner } from '../context.ts';
import { lastValue } from '../options.ts';
import { withEngine } from '../session.ts';

/** `share serve [--port N]`: offers what is stored to the local network, until it is ended. */
export const runShareServe: CommandRunner = async (context) =>
  withEngine(context, async ({ engine, signal }) => {
    const { options, out } = context;
    const text = lastValue(options, 'port') ?? '0';
    if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
      throw new AppError('usage', { message: `Bad port '${text}'`, hint: 'use for example --port=8080' });
    }
    const { serveStores } = await import('../../adapters/nearby/serve.ts');
    const server = await serveStores({
      store: engine.store,
      port: Number(text),
      onRequest: (line) => {
        out.print(`${line}\n`);
      },
    });
    out.print(`Offering what is stored to the local network on port ${server.port}; Ctrl+C ends it.\n`);
    try {
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener(
          'abort',
          () => {
            resolve();
          },
          { once: true },
        );
      });
    } finally {
      await server.close();
    }
    return 0;
  });

/** `share nearby [on | off]`: whether computers of the local network are asked before the internet. */
export const runShareNearby: CommandRunner = async (context) =>
  withEngine(context, async ({ engine }) => {
    const { args, out } = context;
    const [wanted] = args;
    if (wanted !== undefined && wanted !== 'on' && wanted !== 'off') {
      throw new AppError('usage', { message: `Neither on nor off: '${wanted}'`, hint: 'type on or off' });
    }
    if (wanted !== undefined) await engine.nearby.allow(wanted === 'on');
    const isAllowed = await engine.nearby.isAllowed();
    if (out.isJson) out.print(`${JSON.stringify({ isAllowed })}\n`);
    else out.print(`Computers of the local network are ${isAllowed ? '' : 'not '}asked for downloads\n`);
    return 0;
  });
