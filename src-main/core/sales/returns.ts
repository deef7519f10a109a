import { fail, ok, type Result } from '../../contract/errors.ts';
import { add, minor, negate, scale, subtract, zero, type Minor } from '../money.ts';
import { openReceipt, type Change, type NewLine } from './changes.ts';
import type { Line, LineBack, Receipt, ReturnOf } from './model.ts';
import { activeLines, carriesPayment, totalsOf, type LineTotals } from './totals.ts';

/*
 * Returns (docs/payments.md, "Returns"): a receipt of kind `return` whose lines and posts are below zero. What goes back for a part of a
 * sold line is what the part and all before it come to, less what went back before: so that however a line comes back, piece by piece or
 * at once, exactly what was paid for it goes back, and exactly the VAT that was in it.
 */

/** What has come back of a sold line so far, with the sign of the sale. */
export type CameBack = { readonly quantityMilli: number; readonly grossMinor: Minor; readonly payableMinor: Minor; readonly vatMinor: Minor };

/** Of a line that never came back. */
export const nothingBack: CameBack = { quantityMilli: 0, grossMinor: zero, payableMinor: zero, vatMinor: zero };

/** By sold line, over all returns of a receipt that were not given up; `exceptId` leaves one of them out. */
export function cameBack(returns: readonly Receipt[], exceptId: string | null): (soldLineId: string) => CameBack {
  const found = new Map<string, CameBack>();
  for (const receipt of returns) {
    if (receipt.id === exceptId || receipt.state === 'voided') continue;
    for (const { back, quantityMilli, fixedAmountMinor } of activeLines(receipt)) {
      if (back?.ofLineId == null) continue;
      const before = found.get(back.ofLineId) ?? nothingBack;
      found.set(back.ofLineId, {
        quantityMilli: before.quantityMilli + quantityMilli,
        grossMinor: subtract(before.grossMinor, back.grossMinor),
        payableMinor: subtract(before.payableMinor, fixedAmountMinor ?? zero),
        vatMinor: subtract(before.vatMinor, back.vatMinor),
      });
    }
  }
  return (soldLineId) => found.get(soldLineId) ?? nothingBack;
}

/** What came back here and elsewhere together. */
export const bothBack = (a: CameBack, b: CameBack): CameBack => ({
  quantityMilli: a.quantityMilli + b.quantityMilli,
  grossMinor: add(a.grossMinor, b.grossMinor),
  payableMinor: add(a.payableMinor, b.payableMinor),
  vatMinor: add(a.vatMinor, b.vatMinor),
});

/** The part of an amount that belongs to a quantity, when `done` of it has gone before. Never more than is left, never the other way. */
function part(whole: Minor, done: Minor, reachedMilli: number, allMilli: number): Minor {
  const left = subtract(whole, done);
  if (reachedMilli === allMilli) return left;
  const wanted = subtract(scale(whole, reachedMilli, allMilli), done);
  return left >= 0 ? minor(Math.min(left, Math.max(0, wanted))) : minor(Math.max(left, Math.min(0, wanted)));
}

export type BackAmounts = { readonly grossMinor: Minor; readonly payableMinor: Minor; readonly vatMinor: Minor };

/** What goes back for a quantity of a sold line, with the sign of the sale. */
export function amountsBack(sold: Pick<Line, 'quantityMilli'>, totals: Pick<LineTotals, 'grossMinor' | 'payableMinor' | 'vatMinor'>, before: CameBack, quantityMilli: number): BackAmounts {
  const reached = before.quantityMilli + quantityMilli;
  const of = (whole: Minor, done: Minor): Minor => part(whole, done, reached, sold.quantityMilli);
  const payableMinor = of(totals.payableMinor, before.payableMinor);
  const discountMinor = of(subtract(totals.grossMinor, totals.payableMinor), subtract(before.grossMinor, before.payableMinor));
  return { payableMinor, grossMinor: add(payableMinor, discountMinor), vatMinor: of(totals.vatMinor, before.vatMinor) };
}

