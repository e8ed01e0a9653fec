import { useId } from 'react';
import styles from './RateGraph.module.css';

export interface RateGraphProps {
  /** What it shows, in words: who cannot see it loses nothing. */
  readonly label: string;
  /** The latest last. */
  readonly values: readonly number[];
  /** How many values the whole width stands for; what is missing is at the start. */
  readonly length: number;
}

/** A line of what happened lately, as high as its highest point. */
export function RateGraph({ label, values, length }: RateGraphProps) {
  const id = useId();
  const most = Math.max(1, ...values);
  const points = values.map((value, index) => {
    const x = length - values.length + index + 1;
    return `${x},${(100 - (value / most) * 100).toFixed(1)}`;
  });
  const first = length - values.length + 1;
  return (
    <svg
      className={styles.graph}
      viewBox={`0 -4 ${length} 108`}
      preserveAspectRatio="none"
      role="img"
      aria-labelledby={id}
    >
      <title id={id}>{label}</title>
      <polygon className={styles.area} points={`${first},100 ${points.join(' ')} ${length},100`} />
      <polyline className={styles.line} points={points.join(' ')} />
      <line className={styles.base} x1="0" x2={length} y1="101" y2="101" />
    </svg>
  );
}
