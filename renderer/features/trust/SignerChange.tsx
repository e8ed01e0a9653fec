import type { KeyName, TrustQuestion } from '../../../shared/model/index.ts';
import { groupsOfFour } from '../../components/domain/words.ts';
import { StatusMessage } from '../../components/Feedback.tsx';
import { useTranslator } from '../../components/translation.tsx';
import styles from './TrustDialog.module.css';

/** Says in red, and in words, that somebody else signs the feed now: who did until now, and who does. */
export function SignerChange({ question }: { readonly question: TrustQuestion }) {
  const { t } = useTranslator();
  return (
    <StatusMessage tone="danger">
      <strong className={styles.changed}>{t('trust.changed')}</strong>
      <p>{t('trust.changed-text')}</p>
      <dl className={styles.facts}>
        <Signers word={t('trust.changed-before')} keys={question.previousSigners} />
        <Signers word={t('trust.changed-after')} keys={question.keys} />
      </dl>
    </StatusMessage>
  );
}

function Signers({ word, keys }: { readonly word: string; readonly keys: readonly KeyName[] }) {
  const { t } = useTranslator();
  return (
    <div>
      <dt>{word}</dt>
      <dd>
        {keys.map(({ fingerprint, claimedIdentity }) => (
          <div key={fingerprint}>
            {claimedIdentity ?? t('trust.no-identity')}
            <code className={styles.signer}>{groupsOfFour(fingerprint)}</code>
          </div>
        ))}
      </dd>
    </div>
  );
}
