import type { RefundNot } from '../../contract/refunds.ts';
import { sum, zero, type Minor } from '../../core/money.ts';
import { leftOver, type Claim } from '../../core/chain/left.ts';
import type { ChainLine, ChainPayment, ChainReceipt, ChainStore, PartOtherwise } from '../../core/ports/chain-refunds.ts';
import type { TenderRegistry } from '../../core/payments/tenders.ts';
import { refundFinished, type Refund } from '../../core/payments/refund.ts';
import type { Stores } from '../../core/ports/stores.ts';
import type { Post, Receipt } from '../../core/sales/model.ts';
import { bothBack, cameBack, nothingBack, type CameBack } from '../../core/sales/returns.ts';
import { activeLines, heldPosts, totalsOf } from '../../core/sales/totals.ts';
import type { StoredClaim, StoredHold } from '../../storage/chain/chain-book.ts';
import { paidOtherwise } from '../returns/paid-otherwise.ts';

/** What the chain's book says about a receipt. */
export type Booked = {
  readonly holds: readonly StoredHold[];
  readonly claimsOf: (paymentId: string) => readonly StoredClaim[];
};

export const asClaims = (claims: readonly StoredClaim[]): readonly Claim[] => claims.map(({ reference, amountMinor, state }) => ({ reference, amountMinor, released: state === 'released' }));

export const asOwn = (refunds: readonly Refund[]) => refunds.map(({ reference, amountMinor, state }) => ({ reference, amountMinor, refused: state === 'refused' }));

/** Sums of holds by line. */
export function heldLines(holds: readonly Pick<StoredHold, 'lines'>[]): ReadonlyMap<string, CameBack> {
  const found = new Map<string, CameBack>();
  for (const { lines } of holds) for (const line of lines) found.set(line.lineId, bothBack(found.get(line.lineId) ?? nothingBack, line));
  return found;
}

export const partsOf = (holds: readonly Pick<StoredHold, 'parts'>[]): readonly PartOtherwise[] => holds.flatMap((one) => one.parts);

/** A hold counts where the store that sold does not know its return itself. */
export const heldBeside = (stores: Stores, holds: readonly StoredHold[], exceptReturnId: string | null): readonly StoredHold[] =>
  holds.filter((one) => one.returnId !== exceptReturnId && stores.sales.load(one.returnId) === null);

function linesOf(sale: Receipt, back: (lineId: string) => CameBack): readonly ChainLine[] {
  const totals = new Map(totalsOf(sale).lines.map((line) => [line.lineId, line]));
  return activeLines(sale).map((line) => {
    const amounts = totals.get(line.id);
    if (!amounts) throw new Error(`chain: line ${line.id} has no totals`);
    const { name, code, unit, quantityMilli, unitPriceMinor, vatClass, vatRateBasisPoints, labels } = line;
    const { grossMinor, payableMinor, vatMinor } = amounts;
    return { lineId: line.id, name, code, unit, quantityMilli, unitPriceMinor, vatClass, vatRateBasisPoints, labels, grossMinor, payableMinor, vatMinor, back: back(line.id) };
  });
}

type Way = { readonly kinds: TenderRegistry; /** Whether the chain has keys for a store's payments of a kind. */ readonly hasKeys: (kind: string) => boolean };

function paymentOf(stores: Stores, post: Post, booked: Booked, exceptReturnId: string | null, { kinds, hasKeys }: Way): ChainPayment | null {
  const attempt = stores.sales.attempt(post.attemptId);
  if (post.kind !== 'payment' || post.amountMinor <= 0 || !attempt?.order || kinds.get(post.tenderKind)?.provider?.refund == null) return null;
  const refunds = stores.refunds.ofPost(post.id);
  const claims = booked.claimsOf(post.id).filter((one) => exceptReturnId === null || one.returnId !== exceptReturnId);
  const leftMinor = leftOver(post.amountMinor, asClaims(claims), asOwn(refunds));
  const underWay = refunds.some((one) => !refundFinished(one.state)) || claims.some((one) => one.state === 'reserved' || one.state === 'sending');
  const not = (): RefundNot | null => (leftMinor === zero ? 'nothing-left' : underWay ? 'under-way' : hasKeys(post.tenderKind) ? null : 'not-configured');
  return { paymentId: post.id, tenderKind: post.tenderKind, reference: post.reference, amountMinor: post.amountMinor, leftMinor, not: not() };
}

/** A sale as the other stores of the chain see it: what of it is left, by the store's own books and the chain's together. Null: there is none. */
export function receiptOfStore(store: ChainStore, stores: Stores, receiptId: string, booked: Booked, exceptReturnId: string | null, way: Way): ChainReceipt | null {
  const sale = stores.sales.load(receiptId);
  const shop = stores.shop.load();
  if (!shop || sale?.kind !== 'sale' || sale.state !== 'completed' || sale.number === null) return null;
  const own = stores.returns.of(receiptId).filter((one) => one.id !== exceptReturnId);
  const beside = heldBeside(stores, booked.holds, exceptReturnId);
  const held = heldLines(beside);
  const inBooks = cameBack(own, null);
  const payments = heldPosts(sale.posts).flatMap((post) => paymentOf(stores, post, booked, exceptReturnId, way) ?? []);
  return {
    store,
    receiptId,
    number: sale.number,
    registerNumber: stores.shop.registers().find((one) => one.id === sale.registerId)?.number ?? 0,
    at: sale.completedAt ?? sale.openedAt,
    currency: sale.currency,
    country: shop.country,
    totalMinor: totalsOf(sale).totalMinor,
    tenderKinds: [...new Set(heldPosts(sale.posts).map((post) => post.tenderKind))],
    lines: linesOf(sale, (lineId) => bothBack(inBooks(lineId), held.get(lineId) ?? nothingBack)),
    payments,
    otherwise: paidOtherwise(way.kinds, stores.shop.tenders(sale.registerId), sale, own, partsOf(beside)),
    underWay: own.some((one) => one.state !== 'completed') || beside.some((one) => one.state === 'open'),
  };
}

/** What other stores hold and have given back of one of our payments. */
export const claimedElsewhere = (claims: readonly StoredClaim[], myId: string): Minor => sum(claims.filter((one) => one.byStore !== myId && one.state !== 'released').map((one) => one.amountMinor));
