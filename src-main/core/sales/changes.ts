import type { Serving, VatClass } from '../../contract/basics.ts';
import type { Discount } from '../../contract/sale.ts';
import { fail, ok, type Result } from '../../contract/errors.ts';
import { minor, zero, type Minor } from '../money.ts';
import type { Line, Receipt } from './model.ts';
import { activeLines, carriesPayment, discountOf, totalsOf } from './totals.ts';

/** A change of a receipt: the receipt after it, and the lines that are new or different. */
export type Change = { readonly receipt: Receipt; readonly lines: readonly Line[]; readonly lineId: string | null };

/** What a new line needs; ids, positions and revisions are given here. */
export type NewLine = Omit<Line, 'position' | 'revision' | 'state'>;

/** A receipt holds at most this many lines, removed ones included: paper, screen and totals stay quick. */
export const maximumLines = 1000;
/** No line and no receipt may exceed a million in major units. */
const maximumMinor = 100_000_000;
const maximumQuantityMilli = 9_999_000;

type Opening = Pick<Receipt, 'id' | 'registerId' | 'staffId' | 'currency' | 'openedAt'>;

/** An empty receipt; it is stored with its first line, not before. */
export const openReceipt = (opening: Opening, serving: Serving = 'take-away'): Receipt => ({
  ...opening,
  kind: 'sale',
  state: 'open',
  revision: 0,
  completedAt: null,
  number: null,
  parkedName: '',
  aside: false,
  note: '',
  customerReference: '',
  discount: null,
  discountReason: '',
  voidReason: '',
  ageConfirmedYears: 0,
  serving,
  distance: false,
  roundingMinor: zero,
  tipMinor: zero,
  printState: 'none',
  printProblem: '',
  lines: [],
  posts: [],
});

const next = (receipt: Receipt, fields: Partial<Receipt>): Receipt => ({
  ...receipt,
  ...fields,
  revision: receipt.revision + 1,
});

/** Articles, discounts and names may change only while nothing has been paid. */
function changeable(receipt: Receipt): Result<Receipt> {
  if (receipt.state !== 'open') return fail('receipt-has-payments');
  return ok(receipt);
}

function checked(change: Change): Result<Change> {
  const { totalMinor } = totalsOf(change.receipt);
  if (Math.abs(totalMinor) > maximumMinor) return fail('price-out-of-range', { maximumMinor });
  return ok(change);
}

function replaceLine(receipt: Receipt, line: Line, fields: Partial<Receipt> = {}): Change {
  const changed = { ...line, revision: receipt.revision + 1 };
  return {
    receipt: next(receipt, { ...fields, lines: receipt.lines.map((one) => (one.id === line.id ? changed : one)) }),
    lines: [changed],
    lineId: line.id,
  };
}

function activeLine(receipt: Receipt, lineId: string): Result<Line> {
  const state = changeable(receipt);
  if (!state.ok) return state;
  const line = receipt.lines.find((one) => one.id === lineId && one.state === 'active');
  return line ? ok(line) : fail('line-unknown');
}

/** The line that changed last; scanning its article again counts it up. */
export const newestLine = (receipt: Receipt): Line | null =>
  activeLines(receipt).reduce<Line | null>(
    (newest, line) => (newest === null || line.revision >= newest.revision ? line : newest),
    null,
  );

/** Whether a scan of the same article may simply count the line up: nothing about it was touched by hand. */
const countsUp = (line: Line, added: NewLine): boolean =>
  added.articleId !== null &&
  line.articleId === added.articleId &&
  line.unit === 'piece' &&
  line.fixedAmountMinor === null &&
  added.fixedAmountMinor === null &&
  line.unitPriceMinor === added.unitPriceMinor &&
  line.listPriceMinor === added.listPriceMinor &&
  line.vatRateBasisPoints === added.vatRateBasisPoints &&
  line.code === added.code &&
  line.discount === null &&
  line.note === '' &&
  line.quantityMilli + added.quantityMilli <= maximumQuantityMilli;

