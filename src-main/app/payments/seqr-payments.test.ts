import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PaymentView } from '../../contract/payment.ts';
import { clearCounter, paymentIn, registerSeqr, seqrHands } from '../../testing/seqr.ts';
import { openTill, type TestTill } from '../../testing/till.ts';

/* The engine, the SEQR adapter and the sandbox together, over real HTTP and real SQLite. */
let till: TestTill;
const { phone, fault, noFaults, state: sandboxState } = seqrHands(() => till, '009900027501');

async function sellSomething(): Promise<number> {
  await till.call('sale.add-code', { code: '2910000000031', source: 'scan' });
  return (await till.sale()).totals.dueMinor;
}

let counter = 0;
async function pay(amountMinor: number): Promise<PaymentView> {
  counter += 1;
  return till.call('payment.start', { requestId: `seqr-${counter}`, tenderId: 'seqr', amountMinor });
}

const until = (attemptId: string, state: PaymentView['state']): Promise<PaymentView> => paymentIn(till, attemptId, state);

beforeAll(async () => {
  till = await openTill();
  await registerSeqr(till, 'HTTP://SEQR.SE/Q009900027501');
});
afterAll(() => till.close());

beforeEach(async () => {
  await noFaults();
  await clearCounter(till);
});

describe('a SEQR payment', () => {
  test('SEQR-13.4 is paid when the customer scans and confirms, and completes the receipt with a verified post', async () => {
    const due = await sellSomething();
    const { attemptId } = await pay(due);
    await until(attemptId, 'waiting');
    await phone('scan');
    await phone('approve');
    const paid = await until(attemptId, 'paid');
    expect(paid).toMatchObject({ completed: true, amountMinor: due });
    const { ledger } = await sandboxState();
    expect(ledger.at(-1)?.amountMinor).toBe(due);
    const paper = await till.call('receipt.paper', { receiptId: paid.receiptId });
    expect(JSON.stringify(paper)).toContain(ledger.at(-1)?.reference);
  });

  test('declined on the phone sets the receipt free', async () => {
    const { attemptId, receiptId } = await pay(await sellSomething());
    await until(attemptId, 'waiting');
    await phone('decline');
    await until(attemptId, 'declined');
    expect(await till.sale()).toMatchObject({ receiptId, state: 'open' });
  });

  test('SEQR-13.6 is cancelled by the cashier', async () => {
    const { attemptId } = await pay(await sellSomething());
    await until(attemptId, 'waiting');
    await till.call('payment.cancel', { attemptId });
    await until(attemptId, 'cancelled');
    expect((await sandboxState()).invoices.at(-1)?.status).toBe('CANCELED');
  });

  test('PAY-I5 a cancel that meets the customer’s confirmation loses, and the payment is taken', async () => {
    const { attemptId } = await pay(await sellSomething());
    await until(attemptId, 'waiting');
    await phone('confirm');
    await till.call('payment.cancel', { attemptId });
    expect((await until(attemptId, 'cancelling')).wait?.cancelNot).toBe('cancelling');
    await phone('approve');
    expect((await until(attemptId, 'paid')).completed).toBe(true);
  });

  test('a start that never arrived is proven nothing', async () => {
    await fault('drop-request', 'sendInvoice');
    const { attemptId } = await pay(await sellSomething());
    const before = (await sandboxState()).invoices.length;
    // The service speaks of the invoice before, which is not ours: it was paid or cancelled.
    await Promise.race([until(attemptId, 'not-started'), until(attemptId, 'declined')]);
    expect((await sandboxState()).invoices.length).toBe(before);
    expect((await till.sale()).state).toBe('open');
  });

  test('a start whose answer was lost is found, and paid once', async () => {
    await fault('drop-answer', 'sendInvoice');
    const due = await sellSomething();
    const { attemptId } = await pay(due);
    await until(attemptId, 'waiting');
    const before = (await sandboxState()).ledger.length;
    await phone('approve');
    expect((await until(attemptId, 'paid')).completed).toBe(true);
    expect((await sandboxState()).ledger.length).toBe(before + 1);
  });

  test('a start whose answer was lost is cancelled by a new invoice in its place', async () => {
    await fault('drop-answer', 'sendInvoice');
    const { attemptId } = await pay(await sellSomething());
    await until(attemptId, 'waiting');
    await till.call('payment.cancel', { attemptId });
    await until(attemptId, 'cancelled');
    expect((await sandboxState()).invoices.slice(-2).map((one) => one.status)).toEqual(['CANCELED', 'CANCELED']);
  });

  test('PAY-I8 a part is kept: the rest is paid in cash, and it can neither be parked nor taken back', async () => {
    const due = await sellSomething();
    const { attemptId } = await pay(due - 100);
    await until(attemptId, 'waiting');
    await phone('approve');
    expect((await until(attemptId, 'paid')).completed).toBe(false);
    const sale = await till.sale();
    expect(sale).toMatchObject({ state: 'paying', totals: { dueMinor: 100 } });
    expect(sale.posts[0]).toMatchObject({ verified: true, removable: false });
    expect((await till.try('sale.park', { name: 'x' })).ok).toBe(false);
    const cash = await till.call('payment.start', { requestId: 'rest', tenderId: 'cash', amountMinor: 100 });
    expect(cash.completed).toBe(true);
  });

  test('more than is due is given back in cash', async () => {
    const due = await sellSomething();
    const { attemptId } = await pay(due + 500);
    await until(attemptId, 'waiting');
    await phone('approve');
    expect(await until(attemptId, 'paid')).toMatchObject({ completed: true, changeMinor: 500 });
  });

  test('PAY-I1 a second payment of the same receipt is refused while one is under way', async () => {
    const due = await sellSomething();
    const { attemptId } = await pay(due);
    await until(attemptId, 'waiting');
    expect(await till.try('payment.start', { requestId: 'second', tenderId: 'cash', amountMinor: due })).toMatchObject({ ok: false });
    expect(await till.try('payment.start', { requestId: 'third', tenderId: 'seqr', amountMinor: due })).toMatchObject({ ok: false });
    await till.call('payment.cancel', { attemptId });
    await until(attemptId, 'cancelled');
  });

  test('a till that is closed while the customer pays finds the payment when it is opened again', async () => {
    const { attemptId } = await pay(await sellSomething());
    await until(attemptId, 'waiting');
    await phone('approve');
    await till.restart();
    expect((await until(attemptId, 'paid')).completed).toBe(true);
    await till.signIn('Sofie Dahl');
  });
});
