import { minor, sum, zero, type Minor } from '../../core/money.ts';
import type { ChainOtherwise, PartOtherwise } from '../../core/ports/chain-refunds.ts';
import type { TenderConfig } from '../../core/ports/stores.ts';
import type { TenderRegistry } from '../../core/payments/tenders.ts';
import type { Receipt } from '../../core/sales/model.ts';
import { heldPosts } from '../../core/sales/totals.ts';

/** Rounding is cash alone: without it the coins come to what they paid for. */
function inCash(kinds: TenderRegistry, receipt: Receipt): Minor {
  const cash = heldPosts(receipt.posts).filter((post) => kinds.get(post.tenderKind)?.proof === 'cash');
  return cash.length === 0 ? zero : minor(sum(cash.map((post) => post.amountMinor)) - receipt.roundingMinor);
}

const onTender = (receipt: Receipt, tenderId: string): Minor => sum(receipt.posts.filter((post) => post.tenderId === tenderId).map((post) => post.amountMinor));

/** How much a sale was paid on card terminals and in cash, and what of it has not gone back by its returns and elsewhere in the chain. */
export function paidOtherwise(kinds: TenderRegistry, tenders: readonly TenderConfig[], sale: Receipt, returns: readonly Receipt[], elsewhere: readonly PartOtherwise[]): readonly ChainOtherwise[] {
  const posts = heldPosts(sale.posts);
  const back = (of: (receipt: Receipt) => Minor): number => returns.reduce((all, one) => all - of(one), 0);
  const gone = (by: PartOtherwise['by'], tenderId: string | null): number => elsewhere.filter((one) => one.by === by && (tenderId === null || one.tenderId === tenderId)).reduce((all, one) => all + one.amountMinor, 0);
  const left = (paid: Minor, given: number): Minor => minor(Math.max(0, paid - given));
  const cards = [...new Map(posts.filter((post) => kinds.get(post.tenderKind)?.proof === 'manual').map((post) => [post.tenderId, post.tenderKind]))];
  const byCard = cards.map(([tenderId, tenderKind]): ChainOtherwise => {
    const paid = sum(posts.filter((post) => post.tenderId === tenderId).map((post) => post.amountMinor));
    return { tenderId, tenderKind, by: 'card', leftMinor: left(paid, back((one) => onTender(one, tenderId)) + gone('card', tenderId)) };
  });
  const cashPost = posts.find((post) => kinds.get(post.tenderKind)?.proof === 'cash');
  const cashTender = cashPost?.tenderId ?? tenders.find((tender) => kinds.get(tender.kind)?.proof === 'cash')?.id ?? 'cash';
  return [...byCard, { tenderId: cashTender, tenderKind: 'cash', by: 'cash', leftMinor: left(inCash(kinds, sale), back((one) => inCash(kinds, one)) + gone('cash', null)) }];
}
