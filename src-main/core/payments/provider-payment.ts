import { fail, ok, type Result } from '../../contract/errors.ts';
import { add, minor, negate, subtract, sum, zero, type Minor } from '../money.ts';
import type { Attempt, Post, Receipt } from '../sales/model.ts';
import { activeLines, carriesPayment, paidOf, totalsOf } from '../sales/totals.ts';
import { roundCash } from './cash.ts';
import type { PaymentOrder, PaymentRow } from './order.ts';
import type { ProviderCapabilities } from './provider.ts';

/** How the till speaks of a payment to a provider, in the shop's language. */
export type OrderWords = { readonly title: string; readonly cashier: string; readonly alreadyPaid: string; readonly paidOtherwise: string; readonly givenBack: string };

/** Whether this much may be taken through this provider now. */
export function checkAmount(receipt: Receipt, amount: Minor, can: ProviderCapabilities, capMinor: number): Result<null> {
  const { dueMinor } = totalsOf(receipt);
  if (activeLines(receipt).length === 0 || dueMinor <= 0) return fail('nothing-to-pay');
  const least = can.lessThanDue ? Math.min(can.minimumMinor, dueMinor) : dueMinor;
  const most = Math.min(can.maximumMinor, can.moreThanDue ? dueMinor + capMinor : dueMinor);
  if (amount < least || amount > most) return fail('amount-out-of-range', { minimumMinor: least, maximumMinor: most });
  return ok(null);
}

const plainRow = (text: string, amountMinor: Minor): PaymentRow => ({ text, quantityMilli: 1000, amountMinor, code: '', vatRateBasisPoints: 0 });

/** Rows that sum to the amount: the articles, what is paid already, and what another tender pays or the till gives back. */
function rowsOf(receipt: Receipt, amount: Minor, words: OrderWords): readonly PaymentRow[] {
  const totals = totalsOf(receipt);
  const payable = new Map(totals.lines.map((line) => [line.lineId, line.payableMinor]));
  const articles = activeLines(receipt).map((line): PaymentRow => ({
    text: line.name,
    quantityMilli: line.unit === 'piece' ? line.quantityMilli : 1000,
    amountMinor: payable.get(line.id) ?? zero,
    code: line.code,
    vatRateBasisPoints: line.vatRateBasisPoints,
  }));
  const before = totals.paidMinor === 0 ? [] : [plainRow(words.alreadyPaid, negate(totals.paidMinor))];
  const rest = subtract(amount, totals.dueMinor);
  const other = rest === 0 ? [] : [plainRow(rest < 0 ? words.paidOtherwise : words.givenBack, rest)];
  const rows = [...articles, ...before, ...other];
  const missing = subtract(amount, sum(rows.map((row) => row.amountMinor)));
  // Cash rounding of an earlier part belongs to the total and to no article.
  return missing === 0 ? rows : [...rows, plainRow(words.paidOtherwise, missing)];
}

/** What the provider is asked for. `reference` names this attempt for ever. */
export const orderOf = (receipt: Receipt, amount: Minor, reference: string, at: string, words: OrderWords, way?: string): PaymentOrder => ({
  reference,
  amountMinor: amount,
  currency: receipt.currency,
  cashier: words.cashier,
  title: words.title,
  rows: rowsOf(receipt, amount, words),
  at,
  ...(way === undefined ? {} : { way }),
  ...(receipt.distance ? { distance: true } : {}),
});

/** The receipt while a payment is under way: its lines are as they were asked for. */
export const underWay = (receipt: Receipt): Receipt => ({ ...receipt, state: 'paying', revision: receipt.revision + 1 });

/** The receipt after a payment that came to nothing. */
export const withoutIt = (receipt: Receipt): Receipt => ({
  ...receipt,
  state: carriesPayment(receipt.posts) ? 'paying' : 'open',
  revision: receipt.revision + 1,
});

export type Settled = { readonly receipt: Receipt; readonly attempt: Attempt; readonly newPosts: readonly Post[]; readonly completed: boolean };

/**
 * Puts a provider's payment on its receipt: one verified post, and where it was more than was due, what goes back to the
 * customer in cash as a post of its own.
 */
export function settle(
  receipt: Receipt,
  paid: Attempt,
  how: { readonly paymentPostId: string; readonly changePostId: string; readonly at: string; readonly postText: string; readonly cashTenderId: string; readonly cashStepMinor: number },
): Settled {
  const { dueMinor } = totalsOf(receipt);
  const over = minor(Math.max(0, paid.paidMinor - paid.tipMinor - dueMinor));
  const changeMinor = roundCash(over, how.cashStepMinor);
  const shared = { attemptId: paid.id, reference: paid.providerReference, at: how.at };
  const payment: Post = {
    ...shared,
    id: how.paymentPostId,
    tenderId: paid.tenderId,
    tenderKind: paid.tenderKind,
    kind: 'payment',
    amountMinor: paid.paidMinor,
    description: how.postText,
    verified: true,
  };
  const change: Post = {
    ...shared,
    id: how.changePostId,
    tenderId: how.cashTenderId,
    tenderKind: 'cash',
    kind: 'cash-back',
    amountMinor: negate(changeMinor),
    reference: '',
    description: '',
    verified: true,
  };
  const newPosts = changeMinor === 0 ? [payment] : [payment, change];
  const roundingMinor = over === 0 ? receipt.roundingMinor : add(receipt.roundingMinor, subtract(over, changeMinor));
  const tipMinor = add(receipt.tipMinor, paid.tipMinor);
  const next: Receipt = { ...receipt, state: 'paying', revision: receipt.revision + 1, roundingMinor, tipMinor, posts: [...receipt.posts, ...newPosts] };
  const totals = totalsOf(next);
  const completed = totals.dueMinor === 0;
  if (completed && paidOf(next.posts) !== sum([totals.totalMinor, next.roundingMinor, next.tipMinor])) throw new Error(`payments: receipt ${receipt.id} is not settled by its posts`);
  return {
    receipt: completed ? { ...next, state: 'completed', completedAt: how.at } : next,
    attempt: { ...paid, changeMinor, givenMinor: paid.paidMinor, roundingMinor: subtract(over, changeMinor) },
    newPosts,
    completed,
  };
}
