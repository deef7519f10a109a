import { describe, expect, test } from 'vitest';
import type { ReturnView } from '../../contract/returns.ts';
import { openBench, type Bench } from '../../testing/bench.ts';
import { shapedProvider } from '../../testing/shaped-provider.ts';

let serial = 0;
const request = (): string => `exchange-test-${(serial += 1)}`;
const journalled = (bench: Bench, kind: string): number => Number(bench.db.prepare('SELECT count(*) FROM journal WHERE kind = ?').pluck().get(kind));
const books = (bench: Bench) => bench.db.prepare("SELECT kind, state, number, total_minor AS total, (SELECT coalesce(sum(amount_minor), 0) FROM transaction_post WHERE receipt_id = receipt.id AND tender_kind = 'set-off') AS setOff FROM receipt WHERE state <> 'voided' ORDER BY kind, opened_at, id").all();

async function sold(amountMinor: number): Promise<{ readonly bench: Bench; readonly receiptId: string; readonly lineId: string }> {
  const bench = await openBench(shapedProvider({ partial: true, repeat: 'same-key', steps: 1, waits: 0 }).provider);
  await bench.sell(amountMinor);
  const { receiptId } = await bench.call('payment.start', { requestId: request(), tenderId: 'cash', amountMinor });
  const { lines } = await bench.call('return.of-receipt', { receiptId });
  return { bench, receiptId, lineId: lines[0]?.lineId ?? '' };
}

/** A return of so many pieces, confirmed and waiting for its new sale. */
async function exchanging(pieces: number, of = 300): Promise<{ readonly bench: Bench; readonly returnId: string }> {
  const { bench, receiptId, lineId } = await sold(of);
  const { returnId } = await bench.call('return.compose', { returnId: null, receiptId, lines: [{ lineId, quantityMilli: pieces * 1000 }], reason: 'Another colour' });
  await bench.call('return.confirm', { returnId });
  expect(await bench.call('return.exchange', { returnId, on: true })).toMatchObject({ inExchange: true });
  return { bench, returnId };
}
const view = (bench: Bench, returnId: string): Promise<ReturnView> => bench.call('return.view', { returnId });

