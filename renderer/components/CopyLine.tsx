import { IconButton } from './Button.tsx';
import styles from './CopyLine.module.css';

export interface CopyLineProps {
  /** What the text is, for screen readers. */
  readonly label: string;
  readonly text: string;
  readonly copyLabel: string;
  readonly onCopy: (text: string) => void;
}

/** A command or an address in fixed type, with a button that copies it. */
export function CopyLine({ label, text, copyLabel, onCopy }: CopyLineProps) {
  return (
    <div className={styles.line} role="group" aria-label={label}>
      <code className={styles.text} title={text}>
        {text}
      </code>
      <IconButton icon="copy" label={copyLabel} onPress={() => onCopy(text)} />
    </div>
  );
}
