import {
  Button as AriaButton,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
} from 'react-aria-components';
import { cx } from './cx.ts';
import { Icon } from './Icon.tsx';
import styles from './Select.module.css';

export interface SelectOption<T extends string> {
  readonly id: T;
  readonly label: string;
}

export interface SelectProps<T extends string> {
  readonly label: string;
  /** Keep the label for screen readers only. */
  readonly isLabelHidden?: boolean;
  readonly value: T;
  readonly options: readonly SelectOption<T>[];
  readonly onChange: (value: T) => void;
  readonly isDisabled?: boolean;
  readonly className?: string;
}

/** A choice of one from a list that opens. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { label, isLabelHidden = false, value, options, onChange, isDisabled = false, className } = props;
  return (
    <AriaSelect
      className={cx(styles.select, className)}
      value={value}
      isDisabled={isDisabled}
      onChange={(key) => {
        const option = options.find(({ id }) => id === key);
        if (option !== undefined) onChange(option.id);
      }}
      {...(isLabelHidden ? { 'aria-label': label } : {})}
    >
      {!isLabelHidden && <Label className={cx(styles.label)}>{label}</Label>}
      <AriaButton className={cx(styles.button)}>
        <SelectValue className={cx(styles.value)}>{({ selectedText }) => selectedText}</SelectValue>
        <Icon name="open" size={14} className={cx(styles.arrow)} />
      </AriaButton>
      <Popover className={cx(styles.popover)} offset={4}>
        <ListBox className={cx(styles.list)} items={options}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={cx(styles.item)}>
              <Icon name="check" size={14} className={cx(styles.check)} />
              {option.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
