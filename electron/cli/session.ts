import type { Answer, TrustQuestion } from '../../shared/model/job.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { createConsoleLog } from '../adapters/log/console-log.ts';
import { createEngine, type Engine } from '../engine.ts';
import type { CommandContext } from './context.ts';

/** One command's engine, the signal of Ctrl+C, and the console's way of asking. */
export interface Session {
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly isOffline: boolean;
  readonly ask: (question: TrustQuestion) => Promise<Answer>;
}

/** Makes the engine, does the work, and cleans up in every case. Ctrl+C cancels the work properly. */
export async function withEngine<T>(context: CommandContext, work: (session: Session) => Promise<T>): Promise<T> {
  const { options, out, program } = context;
  const verbosity = options.get('verbose')?.length ?? 0;
  const level = verbosity > 1 ? 'debug' : verbosity === 1 ? 'info' : 'warn';
  const abort = new AbortController();
  const onSignal = (): void => {
    abort.abort(new AppError('cancelled', {}));
  };
  const sat = options.get('sat')?.at(-1)?.[0];
  if (sat !== undefined && sat !== 'own' && sat !== 'logic-solver') {
    throw new AppError('usage', { message: `Unknown SAT engine '${sat}'`, hint: 'use own or logic-solver' });
  }
  const engine = createEngine({
    env: process.env,
    version: program.version,
    samplesDir: program.samplesDir,
    workersDir: null,
    log: createConsoleLog(level, out.complain),
    extraStores: (options.get('with-store') ?? []).flat(),
    ...(sat === 'logic-solver' && { sat }),
  });
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    return await work({
      engine,
      signal: abort.signal,
      isOffline: options.has('offline'),
      ask: async (question) => {
        const { askOnConsole } = await import('./ask-trust.ts');
        return askOnConsole(question, out);
      },
    });
  } finally {
    process.removeListener('SIGINT', onSignal);
    process.removeListener('SIGTERM', onSignal);
    await engine.close();
  }
}
