import type { Currency } from '../../contract/basics.ts';
import type { Minor } from '../money.ts';

/** One row of what is paid, as providers that want rows are told. */
export type PaymentRow = { readonly text: string; readonly quantityMilli: number; readonly amountMinor: Minor; readonly code: string; readonly vatRateBasisPoints: number };

/** A payment as a provider is asked for it. `reference` is derived from the attempt and the same in every retry of it. */
export type PaymentOrder = {
  readonly reference: string;
  readonly amountMinor: Minor;
  readonly currency: Currency;
  readonly cashier: string;
  readonly title: string;
  /** Sum to `amountMinor`: articles, and what other tenders pay below zero. */
  readonly rows: readonly PaymentRow[];
  /** When the attempt was made, ISO instant. */
  readonly at: string;
  /** Which of the provider's ways; absent: the only one. */
  readonly way?: string;
  /** The customer is somewhere else (distance sale). */
  readonly distance?: boolean;
};
