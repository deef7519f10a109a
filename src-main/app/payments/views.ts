import type { PaymentView } from '../../contract/payment.ts';
import { isFinished } from '../../core/payments/attempt.ts';
import type { PaymentProvider } from '../../core/payments/provider.ts';
import type { Attempt, Receipt } from '../../core/sales/model.ts';
import { totalsOf } from '../../core/sales/totals.ts';

/** How long people wait before they are asked; the same for every provider (docs/payments.md). */
export const windowMs = 30_000;

type Wait = NonNullable<PaymentView['wait']>;

function cancelNot(attempt: Attempt): Wait['cancelNot'] {
  if (attempt.cancelAsked) return 'cancelling';
  if (attempt.state === 'waiting') return null;
  return attempt.state === 'approved' || attempt.state === 'capturing' ? 'approved' : 'starting';
}

/** Whether the window of an unfinished attempt is over. */
export const windowOver = (attempt: Attempt, nowMs: number): boolean =>
  !isFinished(attempt.state) && attempt.windowStartedAt !== null && nowMs - Date.parse(attempt.windowStartedAt) >= windowMs;

const waitOf = (attempt: Attempt, provider: PaymentProvider, steps: Wait['steps'], nowMs: number): Wait => ({
  act: provider.capabilities.customerAct,
  windowStartedAt: attempt.windowStartedAt ?? attempt.createdAt,
  windowMs,
  question: windowOver(attempt, nowMs),
  cancelNot: cancelNot(attempt),
  problem: attempt.problem,
  steps: [...steps],
});

function proofOf(attempt: Attempt, receipt: Receipt): Pick<PaymentView, 'reference' | 'mark'> {
  const post = receipt.posts.find((one) => one.attemptId === attempt.id && one.kind === 'payment');
  if (!post || post.tenderKind === 'cash') return { reference: '', mark: null };
  return { reference: post.reference, mark: post.verified ? 'verified' : 'manual' };
}

/** A payment as the dialogs show it. `wait` belongs to payments that a provider proves. */
export const paymentView = (
  attempt: Attempt,
  receipt: Receipt,
  by: { readonly provider: PaymentProvider; readonly steps: Wait['steps']; readonly nowMs: number } | null = null,
): PaymentView => ({
  attemptId: attempt.id,
  receiptId: attempt.receiptId,
  tenderId: attempt.tenderId,
  tenderKind: attempt.tenderKind,
  state: attempt.state,
  amountMinor: attempt.amountMinor,
  currency: attempt.currency,
  givenMinor: attempt.givenMinor,
  changeMinor: attempt.changeMinor,
  roundingMinor: attempt.roundingMinor,
  dueMinor: totalsOf(receipt).dueMinor,
  completed: receipt.state === 'completed',
  wait: by ? waitOf(attempt, by.provider, by.steps, by.nowMs) : null,
  ...proofOf(attempt, receipt),
  receiptNumber: receipt.number,
  at: attempt.updatedAt,
});
