import { useMemo } from 'react';
import type { pages } from '../../shared/pages.ts';
import { BareButton } from '../components/Button.tsx';
import { cx } from '../components/cx.ts';
import { HiddenText } from '../components/Feedback.tsx';
import { SearchField } from '../components/Field.tsx';
import { Icon, type IconName } from '../components/Icon.tsx';
import { narrowWindow, useMediaQuery } from '../components/media.ts';
import { Tooltip } from '../components/Tooltip.tsx';
import { useTranslator } from '../components/translation.tsx';
import { isActive } from '../stores/jobs-store.ts';
import { useJobs, useStores, useView } from '../stores/stores.tsx';
import styles from './Rail.module.css';

type RailPage = (typeof pages)[number];

const icons: Readonly<Record<RailPage, IconName>> = {
  apps: 'apps',
  downloads: 'download',
  timeline: 'history',
  storage: 'storage',
  sharing: 'sharing',
  map: 'map',
  preferences: 'settings',
};

/** The way to every page; icons alone in a narrow window. */
export function Rail() {
  const { t } = useTranslator();
  const { view } = useStores();
  const search = useView((state) => state.search);
  const place = useView((state) => state.place);
  const jobs = useJobs((state) => state.jobs);
  const active = useMemo(() => jobs.filter((job) => isActive(job) && job.program === null).length, [jobs]);
  const item = (page: RailPage) => (
    <li key={page}>
      <RailButton
        icon={icons[page]}
        label={t(`nav.${page}`)}
        count={page === 'downloads' ? active : 0}
        countLabel={t('nav.downloads-count')}
        isCurrent={place.page === page || (page === 'apps' && (place.page === 'run' || place.page === 'updates'))}
        onPress={() => view.go({ page })}
      />
    </li>
  );
  return (
    <nav className={styles.rail} aria-label={t('nav.label')}>
      <div className={styles.search}>
        <SearchField
          label={t('apps.search')}
          clearLabel={t('common.clear')}
          placeholder={t('nav.search')}
          value={search}
          onChange={view.search}
          isPageSearch
        />
      </div>
      <ul className={styles.items}>
        {(['apps', 'downloads', 'timeline', 'storage', 'sharing', 'map'] as const).map(item)}
      </ul>
      <ul className={styles.items}>{item('preferences')}</ul>
    </nav>
  );
}

interface RailButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly count: number;
  readonly countLabel: string;
  readonly isCurrent: boolean;
  readonly onPress: () => void;
}

function RailButton({ icon, label, count, countLabel, isCurrent, onPress }: RailButtonProps) {
  const isNarrow = useMediaQuery(narrowWindow);
  const button = (
    <BareButton
      className={cx(styles.item)}
      data-current={isCurrent}
      aria-current={isCurrent ? 'page' : false}
      onPress={onPress}
    >
      <Icon name={icon} />
      <span className={styles.label}>{label}</span>
      {count > 0 && (
        <>
          <span className={styles.count}>{count}</span>
          <HiddenText>{countLabel}</HiddenText>
        </>
      )}
    </BareButton>
  );
  return isNarrow ? <Tooltip text={label}>{button}</Tooltip> : button;
}
