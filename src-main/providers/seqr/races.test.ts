import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PaymentView } from '../../contract/payment.ts';
import { clearCounter, paymentIn } from '../../testing/payments.ts';
import { handsOf } from '../../testing/hands.ts';
import { registerSeqr } from '../../testing/seqr.ts';
import { openTill, type TestTill } from '../../testing/till.ts';

/* The races and lost answers of the service (SEQR, section 8), each run several times over real HTTP and SQLite. */
const times = 3;
let till: TestTill;
let serial = 0;

const { phone, fault, noFaults, ledger, state } = handsOf(() => till.app.sandboxes()['seqr']?.control ?? '', '009900027502');
const until = (attemptId: string, ...states: readonly PaymentView['state'][]): Promise<PaymentView> => paymentIn(till, attemptId, ...states);

async function begin(): Promise<string> {
  serial += 1;
  await till.call('sale.add-code', { code: '2910000000031', source: 'scan' });
  const { totals } = await till.sale();
  return (await till.call('payment.start', { requestId: `race-${serial}`, tenderId: 'seqr', amountMinor: totals.dueMinor })).attemptId;
}

/** PAY-I3: what the service counts as taken is on exactly one receipt, with its own reference. */
async function nothingLostOrDoubled(): Promise<void> {
  const { rows } = await till.call('receipt.list', { text: '', limit: 60 });
  const papers = await Promise.all(rows.map(({ receiptId }) => till.call('receipt.paper', { receiptId })));
  const printed = papers.map((paper) => JSON.stringify(paper));
  for (const { reference } of await ledger()) expect(printed.filter((text) => text.includes(reference))).toHaveLength(1);
}

beforeAll(async () => {
  till = await openTill();
  await registerSeqr(till, '009900027502');
});
afterAll(() => till.close());
beforeEach(async () => {
  await noFaults();
  await clearCounter(till);
});

const races: readonly (readonly [string, () => Promise<void>])[] = [
  ['SEQR-8.1 cancel is answered 0: one more poll, and CANCELED ends it', async () => {
    const id = await begin();
    await until(id, 'waiting');
    await till.call('payment.cancel', { attemptId: id });
    await until(id, 'cancelled');
  }],
  ['SEQR-8.2 cancel is answered 50: the customer has paid, and the payment is taken', async () => {
    const id = await begin();
    await until(id, 'waiting');
    await phone('approve');
    await till.call('payment.cancel', { attemptId: id });
    await until(id, 'paid');
  }],
  ['SEQR-8.3 cancel is answered 51, the customer puts the phone away: cancel is asked again and wins', async () => {
    const id = await begin();
    await until(id, 'waiting');
    await phone('confirm');
    await till.call('payment.cancel', { attemptId: id });
    await until(id, 'cancelling');
    await phone('cancel');
    await until(id, 'cancelled');
  }],
  ['SEQR-8.4 cancel is answered 95: it is cancelled already', async () => {
    const id = await begin();
    await until(id, 'waiting');
    await phone('decline');
    await till.call('payment.cancel', { attemptId: id });
    await until(id, 'cancelled', 'declined');
  }],
  ['SEQR-8.5 cancel has no answer: the status decides', async () => {
    const id = await begin();
    await until(id, 'waiting');
    await fault('drop-answer', 'cancelInvoice');
    await till.call('payment.cancel', { attemptId: id });
    await until(id, 'cancelled');
  }],
  ['SEQR-8.6 polls without an answer, or 90, 93, 94, are missed seconds: the payment is found', async () => {
    const id = await begin();
    await until(id, 'waiting');
    await fault('drop-answer', 'getPaymentStatus');
    await fault('result-code', 'getPaymentStatus', { value: 93 });
    await phone('approve');
    await until(id, 'paid');
  }],
  ['SEQR-8.7 sendInvoice has no answer: the invoice is found, paid once', async () => {
    await fault('drop-answer', 'sendInvoice');
    const id = await begin();
    await until(id, 'waiting');
    await phone('approve');
    await until(id, 'paid');
  }],
  ['SEQR-8.7 sendInvoice never arrives: nothing began, and it is proven', async () => {
    await fault('drop-request', 'sendInvoice');
    await until(await begin(), 'not-started');
  }],
  ['SEQR-8.7 sendInvoice breaks with a status of 503 before it is carried out', async () => {
    await fault('status', 'sendInvoice', { value: 503 });
    await until(await begin(), 'not-started');
  }],
  ['SEQR-8.7 sendInvoice is answered with garbage: the invoice lives, and is cancelled by one in its place', async () => {
    await fault('garbage', 'sendInvoice');
    const id = await begin();
    await until(id, 'waiting');
    await till.call('payment.cancel', { attemptId: id });
    await until(id, 'cancelled');
  }],
  ['PAY-I3 PAID with another amount is on no receipt; once the service says the right one it is', async () => {
    const id = await begin();
    await until(id, 'waiting');
    await fault('other-amount', 'getPaymentStatus', { value: 100, times: 2 });
    await phone('approve');
    const alarmed = await until(id, 'outcome-unknown');
    expect(alarmed.wait?.alarm).toMatchObject({ kind: 'amount', amountMinor: alarmed.amountMinor + 100, mayTake: true });
    await until(id, 'paid');
  }],
];

describe('races with the customer and the network', () => {
  test.each(races)('%s', async (_title, race) => {
    for (let time = 0; time < times; time += 1) {
      await race();
      await clearCounter(till);
    }
    await nothingLostOrDoubled();
  }, 60_000);

  test('PAY-I5 a cancel that meets the customer’s confirmation loses, and the payment is taken', async () => {
    const id = await begin();
    await until(id, 'waiting');
    await phone('confirm');
    await till.call('payment.cancel', { attemptId: id });
    expect((await until(id, 'cancelling')).wait?.cancelNot).toBe('cancelling');
    await phone('approve');
    expect((await until(id, 'paid')).completed).toBe(true);
  });

  test('an invoice whose number was lost is cancelled by a new one in its place', async () => {
    await fault('drop-answer', 'sendInvoice');
    const id = await begin();
    await until(id, 'waiting');
    await till.call('payment.cancel', { attemptId: id });
    await until(id, 'cancelled');
    const { invoices } = await state<{ readonly invoices: readonly { readonly status: string }[] }>();
    expect(invoices.slice(-2).map(({ status }) => status)).toEqual(['CANCELED', 'CANCELED']);
  });

  test('PAY-I3 SEQR-8.8 the register stops with an invoice open: it is asked about at the next start', async () => {
    const id = await begin();
    await until(id, 'waiting');
    await phone('approve');
    await till.restart();
    await until(id, 'paid');
    await till.signIn('Sofie Dahl');
    await nothingLostOrDoubled();
  });
});
