import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../sandboxes/shared/server.ts';
import { startVippsSandbox } from '../../sandboxes/vipps/index.ts';
import { totalsOf } from '../../core/sales/totals.ts';
import { dumped, inDatabase } from '../../testing/fiscal.ts';
import { openTill, type TestTill } from '../../testing/till.ts';
import { eventually, giveBackByVipps, payByVipps, ringUp, sellByVipps, vippsOf, type SentLine, type VippsHands } from '../../testing/vipps-till.ts';

let till: TestTill;
let sandbox: Sandbox;
let vipps: VippsHands;

beforeEach(async () => {
  sandbox = await startVippsSandbox();
  till = await openTill({ sandboxes: { vipps: sandbox } });
  vipps = vippsOf(() => sandbox.control);
  await till.signIn('Sofie Dahl');
});
afterEach(async () => {
  await till.close();
  await sandbox.close();
});

const views = (receiptId: string) => till.call('provider-receipt.of-receipt', { receiptId });
const until = (receiptId: string, wanted: (state: string, tries: number) => boolean) =>
  eventually(() => views(receiptId), (all) => all.length > 0 && all.every(({ state, tries }) => wanted(state, tries)));
const sent = (receiptId: string) => until(receiptId, (state) => state === 'sent');
const journalOf = (receiptId: string): Promise<readonly string[]> =>
  inDatabase(till, (storage) => storage.journal.read(storage.shop.thisRegister()?.id ?? '', 0, 1_000).filter((entry) => entry.receiptId === receiptId).map(({ kind }) => kind));

const signed = (line: SentLine, amount: number): number => (line.isReturn ? -amount : amount);
const sumOf = (lines: readonly SentLine[], amountOf: (line: SentLine) => number): number => lines.reduce((all, one) => all + signed(one, amountOf(one)), 0);

/** The newest receipt in the app. */
async function shown() {
  const last = (await vipps.receipts()).at(-1);
  if (!last) throw new Error('the app has no receipt');
  return last.receipt;
}

/** The till's own word on a receipt. */
async function kept(receiptId: string) {
  const receipt = await inDatabase(till, (storage) => storage.sales.load(receiptId));
  if (!receipt) throw new Error('the receipt is not there');
  return receipt;
}

