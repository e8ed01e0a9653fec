import { Button } from '../../components/Button.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useSettings, useStores } from '../../stores/stores.tsx';
import { Group } from './Group.tsx';
import styles from './PreferencesScreen.module.css';

/** What this program is, and where it keeps its files. */
export function AboutGroup({ onCopy }: { readonly onCopy: (text: string) => void }) {
  const { t } = useTranslator();
  const info = useSettings((state) => state.info);
  const { settings: store, view } = useStores();
  const copyReport = async () => {
    const report = await store.report(null, null);
    if (report !== null) onCopy(report);
  };
  if (info.status !== 'ready') return null;
  const { version, electron, node, platform, configDir, cacheDir } = info.value;
  const facts: readonly (readonly [string, string])[] = [
    [t('preferences.about-version'), version],
    [t('preferences.about-system'), platform],
    [t('preferences.about-runtime'), electron === null ? `Node ${node}` : `Electron ${electron}, Node ${node}`],
    [t('preferences.about-config'), configDir],
    [t('preferences.about-cache'), cacheDir],
  ];
  return (
    <Group title={t('preferences.about')}>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="selectable">{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.description}>{t('report.private')}</p>
      <div className={styles.buttons}>
        <Button icon="copy" onPress={() => void copyReport()}>
          {t('report.copy')}
        </Button>
        <Button
          icon="info"
          onPress={() => {
            view.go({ page: 'apps' });
            view.set({ isWelcomeWanted: true });
          }}
        >
          {t('action.welcome')}
        </Button>
      </div>
    </Group>
  );
}