/** Adds an article or open price; the same article scanned again in a row counts its line up. */
export function addLine(receipt: Receipt, added: NewLine, ageConfirmedYears = 0): Result<Change> {
  const state = changeable(receipt);
  if (!state.ok) return state;
  if (receipt.lines.length >= maximumLines) return fail('receipt-full', { maximum: maximumLines });
  const age = { ageConfirmedYears: Math.max(receipt.ageConfirmedYears, ageConfirmedYears) };
  const newest = newestLine(receipt);
  if (newest && countsUp(newest, added)) {
    const counted = { ...newest, quantityMilli: newest.quantityMilli + added.quantityMilli };
    return checked(replaceLine(receipt, counted, age));
  }
  const line: Line = {
    ...added,
    state: 'active',
    position: receipt.lines.length + 1,
    revision: receipt.revision + 1,
  };
  return checked({ receipt: next(receipt, { ...age, lines: [...receipt.lines, line] }), lines: [line], lineId: line.id });
}

/** Sets a line's quantity, in thousandths. Pieces are whole. */
export function setQuantity(receipt: Receipt, lineId: string, quantityMilli: number): Result<Change> {
  const line = activeLine(receipt, lineId);
  if (!line.ok) return line;
  const broken = line.value.unit === 'piece' && quantityMilli % 1000 !== 0;
  if (broken || line.value.fixedAmountMinor !== null || quantityMilli < 1 || quantityMilli > maximumQuantityMilli) {
    return fail('quantity-out-of-range', { maximum: maximumQuantityMilli / 1000 });
  }
  return checked(replaceLine(receipt, { ...line.value, quantityMilli }));
}

/** Gives a line a discount of its own, or takes it away with null. */
export function discountLine(
  receipt: Receipt,
  lineId: string,
  discount: Discount | null,
  discountReason: string,
): Result<Change> {
  const line = activeLine(receipt, lineId);
  if (!line.ok) return line;
  const whole = discountableOf(receipt, lineId);
  if (discount && exceeds(discount, whole)) return fail('discount-too-large', { maximumMinor: Math.max(whole, 0) });
  const changed = { ...line.value, discount, discountReason: discount ? discountReason : '' };
  return checked(replaceLine(receipt, changed));
}

/** Gives the receipt a discount, or takes it away with null. */
export function discountReceipt(receipt: Receipt, discount: Discount | null, discountReason: string): Result<Change> {
  const state = changeable(receipt);
  if (!state.ok) return state;
  if (activeLines(receipt).length === 0) return fail('receipt-empty');
  const whole = discountableOf(receipt, null);
  if (discount && exceeds(discount, whole)) return fail('discount-too-large', { maximumMinor: Math.max(whole, 0) });
  const changed = next(receipt, { discount, discountReason: discount ? discountReason : '' });
  return checked({ receipt: changed, lines: [], lineId: null });
}

const exceeds = (discount: Discount, whole: Minor): boolean =>
  whole <= 0 || (discount.kind === 'amount' && discount.amountMinor > whole);

/** What a discount would be taken from: one line's gross amount, or all lines above zero after their own discounts. */
export function discountableOf(receipt: Receipt, lineId: string | null): Minor {
  const { lines } = totalsOf(receipt);
  if (lineId !== null) return lines.find((line) => line.lineId === lineId)?.grossMinor ?? zero;
  return minor(lines.reduce((running, line) => running + Math.max(line.amountMinor, 0), 0));
}

/** A discount as basis points of what it is taken from, rounded up, to be held against a limit. */
export function discountBasisPoints(discount: Discount, whole: Minor): number {
  if (discount.kind === 'percent') return discount.basisPoints;
  return whole <= 0 ? 10_000 : Math.ceil((discountOf(discount, whole) * 10_000) / whole);
}

/** Sells a line at another price than the article's; the list price stays for the record. */
export function overridePrice(receipt: Receipt, lineId: string, unitPrice: Minor, reason: string): Result<Change> {
  const line = activeLine(receipt, lineId);
  if (!line.ok) return line;
  if (reason.trim() === '') return fail('reason-missing');
  const changed = {
    ...line.value,
    unitPriceMinor: unitPrice,
    fixedAmountMinor: null,
    overrideReason: unitPrice === line.value.listPriceMinor ? '' : reason,
    discount: unitPrice > 0 ? line.value.discount : null,
  };
  return checked(replaceLine(receipt, changed));
}

