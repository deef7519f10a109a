import { z } from 'zod';
import { call } from './define.ts';
import { currency, id, instant } from './basics.ts';

/** A movement of money at a provider as this shop's books have it. Signed: what the shop gets is above zero. */
const ourPost = z.strictObject({
  kind: z.enum(['captured', 'refunded']),
  /** `returned` was given back before its receipt was completed; `task` is late money. */
  of: z.enum(['receipt', 'returned', 'task']),
  /** The provider's own name, and all names that its books may use for the payment. */
  reference: z.string(),
  references: z.array(z.string()),
  amountMinor: z.int(),
  currency,
  at: instant,
  receiptId: id.nullable(),
});

const settlementRow = z.strictObject({
  reference: z.string(),
  entry: z.string(),
  kind: z.enum(['captured', 'refunded', 'fee', 'payout', 'other']),
  amountMinor: z.int(),
  currency,
  at: z.string(),
  word: z.string(),
});

export const settlementState = z.enum(['matched', 'missing-here', 'missing-there', 'different']);

const comparedRow = z.strictObject({
  state: settlementState,
  kind: z.enum(['captured', 'refunded']),
  /** A name of the payment to look for. */
  reference: z.string(),
  here: z.array(ourPost),
  there: z.array(settlementRow),
  hereMinor: z.int(),
  thereMinor: z.int(),
  /** One side stands in a neighbouring day's books. */
  otherDay: z.boolean(),
});

const summed = z.strictObject({ currency, amountMinor: z.int(), count: z.int() });

export const settlementView = z.strictObject({
  kind: z.string(),
  day: z.iso.date(),
  rows: z.array(comparedRow),
  /** By currency; signed as the provider's rows are. */
  fees: z.array(summed),
  payouts: z.array(summed),
  /** What the provider's books have beside payments, refunds, fees and payouts. */
  others: z.array(settlementRow),
  /** Whether the provider's books of the days before and after could be looked at where that was needed: what is missing may be there. */
  neighbours: z.enum(['not-needed', 'asked', 'not-available']),
});

export const settlementCalls = {
  /**
   * A day of the shop laid beside its provider's own books. Right: settlement-read. Errors: not-configured, and what providers fail with
   * (`unreachable` also where the day is not closed there yet).
   */
  'settlement.compare': call(z.strictObject({ kind: z.string().min(1).max(40), day: z.iso.date(), approval: id.optional() }), settlementView),
};