describe('the receipt in the customer’s app', () => {
  test('VIPPS-12 lines, VAT and totals tie out to the cent, with discounts, weighed goods and bottles that come back', async () => {
    const bottles = await till.call('article.save', { gtin: '', plu: '77001', name: 'Palautuspullot', group: 'Pantit', priceMinor: -15, vatClass: 'standard', unit: 'piece', pricing: 'fixed', ageLimit: null, labels: [], active: true });
    const apples = await till.call('article.save', { gtin: '', plu: '77002', name: 'Omenat', group: 'Hedelmät', priceMinor: 349, vatClass: 'low', unit: 'kg', pricing: 'fixed', ageLimit: null, labels: [], active: true });
    await ringUp(till, 3);
    await till.call('sale.add-article', { articleId: apples.id, quantityMilli: 742 });
    await till.call('sale.add-article', { articleId: bottles.id, quantityMilli: 3_000 });
    const [bun] = (await till.sale()).lines;
    await till.call('sale.discount-line', { lineId: bun?.id ?? '', discount: { kind: 'percent', basisPoints: 700 }, reason: 'Regular' });
    await till.call('sale.discount-receipt', { discount: { kind: 'amount', amountMinor: 133 }, reason: 'Birthday' });
    const { dueMinor } = (await till.sale()).totals;
    const paid = await payByVipps(till, vipps, dueMinor);
    await sent(paid.receiptId);
    const totals = totalsOf(await kept(paid.receiptId));

    const { orderLines, bottomLine } = await shown();
    expect(bottomLine).toMatchObject({ currency: 'EUR', receiptNumber: String(paid.receiptNumber), paymentSources: { cash: 0, card: 0, voucher: 0, giftCard: 0 } });
    expect(sumOf(orderLines, (line) => line.totalAmount)).toBe(totals.totalMinor);
    for (const line of orderLines) expect(line.totalAmount).toBe(line.totalAmountExcludingTax + line.totalTaxAmount);
    expect(totals.vat.length).toBeGreaterThan(1);
    for (const { rateBasisPoints, grossMinor, vatMinor } of totals.vat) {
      const ofRate = orderLines.filter((line) => line.taxRate === rateBasisPoints);
      expect(sumOf(ofRate, (line) => line.totalAmount)).toBe(grossMinor);
      expect(sumOf(ofRate, (line) => line.totalTaxAmount)).toBe(vatMinor);
    }
    expect(orderLines.filter((line) => line.isReturn).map(({ name, totalAmount }) => [name, totalAmount])).toEqual([['Palautuspullot', 45]]);
    expect(orderLines.reduce((all, line) => all + line.discount, 0)).toBeGreaterThan(133);
    expect(await journalOf(paid.receiptId)).toContain('app-receipt-sent');
    expect(dumped<{ readonly providerReceipts: readonly object[] }>(till).providerReceipts).toMatchObject([{ receiptId: paid.receiptId, state: 'sent', tries: 1 }]);
  });

  test('VIPPS-12 the lines are of the whole basket where cash or a card pays the rest, and the receipt goes when it is completed', async () => {
    const due = await ringUp(till, 4);
    const part = await payByVipps(till, vipps, 500);
    expect(part.completed).toBe(false);
    expect(await views(part.receiptId)).toEqual([]);
    await till.call('payment.start', { requestId: 'card', tenderId: 'card', amountMinor: 300, reference: 'BAX 1' });
    const { cashDueMinor } = (await till.sale()).totals;
    const done = await till.call('payment.start', { requestId: 'cash', tenderId: 'cash', amountMinor: cashDueMinor, givenMinor: cashDueMinor + 1_000 });
    expect(done.completed).toBe(true);
    await sent(done.receiptId);
    const { orderLines, bottomLine } = await shown();
    expect(sumOf(orderLines, (line) => line.totalAmount)).toBe(due);
    expect(bottomLine.paymentSources).toMatchObject({ card: 300, cash: due - 800 });
  });

  test('VIPPS-12 one that is there already is no error; each of two app payments of a receipt has its own', async () => {
    await ringUp(till, 2);
    await payByVipps(till, vipps, 200);
    // The answer to the first one is lost when the app has it already.
    await vipps.fault('drop-answer', 'receipt');
    const last = await payByVipps(till, vipps, (await till.sale()).totals.dueMinor);
    const waiting = await eventually(() => views(last.receiptId), (all) => all.some(({ tries, state }) => tries === 1 && state === 'waiting'), 20_000);
    expect(waiting).toHaveLength(2);
    const lost = waiting.find(({ state, tries }) => state === 'waiting' && tries === 1);
    expect(lost?.problem?.code).toBe('unreachable');
    expect((await vipps.receipts()).length).toBeGreaterThanOrEqual(1);
    await till.call('provider-receipt.again', { attemptId: lost?.attemptId ?? '' });
    await sent(last.receiptId);
    expect(await vipps.receipts()).toHaveLength(2);
    expect(await vipps.asked('receipt')).toBe(3);
  });

  test('VIPPS-12 one that fails never fails the sale nor keeps the next one waiting, and is tried again by itself', async () => {
    await vipps.fault('status', 'receipt', { value: 503, times: 2 });
    const first = await sellByVipps(till, vipps);
    expect(first.number).toBeGreaterThan(0);
    await until(first.receiptId, (state, tries) => state === 'waiting' && tries === 1);
    const next = await sellByVipps(till, vipps);
    expect(next.number).toBe(first.number + 1);
    const again = await eventually(() => views(first.receiptId), ([one]) => one?.state === 'sent', 40_000);
    expect(again).toMatchObject([{ problem: null }]);
    await sent(next.receiptId);
    expect((await vipps.receipts()).map(({ receipt }) => receipt.bottomLine.receiptNumber).toSorted()).toEqual([String(first.number), String(next.number)].toSorted());
    expect((await till.call('app.hello', {})).status.mails.failed).toBe(0);
  }, 60_000);

  test('an account without receipts is believed after some tries; a person has it tried again when it has', async () => {
    await vipps.fault('status', 'receipt', { value: 403, times: 3 });
    const { receiptId, attemptId } = await sellByVipps(till, vipps);
    for (const tries of [1, 2]) {
      await until(receiptId, (state, tried) => state === 'waiting' && tried === tries);
      // The network is back, or so it is believed: no need to sit out the pause.
      await till.restart();
      await till.signIn('Sofie Dahl');
    }
    expect(await until(receiptId, (state) => state === 'refused')).toMatchObject([{ problem: { code: 'not-configured' }, tries: 3 }]);
    expect(await journalOf(receiptId)).toContain('app-receipt-refused');
    await vipps.noFaults();
    expect(await till.call('provider-receipt.again', { attemptId })).toMatchObject({ state: 'waiting', tries: 0, problem: null });
    await sent(receiptId);
    expect(await till.try('provider-receipt.again', { attemptId })).toMatchObject({ error: { code: 'payment-unknown' } });
    expect(till.seen('provider-receipt.changed')).toContainEqual({ receiptId });
  }, 30_000);

  test('what waited when the program ended is sent after the start, and cash alone is nobody’s receipt', async () => {
    await vipps.fault('status', 'receipt', { value: 503 });
    const first = await sellByVipps(till, vipps);
    await until(first.receiptId, (_state, tries) => tries === 1);
    await till.restart();
    await till.signIn('Sofie Dahl');
    await sent(first.receiptId);
    const due = await ringUp(till);
    const cash = await till.call('payment.start', { requestId: 'only-cash', tenderId: 'cash', amountMinor: due });
    expect(await views(cash.receiptId)).toEqual([]);
  });

  test('a return of what an app paid is no receipt of its own there: one is shown, and never changed', async () => {
    const sold = await sellByVipps(till, vipps);
    await sent(sold.receiptId);
    const returnId = await giveBackByVipps(till, sold.receiptId);
    expect(await views(returnId)).toEqual([]);
    expect((await kept(returnId)).state).toBe('completed');
    expect(await vipps.receipts()).toHaveLength(1);
  });
});
