import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PaymentView } from '../../contract/payment.ts';
import { handsOf } from '../../testing/hands.ts';
import { clearCounter, paymentIn, sellOne } from '../../testing/payments.ts';
import { openTill, type TestTill } from '../../testing/till.ts';
import type { Conformant } from './customer.ts';

/** A little longer than people wait before they are asked. */
const windowMs = 31_000;

/** What every provider's payment does at the counter, over real HTTP and real SQLite. Called inside a `describe`. */
export function paysAsAgreed(provider: Conformant): void {
  let till: TestTill;
  let serial = 0;
  const hands = handsOf(() => till.app.sandboxes()[provider.kind]?.control ?? '', provider.ref);
  const { approve, decline } = provider.acts;
  const until = (attemptId: string, ...states: readonly PaymentView['state'][]): Promise<PaymentView> => paymentIn(till, attemptId, ...states);

  async function pay(amountMinor: number): Promise<PaymentView> {
    serial += 1;
    return till.call('payment.start', { requestId: `conformance-${serial}`, tenderId: provider.kind, amountMinor });
  }

  const tender = async () => {
    const found = (await till.sale()).tenders.find((one) => one.kind === provider.kind);
    if (!found) throw new Error(`the demo shop has no tender of ${provider.kind}`);
    return found;
  };

  /** A payment that the customer is asked for. */
  async function waiting(): Promise<PaymentView> {
    const { attemptId } = await pay(await sellOne(till));
    return until(attemptId, 'waiting');
  }

  async function takenBy(work: () => Promise<unknown>): Promise<number> {
    const before = (await hands.ledger()).length;
    await work();
    return (await hands.ledger()).length - before;
  }

  beforeAll(async () => {
    till = await openTill();
    await provider.prepare(till);
  });
  afterAll(() => till.close());
  beforeEach(async () => {
    await hands.noFaults();
    await clearCounter(till);
  });

  test('paid: the receipt is completed by one verified post that carries the provider’s reference', async () => {
    const { attemptId, amountMinor } = await waiting();
    await hands.phone(approve);
    const paid = await until(attemptId, 'paid');
    expect(paid).toMatchObject({ completed: true, amountMinor });
    const taken = (await hands.ledger()).at(-1);
    expect(taken).toMatchObject({ kind: 'captured', amountMinor });
    const paper = JSON.stringify(await till.call('receipt.paper', { receiptId: paid.receiptId }));
    expect(paper).toContain(taken?.reference);
  });

  test('declined on the phone: the receipt is free again', async () => {
    const { attemptId, receiptId } = await waiting();
    expect(await takenBy(async () => {
      await hands.phone(decline);
      await until(attemptId, 'declined');
    })).toBe(0);
    expect(await till.sale()).toMatchObject({ receiptId, state: 'open' });
  });

  test('cancelled by the cashier: nothing is taken, even if the customer confirms afterwards', async () => {
    const { attemptId } = await waiting();
    expect(await takenBy(async () => {
      await till.call('payment.cancel', { attemptId });
      await until(attemptId, 'cancelled');
      await hands.phone(approve);
    })).toBe(0);
    expect((await till.sale()).state).toBe('open');
  });

  test('a second tap on Pay is the same payment', async () => {
    const input = { requestId: 'twice', tenderId: provider.kind, amountMinor: await sellOne(till) };
    const [first, second] = await Promise.all([till.call('payment.start', input), till.call('payment.start', input)]);
    expect(second.attemptId).toBe(first.attemptId);
    await until(first.attemptId, 'waiting');
    expect(await takenBy(async () => {
      await hands.phone(approve);
      await until(first.attemptId, 'paid');
    })).toBe(1);
    expect((await till.call('payment.start', input)).attemptId).toBe(first.attemptId);
  });

  test('PAY-I1 another payment of the same receipt is refused while one is under way', async () => {
    const { attemptId, amountMinor } = await waiting();
    for (const tenderId of ['cash', provider.kind]) {
      expect(await till.try('payment.start', { requestId: `other-${tenderId}`, tenderId, amountMinor })).toMatchObject({ ok: false });
    }
    await till.call('payment.cancel', { attemptId });
    await until(attemptId, 'cancelled');
  });

  test('the answer to the start is lost: the payment is found, and taken once, or ended where it can be shown to nobody', async () => {
    await hands.fault('drop-answer', provider.wire.start);
    if (provider.lostAnswer === 'ended') {
      const { attemptId } = await pay(await sellOne(till));
      expect(await takenBy(() => until(attemptId, 'cancelled'))).toBe(0);
      return;
    }
    const { attemptId } = await waiting();
    expect(await takenBy(async () => {
      await hands.phone(approve);
      expect((await until(attemptId, 'paid')).completed).toBe(true);
    })).toBe(1);
  });

  test('the start is lost on its way: nothing began, and that is proven, or it is sent again and taken once', async () => {
    await hands.fault('drop-request', provider.wire.start);
    const { attemptId } = await pay(await sellOne(till));
    if (provider.lostStart === 'sent-again') {
      await until(attemptId, 'waiting');
      expect(await takenBy(async () => {
        await hands.phone(approve);
        await until(attemptId, 'paid');
      })).toBe(1);
      return;
    }
    expect(await takenBy(() => until(attemptId, 'not-started'))).toBe(0);
    expect((await till.sale()).state).toBe('open');
  });

  test('answers to questions are lost: it is asked again, and the payment taken once', async () => {
    const { attemptId } = await waiting();
    await hands.fault('drop-answer', provider.wire.poll, { times: 2 });
    await hands.fault('status', provider.wire.poll, { value: 503 });
    expect(await takenBy(async () => {
      await hands.phone(approve);
      await until(attemptId, 'paid');
    })).toBe(1);
  });

  test('the answer to a cancel is lost: it ends all the same', async () => {
    const { attemptId } = await waiting();
    await hands.fault('drop-answer', provider.wire.cancel);
    await till.call('payment.cancel', { attemptId });
    await until(attemptId, 'cancelled');
  });

  test('the window closes, people are asked, and a payment that comes then still counts', async () => {
    const { attemptId } = await waiting();
    await new Promise((resolve) => setTimeout(resolve, windowMs));
    expect(till.seen('payment.changed').filter((one) => one.attemptId === attemptId).at(-1)?.wait?.question).toBe(true);
    await hands.phone(approve);
    expect((await until(attemptId, 'paid')).completed).toBe(true);
  }, windowMs + 20_000);

  test('set aside: the next customer is served, and the payment completes its own receipt', async () => {
    const first = await waiting();
    await till.call('sale.set-aside', {});
    expect(await till.sale()).toMatchObject({ receiptId: null, aside: [{ receiptId: first.receiptId, payment: { state: 'waiting' } }] });
    const due = await sellOne(till);
    await hands.phone(approve);
    const paid = await until(first.attemptId, 'paid');
    const now = await till.sale();
    expect(now).toMatchObject({ state: 'open', aside: [], totals: { dueMinor: due } });
    const next = await till.call('payment.start', { requestId: 'next-customer', tenderId: 'cash', amountMinor: now.totals.cashDueMinor });
    expect(next.receiptNumber).toBe((paid.receiptNumber ?? 0) + 1);
  });

  test('set aside and not paid: it is brought back and paid otherwise', async () => {
    const first = await waiting();
    await till.call('sale.set-aside', {});
    await hands.phone(decline);
    await until(first.attemptId, 'declined');
    await sellOne(till);
    expect(await till.try('sale.bring-back', { receiptId: first.receiptId })).toMatchObject({ error: { code: 'receipt-not-empty' } });
    await clearCounter(till);
    await till.call('sale.bring-back', { receiptId: first.receiptId });
    expect(await till.sale()).toMatchObject({ receiptId: first.receiptId, state: 'open', aside: [] });
    expect(await till.try('sale.bring-back', { receiptId: first.receiptId })).toMatchObject({ error: { code: 'receipt-not-aside' } });
  });

  test('set aside over a restart: it stays aside, and its payment is found', async () => {
    const first = await waiting();
    await till.call('sale.set-aside', {});
    if (provider.acts.open !== undefined) await hands.phone(provider.acts.open);
    await till.restart();
    await provider.signIn(till);
    expect((await till.sale()).aside).toHaveLength(1);
    await hands.phone(approve);
    await until(first.attemptId, 'paid');
    expect((await till.sale()).aside).toEqual([]);
  });

  test('PAY-I8 a part is kept where the provider takes one: it can neither be parked nor taken back, and the rest is paid in cash', async () => {
    const due = await sellOne(till);
    if (!(await tender()).lessThanDue) {
      expect(await till.try('payment.start', { requestId: 'part', tenderId: provider.kind, amountMinor: due - 100 })).toMatchObject({ error: { code: 'amount-out-of-range' } });
      return;
    }
    const { attemptId } = await pay(due - 100);
    await until(attemptId, 'waiting');
    await hands.phone(approve);
    expect((await until(attemptId, 'paid')).completed).toBe(false);
    const sale = await till.sale();
    expect(sale).toMatchObject({ state: 'paying', totals: { dueMinor: 100 }, posts: [{ verified: true, removable: false }] });
    expect(await till.try('sale.park', { name: 'x' })).toMatchObject({ error: { code: 'receipt-has-payments' } });
    await till.call('sale.set-aside', {});
    expect((await till.sale()).aside).toMatchObject([{ dueMinor: 100, payment: null }]);
    await till.call('sale.bring-back', { receiptId: sale.receiptId ?? '' });
    const cash = await till.call('payment.start', { requestId: 'rest', tenderId: 'cash', amountMinor: 100 });
    expect(cash.completed).toBe(true);
  });

  test('more than is due is given back in cash as a line of its own, up to the shop’s cap', async () => {
    const due = await sellOne(till);
    const { shop } = await till.call('app.hello', {});
    const tooMuch = (await tender()).moreThanDue ? due + shop.overPaymentCapMinor + 1 : due + 1;
    expect(await till.try('payment.start', { requestId: 'too-much', tenderId: provider.kind, amountMinor: tooMuch })).toMatchObject({ error: { code: 'amount-out-of-range' } });
    if (!(await tender()).moreThanDue) return;
    const { attemptId } = await pay(due + 500);
    await until(attemptId, 'waiting');
    await hands.phone(approve);
    const paid = await until(attemptId, 'paid');
    expect(paid).toMatchObject({ completed: true, changeMinor: 500 });
    expect(JSON.stringify(await till.call('receipt.paper', { receiptId: paid.receiptId }))).toContain('Takaisin käteisenä');
  });

  test('only what waits or is partly paid is set aside', async () => {
    await sellOne(till);
    expect(await till.try('sale.set-aside', {})).toMatchObject({ error: { code: 'nothing-waits' } });
  });

  test('PAY-I10 no secret that the provider was sent is in a log, the journal, an event or a paper', async () => {
    const secrets = await hands.secrets(provider.secret);
    expect(secrets.length).toBeGreaterThan(0);
    const places = till.everythingSaid();
    for (const secret of secrets) for (const [place, said] of Object.entries(places)) expect(said.includes(secret), `${place} holds a secret`).toBe(false);
  });
}
