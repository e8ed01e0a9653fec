import { useState } from 'react';
import type { TrustedDomain } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/Dialog.tsx';
import { groupsOfFour } from '../../components/domain/words.ts';
import { Icon } from '../../components/Icon.tsx';
import { useTranslator } from '../../components/translation.tsx';
import styles from './PreferencesScreen.module.css';

export interface TrustedKeysProps {
  readonly domains: readonly TrustedDomain[];
  readonly onRemove: (domain: string, fingerprint: string) => void;
}

/** Which keys may speak for which domain. */
export function TrustedKeys({ domains, onRemove }: TrustedKeysProps) {
  const { t } = useTranslator();
  const [asked, setAsked] = useState<{
    readonly domain: string;
    readonly fingerprint: string;
    readonly name: string;
  } | null>(null);
  if (domains.length === 0) return <p className={styles.description}>{t('preferences.keys-none')}</p>;
  return (
    <>
      <ul className={styles.domains}>
        {domains.map(({ domain, keys }) => (
          <li key={domain} className={styles.domain}>
            <h4 className={styles.domainName}>{domain}</h4>
            <ul>
              {keys.map((key) => {
                const name = key.claimedIdentity ?? t('trust.no-identity');
                return (
                  <li key={key.fingerprint} className={styles.key}>
                    <Icon name="key" size={14} className={styles.keyIcon ?? ''} />
                    <div className={styles.lineWords}>
                      <span>{name}</span>
                      <code className={styles.fingerprint}>{groupsOfFour(key.fingerprint)}</code>
                    </div>
                    <Button
                      aria-label={t('preferences.keys-remove-name', { name, domain })}
                      onPress={() => setAsked({ domain, fingerprint: key.fingerprint, name })}
                    >
                      {t('preferences.keys-remove')}
                    </Button>
                  </li>
                );
              })}
            </ul>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        title={t('preferences.keys-remove-title', { domain: asked?.domain ?? '' })}
        action={t('preferences.keys-remove-action')}
        cancel={t('common.cancel')}
        isDanger
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        onConfirm={() => {
          if (asked !== null) onRemove(asked.domain, asked.fingerprint);
        }}
      >
        {t('preferences.keys-remove-text', { name: asked?.name ?? '', domain: asked?.domain ?? '' })}
      </ConfirmDialog>
    </>
  );
}
