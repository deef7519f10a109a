import type { CustomerAct, PaymentView } from '../../contract/payment.ts';
import { isFinished } from '../../core/payments/attempt.ts';
import { mayTake } from '../../core/payments/machine.ts';
import type { PaymentProvider, ProviderCapabilities } from '../../core/payments/provider.ts';
import type { Attempt, Receipt } from '../../core/sales/model.ts';
import { totalsOf } from '../../core/sales/totals.ts';
import { withSaying } from './sayings.ts';
import { windowMs } from './windows.ts';

type Wait = NonNullable<PaymentView['wait']>;

function cancelNot(attempt: Attempt, { provider, cancellable }: Proving): Wait['cancelNot'] {
  if (!provider.capabilities.cancels) return 'never';
  if (attempt.cancelAsked || attempt.overdue) return 'cancelling';
  if (attempt.alarm) return 'alarm';
  if (attempt.state === 'intended') return null;
  if (attempt.state === 'waiting') return cancellable ? null : 'confirming';
  return attempt.state === 'starting' || attempt.state === 'outcome-unknown' ? 'starting' : 'approved';
}

const foundOf = ({ found, amountMinor }: Attempt): Wait['found'] =>
  found && { amountMinor: found.amountMinor, reference: found.reference, mayTakeOver: found.amountMinor === amountMinor };

/** What belongs to a payment that a provider proves. */
export type Proving = { readonly show: Wait['show']; readonly provider: PaymentProvider; readonly steps: Wait['steps']; readonly windowLeftMs: number; readonly cancellable: boolean };

/** What the customer of a payment does, by the way in which they were asked. */
export const actOf = ({ ways = [], customerAct }: ProviderCapabilities, way: string | undefined): CustomerAct => ways.find(({ id }) => id === way)?.customerAct ?? customerAct;

const waitOf = (attempt: Attempt, by: Proving): Wait => ({
  act: actOf(by.provider.capabilities, attempt.order?.way),
  show: by.show,
  windowLeftMs: by.windowLeftMs,
  windowMs,
  question: by.windowLeftMs === 0 && !isFinished(attempt.state),
  cancelNot: cancelNot(attempt, by),
  problem: withSaying(by.provider, attempt.problem),
  alarm: attempt.alarm && { ...attempt.alarm, mayTake: mayTake(attempt.alarm) },
  found: foundOf(attempt),
  steps: [...by.steps],
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
  tipMinor: attempt.tipMinor,
  dueMinor: totalsOf(receipt).dueMinor,
  completed: receipt.state === 'completed' && attempt.carriedOverAt === null,
  carriedOver: attempt.carriedOverAt !== null,
  wait: by ? waitOf(attempt, by) : null,
  ...proofOf(attempt, receipt),
  receiptNumber: receipt.number,
  at: attempt.updatedAt,
});
