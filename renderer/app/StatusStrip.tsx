import { useMemo } from 'react';
import { formatRate, formatSize, formatTimeLeft } from '../../shared/i18n/format.ts';
import { BareButton } from '../components/Button.tsx';
import { cx } from '../components/cx.ts';
import { Icon, type IconName } from '../components/Icon.tsx';
import { useTranslator } from '../components/translation.tsx';
import { isActive, selectWorkload } from '../stores/jobs-store.ts';
import { useCache, useJobs, useSettings, useStores } from '../stores/stores.tsx';
import styles from './StatusStrip.module.css';

const networkIcons: Readonly<Record<string, IconName>> = { full: 'online', minimal: 'weak', 'off-line': 'offline' };

/** One line under everything: the network, the work, the store. Each part leads to its page. */
export function StatusStrip() {
  const intl = useTranslator();
  const { t } = intl;
  const { view } = useStores();
  const settings = useSettings((state) => state.settings);
  const jobs = useJobs((state) => state.jobs);
  const listing = useCache((state) => state.listing);
  const workload = useMemo(() => selectWorkload({ jobs }), [jobs]);
  const busy = jobs.filter((job) => isActive(job) && job.program === null);
  const network = settings.status === 'ready' ? settings.value.networkUse : null;

  let work = t('strip.idle');
  if (workload !== null) {
    work = [
      t('strip.downloads', { count: workload.count }),
      ...(workload.bytesPerSecond > 0 ? [formatRate(intl, workload.bytesPerSecond)] : []),
      ...(workload.secondsLeft === null ? [] : [formatTimeLeft(intl, workload.secondsLeft)]),
    ].join(t('progress.separator'));
  } else if (busy.some((job) => job.state === 'asking')) work = t('phase.asking');
  else if (busy.length > 0 && busy.every((job) => job.isPaused)) work = t('progress.paused');
  else if (busy.length > 0) work = t('strip.working', { count: busy.length });

  return (
    <footer className={styles.strip} aria-label={t('strip.label')}>
      {network !== null && (
        <BareButton className={cx(styles.part)} onPress={() => view.go({ page: 'preferences' })}>
          <span className={styles.dot} data-network={network} aria-hidden />
          <Icon name={networkIcons[network] ?? 'online'} size={14} />
          {t(`strip.network-${network}`)}
        </BareButton>
      )}
      <BareButton className={cx(styles.part, styles.work)} onPress={() => view.go({ page: 'downloads' })}>
        {work}
      </BareButton>
      {listing.status === 'ready' && (
        <BareButton className={cx(styles.part)} onPress={() => view.go({ page: 'storage' })}>
          <Icon name="storage" size={14} />
          {t('strip.stored', { size: formatSize(intl, listing.value.totalBytes) })}
        </BareButton>
      )}
    </footer>
  );
}
