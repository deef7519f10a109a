import { minor, sum, zero, type Minor } from '../../core/money.ts';
import type { PaidBy } from '../../core/payments/pay-back.ts';
import type { Receipt } from '../../core/sales/model.ts';
import type { ShopContext } from '../context.ts';
import type { Refunds } from '../payments/refunds.ts';
import { heldPosts } from '../../core/sales/totals.ts';

/** How a sale was paid, and what of each way has not gone back by its returns. Set-off and what no provider gives back is in none of them. */
export function paidBy({ tenderKinds, stores }: ShopContext, { sources }: Refunds, sale: Receipt): readonly PaidBy[] {
  const posts = heldPosts(sale.posts);
  const returns = stores.returns.of(sale.id);
  const proofOf = (kind: string) => tenderKinds.get(kind)?.proof;
  const byProvider = posts.flatMap((post): readonly PaidBy[] => {
    const source = post.kind === 'payment' && post.amountMinor > 0 ? sources.ofPost(post.id) : null;
    if (!source) return [];
    const { minimumMinor, maximumMinor } = sources.range(source);
    const not = sources.whyNot(source);
    // A refund that is under way ends by itself; what it leaves can go back after it.
    return [{ tenderId: post.tenderId, tenderKind: post.tenderKind, by: 'provider', postId: post.id, leftMinor: maximumMinor, whole: minimumMinor === maximumMinor, usable: not === null || not === 'under-way' }];
  });

  const back = (of: (receipt: Receipt) => Minor): number => returns.reduce((all, one) => all - of(one), 0);
  const on = (receipt: Receipt, tenderId: string): Minor => sum(receipt.posts.filter((post) => post.tenderId === tenderId).map((post) => post.amountMinor));
  const cards = [...new Map(posts.filter((post) => proofOf(post.tenderKind) === 'manual').map((post) => [post.tenderId, post.tenderKind]))];
  const byCard = cards.map(([tenderId, tenderKind]): PaidBy => {
    const paid = sum(posts.filter((post) => post.tenderId === tenderId).map((post) => post.amountMinor));
    return { tenderId, tenderKind, by: 'card', postId: null, leftMinor: minor(Math.max(0, paid - back((one) => on(one, tenderId)))), whole: false, usable: true };
  });

  // Rounding is cash alone: without it the coins come to what they paid for.
  const inCash = (receipt: Receipt): Minor => {
    const cash = heldPosts(receipt.posts).filter((post) => proofOf(post.tenderKind) === 'cash');
    return cash.length === 0 ? zero : minor(sum(cash.map((post) => post.amountMinor)) - receipt.roundingMinor);
  };
  const cashTender = posts.find((post) => proofOf(post.tenderKind) === 'cash') ?? stores.shop.tenders(sale.registerId).find((tender) => proofOf(tender.kind) === 'cash');
  const tender = cashTender && 'tenderId' in cashTender ? cashTender.tenderId : (cashTender?.id ?? 'cash');
  return [...byProvider, ...byCard, { tenderId: tender, tenderKind: 'cash', by: 'cash', postId: null, leftMinor: minor(Math.max(0, inCash(sale) - back(inCash))), whole: false, usable: true }];
}

/** A return without a receipt knows no way that money came: cash, where the shop gives any. */
export const paidUnknown = (owedMinor: Minor): readonly PaidBy[] => [{ tenderId: 'cash', tenderKind: 'cash', by: 'cash', postId: null, leftMinor: owedMinor, whole: false, usable: true }];
