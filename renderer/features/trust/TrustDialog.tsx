import { useState } from 'react';
import type { TrustQuestion, TrustRehearsal } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { Checkbox } from '../../components/Choice.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Rehearsal } from '../../components/domain/Rehearsal.tsx';
import { groupsOfFour } from '../../components/domain/words.ts';
import { StatusMessage } from '../../components/Feedback.tsx';
import { Icon } from '../../components/Icon.tsx';
import { strong, useTranslator } from '../../components/translation.tsx';
import { hasGoodHint, startingChoice, unknownKeys } from './selectors.ts';
import { SignerChange } from './SignerChange.tsx';
import styles from './TrustDialog.module.css';

export interface TrustDialogProps {
  readonly question: TrustQuestion;
  /** Name of the program that is waiting. */
  readonly title: string;
  /** What trusting a key is about; null until it is known. */
  readonly rehearsal: TrustRehearsal | null;
  /** Fingerprints to trust; none refuses the feed. */
  readonly onAnswer: (trust: readonly string[]) => void;
}

/** Asks whether a key may speak for a domain. Says what is known of it, and makes the unknown cost a second thought. */
export function TrustDialog({ question, title, rehearsal, onAnswer }: TrustDialogProps) {
  const { t, rich } = useTranslator();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => startingChoice(question));
  const [isConfirming, setConfirming] = useState(false);
  const unknown = unknownKeys(question, chosen);
  const hasNewSigner = question.previousSigners.length > 0;
  // Who signed it until now is named there.
  const otherKeys = question.approvedKeys.filter(
    (key) => !question.previousSigners.some(({ fingerprint }) => fingerprint === key.fingerprint),
  );
  const isSafe = !hasNewSigner && question.keys.length > 0 && question.keys.every(hasGoodHint);
  const refuse = () => onAnswer([]);
  const accept = () => {
    if (unknown.length > 0 && !isConfirming) setConfirming(true);
    else onAnswer([...chosen]);
  };

  if (isConfirming) {
    return (
      <Dialog
        key="confirm"
        role="alertdialog"
        title={t('trust.confirm-title')}
        icon="shield-alert"
        tone="warn"
        isOpen
        onClose={refuse}
        width="l"
        actions={
          <>
            <Button autoFocus onPress={refuse}>
              {t('trust.refuse')}
            </Button>
            <Button variant="danger" onPress={accept}>
              {t('trust.confirm-action', { count: unknown.length })}
            </Button>
          </>
        }
      >
        <p>{rich('trust.confirm-text', { domain: question.domain, count: unknown.length, b: strong })}</p>
        <ul className={styles.keys}>
          {unknown.map((key) => (
            <li key={key.fingerprint}>
              <code className={styles.fingerprint}>{groupsOfFour(key.fingerprint)}</code>
            </li>
          ))}
        </ul>
      </Dialog>
    );
  }

  return (
    <Dialog
      key="ask"
      title={t('trust.title')}
      icon={hasNewSigner ? 'shield-alert' : isSafe ? 'shield-ok' : 'shield-unknown'}
      tone={hasNewSigner ? 'danger' : isSafe ? 'normal' : 'warn'}
      isOpen
      onClose={refuse}
      width="l"
      actions={
        <>
          <Button autoFocus={!isSafe} onPress={refuse}>
            {t('trust.refuse')}
          </Button>
          <Button
            variant={isSafe ? 'primary' : 'secondary'}
            autoFocus={isSafe}
            isDisabled={chosen.size === 0}
            onPress={accept}
          >
            {t('trust.accept', { count: Math.max(1, question.keys.length) })}
          </Button>
        </>
      }
    >
      <p>
        {rich('trust.intro', {
          title,
          domain: question.domain,
          count: question.keys.length,
          b: strong,
        })}
      </p>
      <p className={styles.feed}>{t('trust.feed', { feed: question.feed })}</p>
      {hasNewSigner && <SignerChange question={question} />}
      {otherKeys.length > 0 && (
        <StatusMessage tone="warn">
          {t('trust.other-keys', { domain: question.domain })}
          <ul className={styles.approved}>
            {otherKeys.map((key) => (
              <li key={key.fingerprint}>
                {key.claimedIdentity ?? t('trust.no-identity')}
                <code className={styles.fingerprint}>{groupsOfFour(key.fingerprint)}</code>
              </li>
            ))}
          </ul>
        </StatusMessage>
      )}
      <ul className={styles.keys}>
        {question.keys.map((key) => (
          <KeyCard
            key={key.fingerprint}
            info={key}
            isOnly={question.keys.length === 1}
            isChosen={chosen.has(key.fingerprint)}
            onChoose={(isChosen) => {
              const next = new Set(chosen);
              if (isChosen) next.add(key.fingerprint);
              else next.delete(key.fingerprint);
              setChosen(next);
            }}
          />
        ))}
      </ul>
      {rehearsal !== null && <Rehearsal change="add" domain={question.domain} rehearsal={rehearsal} />}
      <p className={styles.footnote}>{t('trust.meaning', { domain: question.domain })}</p>
    </Dialog>
  );
}

interface KeyCardProps {
  readonly info: TrustQuestion['keys'][number];
  readonly isOnly: boolean;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
}

function KeyCard({ info, isOnly, isChosen, onChoose }: KeyCardProps) {
  const { t, list } = useTranslator();
  return (
    <li className={styles.card}>
      <dl className={styles.facts}>
        <div>
          <dt>{t('trust.fingerprint')}</dt>
          <dd>
            <code className={styles.fingerprint}>{groupsOfFour(info.fingerprint)}</code>
          </dd>
        </div>
        <div>
          <dt>{t('trust.identity')}</dt>
          <dd>
            {info.claimedIdentity ?? t('trust.no-identity')}
            {info.claimedIdentity !== null && <span className={styles.muted}>{t('trust.identity-unproven')}</span>}
          </dd>
        </div>
        <div>
          <dt>{t('trust.hints')}</dt>
          <dd>
            <ul className={styles.hints}>
              {info.hints.map((hint) => (
                <li key={hint.text} className={styles.hint} data-vote={hint.vote}>
                  <Icon name={hint.vote === 'good' ? 'ok' : 'warning'} size={14} />
                  <span>{hint.text}</span>
                </li>
              ))}
              {info.hints.length === 0 && (
                <li className={styles.hint} data-vote="bad">
                  <Icon name="warning" size={14} />
                  <span>{t('trust.no-hints')}</span>
                </li>
              )}
              {info.warnings.map((warning) => (
                <li key={warning} className={styles.hint} data-vote="bad">
                  <Icon name="warning" size={14} />
                  <span>{t('trust.warning', { warning })}</span>
                </li>
              ))}
            </ul>
          </dd>
        </div>
        {info.trustedDomains.length > 0 && (
          <div>
            <dt>{t('trust.domains')}</dt>
            <dd>{list(info.trustedDomains)}</dd>
          </div>
        )}
      </dl>
      {!isOnly && (
        <Checkbox isChecked={isChosen} onChange={onChoose}>
          {t('trust.choose')}
        </Checkbox>
      )}
    </li>
  );
}
