import type { ReactElement, ReactNode } from 'react';
import { Focusable, Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';
import styles from './Tooltip.module.css';

export interface TooltipProps {
  readonly text: ReactNode;
  /** One control that can take focus. */
  readonly children: ReactElement;
}

/** Shows a short text beside a control, on hovering and on keyboard focus. Never the only place where something is said. */
export function Tooltip({ text, children }: TooltipProps) {
  return (
    <TooltipTrigger delay={600} closeDelay={100}>
      {children}
      <AriaTooltip offset={6} className={styles.tooltip ?? ''}>
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}

export interface HintProps {
  readonly text: string;
  /** Visible words; the hint is a longer form of them. */
  readonly children: ReactNode;
  readonly className?: string;
}

/** Words that can be focused to read more about them. */
export function Hint({ text, children, className }: HintProps) {
  return (
    <Tooltip text={text}>
      <Focusable>
        <span role="note" tabIndex={0} aria-label={text} className={className}>
          {children}
        </span>
      </Focusable>
    </Tooltip>
  );
}
