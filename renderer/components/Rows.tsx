import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { frame } from './frame.ts';
import styles from './Rows.module.css';

export interface RowsProps {
  readonly label?: string | undefined;
  /** Where the list stands; `none`: something else frames it. */
  readonly within: keyof typeof frame | 'none';
  /** Whether a long list scrolls by itself, so that what follows it stays near. */
  readonly isLimited?: boolean;
  readonly children: ReactNode;
}

/** A list with a line between its entries. */
export function Rows({ label, within, isLimited = false, children }: RowsProps) {
  return (
    <ul className={cx(styles.rows, within !== 'none' && frame[within], isLimited && styles.limited)} aria-label={label}>
      {children}
    </ul>
  );
}

export interface RowProps {
  /** Before the words: a picture. */
  readonly lead?: ReactNode;
  /** After the words: what can be done. */
  readonly actions?: ReactNode;
  /** Whether there is room at the sides, and actions may go below the words. */
  readonly isRoomy?: boolean;
  /** The words. */
  readonly children: ReactNode;
}

/** An entry of such a list: words in a column, and what can be done beside them. */
export function Row({ lead, actions, isRoomy = false, children }: RowProps) {
  return (
    <li className={isRoomy ? styles.roomy : styles.line}>
      {lead}
      <div className={styles.words}>{children}</div>
      {actions}
    </li>
  );
}

/** An entry of such a list that says more than a few words. */
export function StackRow({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <li className={styles.stack} aria-label={label}>
      {children}
    </li>
  );
}
