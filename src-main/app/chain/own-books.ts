import type { OwnBooks } from '../../core/ports/chain-refunds.ts';
import { refundFinished } from '../../core/payments/refund.ts';
import type { ShopContext } from '../context.ts';
import { epochOf } from '../payments/epoch.ts';
import { partsOf } from '../returns/elsewhere.ts';

/** This register's books, as the chain asks them at the start what became of what was reserved. */
export const ownBooks = (context: ShopContext): OwnBooks => ({
  epoch: epochOf(context),
  refund(reference) {
    const refund = context.stores.refunds.byReference(reference);
    if (!refund) return null;
    if (!refundFinished(refund.state)) return 'running';
    return refund.state === 'refunded' ? 'given' : 'refused';
  },
  return(returnId) {
    const receipt = context.stores.sales.load(returnId);
    if (!receipt) return null;
    if (receipt.state === 'voided') return { state: 'dropped', parts: [] };
    if (receipt.state !== 'completed') return { state: 'running', parts: [] };
    return { state: 'completed', parts: receipt.returned?.origin ? partsOf(context.tenderKinds, receipt, context.stores.returns.known(returnId)) : [] };
  },
});
