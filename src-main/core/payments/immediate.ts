import { fail, ok, type Result } from '../../contract/errors.ts';
import { minor, negate, zero, type Minor } from '../money.ts';
import { withoutProvider, type Attempt, type Post, type Receipt } from '../sales/model.ts';
import { activeLines, carriesPayment, paidOf, totalsOf } from '../sales/totals.ts';
import { planCash } from './cash.ts';
import type { TenderKind } from './tenders.ts';

/**
 * Payments that are proved by the hand that takes them: cash, and a card slip that the cashier reads off. They go from
 * `intended` to `paid` in one durable step, together with the receipt that they complete.
 */
export type ImmediatePayment = {
  readonly requestId: string;
  readonly tenderId: string;
  readonly kind: TenderKind;
  readonly amountMinor: Minor;
  /** Cash handed over; null when exactly the amount was. */
  readonly givenMinor: Minor | null;
  readonly reference: string;
  readonly cashStepMinor: number;
  readonly at: string;
  readonly attemptId: string;
  readonly paymentPostId: string;
  readonly changePostId: string;
};

export type ImmediateOutcome = {
  readonly receipt: Receipt;
  readonly attempt: Attempt;
  readonly newPosts: readonly Post[];
  readonly completed: boolean;
};

type Plan = { readonly takenMinor: Minor; readonly changeMinor: Minor; readonly roundingMinor: Minor };

function planOf(receipt: Receipt, payment: ImmediatePayment): Result<Plan> {
  const { dueMinor } = totalsOf(receipt);
  if (payment.kind.proof === 'cash') {
    return planCash(dueMinor, payment.amountMinor, payment.givenMinor, payment.cashStepMinor);
  }
  if (payment.reference === '') return fail('reference-missing');
  if (payment.amountMinor <= 0 || payment.amountMinor > dueMinor) {
    return fail('amount-out-of-range', { minimumMinor: 1, maximumMinor: dueMinor });
  }
  return ok({ takenMinor: payment.amountMinor, changeMinor: zero, roundingMinor: zero });
}

function postsOf(payment: ImmediatePayment, plan: Plan): readonly Post[] {
  const shared = {
    attemptId: payment.attemptId,
    tenderId: payment.tenderId,
    tenderKind: payment.kind.kind,
    reference: payment.reference,
    description: '',
    // Cash is proved by the drawer; a card slip is the cashier's word.
    verified: payment.kind.proof === 'cash',
    at: payment.at,
  };
  const taken: Post = { ...shared, id: payment.paymentPostId, kind: 'payment', amountMinor: plan.takenMinor };
  if (plan.changeMinor === 0) return [taken];
  return [taken, { ...shared, id: payment.changePostId, kind: 'change', amountMinor: minor(-plan.changeMinor) }];
}

/** I2: a completed receipt's posts sum to its total, change and rounding included. */
function assertSettled(receipt: Receipt): void {
  const { totalMinor, dueMinor } = totalsOf(receipt);
  if (dueMinor !== 0 || paidOf(receipt.posts) !== totalMinor + receipt.roundingMinor + receipt.tipMinor) {
    throw new Error(`payments: receipt ${receipt.id} is not settled by its posts`);
  }
}

/** Takes an immediate payment. The receipt is completed by the payment that leaves nothing due. */
export function payImmediately(receipt: Receipt, payment: ImmediatePayment): Result<ImmediateOutcome> {
  if (activeLines(receipt).length === 0) return fail('nothing-to-pay');
  const plan = planOf(receipt, payment);
  if (!plan.ok) return plan;
  const newPosts = postsOf(payment, plan.value);
  const paid: Receipt = {
    ...receipt,
    state: 'paying',
    revision: receipt.revision + 1,
    roundingMinor: plan.value.roundingMinor,
    posts: [...receipt.posts, ...newPosts],
  };
  const completed = totalsOf(paid).dueMinor === 0;
  if (completed) assertSettled(paid);
  return ok({
    receipt: completed ? { ...paid, state: 'completed', completedAt: payment.at, printState: 'waiting' } : paid,
    attempt: attemptOf(receipt, payment, plan.value),
    newPosts,
    completed,
  });
}

const attemptOf = (receipt: Receipt, payment: ImmediatePayment, plan: Plan): Attempt => ({
  id: payment.attemptId,
  receiptId: receipt.id,
  requestId: payment.requestId,
  tenderId: payment.tenderId,
  tenderKind: payment.kind.kind,
  state: 'paid',
  amountMinor: minor(plan.takenMinor - plan.changeMinor),
  currency: receipt.currency,
  givenMinor: plan.takenMinor,
  changeMinor: plan.changeMinor,
  roundingMinor: plan.roundingMinor,
  reference: payment.reference,
  ...withoutProvider,
  createdAt: payment.at,
  updatedAt: payment.at,
});

/** What giving a part payment back does: the receipt after it, and the post that undoes the payment's. */
export type TakenBack = { readonly receipt: Receipt; readonly newPosts: readonly Post[] };

/** Gives a part payment in cash or by hand back before the receipt is completed. Posts stay; one below zero undoes them. */
export function takeBack(
  receipt: Receipt,
  postId: string,
  undo: { readonly id: string; readonly at: string },
  kindOf: (kind: string) => TenderKind | undefined,
): Result<TakenBack> {
  const post = receipt.posts.find((one) => one.id === postId);
  if (!post) return fail('payment-unknown');
  const held = paidOf(receipt.posts.filter((one) => one.attemptId === post.attemptId));
  const proof = kindOf(post.tenderKind)?.proof;
  if (receipt.state !== 'paying' || held === 0 || proof === undefined || proof === 'provider') {
    return fail('payment-not-removable');
  }
  return ok(takenBack(receipt, post, held, undo));
}

/** The receipt without what a payment holds on it: a post below zero undoes it, and the receipt is open where nothing else is paid. */
export function takenBack(receipt: Receipt, post: Post, held: Minor, undo: { readonly id: string; readonly at: string }): TakenBack {
  const undoing: Post = { ...post, ...undo, kind: 'taken-back', amountMinor: negate(held) };
  const posts = [...receipt.posts, undoing];
  const state = carriesPayment(posts) ? 'paying' : 'open';
  return { receipt: { ...receipt, posts, state, revision: receipt.revision + 1 }, newPosts: [undoing] };
}
