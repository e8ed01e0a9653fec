import { useEffect } from 'react';
import type { InterfaceUri } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { usePresets, useStores } from '../../stores/stores.tsx';
import styles from './DesktopPlaces.module.css';

/** In which way versions of a program are chosen. @param revision asks again when it changes */
export function PresetPart({ uri, revision }: { readonly uri: InterfaceUri; readonly revision: unknown }) {
  const { t } = useTranslator();
  const { presets } = useStores();
  const view = usePresets((state) => (state.root === uri && state.view.status === 'ready' ? state.view.value : null));
  useEffect(() => {
    void presets.look(uri);
  }, [presets, uri, revision]);
  if (view === null) return null;
  return (
    <div role="group" aria-label={t('preset.title')} className={styles.places}>
      <span className={styles.label}>{t('preset.title')}</span>
      <span>{view.inForce === null ? t('preset.mix') : t(`preset.${view.inForce}`)}</span>
      <Button icon="tune" onPress={presets.open}>
        {t('preset.change')}
      </Button>
    </div>
  );
}
