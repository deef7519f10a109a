import { z } from 'zod';
import { call, event } from './define.ts';
import { amountMinor, currency, id, instant, shortText } from './basics.ts';
import { attemptState, paymentView } from './payment.ts';
import { providerField } from './providers.ts';
import { refundIdentifier, refundNot, refundView } from './refunds.ts';

/** States of late money. It ends in exactly one of `attached`, `refunded` and `closed`. */
export const taskState = z.enum(['open', 'handed-over', 'attached', 'refunded', 'closed']);
export type TaskState = z.infer<typeof taskState>;

/** What is known of a payment that was carried over: nothing yet, that it was paid, or that it was not. */
export const taskDoubt = z.enum(['open', 'paid', 'nothing']);
export type TaskDoubt = z.infer<typeof taskDoubt>;

/** Money that a provider took for a payment that had come to nothing here: people decide what becomes of it. */
export const taskView = z.strictObject({
  taskId: id,
  state: taskState,
  /** A payment that was carried over: while it is `open`, the amount is what was asked for. Null for all other late money. */
  doubt: taskDoubt.nullable(),
  /** Kind of its tender. */
  provider: z.string(),
  /** The provider's name of the payment, and ours. */
  reference: z.string(),
  ownReference: z.string(),
  amountMinor,
  currency,
  openedAt: instant,
  /** What it had been for, and how that ended; null where this register knows nothing of it. */
  was: z
    .strictObject({
      receiptId: id,
      receiptNumber: z.int().nullable(),
      receiptState: z.enum(['open', 'parked', 'paying', 'completed', 'voided']),
      totalMinor: amountMinor,
      attemptState,
      askedMinor: amountMinor,
      at: instant,
    })
    .nullable(),
  /** What was written about it last, by whom, and when. */
  note: z.string(),
  staffName: z.string(),
  updatedAt: instant,
  endedAt: instant.nullable(),
  /** The newest try to give it back. */
  refund: refundView.nullable(),
  /** Whether it can be given back through its provider now, and what the customer has to tell for it. */
  refundNot: refundNot.nullable(),
  asks: providerField.nullable(),
  /** Number of the receipt that it was attached to, once that is completed. */
  attachedTo: z.strictObject({ receiptId: id, number: z.int().nullable() }).nullable(),
});
export type TaskView = z.infer<typeof taskView>;

const note = shortText.min(1);
const approval = id.optional();

export const taskCalls = {
  /** What waits for a person, oldest first; or what has ended, newest first. */
  'task.list': call(z.strictObject({ ended: z.boolean() }), z.array(taskView)),
  /**
   * Puts late money on the receipt that is on the counter, as the verified payment that it is; what is above the due goes back in
   * cash within the shop's cap. `receiptId` is the receipt that the cashier looked at. Right: late-money.
   * Errors: task-unknown, task-in-doubt, task-busy, receipt-not-on-counter, nothing-to-pay, payment-active, payment-going-back, amount-out-of-range {minimumMinor, maximumMinor}.
   */
  'task.attach': call(z.strictObject({ taskId: id, receiptId: id, note, approval }), z.strictObject({ task: taskView, payment: paymentView })),
  /**
   * Gives late money back through its provider; how it ended comes as `task.changed`. `requestId` makes a second tap the same refund.
   * Right: payment-refund. Errors: task-unknown, task-in-doubt, payment-not-refundable {reason}, refund-identifier {field}.
   */
  'task.refund': call(z.strictObject({ requestId: id, taskId: id, note, identifier: refundIdentifier, approval }), taskView),
  /** Leaves it to the manager, with what the cashier knows. Errors: task-unknown, task-busy. */
  'task.hand-over': call(z.strictObject({ taskId: id, note }), taskView),
  /** It was settled outside Kassa. Right: late-money. Errors: task-unknown, task-in-doubt, task-busy. */
  'task.close': call(z.strictObject({ taskId: id, note, approval }), taskView),
};

export const taskEvents = {
  'task.changed': event(taskView),
  /** Late money was met just now. */
  'task.opened': event(taskView),
};
