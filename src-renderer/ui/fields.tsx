import { useId, useRef, type ReactNode, type RefObject } from 'react';
import { useFirstFocus } from './first-focus.ts';

type FieldProps = {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | null | undefined;
  readonly testId?: string | undefined;
};

type Frame = FieldProps & { readonly children: (ids: { readonly id: string; readonly describedBy: string | undefined }) => ReactNode };

function Framed({ label, hint, error, children }: Frame) {
  const id = useId();
  const hintId = useId();
  const says = error ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, describedBy: says ? hintId : undefined })}
      {says ? (
        <span id={hintId} className={error ? 'error' : 'hint'} role={error ? 'alert' : undefined}>
          {says}
        </span>
      ) : null}
    </div>
  );
}

export type TextFieldProps = FieldProps & {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autoFocus?: boolean | undefined;
  readonly maxLength?: number | undefined;
  readonly multiline?: boolean | undefined;
  readonly placeholder?: string | undefined;
  readonly numeric?: 'decimal' | 'numeric' | undefined;
  /** Amounts are large, PINs and secrets hidden; none of them ever takes a scan. */
  readonly kind?: 'text' | 'amount' | 'pin' | 'secret' | 'email' | 'date' | undefined;
  readonly inputRef?: RefObject<HTMLInputElement | null> | undefined;
};

const keyboards = { text: 'text', amount: 'decimal', pin: 'numeric', secret: 'text', email: 'email', date: 'none' } as const;

/** A field of text, of an amount, of an address, or of a PIN. */
export function TextField(props: TextFieldProps) {
  const { kind = 'text', error, testId } = props;
  const field = useRef<HTMLInputElement | null>(null);
  const area = useRef<HTMLTextAreaElement | null>(null);
  const touched = useRef(false);
  const input = props.inputRef ?? field;
  useFirstFocus(props.autoFocus === true, props.multiline === true ? area : input);
  return (
    <Framed {...props}>
      {({ id, describedBy }) => {
        const shared = {
          id,
          value: props.value,
          maxLength: props.maxLength ?? 200,
          placeholder: props.placeholder,
          'aria-invalid': error ? true : undefined,
          'aria-describedby': describedBy,
          'data-testid': testId,
        } as const;
        if (props.multiline === true) {
          return <textarea className="input" ref={area} {...shared} onChange={(event) => props.onChange(event.target.value)} />;
        }
        return (
          <input
            className={`input${kind === 'amount' ? ' amount-input' : ''}`}
            type={kind === 'pin' || kind === 'secret' ? 'password' : kind === 'date' ? 'date' : 'text'}
            inputMode={props.numeric ?? keyboards[kind]}
            autoCapitalize={kind === 'email' ? 'off' : undefined}
            autoComplete="off"
            spellCheck={false}
            ref={input}
            {...shared}
            onFocus={(event) => {
              // What the shop filled in is typed over; what a person has begun to type is not.
              if (kind === 'amount' && !touched.current) event.target.select();
            }}
            onChange={(event) => {
              touched.current = true;
              props.onChange(event.target.value);
            }}
          />
        );
      }}
    </Framed>
  );
}

export type Choice<T extends string> = { readonly value: T; readonly label: string };

/** One out of a list. */
export function Select<T extends string>(
  props: FieldProps & { readonly value: T; readonly choices: readonly Choice<T>[]; readonly onChange: (value: T) => void },
) {
  return (
    <Framed {...props}>
      {({ id, describedBy }) => (
        <select
          id={id}
          className="input"
          value={props.value}
          aria-describedby={describedBy}
          data-testid={props.testId}
          onChange={(event) => props.onChange(event.target.value as T)}
        >
          {props.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Framed>
  );
}

/** Yes or no. */
export function Check(props: { readonly label: string; readonly checked: boolean; readonly onChange: (checked: boolean) => void }) {
  return (
    <label className="check">
      <input type="checkbox" checked={props.checked} onChange={(event) => props.onChange(event.target.checked)} />
      <span>{props.label}</span>
    </label>
  );
}
