import { useEffect, useRef } from 'react';
import type { TrustedDomain, TrustRehearsal } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/Dialog.tsx';
import { Rehearsal } from '../../components/domain/Rehearsal.tsx';
import { groupsOfFour } from '../../components/domain/words.ts';
import { Skeleton, StatusMessage } from '../../components/Feedback.tsx';
import { Icon } from '../../components/Icon.tsx';
import { frame } from '../../components/frame.ts';
import { Row, Rows } from '../../components/Rows.tsx';
import { useTranslator } from '../../components/translation.tsx';
import type { TrustSubject } from '../../stores/trust-store.ts';
import styles from './PreferencesScreen.module.css';

type Subject = Pick<TrustSubject, 'domain' | 'key'>;

export interface TrustedKeysProps {
  readonly domains: readonly TrustedDomain[];
  /** The removal that is being thought about. */
  readonly asked: Subject | null;
  /** What it would mean; null until that is known. */
  readonly rehearsal: TrustRehearsal | null;
  /** What was removed last. */
  readonly removed: Subject | null;
  /** A removal is thought about; null: no more. */
  readonly onAsk: (subject: Subject | null) => void;
  readonly onRemove: (subject: Subject) => void;
  readonly onUndo: () => void;
}

/** Which keys may speak for which domain, and what it would mean if one did no more. */
export function TrustedKeys(props: TrustedKeysProps) {
  const { domains, asked, rehearsal, removed, onAsk, onRemove, onUndo } = props;
  const { t } = useTranslator();
  const undo = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The row that had the focus is gone; what undoes it is the next thing one may want.
    if (removed !== null) undo.current?.focus();
  }, [removed]);
  const nameOf = ({ key }: Subject): string => key.claimedIdentity ?? t('trust.no-identity');
  return (
    <>
      {removed !== null && (
        <StatusMessage
          tone="info"
          isAlert
          actions={
            <Button ref={undo} onPress={onUndo}>
              {t('preferences.keys-undo')}
            </Button>
          }
        >
          {t('preferences.keys-removed', { name: nameOf(removed), domain: removed.domain })}
        </StatusMessage>
      )}
      {domains.length === 0 && <p className={styles.description}>{t('preferences.keys-none')}</p>}
      {domains.length > 0 && (
        <ul className={styles.domains}>
          {domains.map(({ domain, keys }) => (
            <li key={domain} className={frame.group}>
              <h4 className={styles.domainName}>{domain}</h4>
              <Rows within="none">
                {keys.map((key) => {
                  const name = nameOf({ domain, key });
                  return (
                    <Row
                      key={key.fingerprint}
                      lead={<Icon name="key" size={14} className={styles.keyIcon ?? ''} />}
                      actions={
                        <Button
                          aria-label={t('preferences.keys-remove-name', { name, domain })}
                          onPress={() => onAsk({ domain, key })}
                        >
                          {t('preferences.keys-remove')}
                        </Button>
                      }
                    >
                      <span>{name}</span>
                      <code className={styles.fingerprint}>{groupsOfFour(key.fingerprint)}</code>
                    </Row>
                  );
                })}
              </Rows>
            </li>
          ))}
        </ul>
      )}
      <ConfirmDialog
        title={t('preferences.keys-remove-title', { domain: asked?.domain ?? '' })}
        action={t('preferences.keys-remove-action')}
        cancel={t('common.cancel')}
        isDanger
        isOpen={asked !== null}
        onClose={() => onAsk(null)}
        onConfirm={() => {
          if (asked !== null) onRemove(asked);
        }}
      >
        <p>{asked !== null && t('preferences.keys-remove-text', { name: nameOf(asked), domain: asked.domain })}</p>
        {rehearsal === null && <Skeleton shape="text" count={2} label={t('common.loading')} />}
        {rehearsal !== null && asked !== null && (
          <Rehearsal change="remove" domain={asked.domain} rehearsal={rehearsal} />
        )}
      </ConfirmDialog>
    </>
  );
}