const withAmounts = (line: NewLine, ofLineId: string | null, amounts: BackAmounts): NewLine => {
  const back: LineBack = { ofLineId, grossMinor: negate(amounts.grossMinor), vatMinor: negate(amounts.vatMinor) };
  return { ...line, discount: null, discountReason: '', overrideReason: '', listPriceMinor: line.unitPriceMinor, ageLimit: null, fixedAmountMinor: negate(amounts.payableMinor), back };
};

/** How much of which sold line comes back. */
export type Wanted = { readonly lineId: string; readonly quantityMilli: number };

function wrongQuantity(sold: Pick<Line, 'name' | 'unit' | 'quantityMilli'>, before: CameBack, quantityMilli: number): ReturnType<typeof fail> | null {
  const leftMilli = sold.quantityMilli - before.quantityMilli;
  if (quantityMilli > leftMilli) return fail('return-too-much', { name: sold.name, left: leftMilli / 1000 });
  return quantityMilli < 1 || (sold.unit === 'piece' && quantityMilli % 1000 !== 0) ? fail('quantity-out-of-range', { maximum: leftMilli / 1000 }) : null;
}

/** The lines of a return of these quantities. Errors: line-unknown, return-too-much {name, leftMilli}. */
export function linesBack(sale: Receipt, before: (soldLineId: string) => CameBack, wanted: readonly Wanted[], newId: () => string): Result<readonly NewLine[]> {
  const amounts = new Map(totalsOf(sale).lines.map((line) => [line.lineId, line]));
  const lines: NewLine[] = [];
  for (const { lineId, quantityMilli } of wanted) {
    const sold = activeLines(sale).find((line) => line.id === lineId);
    const totals = amounts.get(lineId);
    if (!sold || !totals || lines.some((line) => line.back?.ofLineId === lineId)) return fail('line-unknown');
    const wrong = wrongQuantity(sold, before(lineId), quantityMilli);
    if (wrong) return wrong;
    lines.push(withAmounts({ ...sold, id: newId(), quantityMilli }, lineId, amountsBack(sold, totals, before(lineId), quantityMilli)));
  }
  return ok(lines);
}

/** A line as another store has sold it. */
export type StoreLine = Pick<Line, 'name' | 'code' | 'unit' | 'quantityMilli' | 'unitPriceMinor' | 'vatClass' | 'vatRateBasisPoints' | 'labels'> & BackAmounts & { readonly lineId: string; readonly back: CameBack };

/**
 * The lines of a return of another store's receipt. `articleOf` finds the article by its code, as this store knows it.
 * Errors: line-unknown, return-too-much {name, left}, quantity-out-of-range.
 */
export function storeLinesBack(sold: readonly StoreLine[], wanted: readonly Wanted[], newId: () => string, articleOf: (code: string) => string | null): Result<readonly NewLine[]> {
  const lines: NewLine[] = [];
  for (const { lineId, quantityMilli } of wanted) {
    const line = sold.find((one) => one.lineId === lineId);
    if (!line || lines.some((one) => one.back?.ofLineId === lineId)) return fail('line-unknown');
    const wrong = wrongQuantity(line, line.back, quantityMilli);
    if (wrong) return wrong;
    const { name, code, unit, unitPriceMinor, vatClass, vatRateBasisPoints, labels } = line;
    const asSold = { id: newId(), articleId: articleOf(code), name, code, unit, quantityMilli, unitPriceMinor, vatClass, vatRateBasisPoints, labels, listPriceMinor: unitPriceMinor };
    lines.push(withAmounts({ ...asSold, ...plain }, lineId, amountsBack(line, line, line.back, quantityMilli)));
  }
  return ok(lines);
}

const plain = { overrideReason: '', discount: null, discountReason: '', note: '', fixedAmountMinor: null, ageLimit: null } as const;

/** The lines of a return without a receipt, from lines as they would be sold. */
export function looseLinesBack(asSold: Receipt): readonly NewLine[] {
  const amounts = new Map(totalsOf(asSold).lines.map((line) => [line.lineId, line]));
  return activeLines(asSold).map((line) => {
    const totals = amounts.get(line.id);
    if (!totals) throw new Error(`returns: line ${line.id} has no totals`);
    return withAmounts(line, null, totals);
  });
}

