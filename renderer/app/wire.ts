import { describeError } from '../../shared/i18n/describe-error.ts';
import { noteWords } from '../../shared/i18n/describe-sharing.ts';
import { formatSize } from '../../shared/i18n/format.ts';
import type { Translator } from '../../shared/i18n/translator.ts';
import type { JobSnapshot } from '../../shared/model/index.ts';
import type { Client } from '../api/client.ts';
import type { Notices } from '../components/Toasts.tsx';
import { isActive } from '../stores/jobs-store.ts';
import type { Stores } from '../stores/stores.tsx';
import type { DoneAct } from '../stores/undo-store.ts';
import { actWords } from './act-words.ts';

export interface WireOptions {
  readonly client: Client;
  readonly stores: Stores;
  readonly translator: Translator;
  readonly notices: Notices;
}

/** Makes the stores follow the main process, and says aloud what changes. @returns its undo */
export function wire({ client, stores, translator, notices }: WireOptions): () => void {
  const { apps, impact, jobs, solve, cache, places, settings, sharing, timeline, trust, undo, updates, view } = stores;
  /** Notices that offer a way back, which go away when it was taken otherwise. */
  const offers = new Map<DoneAct, () => void>();
  let seconds: ReturnType<typeof setInterval> | undefined;
  const stops = [
    client.on('state.changed', ({ what }) => {
      if (what === 'apps') {
        void apps.refresh();
        if (view.store.getState().place.page === 'preferences') void places.refresh();
      } else if (what === 'solve') void solve.reload();
      else if (what === 'cache') {
        void cache.refresh();
        // Looking at it asks the helper, so only while somebody sees it.
        if (view.store.getState().place.page === 'sharing') void sharing.refresh();
      } else if (what === 'settings') void settings.refresh();
      else if (what === 'timeline') {
        void timeline.refresh();
        void updates.refresh();
      } else if (what === 'impact') void impact.refresh();
      else void trust.refresh();
    }),
    client.on('sharing.private', (why) => {
      notices.show({ tone: 'info', text: translator.t('sharing.note', { reason: noteWords(translator, why) }) });
    }),
    jobs.store.subscribe(({ jobs: now }, { jobs: before }) => {
      if (now.some(isActive)) noteRates();
      const old = new Map(before.map((job) => [job.id, job]));
      for (const job of now) {
        const previous = old.get(job.id);
        if (previous !== job) onJob(job, previous);
      }
    }),
    undo.store.subscribe(({ done }) => {
      onDone(done);
    }),
    jobs.start(),
  ];
  /** Once a second while something is going on, and until it is out of the graph; an idle window has no clock. */
  function noteRates(): void {
    seconds ??= setInterval(() => {
      jobs.noteRate();
      const { jobs: now, rates } = jobs.store.getState();
      if (rates.length > 0 || now.some(isActive)) return;
      clearInterval(seconds);
      seconds = undefined;
    }, 1000);
  }

  function onDone(done: readonly DoneAct[]): void {
    for (const [entry, close] of offers) {
      if (done.includes(entry)) continue;
      offers.delete(entry);
      close();
    }
    for (const entry of done) {
      if (offers.has(entry)) continue;
      const take = async (): Promise<void> => {
        if ((await undo.take(entry.undo)) !== null) view.announce(translator.t('undo.undone'));
      };
      const action = { label: translator.t('undo.action'), onPress: () => void take() };
      offers.set(entry, notices.show({ tone: 'ok', text: actWords(translator, entry.act), action }));
    }
  }

  function onJob(job: JobSnapshot, previous: JobSnapshot | undefined): void {
    const words = announcementFor(translator, job, previous);
    if (words !== null) view.announce(words);
    const hasEnded = previous !== undefined && isActive(previous) && !isActive(job);
    if (!hasEnded) return;
    if (job.state !== 'done') impact.noteEnded();
    if (job.interface !== null && job.interface === solve.store.getState().root) void solve.reload();
    if (isFreeing(job) && job.state === 'done') {
      notices.show({
        tone: 'ok',
        text: translator.t('storage.freed', { size: formatSize(translator, job.bytes ?? 0) }),
      });
    }
    if (job.kind === 'cache-verify' && job.state === 'done') {
      notices.show({ tone: 'ok', text: translator.t('storage.verified') });
    }
    if (job.kind === 'profile-export' && job.state === 'done') {
      notices.show({ tone: 'ok', text: translator.t('profile.exported', { name: job.title }) });
    }
    if (job.kind === 'cache-repair' && job.state === 'done') {
      notices.show({ tone: 'ok', text: translator.t('storage.repaired', { count: job.damaged.length }) });
    }
    if (job.kind === 'cache-share' && job.state === 'done') {
      notices.show({ tone: 'ok', text: translator.t('sharing.moved') });
    }
    const { place } = view.store.getState();
    const isInView = place.page === 'run' ? place.interface === job.interface : place.page === 'downloads';
    if (job.state === 'failed' && job.error !== null && !isInView && !job.kind.startsWith('cache')) {
      notices.show({ tone: 'danger', text: describeError(translator, job.error).sentence });
    }
    if (job.kind === 'download' && job.state === 'done' && !isInView) {
      notices.show({ tone: 'ok', text: translator.t('announce.downloaded', { name: job.title }) });
    }
  }

  void settings.refresh();
  // The programs first: asked for at the same time, the rest would keep them waiting.
  void apps.refresh().then(() => {
    void timeline.refresh();
    void updates.refresh();
    void cache.refresh();
    void impact.refresh();
  });
  return () => {
    clearInterval(seconds);
    for (const stop of stops) stop();
  };
}

/**
 * What is said aloud of a job: a step once, never each percent.
 *
 * @returns null when nothing of note changed
 */
export function announcementFor(intl: Translator, job: JobSnapshot, previous: JobSnapshot | undefined): string | null {
  const { t } = intl;
  const name = job.title;
  if (previous?.state === job.state && previous.phase === job.phase) return null;
  // Nobody has asked for it.
  if (job.kind === 'feed-refresh' || (job.kind === 'app-update' && job.interface === null)) return null;
  if (job.state === 'failed') return job.error === null ? null : describeError(intl, job.error).sentence;
  if (job.state === 'cancelled') return t('announce.cancelled', { name });
  if (job.state === 'asking') return t('announce.asking', { name });
  if (job.state === 'done') {
    if (isFreeing(job)) return t('storage.freed', { size: formatSize(intl, job.bytes ?? 0) });
    if (job.kind === 'cache-verify') return t('storage.verified');
    if (job.kind === 'cache-repair') return t('storage.repaired', { count: job.damaged.length });
    if (job.kind === 'cache-share') return t('sharing.moved');
    if (job.kind === 'download') return t('announce.downloaded', { name });
    if (job.kind === 'select') return t('announce.selected', { name });
    return t('announce.ended', { name });
  }
  if (job.phase === 'selecting') return t('announce.selecting', { name });
  if (job.phase === 'downloading') return t('announce.downloading', { name });
  if (job.phase === 'running') return t('announce.running', { name });
  return null;
}

function isFreeing({ kind }: JobSnapshot): boolean {
  return kind === 'cache-delete' || kind === 'cache-clean-up';
}
