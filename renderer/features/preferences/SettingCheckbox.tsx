import type { SettingsView } from '../../../shared/model/index.ts';
import { Checkbox } from '../../components/Choice.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useStores } from '../../stores/stores.tsx';
import { LockedNote } from './Group.tsx';

/** Settings that are on or off. */
type Switch = { [K in keyof SettingsView]: SettingsView[K] extends boolean ? K : never }[keyof SettingsView];

export interface SettingCheckboxProps {
  readonly settings: SettingsView;
  readonly name: Exclude<Switch, 'locked'>;
  /** Names its words. */
  readonly text: 'approve' | 'battery' | 'metered' | 'notifies' | 'samples' | 'testing' | 'tray';
}

/** A setting that is on or off. */
export function SettingCheckbox({ settings, name, text }: SettingCheckboxProps) {
  const { t } = useTranslator();
  const { settings: store } = useStores();
  const isLocked = settings.locked.includes(name);
  return (
    <Checkbox
      isChecked={settings[name]}
      isDisabled={isLocked}
      onChange={(isOn) => void store.change({ [name]: isOn })}
      description={
        <>
          {t(`preferences.${text}-long`)}
          {isLocked && <LockedNote />}
        </>
      }
    >
      {t(`preferences.${text}`)}
    </Checkbox>
  );
}
