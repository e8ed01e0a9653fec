import { formatDay, formatInstant, formatSize } from '../../../shared/i18n/format.ts';
import type { CacheItem, CacheListing } from '../../../shared/model/index.ts';
import { useTranslator } from '../../components/translation.tsx';
import styles from './AboutItem.module.css';
import { ifDeleted, itemName, storeWord, whyHere } from './words.ts';

export interface AboutItemProps {
  /** The item that has or had the focus last; null before that. */
  readonly item: CacheItem | null;
  readonly stores: CacheListing['stores'];
}

/** Why an item is here, what deleting it would mean, and what else is known of it. Its height is the same with none. */
export function AboutItem({ item, stores }: AboutItemProps) {
  const intl = useTranslator();
  const { t } = intl;
  if (item === null) {
    return (
      <section className={styles.about} aria-label={t('storage.about')}>
        <p>{t('storage.about-none')}</p>
        <ul className={styles.hints}>
          {[t('storage.about-storage'), t('storage.about-unowned'), t('storage.about-temporary')].map((hint) => (
            <li key={hint}>{hint}</li>
          ))}
        </ul>
      </section>
    );
  }
  const path = stores.find(({ name }) => name === item.store)?.path ?? item.store;
  const size = formatSize(intl, item.sizeBytes);
  const facts = [
    [
      t('storage.fact-size'),
      item.freedBytes < item.sizeBytes
        ? t('storage.fact-size-shared', { size, freed: formatSize(intl, item.freedBytes) })
        : size,
    ],
    [t('storage.fact-stored'), item.storedAt === null ? '–' : formatDay(intl, item.storedAt)],
    [t('storage.fact-used'), item.lastUsedAt === null ? t('storage.never-used') : formatInstant(intl, item.lastUsedAt)],
    [t('storage.fact-store'), t('storage.store-at', { store: storeWord(intl, item.store), path })],
  ] as const;
  return (
    <section className={styles.about} aria-label={t('storage.about-of', { name: itemName(item) })}>
      <h2 className={styles.name}>
        {item.kind === 'implementation' ? itemName(item) : t(`storage.kind-${item.kind}`)}
      </h2>
      {item.damage !== null && (
        <p className={styles.damage}>
          {item.kind === 'implementation' ? t('storage.damage-of-known') : t('storage.damage-of-unowned')}
        </p>
      )}
      <p>{whyHere(intl, item)}</p>
      <p>{ifDeleted(intl, item)}</p>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{t('storage.fact-digest')}</dt>
          <dd>
            <code className={styles.digest}>{item.digest}</code>
          </dd>
        </div>
      </dl>
    </section>
  );
}
