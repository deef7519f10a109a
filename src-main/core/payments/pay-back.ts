import { fail, ok, type Result } from '../../contract/errors.ts';
import { add, minor, negate, subtract, sum, zero, type Minor } from '../money.ts';
import { withoutProvider, type Attempt, type Post, type Receipt } from '../sales/model.ts';
import { activeLines, paidOf, totalsOf } from '../sales/totals.ts';
import { planCash } from './cash.ts';

/** Whether a shop gives cash back: never, for what was paid in cash, or for everything. */
export type CashBackRule = 'never' | 'when-paid-in-cash' | 'always';

/** A way by which a receipt was paid, and what of it has not gone back. */
export type PaidBy = {
  readonly tenderId: string;
  readonly tenderKind: string;
  readonly by: 'provider' | 'card' | 'cash';
  /** The payment that its provider gives back; null for what the till proves itself. */
  readonly postId: string | null;
  readonly leftMinor: Minor;
  /** Its provider gives back all that is left or nothing. */
  readonly whole: boolean;
  readonly usable: boolean;
};

export type PartBack = Pick<PaidBy, 'tenderId' | 'tenderKind' | 'by' | 'postId'> & { readonly amountMinor: Minor };

export type BackPlan = {
  readonly parts: readonly PartBack[];
  /** What has no way of its own back: a person chooses one. */
  readonly otherMinor: Minor;
};

const order = { provider: 0, card: 1, cash: 2 } as const;

/** How an amount goes back: the way it came, oldest app payment first, then the card's slips, then cash, each up to what is left of it. */
export function planBack(needMinor: Minor, paid: readonly PaidBy[], cash: CashBackRule): BackPlan {
  let left = needMinor;
  const parts: PartBack[] = [];
  for (const { tenderId, tenderKind, by, postId, leftMinor, whole, usable } of [...paid].sort((a, b) => order[a.by] - order[b.by])) {
    const most = by === 'cash' && cash === 'always' ? left : leftMinor;
    const amountMinor = minor(Math.max(0, Math.min(left, most)));
    if (amountMinor === 0 || !usable || (by === 'cash' && cash === 'never') || (whole && amountMinor !== leftMinor)) continue;
    parts.push({ tenderId, tenderKind, by, postId, amountMinor });
    left = subtract(left, amountMinor);
  }
  return { parts, otherMinor: left };
}

/** One part of a return's money that has gone back. */
export type PaidBack = {
  readonly requestId: string;
  readonly tenderId: string;
  readonly tenderKind: string;
  /** What goes back, above zero; for cash all that is left, before it is rounded. */
  readonly amountMinor: Minor;
  readonly cash: boolean;
  readonly cashStepMinor: number;
  readonly reference: string;
  readonly description: string;
  readonly verified: boolean;
  readonly at: string;
  readonly attemptId: string;
  readonly postId: string;
};

export type PayBackOutcome = { readonly receipt: Receipt; readonly attempt: Attempt; readonly post: Post; readonly completed: boolean };

/** What of a return's money has not gone back yet, at least 0. */
export const owedOf = (receipt: Receipt): Minor => {
  const { dueMinor } = totalsOf(receipt);
  return dueMinor < 0 ? negate(dueMinor) : zero;
};

function takenOf(receipt: Receipt, part: PaidBack): Result<{ readonly takenMinor: Minor; readonly roundingMinor: Minor }> {
  const owed = owedOf(receipt);
  const range = { minimumMinor: part.cash ? owed : Math.min(1, owed), maximumMinor: owed };
  if (part.amountMinor < range.minimumMinor || part.amountMinor > owed) return fail('amount-out-of-range', range);
  if (!part.cash) return ok({ takenMinor: negate(part.amountMinor), roundingMinor: zero });
  const due = negate(owed);
  const plan = planCash(due, due, null, part.cashStepMinor);
  return plan.ok ? ok({ takenMinor: plan.value.takenMinor, roundingMinor: plan.value.roundingMinor }) : plan;
}

/** Books a part on its return: a post below zero. The part that leaves nothing owed completes it. Errors: receipt-empty, amount-out-of-range. */
export function payBack(receipt: Receipt, part: PaidBack): Result<PayBackOutcome> {
  if (receipt.state !== 'paying' || activeLines(receipt).length === 0) return fail('return-unknown');
  const taken = takenOf(receipt, part);
  if (!taken.ok) return taken;
  const { takenMinor, roundingMinor } = taken.value;
  const { requestId, tenderId, tenderKind, reference, description, verified, at, attemptId, postId } = part;
  const post: Post = { id: postId, attemptId, tenderId, tenderKind, kind: 'payment', amountMinor: takenMinor, reference, description, verified, at };
  const attempt: Attempt = {
    id: attemptId, receiptId: receipt.id, requestId, tenderId, tenderKind, state: 'paid', amountMinor: takenMinor, currency: receipt.currency,
    givenMinor: takenMinor, changeMinor: zero, roundingMinor, reference: '', ...withoutProvider, createdAt: at, updatedAt: at,
  };
  const next: Receipt = { ...receipt, revision: receipt.revision + 1, roundingMinor: add(receipt.roundingMinor, roundingMinor), posts: [...receipt.posts, post] };
  const totals = totalsOf(next);
  const completed = totals.dueMinor === 0;
  if (completed && paidOf(next.posts) !== sum([totals.totalMinor, next.roundingMinor, next.tipMinor])) throw new Error(`returns: return ${receipt.id} is not settled by its posts`);
  return ok({ receipt: completed ? { ...next, state: 'completed', completedAt: at } : next, attempt, post, completed });
}
