import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './Page.module.css';

export interface PageProps {
  readonly title: ReactNode;
  /** Before the title: a way back, a picture. */
  readonly lead?: ReactNode;
  /** Under the title, in muted text. */
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
  /** `scroll`: the content scrolls as a whole; `fill`: parts of it scroll by themselves; `own`: it brings its `PageBody`s. */
  readonly layout: 'scroll' | 'fill' | 'own';
  readonly children: ReactNode;
}

/** The frame of a screen: a head that stays, and the content. */
export function Page({ title, lead, subtitle, actions, layout, children }: PageProps) {
  return (
    <section className={styles.page} aria-labelledby="page-title">
      <header className={styles.head}>
        {lead}
        <div className={styles.titles}>
          <h1 id="page-title" className={styles.title} tabIndex={-1}>
            {title}
          </h1>
          {subtitle !== undefined && <div className={styles.subtitle}>{subtitle}</div>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {layout === 'own' ? children : <PageBody layout={layout}>{children}</PageBody>}
    </section>
  );
}

export interface PageBodyProps {
  readonly layout: 'scroll' | 'fill';
  readonly children: ReactNode;
}

/** What is below the head of a page, or below its tabs. */
export function PageBody({ layout, children }: PageBodyProps) {
  return (
    <div className={cx(styles.body, layout === 'scroll' ? styles.scroll : styles.fill)}>
      <div className={styles.column}>{children}</div>
    </div>
  );
}

export interface SectionProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page under a heading. */
export function Section({ title, aside, children }: SectionProps) {
  return (
    <section className={styles.section} aria-label={title}>
      <div className={styles.sectionHead}>
        <h2 className={styles.sectionTitle}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
