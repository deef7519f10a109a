import { minor, sum, zero, type Minor } from '../../core/money.ts';
import type { PaidBy } from '../../core/payments/pay-back.ts';
import type { ChainReceipt } from '../../core/ports/chain-refunds.ts';
import type { Receipt } from '../../core/sales/model.ts';
import { heldPosts } from '../../core/sales/totals.ts';
import type { ShopContext } from '../context.ts';
import type { Source } from '../payments/refund-sources.ts';
import type { Refunds } from '../payments/refunds.ts';
import { paidOtherwise } from './paid-otherwise.ts';

type Sources = Pick<Refunds, 'sources' | 'elsewhere'>;

function byProvider({ sources }: Sources, source: Source | null, tender: Pick<PaidBy, 'tenderId' | 'tenderKind'>, postId: string): readonly PaidBy[] {
  if (!source) return [];
  const { minimumMinor, maximumMinor } = sources.range(source);
  const not = sources.whyNot(source);
  // A refund that is under way ends by itself; what it leaves can go back after it.
  return [{ ...tender, by: 'provider', postId, leftMinor: maximumMinor, whole: minimumMinor === maximumMinor, usable: not === null || not === 'under-way' }];
}

/** How a sale was paid, and what of each way has not gone back by its returns. Set-off and what no provider gives back is in none of them. */
export function paidBy({ tenderKinds, stores }: ShopContext, refunds: Sources, sale: Receipt): readonly PaidBy[] {
  const apps = heldPosts(sale.posts).flatMap((post): readonly PaidBy[] => (post.kind === 'payment' && post.amountMinor > 0 ? byProvider(refunds, refunds.sources.ofPost(post.id), { tenderId: post.tenderId, tenderKind: post.tenderKind }, post.id) : []));
  const otherwise = paidOtherwise(tenderKinds, stores.shop.tenders(sale.registerId), sale, stores.returns.of(sale.id), refunds.elsewhere.known(sale.id).otherwise);
  return [...apps, ...otherwise.map((one): PaidBy => ({ ...one, postId: null, whole: false, usable: true }))];
}

/** The same of another store's sale, with what this return has given back already, by this register's own tenders. */
export function paidByStore({ tenderKinds, stores, register }: ShopContext, refunds: Sources, receipt: Receipt, known: ChainReceipt): readonly PaidBy[] {
  const tenders = stores.shop.tenders(register.id);
  const tenderOf = (proof: 'cash' | 'manual') => tenders.find((one) => tenderKinds.get(one.kind)?.proof === proof);
  const apps = known.payments.flatMap(({ paymentId, tenderKind }) => {
    const tender = { tenderId: tenders.find((one) => one.kind === tenderKind)?.id ?? tenderKind, tenderKind };
    return byProvider(refunds, refunds.sources.ofPayment(paymentId, receipt.id), tender, paymentId);
  });
  const ways = [['card', 'manual'], ['cash', 'cash']] as const;
  const otherwise = ways.flatMap(([by, proof]): readonly PaidBy[] => {
    const tender = tenderOf(proof);
    // The other store's card tender has no terminal here.
    if (!tender && by === 'card') return [];
    const given = sum(heldPosts(receipt.posts).filter((post) => tenderKinds.get(post.tenderKind)?.proof === proof).map((post) => post.amountMinor));
    const paid = sum(known.otherwise.filter((one) => one.by === by).map((one) => one.leftMinor));
    return [{ tenderId: tender?.id ?? 'cash', tenderKind: tender?.kind ?? 'cash', by, postId: null, leftMinor: minor(Math.max(0, paid + given)), whole: false, usable: true }];
  });
  return [...apps, ...otherwise.filter((one) => one.by === 'cash' || one.leftMinor > zero)];
}

/** A return without a receipt knows no way that money came: cash, where the shop gives any. */
export const paidUnknown = (owedMinor: Minor): readonly PaidBy[] => [{ tenderId: 'cash', tenderKind: 'cash', by: 'cash', postId: null, leftMinor: owedMinor, whole: false, usable: true }];
