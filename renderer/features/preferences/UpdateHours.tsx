import type { SettingsView } from '../../../shared/model/index.ts';
import { Select } from '../../components/Select.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useStores } from '../../stores/stores.tsx';
import { Line } from './Group.tsx';
import styles from './PreferencesScreen.module.css';

const hours = Array.from({ length: 24 }, (_, hour) => hour);
/** What is offered first when somebody wants hours at all. */
const night = { from: 1, until: 6 };

/** When updates are looked for unasked. */
export function UpdateHours({ settings }: { readonly settings: SettingsView }) {
  const { t, date } = useTranslator();
  const { settings: store } = useStores();
  const isLocked = settings.locked.includes('updateHours');
  const chosen = settings.updateHours;
  const options = hours.map((hour) => ({
    id: String(hour),
    label: date(new Date(2000, 0, 1, hour), { hour: 'numeric', minute: '2-digit' }),
  }));
  const hour = (label: string, part: 'from' | 'until') =>
    chosen !== null && (
      <Select
        label={label}
        value={String(chosen[part])}
        options={options}
        isDisabled={isLocked}
        onChange={(next) => void store.change({ updateHours: { ...chosen, [part]: Number(next) } })}
      />
    );
  return (
    <Line label={t('preferences.hours')} description={t('preferences.hours-long')} isLocked={isLocked}>
      <div className={styles.buttons}>
        <Select
          label={t('preferences.hours')}
          isLabelHidden
          value={chosen === null ? 'any' : 'some'}
          isDisabled={isLocked}
          options={[
            { id: 'any', label: t('preferences.hours-any') },
            { id: 'some', label: t('preferences.hours-some') },
          ]}
          onChange={(next) => void store.change({ updateHours: next === 'any' ? null : night })}
        />
        {hour(t('preferences.hours-from'), 'from')}
        {hour(t('preferences.hours-until'), 'until')}
      </div>
    </Line>
  );
}
