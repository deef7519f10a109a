import { afterAll, beforeAll, expect, test } from 'vitest';
import { handsOf } from '../../testing/hands.ts';
import { paymentIn, sellOne } from '../../testing/payments.ts';
import { registerSeqr } from '../../testing/seqr.ts';
import { closeShift } from '../../testing/fiscal.ts';
import { openTill, type TestTill } from '../../testing/till.ts';

const sticker = '009900027505';
let till: TestTill;
const hands = handsOf(() => till.app.sandboxes()['seqr']?.control ?? '', sticker);

beforeAll(async () => {
  till = await openTill();
  await registerSeqr(till, sticker);
});
afterAll(() => till.close());

const obstacles = async () => (await till.call('report.obstacles', {})).map(({ kind, action }) => `${kind}: ${action}`);

test('C-10 a payment that is waited for, and a refund in doubt, stand before a Z until they are known', async () => {
  const amountMinor = await sellOne(till);
  const { attemptId, receiptId } = await till.call('payment.start', { requestId: 'z-1', tenderId: 'seqr', amountMinor });
  await paymentIn(till, attemptId, 'waiting');
  expect(await obstacles()).toEqual(['receipt-open: go-sale', 'shift-open: go-shift']);
  await till.call('sale.set-aside', {});
  expect(await obstacles()).toEqual(['receipt-aside: bring-back', 'shift-open: go-shift']);
  // Nor does the drawer's shift end while a receipt may still move its cash.
  const [shift] = (await till.call('shift.current', {})).open;
  expect(await till.try('shift.count', { shiftId: shift?.shiftId ?? '', counted: { by: 'sum', amountMinor: 0 } })).toMatchObject({ error: { code: 'shift-has-receipt' } });
  await hands.phone('approve');
  await paymentIn(till, attemptId, 'paid');
  await closeShift(till);
  expect(await obstacles()).toEqual([]);

  const { posts } = await till.call('refund.of-receipt', { receiptId });
  await hands.fault('drop-answer', 'refundPayment');
  const refund = await till.call('refund.start', { requestId: 'z-2', postId: posts[0]?.postId ?? '', amountMinor: 100, reason: 'broken' });
  for (let waited = 0; waited < 300 && till.seen('refund.changed').findLast((one) => one.refundId === refund.refundId)?.state !== 'outcome-unknown'; waited += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await obstacles()).toEqual(['refund-unfinished: go-receipts']);
  expect(await till.try('report.z', {})).toMatchObject({ error: { code: 'z-not-yet', detail: { count: 1 } } });
  await till.call('refund.decide', { refundId: refund.refundId, given: true, note: 'seen on its page' });
  const { totalMinor } = await till.call('report.z', {});
  expect(totalMinor).toBe(amountMinor);
}, 20_000);
