import { useState } from 'react';
import { describeError } from '../../../shared/i18n/describe-error.ts';
import type { AppList } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { StatusMessage } from '../../components/Feedback.tsx';
import { useTranslator } from '../../components/translation.tsx';
import styles from './AppsScreen.module.css';

export interface CatalogueProblemsProps {
  readonly sources: AppList['sources'];
  readonly onRetry: () => void;
}

/**
 * A button that says how many catalogues could not be refreshed, and behind it which and why. It comes into a line whose
 * room is reserved: a message that pushed the tiles down would put another one under the pointer.
 */
export function CatalogueProblems({ sources, onRetry }: CatalogueProblemsProps) {
  const intl = useTranslator();
  const { t } = intl;
  const [isOpen, setOpen] = useState(false);
  const failed = sources.flatMap(({ name, url, error }) => (error === null ? [] : [{ name, url, error }]));
  if (failed.length === 0) return null;
  const close = () => setOpen(false);
  return (
    <>
      <Button variant="quiet" icon="warning" className={styles.problems ?? ''} onPress={() => setOpen(true)}>
        {t('apps.sources-failed', { count: failed.length })}
      </Button>
      <Dialog
        title={t('apps.sources-failed', { count: failed.length })}
        icon="warning"
        tone="warn"
        isOpen={isOpen}
        onClose={close}
        actions={
          <>
            <Button onPress={close}>{t('common.close')}</Button>
            <Button
              variant="primary"
              onPress={() => {
                close();
                onRetry();
              }}
            >
              {t('common.retry')}
            </Button>
          </>
        }
      >
        {failed.map(({ name, url, error }) => (
          <StatusMessage key={url} tone="warn">
            {t('apps.source-failed', { name, reason: describeError(intl, error).sentence })}
          </StatusMessage>
        ))}
      </Dialog>
    </>
  );
}
