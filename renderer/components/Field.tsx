import type { ReactNode, Ref } from 'react';
import {
  Button as AriaButton,
  FieldError,
  Input,
  Label,
  SearchField as AriaSearchField,
  Text,
  TextField as AriaTextField,
} from 'react-aria-components';
import { cx } from './cx.ts';
import styles from './Field.module.css';
import { Icon } from './Icon.tsx';

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly description?: ReactNode;
  /** Says what is wrong; its presence marks the field. */
  readonly problem?: string | undefined;
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
  readonly isDisabled?: boolean;
  readonly onEnter?: () => void;
}

/** One line of text with its label, explanation and problem. */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, description, problem, placeholder = '', autoFocus = false, onEnter } = props;
  return (
    <AriaTextField
      className={cx(styles.field)}
      value={value}
      onChange={onChange}
      isInvalid={problem !== undefined}
      isDisabled={props.isDisabled === true}
      autoFocus={autoFocus}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onEnter?.();
        else event.continuePropagation();
      }}
    >
      <Label className={cx(styles.label)}>{label}</Label>
      <Input className={cx(styles.input)} placeholder={placeholder} spellCheck={false} autoComplete="off" />
      {description !== undefined && problem === undefined && (
        <Text slot="description" className={cx(styles.description)}>
          {description}
        </Text>
      )}
      <FieldError className={cx(styles.problem)}>{problem}</FieldError>
    </AriaTextField>
  );
}

export interface SearchFieldProps {
  readonly label: string;
  /** Text to clear the field by; for the button's name. */
  readonly clearLabel: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  /** Typing anywhere on the page goes to the field that has this. */
  readonly isPageSearch?: boolean;
  readonly onSubmit?: () => void;
  readonly className?: string;
  readonly ref?: Ref<HTMLInputElement>;
}

/** A field that narrows a list while one types; Escape clears it. */
export function SearchField(props: SearchFieldProps) {
  const { label, clearLabel, value, onChange, placeholder, isPageSearch = false, onSubmit, className, ref } = props;
  return (
    <AriaSearchField
      aria-label={label}
      className={cx(styles.search, className)}
      value={value}
      onChange={onChange}
      onSubmit={() => onSubmit?.()}
    >
      <Icon name="search" size={14} className={cx(styles.lens)} />
      <Input
        ref={ref ?? null}
        className={cx(styles.searchInput)}
        placeholder={placeholder ?? label}
        spellCheck={false}
        data-page-search={isPageSearch ? '' : undefined}
      />
      <AriaButton aria-label={clearLabel} className={cx(styles.clear)}>
        <Icon name="close" size={12} />
      </AriaButton>
    </AriaSearchField>
  );
}
