import { useEffect } from 'react';
import { Button } from '../../components/Button.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { Skeleton } from '../../components/Feedback.tsx';
import { Page } from '../../components/Page.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useSettings, useStores } from '../../stores/stores.tsx';
import { AboutGroup } from './AboutGroup.tsx';
import { ChoosingGroup } from './ChoosingGroup.tsx';
import { DesktopEntries } from './DesktopEntries.tsx';
import { LooksGroup } from './LooksGroup.tsx';
import styles from './PreferencesScreen.module.css';
import { PlacesGroup } from './PlacesGroup.tsx';
import { ProfileGroup } from './ProfileGroup.tsx';
import { SecurityGroup } from './SecurityGroup.tsx';

export interface PreferencesScreenProps {
  readonly onCopy: (text: string) => void;
}

/** How programs are chosen, whom the person trusts, and how the window looks. Every change holds at once. */
export function PreferencesScreen({ onCopy }: PreferencesScreenProps) {
  const { t } = useTranslator();
  const { settings: store, trust } = useStores();
  const settings = useSettings((state) => state.settings);
  useEffect(() => {
    void trust.refresh();
    void store.refreshInfo();
    // A way back that nobody has taken is not there for ever.
    return trust.forgetRemoved;
  }, [store, trust]);
  return (
    <Page title={t('preferences.title')} layout="scroll">
      {settings.status === 'loading' && <Skeleton shape="text" count={8} label={t('common.loading')} />}
      {settings.status === 'failed' && (
        <ProblemMessage
          error={settings.error}
          isAlert
          actions={<Button onPress={() => void store.refresh()}>{t('common.retry')}</Button>}
        />
      )}
      {settings.status === 'ready' && (
        <div className={styles.groups}>
          <ChoosingGroup settings={settings.value} />
          <SecurityGroup settings={settings.value} />
          <PlacesGroup />
          <DesktopEntries />
          <ProfileGroup />
          <LooksGroup settings={settings.value} />
          <AboutGroup onCopy={onCopy} />
        </div>
      )}
    </Page>
  );
}
