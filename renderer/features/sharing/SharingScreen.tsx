import { useEffect, useState } from 'react';
import type { ShareOverview } from '../../../shared/model/index.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { Skeleton, StatusMessage } from '../../components/Feedback.tsx';
import { Page } from '../../components/Page.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useSharing, useStores } from '../../stores/stores.tsx';
import { Activity } from './Activity.tsx';
import { PrivateVersions } from './PrivateVersions.tsx';
import { SetupSteps } from './SetupSteps.tsx';
import { SharedVersions } from './SharedVersions.tsx';
import styles from './SharingScreen.module.css';
import { stateTone, stateWords } from './words.ts';

export interface SharingScreenProps {
  readonly onCopy: (text: string) => void;
}

/** The store that all users share: whether it works, who needs what, what is not in it, and what happened. */
export function SharingScreen({ onCopy }: SharingScreenProps) {
  const { t } = useTranslator();
  const { sharing } = useStores();
  const overview = useSharing((state) => state.overview);
  useEffect(() => {
    void sharing.refresh();
  }, [sharing]);
  return (
    <Page
      title={t('sharing.title')}
      layout="fill"
      actions={<IconButton icon="refresh" label={t('sharing.refresh')} onPress={() => void sharing.refresh()} />}
    >
      {overview.status === 'loading' && <Skeleton shape="rows" count={6} label={t('common.loading')} />}
      {overview.status === 'failed' && (
        <ProblemMessage
          error={overview.error}
          isAlert
          actions={<Button onPress={() => void sharing.refresh()}>{t('common.retry')}</Button>}
        />
      )}
      {overview.status === 'ready' && <Sharing overview={overview.value} onCopy={onCopy} />}
    </Page>
  );
}

function Sharing({ overview, onCopy }: SharingScreenProps & { readonly overview: ShareOverview }) {
  const intl = useTranslator();
  const { t } = intl;
  const { health } = overview;
  const [tab, setTab] = useState('steps');
  return (
    <>
      <StatusMessage tone={stateTone(health)}>{stateWords(intl, health)}</StatusMessage>
      <div className={styles.tabs}>
        <Tabs
          label={t('sharing.tabs')}
          selected={tab}
          onSelect={setTab}
          tabs={[
            {
              id: 'steps',
              title: t('sharing.tab-steps'),
              content: () => <SetupSteps overview={overview} onCopy={onCopy} />,
            },
            {
              id: 'shared',
              title: t('sharing.tab-shared', { count: overview.shared.length }),
              content: () => <SharedVersions overview={overview} />,
            },
            {
              id: 'private',
              title: t('sharing.tab-private', { count: overview.private.length }),
              content: () => <PrivateVersions items={overview.private} />,
            },
            { id: 'log', title: t('sharing.tab-log'), content: () => <Activity entries={overview.log} /> },
          ]}
        />
      </div>
    </>
  );
}