describe('an exchange', () => {
  test('SE-7 NO-3 is a return receipt and a sale receipt, settled against each other; the rest is paid', async () => {
    const { bench, returnId } = await exchanging(200);
    await bench.sell(500);
    await bench.call('return.set-off', { requestId: request() });
    expect(await bench.call('sale.current', {})).toMatchObject({ state: 'paying', totals: { paidMinor: 200, dueMinor: 300 }, posts: [{ tenderKind: 'set-off', removable: false }] });
    expect(await view(bench, returnId)).toMatchObject({ state: 'paying', owedMinor: 0, number: null });
    for (const tried of [bench.try('return.exchange', { returnId, on: false }), bench.try('return.drop', { returnId })]) expect(await tried).toMatchObject({ error: { code: 'return-under-way' } });
    expect(await bench.try('sale.void', { reason: 'x' })).toMatchObject({ error: { code: 'receipt-has-payments' } });
    expect(bench.findings()).toEqual([]);
    await bench.call('payment.start', { requestId: request(), tenderId: 'cash', amountMinor: 300 });
    expect(await view(bench, returnId)).toMatchObject({ state: 'completed', number: 1, inExchange: false, steps: [{ way: 'set-off', amountMinor: 200, state: 'done' }] });
    expect(books(bench)).toEqual([
      { kind: 'return', state: 'completed', number: 1, total: -200, setOff: -200 },
      { kind: 'sale', state: 'completed', number: 1, total: 300, setOff: 0 },
      { kind: 'sale', state: 'completed', number: 2, total: 500, setOff: 200 },
    ]);
    expect([journalled(bench, 'return-completed'), journalled(bench, 'sale-completed'), bench.findings()]).toEqual([1, 2, []]);
  });

  test('dearer goods that come back leave a rest, which goes back the way it came', async () => {
    const { bench, returnId } = await exchanging(300);
    await bench.sell(120);
    await bench.call('return.set-off', { requestId: request() });
    expect(await bench.call('sale.current', {})).toMatchObject({ receiptId: null });
    const rest = await view(bench, returnId);
    expect(rest).toMatchObject({ state: 'paying', inExchange: false, owedMinor: 180, steps: [{ way: 'set-off', amountMinor: 120 }, { way: 'cash', amountMinor: 180, state: 'next' }] });
    expect(await bench.call('return.pay', { requestId: request(), returnId, way: 'cash', amountMinor: 180 })).toMatchObject({ state: 'completed' });
    expect(bench.findings()).toEqual([]);
  });

  test('it is undone on both sides, and the money goes back after all', async () => {
    const { bench, returnId } = await exchanging(200);
    await bench.sell(500);
    const tap = { requestId: request() };
    await bench.call('return.set-off', tap);
    await bench.call('return.set-off', tap);
    expect(await bench.call('sale.current', {})).toMatchObject({ totals: { paidMinor: 200 } });
    await bench.call('return.set-off-undo', {});
    expect(await bench.call('sale.current', {})).toMatchObject({ state: 'open', totals: { paidMinor: 0 }, posts: [] });
    expect(await view(bench, returnId)).toMatchObject({ owedMinor: 200, inExchange: true });
    await bench.call('sale.void', { reason: 'Changed her mind' });
    await bench.call('return.exchange', { returnId, on: false });
    expect(await bench.call('return.pay', { requestId: request(), returnId, way: 'cash', amountMinor: 200 })).toMatchObject({ state: 'completed' });
    expect(bench.findings()).toEqual([]);
  });

  test('PAY-I2 killed at any write: both receipts are complete or neither is', async () => {
    for (let write = 1, alive = false; !alive; write += 1) {
      const { bench, returnId } = await exchanging(200);
      await bench.sell(500);
      bench.dieAtWrite(write);
      const first = request();
      const settle = async (): Promise<void> => {
        await bench.call('return.set-off', { requestId: first });
        await bench.call('payment.start', { requestId: `${first}-cash`, tenderId: 'cash', amountMinor: 300 });
      };
      await settle().catch(() => undefined);
      alive = !bench.dead();
      expect(bench.findings()).toEqual([]);
      const states = bench.db.prepare("SELECT state FROM receipt WHERE id = ? OR (kind = 'sale' AND total_minor = 500)").pluck().all(returnId) as string[];
      expect(new Set(states.map((state) => state === 'completed')).size).toBe(1);
      if (!alive) {
        await bench.restart();
        await settle().catch(() => undefined);
      }
      expect(await view(bench, returnId)).toMatchObject({ state: 'completed', number: 1 });
      expect(bench.findings()).toEqual([]);
      if (alive) expect(write).toBeGreaterThan(4);
    }
  });
});

test('what a set-off had paid has no way back of its own: a person chooses one', async () => {
  const { bench } = await exchanging(200);
  await bench.sell(500);
  await bench.call('return.set-off', { requestId: request() });
  const { receiptId } = await bench.call('payment.start', { requestId: request(), tenderId: 'cash', amountMinor: 300 });
  const { lines } = await bench.call('return.of-receipt', { receiptId });
  const { returnId } = await bench.call('return.compose', { returnId: null, receiptId, lines: [{ lineId: lines[0]?.lineId ?? '', quantityMilli: 500_000 }], reason: 'Back again' });
  expect(await bench.call('return.confirm', { returnId })).toMatchObject({ otherMinor: 200, cash: 'approval', steps: [{ way: 'cash', amountMinor: 300, state: 'later' }] });
  await bench.call('return.pay', { requestId: request(), returnId, way: 'card', amountMinor: 200, reference: 'slip' });
  expect(await bench.call('return.pay', { requestId: request(), returnId, way: 'cash', amountMinor: 300 })).toMatchObject({ state: 'completed', number: 2 });
  expect(bench.findings()).toEqual([]);
});

