import { useState } from 'react';
import type { FileDiff, VersionList, VersionRow } from '../../../shared/model/index.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { Skeleton, StatusMessage } from '../../components/Feedback.tsx';
import { Select } from '../../components/Select.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useStores } from '../../stores/stores.tsx';
import { useAnswer } from '../../stores/use-answer.ts';
import styles from './CompareFilesDialog.module.css';
import { hasFiles, pairFor, type Pair } from './file-changes.ts';
import { FileChanges } from './FileChanges.tsx';
import { keyOfVersion } from './selectors.ts';

export interface CompareFilesDialogProps {
  readonly list: VersionList;
  /** The version that was asked about. */
  readonly first: VersionRow;
  readonly onClose: () => void;
}

/** In which files two versions differ; both must be on this computer. */
export function CompareFilesDialog({ list, first, onClose }: CompareFilesDialogProps) {
  const { t } = useTranslator();
  const [pair, setPair] = useState<Pair>(() => pairFor(list, first));
  const find = (key: string) => list.rows.find((row) => keyOfVersion(row) === key);
  const options = list.rows.map((row) => ({
    id: keyOfVersion(row),
    label: t(hasFiles(row) ? 'files.version' : 'files.version-missing', {
      version: row.version,
      arch: row.arch ?? 'any',
    }),
  }));
  const [before, after] = [find(pair.before), find(pair.after)];
  return (
    <Dialog
      title={t('files.title', { name: list.name })}
      icon="compare"
      width="xl"
      isOpen
      onClose={onClose}
      actions={
        <Button autoFocus onPress={onClose}>
          {t('common.close')}
        </Button>
      }
    >
      <div className={styles.versions}>
        <Select
          label={t('files.before')}
          value={pair.before}
          options={options}
          onChange={(next) => setPair({ ...pair, before: next })}
          className={styles.version ?? ''}
        />
        <IconButton
          icon="swap"
          label={t('files.swap')}
          onPress={() => setPair({ before: pair.after, after: pair.before })}
        />
        <Select
          label={t('files.after')}
          value={pair.after}
          options={options}
          onChange={(next) => setPair({ ...pair, after: next })}
          className={styles.version ?? ''}
        />
      </div>
      <div className={styles.result}>
        {before !== undefined && after !== undefined && <Comparison name={list.name} before={before} after={after} />}
      </div>
    </Dialog>
  );
}

interface ComparisonProps {
  readonly name: string;
  readonly before: VersionRow;
  readonly after: VersionRow;
}

function Comparison({ name, before, after }: ComparisonProps) {
  const intl = useTranslator();
  const { t } = intl;
  const missing = [...new Set([before, after])].filter((row) => !hasFiles(row)).map(({ version }) => version);
  const isSame = keyOfVersion(before) === keyOfVersion(after);
  if (missing.length > 0) {
    const values = { name, versions: intl.list(missing), count: missing.length };
    return <StatusMessage tone="warn">{t('files.missing', values)}</StatusMessage>;
  }
  if (isSame) return <StatusMessage tone="info">{t('files.choose-two')}</StatusMessage>;
  return <StoredComparison key={`${keyOfVersion(before)}\n\n${keyOfVersion(after)}`} before={before} after={after} />;
}

/** Made anew for each pair, so that an answer for another one is never in view. */
function StoredComparison({ before, after }: Omit<ComparisonProps, 'name'>) {
  const { t } = useTranslator();
  const { solve } = useStores();
  const [attempt, setAttempt] = useState(0);
  const { fromFeed, id } = before;
  const { fromFeed: otherFeed, id: otherId } = after;
  const diff = useAnswer<FileDiff>(
    () => solve.compareFiles({ fromFeed, id }, { fromFeed: otherFeed, id: otherId }),
    [solve, attempt, fromFeed, id, otherFeed, otherId],
  );
  if (diff.status === 'loading') return <Skeleton shape="rows" count={8} label={t('common.loading')} />;
  if (diff.status === 'failed') {
    return (
      <ProblemMessage
        error={diff.error}
        isAlert
        actions={
          <Button
            onPress={() => {
              setAttempt(attempt + 1);
            }}
          >
            {t('common.retry')}
          </Button>
        }
      />
    );
  }
  return <FileChanges diff={diff.value} />;
}
