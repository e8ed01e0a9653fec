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

/** What happened lately, a bar for each value, as high as the highest of them. */
export function RateGraph({ label, values, length }: RateGraphProps) {
  const id = useId();
  const most = Math.max(1, ...values);
  return (
    <svg
      className={styles.graph}
      viewBox={`0 0 ${length} 100`}
      preserveAspectRatio="none"
      role="img"
      aria-labelledby={id}
    >
      <title id={id}>{label}</title>
      {values.map((value, index) => {
        const height = (value / most) * 98;
        const place = length - values.length + index;
        return <rect key={place} className={styles.bar} x={place} y={98 - height} width={0.75} height={height} />;
      })}
      <line className={styles.base} x1="0" x2={length} y1="99" y2="99" />
    </svg>
  );
}