test('verify finds what somebody changed behind the guards: an amount, a quantity, a pair', async () => {
  const { bench, returnId } = await exchanging(200);
  await bench.sell(200);
  await bench.call('return.set-off', { requestId: request() });
  expect(bench.findings()).toEqual([]);
  const rules = (): unknown[] => bench.findings().map((found) => (found as { readonly rule: string }).rule);
  for (const name of ['receipt_line_final', 'receipt_line_within_sold_later', 'set_off_stays']) bench.db.exec(`DROP TRIGGER ${name}`);
  const change = (sql: string): void => void bench.db.prepare(sql).run(returnId);
  change('UPDATE receipt_line SET fixed_amount_minor = fixed_amount_minor - 200 WHERE receipt_id = ?');
  expect(rules()).toContain('return-amount');
  change('UPDATE receipt_line SET fixed_amount_minor = fixed_amount_minor + 200 WHERE receipt_id = ?');
  change('UPDATE receipt_line SET quantity_milli = 301000 WHERE receipt_id = ?');
  expect(rules()).toContain('return-too-much');
  change('UPDATE receipt_line SET quantity_milli = 200000 WHERE receipt_id = ?');
  expect(rules()).toEqual([]);
  bench.db.exec('DELETE FROM set_off');
  expect(rules()).toEqual(['set-off', 'set-off']);
});

describe('a wrong means of payment', () => {
  test('C-5 SE-8 is put right by a return of all of it and a new sale at the same prices, linked', async () => {
    const { bench, receiptId } = await sold(300);
    const { returnId } = await bench.call('return.correct', { receiptId, reason: 'Paid by card' });
    await bench.call('return.confirm', { returnId });
    expect(await bench.try('return.sell-again', { returnId })).toMatchObject({ error: { code: 'return-unknown' } });
    const drawers = journalled(bench, 'drawer-opened');
    expect(await bench.call('return.pay', { requestId: request(), returnId, way: 'cash', amountMinor: 300 })).toMatchObject({ state: 'completed', number: 1, purpose: 'tender' });
    expect(journalled(bench, 'drawer-opened')).toBe(drawers);
    const again = await bench.call('return.sell-again', { returnId });
    expect(await bench.call('sale.current', {})).toMatchObject({ receiptId: again.receiptId, state: 'open', totals: { totalMinor: 300 } });
    expect(await bench.try('return.sell-again', { returnId })).toMatchObject({ error: { code: 'return-unknown' } });
    await bench.restart();
    expect(await view(bench, returnId)).toMatchObject({ followerId: again.receiptId });
    expect(await bench.call('payment.start', { requestId: request(), tenderId: 'manual-card', amountMinor: 300, reference: 'slip' })).toMatchObject({ receiptNumber: 2 });
    expect(bench.db.prepare("SELECT follows_receipt_id FROM receipt WHERE id = ?").pluck().get(again.receiptId)).toBe(returnId);
    await bench.call('report.x', {});
    const { figures } = JSON.parse(String(bench.db.prepare('SELECT body FROM report').pluck().get())) as { readonly figures: object };
    expect(figures).toMatchObject({ totalMinor: 300, sales: { count: 2, amountMinor: 600 }, returns: { count: 1, amountMinor: 300 }, tenders: [{ kind: 'cash', amountMinor: 0 }, { kind: 'manual-card', amountMinor: 300 }] });
    expect(bench.findings()).toEqual([]);
  });

  test('not twice, and not when something came back already', async () => {
    const { bench, receiptId } = await sold(300);
    await bench.call('return.correct', { receiptId, reason: 'x' });
    expect(await bench.try('return.correct', { receiptId, reason: 'x' })).toMatchObject({ error: { code: 'return-under-way' } });
  });
});
