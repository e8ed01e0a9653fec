import { useEffect } from 'react';
import type { Settings } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { usePresets, useStores } from '../../stores/stores.tsx';
import styles from './PreferencesScreen.module.css';

/** In which way versions of all programs are chosen. */
export function PresetGroup({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslator();
  const { presets } = useStores();
  const view = usePresets((state) => (state.root === null && state.view.status === 'ready' ? state.view.value : null));
  useEffect(() => {
    void presets.look(null);
    // These settings are part of it.
  }, [presets, settings.networkUse, settings.helpWithTesting]);
  return (
    <div className={styles.line}>
      <div className={styles.lineWords}>
        <span className={styles.label}>{t('preset.title-plain')}</span>
        <span className={styles.description}>
          {view === null ? t('common.loading') : view.inForce === null ? t('preset.mix') : t(`preset.${view.inForce}`)}
        </span>
      </div>
      <Button icon="tune" isDisabled={view === null} onPress={presets.open}>
        {t('preset.change')}
      </Button>
    </div>
  );
}
