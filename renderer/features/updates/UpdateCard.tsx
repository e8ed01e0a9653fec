import { formatSize } from '../../../shared/i18n/format.ts';
import type { ComponentNews, UpdateRow } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { Checkbox } from '../../components/Choice.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { JobProgress } from '../../components/domain/WorkProgress.tsx';
import { changeWords, jobWords } from '../../components/domain/words.ts';
import { Skeleton } from '../../components/Feedback.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { isActive } from '../../stores/jobs-store.ts';
import { useJobs, useStores, useUpdates } from '../../stores/stores.tsx';
import styles from './UpdatesScreen.module.css';

/** An app that has an update: what it is, what it brings, and how far it is. */
export function UpdateCard({ row }: { readonly row: UpdateRow }) {
  const intl = useTranslator();
  const { t } = intl;
  const { jobs: jobStore, updates } = useStores();
  const { app, version, changes, downloadBytes } = row;
  const isSpared = useUpdates((state) => state.spared.has(app.name));
  const news = useUpdates((state) => state.news.get(app.name));
  const job = useJobs(({ jobs }) =>
    jobs.findLast(
      (each) => each.interface === app.interface && (each.kind === 'app-update' || each.kind === 'download'),
    ),
  );
  const isWorking = job !== undefined && isActive(job);
  const words =
    version === app.version
      ? t('updates.libraries', { version })
      : t('updates.version', { from: app.version, to: version });
  const size = downloadBytes === 0 ? t('updates.here') : formatSize(intl, downloadBytes);
  const name = app.title;
  return (
    <li className={styles.card} aria-label={name}>
      <div className={styles.head}>
        <Checkbox
          isChecked={!isSpared}
          isDisabled={isWorking}
          onChange={(isWanted) => updates.spare(app.name, !isWanted)}
          description={t('updates.detail', { words, size })}
        >
          <strong>{name}</strong>
        </Checkbox>
        <div className={styles.actions}>
          {isWorking ? (
            <Button icon="close" onPress={() => void jobStore.cancel(job.id)}>
              {t('common.cancel')}
            </Button>
          ) : (
            <Button aria-label={t('updates.skip-name', { name })} onPress={() => void updates.skip(app.name)}>
              {t('updates.skip')}
            </Button>
          )}
          <Button
            icon={news === undefined ? 'expand' : 'open'}
            aria-expanded={news !== undefined}
            aria-label={t('updates.news-name', { name })}
            onPress={() => (news === undefined ? void updates.showNews(app.name) : updates.hideNews(app.name))}
          >
            {t('updates.news')}
          </Button>
        </div>
      </div>
      {isWorking && (
        <div className={styles.progress}>
          <span className={styles.muted}>{jobWords(intl, job)}</span>
          <JobProgress name={name} job={job} />
        </div>
      )}
      {job?.state === 'failed' && job.error !== null && <ProblemMessage error={job.error} />}
      {news?.status === 'loading' && <Skeleton shape="text" count={2} label={t('common.loading')} />}
      {news?.status === 'failed' && <ProblemMessage error={news.error} />}
      {news?.status === 'ready' && (
        <div className={styles.news}>
          {!news.value.isHere && (
            <div className={styles.fetch}>
              <span className={styles.muted}>{t('updates.not-here')}</span>
              <Button icon="download" isDisabled={isWorking} onPress={() => void updates.fetch(app.name)}>
                {t('updates.fetch')}
              </Button>
            </div>
          )}
          {news.value.components.map((component, index) => {
            const change = changes[index];
            return (
              <section key={component.name} className={styles.component}>
                <h2 className={styles.componentTitle}>
                  {change === undefined ? component.name : changeWords(intl, change)}
                </h2>
                <News component={component} />
              </section>
            );
          })}
        </div>
      )}
    </li>
  );
}

function News({ component: { notes, files } }: { readonly component: ComponentNews }) {
  const intl = useTranslator();
  const { t } = intl;
  return (
    <>
      {notes !== null && (
        <>
          <span className={styles.muted}>{t('updates.notes', { file: notes.file })}</span>
          <pre className={styles.notes} tabIndex={0}>
            {notes.text}
          </pre>
        </>
      )}
      {files !== null && (
        <p>
          {t('updates.files', {
            added: files.added,
            removed: files.removed,
            changed: files.changed,
            before: formatSize(intl, files.bytesBefore),
            after: formatSize(intl, files.bytesAfter),
          })}
        </p>
      )}
      {files !== null && files.runnable.length > 0 && (
        <p>{t('updates.runnable', { files: intl.list([...files.runnable]) })}</p>
      )}
    </>
  );
}
