import { mostTrials, nextTrial } from '../../../shared/bisection.ts';
import type { Timeline, TimelineEntry } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { Icon } from '../../components/Icon.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useJobs, useStores } from '../../stores/stores.tsx';
import type { Search } from '../../stores/timeline-store.ts';
import styles from './TimelineScreen.module.css';
import { changeWords } from '../../components/domain/words.ts';
import { entryWords } from './words.ts';

export interface SearchPanelProps {
  readonly timeline: Timeline;
  readonly search: Search;
}

/** Leads through the starts that find the update which broke a program. */
export function SearchPanel({ timeline, search }: SearchPanelProps) {
  const intl = useTranslator();
  const { t } = intl;
  const { timeline: store } = useStores();
  const entryAt = (index: number): TimelineEntry | undefined =>
    timeline.entries.find(({ number }) => number === search.numbers[index]);
  const next = nextTrial(search.range);
  const tried = next === null ? undefined : entryAt(next);
  const bad = entryAt(search.range.bad);
  const good = entryAt(search.range.good);
  const error = useJobs(({ jobs }) => jobs.find(({ id }) => id === search.job)?.error ?? null);
  return (
    <section className={styles.search} aria-label={t('timeline.search')}>
      <Icon name="search" size={20} className={styles.searchIcon ?? ''} />
      <div className={styles.searchWords} role="status">
        {tried !== undefined && (
          <>
            <strong>{t('timeline.trial', { entry: entryWords(intl, tried) })}</strong>
            <span>{t('timeline.trial-left', { count: mostTrials(search.range) })}</span>
            {search.job !== null && <span>{t('timeline.trial-question')}</span>}
            {error !== null && <ProblemMessage error={error} />}
          </>
        )}
        {next === null && bad !== undefined && good !== undefined && (
          <>
            <strong>{t('timeline.found', { entry: entryWords(intl, bad), count: search.trials })}</strong>
            <ul className={styles.changes}>
              {bad.changes.map((change) => (
                <li key={change.interface}>{changeWords(intl, change)}</li>
              ))}
            </ul>
          </>
        )}
      </div>
      <div className={styles.searchActions}>
        {tried !== undefined && search.job === null && (
          <Button variant="primary" icon="play-filled" onPress={() => void store.tryNext()}>
            {t('timeline.trial-start')}
          </Button>
        )}
        {tried !== undefined && search.job !== null && (
          <>
            <Button icon="check" onPress={() => store.judge(true)}>
              {t('timeline.trial-works')}
            </Button>
            <Button icon="close" onPress={() => store.judge(false)}>
              {t('timeline.trial-fails')}
            </Button>
          </>
        )}
        {next === null && good !== undefined && (
          <Button
            variant="primary"
            icon="undo"
            isDisabled={!good.isHere}
            onPress={() => {
              store.endSearch();
              void store.goBack(good.number);
            }}
          >
            {t('timeline.found-back', { version: good.version })}
          </Button>
        )}
        <Button variant="quiet" onPress={store.endSearch}>
          {next === null ? t('common.close') : t('timeline.search-stop')}
        </Button>
      </div>
    </section>
  );
}
