import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RefundView } from '../../contract/refunds.ts';
import { handsOf } from '../../testing/hands.ts';
import { paymentIn, sellOne } from '../../testing/payments.ts';
import { openTill, signInAs, type TestTill } from '../../testing/till.ts';
import type { Conformant } from './customer.ts';

/** What every provider's refund does, over real HTTP and real SQLite. Called inside a `describe`; nothing where it has none. */
export function givesBackAsAgreed(provider: Conformant): void {
  const { refund } = provider;
  if (!refund) return;
  let till: TestTill;
  let serial = 0;
  const told = refund.identifier === undefined ? {} : { identifier: refund.identifier };
  const hands = handsOf(() => till.app.sandboxes()[provider.kind]?.control ?? '', provider.ref);

  beforeAll(async () => {
    till = await openTill();
    await provider.prepare(till);
  });
  afterAll(() => till.close());
  beforeEach(() => hands.noFaults());

  async function paid(): Promise<{ readonly postId: string; readonly receiptId: string; readonly amountMinor: number; readonly reference: string }> {
    serial += 1;
    const { attemptId, receiptId } = await till.call('payment.start', { requestId: `pay-${serial}`, tenderId: provider.kind, amountMinor: await sellOne(till) });
    await paymentIn(till, attemptId, 'waiting');
    await hands.phone(provider.acts.approve);
    await paymentIn(till, attemptId, 'paid');
    const { posts } = await till.call('refund.of-receipt', { receiptId });
    const [post] = posts;
    if (!post) throw new Error('the payment left no post');
    return { ...post, receiptId };
  }

  function ask(postId: string, amountMinor: number, requestId = `refund-${(serial += 1)}`): Promise<RefundView> {
    return till.call('refund.start', { requestId, postId, amountMinor, reason: 'Brought back', ...told });
  }

  async function until(refundId: string, wanted: (view: RefundView) => boolean): Promise<RefundView> {
    const endMs = Date.now() + 12_000;
    for (;;) {
      const view = till.seen('refund.changed').findLast((one) => one.refundId === refundId);
      if (view && wanted(view)) return view;
      if (Date.now() > endMs) throw new Error(`the refund is ${view?.state ?? 'unseen'}: ${JSON.stringify(view?.problem)}`);
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }
  const given = (refundId: string): Promise<RefundView> => until(refundId, ({ state }) => state === 'refunded');
  const backOf = async (reference: string): Promise<number> =>
    (await hands.ledger()).filter((one) => one.kind === 'refunded' && one.of === reference).reduce((all, one) => all + one.amountMinor, 0);

  test('PAY-I6 a payment goes back in parts until nothing is left, and never more', async () => {
    const { postId, amountMinor, reference, receiptId } = await paid();
    const first = await ask(postId, 100);
    expect((await given(first.refundId)).providerReference).not.toBe('');
    expect(await till.try('refund.start', { requestId: 'too-much', postId, amountMinor: amountMinor - 99, reason: 'x', ...told })).toMatchObject({ error: { code: 'amount-out-of-range', detail: { maximumMinor: amountMinor - 100 } } });
    await given((await ask(postId, amountMinor - 100)).refundId);
    expect(await backOf(reference)).toBe(amountMinor);
    expect(await till.try('refund.start', { requestId: 'once-more', postId, amountMinor: 1, reason: 'x', ...told })).toMatchObject({ error: { code: 'payment-not-refundable', detail: { reason: 'nothing-left' } } });
    expect((await till.call('refund.of-receipt', { receiptId })).refunds.map(({ state }) => state)).toEqual(['refunded', 'refunded']);
  });

  test('a second tap is the same refund', async () => {
    const { postId, reference, amountMinor } = await paid();
    const [first, second] = await Promise.all([ask(postId, amountMinor, 'tap'), ask(postId, amountMinor, 'tap')]);
    expect(second.refundId).toBe(first.refundId);
    await given(first.refundId);
    expect(await backOf(reference)).toBe(amountMinor);
  });

  test('the answer to a whole refund is lost: it is resolved, and given back once', async () => {
    const { postId, reference, amountMinor } = await paid();
    await hands.fault('drop-answer', refund.operation);
    await given((await ask(postId, amountMinor)).refundId);
    expect(await backOf(reference)).toBe(amountMinor);
  });

  test('a whole refund is lost on its way, and answered with garbage, and then arrives', async () => {
    const { postId, reference, amountMinor } = await paid();
    await hands.fault('drop-request', refund.operation);
    await hands.fault('status', refund.operation, { value: 503 });
    await given((await ask(postId, amountMinor)).refundId);
    expect(await backOf(reference)).toBe(amountMinor);
  }, 15_000);

  test('the answer to a part is lost: it is never sent twice, and a person decides where the provider can’t be asked', async () => {
    const { postId, reference, amountMinor, receiptId } = await paid();
    await hands.fault('drop-answer', refund.operation);
    const { refundId } = await ask(postId, 150);
    if (refund.partsAreSafe) {
      await given(refundId);
      expect(await backOf(reference)).toBe(150);
      return;
    }
    await until(refundId, ({ needsDecision }) => needsDecision);
    expect(await till.try('refund.start', { requestId: 'meanwhile', postId, amountMinor: 1, reason: 'x', ...told })).toMatchObject({ error: { detail: { reason: 'under-way' } } });
    await till.restart();
    await provider.signIn(till);
    const { refunds } = await till.call('refund.of-receipt', { receiptId });
    expect(refunds).toMatchObject([{ refundId, needsDecision: true }]);
    expect(await backOf(reference)).toBe(150);
    await till.call('refund.decide', { refundId, given: true, note: 'Seen in their back office' });
    expect((await till.call('refund.of-receipt', { receiptId })).posts[0]?.leftMinor).toBe(amountMinor - 150);
    expect(await till.try('refund.decide', { refundId, given: false, note: 'Or not' })).toMatchObject({ error: { code: 'refund-unknown' } });
  });

  test('a till that stops with a refund on its way finds out what became of it', async () => {
    const { postId, reference, amountMinor, receiptId } = await paid();
    await hands.fault('drop-answer', refund.operation);
    await ask(postId, amountMinor);
    await till.restart();
    await provider.signIn(till);
    const endMs = Date.now() + 8_000;
    for (;;) {
      const { refunds } = await till.call('refund.of-receipt', { receiptId });
      if (refunds[0]?.state === 'refunded') break;
      if (Date.now() > endMs) throw new Error(`the refund is ${refunds[0]?.state ?? 'gone'}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    expect(await backOf(reference)).toBe(amountMinor);
  });

  test('PAY-I8 a part on the counter goes back whole, meanwhile nothing else happens to its receipt, and then it is open', async () => {
    const due = await sellOne(till);
    if ((await till.sale()).tenders.find(({ kind }) => kind === provider.kind)?.lessThanDue !== true) return;
    serial += 1;
    const { attemptId, receiptId } = await till.call('payment.start', { requestId: `part-${serial}`, tenderId: provider.kind, amountMinor: due - 100 });
    await paymentIn(till, attemptId, 'waiting');
    await hands.phone(provider.acts.approve);
    await paymentIn(till, attemptId, 'paid');
    const [post] = (await till.sale()).posts;
    expect(post).toMatchObject({ removable: false, goesBack: { refund: null } });
    await hands.fault('drop-answer', refund.operation);
    const { refundId } = await ask(post?.id ?? '', due - 100);
    expect(await till.try('payment.start', { requestId: 'meanwhile-cash', tenderId: 'cash', amountMinor: 100 })).toMatchObject({ error: { detail: { reason: 'payment-going-back' } } });
    expect(await till.try('sale.park', { name: 'x' })).toMatchObject({ error: { code: 'payment-going-back' } });
    await till.call('sale.set-aside', {});
    await given(refundId);
    await till.call('sale.bring-back', { receiptId });
    expect(await till.sale()).toMatchObject({ receiptId, state: 'open', posts: [], totals: { paidMinor: 0, dueMinor: due } });
    expect(await backOf(post?.reference ?? '')).toBe(due - 100);
    await till.call('sale.void', { reason: 'They left' });
  });

  test('it needs a manager and a reason', async () => {
    const { postId } = await paid();
    await signInAs(till, 'Aino Lehtinen');
    expect(await till.try('refund.start', { requestId: 'alone', postId, amountMinor: 1, reason: 'x', ...told })).toMatchObject({ error: { code: 'needs-approval', detail: { right: 'payment-refund' } } });
    await signInAs(till, 'Mikael Berg');
    expect(await till.try('refund.start', { requestId: 'no-reason', postId, amountMinor: 1, reason: ' ' })).toMatchObject({ error: { code: 'bad-message' } });
    await given((await ask(postId, 1)).refundId);
    await provider.signIn(till);
  });
}
