import { describeExplanation } from '../../../shared/i18n/describe-explanation.ts';
import { formatSize } from '../../../shared/i18n/format.ts';
import type { Explanation, ImpactRow } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { stabilityWord } from '../../components/domain/words.ts';
import { Badge, Skeleton } from '../../components/Feedback.tsx';
import { useTranslator } from '../../components/translation.tsx';
import type { Loadable } from '../../stores/loadable.ts';
import { useImpact, useStores } from '../../stores/stores.tsx';
import styles from './ImpactDialog.module.css';

/** Programs that use a version in which a flaw was found: which, since when, and what to use instead. */
export function ImpactDialog() {
  const { t } = useTranslator();
  const { impact } = useStores();
  const { rows, isOpen, why, taken } = useImpact((state) => state);
  if (!isOpen || rows.length === 0) return null;
  return (
    <Dialog
      title={t('impact.title')}
      icon="warning"
      tone="warn"
      width="l"
      isOpen
      onClose={() => impact.setOpen(false)}
      actions={
        <Button autoFocus onPress={() => impact.setOpen(false)}>
          {t('common.close')}
        </Button>
      }
    >
      <ul className={styles.list}>
        {rows.map((row) => (
          <Row key={row.id} row={row} why={why[row.id]} isTaken={taken.has(row.id)} />
        ))}
      </ul>
    </Dialog>
  );
}

interface RowProps {
  readonly row: ImpactRow;
  readonly why: Loadable<Explanation> | undefined;
  readonly isTaken: boolean;
}

function Row({ row, why, isTaken }: RowProps) {
  const intl = useTranslator();
  const { t } = intl;
  const { impact } = useStores();
  const { program, component, version, before, now, replacement, withoutHold } = row;
  const isItself = program.interface === component.interface;
  const name = t('impact.row', { program: program.name, component: component.name, version });
  return (
    <li className={styles.row} aria-label={name}>
      <div className={styles.words}>
        <h3 className={styles.program}>{program.name}</h3>
        <p>
          {isItself ? t('impact.itself', { version }) : t('impact.library', { component: component.name, version })}{' '}
          <Badge tone={now === 'insecure' ? 'danger' : 'warn'}>
            {before === null
              ? t('impact.is', { now: stabilityWord(intl, now) })
              : t('impact.became', { before: stabilityWord(intl, before), now: stabilityWord(intl, now) })}
          </Badge>
        </p>
        <p className={styles.muted}>{replacementWords()}</p>
        {why?.status === 'loading' && <Skeleton shape="text" count={1} label={t('common.loading')} />}
        {why?.status === 'failed' && <ProblemMessage error={why.error} />}
        {why?.status === 'ready' && (
          <p role="status">{describeExplanation(intl, why.value, { name: component.name, version }).sentence}</p>
        )}
      </div>
      <div className={styles.actions}>
        {replacement !== null && (
          <Button
            variant="primary"
            isDisabled={isTaken}
            aria-label={t('impact.use-name', { program: program.name, version: replacement.version ?? '' })}
            onPress={() => void impact.take(row)}
          >
            {isTaken
              ? t('impact.taking')
              : replacement.version === null
                ? t('impact.use-without')
                : t('impact.use', { version: replacement.version })}
          </Button>
        )}
        {withoutHold !== null && (
          <Button
            variant="primary"
            aria-label={t('impact.release-name', { program: program.name })}
            onPress={() => void impact.release(row)}
          >
            {t('timeline.release')}
          </Button>
        )}
        <Button aria-label={t('impact.why-name', { name })} onPress={() => void impact.explain(row)}>
          {t('impact.why')}
        </Button>
        <Button aria-label={t('impact.dismiss-name', { name })} onPress={() => void impact.dismiss(row)}>
          {t('impact.dismiss')}
        </Button>
      </div>
    </li>
  );

  function replacementWords(): string {
    if (withoutHold !== null) {
      return t('impact.held', { words: wordsFor(withoutHold.version), program: program.name });
    }
    if (replacement === null) return t('impact.no-replacement');
    const { version: next, downloadBytes } = replacement;
    const words = wordsFor(next);
    if (downloadBytes === 0) return t('impact.here', { words });
    return t('impact.download', { words, size: formatSize(intl, downloadBytes) });
  }

  function wordsFor(next: string | null): string {
    return next === null ? t('impact.without') : t('impact.replacement', { component: component.name, version: next });
  }
}
