import type { Currency } from '../../contract/basics.ts';
import { fail, ok, type Result } from '../../contract/errors.ts';
import { minor, zero } from '../money.ts';
import { withoutProvider, type Attempt, type Receipt } from '../sales/model.ts';
import { activeLines, totalsOf } from '../sales/totals.ts';
import type { PaymentOrder } from './order.ts';
import type { Claim, ProviderCapabilities, Settings } from './provider.ts';

/*
 * A payment whose money moved before the till knew of it: the customer shows a proof. It goes from `intended` to `paid` in one
 * durable step, like cash, but by the provider's word. One proof stands on one receipt; it counts from that receipt's
 * completion, and is free again when it is taken off before.
 */

/** What is written down of a proof that was read. */
export type ProvedPayment = Claim & { readonly data: Settings };

/** Whether a proof can be taken for this receipt: its currency, and its amount against what is due. */
export function checkProof(receipt: Receipt, proved: ProvedPayment, can: ProviderCapabilities, capMinor: number): Result<null> {
  const { dueMinor } = totalsOf(receipt);
  const most = can.moreThanDue ? dueMinor + capMinor : dueMinor;
  const least = can.lessThanDue ? 1 : dueMinor;
  if (activeLines(receipt).length === 0 || dueMinor <= 0) return fail('nothing-to-pay');
  if (proved.currency !== receipt.currency) return fail('proof-refused', { reason: 'currency' });
  if (proved.amountMinor < least || proved.amountMinor > most) return fail('amount-out-of-range', { minimumMinor: least, maximumMinor: most });
  return ok(null);
}

type Named = { readonly id: string; readonly requestId: string; readonly tenderId: string; readonly tenderKind: string; readonly accountId: string | null; readonly terminalId: string | null; readonly at: string };

/** The attempt of a proof, paid. It has no reference of ours: its provider was never asked for anything. */
export const provedAttempt = (receipt: Receipt, proved: ProvedPayment, order: PaymentOrder, named: Named, currency: Currency): Attempt => ({
  ...withoutProvider,
  id: named.id,
  receiptId: receipt.id,
  requestId: named.requestId,
  tenderId: named.tenderId,
  tenderKind: named.tenderKind,
  state: 'paid',
  amountMinor: proved.amountMinor,
  currency,
  givenMinor: zero,
  changeMinor: zero,
  roundingMinor: zero,
  reference: '',
  accountId: named.accountId,
  terminalId: named.terminalId,
  order,
  data: proved.data,
  providerReference: proved.reference,
  paidMinor: proved.amountMinor,
  tipMinor: minor(proved.tipMinor ?? 0),
  createdAt: named.at,
  updatedAt: named.at,
});
