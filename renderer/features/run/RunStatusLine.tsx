import { formatMilliseconds, formatSize } from '../../../shared/i18n/format.ts';
import type { SolveView } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { JobProgress } from '../../components/domain/WorkProgress.tsx';
import { jobWords, phaseWords } from '../../components/domain/words.ts';
import { StatusMessage } from '../../components/Feedback.tsx';
import { useTranslator } from '../../components/translation.tsx';
import styles from './RunScreen.module.css';
import type { RunStatus } from './selectors.ts';

export interface RunStatusLineProps {
  readonly status: RunStatus;
  readonly name: string;
  readonly solve: SolveView | null;
  readonly isOffline: boolean;
  readonly onRetry: () => void;
  readonly onRefresh: () => void;
  readonly onGoOnline: () => void;
}

/** One line that says how the program stands, with what can be done about it. */
export function RunStatusLine(props: RunStatusLineProps) {
  const { status, name, solve, isOffline, onRetry, onRefresh, onGoOnline } = props;
  const intl = useTranslator();
  const { t } = intl;
  switch (status.kind) {
    case 'loading':
      return null;
    case 'ready':
      return <StatusMessage tone="ok">{t('run.status-ready', { name })}</StatusMessage>;
    case 'unknown':
      return <StatusMessage tone="info">{t('run.status-unknown', { name })}</StatusMessage>;
    case 'needs-download':
      return (
        <StatusMessage tone="info">
          {t('run.status-needs-download', { name, size: formatSize(intl, status.bytes) })}
        </StatusMessage>
      );
    case 'unsolved':
      return (
        <StatusMessage
          tone="danger"
          isAlert
          details={(solve?.report ?? '').split('\n').filter((line) => line !== '')}
          detailsLabel={t('common.details')}
          actions={
            <>
              {isOffline && <Button onPress={onGoOnline}>{t('run.go-online')}</Button>}
              <Button onPress={onRefresh}>{t('run.refresh')}</Button>
            </>
          }
        >
          {t('run.status-unsolved', { name })}
        </StatusMessage>
      );
    case 'view-failed':
      return (
        <ProblemMessage
          error={status.error}
          isAlert
          actions={
            <>
              {isOffline && <Button onPress={onGoOnline}>{t('run.go-online')}</Button>}
              <Button onPress={onRefresh}>{t('run.refresh')}</Button>
            </>
          }
        />
      );
    case 'asking':
      return <StatusMessage tone="info">{t('run.status-asking')}</StatusMessage>;
    case 'working': {
      const { job } = status;
      const words = job.progress === null && !job.isPaused ? '' : jobWords(intl, job);
      const moving = job.downloads.filter((row) => row.progress.phase !== 'done').length;
      return (
        <div className={styles.working}>
          <div className={styles.workingWords}>
            <span>
              {job.phase === 'downloading' && moving > 0
                ? t('run.downloading', { count: moving })
                : phaseWords(intl, job)}
            </span>
            <span className={styles.numbers}>{words}</span>
          </div>
          <JobProgress size="m" name={name} job={job} />
        </div>
      );
    }
    case 'program':
      return (
        <StatusMessage tone="ok">
          {t('run.status-program', {
            name,
            pid: String(status.job.program?.pid ?? ''),
            time: formatMilliseconds(intl, status.job.program?.startMs ?? 0),
          })}
        </StatusMessage>
      );
    case 'ended': {
      const { exitCode, signal } = status.job.program ?? { exitCode: 0, signal: null };
      if (signal !== null) return <StatusMessage tone="info">{t('run.status-signal', { name, signal })}</StatusMessage>;
      if (exitCode === 0 || exitCode === null) {
        return <StatusMessage tone="ok">{t('run.status-ended', { name })}</StatusMessage>;
      }
      return <StatusMessage tone="warn">{t('run.status-exit', { name, code: exitCode })}</StatusMessage>;
    }
    case 'cancelled':
      return <StatusMessage tone="info">{t('run.status-cancelled', { name })}</StatusMessage>;
    case 'failed':
      return (
        <ProblemMessage
          isAlert
          error={status.job.error ?? { code: 'bug', params: { message: '' }, causes: [] }}
          actions={
            <>
              {isOffline && <Button onPress={onGoOnline}>{t('run.go-online')}</Button>}
              {status.job.kind === 'download' && <Button onPress={onRetry}>{t('common.retry')}</Button>}
            </>
          }
        />
      );
  }
}
