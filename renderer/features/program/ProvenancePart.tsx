import { formatInstant, formatSize } from '../../../shared/i18n/format.ts';
import type { Provenance } from '../../../shared/model/index.ts';
import { IconButton } from '../../components/Button.tsx';
import { Badge } from '../../components/Feedback.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Rows, StackRow } from '../../components/Rows.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useStores } from '../../stores/stores.tsx';
import styles from './DetailsTab.module.css';

export interface ProvenancePartProps {
  readonly parts: readonly Provenance[];
  readonly onCopy: (text: string) => void;
}

/** For each component the way from its feed to the files: who signed, why that counts, which digest, when it was last checked. */
export function ProvenancePart({ parts, onCopy }: ProvenancePartProps) {
  const { t } = useTranslator();
  if (parts.length === 0) return <p className={styles.muted}>{t('details.provenance-none')}</p>;
  return (
    <Rows label={t('details.provenance')} within="page">
      {parts.map((part) => (
        <Strip key={`${part.interface} ${part.version}`} part={part} onCopy={onCopy} />
      ))}
    </Rows>
  );
}

function Strip({ part, onCopy }: { readonly part: Provenance; readonly onCopy: (text: string) => void }) {
  const intl = useTranslator();
  const { t } = intl;
  const { cache } = useStores();
  const { name, version, feed, origin, signers, domain, digest, item, sizeBytes, verifiedAt, isDamaged } = part;
  const trusted = signers.filter(({ isTrusted }) => isTrusted);
  const label = t('details.component', { name, version });
  return (
    <StackRow label={label}>
      <div className={styles.stripHead}>
        <h3 className={styles.stripName}>{label}</h3>
        {sizeBytes !== null && <span className={styles.muted}>{formatSize(intl, sizeBytes)}</span>}
        {isDamaged && (
          <Badge tone="danger" icon="warning">
            {t('details.damaged')}
          </Badge>
        )}
        <span className={styles.space} />
        {digest !== null && (
          <IconButton icon="copy" label={t('details.copy-digest', { name })} onPress={() => onCopy(digest)} />
        )}
        {item !== null && (
          <>
            <IconButton
              icon="folder"
              label={t('details.open-folder', { name })}
              onPress={() => void cache.open(item)}
            />
            <IconButton
              icon="shield-ok"
              label={t('details.verify', { name })}
              onPress={() => void cache.verify([item])}
            />
          </>
        )}
      </div>
      <ol className={styles.chain}>
        <li>
          <Icon name="feed" size={14} />
          <span>{feed}</span>
        </li>
        <li>
          <Icon name={origin === 'signed' && trusted.length === 0 ? 'shield-alert' : 'key'} size={14} />
          <span>
            {origin === 'local' && t('details.origin-local')}
            {origin === 'native' && t('details.origin-native')}
            {origin === 'signed' &&
              (trusted.length === 0
                ? t('details.origin-untrusted')
                : t('details.origin-signed', {
                    names: trusted.map((one) => one.name ?? one.fingerprint).join(', '),
                    domain: domain ?? '',
                  }))}
          </span>
        </li>
        {digest !== null && (
          <li>
            <Icon name="lock" size={14} />
            <code className={styles.digest}>{digest}</code>
          </li>
        )}
        {origin !== 'native' && (
          <li>
            <Icon name={isDamaged ? 'warning' : verifiedAt === null ? 'waiting' : 'check'} size={14} />
            <span>
              {isDamaged
                ? t('details.verified-damaged')
                : verifiedAt === null
                  ? t(origin === 'local' ? 'details.verified-local' : 'details.verified-never')
                  : t('details.verified', { time: formatInstant(intl, verifiedAt) })}
            </span>
          </li>
        )}
      </ol>
    </StackRow>
  );
}
