import { z } from 'zod';
import { call, event } from './define.ts';
import { amountMinor, currency, id, instant, shortText } from './basics.ts';
import { providerProblem } from './payment.ts';
import { providerField } from './providers.ts';

/**
 * States of a refund. Finished: refunded, refused. `waiting`: the provider works on it. `outcome-unknown` is never sent twice unless
 * the provider makes that safe.
 */
export const refundState = z.enum(['intended', 'sending', 'waiting', 'outcome-unknown', 'refunded', 'refused']);
export type RefundState = z.infer<typeof refundState>;

export const refundView = z.strictObject({
  refundId: id,
  /** Of a receipt's payment; null for late money, which `taskId` names. */
  receiptId: id.nullable(),
  postId: id.nullable(),
  taskId: id.nullable(),
  /** Of another store's payment, as part of a return of its receipt. */
  paymentId: id.nullable(),
  tenderKind: z.string(),
  state: refundState,
  amountMinor,
  currency,
  providerReference: z.string(),
  problem: providerProblem.nullable(),
  reason: z.string(),
  /** In doubt or waited for, and only a look at the provider's own pages can tell: a manager says what became of it. */
  needsDecision: z.boolean(),
  at: instant,
});
export type RefundView = z.infer<typeof refundView>;

/** What of a payment forbids its refund now; sentences are `refund.not.<reason>`. */
export const refundNot = z.enum(['not-by-provider', 'nothing-left', 'under-way', 'payment-active', 'not-configured']);
export type RefundNot = z.infer<typeof refundNot>;

/** A payment of a receipt, and what of it can still go back the way it came. */
const refundablePost = z.strictObject({
  postId: id,
  tenderId: z.string(),
  tenderKind: z.string(),
  amountMinor,
  leftMinor: amountMinor,
  /** Less than what is left may go back. */
  partial: z.boolean(),
  reference: z.string(),
  /** What the customer has to tell for it; null: nothing. */
  asks: providerField.nullable(),
  /** Null: it can be refunded. Else why not. */
  not: refundNot.nullable(),
});
export type RefundablePost = z.infer<typeof refundablePost>;

/** What the customer told for a refund, where the provider asks for it. It is sealed, and forgotten when the refund has ended. */
export const refundIdentifier = z.string().trim().max(500).optional();

export const refundCalls = {
  /** The payments of a receipt, completed or on the counter, and their refunds. Errors: receipt-unknown. */
  'refund.of-receipt': call(z.strictObject({ receiptId: id }), z.strictObject({ posts: z.array(refundablePost), refunds: z.array(refundView) })),
  /**
   * Gives back `amountMinor` of a payment through its provider; a part payment of the receipt on the counter goes back whole.
   * `requestId` makes a second tap the same refund. `identifier` is what the customer told, where the payment asks for it. The
   * answer comes when it is written down; how it ended comes as `refund.changed`. Right: payment-refund.
   * Errors: receipt-unknown, payment-not-refundable {reason}, amount-out-of-range {minimumMinor, maximumMinor}, refund-identifier {field}.
   */
  'refund.start': call(
    z.strictObject({ requestId: id, postId: id, amountMinor: amountMinor.min(1), reason: shortText.min(1), identifier: refundIdentifier, approval: id.optional() }),
    refundView,
  ),
  /** What a manager found at the provider about a refund in doubt, with a note for the journal. Right: payment-refund. Errors: refund-unknown. */
  'refund.decide': call(z.strictObject({ refundId: id, given: z.boolean(), note: shortText.min(1), approval: id.optional() }), refundView),
};

export const refundEvents = {
  'refund.changed': event(refundView),
};
