import type { PaymentView } from '../../contract/payment.ts';
import { isFinished } from '../../core/payments/attempt.ts';
import type { PaymentProvider } from '../../core/payments/provider.ts';
import type { Attempt, Receipt } from '../../core/sales/model.ts';
import { totalsOf } from '../../core/sales/totals.ts';
import { windowMs } from './windows.ts';

type Wait = NonNullable<PaymentView['wait']>;

function cancelNot(attempt: Attempt): Wait['cancelNot'] {
  if (attempt.cancelAsked) return 'cancelling';
  if (attempt.state === 'waiting' || attempt.state === 'intended') return null;
  return attempt.state === 'approved' || attempt.state === 'capturing' ? 'approved' : 'starting';
}

/** What belongs to a payment that a provider proves. */
export type Proving = { readonly provider: PaymentProvider; readonly steps: Wait['steps']; readonly windowLeftMs: number };

const waitOf = (attempt: Attempt, { provider, steps, windowLeftMs }: Proving): Wait => ({
  act: provider.capabilities.customerAct,
  windowLeftMs,
  windowMs,
  question: windowLeftMs === 0 && !isFinished(attempt.state),
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
  by: Proving | null = null,
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
  wait: by ? waitOf(attempt, by) : null,
  ...proofOf(attempt, receipt),
  receiptNumber: receipt.number,
  at: attempt.updatedAt,
});
