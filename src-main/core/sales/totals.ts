import type { Discount } from '../../contract/sale.ts';
import { add, allocate, minor, scale, subtract, sum, zero, type Minor } from '../money.ts';
import type { Line, Post, Receipt } from './model.ts';

/**
 * How a receipt adds up (docs/payments.md, "Totals and VAT"):
 *
 *  1. A line is quantity times price, rounded half away from zero, less its own discount.
 *  2. The receipt's discount is taken from the lines above zero, in proportion to their amounts, by largest remainder;
 *     ties go to the earlier line. So the parts sum to the discount exactly and no line falls below zero.
 *  3. VAT is taken out of the sum of each rate, rounded once per rate, and handed back to the lines by cumulative
 *     rounding, so that the lines' VAT sums to the rate's VAT and every later return can be exact.
 *  4. A line of a return brings its amounts along (core/sales/returns.ts): its VAT is what was in the sold line, not reckoned anew.
 */
export type LineTotals = {
  readonly lineId: string;
  /** Quantity times price. */
  readonly grossMinor: Minor;
  /** The line's own discount, at least 0; on a return all of its discounts, below zero. */
  readonly discountMinor: Minor;
  /** `grossMinor - discountMinor`. */
  readonly amountMinor: Minor;
  /** This line's part of the receipt's discount, at least 0. */
  readonly shareMinor: Minor;
  /** What the customer pays for the line: `amountMinor - shareMinor`. */
  readonly payableMinor: Minor;
  /** VAT within `payableMinor`. */
  readonly vatMinor: Minor;
};

export type VatTotals = {
  readonly rateBasisPoints: number;
  readonly grossMinor: Minor;
  readonly netMinor: Minor;
  readonly vatMinor: Minor;
};

export type ReceiptTotals = {
  readonly lines: readonly LineTotals[];
  readonly grossMinor: Minor;
  readonly lineDiscountMinor: Minor;
  readonly receiptDiscountMinor: Minor;
  readonly totalMinor: Minor;
  readonly vatMinor: Minor;
  /** By rate, highest first. */
  readonly vat: readonly VatTotals[];
  readonly paidMinor: Minor;
  /** Total, rounding and tips less what is paid; below zero the shop owes the customer. */
  readonly dueMinor: Minor;
};

/** The lines that count; removed ones are kept for the journal only. */
export const activeLines = (receipt: Receipt): readonly Line[] => receipt.lines.filter((line) => line.state === 'active');

/** Posts of payments that are still on the receipt; what was taken back has left nothing to show or to count. */
export function heldPosts(posts: readonly Post[]): readonly Post[] {
  const undone = new Set(posts.filter((post) => post.kind === 'taken-back').map((post) => post.attemptId));
  return posts.filter((post) => !undone.has(post.attemptId));
}

/** Whether anything stands on a receipt: a line that counts, or any payment, also one that was taken back. */
export const isBegun = (receipt: Receipt): boolean => activeLines(receipt).length > 0 || receipt.posts.length > 0;

const priceOf = (line: Line): Minor => line.fixedAmountMinor ?? scale(line.unitPriceMinor, line.quantityMilli, 1000);
const grossOf = (line: Line): Minor => line.back?.grossMinor ?? priceOf(line);
const ownDiscount = (line: Line, gross: Minor): Minor => (line.back ? subtract(gross, priceOf(line)) : discountOf(line.discount, gross));

/** What a discount takes off an amount: never more than the amount, nothing off zero or below. */
export function discountOf(discount: Discount | null, amount: Minor): Minor {
  if (discount === null || amount <= 0) return zero;
  const off = discount.kind === 'percent' ? scale(amount, discount.basisPoints, 10_000) : minor(discount.amountMinor);
  return off > amount ? amount : off;
}

const vatWithin = (gross: Minor, rateBasisPoints: number): Minor =>
  scale(gross, rateBasisPoints, 10_000 + rateBasisPoints);

type LineBeforeVat = Omit<LineTotals, 'vatMinor'> & { readonly rateBasisPoints: number; readonly vatGiven: Minor | null };

