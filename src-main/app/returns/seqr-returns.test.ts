import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReturnView } from '../../contract/returns.ts';
import { closeShift, dumped, storedReports } from '../../testing/fiscal.ts';
import { handsOf } from '../../testing/hands.ts';
import { paymentIn, sellOne } from '../../testing/payments.ts';
import { registerSeqr } from '../../testing/seqr.ts';
import { openTill, signInAs, type AnyTill, type TestTill } from '../../testing/till.ts';
import { startTillProcess, type TillProcess } from '../../testing/till-process.ts';
import { verifyShop } from '../commands/audit.ts';

/* Returns over real HTTP and SQLite: receipts that were paid partly by SEQR and partly in cash. */
const sticker = '009900027503';
const bunMinor = 320;
let serial = 0;
const request = (): string => `seqr-return-${(serial += 1)}-${Date.now()}`;

async function until<T>(look: () => Promise<T>, good: (found: T) => boolean, ms = 20_000): Promise<T> {
  const endMs = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (good(found)) return found;
    if (Date.now() > endMs) throw new Error(`it is still ${JSON.stringify(found)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Three buns, 5.00 of them by SEQR and the rest in cash. */
async function soldThree(till: AnyTill, phone: (action: string) => Promise<Response>): Promise<{ readonly receiptId: string; readonly lineId: string }> {
  for (let bun = 0; bun < 3; bun += 1) await sellOne(till);
  await till.call('payment.start', { requestId: request(), tenderId: 'seqr', amountMinor: 500 });
  await until(() => phone('approve').then((answer) => answer.ok), Boolean);
  const { totals } = await until(() => till.call('sale.current', {}), (sale) => sale.totals.paidMinor === 500);
  const { receiptId } = await till.call('payment.start', { requestId: request(), tenderId: 'cash', amountMinor: totals.cashDueMinor });
  const { lines } = await till.call('return.of-receipt', { receiptId });
  return { receiptId, lineId: lines[0]?.lineId ?? '' };
}

async function begun(till: AnyTill, of: { readonly receiptId: string; readonly lineId: string }, pieces: number): Promise<ReturnView> {
  const { returnId } = await till.call('return.compose', { returnId: null, receiptId: of.receiptId, lines: [{ lineId: of.lineId, quantityMilli: pieces * 1000 }], reason: 'Too dry' });
  return till.call('return.confirm', { returnId });
}

const pay = (till: AnyTill, view: ReturnView): Promise<ReturnView> => {
  const step = view.steps.find((one) => one.state === 'next' || one.state === 'refused');
  if (!step || step.way === 'set-off') throw new Error('nothing is next');
  return till.call('return.pay', { requestId: request(), returnId: view.returnId, way: step.way, amountMinor: step.amountMinor, ...(step.postId === null ? {} : { postId: step.postId }) });
};
const steps = ({ steps: all }: ReturnView) => all.map(({ way, amountMinor, state }) => [way, amountMinor, state]);

describe('paid partly by SEQR and partly in cash', () => {
  let till: TestTill;
  const { phone, fault, ledger } = handsOf(() => till.app.sandboxes()['seqr']?.control ?? '', sticker);
  const settled = (returnId: string) => until(() => till.call('return.view', { returnId }), ({ steps: all }) => all.every((step) => step.state !== 'running' && step.state !== 'doubt'));

  beforeAll(async () => {
    till = await openTill();
    await registerSeqr(till, sticker);
  });
  afterAll(() => till.close());

  test('C-5 NO-3 two of three come back in two visits, the app payment first, and one too many is refused', async () => {
    const of = await soldThree(till, phone);
    const first = await begun(till, of, 1);
    expect(steps(first)).toEqual([['refund', bunMinor, 'next']]);
    await pay(till, first);
    expect(await settled(first.returnId)).toMatchObject({ state: 'completed', number: 1 });
    const second = await begun(till, of, 1);
    expect(steps(second)).toEqual([['refund', 500 - bunMinor, 'next'], ['cash', 2 * bunMinor - 500, 'later']]);
    await pay(till, second);
    expect(await pay(till, await settled(second.returnId))).toMatchObject({ state: 'completed', number: 2 });
    expect(await till.try('return.compose', { returnId: null, receiptId: of.receiptId, lines: [{ lineId: of.lineId, quantityMilli: 2000 }], reason: 'x' })).toMatchObject({ error: { code: 'return-too-much', detail: { left: 1 } } });
    const counted = await ledger();
    expect(counted.filter((one) => one.kind === 'refunded').map((one) => one.amountMinor)).toEqual([bunMinor, 500 - bunMinor]);
    // What an auditor lays beside the provider's ledger: taken once, given back twice, nothing else by this provider.
    const { posts } = dumped<{ readonly posts: readonly { readonly provider: string; readonly kind: string; readonly amountMinor: number; readonly reference: string }[] }>(till);
    expect(posts.filter((one) => one.provider === 'seqr').map((one) => [one.kind, one.amountMinor, counted.some((two) => two.reference === one.reference)])).toEqual([['captured', 500, true], ['refunded', bunMinor, true], ['refunded', 500 - bunMinor, true]]);
    expect(verifyShop(join(till.dataDir, 'kassa.sqlite'))).toMatchObject({ found: { ok: true, checked: { returns: 2 } } });
  });

  test('EU-2 its paper has a heading and a series of its own, names the sale, and says how the money went back', async () => {
    const { rows } = await till.call('receipt.list', { text: 'RR1-2', limit: 5 });
    expect(rows).toMatchObject([{ kind: 'return', number: 2, totalMinor: -bunMinor }]);
    const { paper } = await till.call('receipt.paper', { receiptId: rows[0]?.receiptId ?? '' });
    const said = paper.blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : block.kind === 'row' ? [`${block.left} ${block.right}`] : block.kind === 'barcode' ? [block.text] : block.kind === 'columns' ? [block.cells.join(' ')] : []));
    expect(said).toEqual(expect.arrayContaining(['PALAUTUSKUITTI', 'Palautus kuitista 1 (kassa 1)', 'Syy Too dry', 'RR1-2']));
    expect(said.join('\n')).toMatch(/Korvapuusti .3,20/);
    expect(said.join('\n')).toMatch(/SEQR .1,80[\s\S]*Käteinen .1,40/);
    expect((await till.call('return.find', { text: 'R1-1', day: null, limit: 5 })).map((row) => [row.kind, row.number])).toEqual([['sale', 1]]);
  });

  test('C-7 its paper comes out once, and once more as a copy that says so', async () => {
    const [row] = await until(() => till.call('receipt.list', { text: 'RR1-1', limit: 1 }).then(({ rows }) => rows), ([one]) => one?.printState === 'printed');
    expect(await till.call('receipt.print', { receiptId: row?.receiptId ?? '' })).toMatchObject({ copy: true, receipt: { printState: 'copied', kind: 'return' } });
    expect(await till.try('receipt.print', { receiptId: row?.receiptId ?? '' })).toMatchObject({ error: { code: 'already-copied' } });
  });

  test('PAY-I6 whose answer was lost is resolved without anybody, and given back once', async () => {
    const of = await soldThree(till, phone);
    const view = await begun(till, of, 3);
    await fault('drop-answer', 'refundPayment');
    await pay(till, view);
    const known = await settled(view.returnId);
    expect(steps(known)).toEqual([['refund', 500, 'done'], ['cash', 3 * bunMinor - 500, 'next']]);
    await pay(till, known);
    const taken = (await ledger()).filter((one) => one.kind === 'captured').at(-1);
    expect((await ledger()).filter((one) => one.kind === 'refunded' && one.of === taken?.reference).map((one) => one.amountMinor)).toEqual([500]);
    expect(verifyShop(join(till.dataDir, 'kassa.sqlite'))).toMatchObject({ found: { ok: true } });
  });

  test('found by number, by day and amount, by reference and by article', async () => {
    await paymentIn(till, till.seen('payment.changed').at(-1)?.attemptId ?? '', 'paid');
    const find = async (text: string, day: string | null = null): Promise<readonly number[]> => (await till.call('return.find', { text, day, limit: 9 })).map((row) => row.number);
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Helsinki' });
    const [taken] = (await ledger()).filter((one) => one.kind === 'captured');
    expect(await find('9,60', today)).toEqual([2, 1]);
    expect(await find('9,60', '2020-01-01')).toEqual([]);
    expect(await find(taken?.reference ?? 'none')).toEqual([1]);
    expect(await find('korvap')).toEqual([2, 1]);
    expect(await find('2')).toContain(2);
  });
});

test('NO-15 C-12 the day with returns closes: its drawer is right, and X and Z count them by tender, VAT and grand total', async () => {
  const till = await openTill();
  const { phone } = handsOf(() => till.app.sandboxes()['seqr']?.control ?? '', sticker);
  await registerSeqr(till, sticker);
  const of = await soldThree(till, phone);
  const view = await begun(till, of, 2);
  await pay(till, view);
  const known = await until(() => till.call('return.view', { returnId: view.returnId }), ({ steps: all }) => all[0]?.state === 'done');
  await pay(till, known);
  const [shift] = (await till.call('shift.current', {})).open;
  const count = await till.call('shift.count', { shiftId: shift?.shiftId ?? '', counted: { by: 'sum', amountMinor: 0 } });
  // The float, what the sale brought in coins, less what went back in coins.
  expect(count.expectedMinor).toBe((shift?.floatMinor ?? 0) + (3 * bunMinor - 500) - (2 * bunMinor - 500));
  await closeShift(till);
  await till.call('report.z', {});
  const [z] = (await storedReports(till)).filter((report) => report.kind === 'z');
  expect(z).toMatchObject({
    grand: { salesMinor: 3 * bunMinor, returnsMinor: 2 * bunMinor, netMinor: bunMinor },
    figures: {
      totalMinor: bunMinor,
      sales: { count: 1, amountMinor: 3 * bunMinor },
      returns: { count: 1, amountMinor: 2 * bunMinor },
      returnsWithoutReceipt: { count: 0 },
      goods: 1,
      refunds: [],
      discounts: { count: 0 },
      // 13.5 % in 9.60 is 1.14; in the 6.40 that came back 0.76.
      vat: [{ rateBasisPoints: 1350, grossMinor: bunMinor, vatMinor: 38 }],
      tenders: [{ kind: 'seqr', amountMinor: 0 }, { kind: 'cash', amountMinor: bunMinor }],
    },
  });
  expect(verifyShop(join(till.dataDir, 'kassa.sqlite'))).toMatchObject({ found: { ok: true, findings: [] } });
  await till.close();
}, 30_000);

test('PAY-I3 PAY-I6 a till that is killed in the middle of a return gives each part back once', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'kassa-return-kill-'));
  let till: TillProcess = await startTillProcess(dataDir);
  const hands = handsOf(() => till.sandboxes['seqr']?.control ?? '', sticker);
  await registerSeqr(till, sticker);
  for (const [kind, waitMs] of [['drop-answer', 5], ['delay', 40], ['none', 1]] as const) {
    const of = await soldThree(till, hands.phone);
    const view = await begun(till, of, 3);
    if (kind !== 'none') await hands.fault(kind, 'refundPayment', { value: 400 });
    till.send('return.pay', { requestId: request(), returnId: view.returnId, way: 'refund', amountMinor: 500, postId: view.steps[0]?.postId ?? '' });
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    await till.kill();
    till = await startTillProcess(dataDir);
    await signInAs(till, 'Sofie Dahl');
    const known = await until(() => till.call('return.view', { returnId: view.returnId }), ({ steps: all }) => all.every((step) => step.state !== 'running' && step.state !== 'doubt'));
    // Killed before it was written down, nothing was sent: the person taps again.
    const there = known.steps[0]?.state === 'done' ? known : await pay(till, known).then(() => until(() => till.call('return.view', { returnId: view.returnId }), ({ steps: all }) => all[0]?.state === 'done'));
    expect(await pay(till, there)).toMatchObject({ state: 'completed' });
    const taken = (await hands.ledger()).filter((one) => one.kind === 'captured').at(-1);
    expect((await hands.ledger()).filter((one) => one.kind === 'refunded' && one.of === taken?.reference).map((one) => one.amountMinor)).toEqual([500]);
    expect(verifyShop(join(dataDir, 'kassa.sqlite'))).toMatchObject({ found: { ok: true, findings: [] } });
  }
  await till.close();
  rmSync(dataDir, { recursive: true, force: true });
}, 90_000);
