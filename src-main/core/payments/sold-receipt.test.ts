import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Discount } from '../../contract/sale.ts';
import { receiptWith, someLine } from '../../testing/receipt-builders.ts';
import { add, minor, scale, subtract, sum, type Minor } from '../money.ts';
import type { Post, Receipt } from '../sales/model.ts';
import { totalsOf } from '../sales/totals.ts';
import { soldReceipt } from './sold-receipt.ts';

const discounts: fc.Arbitrary<Discount | null> = fc.oneof(
  fc.constant(null),
  fc.integer({ min: 1, max: 10_000 }).map((basisPoints) => ({ kind: 'percent', basisPoints }) as const),
  fc.integer({ min: 1, max: 50_000 }).map((amountMinor) => ({ kind: 'amount', amountMinor }) as const),
);
const line = fc.record({
  price: fc.integer({ min: -5_000, max: 200_000 }),
  quantityMilli: fc.oneof(fc.integer({ min: 1, max: 30_000 }), fc.integer({ min: 1, max: 20 }).map((pieces) => pieces * 1_000)),
  rate: fc.constantFrom(2550, 2500, 1500, 1350, 600, 0),
  discount: discounts,
  /** Where a label brings its own amount. */
  fixed: fc.option(fc.integer({ min: 1, max: 9_999 }), { freq: 5 }),
});
const receipts: fc.Arbitrary<Receipt> = fc.tuple(fc.array(line, { minLength: 1, maxLength: 25 }), discounts).map(([lines, discount]) => ({
  ...receiptWith(
    lines.map(({ price, quantityMilli, rate, discount: own, fixed }) =>
      someLine({ unit: 'kg', quantityMilli, unitPriceMinor: minor(price), vatRateBasisPoints: rate, discount: own, fixedAmountMinor: fixed === null ? null : minor(fixed) }),
    ),
  ),
  number: 17,
  discount,
}));

const post = (attemptId: string, tenderKind: string, kind: Post['kind'], amountMinor: number): Post => ({
  id: `${attemptId}-${kind}-${tenderKind}`, attemptId, tenderId: tenderKind, tenderKind, kind, amountMinor: minor(amountMinor), reference: '', description: '', verified: true, at: '2026-11-26T10:00:00.000Z',
});

describe('a receipt as a provider is told it', () => {
  test('VIPPS-12 lines, discounts and the VAT of each rate tie out with the receipt’s own, to the cent', () => {
    fc.assert(
      fc.property(receipts, (receipt) => {
        const totals = totalsOf(receipt);
        const sold = soldReceipt(receipt, 'app', 'Till 1');
        expect(sum(sold.lines.map((one) => one.totalMinor))).toBe(totals.totalMinor);
        expect(sold.totalMinor).toBe(totals.totalMinor);
        expect(sum(sold.lines.map((one) => one.discountMinor))).toBe(add(totals.lineDiscountMinor, totals.receiptDiscountMinor));
        for (const { rateBasisPoints, grossMinor, vatMinor } of totals.vat) {
          const ofRate = sold.lines.filter((one) => one.vatRateBasisPoints === rateBasisPoints);
          expect(sum(ofRate.map((one) => one.totalMinor))).toBe(grossMinor);
          expect(sum(ofRate.map((one) => one.vatMinor))).toBe(vatMinor);
        }
        sold.lines.forEach((one, index) => {
          const stored = receipt.lines[index];
          const gross = stored?.fixedAmountMinor ?? scale(one.unitPriceMinor, one.quantityMilli, 1_000);
          expect(subtract(gross, one.discountMinor)).toBe(one.totalMinor);
        });
      }),
      { numRuns: 500 },
    );
  });

  test('VIPPS-12 what all tenders paid comes to the total: change, rounding and what was taken back are in none of them', () => {
    const money = fc.integer({ min: 0, max: 50_000 });
    const split = fc.record({ app: fc.integer({ min: 1, max: 50_000 }), card: money, otherApp: money, cash: money, change: money, rounding: fc.integer({ min: -2, max: 2 }), takenBack: money });
    fc.assert(
      fc.property(split, ({ app, card, otherApp, cash, change, rounding, takenBack }) => {
        // Rounding is of cash only, and never takes more than there is of it.
        const roundingMinor = cash > 2 ? rounding : 0;
        const total = app + card + otherApp + cash - roundingMinor;
        const posts = [
          post('gone', 'other-app', 'payment', takenBack), post('gone', 'other-app', 'taken-back', -takenBack), post('app', 'app', 'payment', app), post('card', 'manual-card', 'payment', card),
          post('other', 'other-app', 'payment', otherApp), post('cash', 'cash', 'payment', cash + change), post('cash', 'cash', 'change', -change),
        ];
        const receipt: Receipt = { ...receiptWith([someLine({ unitPriceMinor: minor(total) })]), number: 1, roundingMinor: minor(roundingMinor), posts };
        expect(totalsOf(receipt).dueMinor).toBe(0);
        const { paidOtherwise, totalMinor } = soldReceipt(receipt, 'app', 'Till 1');
        expect(paidOtherwise).toEqual({ cashMinor: cash - roundingMinor, cardMinor: card, voucherMinor: otherApp });
        expect(app + paidOtherwise.cashMinor + paidOtherwise.cardMinor + paidOtherwise.voucherMinor).toBe(totalMinor);
      }),
    );
  });

  test('a tip is in no line; an app payment above what was due leaves no cash below zero; a line that was taken off is not told', () => {
    const begun = receiptWith([someLine({ name: 'Coffee', unitPriceMinor: minor(300) }), someLine({ name: 'Gone', unitPriceMinor: minor(900) })]);
    const lines = begun.lines.map((one) => (one.name === 'Gone' ? { ...one, state: 'removed' as const } : one));
    const tipped: Receipt = { ...begun, lines, number: 5, tipMinor: minor(50), posts: [post('app', 'app', 'payment', 350)] };
    expect(soldReceipt(tipped, 'app', 'Till 1')).toMatchObject({ number: '5', registerName: 'Till 1', totalMinor: 300, lines: [{ name: 'Coffee', totalMinor: 300 }], paidOtherwise: { cashMinor: 0, cardMinor: 0, voucherMinor: 0 } });
    const above: Receipt = { ...tipped, tipMinor: minor(0), posts: [post('app', 'app', 'payment', 1_000), post('app', 'cash', 'cash-back', -700)] };
    expect(soldReceipt(above, 'app', 'Till 1').paidOtherwise.cashMinor).toBe(0);
  });

  test('bottles that come back take their amount off, with the VAT that was in it', () => {
    const receipt = { ...receiptWith([someLine({ name: 'Beer', unitPriceMinor: minor(500), vatRateBasisPoints: 2550 }), someLine({ name: 'Bottles', unitPriceMinor: minor(-40), quantityMilli: 3_000, vatRateBasisPoints: 2550 })]), number: 2 };
    const { lines, totalMinor } = soldReceipt(receipt, 'app', 'Till 1');
    const [beer, bottles] = lines;
    expect(totalMinor).toBe(380);
    expect(bottles).toMatchObject({ totalMinor: -120, quantityMilli: 3_000, unitPriceMinor: -40, discountMinor: 0 });
    expect(bottles?.vatMinor).toBeLessThan(0);
    const vat: Minor = add(beer?.vatMinor ?? minor(0), bottles?.vatMinor ?? minor(0));
    expect(vat).toBe(totalsOf(receipt).vatMinor);
  });
});
