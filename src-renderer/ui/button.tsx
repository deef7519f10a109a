import { useRef, type ReactNode, type RefObject } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useFirstFocus } from './first-focus.ts';
import { Kbd } from './kbd.tsx';

export type ButtonProps = {
  readonly children: ReactNode;
  readonly onPress?: (() => void) | undefined;
  /** `primary` moves the sale on; `danger` is an outline until it is really destructive (`destroy`). */
  readonly kind?: 'plain' | 'primary' | 'quiet' | 'danger' | 'destroy';
  /** Targets: 44, 52 and (in payment dialogs) 64 px. */
  readonly size?: 'small' | 'normal' | 'large';
  /** The key that does the same, shown while Alt is held. */
  readonly hotkey?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly autoFocus?: boolean | undefined;
  readonly label?: string | undefined;
  readonly testId?: string | undefined;
  readonly className?: string | undefined;
  readonly submit?: boolean | undefined;
  readonly slot?: string | undefined;
  readonly ref?: RefObject<HTMLButtonElement | null> | undefined;
};

/** A button by finger, mouse, key or scanner-proof Enter. */
export function Button(props: ButtonProps) {
  const { children, kind = 'plain', size = 'normal', hotkey, className = '' } = props;
  const own = useRef<HTMLButtonElement | null>(null);
  const ref = props.ref ?? own;
  useFirstFocus(props.autoFocus === true, ref);
  return (
    <AriaButton
      ref={ref}
      className={`button ${kind} ${size} ${className}`}
      isDisabled={props.disabled ?? false}
      type={props.submit === true ? 'submit' : 'button'}
      data-testid={props.testId}
      {...(props.label === undefined ? {} : { 'aria-label': props.label })}
      {...(props.onPress === undefined ? {} : { onPress: props.onPress })}
      {...(props.slot === undefined ? {} : { slot: props.slot })}
    >
      {children}
      {hotkey === undefined ? null : <Kbd>{hotkey}</Kbd>}
    </AriaButton>
  );
}
