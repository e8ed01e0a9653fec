import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './Feedback.module.css';
import { Icon, type IconName } from './Icon.tsx';

export interface BadgeProps {
  readonly children: ReactNode;
  readonly tone?: 'neutral' | 'accent' | 'ok' | 'warn' | 'danger';
  readonly icon?: IconName;
}

/** A word on a tint. */
export function Badge({ children, tone = 'neutral', icon }: BadgeProps) {
  return (
    <span className={styles.badge} data-tone={tone}>
      {icon !== undefined && <Icon name={icon} size={12} />}
      {children}
    </span>
  );
}

export interface StatusMessageProps {
  readonly tone: 'info' | 'ok' | 'warn' | 'danger';
  readonly children: ReactNode;
  /** Lines for those who want to know, behind a word. */
  readonly details?: readonly string[];
  readonly detailsLabel?: string;
  readonly actions?: ReactNode;
  /** Reads it aloud when it appears. */
  readonly isAlert?: boolean;
}

const toneIcons = { info: 'info', ok: 'ok', warn: 'warning', danger: 'failed' } as const;

/** One sentence about the state of things, in place, with what can be done about it. */
export function StatusMessage(props: StatusMessageProps) {
  const { tone, children, details = [], detailsLabel = '', actions, isAlert = false } = props;
  return (
    <div className={styles.message} data-tone={tone} role={isAlert ? 'alert' : undefined}>
      <Icon name={toneIcons[tone]} className={cx(styles.messageIcon)} />
      <div className={styles.messageText}>
        <div className="selectable">{children}</div>
        {details.length > 0 && (
          <details className={styles.details}>
            <summary>{detailsLabel}</summary>
            <pre tabIndex={0}>{details.join('\n')}</pre>
          </details>
        )}
      </div>
      {actions !== undefined && <div className={styles.messageActions}>{actions}</div>}
    </div>
  );
}

export interface EmptyStateProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** 1 where it is all there is. */
  readonly level?: 1 | 2;
}

/** A page with nothing on it: what it is for, and one thing to do. */
export function EmptyState({ icon, title, children, action, level = 2 }: EmptyStateProps) {
  const Heading = `h${level}` as const;
  return (
    <div className={styles.empty}>
      <span className={styles.emptyIcon}>
        <Icon name={icon} size={32} />
      </span>
      <Heading className={styles.emptyTitle}>{title}</Heading>
      {children !== undefined && <p className={styles.emptyText}>{children}</p>}
      {action}
    </div>
  );
}

export interface SkeletonProps {
  readonly label: string;
  /** The shape of what will come. */
  readonly shape: 'tiles' | 'rows' | 'text';
  readonly count?: number;
}

/** The outline of a layout whose data is on the way. Invisible for the first moment, so that quick answers do not flash. */
export function Skeleton({ label, shape, count = 6 }: SkeletonProps) {
  return (
    <div className={styles.skeleton} data-shape={shape} role="status" aria-label={label}>
      {Array.from({ length: count }, (_, index) => (
        <span key={index} className={styles.bone} />
      ))}
    </div>
  );
}

export interface LiveRegionProps {
  readonly text: string;
}

/** Says a text aloud, politely, whenever it changes. */
export function LiveRegion({ text }: LiveRegionProps) {
  return (
    <div className={styles.hidden} role="status" aria-live="polite" aria-atomic="true">
      {text}
    </div>
  );
}

export interface HiddenTextProps {
  readonly children: ReactNode;
}

/** Words for screen readers alone. */
export function HiddenText({ children }: HiddenTextProps) {
  return <span className={styles.hidden}>{children}</span>;
}
