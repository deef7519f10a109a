import { z } from 'zod';
import { call, event } from './define.ts';
import { amountMinor, currency, id, instant } from './basics.ts';

/**
 * States of a payment attempt, one life cycle for every tender (docs/payments.md draws it).
 * Finished: paid, cancelled, declined, expired, released, reversed, not-started.
 */
export const attemptState = z.enum([
  'intended',
  'starting',
  'waiting',
  'approved',
  'capturing',
  'releasing',
  'cancelling',
  'outcome-unknown',
  'paid',
  'cancelled',
  'declined',
  'expired',
  'released',
  'reversed',
  'not-started',
]);
export type AttemptState = z.infer<typeof attemptState>;

/** One try to move one amount through one tender, as the dialogs show it. */
export const paymentView = z.strictObject({
  attemptId: id,
  receiptId: id,
  tenderId: z.string(),
  tenderKind: z.string(),
  state: attemptState,
  amountMinor,
  currency,
  /** Cash handed over, and what goes back. */
  givenMinor: amountMinor,
  changeMinor: amountMinor,
  roundingMinor: amountMinor,
  /** What is still open on the receipt after it. */
  dueMinor: amountMinor,
  completed: z.boolean(),
  /** Number of the receipt once it is completed. */
  receiptNumber: z.int().nullable(),
  at: instant,
});
export type PaymentView = z.infer<typeof paymentView>;

export const paymentCalls = {
  /**
   * Pays `amountMinor` of what is due. `requestId` makes a second tap the same attempt. Cash: `givenMinor` is what the customer
   * handed over. Errors: nothing-to-pay, amount-out-of-range {minimumMinor, maximumMinor}, reference-missing, tender-not-usable {reason}.
   */
  'payment.start': call(
    z.strictObject({
      requestId: id,
      tenderId: z.string().min(1).max(40),
      amountMinor,
      givenMinor: amountMinor.optional(),
      reference: z.string().trim().max(60).optional(),
    }),
    paymentView,
  ),
  /** Gives a part payment back before the receipt is completed. Right: payment-remove. */
  'payment.remove': call(
    z.strictObject({ postId: id, approval: id.optional() }),
    z.strictObject({ revision: z.int() }),
  ),
};

export const paymentEvents = {
  'payment.changed': event(paymentView),
};
