import { describe, expect, test } from 'vitest';
import type { TaskView } from '../../contract/tasks.ts';
import { openBench, type Bench } from '../../testing/bench.ts';
import { planLateMoney, shapedProvider, type Shape, type Shaped } from '../../testing/shaped-provider.ts';

const shape: Shape = { partial: true, repeat: 'same-key', steps: 1, waits: 0 };
let serial = 0;
const request = (): string => `task-test-${(serial += 1)}`;

/** A till with late money, its counter empty, and the provider that took it. */
async function late(amountMinor = 250, given: Shape = shape): Promise<{ readonly bench: Bench; readonly shaped: Shaped; readonly task: TaskView }> {
  const shaped = shapedProvider(given);
  const bench = await openBench(shaped.provider);
  planLateMoney(shaped, amountMinor);
  await bench.sell(250);
  await bench.call('payment.start', { requestId: request(), tenderId: 'shaped', amountMinor: 250 });
  await bench.call('payment.start', { requestId: request(), tenderId: 'shaped', amountMinor: 250 });
  await bench.call('payment.start', { requestId: request(), tenderId: 'cash', amountMinor: 250 });
  const [task] = await bench.call('task.list', { ended: false });
  if (!task) throw new Error('there is no late money');
  return { bench, shaped, task };
}

async function state(bench: Bench, taskId: string): Promise<TaskView['state'] | undefined> {
  const both = [...(await bench.call('task.list', { ended: false })), ...(await bench.call('task.list', { ended: true }))];
  expect(both.filter((one) => one.taskId === taskId)).toHaveLength(1);
  return both.find((one) => one.taskId === taskId)?.state;
}
/** PAY-I3: where the payment is, in the database's own words. */
const places = (bench: Bench, reference: string): unknown => ({
  onReceipts: bench.db.prepare("SELECT count(*) FROM transaction_post WHERE kind = 'payment' AND reference = ?").pluck().get(reference),
  returned: bench.db.prepare("SELECT count(*) FROM refund JOIN task ON task.id = refund.task_id WHERE refund.state = 'refunded' AND task.reference = ?").pluck().get(reference),
});
const journalled = (bench: Bench, kind: string): number => Number(bench.db.prepare('SELECT count(*) FROM journal WHERE kind = ?').pluck().get(kind));

