import { Notification } from 'electron';
import type { Translator } from '../../shared/i18n/translator.ts';
import type { JobSnapshot, Settings } from '../../shared/model/index.ts';
import type { Desk } from '../desk.ts';
import type { LogPort } from '../core/ports/log.ts';
import { isAtWork, noticeOfFlaws, noticeOfJob, noticeOfUpdates, trayWords, type Notice } from './attention.ts';
import type { TrayIcon } from './tray.ts';

interface Options {
  readonly desk: Desk;
  readonly tray: TrayIcon;
  readonly log: Pick<LogPort, 'warn'>;
  /** Whether the person looks at the window. */
  readonly isInView: () => boolean;
  /** Shows the window, at one of its pages. */
  readonly onOpen: (page: string | null) => void;
}

/** What is told of the work outside of the window. */
export interface Background {
  /** Takes the settings and the language as they are now. */
  readonly apply: (settings: Settings, texts: Translator) => void;
  /** Whether closing the window hides it: there is work, and an icon that brings it back. */
  readonly keepsWindow: () => boolean;
}

/** Follows the work for those who do not look at the window: by notifications, and by the icon in the tray. */
export function createBackground({ desk, tray, log, isInView, onOpen }: Options): Background {
  let settings: Settings | null = null;
  let texts: Translator | null = null;
  let updates: number | null = null;
  let flaws: number | null = null;
  const known = new Map<string, JobSnapshot>();
  // The system forgets a notification that nobody keeps, and with it what a click on it means.
  const shown = new Set<Notification>();

  const tell = (notice: Notice | null): void => {
    if (notice === null || settings?.notifies !== true || isInView() || !Notification.isSupported()) return;
    const notification = new Notification({ title: notice.title, body: notice.body });
    shown.add(notification);
    const forget = (): void => {
      shown.delete(notification);
    };
    notification.on('click', () => {
      forget();
      onOpen(notice.page);
    });
    notification.on('close', forget);
    notification.on('failed', forget);
    notification.show();
  };
  const label = (): void => {
    if (texts !== null) tray.say(trayWords(texts, desk.jobs.list(), updates ?? 0), texts);
  };
  const countUpdates = async (): Promise<void> => {
    if (settings?.showsTray !== true && settings?.notifies !== true) return;
    const { rows } = await desk.updates.list();
    const count = rows.filter(({ changes, error }) => error === null && changes.length > 0).length;
    if (texts !== null) tell(noticeOfUpdates(texts, count, updates));
    updates = count;
    label();
  };

  const countFlaws = async (): Promise<void> => {
    if (settings?.notifies !== true) return;
    const { length } = await desk.impact.list();
    if (texts !== null) tell(noticeOfFlaws(texts, length, flaws));
    flaws = length;
  };
  const report = (error: unknown): void => {
    log.warn('what is new was not counted', { reason: String(error) });
  };

  desk.jobs.onChanged((job) => {
    if (texts !== null) tell(noticeOfJob(texts, { job, before: known.get(job.id), nowMs: Date.now() }));
    if (isAtWork(job)) known.set(job.id, job);
    else known.delete(job.id);
    label();
  });
  desk.onChanged((what) => {
    // The list of updates follows what apps remember and what feeds say.
    if (what === 'timeline') countUpdates().catch(report);
    if (what === 'impact') countFlaws().catch(report);
  });
  return {
    apply(next, nextTexts) {
      const isFirst = settings === null;
      settings = next;
      texts = nextTexts;
      tray.setShown(next.showsTray);
      label();
      if (isFirst || updates === null) countUpdates().catch(report);
      if (isFirst || flaws === null) countFlaws().catch(report);
    },
    keepsWindow: () => settings?.showsTray === true && tray.isReachable() && desk.jobs.list().some(isAtWork),
  };
}
