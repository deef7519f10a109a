import { z } from 'zod';
import type { Problem } from './answers.ts';
import type { Currency } from './state.ts';

/* The lines of a receipt and what stands below them (Vipps, section 10). */
const minor = z.int().min(0);
const unitInfo = z.strictObject({
  unitPrice: minor,
  quantity: z.string().max(10).regex(/^\d+(\.\d{1,8})?$/),
  quantityUnit: z.enum(['PCS', 'KG', 'KM', 'MINUTE', 'LITRE', 'KWH']).nullish(),
});
const line = z.strictObject({
  name: z.string().min(1),
  id: z.string().min(1),
  // A line that is given back has `isReturn`, not a minus; that a total may be negative is said nowhere.
  totalAmount: minor,
  totalAmountExcludingTax: minor,
  totalTaxAmount: minor,
  taxRate: z.int().min(0).max(10_000).nullish(),
  taxPercentage: z.int().min(0).max(100).nullish(),
  unitInfo: unitInfo.nullish(),
  discount: minor.nullish(),
  productUrl: z.string().nullish(),
  isReturn: z.boolean().nullish(),
  isShipping: z.boolean().nullish(),
});
const bottomLine = z.strictObject({
  currency: z.enum(['NOK', 'DKK', 'EUR']),
  posId: z.string().nullish(),
  receiptNumber: z.string().nullish(),
  tipAmount: minor.nullish(),
  paymentSources: z.strictObject({ giftCard: z.int().nullish(), card: z.int().nullish(), voucher: z.int().nullish(), cash: z.int().nullish() }).nullish(),
  barcode: z.strictObject({ format: z.enum(['EAN-13', 'CODE 39', 'CODE 128']), data: z.string() }).nullish(),
  totalAmount: z.int().nullish(),
  totalTax: minor.nullish(),
  totalDiscount: minor.nullish(),
  shippingAmount: minor.nullish(),
  giftCardAmount: minor.nullish(),
  terminalId: z.string().nullish(),
  shippingInfo: z.looseObject({}).nullish(),
});
export const receiptShape = z.strictObject({ orderLines: z.array(line).min(1), bottomLine });
type Line = z.infer<typeof line>;

export type Wrong = { readonly field: string; readonly reason: string };

/** Price times quantity to the ore, in ten-millionths below it; a quantity has at most eight digits behind its point. */
const scale = 100_000_000n;
function product(unitPrice: number, quantity: string): bigint {
  const [whole = '0', part = ''] = quantity.split('.');
  return BigInt(unitPrice) * (BigInt(whole) * scale + BigInt(part.padEnd(8, '0')));
}

/**
 * The sums that the vendor's examples obey (Vipps, section 10). Price times quantity may be off by less than one minor unit: goods
 * that are weighed are rounded, to whichever side.
 */
function wrongSum({ totalAmount, totalAmountExcludingTax, totalTaxAmount, unitInfo: unit, discount, taxRate, taxPercentage }: Line): string | null {
  if (totalAmount !== totalAmountExcludingTax + totalTaxAmount) return 'totalAmount is not totalAmountExcludingTax and totalTaxAmount together';
  if ((taxRate ?? null) === null && (taxPercentage ?? null) === null) return 'taxRate is missing';
  // A whole percent is a rounded rate where both are said.
  if (typeof taxRate === 'number' && typeof taxPercentage === 'number' && Math.abs(taxRate - taxPercentage * 100) >= 100) return 'taxRate and taxPercentage are different rates';
  if (!unit) return null;
  const off = product(unit.unitPrice, unit.quantity) - (BigInt(totalAmount) + BigInt(discount ?? 0)) * scale;
  return off < scale && off > -scale ? null : 'unitPrice times quantity less the discount is not totalAmount';
}

/** The first thing that is wrong with a receipt. */
export function wrongInReceipt(receipt: unknown, currency: Currency | null): Wrong | null {
  const read = receiptShape.safeParse(receipt);
  if (!read.success) {
    const [issue] = read.error.issues;
    return { field: (issue?.path ?? []).map(String).join('.') || 'receipt', reason: issue?.message ?? 'is not understood' };
  }
  const { orderLines, bottomLine: bottom } = read.data;
  for (const [index, one] of orderLines.entries()) {
    const reason = wrongSum(one);
    if (reason !== null) return { field: `orderLines.${index}`, reason };
  }
  return currency === null || bottom.currency === currency ? null : { field: 'bottomLine.currency', reason: `the payment is in ${currency}` };
}

/** What is wrong with a receipt that comes with a payment, as ePayment says it. */
export function receiptProblem(receipt: unknown, currency: Currency): Problem | null {
  const wrong = wrongInReceipt(receipt, currency);
  return wrong && { status: 400, title: wrong.reason, field: `receipt.${wrong.field}` };
}
