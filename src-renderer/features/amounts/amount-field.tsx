import { useState } from 'react';
import { TextField } from '../../ui/fields.tsx';
import { useWords } from '../words/index.ts';
import { editable, readAmount, type TypedAmount } from './read.ts';

export type AmountFieldState = {
  readonly typed: string;
  readonly setTyped: (typed: string) => void;
  readonly amount: TypedAmount;
  /** Shows an amount, as if it had been typed. */
  readonly setMinor: (minor: number) => void;
};

/** The state of a field for an amount, filled in with `minor` or empty. */
export function useAmountField(minor: number | null): AmountFieldState {
  const { language } = useWords();
  const decimal = language === 'en' ? '.' : ',';
  const [typed, setTyped] = useState(minor === null ? '' : editable(minor, decimal));
  return { typed, setTyped, amount: readAmount(typed), setMinor: (value) => setTyped(editable(value, decimal)) };
}

/** A field for an amount. What it can't read it asks about in a sentence. */
export function AmountField(props: {
  readonly label: string;
  readonly field: AmountFieldState;
  readonly hint?: string | undefined;
  readonly error?: string | null | undefined;
  readonly autoFocus?: boolean | undefined;
  /** Among other settings it is a field like them; alone it is the loudest thing on the dialog. */
  readonly quiet?: boolean | undefined;
  readonly testId?: string | undefined;
}) {
  const { t } = useWords();
  const { amount, typed, setTyped } = props.field;
  const problem = 'problem' in amount && amount.problem !== 'empty' ? t(`amount.${amount.problem}`) : null;
  return (
    <TextField
      label={props.label}
      {...(props.quiet === true ? { numeric: 'decimal' as const } : { kind: 'amount' as const })}
      value={typed}
      onChange={setTyped}
      hint={props.hint}
      error={problem ?? props.error}
      maxLength={14}
      autoFocus={props.autoFocus}
      testId={props.testId}
    />
  );
}
