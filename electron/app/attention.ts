import type { Translator } from '../../shared/i18n/translator.ts';
import type { JobSnapshot } from '../../shared/model/index.ts';

/** What the system says while another window is used, and the page that tells more. */
export interface Notice {
  readonly title: string;
  readonly body: string;
  readonly page: 'downloads' | 'updates' | 'apps';
}

/** What takes less is not worth disturbing somebody who has turned to something else. */
const longMs = 10_000;

/** What is worth saying of a job that has changed. @returns null for most of what happens */
export function noticeOfJob(
  { t }: Pick<Translator, 't'>,
  {
    job,
    before,
    nowMs,
  }: { readonly job: JobSnapshot; readonly before: JobSnapshot | undefined; readonly nowMs: number },
): Notice | null {
  const name = job.title;
  if (job.state === 'asking' && before?.state !== 'asking') {
    return { title: t('notify.question', { name }), body: t('notify.question-text'), page: 'downloads' };
  }
  const isLong = nowMs - Date.parse(job.startedAt) >= longMs;
  if (job.kind === 'app-update' && job.interface !== null && hasEnded(job, before, 'done') && (job.bytes ?? 0) > 0) {
    return { title: t('notify.updated', { name }), body: t('notify.updated-text'), page: 'apps' };
  }
  if (!isLong || !['run', 'download', 'app-add', 'app-update', 'profile-import'].includes(job.kind)) return null;
  const isStarted = job.kind === 'run' && job.phase === 'running' && before?.phase !== 'running';
  if (isStarted || (job.kind !== 'run' && hasEnded(job, before, 'done'))) {
    const body = isStarted ? t('notify.started-text') : t('notify.finished-text');
    return { title: t('notify.finished', { name }), body, page: 'downloads' };
  }
  // Of a program that ran the window says itself what happened.
  if (hasEnded(job, before, 'failed') && job.program === null) {
    return { title: t('notify.failed', { name }), body: t('notify.failed-text'), page: 'downloads' };
  }
  return null;
}

/** What is worth saying of updates: that there are more than before. */
export function noticeOfUpdates({ t }: Pick<Translator, 't'>, count: number, before: number | null): Notice | null {
  if (before === null || count <= before) return null;
  return { title: t('notify.updates', { count }), body: t('notify.updates-text'), page: 'updates' };
}

/** What is worth saying of programs that use a version in which a flaw was found: that there are more than before. */
export function noticeOfFlaws({ t }: Pick<Translator, 't'>, count: number, before: number | null): Notice | null {
  if (before === null || count <= before) return null;
  return { title: t('notify.flaws', { count }), body: t('notify.flaws-text'), page: 'apps' };
}

/** What the icon in the tray says: the work, or else how many updates there are. */
export function trayWords({ t }: Pick<Translator, 't'>, jobs: readonly JobSnapshot[], updates: number): string {
  const atWork = jobs.filter(isAtWork);
  if (atWork.some(({ state }) => state === 'asking')) return t('tray.asking');
  if (atWork.length > 0) return t('tray.working', { count: atWork.length });
  return updates > 0 ? t('tray.updates', { count: updates }) : t('tray.idle');
}

/** Whether something goes on that one would not want to end by closing the window: work, a question, a started program. */
export function isAtWork({ finishedAt, program }: JobSnapshot): boolean {
  return finishedAt === null || program?.isRunning === true;
}

function hasEnded(job: JobSnapshot, before: JobSnapshot | undefined, state: JobSnapshot['state']): boolean {
  return job.state === state && before !== undefined && before.state !== state;
}
