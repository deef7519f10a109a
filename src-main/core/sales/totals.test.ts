import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { receiptWith, someLine } from '../../testing/receipt-builders.ts';
import type { Discount } from '../../contract/sale.ts';
import { minor, sum } from '../money.ts';
import type { Receipt } from './model.ts';
import { totalsOf } from './totals.ts';

const discounts: fc.Arbitrary<Discount | null> = fc.oneof(
  fc.constant(null),
  fc.integer({ min: 1, max: 10_000 }).map((basisPoints) => ({ kind: 'percent', basisPoints }) as const),
  fc.integer({ min: 1, max: 50_000 }).map((amountMinor) => ({ kind: 'amount', amountMinor }) as const),
);

const receipts: fc.Arbitrary<Receipt> = fc
  .tuple(
    fc.array(
      fc.record({
        price: fc.integer({ min: -5_000, max: 200_000 }),
        quantityMilli: fc.integer({ min: 1, max: 30_000 }),
        rate: fc.constantFrom(2550, 1350, 1000, 600, 0),
        discount: discounts,
      }),
      { maxLength: 30 },
    ),
    discounts,
  )
  .map(([lines, discount]) => ({
    ...receiptWith(
      lines.map(({ price, quantityMilli, rate, discount: own }) =>
        someLine({ unit: 'kg', quantityMilli, unitPriceMinor: minor(price), vatRateBasisPoints: rate, discount: own }),
      ),
    ),
    discount,
  }));

describe('totals under discounts', () => {
  test('lines, VAT groups and discounts sum to the total, to the cent', () => {
    fc.assert(
      fc.property(receipts, (receipt) => {
        const totals = totalsOf(receipt);
        expect(sum(totals.lines.map((line) => line.payableMinor))).toBe(totals.totalMinor);
        expect(sum(totals.vat.map((rate) => rate.grossMinor))).toBe(totals.totalMinor);
        expect(sum(totals.vat.map((rate) => minor(rate.netMinor + rate.vatMinor)))).toBe(totals.totalMinor);
        expect(totals.grossMinor - totals.lineDiscountMinor - totals.receiptDiscountMinor).toBe(totals.totalMinor);
      }),
      { numRuns: 500 },
    );
  });

  test("the lines' VAT sums to the VAT of their rate", () => {
    fc.assert(
      fc.property(receipts, (receipt) => {
        const totals = totalsOf(receipt);
        for (const group of totals.vat) {
          const ofRate = totals.lines.filter(
            (line) => receipt.lines.find((one) => one.id === line.lineId)?.vatRateBasisPoints === group.rateBasisPoints,
          );
          expect(sum(ofRate.map((line) => line.vatMinor))).toBe(group.vatMinor);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('no discount takes a line above zero below zero, nor touches one at or below zero', () => {
    fc.assert(
      fc.property(receipts, (receipt) => {
        for (const line of totalsOf(receipt).lines) {
          if (line.grossMinor > 0) expect(line.payableMinor).toBeGreaterThanOrEqual(0);
          else expect(line.payableMinor).toBe(line.grossMinor);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('an amount off the receipt is taken off to the cent when the lines can bear it', () => {
    const lines = [someLine({ unitPriceMinor: minor(333) }), someLine({ unitPriceMinor: minor(333) }), someLine({ unitPriceMinor: minor(334) })];
    const receipt: Receipt = { ...receiptWith(lines), discount: { kind: 'amount', amountMinor: 100 } };
    const totals = totalsOf(receipt);
    expect(totals.totalMinor).toBe(900);
    expect(totals.lines.map((line) => line.shareMinor)).toEqual([33, 33, 34]);
  });

  test('the drawn sale of the sale screen adds up', () => {
    const receipt = receiptWith([
      someLine({ unitPriceMinor: minor(235) }),
      someLine({ unitPriceMinor: minor(129), quantityMilli: 2000 }),
      someLine({ unit: 'kg', unitPriceMinor: minor(219), quantityMilli: 742 }),
      someLine({ unitPriceMinor: minor(849), discount: { kind: 'amount', amountMinor: 100 } }),
      someLine({ unitPriceMinor: minor(119), quantityMilli: 3000 }),
      someLine({ unitPriceMinor: minor(850), vatRateBasisPoints: 1350 }),
    ]);
    const totals = totalsOf(receipt);
    expect(totals.totalMinor).toBe(2611);
    expect(totals.lineDiscountMinor).toBe(100);
    expect(totals.vatMinor).toBe(311);
  });
});
