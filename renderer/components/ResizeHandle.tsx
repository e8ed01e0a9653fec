import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import styles from './ResizeHandle.module.css';

export interface ResizeHandleProps {
  readonly label: string;
  /** Width of the part after the handle, CSS pixels. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

const step = 24;

/** The edge between two parts: dragged by the pointer, or moved by the arrow keys, Home and End. */
export function ResizeHandle({ label, value, min, max, onChange }: ResizeHandleProps) {
  const drag = useRef<{ readonly x: number; readonly value: number } | null>(null);
  const set = (next: number) => onChange(Math.round(Math.min(max, Math.max(min, next))));
  const sign = (target: Element) => (getComputedStyle(target).direction === 'rtl' ? -1 : 1);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const towardsEnd = sign(event.currentTarget) === 1 ? 'ArrowRight' : 'ArrowLeft';
    const towardsStart = towardsEnd === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
    if (event.key === towardsStart) set(value + step);
    else if (event.key === towardsEnd) set(value - step);
    else if (event.key === 'Home') set(max);
    else if (event.key === 'End') set(min);
    else return;
    event.preventDefault();
  };

  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={value}
      className={styles.handle}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { x: event.clientX, value };
      }}
      onPointerMove={(event: PointerEvent<HTMLDivElement>) => {
        if (drag.current === null) return;
        set(drag.current.value - (event.clientX - drag.current.x) * sign(event.currentTarget));
      }}
      onLostPointerCapture={() => {
        drag.current = null;
      }}
    />
  );
}
