import { useCallback, useEffect, useState } from 'react';
import type { Client } from '../api/client.ts';
import { LiveRegion } from '../components/Feedback.tsx';
import { Icon } from '../components/Icon.tsx';
import { Toasts, type Notices } from '../components/Toasts.tsx';
import { useTranslator } from '../components/translation.tsx';
import { AppsScreen } from '../features/apps/AppsScreen.tsx';
import { DownloadsScreen } from '../features/downloads/DownloadsScreen.tsx';
import { PreferencesScreen } from '../features/preferences/PreferencesScreen.tsx';
import { MapScreen } from '../features/map/MapScreen.tsx';
import { RunOptionsDialog } from '../features/program/RunOptionsDialog.tsx';
import { SharingScreen } from '../features/sharing/SharingScreen.tsx';
import { ImpactDialog } from '../features/impact/ImpactDialog.tsx';
import { PresetDialog } from '../features/presets/PresetDialog.tsx';
import { ImportDialog } from '../features/profile/ImportDialog.tsx';
import { StorageScreen } from '../features/storage/StorageScreen.tsx';
import { TimelineScreen } from '../features/timeline/TimelineScreen.tsx';
import { TrustQuestionDialog } from '../features/trust/TrustQuestionDialog.tsx';
import { UpdatesScreen } from '../features/updates/UpdatesScreen.tsx';
import { selectQuestion } from '../stores/jobs-store.ts';
import { useJobs, useSettings, useStores, useView } from '../stores/stores.tsx';
import { acceptDrops } from './accept-drops.ts';
import { listenForKeys } from './actions/listen-for-keys.ts';
import { followMenus } from './actions/follow-menus.ts';
import { copyText } from './copy.ts';
import { Palette } from './Palette.tsx';
import { Rail } from './Rail.tsx';
import { RunPage } from './RunPage.tsx';
import styles from './Shell.module.css';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';
import { StatusStrip } from './StatusStrip.tsx';

export interface ShellProps {
  readonly client: Client;
  readonly notices: Notices;
}

/** The window: the rail, the page, the strip, and what floats above. */
export function Shell({ client, notices }: ShellProps) {
  const { t } = useTranslator();
  const stores = useStores();
  const { view } = stores;
  const place = useView((state) => state.place);
  const optionsOf = useView((state) => state.optionsOf);
  const dialog = useView((state) => state.dialog);
  const announcement = useView((state) => state.announcement);
  const asking = useJobs(selectQuestion);
  const question = asking?.question ?? null;
  const theme = useSettings(({ settings }) => (settings.status === 'ready' ? settings.value.theme : 'system'));

  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  useEffect(() => {
    // What had the focus went away with the page before: the new one takes it.
    if (document.activeElement === document.body) document.getElementById('page-title')?.focus({ preventScroll: true });
  }, [place]);

  const copy = useCallback(
    (text: string) => {
      void copyText(text).then((isCopied) => {
        if (isCopied) stores.notify(t('common.copied'));
      });
    },
    [stores, t],
  );
  useEffect(() => listenForKeys(stores, copy), [stores, copy]);
  const [isOver, setOver] = useState(false);
  useEffect(() => acceptDrops({ client, view, onHover: setOver }), [client, view]);
  useEffect(() => followMenus(client, stores, copy), [client, stores, copy]);

  return (
    <div className={styles.shell}>
      <div className={styles.middle}>
        <Rail />
        <main className={styles.main}>
          {place.page === 'apps' && <AppsScreen onCopy={copy} />}
          {place.page === 'run' && <RunPage key={place.interface} uri={place.interface} onCopy={copy} />}
          {place.page === 'downloads' && <DownloadsScreen />}
          {place.page === 'updates' && <UpdatesScreen />}
          {place.page === 'timeline' && <TimelineScreen />}
          {place.page === 'storage' && <StorageScreen />}
          {place.page === 'map' && <MapScreen />}
          {place.page === 'sharing' && <SharingScreen onCopy={copy} />}
          {place.page === 'preferences' && <PreferencesScreen onCopy={copy} />}
        </main>
      </div>
      <StatusStrip />
      <LiveRegion text={announcement} />
      {asking !== undefined && question !== null && (
        <TrustQuestionDialog
          key={`${asking.id} ${question.keys.map((key) => key.fingerprint).join(' ')}`}
          job={asking}
          question={question}
        />
      )}
      {optionsOf !== null && (
        <RunOptionsDialog key={optionsOf} uri={optionsOf} onCopy={copy} onClose={() => view.set({ optionsOf: null })} />
      )}
      <ImportDialog />
      <PresetDialog />
      <ImpactDialog />
      <ShortcutsDialog isOpen={dialog === 'shortcuts'} onClose={() => view.set({ dialog: 'none' })} />
      {isOver && (
        <div className={styles.drop} aria-hidden>
          <Icon name="add" size={32} />
          {t('apps.drop-here')}
        </div>
      )}
      {dialog === 'palette' && <Palette onCopy={copy} />}
      <Toasts notices={notices} label={t('common.notices')} closeLabel={t('common.dismiss')} />
    </div>
  );
}
