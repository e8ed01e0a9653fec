import { describeChanges } from '../../../shared/i18n/describe-explanation.ts';
import { formatSize } from '../../../shared/i18n/format.ts';
import type { Comparison } from '../../../shared/model/index.ts';
import { Icon } from '../Icon.tsx';
import { useTranslator } from '../translation.tsx';
import styles from './Outcome.module.css';

/** What changes would do: which components, how much to download, and whether there is a solution. */
export function Outcome({ comparison }: { readonly comparison: Comparison }) {
  const intl = useTranslator();
  const { t } = intl;
  const { before, after, changes, fetchBytes, missingFeeds } = comparison;
  const isSame = changes.length === 0 && before.status === after.status;
  return (
    <div className={styles.outcome}>
      <p className={styles.headline} data-tone={after.status === 'solved' ? 'ok' : 'danger'}>
        <Icon name={after.status === 'solved' ? 'ok' : 'failed'} />
        <span>{t(headline(comparison, isSame))}</span>
      </p>
      {changes.length > 0 && (
        <ul className={styles.changes}>
          {describeChanges(intl, changes).map((line, index) => (
            <li key={index}>{line}</li>
          ))}
        </ul>
      )}
      {after.status === 'solved' && fetchBytes.after > 0 && (
        <p className={styles.note}>{t('outcome.download', { size: formatSize(intl, fetchBytes.after) })}</p>
      )}
      {missingFeeds.length > 0 && <p className={styles.note}>{t('outcome.feeds', { count: missingFeeds.length })}</p>}
    </div>
  );
}

function headline({ before, after }: Comparison, isSame: boolean) {
  if (after.status !== 'solved') return before.status === 'solved' ? 'outcome.breaks' : 'outcome.still-unsolved';
  if (before.status !== 'solved') return 'outcome.solves';
  return isSame ? 'outcome.same' : 'outcome.changes';
}
