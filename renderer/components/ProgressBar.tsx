import { useEffect, useRef } from 'react';
import { ProgressBar as AriaProgressBar } from 'react-aria-components';
import { cx } from './cx.ts';
import styles from './ProgressBar.module.css';

export interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1, or null while nothing is known. */
  readonly fraction: number | null;
  /** What is read aloud: "1.2 of 4.5 MB, 12 s left". */
  readonly valueText: string;
  readonly tone?: 'normal' | 'ok' | 'danger' | 'muted';
  readonly size?: 's' | 'm';
  readonly className?: string;
}

/** How far something is. The words stand beside it; the bar alone says nothing. */
export function ProgressBar({ label, fraction, valueText, tone = 'normal', size = 's', className }: ProgressBarProps) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Through the style object: a style attribute would need a weaker content policy.
    bar.current?.style.setProperty('--fraction', String(Math.min(1, Math.max(0, fraction ?? 1))));
  }, [fraction]);
  return (
    <AriaProgressBar
      aria-label={label}
      className={cx(styles.track, className)}
      data-tone={tone}
      data-size={size}
      valueLabel={valueText}
      isIndeterminate={fraction === null}
      value={(fraction ?? 0) * 100}
    >
      <div ref={bar} className={styles.fill} />
    </AriaProgressBar>
  );
}
