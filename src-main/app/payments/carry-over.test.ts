import { beforeEach, describe, expect, test } from 'vitest';
import type { TaskView } from '../../contract/tasks.ts';
import { minor } from '../../core/money.ts';
import type { ProviderAnswer } from '../../core/payments/provider.ts';
import { openBench, type Bench } from '../../testing/bench.ts';
import { shapedProvider } from '../../testing/shaped-provider.ts';

const silence: ProviderAnswer = { kind: 'unknown', problem: { code: 'unreachable' } };
const paid = (amountMinor: number, more: object = {}): ProviderAnswer => ({ kind: 'paid', data: {}, reference: 'pay-late', amountMinor: minor(amountMinor), currency: 'EUR', ...more });

/** What the provider answers from now on. */
let answer: ProviderAnswer;
let asked = 0;
let bench: Bench;
let serial = 0;

beforeEach(async () => {
  answer = silence;
  asked = 0;
  const { provider } = shapedProvider({ repeat: 'same-key', partial: true, steps: 1, waits: 0 });
  const says = (): Promise<ProviderAnswer> => {
    asked += 1;
    return Promise.resolve(answer);
  };
  bench = await openBench({ ...provider, start: says, poll: says, cancel: says });
});

/** A payment whose provider is silent, at its sale on the counter. */
async function doubted(amountMinor = 300, dueMinor = amountMinor): Promise<{ readonly attemptId: string; readonly receiptId: string }> {
  await bench.sell(dueMinor);
  const { attemptId, receiptId } = await bench.call('payment.start', { requestId: `carry-${(serial += 1)}`, tenderId: 'shaped', amountMinor });
  await bench.pass(40_000);
  return { attemptId, receiptId };
}
const carry = (attemptId: string) => bench.call('payment.carry-over', { attemptId, note: 'Its page does not open' });
const sale = () => bench.call('sale.current', {});
const obstacles = async () => (await bench.call('report.obstacles', {})).map(({ kind, action }) => `${kind}: ${action}`);
const payCash = async () => {
  const { totals } = await sale();
  return bench.call('payment.start', { requestId: `cash-${(serial += 1)}`, tenderId: 'cash', amountMinor: totals.cashDueMinor });
};
async function only(ended = false): Promise<TaskView> {
  const [task, ...more] = await bench.call('task.list', { ended });
  if (!task || more.length > 0) throw new Error(`${more.length + 1} tasks`);
  return task;
}
async function closeDrawer(): Promise<void> {
  const [shift] = (await bench.call('shift.current', {})).open;
  const shiftId = shift?.shiftId ?? '';
  const guess = await bench.call('shift.count', { shiftId, counted: { by: 'sum', amountMinor: 0 } });
  const { countId } = await bench.call('shift.count', { shiftId, counted: { by: 'sum', amountMinor: guess.expectedMinor } });
  await bench.call('shift.close', { shiftId, countId, explanation: '', leftMinor: 0 });
}

