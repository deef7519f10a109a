import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TaskView } from '../../contract/tasks.ts';
import type { Database } from '../../storage/database.ts';
import { handsOf } from '../../testing/hands.ts';
import { clearCounter, paymentIn, sellOne } from '../../testing/payments.ts';
import { registerSeqr } from '../../testing/seqr.ts';
import { tampered } from '../../testing/tampered.ts';
import { openTill, signInAs, type TestTill } from '../../testing/till.ts';
import { dumpShop, verifyShop } from '../commands/audit.ts';

/* Late money over the real sandbox by HTTP and a real file: each of its ends, and one that waits, laid beside the provider's ledger. */
const folder = mkdtempSync(join(tmpdir(), 'kassa-late-'));
const file = join(folder, 'kassa.sqlite');
const sticker = '009900027508';
let till: TestTill;
let serial = 0;
let ledger: readonly { readonly kind: string; readonly reference: string; readonly amountMinor: number; readonly of?: string }[] = [];
const hands = handsOf(() => till.app.sandboxes()['seqr']?.control ?? '', sticker);
const settled: Record<'attached' | 'refunded' | 'closed' | 'handedOver' | 'part', string> = { attached: '', refunded: '', closed: '', handedOver: '', part: '' };

const pay = (tenderId: string, amountMinor: number) => till.call('payment.start', { requestId: `late-${(serial += 1)}`, tenderId, amountMinor });

/** A request that arrives after the till has stopped waiting, paid all the same, and met by the next payment. */
async function late(): Promise<TaskView> {
  const due = await sellOne(till);
  await hands.fault('delay', 'sendInvoice', { value: 3_300 });
  await paymentIn(till, (await pay('seqr', due)).attemptId, 'not-started');
  for (const endMs = Date.now() + 5_000; !(await hands.phone('approve')).ok && Date.now() < endMs; ) await new Promise((resolve) => setTimeout(resolve, 50));
  await hands.fault('drop-request', 'sendInvoice');
  await paymentIn(till, (await pay('seqr', due)).attemptId, 'not-started');
  await clearCounter(till);
  const task = (await till.call('task.list', { ended: false })).at(-1);
  if (!task) throw new Error('no late money was met');
  return task;
}

beforeAll(async () => {
  till = await openTill({ dataDir: folder });
  await registerSeqr(till, sticker);
  const toAttach = await late();
  settled.attached = toAttach.reference;
  await sellOne(till);
  await till.call('task.attach', { taskId: toAttach.taskId, receiptId: (await till.sale()).receiptId ?? '', note: 'They came back' });

  const toRefund = await late();
  settled.refunded = toRefund.reference;
  await hands.fault('drop-answer', 'refundPayment');
  await till.call('task.refund', { requestId: 'back', taskId: toRefund.taskId, note: 'Paid in cash' });
  for (const endMs = Date.now() + 9_000; (await till.call('task.list', { ended: false })).length > 0 && Date.now() < endMs; ) await new Promise((resolve) => setTimeout(resolve, 50));

  const toClose = await late();
  settled.closed = toClose.reference;
  await till.call('task.close', { taskId: toClose.taskId, note: 'Sent back by the bank' });

  const toHandOver = await late();
  settled.handedOver = toHandOver.reference;
  await signInAs(till, 'Aino Lehtinen');
  await till.call('task.hand-over', { taskId: toHandOver.taskId, note: 'Waits outside' });

  // A part by app that goes back before its receipt is paid in cash.
  const due = await sellOne(till);
  const { attemptId } = await pay('seqr', due - 50);
  await paymentIn(till, attemptId, 'waiting');
  await hands.phone('approve');
  await paymentIn(till, attemptId, 'paid');
  const [post] = (await till.sale()).posts;
  settled.part = post?.reference ?? '';
  await signInAs(till, 'Mikael Berg');
  await till.call('refund.start', { requestId: 'part-back', postId: post?.id ?? '', amountMinor: due - 50, reason: 'Cash after all' });
  for (const endMs = Date.now() + 9_000; (await till.sale()).state !== 'open' && Date.now() < endMs; ) await new Promise((resolve) => setTimeout(resolve, 50));
  await clearCounter(till);
  ledger = await hands.ledger();
}, 60_000);
afterAll(async () => {
  await till.close();
  rmSync(folder, { recursive: true, force: true });
});

type Post = { readonly reference: string; readonly kind: string; readonly amountMinor: number; readonly receipt: string | null; readonly of?: string };

function dumped(): { readonly posts: readonly Post[]; readonly tasks: readonly { readonly state: string; readonly reference: string }[] } {
  const answer = dumpShop(file, '');
  if ('problem' in answer) throw new Error(answer.problem);
  return answer.found as never;
}