export function removeLine(receipt: Receipt, lineId: string): Result<Change> {
  const line = activeLine(receipt, lineId);
  if (!line.ok) return line;
  return checked(replaceLine(receipt, { ...line.value, state: 'removed' }));
}

/** Undo of `removeLine`. */
export function restoreLine(receipt: Receipt, lineId: string): Result<Change> {
  const state = changeable(receipt);
  if (!state.ok) return state;
  const line = receipt.lines.find((one) => one.id === lineId && one.state === 'removed');
  if (!line) return fail('line-unknown');
  return checked(replaceLine(receipt, { ...line, state: 'active' }));
}

export function noteLine(receipt: Receipt, lineId: string, note: string): Result<Change> {
  const line = activeLine(receipt, lineId);
  return line.ok ? ok(replaceLine(receipt, { ...line.value, note })) : line;
}

/** The receipt's lines by other rates, and those that are different by it; the receipt's revision is theirs. Prices include VAT and stay. */
export function atRates(receipt: Receipt, rateOf: (vatClass: VatClass, serving: Serving) => number): { readonly receipt: Receipt; readonly lines: readonly Line[] } {
  const changed: Line[] = [];
  const lines = receipt.lines.map((line) => {
    const rate = rateOf(line.vatClass, receipt.serving);
    if (rate === line.vatRateBasisPoints) return line;
    const rerated = { ...line, vatRateBasisPoints: rate, revision: receipt.revision };
    changed.push(rerated);
    return rerated;
  });
  return { receipt: { ...receipt, lines }, lines: changed };
}

/** Eaten here, or taken away: the whole receipt is (C-16). */
export function serve(receipt: Receipt, serving: Serving, rateOf: (vatClass: VatClass, serving: Serving) => number): Result<Change> {
  const state = changeable(receipt);
  if (!state.ok) return state;
  return ok({ ...atRates(next(receipt, { serving }), rateOf), lineId: null });
}

/** Whether the customer is somewhere else. */
export function sellFromAfar(receipt: Receipt, distance: boolean): Result<Change> {
  const state = changeable(receipt);
  return state.ok ? ok({ receipt: next(receipt, { distance }), lines: [], lineId: null }) : state;
}

/** Sets the receipt's own words: its note or the customer's reference. Allowed while paying, for they move no money. */
export const describe = (
  receipt: Receipt,
  words: Partial<Pick<Receipt, 'note' | 'customerReference'>>,
): Result<Change> => ok({ receipt: next(receipt, words), lines: [], lineId: null });

/** Puts the receipt away under a name, for any register to resume. */
export function park(receipt: Receipt, parkedName: string): Result<Change> {
  if (receipt.state === 'paying') return fail('receipt-has-payments');
  if (activeLines(receipt).length === 0) return fail('receipt-empty');
  return ok({ receipt: next(receipt, { state: 'parked', parkedName }), lines: [], lineId: null });
}

/** Takes a parked receipt back to the counter; from then on it belongs to this register and person. */
export function resume(receipt: Receipt, registerId: string, staffId: string): Result<Change> {
  if (receipt.state !== 'parked') return fail('receipt-not-parked');
  return ok({ receipt: next(receipt, { state: 'open', registerId, staffId }), lines: [], lineId: null });
}

/** Clears the counter for the next customer while this one's payment is waited for. What carries no payment is parked instead. */
export function setAside(receipt: Receipt): Result<Change> {
  if (receipt.state !== 'paying' || receipt.aside) return fail('nothing-waits');
  return ok({ receipt: next(receipt, { aside: true }), lines: [], lineId: null });
}

/** Back on the counter it came from, however its payment stands by now. */
export function bringBack(receipt: Receipt): Result<Change> {
  if (!receipt.aside || (receipt.state !== 'paying' && receipt.state !== 'open')) return fail('receipt-not-aside');
  return ok({ receipt: next(receipt, { aside: false }), lines: [], lineId: null });
}

/** Ends the receipt without a sale. One that carries payments can't be voided. */
export function voidReceipt(receipt: Receipt, voidReason: string): Result<Change> {
  if (receipt.state === 'paying' || carriesPayment(receipt.posts)) return fail('receipt-has-payments');
  if (voidReason.trim() === '') return fail('reason-missing');
  return ok({ receipt: next(receipt, { state: 'voided', voidReason }), lines: [], lineId: null });
}
