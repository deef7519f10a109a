import { add, minor, subtract, sum, zero, type Minor } from '../money.ts';
import type { Line, Post, Receipt } from '../sales/model.ts';
import { activeLines, heldPosts, totalsOf, type LineTotals } from '../sales/totals.ts';
import type { SoldLine, SoldReceipt } from './provider.ts';

/*
 * A completed receipt as a provider is told it (docs/payments.md, "The receipt in the customer's app"). Everything comes from `totalsOf`:
 * a line's discount is its own and its share of the receipt's, its VAT the one that sums to its rate's. So the lines sum to the total, and
 * the VAT of each rate to the receipt's own, to the cent. What cash rounding added and tips are in no line.
 */

/** `quantity times unit price less discount` may be off the total where the till rounded, or where a label brought its own amount. */
const soldLine = (line: Line, totals: LineTotals): SoldLine => ({
  name: line.name,
  code: line.code,
  unit: line.unit,
  quantityMilli: line.quantityMilli,
  unitPriceMinor: line.unitPriceMinor,
  discountMinor: add(totals.discountMinor, totals.shareMinor),
  totalMinor: totals.payableMinor,
  vatMinor: totals.vatMinor,
  vatRateBasisPoints: line.vatRateBasisPoints,
});

type Source = keyof SoldReceipt['paidOtherwise'];

function sourceOf({ tenderKind }: Post): Source {
  if (tenderKind === 'cash') return 'cashMinor';
  return tenderKind === 'manual-card' ? 'cardMinor' : 'voucherMinor';
}

const atLeastZero = (amount: Minor): Minor => (amount < 0 ? zero : amount);

/** What everything but one payment paid, minor units: cash without its change and without what rounding added, cards, and all else. */
function paidOtherwise(receipt: Receipt, attemptId: string): SoldReceipt['paidOtherwise'] {
  const others = heldPosts(receipt.posts).filter((post) => post.attemptId !== attemptId);
  const of = (source: Source): Minor => sum(others.filter((post) => sourceOf(post) === source).map((post) => post.amountMinor));
  return {
    cashMinor: atLeastZero(subtract(of('cashMinor'), receipt.roundingMinor)),
    cardMinor: atLeastZero(of('cardMinor')),
    voucherMinor: atLeastZero(of('voucherMinor')),
  };
}

/** The receipt for the provider of one of its payments. `registerName` is how customers know the till. */
export function soldReceipt(receipt: Receipt, attemptId: string, registerName: string): SoldReceipt {
  const totals = totalsOf(receipt);
  const ofLine = new Map(totals.lines.map((one) => [one.lineId, one]));
  const lines = activeLines(receipt).flatMap((line) => {
    const own = ofLine.get(line.id);
    return own ? [soldLine(line, own)] : [];
  });
  if (sum(lines.map((line) => line.totalMinor)) !== totals.totalMinor) throw new Error(`payments: the lines of receipt ${receipt.id} do not sum to its total`);
  return {
    number: String(receipt.number ?? ''),
    registerName,
    currency: receipt.currency,
    totalMinor: minor(totals.totalMinor),
    lines,
    paidOtherwise: paidOtherwise(receipt, attemptId),
  };
}
