import type { ChainRefunds } from '../../core/ports/chain-refunds.ts';
import type { RefundLimits, Reserved } from '../../core/ports/refund-limits.ts';
import type { Stores } from '../../core/ports/stores.ts';

type Parts = {
  readonly chain: ChainRefunds;
  readonly stores: Stores;
  readonly epoch: () => string;
  /** What this register's own database allows. */
  readonly local: RefundLimits;
};

/** In a chain each refund of an app payment is reserved with the chain before it is written down: the store's own, and those of other stores. */
export function chainLimits({ chain, stores, epoch, local }: Parts): RefundLimits {
  function ofPayment(paymentId: string, returnId: string | null): { readonly storeId: string; readonly currency: 'EUR' | 'SEK' | 'NOK' | 'DKK' } | null {
    const known = returnId === null ? null : stores.returns.known(returnId);
    return known?.payments.some((one) => one.paymentId === paymentId) === true ? { storeId: known.store.storeId, currency: known.currency } : null;
  }

  function ofPost(postId: string): ReturnType<typeof ofPayment> {
    const receiptId = stores.sales.receiptOfPost(postId);
    const receipt = receiptId === null ? null : stores.sales.load(receiptId);
    return receipt ? { storeId: chain.me.storeId, currency: receipt.currency } : null;
  }

  return {
    async reserve(source, amountMinor, name) {
      // Late money is on no receipt that another store could find.
      if (source.kind === 'task') return local.reserve(source, amountMinor, name);
      const mine = source.kind === 'post' ? await local.reserve(source, amountMinor, name) : ({ ok: true } as const);
      if (!mine.ok) return mine;
      const of = source.kind === 'post' ? ofPost(source.id) : ofPayment(source.id, name.returnId);
      if (!of) return { ok: false, unreachable: true };
      const reserved = await chain.reserve({ ...name, epoch: epoch(), of: { storeId: of.storeId, paymentId: source.id }, amountMinor, currency: of.currency });
      if (reserved.ok) return reserved;
      const left = reserved.error.detail['maximumMinor'];
      return reserved.error.code === 'amount-out-of-range' && typeof left === 'number' ? { ok: false, leftMinor: left as Extract<Reserved, { leftMinor: unknown }>['leftMinor'] } : { ok: false, unreachable: true };
    },
    async ended(reference, given) {
      await chain.ended(reference, given);
    },
  };
}