describe('a payment in doubt that is carried over', () => {
  test('C-10 PAY-I4 stands before a Z with its button, lets its receipt go, goes on being asked about, and the day closes', async () => {
    const { attemptId } = await doubted();
    expect(await obstacles()).toEqual(['receipt-open: go-sale', 'payment-in-doubt: carry-over', 'shift-open: go-shift']);
    expect(await carry(attemptId)).toMatchObject({ carriedOver: true, state: 'outcome-unknown' });
    expect(await sale()).toMatchObject({ state: 'open', totals: { dueMinor: 300 } });
    expect(await payCash()).toMatchObject({ completed: true });
    await closeDrawer();
    expect(await obstacles()).toEqual([]);
    expect(await bench.call('report.z', {})).toMatchObject({ totalMinor: 300 });
    expect(await only()).toMatchObject({ state: 'open', doubt: 'open', amountMinor: 300, reference: '', note: 'Its page does not open', was: { attemptState: 'outcome-unknown', receiptState: 'completed' } });
    const before = asked;
    await bench.pass(120_000);
    expect(asked).toBeGreaterThan(before);
    expect(bench.findings()).toEqual([]);
  });

  test('PAY-I3 is late money once its provider says that it was paid, with the amount that it says, and then goes like any other', async () => {
    const { attemptId, receiptId } = await doubted();
    await carry(attemptId);
    await bench.call('sale.void', { reason: 'The customer left' });
    const { taskId } = await only();
    expect(await bench.try('task.close', { taskId, note: 'x' })).toMatchObject({ error: { code: 'task-in-doubt' } });
    expect(await bench.try('task.refund', { requestId: 'early', taskId, note: 'x' })).toMatchObject({ error: { code: 'task-in-doubt' } });
    expect(await bench.call('task.hand-over', { taskId, note: 'Ask tomorrow' })).toMatchObject({ state: 'handed-over', doubt: 'open' });
    answer = paid(300);
    await bench.pass(70_000);
    expect(await only()).toMatchObject({ taskId, state: 'handed-over', doubt: 'paid', reference: 'pay-late', amountMinor: 300, was: { receiptId, receiptState: 'voided', attemptState: 'paid' } });
    expect(bench.findings()).toEqual([]);
    await bench.sell(500);
    const next = await sale();
    const { task, payment } = await bench.call('task.attach', { taskId, receiptId: next.receiptId ?? '', note: 'She is back' });
    expect([task.state, task.doubt, payment.dueMinor, payment.reference]).toEqual(['attached', 'paid', 200, 'pay-late']);
    await payCash();
    expect(bench.findings()).toEqual([]);
  });

  test('PAY-I3 ends by itself where nothing was paid', async () => {
    const { attemptId } = await doubted();
    await carry(attemptId);
    await payCash();
    answer = { kind: 'ended', state: 'expired', data: {} };
    await bench.pass(130_000);
    expect(await bench.call('task.list', { ended: false })).toEqual([]);
    expect(await only(true)).toMatchObject({ state: 'closed', doubt: 'nothing', reference: '', was: { attemptState: 'expired' } });
    expect(bench.findings()).toEqual([]);
  });

  test('PAY-I1 is late money as much as its provider says, also where that is another amount; another payment may be under way meanwhile', async () => {
    const { attemptId, receiptId } = await doubted(300);
    await carry(attemptId);
    const second = await bench.call('payment.start', { requestId: 'second', tenderId: 'shaped', amountMinor: 300 });
    expect(second.receiptId).toBe(receiptId);
    await bench.call('payment.carry-over', { attemptId: second.attemptId, note: 'Nor does this one' });
    await payCash();
    expect(await bench.call('task.list', { ended: false })).toHaveLength(2);
    answer = paid(250);
    await bench.pass(130_000);
    // The second one meets money that is late money already.
    const [first, ...rest] = await bench.call('task.list', { ended: false });
    expect([first?.doubt, first?.amountMinor, rest.length]).toEqual(['paid', 250, 0]);
    expect(await only(true)).toMatchObject({ doubt: 'nothing', state: 'closed' });
    expect(bench.findings()).toEqual([]);
  });

  test('keeps a part that is paid already on its receipt', async () => {
    await bench.sell(500);
    await bench.call('payment.start', { requestId: 'part', tenderId: 'cash', amountMinor: 200 });
    const { attemptId } = await bench.call('payment.start', { requestId: 'rest', tenderId: 'shaped', amountMinor: 300 });
    await bench.pass(40_000);
    await carry(attemptId);
    expect(await sale()).toMatchObject({ state: 'paying', totals: { dueMinor: 300 } });
    expect(await payCash()).toMatchObject({ completed: true });
    expect(bench.findings()).toEqual([]);
  });

  test('PAY-I4 a till that is killed at any write of it has all of it or nothing, and asks on after its next start', async () => {
    for (let n = 1; n <= 12; n += 1) {
      answer = silence;
      const { attemptId } = await doubted();
      bench.dieAtWrite(n);
      await bench.try('payment.carry-over', { attemptId, note: 'silent' }).catch(() => undefined);
      await bench.restart();
      expect(bench.findings()).toEqual([]);
      const carried = bench.db.prepare('SELECT carried_over_at FROM payment_attempt WHERE id = ?').pluck().get(attemptId) !== null;
      const tasks = bench.db.prepare("SELECT count(*) FROM task WHERE attempt_id = ? AND doubt = 'open'").pluck().get(attemptId);
      expect(tasks).toBe(carried ? 1 : 0);
      answer = { kind: 'ended', state: 'expired', data: {} };
      await bench.pass(130_000);
      expect(bench.db.prepare('SELECT state FROM payment_attempt WHERE id = ?').pluck().get(attemptId)).toBe('expired');
      expect(bench.findings()).toEqual([]);
      await payCash();
    }
  });

  test('is one whose provider answers with nothing of it: a payment that is waited for, paid, or alarmed is not', async () => {
    answer = { kind: 'waiting', data: {}, cancellable: true };
    await bench.sell(300);
    const { attemptId } = await bench.call('payment.start', { requestId: 'fine', tenderId: 'shaped', amountMinor: 300 });
    expect(await bench.try('payment.carry-over', { attemptId, note: 'x' })).toMatchObject({ error: { code: 'payment-not-in-doubt' } });
    answer = paid(300);
    await bench.pass(5_000);
    expect(await bench.try('payment.carry-over', { attemptId, note: 'x' })).toMatchObject({ error: { code: 'payment-unknown' } });
    await bench.sell(300);
    answer = { ...paid(200), reference: 'another' } as ProviderAnswer;
    const other = await bench.call('payment.start', { requestId: 'alarmed', tenderId: 'shaped', amountMinor: 300 });
    await bench.pass(5_000);
    expect(await bench.try('payment.carry-over', { attemptId: other.attemptId, note: 'x' })).toMatchObject({ error: { code: 'payment-not-in-doubt' } });
  });
});
