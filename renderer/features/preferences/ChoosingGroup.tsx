import { formatDuration } from '../../../shared/i18n/format.ts';
import type { SettingName, SettingsView } from '../../../shared/model/index.ts';
import { RadioGroup } from '../../components/Choice.tsx';
import { Select } from '../../components/Select.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useStores } from '../../stores/stores.tsx';
import { Group, Line, LockedNote } from './Group.tsx';
import { freshnessChoices, freshnessName } from './selectors.ts';
import { SettingCheckbox } from './SettingCheckbox.tsx';
import { UpdateHours } from './UpdateHours.tsx';
import { PresetGroup } from './PresetGroup.tsx';

/** How versions are chosen, and what is done unasked. */
export function ChoosingGroup({ settings }: { readonly settings: SettingsView }) {
  const intl = useTranslator();
  const { t } = intl;
  const { settings: store } = useStores();
  const isLocked = (name: SettingName) => settings.locked.includes(name);
  const known = freshnessName(settings.freshnessSeconds);
  return (
    <Group title={t('preferences.policy')}>
      <PresetGroup settings={settings} />
      <RadioGroup
        label={t('preferences.network')}
        note={isLocked('networkUse') ? <LockedNote /> : null}
        isDisabled={isLocked('networkUse')}
        value={settings.networkUse}
        options={(['full', 'minimal', 'off-line'] as const).map((id) => ({
          id,
          label: t(`preferences.network-${id}`),
          description: t(`preferences.network-${id}-long`),
        }))}
        onChange={(networkUse) => void store.change({ networkUse })}
      />
      <Line
        label={t('preferences.freshness')}
        description={t('preferences.freshness-long')}
        isLocked={isLocked('freshnessSeconds')}
      >
        <Select
          label={t('preferences.freshness')}
          isLabelHidden
          value={String(settings.freshnessSeconds)}
          options={[
            ...freshnessChoices.map(({ seconds, name }) => ({
              id: String(seconds),
              label: t(`preferences.freshness-${name}`),
            })),
            ...(known === null
              ? [
                  {
                    id: String(settings.freshnessSeconds),
                    label: t('preferences.freshness-other', { time: formatDuration(intl, settings.freshnessSeconds) }),
                  },
                ]
              : []),
          ]}
          isDisabled={isLocked('freshnessSeconds')}
          onChange={(seconds) => void store.change({ freshnessSeconds: Number(seconds) })}
        />
      </Line>
      <SettingCheckbox settings={settings} name="helpWithTesting" text="testing" />
      <SettingCheckbox settings={settings} name="updatesWhenMetered" text="metered" />
      <SettingCheckbox settings={settings} name="updatesOnBattery" text="battery" />
      <UpdateHours settings={settings} />
      <SettingCheckbox settings={settings} name="showSamples" text="samples" />
    </Group>
  );
}
