import type { ComponentRow, JobSnapshot, SolveView } from '../../../shared/model/index.ts';
import { toShellWord } from '../../../shared/shell-word.ts';
import type { Loadable } from '../../stores/loadable.ts';

/** A component with those that it needs. */
export interface ComponentNode {
  /** Unique within the tree. */
  readonly key: string;
  readonly row: ComponentRow;
  readonly children: readonly ComponentNode[];
}

/** Key of a component: the same interface may stand there twice, built and as source. */
export function keyOfComponent(row: Pick<ComponentRow, 'interface' | 'isSource'>): string {
  return row.isSource ? `src ${row.interface}` : row.interface;
}

/** Makes a tree of rows that are listed depth first. Rows deeper than they can be hang under the last possible one. */
export function toTree(rows: readonly ComponentRow[]): readonly ComponentNode[] {
  interface Building {
    readonly key: string;
    readonly row: ComponentRow;
    readonly children: Building[];
  }
  const roots: Building[] = [];
  const path: Building[] = [];
  const seen = new Map<string, number>();
  for (const row of rows) {
    const plain = keyOfComponent(row);
    const count = seen.get(plain) ?? 0;
    seen.set(plain, count + 1);
    const node: Building = { key: count === 0 ? plain : `${plain} #${count + 1}`, row, children: [] };
    path.length = Math.min(path.length, Math.max(0, row.depth));
    (path.at(-1)?.children ?? roots).push(node);
    path.push(node);
  }
  return roots;
}

/** What the Run view tells at its top; one thing at a time, the most pressing first. */
export type RunStatus =
  | { readonly kind: 'loading' | 'ready' | 'unsolved' | 'unknown' }
  | { readonly kind: 'view-failed'; readonly error: Extract<Loadable<SolveView>, { status: 'failed' }>['error'] }
  | { readonly kind: 'needs-download'; readonly bytes: number }
  | { readonly kind: 'working' | 'asking' | 'program' | 'failed' | 'cancelled' | 'ended'; readonly job: JobSnapshot };

/** Decides what the Run view says, from the job of the program, if any, and its present selection. */
export function runStatus(job: JobSnapshot | undefined, view: Loadable<SolveView>): RunStatus {
  if (job !== undefined) {
    if (job.program?.isRunning === true) return { kind: 'program', job };
    if (job.state === 'asking') return { kind: 'asking', job };
    if (job.state === 'running') return { kind: 'working', job };
    if (job.state === 'failed' && job.error?.code !== 'no-solution') return { kind: 'failed', job };
    if (job.state === 'cancelled') return { kind: 'cancelled', job };
    if (job.program !== null) return { kind: 'ended', job };
  }
  if (view.status === 'loading') return { kind: 'loading' };
  if (view.status === 'failed') return { kind: 'view-failed', error: view.error };
  if (!view.value.isSolved) return { kind: isUnsolved(view) ? 'unsolved' : 'unknown' };
  if (view.value.downloadBytes > 0) return { kind: 'needs-download', bytes: view.value.downloadBytes };
  return { kind: 'ready' };
}

/** Whether something is wrong, and not only not yet known. */
export function isUnsolved(view: Loadable<SolveView>): boolean {
  return view.status === 'ready' && !view.value.isSolved && !view.value.hasMissingFeeds;
}

/** The selection to show: that of the work going on while there is one, else the present one. */
export function shownSolve(job: JobSnapshot | undefined, view: Loadable<SolveView>): SolveView | null {
  const isWorking = job?.state === 'running' || job?.state === 'asking';
  if (isWorking && job.solve !== null && job.program === null) return job.solve;
  if (view.status === 'ready') return view.value;
  return job?.solve ?? null;
}

/** The command that does the same in a terminal. @param target the name of an app, or an address */
export function commandLine(target: string): string {
  return `0desk run ${toShellWord(target)}`;
}

/** Whether an app may be called so. @see execution.md 8.1 */
export function isNewAppName(text: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_.+-]{0,63}$/.test(text) && text !== '0install' && text !== '0desk';
}

/** A name for the app of a program that one would type: "Tea Timer" becomes `tea-timer`. */
export function appNameFor(title: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_.+]+/g, '-')
    .replace(/^[-.+]+|[-.]+$/g, '');
  return words.slice(0, 64) || 'app';
}
