import { useEffect } from 'react';
import { formatSize } from '../../../shared/i18n/format.ts';
import type { UpdateList } from '../../../shared/model/index.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { EmptyState, Skeleton, StatusMessage } from '../../components/Feedback.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { isActive } from '../../stores/jobs-store.ts';
import { useJobs, useSettings, useStores, useUpdates } from '../../stores/stores.tsx';
import { groupUpdates } from './selectors.ts';
import { UpdateCard } from './UpdateCard.tsx';
import styles from './UpdatesScreen.module.css';

/** What is new for all apps, in one list. */
export function UpdatesScreen() {
  const intl = useTranslator();
  const { t } = intl;
  const { updates, view } = useStores();
  const list = useUpdates((state) => state.list);
  const spared = useUpdates((state) => state.spared);
  const isLooking = useJobs(({ jobs }) => jobs.some((job) => job.kind === 'app-look' && isActive(job)));
  const busy = useJobs(({ jobs }) => jobs.filter((job) => job.kind === 'app-update' && isActive(job)).length);
  useEffect(() => {
    void updates.refresh();
  }, [updates]);
  const groups = list.status === 'ready' ? groupUpdates(list.value, spared) : null;
  const wanted = groups?.wanted ?? [];
  const bytes = wanted.reduce((sum, { downloadBytes }) => sum + downloadBytes, 0);

  return (
    <Page
      title={t('updates.title')}
      layout="scroll"
      lead={<IconButton icon="back" label={t('run.back')} onPress={view.back} />}
      actions={
        <>
          <Button icon="refresh" isDisabled={isLooking} onPress={() => void updates.look()}>
            {isLooking ? t('updates.looking') : t('updates.look')}
          </Button>
          {groups !== null && groups.available.length > 0 && (
            <Button
              variant="primary"
              icon="download"
              isDisabled={wanted.length === 0 || busy > 0}
              onPress={() => void updates.take(wanted.map(({ app }) => app.name))}
            >
              {bytes === 0
                ? t('updates.take', { count: wanted.length })
                : t('updates.take-size', { count: wanted.length, size: formatSize(intl, bytes) })}
            </Button>
          )}
        </>
      }
    >
      {list.status === 'loading' && <Skeleton shape="rows" count={5} label={t('common.loading')} />}
      {list.status === 'failed' && (
        <ProblemMessage
          error={list.error}
          isAlert
          actions={<Button onPress={() => void updates.refresh()}>{t('common.retry')}</Button>}
        />
      )}
      {list.status === 'ready' && bytes > 0 && <Obstacles list={list.value} />}
      {groups !== null && groups.available.length === 0 && groups.failed.length === 0 && (
        <EmptyState icon="ok" title={groups.current.length === 0 ? t('timeline.empty') : t('updates.none')}>
          {groups.current.length === 0
            ? t('timeline.empty-hint')
            : t('updates.none-hint', { count: groups.current.length })}
        </EmptyState>
      )}
      {groups !== null && groups.available.length > 0 && (
        <ul className={styles.list} aria-label={t('updates.list')}>
          {groups.available.map((row) => (
            <UpdateCard key={row.app.name} row={row} />
          ))}
        </ul>
      )}
      {groups !== null && groups.failed.length > 0 && (
        <Section title={t('updates.failed')}>
          <ul className={styles.list}>
            {groups.failed.map(({ app, error }) => (
              <li key={app.name} className={styles.problem}>
                <strong>{app.title}</strong>
                {error !== null && <ProblemMessage error={error} />}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {groups !== null && groups.available.length > 0 && groups.current.length > 0 && (
        <p className={styles.muted}>
          {t('updates.current', {
            count: groups.current.length,
            names: intl.list(groups.current.map(({ app }) => app.title)),
          })}
        </p>
      )}
    </Page>
  );
}

/** What speaks against downloading now. */
function Obstacles({ list }: { readonly list: UpdateList }) {
  const { t } = useTranslator();
  const settings = useSettings((state) => (state.settings.status === 'ready' ? state.settings.value : null));
  if (settings?.networkUse === 'off-line') return <StatusMessage tone="warn">{t('updates.off-line')}</StatusMessage>;
  return (
    <>
      {list.isMetered === true && <StatusMessage tone="warn">{t('updates.metered')}</StatusMessage>}
      {list.isOnBattery === true && <StatusMessage tone="info">{t('updates.battery')}</StatusMessage>}
    </>
  );
}
