import { AppError } from '../../../shared/errors/app-error.ts';
import { defaultMirror } from '../../core/trust/mirror.ts';
import { searchPrograms } from '../../services/search-service.ts';
import type { CommandRunner } from '../context.ts';
import { withEngine } from '../session.ts';

/** `search WORDS`: programs that the mirror knows. */
export const runSearch: CommandRunner = async (context) =>
  withEngine(context, async ({ engine, signal, isOffline }) => {
    const { args, out } = context;
    if ((await engine.select.policy(isOffline)).networkUse === 'off-line') {
      throw new AppError('network-offline', { url: defaultMirror });
    }
    const results = await searchPrograms(args.join(' '), { http: engine.http, mirror: defaultMirror, signal });
    if (out.isJson) out.print(`${JSON.stringify(results)}\n`);
    else {
      out.print(
        results.map(({ uri, name, summary, score }) => `${uri}\n  ${name} - ${summary} [${score}%]\n`).join('\n'),
      );
    }
    return 0;
  });
