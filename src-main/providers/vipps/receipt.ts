import type { ProviderProblem } from '../../contract/payment.ts';
import type { Unit } from '../../contract/sale.ts';
import type { PaymentOrder } from '../../core/payments/order.ts';
import type { ProviderLink, Settings, SoldLine, SoldReceipt } from '../../core/payments/provider.ts';
import type { Client } from './client.ts';
import { nameOf, unitOf } from './memory.ts';

/** The units of the till that the app has a word for (Vipps, section 10). */
const units: Readonly<Record<Unit, 'PCS' | 'KG' | 'LITRE' | null>> = { piece: 'PCS', kg: 'KG', l: 'LITRE', g: null, m: null, h: null };

/** `0.742` of 742 thousandths. */
function quantityText(milli: number): string {
  const digits = String(milli).padStart(4, '0');
  const fraction = digits.slice(-3).replace(/0+$/, '');
  return fraction === '' ? digits.slice(0, -3) : `${digits.slice(0, -3)}.${fraction}`;
}

type Priced = { readonly name: string; readonly unitInfo: object; readonly discount: number };

/** Names of a line on the phone have to say what its quantity can't. */
const onePiece = (line: SoldLine, totalMinor: number, discountMinor: number): Priced => ({
  name: line.quantityMilli === 1_000 && line.unit === 'piece' ? line.name : `${line.name} ${quantityText(line.quantityMilli)}${line.unit === 'piece' ? '' : ` ${line.unit}`}`,
  unitInfo: { unitPrice: totalMinor + discountMinor, quantity: '1', quantityUnit: 'PCS' },
  discount: discountMinor,
});

/**
 * Unit price times quantity less discount is the total, to the cent. Where the till has rounded (a weight, a share of a discount) or
 * the app has no word for the unit, the line is one piece of what it came to.
 */
function priced(line: SoldLine): Priced {
  const totalMinor = Math.abs(line.totalMinor);
  // What comes back may carry its discount with either sign.
  const discountMinor = line.totalMinor < 0 ? Math.abs(line.discountMinor) : Math.max(0, line.discountMinor);
  const unit = units[line.unit];
  const unitPrice = Math.abs(line.unitPriceMinor);
  const product = BigInt(unitPrice) * BigInt(line.quantityMilli);
  const fits = unit !== null && product % 1_000n === 0n && product / 1_000n === BigInt(totalMinor + discountMinor);
  if (!fits) return onePiece(line, totalMinor, discountMinor);
  return { name: line.name, unitInfo: { unitPrice, quantity: quantityText(line.quantityMilli), quantityUnit: unit }, discount: discountMinor };
}

/** The old word for the rate takes whole percents only: a half is told by the new one alone. */
const rate = (basisPoints: number): object => ({ taxRate: basisPoints, ...(basisPoints % 100 === 0 ? { taxPercentage: basisPoints / 100 } : {}) });

/** What takes something back counts below zero by its mark, and has no sign of its own (Vipps, section 10). */
export function orderLine(line: SoldLine, index: number): object {
  const { name, unitInfo, discount } = priced(line);
  const totalAmount = Math.abs(line.totalMinor);
  const totalTaxAmount = Math.abs(line.vatMinor);
  return {
    name: name.trim() || line.code || String(index + 1),
    id: line.code || String(index + 1),
    totalAmount,
    totalAmountExcludingTax: totalAmount - totalTaxAmount,
    totalTaxAmount,
    ...rate(line.vatRateBasisPoints),
    unitInfo,
    discount,
    isReturn: line.totalMinor < 0,
    isShipping: false,
  };
}

export function receiptBody(receipt: SoldReceipt): object {
  const { cashMinor, cardMinor, voucherMinor } = receipt.paidOtherwise;
  return {
    orderLines: receipt.lines.map(orderLine),
    bottomLine: {
      currency: receipt.currency,
      posId: receipt.registerName,
      receiptNumber: receipt.number,
      paymentSources: { giftCard: 0, card: cardMinor, voucher: voucherMinor, cash: cashMinor },
    },
  };
}

/** Hands the receipt to Order Management, which has one word for both interfaces (Vipps, section 10). */
export async function sendReceipt(call: Client, link: ProviderLink, order: PaymentOrder, data: Settings, receipt: SoldReceipt): Promise<ProviderProblem | null> {
  // A receipt without lines can't be told.
  if (receipt.lines.length === 0) return null;
  const path = `/order-management/v2/ecom/receipts/${encodeURIComponent(nameOf(link, order, data))}`;
  const called = await call(link, { method: 'POST', path, body: receiptBody(receipt), unit: unitOf(link, data) });
  // One is there already, and none can take its place.
  if (called.status === 201 || called.status === 409) return null;
  // Whatever stands between may say 200: the service says 201.
  if (called.kind === 'done') return { code: 'protocol', providerCode: String(called.status), text: 'a receipt is not answered as it is documented' };
  // Not every account has it, and by some the test environment has none: trying again changes nothing.
  const never = called.status === 404 || called.status === 403;
  return never ? { ...called.problem, code: 'not-configured' } : called.problem;
}
