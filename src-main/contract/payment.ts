import { z } from 'zod';
import { call, event } from './define.ts';
import { amountMinor, currency, id, instant, shortText, words } from './basics.ts';

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

/** What the customer does to pay; words for it are `customerAct.<act>`. */
export const customerAct = z.enum(['scan-sticker', 'scan-code', 'open-app', 'show-code', 'confirm-in-app']);
export type CustomerAct = z.infer<typeof customerAct>;

/** The closed set of what can be wrong with a provider (docs/payments.md); sentences are `errors.<code>`. */
export const providerProblem = z.strictObject({
  code: z.enum(['declined', 'not-configured', 'unauthorised', 'unreachable', 'rate-limited', 'rejected', 'conflict', 'protocol']),
  /** The provider's own code, for `rejected` and for support. */
  providerCode: z.string().max(60).optional(),
  /** The provider's own words, cleaned of secrets. */
  text: z.string().max(300).optional(),
  /** The provider knows no such payment under the credentials and the number that it was asked with. */
  notThere: z.literal(true).optional(),
  /** Name of the store of the chain on whose behalf it was asked. */
  store: z.string().max(80).optional(),
  /** The adapter's own sentence for it, where it has a better one. */
  say: words.optional(),
});
export type ProviderProblem = z.infer<typeof providerProblem>;

/**
 * What a provider says of a payment that it was never asked for like that: another amount or currency, another payment's
 * reference, or money that was there before the customer could be asked. Nothing is booked until a person has decided.
 */
export const paymentAlarm = z.strictObject({
  kind: z.enum(['amount', 'currency', 'reference', 'unasked']),
  /** The provider's own name of the payment, and what it says was paid, the tip included. */
  reference: z.string(),
  amountMinor,
  currency,
  tipMinor: amountMinor,
  /** Whose payment it says it is, where it says so. */
  ownReference: z.string(),
});
export type PaymentAlarm = z.infer<typeof paymentAlarm>;

/** A code for the customer to scan, as text to draw or as a picture; gone when `leftMs` is over. */
export const shownCode = z.strictObject({ code: z.union([z.strictObject({ text: z.string().min(1) }), z.strictObject({ png: z.base64() })]), leftMs: z.int().min(0) });
export type ShownCode = z.infer<typeof shownCode>;

/** What people see of a payment that a provider has to prove. */
const waitView = z.strictObject({
  act: customerAct,
  /** Null: there is none, or it is no longer valid. */
  show: shownCode.nullable(),
  /** What is left of this window of waiting when the view is made, and how long it is. */
  windowLeftMs: z.int().min(0),
  windowMs: z.int(),
  /** The window is over: try again or cancel? */
  question: z.boolean(),
  /** Null: it can be cancelled now. Else why not. */
  cancelNot: z.enum(['starting', 'cancelling', 'approved', 'confirming', 'never', 'alarm']).nullable(),
  /** Null while all is as it was asked for. `mayTake`: it can be booked as the provider says. */
  alarm: z.strictObject({ ...paymentAlarm.shape, mayTake: z.boolean() }).nullable(),
  /** Another payment was found at the provider in this one's place; null once it is dealt with. */
  found: z.strictObject({ amountMinor: amountMinor.nullable(), reference: z.string(), mayTakeOver: z.boolean() }).nullable(),
  problem: providerProblem.nullable(),
  steps: z.array(z.strictObject({ state: attemptState, at: instant })),
});

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
  /** What the customer gave on top; it is part of what was paid and no part of the price. */
  tipMinor: amountMinor,
  /** What is still open on the receipt after it. */
  dueMinor: amountMinor,
  completed: z.boolean(),
  /** It was carried over: its receipt goes on without it, and what becomes of it is a task. */
  carriedOver: z.boolean(),
  /** Null for tenders that the till proves itself. */
  wait: waitView.nullable(),
  /** The provider's own number of a payment that is taken, or what the cashier read off a slip. */
  reference: z.string(),
  /** Who says that it was paid: the provider (or a signature), or the cashier. Null for cash and while nothing is paid. */
  mark: z.enum(['verified', 'manual']).nullable(),
  /** Number of the receipt once it is completed. */
  receiptNumber: z.int().nullable(),
  at: instant,
});
export type PaymentView = z.infer<typeof paymentView>;