const rulesOf = (change: (db: Database) => void): readonly string[] => tampered(file, change).map(({ rule }) => rule);

describe('late money beside the provider’s ledger', () => {
  test('PAY-I3 each payment that the provider took is in one place, and what went back is told by both', () => {
    const { posts } = dumped();
    const place = (reference: string): readonly unknown[] => posts.filter((one) => one.reference === reference && one.kind !== 'refunded').map(({ kind, receipt }) => [kind, receipt !== null]);
    expect(place(settled.attached)).toEqual([['captured', true]]);
    expect(place(settled.refunded)).toEqual([['returned', false]]);
    expect(place(settled.closed)).toEqual([['task', false]]);
    expect(place(settled.handedOver)).toEqual([['task', false]]);
    expect(place(settled.part)).toEqual([['returned', false]]);
    for (const taken of ledger.filter((one) => one.kind === 'captured')) {
      const here = posts.filter((one) => one.reference === taken.reference && one.kind !== 'refunded');
      expect(here).toMatchObject([{ amountMinor: taken.amountMinor }]);
      const there = ledger.filter((one) => one.of === taken.reference).map((one) => one.amountMinor);
      expect(posts.filter((one) => one.of === taken.reference).map((one) => one.amountMinor)).toEqual(there);
    }
    expect(dumped().tasks.map(({ state }) => state).sort()).toEqual(['attached', 'closed', 'handed-over', 'refunded']);
  });

  test('verify finds nothing, and then whatever is changed of it', () => {
    expect(rulesOf(() => undefined)).toEqual([]);
    expect(verifyShop(file)).toMatchObject({ found: { checked: { tasks: 4 } } });
    expect(rulesOf((db) => db.exec("UPDATE task SET state = 'open', ended_at = NULL, post_id = NULL WHERE state = 'attached'"))).toContain('PAY-I3');
    expect(rulesOf((db) => db.exec("UPDATE task SET state = 'closed' WHERE state = 'refunded'"))).toContain('PAY-I3');
    expect(rulesOf((db) => db.exec("UPDATE task SET amount_minor = 1 WHERE state IN ('attached', 'refunded')"))).toEqual(expect.arrayContaining(['PAY-I3', 'PAY-I6']));
    expect(rulesOf((db) => db.exec("UPDATE refund SET state = 'refused' WHERE post_id IS NOT NULL"))).toContain('PAY-I3');
    expect(rulesOf((db) => db.exec("UPDATE refund SET state = 'refused' WHERE task_id IS NOT NULL"))).toContain('PAY-I3');
    expect(rulesOf((db) => db.exec("UPDATE receipt SET state = 'voided', number = NULL, series = NULL, completed_at = NULL WHERE id = (SELECT receipt_id FROM refund WHERE post_id IS NOT NULL); UPDATE refund SET state = 'waiting' WHERE post_id IS NOT NULL"))).toContain('PAY-I8');
  });

  test('a cashier hands over; everything else needs a manager, and everything needs a note', async () => {
    await signInAs(till, 'Aino Lehtinen');
    const [task] = await till.call('task.list', { ended: false });
    const taskId = task?.taskId ?? '';
    await sellOne(till);
    const { receiptId } = await till.sale();
    expect(await till.try('task.attach', { taskId, receiptId: receiptId ?? '', note: 'x' })).toMatchObject({ error: { code: 'needs-approval', detail: { right: 'late-money' } } });
    expect(await till.try('task.close', { taskId, note: 'x' })).toMatchObject({ error: { code: 'needs-approval', detail: { right: 'late-money' } } });
    expect(await till.try('task.refund', { requestId: 'alone', taskId, note: 'x' })).toMatchObject({ error: { code: 'needs-approval', detail: { right: 'payment-refund' } } });
    for (const name of ['task.hand-over', 'task.close'] as const) expect(await till.try(name, { taskId, note: ' ' })).toMatchObject({ error: { code: 'bad-message' } });
    await clearCounter(till);
  });

  test('how many wait is told, and a till that starts again still tells them', async () => {
    expect((await till.call('app.hello', {})).status.tasks).toBe(1);
    expect(till.seen('task.opened')).toHaveLength(4);
    await till.restart();
    await signInAs(till, 'Mikael Berg');
    expect(await till.call('task.list', { ended: false })).toMatchObject([{ state: 'handed-over', note: 'Waits outside', staffName: 'Aino Lehtinen', reference: settled.handedOver }]);
    expect((await till.call('task.list', { ended: true })).map(({ state }) => state).sort()).toEqual(['attached', 'closed', 'refunded']);
  });
});
