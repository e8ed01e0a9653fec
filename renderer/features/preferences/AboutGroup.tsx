import { Button } from '../../components/Button.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useSettings } from '../../stores/stores.tsx';
import { Group } from './Group.tsx';
import styles from './PreferencesScreen.module.css';

/** What this program is, and where it keeps its files. */
export function AboutGroup({ onCopy }: { readonly onCopy: (text: string) => void }) {
  const { t } = useTranslator();
  const info = useSettings((state) => state.info);
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
      <div>
        <Button icon="copy" onPress={() => onCopy(facts.map(([name, value]) => `${name}: ${value}`).join('\n'))}>
          {t('preferences.about-copy')}
        </Button>
      </div>
    </Group>
  );
}
