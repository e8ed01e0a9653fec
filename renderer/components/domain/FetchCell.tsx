import type { DownloadRow, FetchState } from '../../../shared/model/index.ts';
import { cx } from '../cx.ts';
import { Icon } from '../Icon.tsx';
import { useTranslator } from '../translation.tsx';
import styles from './FetchCell.module.css';
import { TransferProgress } from './WorkProgress.tsx';
import { fetchSentence, fetchWord, progressWords, shortProgressWords } from './words.ts';

export interface FetchCellProps {
  readonly name: string;
  readonly fetch: FetchState;
  readonly progress: DownloadRow['progress'] | null;
  /** There is little room: leave out amounts. */
  readonly isCompact?: boolean;
}

/** Where a component's files are, or how their download is getting on. */
export function FetchCell({ name, fetch, progress, isCompact = false }: FetchCellProps) {
  const intl = useTranslator();
  if (progress === null || progress.phase === 'cancelled') {
    const isHere = fetch.kind === 'cached' || fetch.kind === 'local' || fetch.kind === 'package';
    return (
      <span className={cx(styles.word, isHere && styles.here)} title={fetchSentence(intl, fetch)}>
        {isHere && <Icon name="check" size={12} />}
        {fetch.kind === 'download' && <Icon name="fetch" size={12} />}
        {fetchWord(intl, fetch)}
      </span>
    );
  }
  const words = progressWords(intl, progress);
  return (
    <div className={styles.live}>
      <TransferProgress name={name} progress={progress} />
      <span className={styles.words} title={words}>
        {isCompact ? shortProgressWords(intl, progress) : words}
      </span>
    </div>
  );
}
