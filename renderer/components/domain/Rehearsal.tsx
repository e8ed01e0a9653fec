import type { TrustChange, TrustRehearsal } from '../../../shared/model/index.ts';
import { useTranslator } from '../translation.tsx';
import styles from './Rehearsal.module.css';

export interface RehearsalProps {
  readonly change: TrustChange;
  readonly domain: string;
  readonly rehearsal: TrustRehearsal;
}

/** Which feeds and programs a key is about, before it is trusted or trusted no longer. */
export function Rehearsal({ change, domain, rehearsal: { feeds, feedCount } }: RehearsalProps) {
  const { t, list } = useTranslator();
  return (
    <div className={styles.rehearsal}>
      <p>
        {change === 'add'
          ? t('trust.rehearsal-add', { count: feedCount, domain })
          : t('trust.rehearsal-remove', { count: feedCount })}
      </p>
      {feeds.length > 0 && (
        // A long list scrolls, so the keyboard must get into it.
        <ul className={styles.feeds} tabIndex={0}>
          {feeds.map(({ url, name, programs }) => (
            <li key={url} className={styles.feed} title={url}>
              <span className={styles.name}>{name ?? url}</span>
              <span className={styles.programs}>
                {programs.length === 0
                  ? t('trust.rehearsal-unused')
                  : t('trust.rehearsal-programs', { programs: list(programs) })}
              </span>
            </li>
          ))}
          {feedCount > feeds.length && (
            <li className={styles.programs}>{t('trust.rehearsal-more', { count: feedCount - feeds.length })}</li>
          )}
        </ul>
      )}
    </div>
  );
}
