import { useState } from 'react';
import { describeChanges, describeExplanation } from '../../../shared/i18n/describe-explanation.ts';
import type { Comparison, Draft, Explanation, VersionRow } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Outcome } from '../../components/domain/Outcome.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { Skeleton, StatusMessage } from '../../components/Feedback.tsx';
import { useTranslator } from '../../components/translation.tsx';
import type { Loadable } from '../../stores/loadable.ts';
import type { ComponentRef } from '../../stores/solve-store.ts';
import { useStores } from '../../stores/stores.tsx';
import { useAnswer } from '../../stores/use-answer.ts';
import styles from './WhyDialog.module.css';

export interface WhyDialogProps {
  readonly component: ComponentRef;
  /** Of the component. */
  readonly name: string;
  readonly row: VersionRow;
  readonly onClose: () => void;
}

/** Why a version is used or not, and what would happen if it were. */
export function WhyDialog({ component, name, row, onClose }: WhyDialogProps) {
  const intl = useTranslator();
  const { t } = intl;
  const { solve } = useStores();
  const [preview, setPreview] = useState<Loadable<Comparison> | null>(null);
  const { root, interface: uri, isSource } = component;
  const { fromFeed, id } = row;
  const explanation = useAnswer<Explanation>(
    () => solve.explain({ root, interface: uri, isSource }, { fromFeed, id }),
    [solve, root, uri, isSource, fromFeed, id],
  );

  const draft: Draft = { ratings: { [fromFeed]: { [id]: 'preferred' } } };
  const isUsed = explanation.status === 'ready' && explanation.value.kind === 'selected';
  const helps =
    preview?.status === 'ready' &&
    preview.value.after.status === 'solved' &&
    preview.value.changes.some(({ to }) => to?.id === id && to.fromFeed === fromFeed);
  return (
    <Dialog
      title={t('why.title', { name, version: row.version })}
      icon="info"
      width="l"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button autoFocus onPress={onClose}>
            {t('common.close')}
          </Button>
          {explanation.status === 'ready' && !isUsed && preview === null && (
            <Button onPress={() => void solve.compare(root, draft).then(setPreview)}>{t('why.preview')}</Button>
          )}
          {helps && (
            <Button
              variant="primary"
              onPress={() => {
                onClose();
                void solve.apply(root, draft);
              }}
            >
              {t('why.prefer', { version: row.version })}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.body} aria-live="polite">
        {explanation.status === 'loading' && <Skeleton shape="text" count={2} label={t('common.loading')} />}
        {explanation.status === 'failed' && <ProblemMessage error={explanation.error} isAlert />}
        {explanation.status === 'ready' && <Reason explanation={explanation.value} name={name} version={row.version} />}
        {preview !== null && (
          <section className={styles.preview} aria-label={t('why.preview-title', { version: row.version })}>
            <h3 className={styles.title}>{t('why.preview-title', { version: row.version })}</h3>
            {preview.status === 'failed' && <ProblemMessage error={preview.error} isAlert />}
            {preview.status === 'ready' && <Outcome comparison={preview.value} />}
            {preview.status === 'ready' && !helps && (
              <StatusMessage tone="warn">{t('why.does-not-help', { version: row.version })}</StatusMessage>
            )}
          </section>
        )}
      </div>
    </Dialog>
  );
}

function Reason({
  explanation,
  name,
  version,
}: {
  readonly explanation: Explanation;
  readonly name: string;
  readonly version: string;
}) {
  const intl = useTranslator();
  const { t } = intl;
  const { sentence, changes, report } = describeExplanation(intl, explanation, { name, version });
  const lines = changes === null ? [] : describeChanges(intl, changes);
  return (
    <>
      <StatusMessage
        tone={explanation.kind === 'selected' ? 'ok' : 'info'}
        details={report?.split('\n') ?? []}
        detailsLabel={t('common.details')}
      >
        {sentence}
      </StatusMessage>
      {lines.length > 0 && (
        <>
          <h3 className={styles.title}>{t('why.changes')}</h3>
          <ul className={styles.changes}>
            {lines.map((line, index) => (
              <li key={index}>{line}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
