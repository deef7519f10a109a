import { minor, type Minor } from '../core/money.ts';
import { addLine, openReceipt, type NewLine } from '../core/sales/changes.ts';
import type { Receipt } from '../core/sales/model.ts';

let made = 0;

/** A line of one article; every field can be replaced. */
export function someLine(fields: Partial<NewLine> = {}): NewLine {
  made += 1;
  const unitPriceMinor: Minor = fields.unitPriceMinor ?? minor(199);
  return {
    id: `line-${made}`,
    articleId: `article-${made}`,
    name: `Article ${made}`,
    code: `2000000${String(made).padStart(5, '0')}`,
    unit: 'piece',
    quantityMilli: 1000,
    unitPriceMinor,
    listPriceMinor: unitPriceMinor,
    overrideReason: '',
    discount: null,
    discountReason: '',
    vatClass: 'low',
    vatRateBasisPoints: 1350,
    labels: [],
    note: '',
    fixedAmountMinor: null,
    ageLimit: null,
    ...fields,
  };
}

/** An open receipt with these lines. */
export function receiptWith(lines: readonly NewLine[]): Receipt {
  let receipt = openReceipt({
    id: 'receipt-1',
    registerId: 'register-1',
    staffId: 'staff-1',
    currency: 'EUR',
    openedAt: '2026-11-21T10:00:00.000Z',
  });
  for (const line of lines) {
    const added = addLine(receipt, line);
    if (!added.ok) throw new Error(`builder: ${added.error.code}`);
    receipt = added.value.receipt;
  }
  return receipt;
}

/** The value of a result that a test expects to be good. */
export function must<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: { readonly code: string } }): T {
  if (!result.ok) throw new Error(`expected a value, got ${result.error.code}`);
  return result.value;
}
