import type { Requirements, SelectAnswer } from '../core/select/model.ts';
import type { Selections } from '../core/selections/model.ts';
import { createProgressMeter, sumProgress, type ProgressMeter } from '../services/progress.ts';
import { toFetchItems } from '../services/fetch-service.ts';
import { unsolvedError } from '../services/solve-view.ts';
import type { CommandContext } from './context.ts';
import { systemClock } from '../adapters/clock.ts';
import { progressLines } from './progress-lines.ts';
import type { Session } from './session.ts';

/** A finished selection of the command line. */
export interface Selected {
  readonly answer: SelectAnswer;
  readonly selections: Selections;
}

interface SelectRequest {
  readonly requirements: Requirements;
  readonly mode: 'select' | 'download' | 'run';
  /** As with `--refresh`. */
  readonly isRefresh?: boolean;
}

/** Selects, fetching feeds as the policy says. @throws AppError `no-solution`, `solve-failed` */
export async function selectForConsole(
  request: SelectRequest,
  session: Session,
  context: CommandContext,
): Promise<Selected> {
  const answer = await updateForConsole(request, session, context);
  if (answer.status === 'solved') return { answer, selections: answer.selections };
  throw unsolvedError(request.requirements.interface, answer);
}

/** As `selectForConsole`, but no solution is an answer. */
export async function updateForConsole(
  { requirements, mode, isRefresh = false }: SelectRequest,
  { engine, signal, isOffline, ask }: Session,
  context: CommandContext,
): Promise<SelectAnswer> {
  const { answer, problems } = await engine.select.select(requirements, {
    mode,
    refresh: isRefresh || context.options.has('refresh'),
    offline: isOffline,
    signal,
    ask,
    onFeed: (url, { phase }) => {
      if (phase === 'connecting' || phase === 'receiving') context.out.showStatus(`Feed ${url}`);
    },
  });
  context.out.showStatus('');
  if (problems.length > 0 && !context.out.isJson) {
    const { problemText } = await import('./problem-text.ts');
    for (const problem of problems) context.out.complain(`${await problemText(problem)}\n`);
  }
  return answer;
}

/** Shortest time between two pictures of the progress. */
const minIntervalMs = 100;

/** Fetches what no store has, and shows how far it is. @returns bytes from the network */
export async function fetchForConsole(selected: Selected, session: Session, context: CommandContext): Promise<number> {
  const { engine, signal, isOffline } = session;
  const items = toFetchItems(selected.answer.tree);
  if (items.length === 0) return 0;
  const policy = await engine.select.policy(isOffline);
  const meters = new Map<string, ProgressMeter>();
  let shownAt = 0;
  const show = (): void => {
    const parts = items.flatMap(({ key, name, implementation }) => {
      const meter = meters.get(key);
      return meter === undefined ? [] : [{ title: `${name} ${implementation.version}`, progress: meter.current() }];
    });
    const sum = sumProgress(parts.map(({ progress }) => progress));
    const now = systemClock.now();
    if (sum === null || now - shownAt < minIntervalMs) return;
    shownAt = now;
    context.out.showStatus(progressLines(parts, sum, context.out.columns).join('\n'));
  };
  const bytes = await engine.fetch.fetch(items, {
    signal,
    isOffline: policy.networkUse === 'off-line',
    onProgress: (key, state) => {
      const meter = meters.get(key) ?? createProgressMeter(systemClock, state.totalBytes);
      meters.set(key, meter);
      meter.update(state);
      show();
    },
  });
  context.out.showStatus('');
  return bytes;
}
