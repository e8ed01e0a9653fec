import type { ReactNode } from 'react';
import { Icon } from '../../components/Icon.tsx';
import { useTranslator } from '../../components/translation.tsx';
import styles from './PreferencesScreen.module.css';

/** Settings that belong together, under their title. */
export function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.group} aria-label={title}>
      <h2 className={styles.groupTitle}>{title}</h2>
      <div className={styles.groupBody}>{children}</div>
    </section>
  );
}

/** Says that a setting cannot be changed, and who can. */
export function LockedNote() {
  const { t } = useTranslator();
  return (
    <span className={styles.locked}>
      <Icon name="lock" size={12} />
      {t('preferences.locked')}
    </span>
  );
}

export interface LineProps {
  readonly label: string;
  readonly description: string;
  readonly isLocked: boolean;
  readonly children: ReactNode;
}

/** A setting whose control stands at the end of its words. */
export function Line({ label, description, isLocked, children }: LineProps) {
  return (
    <div className={styles.line}>
      <div className={styles.lineWords}>
        <span className={styles.label}>{label}</span>
        <span className={styles.description}>{description}</span>
        {isLocked && <LockedNote />}
      </div>
      {children}
    </div>
  );
}