const attempt = z.strictObject({ attemptId: id });

export const paymentCalls = {
  /** The unfinished payment of the receipt on the counter, for a window that has just been loaded. */
  'payment.current': call(z.strictObject({}), paymentView.nullable()),
  /** Another window of waiting on the same payment. Errors: payment-unknown. */
  'payment.again': call(attempt, paymentView),
  /** Asks the provider to end it; a payment that is through already is taken. Errors: payment-unknown, payment-not-cancellable. */
  'payment.cancel': call(attempt, paymentView),
  /**
   * What a manager makes of a payment that the provider says is another than was asked for: book it as the provider says, or
   * leave it to the late-money tasks. Right: payment-decide. Errors: payment-unknown.
   */
  'payment.decide': call(z.strictObject({ attemptId: id, take: z.boolean(), note: shortText.min(1), approval: id.optional() }), paymentView),
  /**
   * A payment that stays in doubt lets its receipt go: that is paid otherwise or abandoned, and the payment is a late-money task from now
   * on, asked about until its provider answers. Right: payment-decide. Errors: payment-unknown, payment-not-in-doubt.
   */
  'payment.carry-over': call(z.strictObject({ attemptId: id, note: shortText.min(1), approval: id.optional() }), paymentView),
  /**
   * What becomes of another payment that was found at the provider's terminal: cancel it there and ask for ours, or go on with
   * it as ours where it is for the same amount. Answers with the payment that waits now. Errors: payment-unknown, payment-active.
   */
  'payment.found': call(z.strictObject({ attemptId: id, what: z.enum(['cancel', 'take-over']), requestId: id }), paymentView),
  /**
   * Pays `amountMinor` of what is due. `requestId` makes a second tap the same attempt. Cash: `givenMinor` is what the customer
   * handed over. Errors: nothing-to-pay, amount-out-of-range {minimumMinor, maximumMinor}, reference-missing, tender-not-usable {reason}, proof-missing,
   * proof-refused {reason}, proof-used, and the provider's problems.
   */
  'payment.start': call(
    z.strictObject({
      requestId: id,
      tenderId: z.string().min(1).max(40),
      amountMinor,
      givenMinor: amountMinor.optional(),
      reference: z.string().trim().max(60).optional(),
      /** What was scanned or typed of a payment that the customer has made already, for tenders that are proved so. */
      proof: z.string().min(1).max(4_000).optional(),
      /** Which of the tender's ways; absent: the usual one. */
      way: z.string().max(40).optional(),
      /** What the way asks for (a phone number). Handed to the provider and kept nowhere. */
      told: z.string().trim().max(100).optional(),
      /** For more than is due. Right: over-payment. */
      approval: id.optional(),
    }),
    paymentView,
  ),
  /**
   * Lets the customer type what the way asks for on their own screen; the payment starts as soon as it is there. Errors: as of
   * payment.start, nothing-asked.
   */
  'payment.ask-customer': call(z.strictObject({ requestId: id, tenderId: z.string().min(1).max(40), amountMinor, way: z.string().max(40) }), z.strictObject({})),
  /** The cashier types it after all, or pays otherwise. */
  'payment.stop-asking': call(z.strictObject({}), z.strictObject({})),
  /** Gives a part payment back before the receipt is completed. Right: payment-remove. */
  'payment.remove': call(
    z.strictObject({ postId: id, approval: id.optional() }),
    z.strictObject({ revision: z.int() }),
  ),
};

export const paymentEvents = {
  'payment.changed': event(paymentView),
};
