import type { DownloadRow, JobSnapshot } from '../../../shared/model/index.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { cx } from '../../components/cx.ts';
import { JobProgress, TransferProgress } from '../../components/domain/WorkProgress.tsx';
import { jobWords, progressWords } from '../../components/domain/words.ts';
import { Icon } from '../../components/Icon.tsx';
import { MenuButton, type MenuEntry } from '../../components/Menu.tsx';
import type { Direction } from '../../components/OrderedList.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useStores } from '../../stores/stores.tsx';
import styles from './DownloadsScreen.module.css';
import { JobIcon, JobTitle, useJobName } from './JobTitle.tsx';
import { canPause } from './selectors.ts';

export interface QueuedJobProps {
  readonly job: JobSnapshot;
  readonly canMove: Readonly<Record<Direction, boolean>>;
  readonly onMove: (direction: Direction) => void;
}

const directions = ['first', 'up', 'down', 'last'] as const;
const directionIcons = { first: 'first', up: 'ascending', down: 'descending', last: 'fetch' } as const;

/** Work in progress: what it is, how far it is, and what can be done about it. */
export function QueuedJob({ job, canMove, onMove }: QueuedJobProps) {
  const intl = useTranslator();
  const { t } = intl;
  const { jobs } = useStores();
  const name = useJobName(job);
  const words = jobWords(intl, job);
  const entries = directions.map((id): MenuEntry => ({
    id,
    label: t(`downloads.${id}`),
    icon: directionIcons[id],
    isDisabled: !canMove[id],
    ...(id === 'up' ? { shortcut: 'Alt+↑' } : id === 'down' ? { shortcut: 'Alt+↓' } : {}),
  }));
  return (
    <div className={styles.card} data-paused={job.isPaused}>
      <div className={styles.cardHead}>
        <JobIcon job={job} />
        <div className={styles.cardWords}>
          <JobTitle job={job} />
          <span className={styles.muted}>{words}</span>
        </div>
        <div className={styles.rowActions}>
          {canPause(job) && (
            <Button
              icon={job.isPaused ? 'play' : 'pause'}
              aria-label={t(job.isPaused ? 'downloads.resume-name' : 'downloads.pause-name', { name })}
              onPress={() => void (job.isPaused ? jobs.resume(job.id) : jobs.pause(job.id))}
            >
              {t(job.isPaused ? 'downloads.resume' : 'downloads.pause')}
            </Button>
          )}
          <Button icon="close" aria-label={t('run.cancel-name', { name })} onPress={() => void jobs.cancel(job.id)}>
            {t('common.cancel')}
          </Button>
          <MenuButton
            label={t('downloads.more', { name })}
            entries={entries}
            onChoose={(id) => onMove(id as Direction)}
          >
            <IconButton icon="more" label={t('downloads.more', { name })} />
          </MenuButton>
        </div>
      </div>
      <JobProgress size="m" name={name} job={job} />
      {job.downloads.length > 1 && (
        <ul className={styles.transfers} aria-label={t('downloads.transfers', { name })}>
          {job.downloads.map((row) => (
            <Transfer key={row.key} row={row} isPaused={job.isPaused} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Transfer({ row, isPaused }: { readonly row: DownloadRow; readonly isPaused: boolean }) {
  const intl = useTranslator();
  const words =
    isPaused && row.progress.phase === 'waiting' ? intl.t('progress.paused') : progressWords(intl, row.progress);
  // A job with one program has its name: the version tells them apart.
  const name = row.kind === 'implementation' ? `${row.title} ${row.detail}` : row.title;
  return (
    <li className={styles.transfer}>
      <Icon name={row.kind === 'feed' ? 'feed' : 'package'} size={14} className={cx(styles.transferIcon)} />
      <span className={styles.transferTitle} title={`${row.title} · ${row.detail}`}>
        {name}
      </span>
      <TransferProgress name={name} progress={row.progress} isPaused={isPaused} className={cx(styles.transferBar)} />
      <span className={styles.transferWords} title={words}>
        {words}
      </span>
    </li>
  );
}