type Opening = Pick<Receipt, 'id' | 'registerId' | 'staffId' | 'currency' | 'openedAt'>;

/** An empty return; it is stored with its first line. */
export const openReturn = (opening: Opening, returned: ReturnOf): Receipt => ({ ...openReceipt(opening), kind: 'return', returned });

const returnOf = (receipt: Receipt): ReturnOf => {
  if (receipt.kind !== 'return' || !receipt.returned) throw new Error(`returns: receipt ${receipt.id} is none`);
  return receipt.returned;
};

/** Whether its lines may still change: nothing of its money has left. */
export const returnOpen = (receipt: Receipt): boolean => receipt.state === 'open' || (receipt.state === 'paying' && !carriesPayment(receipt.posts));

/** Its lines and its reason as they are wanted now. What was chosen and is no more stays as a removed line. Errors: return-under-way. */
export function composeReturn(receipt: Receipt, wanted: readonly NewLine[], reason: string): Result<Change> {
  if (!returnOpen(receipt)) return fail('return-under-way');
  const revision = receipt.revision + 1;
  const sameAs = (line: Line, want: NewLine): boolean => (want.back?.ofLineId != null ? line.back?.ofLineId === want.back.ofLineId : line.id === want.id);
  const kept = receipt.lines.map((line): Line => {
    const want = wanted.find((one) => sameAs(line, one));
    if (want) return { ...line, ...want, id: line.id, state: 'active', position: line.position, revision };
    return line.state === 'active' ? { ...line, state: 'removed', revision } : line;
  });
  const added = wanted
    .filter((want) => !receipt.lines.some((line) => sameAs(line, want)))
    .map((want, index): Line => ({ ...want, state: 'active', position: receipt.lines.length + index + 1, revision }));
  const lines = [...kept, ...added];
  const composed: Receipt = { ...receipt, state: 'open', revision, lines, returned: { ...returnOf(receipt), reason } };
  return ok({ receipt: composed, lines: lines.filter((line) => line.revision === revision), lineId: null });
}

/** From here on its money may go back. Errors: receipt-empty, reason-missing, return-nothing. */
export function confirmReturn(receipt: Receipt): Result<Receipt> {
  if (receipt.state !== 'open') return fail('return-under-way');
  if (activeLines(receipt).length === 0) return fail('receipt-empty');
  if (returnOf(receipt).reason.trim() === '') return fail('reason-missing');
  // What was sold below zero can't be given back: the customer would have to pay for it.
  if (totalsOf(receipt).totalMinor > 0) return fail('return-nothing');
  return ok({ ...receipt, state: 'paying', revision: receipt.revision + 1 });
}

/** Given up before any money left. Errors: return-under-way. */
export const dropReturn = (receipt: Receipt): Result<Receipt> =>
  returnOpen(receipt) ? ok({ ...receipt, state: 'voided', voidReason: returnOf(receipt).reason || 'given up', revision: receipt.revision + 1, returned: { ...returnOf(receipt), inExchange: false } }) : fail('return-under-way');

/** Waits for a new sale to be set off against, or does so no more. */
export const inExchange = (receipt: Receipt, waits: boolean): Receipt => ({ ...receipt, revision: receipt.revision + 1, returned: { ...returnOf(receipt), inExchange: waits } });

/** A sale with the lines of another at the same prices, after a return of all of it: it is rung up again. */
export function sellAgain(sold: Receipt, opening: Opening, followsId: string, newId: () => string): Receipt {
  const lines = activeLines(sold).map((line, index): Line => ({ ...line, id: newId(), position: index + 1, revision: 1 }));
  const { discount, discountReason, ageConfirmedYears, customerReference } = sold;
  return { ...openReceipt(opening, sold.serving), revision: 1, discount, discountReason, ageConfirmedYears, customerReference, lines, followsId };
}
