import { afterAll, beforeAll, expect, test } from 'vitest';
import { inDatabase } from '../testing/fiscal.ts';
import { sellOne } from '../testing/payments.ts';
import { openTill, type TestTill } from '../testing/till.ts';

/* A day in which everything happens that a register has to write down (docs/fiscal.md, C-4). */
let till: TestTill;
let serial = 0;

beforeAll(async () => {
  till = await openTill();
});
afterAll(() => till.close());

const pay = (amountMinor: number) => till.call('payment.start', { requestId: `all-${(serial += 1)}`, tenderId: 'cash', amountMinor });

async function sell(): Promise<string> {
  const due = await sellOne(till);
  return (await pay(Math.round(due / 5) * 5)).receiptId;
}

/** Kinds of entries that the journal holds now. */
const kinds = (): Promise<ReadonlySet<string>> =>
  inDatabase(till, (storage) => new Set(storage.journal.read(storage.shop.thisRegister()?.id ?? '', 0, 10_000).map((entry) => entry.kind)));

async function theDay(): Promise<void> {
  await till.signIn('Sofie Dahl');
  const [shift] = (await till.call('shift.current', {})).open;
  const shiftId = shift?.shiftId ?? '';
  await till.call('shift.move', { shiftId, kind: 'pay-in', amountMinor: 500, reason: 'Coins' });
  await till.call('shift.move', { shiftId, kind: 'pay-out', amountMinor: 200, reason: 'Stamps' });
  const receiptId = await sell();
  await till.call('receipt.print', { receiptId });
  // Lines that are changed, taken off, made cheaper; a sale that is parked, taken up again and given up.
  await sellOne(till);
  const [line] = (await till.sale()).lines;
  const lineId = line?.id ?? '';
  await till.call('sale.set-quantity', { lineId, quantityMilli: 3000 });
  await till.call('sale.set-quantity', { lineId, quantityMilli: 2000 });
  await till.call('sale.override-price', { lineId, unitPriceMinor: 100, reason: 'Dented' });
  await till.call('sale.discount-line', { lineId, discount: { kind: 'percent', basisPoints: 1000 }, reason: 'Regular' });
  await till.call('receipt.print-other', { kind: 'provisional' });
  await till.call('receipt.print-other', { kind: 'delivery' });
  await till.call('sale.park', { name: 'Table 4' });
  const [parked] = await till.call('sale.parked', {});
  await till.call('sale.resume', { receiptId: parked?.receiptId ?? '' });
  await till.call('sale.remove-line', { lineId });
  await till.call('sale.restore-line', { lineId });
  await till.call('sale.void', { reason: 'Changed their mind' });
  await till.call('article.ask-price', { code: '2910000000031' });
  await till.call('drawer.open', { reason: 'Change' });
  const [article] = (await till.call('article.search', { text: 'Korvapuusti', limit: 1 }));
  if (!article) throw new Error('no bun');
  await till.call('article.save', { ...article, priceMinor: article.priceMinor + 10 });
  // Brought back, and what comes of a printer without paper.
  const { receipt, lines } = await till.call('return.of-receipt', { receiptId });
  const { returnId } = await till.call('return.compose', { returnId: null, receiptId: receipt.receiptId, lines: [{ lineId: lines[0]?.lineId ?? '', quantityMilli: 1000 }], reason: 'Stale' });
  const { owedMinor } = await till.call('return.confirm', { returnId });
  await till.call('return.pay', { requestId: `all-${(serial += 1)}`, returnId, way: 'cash', amountMinor: owedMinor });
  await till.call('dev.set-printer', { state: 'out-of-paper' });
  await sell();
  await expect.poll(async () => (await kinds()).has('receipt-not-printed')).toBe(true);
  await till.call('report.x', {});
  await till.call('shift.set-required', { required: true });
  await till.call('session.sign-out', {});
  await till.restart();
}

test('C-4 everything that a register has to log is in the journal', async () => {
  await theDay();
  const found = await kinds();
  const wanted = [
    'program-started', 'program-stopped', 'sign-in', 'sign-out', 'x-report', 'drawer-opened', 'sale-completed', 'return-completed', 'receipt-copied', 'provisional-printed', 'delivery-printed',
    'receipt-parked', 'receipt-resumed', 'line-corrected', 'line-removed', 'receipt-voided', 'price-changed', 'price-enquiry', 'discount', 'price-override', 'shift-opened', 'cash-moved', 'settings-changed', 'receipt-not-printed',
  ];
  expect(wanted.filter((kind) => !found.has(kind)), [...found].sort().join(' ')).toEqual([]);
});
