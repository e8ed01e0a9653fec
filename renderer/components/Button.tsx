import type { ReactElement, ReactNode, Ref } from 'react';
import {
  Button as AriaButton,
  ToggleButton as AriaToggle,
  type ButtonProps as AriaButtonProps,
} from 'react-aria-components';
import styles from './Button.module.css';
import { cx } from './cx.ts';
import { Icon, type IconName } from './Icon.tsx';
import { Tooltip } from './Tooltip.tsx';

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  /** `primary` once a screen at most; `danger` only where something can be lost. */
  readonly variant?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly icon?: IconName;
  readonly children: ReactNode;
  readonly className?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button with a word on it. */
export function Button({ variant = 'secondary', icon, children, className, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={cx(styles.button, className)} data-variant={variant}>
      {icon !== undefined && <Icon name={icon} size={14} />}
      <span className={styles.label}>{children}</span>
    </AriaButton>
  );
}

export interface IconButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style' | 'aria-label'> {
  readonly icon: IconName;
  /** What it does; read aloud, and shown as a tooltip. */
  readonly label: string;
  readonly variant?: 'quiet' | 'secondary' | 'primary';
  readonly className?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button that is a picture alone, with its name in a tooltip. */
export function IconButton({ icon, label, variant = 'quiet', className, ...rest }: IconButtonProps): ReactElement {
  return (
    <Tooltip text={label}>
      <AriaButton
        {...rest}
        aria-label={label}
        className={cx(styles.button, styles.square, className)}
        data-variant={variant}
      >
        <Icon name={icon} />
      </AriaButton>
    </Tooltip>
  );
}

export interface ToggleIconButtonProps {
  readonly icon: IconName;
  readonly iconOn: IconName;
  /** What pressing does now; changes with the state, so that no one must guess from a colour. */
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly className?: string;
}

/** A button that is either on or off. */
export function ToggleIconButton({ icon, iconOn, label, isOn, onChange, className }: ToggleIconButtonProps) {
  return (
    <Tooltip text={label}>
      <AriaToggle
        aria-label={label}
        isSelected={isOn}
        onChange={onChange}
        className={cx(styles.button, styles.square, className)}
        data-variant="quiet"
      >
        <Icon name={isOn ? iconOn : icon} />
      </AriaToggle>
    </Tooltip>
  );
}

export interface TextLinkProps {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly isExternal?: boolean;
  readonly className?: string;
}

/** A button that looks like a link, for going somewhere from within text. */
export function TextLink({ children, onPress, isExternal = false, className }: TextLinkProps) {
  return (
    <AriaButton onPress={onPress} className={cx(styles.link, className)}>
      {children}
      {isExternal && <Icon name="external" size={12} />}
    </AriaButton>
  );
}

export interface BareButtonProps extends Omit<AriaButtonProps, 'className' | 'style'> {
  readonly className?: string;
}

/** A button without a look of its own, for the parts of the frame. */
export function BareButton({ className, ...rest }: BareButtonProps) {
  return <AriaButton {...rest} className={cx(className)} />;
}
