import { Button as AriaButton, Group, Input, Label, NumberField as AriaNumberField } from 'react-aria-components';
import { cx } from './cx.ts';
import { Icon } from './Icon.tsx';
import styles from './NumberField.module.css';

export interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Also while the number is only half typed: what is no number counts as the least one. */
  readonly onChange: (value: number) => void;
  readonly isDisabled?: boolean;
}

/** A whole number to type, or to change by the arrow keys and the buttons beside it. */
export function NumberField({ label, value, min, max, onChange, isDisabled = false }: NumberFieldProps) {
  return (
    <AriaNumberField
      className={cx(styles.field)}
      value={value}
      minValue={min}
      maxValue={max}
      step={1}
      isDisabled={isDisabled}
      onChange={(next) => onChange(Number.isNaN(next) ? min : next)}
    >
      <Label className={cx(styles.label)}>{label}</Label>
      <Group className={cx(styles.group)}>
        <AriaButton slot="decrement" className={cx(styles.step)}>
          <Icon name="minus" size={14} />
        </AriaButton>
        <Input className={cx(styles.input)} />
        <AriaButton slot="increment" className={cx(styles.step)}>
          <Icon name="add" size={14} />
        </AriaButton>
      </Group>
    </AriaNumberField>
  );
}
