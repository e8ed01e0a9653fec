import { useState } from 'react';
import { Button } from '../components/Button.tsx';
import { EmptyState, LiveRegion } from '../components/Feedback.tsx';
import { useTranslator } from '../components/translation.tsx';
import { copyText } from './copy.ts';
import styles from './Shell.module.css';

export interface CrashScreenProps {
  /** The window is new, because the one before ended; else a part of this one failed. */
  readonly isReloaded: boolean;
  /** Makes the report; null when that cannot be done. */
  readonly makeReport: () => Promise<string | null>;
  /** What to copy if no report can be made. */
  readonly details: string;
  readonly onContinue: () => void;
}

/** Says that the window had a mistake, and offers a report of it. */
export function CrashScreen({ isReloaded, makeReport, details, onContinue }: CrashScreenProps) {
  const { t } = useTranslator();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => setCopied(await copyText((await makeReport()) ?? details));
  return (
    <main className={styles.crash}>
      <EmptyState
        level={1}
        icon="failed"
        title={t('crash.title')}
        action={
          <div className={styles.crashActions}>
            <Button icon={isCopied ? 'check' : 'copy'} onPress={() => void copy()}>
              {isCopied ? t('crash.copied') : t('report.copy')}
            </Button>
            <Button variant="primary" autoFocus onPress={onContinue}>
              {isReloaded ? t('crash.continue') : t('crash.reload')}
            </Button>
          </div>
        }
      >
        {isReloaded ? t('crash.text-reloaded') : t('crash.text')} {t('report.private')}
      </EmptyState>
      <LiveRegion text={isCopied ? t('crash.copied') : ''} />
    </main>
  );
}
