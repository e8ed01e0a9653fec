import { languageNames, windowLanguages } from '../../../shared/languages.ts';
import type { SettingName, SettingsView } from '../../../shared/model/index.ts';
import { RadioGroup } from '../../components/Choice.tsx';
import { Select } from '../../components/Select.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useStores } from '../../stores/stores.tsx';
import { Group, Line, LockedNote } from './Group.tsx';
import { SettingCheckbox } from './SettingCheckbox.tsx';
import { ProgramLanguages } from './ProgramLanguages.tsx';

/** Colours and languages. */
export function LooksGroup({ settings }: { readonly settings: SettingsView }) {
  const { t } = useTranslator();
  const { settings: store } = useStores();
  const isLocked = (name: SettingName) => settings.locked.includes(name);
  return (
    <Group title={t('preferences.looks')}>
      <RadioGroup
        label={t('preferences.theme')}
        note={isLocked('theme') ? <LockedNote /> : null}
        isDisabled={isLocked('theme')}
        direction="row"
        value={settings.theme}
        options={(['system', 'light', 'dark'] as const).map((id) => ({ id, label: t(`preferences.theme-${id}`) }))}
        onChange={(theme) => void store.change({ theme })}
      />
      <Line
        label={t('preferences.language')}
        description={t('preferences.language-long')}
        isLocked={isLocked('language')}
      >
        <Select
          label={t('preferences.language')}
          isLabelHidden
          value={settings.language}
          isDisabled={isLocked('language')}
          options={[
            { id: 'system' as const, label: t('preferences.language-system') },
            ...windowLanguages.map((id) => ({ id, label: languageNames[id] })),
          ]}
          onChange={(language) => void store.change({ language })}
        />
      </Line>
      <SettingCheckbox settings={settings} name="notifies" text="notifies" />
      <SettingCheckbox settings={settings} name="showsTray" text="tray" />
      <ProgramLanguages settings={settings} />
    </Group>
  );
}
