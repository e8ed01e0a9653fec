import type { SettingsView } from '../../../shared/model/index.ts';
import { IconButton } from '../../components/Button.tsx';
import { OrderedList } from '../../components/OrderedList.tsx';
import { Select } from '../../components/Select.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useStores } from '../../stores/stores.tsx';
import { LockedNote } from './Group.tsx';
import styles from './PreferencesScreen.module.css';
import { languageName, moved, programLanguages } from './selectors.ts';

/** The languages that programs are to speak, best first; none = as the system says. */
export function ProgramLanguages({ settings }: { readonly settings: SettingsView }) {
  const { t, locale } = useTranslator();
  const { settings: store } = useStores();
  const chosen = settings.programLanguages;
  const isLocked = settings.locked.includes('programLanguages');
  const change = (next: readonly string[]) => void store.change({ programLanguages: [...next] });
  const nameOf = (code: string) => languageName(locale, code);
  const others = programLanguages
    .filter((code) => !chosen.includes(code))
    .map((code) => ({ id: code, label: nameOf(code) }))
    .sort((a, b) => a.label.localeCompare(b.label, locale));
  return (
    <div className={styles.stack} role="group" aria-label={t('preferences.program-languages')}>
      <div className={styles.line}>
        <div className={styles.lineWords}>
          <span className={styles.label}>{t('preferences.program-languages')}</span>
          <span className={styles.description}>{t('preferences.program-languages-long')}</span>
          {isLocked && <LockedNote />}
        </div>
        <Select
          label={t('preferences.program-languages-add')}
          isLabelHidden
          value="add"
          isDisabled={isLocked || chosen.length >= 20}
          options={[
            {
              id: 'add',
              label: chosen.length === 0 ? t('preferences.language-system') : t('preferences.program-languages-add'),
            },
            ...others,
          ]}
          onChange={(code) => code !== 'add' && change([...chosen, code])}
        />
      </div>
      {chosen.length > 0 && (
        <OrderedList
          label={t('preferences.program-languages')}
          items={chosen}
          keyOf={(code) => code}
          textOf={nameOf}
          handleLabel={(code) => t('preferences.program-languages-move', { name: nameOf(code) })}
          onMove={(code, before) => !isLocked && change(moved(chosen, code, before))}
        >
          {(code) => (
            <div className={styles.language}>
              <span>{nameOf(code)}</span>
              <IconButton
                icon="close"
                label={t('preferences.program-languages-remove', { name: nameOf(code) })}
                isDisabled={isLocked}
                onPress={() => change(chosen.filter((one) => one !== code))}
              />
            </div>
          )}
        </OrderedList>
      )}
    </div>
  );
}