describe('late money', () => {
  test('is told with what it had been for and how that ended, and counted', async () => {
    const { bench, task } = await late();
    expect(task).toMatchObject({ state: 'open', provider: 'shaped', amountMinor: 250, currency: 'EUR', refund: null, refundNot: null, was: { receiptNumber: 1, receiptState: 'completed', attemptState: 'declined', askedMinor: 250 } });
    expect(task.reference).toContain(task.ownReference);
    expect(bench.everythingSaid()).toContain('["task.opened"');
    expect(await bench.call('app.hello', {})).toMatchObject({ status: { tasks: 1 } });
  });

  test.each([
    ['less than is due: the rest is paid otherwise', 400, false, 0],
    ['what is due: the receipt is complete', 250, true, 0],
    ['more than is due: the rest goes back in cash', 200, true, 50],
  ])('attached to a receipt, %s', async (_title, dueMinor, completed, changeMinor) => {
    const { bench, task } = await late();
    await bench.sell(dueMinor);
    const { receiptId } = await bench.call('sale.current', {});
    const done = await bench.call('task.attach', { taskId: task.taskId, receiptId: receiptId ?? '', note: 'The customer came back' });
    expect(done).toMatchObject({ task: { state: 'attached', note: 'The customer came back', attachedTo: { number: completed ? 2 : null } }, payment: { state: 'paid', completed, changeMinor, mark: 'verified', reference: task.reference } });
    expect(places(bench, task.reference)).toEqual({ onReceipts: 1, returned: 0 });
    expect(bench.findings()).toEqual([]);
    expect([journalled(bench, 'late-money-attached'), journalled(bench, 'sale-completed')]).toEqual([1, completed ? 2 : 1]);
    expect(await bench.call('app.hello', {})).toMatchObject({ status: { tasks: 0 } });
    if (!completed) {
      expect(await bench.call('sale.current', {})).toMatchObject({ state: 'paying', posts: [{ tenderKind: 'shaped', verified: true, goesBack: { refund: null } }] });
      expect((await bench.call('payment.start', { requestId: request(), tenderId: 'cash', amountMinor: 150 })).receiptNumber).toBe(2);
    }
    // What was attached is a payment like any other: it can be given back by its provider.
    const { posts } = await bench.call('refund.of-receipt', { receiptId: receiptId ?? '' });
    await bench.call('refund.start', { requestId: request(), postId: posts.find((one) => one.tenderKind === 'shaped')?.postId ?? '', amountMinor: 250, reason: 'x' });
    expect((await bench.call('refund.of-receipt', { receiptId: receiptId ?? '' })).refunds).toMatchObject([{ state: 'refunded' }]);
    expect(bench.findings()).toEqual([]);
  });

  test('can’t be attached to nothing, to another receipt than was looked at, above the cap, or twice', async () => {
    const { bench, task } = await late(10_600);
    const attach = (receiptId: string) => bench.try('task.attach', { taskId: task.taskId, receiptId, note: 'x' });
    expect(await attach('none')).toMatchObject({ error: { code: 'receipt-not-on-counter' } });
    await bench.sell(500);
    const { receiptId } = await bench.call('sale.current', {});
    expect(await attach('another')).toMatchObject({ error: { code: 'receipt-not-on-counter' } });
    expect(await attach(receiptId ?? '')).toMatchObject({ error: { code: 'amount-out-of-range', detail: { maximumMinor: 10_500 } } });
    await bench.sell(100);
    expect((await attach(receiptId ?? '')).ok).toBe(true);
    expect(await attach(receiptId ?? '')).toMatchObject({ error: { code: 'task-unknown' } });
    expect(await bench.try('task.close', { taskId: task.taskId, note: 'x' })).toMatchObject({ error: { code: 'task-unknown' } });
    expect(await bench.try('task.refund', { requestId: request(), taskId: task.taskId, note: 'x' })).toMatchObject({ error: { code: 'task-unknown' } });
  });

  test('given back by its provider, whole; meanwhile nothing else happens to it', async () => {
    const { bench, shaped, task } = await late(250, { ...shape, waits: 1 });
    await bench.sell(250);
    const { receiptId } = await bench.call('sale.current', {});
    expect(await bench.call('task.refund', { requestId: request(), taskId: task.taskId, note: 'Paid in cash already' })).toMatchObject({ state: 'open', refund: { state: 'waiting', taskId: task.taskId, amountMinor: 250 }, refundNot: 'under-way' });
    for (const tried of [
      await bench.try('task.attach', { taskId: task.taskId, receiptId: receiptId ?? '', note: 'x' }),
      await bench.try('task.close', { taskId: task.taskId, note: 'x' }),
      await bench.try('task.hand-over', { taskId: task.taskId, note: 'x' }),
    ]) expect(tried).toMatchObject({ error: { code: 'task-busy' } });
    expect(await bench.try('task.refund', { requestId: request(), taskId: task.taskId, note: 'x' })).toMatchObject({ error: { detail: { reason: 'under-way' } } });
    await bench.pass(1_000);
    expect(await state(bench, task.taskId)).toBe('refunded');
    expect([...shaped.given]).toEqual([[task.reference, 250]]);
    expect(places(bench, task.reference)).toEqual({ onReceipts: 0, returned: 1 });
    expect(journalled(bench, 'late-money-refunded')).toBe(1);
    expect(bench.findings()).toEqual([]);
  });

  test('a refund that was refused leaves it waiting', async () => {
    const { bench, shaped, task } = await late();
    shaped.refuse('not today');
    expect(await bench.call('task.refund', { requestId: request(), taskId: task.taskId, note: 'x' })).toMatchObject({ state: 'open', refund: { state: 'refused' }, refundNot: null });
    expect(await bench.call('task.close', { taskId: task.taskId, note: 'Paid back by bank' })).toMatchObject({ state: 'closed', note: 'Paid back by bank', staffName: 'Person' });
    expect(bench.findings()).toEqual([]);
  });

  test('in doubt for a person: what the manager saw ends the task as well', async () => {
    const { bench, shaped, task } = await late(250, { ...shape, repeat: 'never' });
    shaped.faults('drop-answer');
    const { refund } = await bench.call('task.refund', { requestId: request(), taskId: task.taskId, note: 'x' });
    expect(refund).toMatchObject({ state: 'outcome-unknown', needsDecision: true });
    await bench.call('refund.decide', { refundId: refund?.refundId ?? '', given: true, note: 'Seen' });
    expect(await state(bench, task.taskId)).toBe('refunded');
    expect(bench.findings()).toEqual([]);
  });

  test('is handed over with a note, and waits', async () => {
    const { bench, task } = await late();
    expect(await bench.try('task.hand-over', { taskId: task.taskId, note: ' ' })).toMatchObject({ error: { code: 'bad-message' } });
    expect(await bench.call('task.hand-over', { taskId: task.taskId, note: 'She comes back at five' })).toMatchObject({ state: 'handed-over', note: 'She comes back at five', endedAt: null });
    expect(await bench.call('app.hello', {})).toMatchObject({ status: { tasks: 1 } });
    await bench.restart();
    expect(await bench.call('task.list', { ended: false })).toMatchObject([{ state: 'handed-over', staffName: 'Person' }]);
    expect(journalled(bench, 'late-money-handed-over')).toBe(1);
  });

  test.each(['attach', 'refund'] as const)('PAY-I3 killed at any write of %s: it is in one place', async (how) => {
    for (let write = 1, alive = false; !alive; write += 1) {
      const { bench, shaped, task } = await late(250, { ...shape, steps: how === 'refund' ? 2 : 1 });
      await bench.sell(250);
      const { receiptId } = await bench.call('sale.current', {});
      const act = () => (how === 'attach' ? bench.try('task.attach', { taskId: task.taskId, receiptId: receiptId ?? '', note: 'x' }) : bench.try('task.refund', { requestId: `refund-${task.taskId}`, taskId: task.taskId, note: 'x' }));
      bench.dieAtWrite(write);
      await act();
      await bench.pass(2_000);
      alive = !bench.dead();
      expect(bench.findings()).toEqual([]);
      if (!alive) {
        await bench.restart();
        await bench.pass(2_000);
        await act();
        await bench.pass(2_000);
      }
      expect(await state(bench, task.taskId)).toBe(how === 'attach' ? 'attached' : 'refunded');
      expect(places(bench, task.reference)).toEqual(how === 'attach' ? { onReceipts: 1, returned: 0 } : { onReceipts: 0, returned: 1 });
      expect([...shaped.given.values()]).toEqual(how === 'attach' ? [] : [250]);
      expect(bench.findings()).toEqual([]);
    }
  });
});
