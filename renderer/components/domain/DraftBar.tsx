import type { ErrorData } from '../../../shared/errors/app-error.ts';
import type { TrialResult } from '../../../shared/model/index.ts';
import { Button } from '../Button.tsx';
import { useTranslator } from '../translation.tsx';
import styles from './DraftBar.module.css';
import { Outcome } from './Outcome.tsx';
import { ProblemMessage } from './ProblemMessage.tsx';

export interface DraftBarProps {
  /** How many changes are tried out. */
  readonly count: number;
  /** What they would do, once that is known. */
  readonly comparison: TrialResult | null;
  /** Some of them can only be remembered by an app, which the program is not. */
  readonly needsApp: boolean;
  readonly error: ErrorData | null;
  readonly onDiscard: () => void;
  readonly onApply: () => void;
}

/** While changes are only tried out: what they would do, and whether they shall be made. */
export function DraftBar({ count, comparison, needsApp, error, onDiscard, onApply }: DraftBarProps) {
  const { t } = useTranslator();
  return (
    <section className={styles.bar} aria-label={t('draft.label')}>
      <div className={styles.words} role="status">
        <p className={styles.title}>{t('draft.title', { count })}</p>
        {count === 0 && <p className={styles.hint}>{t('draft.hint')}</p>}
        {count > 0 && comparison !== null && <Outcome comparison={comparison} />}
        {count > 0 && comparison !== null && comparison.untrustedDomains.length > 0 && (
          <p className={styles.hint}>{t('draft.keys', { domains: comparison.untrustedDomains.join(', ') })}</p>
        )}
        {needsApp && <p className={styles.hint}>{t('draft.needs-app')}</p>}
        {count > 0 && error !== null && <ProblemMessage error={error} />}
      </div>
      <div className={styles.actions}>
        <Button onPress={onDiscard}>{t(count === 0 ? 'draft.stop' : 'draft.discard')}</Button>
        {count > 0 && (
          <Button variant="primary" isDisabled={needsApp} onPress={onApply}>
            {t('draft.apply')}
          </Button>
        )}
      </div>
    </section>
  );
}
