import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minor, scale } from '../../core/money.ts';
import type { SoldLine, SoldReceipt } from '../../core/payments/provider.ts';
import { orderLine, receiptBody } from './receipt.ts';

type Told = {
  readonly name: string;
  readonly id: string;
  readonly totalAmount: number;
  readonly totalAmountExcludingTax: number;
  readonly totalTaxAmount: number;
  readonly taxRate: number;
  readonly taxPercentage?: number;
  readonly unitInfo: { readonly unitPrice: number; readonly quantity: string; readonly quantityUnit: string };
  readonly discount: number;
  readonly isReturn: boolean;
};

const line = (more: Partial<SoldLine> = {}): SoldLine => ({
  name: 'Sokker', code: '2900000000018', unit: 'piece', quantityMilli: 2_000, unitPriceMinor: minor(2_500), discountMinor: minor(500), totalMinor: minor(4_500), vatMinor: minor(900), vatRateBasisPoints: 2_500, ...more,
});
const told = (one: SoldLine): Told => orderLine(one, 0) as Told;

/** Thousandths of the quantity's text, read by its digits. */
const milliOf = (text: string): bigint => {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole) * 1_000n + BigInt(fraction.padEnd(3, '0'));
};

/** What the vendor's examples obey (Vipps, section 10), without a fraction anywhere. */
function tiesOut(one: Told): void {
  expect(one.totalAmount).toBe(one.totalAmountExcludingTax + one.totalTaxAmount);
  expect(BigInt(one.unitInfo.unitPrice) * milliOf(one.unitInfo.quantity)).toBe(BigInt(one.totalAmount + one.discount) * 1_000n);
  expect(one.unitInfo.quantity).toMatch(/^\d+(\.\d{1,8})?$/);
  expect(one.unitInfo.quantity.length).toBeLessThanOrEqual(10);
  for (const amount of [one.totalAmount, one.totalTaxAmount, one.unitInfo.unitPrice, one.discount]) expect(amount).toBeGreaterThanOrEqual(0);
}

describe('the receipt on the phone', () => {
  test('pieces, a weight that multiplies out, and one that was rounded', () => {
    expect(told(line())).toMatchObject({ totalAmount: 4_500, totalAmountExcludingTax: 3_600, totalTaxAmount: 900, taxRate: 2_500, taxPercentage: 25, unitInfo: { unitPrice: 2_500, quantity: '2', quantityUnit: 'PCS' }, discount: 500, isReturn: false });
    const weighed = line({ name: 'Epler', unit: 'kg', quantityMilli: 500, unitPriceMinor: minor(3_000), discountMinor: minor(0), totalMinor: minor(1_500), vatMinor: minor(196), vatRateBasisPoints: 1_500 });
    expect(told(weighed)).toMatchObject({ name: 'Epler', unitInfo: { unitPrice: 3_000, quantity: '0.5', quantityUnit: 'KG' } });
    const rounded = line({ name: 'Epler', unit: 'kg', quantityMilli: 742, unitPriceMinor: minor(2_995), discountMinor: minor(0), totalMinor: minor(2_222), vatMinor: minor(290), vatRateBasisPoints: 1_500 });
    expect(told(rounded)).toMatchObject({ name: 'Epler 0.742 kg', unitInfo: { unitPrice: 2_222, quantity: '1', quantityUnit: 'PCS' }, discount: 0 });
  });

  test('what comes back has no sign and its mark; half a percent is told by the rate alone; a line without a code has its place', () => {
    const back = line({ quantityMilli: 1_000, unitPriceMinor: minor(2_500), discountMinor: minor(0), totalMinor: minor(-2_500), vatMinor: minor(-500) });
    expect(told(back)).toMatchObject({ totalAmount: 2_500, totalTaxAmount: 500, totalAmountExcludingTax: 2_000, isReturn: true, unitInfo: { unitPrice: 2_500, quantity: '1' } });
    const deposit = line({ code: '', quantityMilli: 2_000, unitPriceMinor: minor(-100), discountMinor: minor(0), totalMinor: minor(-200), vatMinor: minor(0), vatRateBasisPoints: 2_550 });
    expect(told(deposit)).toMatchObject({ id: '1', isReturn: true, taxRate: 2_550, unitInfo: { unitPrice: 100, quantity: '2' } });
    expect(told(deposit)).not.toHaveProperty('taxPercentage');
  });

  test('VIPPS-12 lines tie out to the cent whatever was sold, and so does their sum', () => {
    const unit = fc.constantFrom('piece' as const, 'kg' as const, 'g' as const, 'l' as const, 'm' as const, 'h' as const);
    const sold = fc
      .record({ unit, quantityMilli: fc.integer({ min: 1, max: 9_999_000 }), price: fc.integer({ min: 0, max: 1_000_000 }), off: fc.integer({ min: 0, max: 100 }), rate: fc.constantFrom(0, 600, 900, 1_200, 1_500, 2_500, 2_550), back: fc.boolean() })
      .map(({ quantityMilli, price, off, rate, back, ...more }): SoldLine => {
        const gross = scale(minor(price), quantityMilli, 1_000);
        const discount = scale(gross, off, 100);
        const total = gross - discount;
        const vat = scale(minor(total), rate, 10_000 + rate);
        const sign = back ? -1 : 1;
        return { name: 'Vare', code: '1', ...more, quantityMilli, unitPriceMinor: minor(price), discountMinor: discount, totalMinor: minor(sign * total), vatMinor: minor(sign * vat), vatRateBasisPoints: rate };
      });
    fc.assert(fc.property(fc.array(sold, { minLength: 1, maxLength: 8 }), (lines) => {
      const totalMinor = minor(lines.reduce((all, one) => all + one.totalMinor, 0));
      const receipt: SoldReceipt = { number: '17', registerName: 'Kasse 2', currency: 'NOK', totalMinor, lines, paidOtherwise: { cashMinor: minor(0), cardMinor: minor(0), voucherMinor: minor(0) } };
      const { orderLines } = receiptBody(receipt) as { readonly orderLines: readonly Told[] };
      orderLines.forEach(tiesOut);
      expect(orderLines.reduce((all, one) => all + (one.isReturn ? -one.totalAmount : one.totalAmount), 0)).toBe(totalMinor);
    }));
  });
});
