import type { ReactNode } from 'react';
import {
  CheckboxButton,
  CheckboxField,
  Label,
  RadioButton,
  RadioField,
  RadioGroup as AriaRadioGroup,
} from 'react-aria-components';
import styles from './Choice.module.css';
import { cx } from './cx.ts';
import { Icon } from './Icon.tsx';

export interface CheckboxProps {
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
  readonly children: ReactNode;
  /** A second line that explains. */
  readonly description?: ReactNode;
  readonly isDisabled?: boolean;
}

/** A box to tick, with its words beside it. */
export function Checkbox({ isChecked, onChange, children, description, isDisabled = false }: CheckboxProps) {
  return (
    <CheckboxField isSelected={isChecked} onChange={onChange} isDisabled={isDisabled}>
      <CheckboxButton className={cx(styles.choice)}>
        <span className={styles.box}>
          <Icon name="check" size={12} className={cx(styles.tick)} />
        </span>
        <span className={styles.words}>
          <span>{children}</span>
          {description !== undefined && <span className={styles.description}>{description}</span>}
        </span>
      </CheckboxButton>
    </CheckboxField>
  );
}

/** The box of a table's row or head, which the table itself controls. */
export function RowCheckbox() {
  return (
    <CheckboxField slot="selection">
      {({ isIndeterminate }) => (
        <CheckboxButton className={cx(styles.choice, styles.bare)}>
          <span className={styles.box}>
            <Icon name={isIndeterminate ? 'minus' : 'check'} size={12} className={cx(styles.tick)} />
          </span>
        </CheckboxButton>
      )}
    </CheckboxField>
  );
}

export interface RadioOption<T extends string> {
  readonly id: T;
  readonly label: string;
  readonly description?: string;
}

export interface RadioGroupProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly RadioOption<T>[];
  readonly onChange: (value: T) => void;
  readonly direction?: 'row' | 'column';
  readonly isDisabled?: boolean;
  /** Said below the label. */
  readonly note?: ReactNode;
}

/** A choice of one, all of it in view, each with its explanation. */
export function RadioGroup<T extends string>({
  label,
  value,
  options,
  onChange,
  direction = 'column',
  isDisabled = false,
  note = null,
}: RadioGroupProps<T>) {
  return (
    <AriaRadioGroup
      className={cx(styles.group)}
      value={value}
      isDisabled={isDisabled}
      orientation={direction === 'row' ? 'horizontal' : 'vertical'}
      onChange={(next) => {
        const option = options.find(({ id }) => id === next);
        if (option !== undefined) onChange(option.id);
      }}
    >
      <Label className={cx(styles.label)}>{label}</Label>
      {note}
      <div className={styles.options} data-direction={direction}>
        {options.map((option) => (
          <RadioField key={option.id} value={option.id}>
            <RadioButton className={cx(styles.choice)}>
              <span className={cx(styles.box, styles.round)} />
              <span className={styles.words}>
                <span>{option.label}</span>
                {option.description !== undefined && <span className={styles.description}>{option.description}</span>}
              </span>
            </RadioButton>
          </RadioField>
        ))}
      </div>
    </AriaRadioGroup>
  );
}
