import { AppError } from '../../shared/errors/app-error.ts';
import type { ProgramState } from '../../shared/model/index.ts';
import type { ClockPort } from '../core/ports/clock.ts';
import type { ExitStatus, RunningProgram } from '../core/ports/process.ts';
import type { JobContext } from './job-service.ts';

interface Options {
  readonly program: RunningProgram;
  readonly name: string;
  /** From the click to the start of the process. */
  readonly startMs: number;
  readonly clock: ClockPort;
  readonly context: Pick<JobContext, 'signal' | 'update'>;
}

/** A program that ends with an error this soon did not really start. */
const earlyFailureMs = 2000;
const shortestWaitMs = 150;
const longestWaitMs = 60_000;
const maxStderrChars = 2000;

/**
 * Shows what a program prints while it runs, also after this has returned. Cancelling the job ends the program.
 *
 * Returns when the start is over: after two seconds, or at the program's end.
 * @throws AppError `program-exited` if it ended with an error by then
 */
export async function watchProgram({ program, name, startMs, clock, context }: Options): Promise<void> {
  const startedAt = clock.now();
  let end: ExitStatus | null = null;
  let stopWaiting: (() => void) | null = null;

  const stop = (): void => {
    program.stop();
  };
  context.signal.addEventListener('abort', stop, { once: true });
  if (context.signal.aborted) stop();

  const show = async (): Promise<ProgramState> => {
    const output = await program.output();
    // Looked at only now: the program may have ended while its output was read.
    const { exitCode, signal } = end ?? { exitCode: null, signal: null };
    const state: ProgramState = { pid: program.pid, isRunning: end === null, exitCode, signal, output, startMs };
    context.update({ phase: 'running', program: state });
    return state;
  };
  /** Looks again and again, ever more rarely: nothing is left to do often for a program that runs for hours. */
  const lookLater = (): void => {
    if (end !== null) return;
    const waitMs = Math.min(longestWaitMs, Math.max(shortestWaitMs, (clock.now() - startedAt) / 10));
    stopWaiting = clock.after(waitMs, () => {
      void show().then(lookLater);
    });
  };

  const ended = program.ended.then((status) => {
    end = status;
    stopWaiting?.();
    context.signal.removeEventListener('abort', stop);
    return show();
  });
  await show();
  lookLater();
  const early = await Promise.race([ended, wait(clock, earlyFailureMs).then(() => null)]);
  if (early && (early.signal !== null || early.exitCode !== 0)) {
    const status = early.signal ?? String(early.exitCode);
    throw new AppError('program-exited', { name, status, stderr: early.output.slice(-maxStderrChars).trim() });
  }
}

function wait(clock: ClockPort, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(milliseconds, resolve);
  });
}
