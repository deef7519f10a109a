import { z } from 'zod';
import { call, event } from './define.ts';
import { amountMinor, currency, id, instant, shortText } from './basics.ts';
import { providerProblem } from './payment.ts';

/** States of a refund. Finished: refunded, refused. `outcome-unknown` is never sent twice unless the provider makes that safe. */
export const refundState = z.enum(['intended', 'sending', 'outcome-unknown', 'refunded', 'refused']);
export type RefundState = z.infer<typeof refundState>;

export const refundView = z.strictObject({
  refundId: id,
  receiptId: id,
  postId: id,
  tenderKind: z.string(),
  state: refundState,
  amountMinor,
  currency,
  providerReference: z.string(),
  problem: providerProblem.nullable(),
  reason: z.string(),
  /** In doubt, and only a look at the provider's own pages can tell: a manager says what became of it. */
  needsDecision: z.boolean(),
  at: instant,
});
export type RefundView = z.infer<typeof refundView>;

/** A payment of a completed receipt, and what of it can still go back the way it came. */
const refundablePost = z.strictObject({
  postId: id,
  tenderId: z.string(),
  tenderKind: z.string(),
  amountMinor,
  leftMinor: amountMinor,
  reference: z.string(),
  /** Null: it can be refunded. Else why not. */
  not: z.enum(['not-by-provider', 'nothing-left', 'under-way', 'not-configured']).nullable(),
});
export type RefundablePost = z.infer<typeof refundablePost>;

export const refundCalls = {
  /** The payments of a completed receipt and their refunds. Errors: receipt-unknown. */
  'refund.of-receipt': call(z.strictObject({ receiptId: id }), z.strictObject({ posts: z.array(refundablePost), refunds: z.array(refundView) })),
  /**
   * Gives back `amountMinor` of a payment through its provider. `requestId` makes a second tap the same refund. The answer
   * comes when it is written down; how it ended comes as `refund.changed`. Right: payment-refund.
   * Errors: receipt-unknown, payment-not-refundable {reason}, amount-out-of-range {minimumMinor, maximumMinor}, reason-missing.
   */
  'refund.start': call(
    z.strictObject({ requestId: id, postId: id, amountMinor: amountMinor.min(1), reason: shortText.min(1), approval: id.optional() }),
    refundView,
  ),
  /** What a manager found at the provider about a refund in doubt, with a note for the journal. Right: payment-refund. Errors: refund-unknown. */
  'refund.decide': call(z.strictObject({ refundId: id, given: z.boolean(), note: shortText.min(1), approval: id.optional() }), refundView),
};

export const refundEvents = {
  'refund.changed': event(refundView),
};
