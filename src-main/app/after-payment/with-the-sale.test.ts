import { beforeEach, describe, expect, test } from 'vitest';
import type { ProviderProblem } from '../../contract/payment.ts';
import { minor } from '../../core/money.ts';
import type { ProviderAnswer, SoldReceipt } from '../../core/payments/provider.ts';
import { openBench, type Bench } from '../../testing/bench.ts';
import { shapedProvider } from '../../testing/shaped-provider.ts';

/** What the provider answers to payments and to receipts from now on; what it was told. */
let answer: ProviderAnswer;
let problem: ProviderProblem | null;
let breaks: boolean;
let told: SoldReceipt[];
let bench: Bench;
let serial = 0;

const silence: ProviderAnswer = { kind: 'unknown', problem: { code: 'unreachable' } };
const paid = (amountMinor: number): ProviderAnswer => ({ kind: 'paid', data: { noted: 'by the adapter' }, reference: `theirs-${(serial += 1)}`, amountMinor: minor(amountMinor), currency: 'EUR' });

beforeEach(async () => {
  problem = null;
  breaks = false;
  told = [];
  const { provider } = shapedProvider({ repeat: 'same-key', partial: true, steps: 1, waits: 0 });
  const says = (): Promise<ProviderAnswer> => Promise.resolve(answer);
  bench = await openBench({
    ...provider,
    start: () => Promise.resolve(answer.kind === 'paid' ? { kind: 'waiting', data: {}, cancellable: true } : answer),
    poll: says,
    cancel: says,
    sendReceipt(_link, _order, _data, receipt) {
      if (breaks) throw new Error('a bug of the adapter');
      told.push(receipt);
      return Promise.resolve(problem);
    },
  });
});

const request = (): string => `after-${(serial += 1)}`;
async function payByApp(amountMinor: number) {
  const begun = await bench.call('payment.start', { requestId: request(), tenderId: 'shaped', amountMinor });
  await bench.pass(2_000);
  return begun;
}
const inCash = async () => bench.try('payment.start', { requestId: request(), tenderId: 'cash', amountMinor: (await bench.call('sale.current', {})).totals.cashDueMinor });
const rows = (sql: string): readonly unknown[] => bench.db.prepare(sql).all();
const queued = () => rows('SELECT attempt_id, state, tries FROM provider_receipt');
/** Completed sales with an app payment, and those of them whose receipt goes to the app. */
const owed = () => [
  rows("SELECT id FROM receipt WHERE state = 'completed' AND kind = 'sale' AND id IN (SELECT receipt_id FROM transaction_post WHERE tender_kind = 'shaped' AND kind = 'payment') ORDER BY id"),
  rows('SELECT DISTINCT receipt_id AS id FROM provider_receipt ORDER BY receipt_id'),
];

describe('what follows from a sale is written with it', () => {
  test('VIPPS-12 killed before and after each write of a completion, a completed sale has its receipt on its way, and no other has', async () => {
    let survived = 0;
    let deaths = 0;
    for (let write = 1; survived < 2; write += 1) {
      answer = paid(100);
      await bench.sell(300);
      await payByApp(100);
      bench.dieAtWrite(write);
      await inCash().catch(() => undefined);
      if (bench.dead()) deaths += 1;
      survived = bench.dead() ? 0 : survived + 1;
      await bench.restart();
      if ((await bench.call('sale.current', {})).totals.dueMinor > 0) await inCash();
      const [completed, onTheirWay] = owed();
      expect(onTheirWay).toEqual(completed);
    }
    expect(deaths).toBeGreaterThanOrEqual(2);
    expect(owed()[0]?.length).toBeGreaterThan(deaths);
    await bench.pass(60_000);
    expect(queued().every((row) => (row as { readonly state: string }).state === 'sent')).toBe(true);
    expect(told.map(({ totalMinor, paidOtherwise }) => [totalMinor, paidOtherwise.cashMinor])).toEqual(queued().map(() => [300, 200]));
    expect(bench.findings()).toEqual([]);
  });

  test('VIPPS-12 an adapter that breaks keeps neither the sale nor the next receipt', async () => {
    breaks = true;
    answer = paid(200);
    await bench.sell(200);
    await payByApp(200);
    expect(await bench.call('receipt.last', {})).toMatchObject({ totalMinor: 200 });
    expect(queued()).toMatchObject([{ state: 'waiting', tries: 1 }]);
    breaks = false;
    answer = paid(300);
    await bench.sell(300);
    await payByApp(300);
    await bench.pass(10_000);
    expect(queued()).toMatchObject([{ state: 'sent' }, { state: 'sent' }]);
  });

  test('VIPPS-12 silence is asked again less and less often, and a refusal three times', async () => {
    problem = { code: 'unreachable' };
    answer = paid(200);
    await bench.sell(200);
    await payByApp(200);
    await bench.pass(36_000);
    expect(told).toHaveLength(4);
    await bench.pass(6 * 3_600_000);
    const soFar = told.length;
    expect(soFar).toBeLessThan(20);
    problem = { code: 'rejected', providerCode: '400' };
    await bench.pass(2 * 3_600_000);
    expect(told).toHaveLength(soFar + 1);
    expect(queued()).toMatchObject([{ state: 'refused' }]);
  });

  test('late money that was put on a receipt takes that receipt to the app', async () => {
    answer = silence;
    await bench.sell(300);
    const { attemptId } = await payByApp(300);
    await bench.pass(40_000);
    await bench.call('payment.carry-over', { attemptId, note: 'Silent' });
    await inCash();
    expect(queued()).toEqual([]);
    answer = paid(300);
    await bench.pass(120_000);
    const [task] = await bench.call('task.list', { ended: false });
    await bench.sell(300);
    const { receiptId } = await bench.call('sale.current', {});
    const { payment } = await bench.call('task.attach', { taskId: task?.taskId ?? '', receiptId: receiptId ?? '', note: 'The same customer' });
    expect(payment.completed).toBe(true);
    await bench.pass(10_000);
    expect(queued()).toMatchObject([{ state: 'sent' }]);
    expect(told).toHaveLength(1);
    expect(bench.findings()).toEqual([]);
  });
});