function withoutVat(lines: readonly Line[], receiptDiscount: Discount | null): readonly LineBeforeVat[] {
  const own = lines.map((line) => {
    const grossMinor = grossOf(line);
    const discountMinor = ownDiscount(line, grossMinor);
    return { line, grossMinor, discountMinor, amountMinor: subtract(grossMinor, discountMinor) };
  });
  const weights = own.map(({ amountMinor }) => (amountMinor > 0 ? amountMinor : zero));
  const off = discountOf(receiptDiscount, sum(weights));
  const shares = allocate(off, weights);
  return own.map(({ line, ...amounts }, index) => {
    const shareMinor = shares[index] ?? zero;
    return {
      lineId: line.id,
      ...amounts,
      shareMinor,
      payableMinor: subtract(amounts.amountMinor, shareMinor),
      rateBasisPoints: line.vatRateBasisPoints,
      vatGiven: line.back?.vatMinor ?? null,
    };
  });
}

/** Cumulative rounding per rate: each line gets the difference between two roundings of the running sum. */
function withVat(lines: readonly LineBeforeVat[]): { lines: readonly LineTotals[]; vat: readonly VatTotals[] } {
  const running = new Map<number, { gross: Minor; vat: Minor }>();
  const priced = lines.map(({ rateBasisPoints, vatGiven, ...line }) => {
    const before = running.get(rateBasisPoints) ?? { gross: zero, vat: zero };
    const gross = add(before.gross, line.payableMinor);
    const vat = vatGiven === null ? vatWithin(gross, rateBasisPoints) : add(before.vat, vatGiven);
    running.set(rateBasisPoints, { gross, vat });
    return { ...line, vatMinor: subtract(vat, before.vat) };
  });
  const vat = [...running]
    .sort(([a], [b]) => b - a)
    .map(([rateBasisPoints, { gross, vat: vatMinor }]) => ({
      rateBasisPoints,
      grossMinor: gross,
      netMinor: subtract(gross, vatMinor),
      vatMinor,
    }));
  return { lines: priced, vat };
}

type GoodsTotals = Omit<ReceiptTotals, 'paidMinor' | 'dueMinor'>;

function goodsOf(receipt: Receipt): GoodsTotals {
  const { lines, vat } = withVat(withoutVat(activeLines(receipt), receipt.discount));
  const totalMinor = sum(lines.map((line) => line.payableMinor));
  if (sum(vat.map((rate) => rate.grossMinor)) !== totalMinor) throw new Error('totals: VAT groups do not sum to the total');
  return {
    lines,
    vat,
    grossMinor: sum(lines.map((line) => line.grossMinor)),
    lineDiscountMinor: sum(lines.map((line) => line.discountMinor)),
    receiptDiscountMinor: sum(lines.map((line) => line.shareMinor)),
    totalMinor,
    vatMinor: sum(vat.map((rate) => rate.vatMinor)),
  };
}

/** Lines are never changed in place, and a payment leaves them as they are: what they add up to is reckoned once. */
const known = new WeakMap<readonly Line[], { readonly discount: Discount | null; readonly goods: GoodsTotals }>();

/** Everything that a receipt adds up to. Pure; asserts that the parts sum to the whole. */
export function totalsOf(receipt: Receipt): ReceiptTotals {
  const before = known.get(receipt.lines);
  const goods = before !== undefined && before.discount === receipt.discount ? before.goods : goodsOf(receipt);
  if (before === undefined || goods !== before.goods) known.set(receipt.lines, { discount: receipt.discount, goods });
  const paidMinor = paidOf(receipt.posts);
  return { ...goods, paidMinor, dueMinor: subtract(sum([goods.totalMinor, receipt.roundingMinor, receipt.tipMinor]), paidMinor) };
}

/** What the posts sum to, change included. */
export const paidOf = (posts: readonly Post[]): Minor => sum(posts.map((post) => post.amountMinor));

/** Whether any payment is still on the receipt: one whose posts have not been taken back to nothing. */
export function carriesPayment(posts: readonly Post[]): boolean {
  const held = new Map<string, number>();
  for (const post of posts) held.set(post.attemptId, (held.get(post.attemptId) ?? 0) + post.amountMinor);
  return [...held.values()].some((amount) => amount !== 0);
}
