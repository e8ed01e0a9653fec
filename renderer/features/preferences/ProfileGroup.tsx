import { Button } from '../../components/Button.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useStores } from '../../stores/stores.tsx';
import styles from './PreferencesScreen.module.css';

/** Taking what one has to another computer, and from one. */
export function ProfileGroup() {
  const { t } = useTranslator();
  const { profile } = useStores();
  return (
    <section className={styles.group} aria-label={t('profile.title')}>
      <h2 className={styles.groupTitle}>{t('profile.title')}</h2>
      <div className={styles.groupBody}>
        <p className={styles.description}>{t('profile.text')}</p>
        <div className={styles.buttons}>
          <Button onPress={() => void profile.exportTo(false)}>{t('profile.export')}</Button>
          <Button onPress={() => void profile.open(false)}>{t('profile.import')}</Button>
        </div>
        <p className={styles.description}>{t('profile.bundle-text')}</p>
        <div className={styles.buttons}>
          <Button onPress={() => void profile.exportTo(true)}>{t('profile.export-bundle')}</Button>
          <Button onPress={() => void profile.open(true)}>{t('profile.import-bundle')}</Button>
        </div>
      </div>
    </section>
  );
}
