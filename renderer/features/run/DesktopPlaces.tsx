import { useEffect } from 'react';
import type { InterfaceUri } from '../../../shared/model/index.ts';
import { Checkbox } from '../../components/Choice.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useDesktop, useStores } from '../../stores/stores.tsx';
import styles from './DesktopPlaces.module.css';

export interface DesktopPlacesProps {
  readonly uri: InterfaceUri;
  /** Whether the program can be started: an entry for one that cannot would be of no use. */
  readonly isReady: boolean;
}

/** Where a program appears on this computer; each place is a box to tick. */
export function DesktopPlaces({ uri, isReady }: DesktopPlacesProps) {
  const { t } = useTranslator();
  const { desktop } = useStores();
  const presence = useDesktop((state) =>
    state.uri === uri && state.presence.status === 'ready' ? state.presence.value : null,
  );
  useEffect(() => {
    void desktop.open(uri);
  }, [desktop, uri, isReady]);
  if (presence === null) return null;
  const { possible, present, commands } = presence;
  // What is there can be undone whatever the state of the program.
  const shown = possible.filter((place) => isReady || present.includes(place));
  if (shown.length === 0 && commands.length === 0) return null;
  return (
    <div role="group" aria-label={t('run.desktop')} className={styles.places}>
      <span className={styles.label}>{t('run.desktop')}</span>
      {shown.map((place) => (
        <Checkbox
          key={place}
          isChecked={present.includes(place)}
          onChange={(isWanted) => void desktop.change(uri, place, isWanted)}
        >
          {t(`run.desktop-${place}`)}
        </Checkbox>
      ))}
      {commands.length > 0 && (
        <span className={styles.commands}>
          {t('run.desktop-commands', { count: commands.length, names: commands.join(', ') })}
        </span>
      )}
    </div>
  );
}
