import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CustomerView } from '../../contract/customer.ts';
import { closeShift, newArticle, storedReports } from '../../testing/fiscal.ts';
import { clearCounter, paymentIn, sellOne } from '../../testing/payments.ts';
import { openTill, type TestTill } from '../../testing/till.ts';
import { vippsOf, type VippsHands } from '../../testing/vipps-till.ts';

/* Vipps MobilePay at a till: a provider that can ask in several ways, with a code for the customer's screen. */
let till: TestTill;
let vipps: VippsHands;
let serial = 0;

beforeAll(async () => {
  till = await openTill();
  vipps = vippsOf(() => till.app.sandboxes()['vipps']?.control ?? '');
  await till.signIn('Sofie Dahl');
});
afterAll(() => till.close());
beforeEach(async () => {
  await vipps.noFaults();
  await clearCounter(till);
});

const start = (amountMinor: number, more: { readonly way?: string; readonly told?: string } = {}) =>
  till.try('payment.start', { requestId: `ways-${(serial += 1)}`, tenderId: 'vipps', amountMinor, ...more });
const customer = async (): Promise<CustomerView> => {
  const shown = await till.app.call('customer', 'customer.current', {});
  if (!shown.ok) throw new Error('the customer’s screen was refused');
  return shown.value as CustomerView;
};
const tell = (told: string) => till.app.call('customer', 'customer.tell', { told });
const codeOf = (view: CustomerView): string => (view.kind === 'paying' && view.show && 'text' in view.show.code ? view.show.code.text : '');

async function waiting(more: { readonly way?: string; readonly told?: string } = {}) {
  const begun = await start(await sellOne(till), more);
  if (!begun.ok) throw new Error(begun.error.code);
  return paymentIn(till, begun.value.attemptId, 'waiting');
}

describe('a code on the screens', () => {
  test('VIPPS-02 it stands on both screens with its time, is gone when the customer has confirmed, and nothing keeps it', async () => {
    const { attemptId, wait } = await waiting();
    expect(wait?.act).toBe('scan-code');
    const text = codeOf(await customer());
    expect(text).toMatch(/^https?:\/\//);
    expect(wait?.show).toMatchObject({ code: { text } });
    expect(wait?.show?.leftMs).toBeGreaterThan(500_000);
    expect(wait?.show?.leftMs).toBeLessThanOrEqual(600_000);
    await vipps.approve();
    const paid = await paymentIn(till, attemptId, 'paid');
    expect(paid.wait?.show).toBeNull();
    expect(codeOf(await customer())).toBe('');
    const { answers: _answers, events: _events, ...files } = till.everythingSaid();
    for (const [name, content] of Object.entries(files)) expect(content.includes(text), name).toBe(false);
  });

  test('VIPPS-05 VIPPS-10 after a restart the same payment shows its code again, and is taken once', async () => {
    const { attemptId } = await waiting();
    const text = codeOf(await customer());
    await till.restart();
    await till.signIn('Sofie Dahl');
    for (let waited = 0; codeOf(await customer()) === '' && waited < 200; waited += 1) await new Promise((resolve) => setTimeout(resolve, 25));
    expect(codeOf(await customer())).toBe(text);
    await vipps.approve();
    await paymentIn(till, attemptId, 'paid');
    expect((await vipps.state()).payments.filter(({ state }) => state === 'CREATED')).toEqual([]);
  });

  test('VIPPS-05 an ignored code runs out: its payment has come to nothing, and another has another reference', async () => {
    const first = await waiting();
    await vipps.advance(601_000);
    const over = await paymentIn(till, first.attemptId, 'expired');
    expect(over.wait?.show).toBeNull();
    await clearCounter(till);
    const { attemptId } = await waiting();
    const references = (await vipps.state()).payments.map(({ reference }) => reference);
    expect(new Set(references).size).toBe(references.length);
    await till.call('payment.cancel', { attemptId });
    await paymentIn(till, attemptId, 'cancelled');
  });
});

describe('a request to a phone number', () => {
  test('VIPPS-07 the number goes to the provider and is kept nowhere: no log, no journal, no file, no answer', async () => {
    const { attemptId, wait } = await waiting({ way: 'push', told: '040 765 43 21' });
    expect([wait?.act, wait?.show]).toEqual(['confirm-in-app', null]);
    await vipps.approve();
    await paymentIn(till, attemptId, 'paid');
    for (const [name, content] of Object.entries(till.everythingSaid())) expect(/40 ?765 ?43 ?21/.test(content), name).toBe(false);
  });

  test('VIPPS-07 a number that looks like none is asked for again; one that no payer has is said neutrally', async () => {
    const due = await sellOne(till);
    expect(await start(due, { way: 'push', told: 'Aino' })).toMatchObject({ ok: false, error: { code: 'told-wrong' } });
    expect(await start(due, { way: 'push' })).toMatchObject({ ok: false, error: { code: 'told-wrong' } });
    expect(await start(due, { way: 'letter', told: '0407654321' })).toMatchObject({ ok: false, error: { code: 'tender-not-usable' } });
    await vipps.options({ options: { notUsers: ['358407654322'] } });
    const begun = await start(due, { way: 'push', told: '0407654322' });
    const over = await paymentIn(till, begun.ok ? begun.value.attemptId : '', 'not-started');
    expect(over.wait?.problem).toMatchObject({ code: 'rejected', providerCode: '7010', say: { en: expect.stringMatching(/^This number cannot be used to pay/) as string } });
  });

  test('the customer types it: the question stands until it is right, and the payment begins by itself', async () => {
    const amountMinor = await sellOne(till);
    expect(await tell('0407654321')).toMatchObject({ ok: false, error: { code: 'nothing-asked' } });
    await till.call('payment.ask-customer', { requestId: `ways-${(serial += 1)}`, tenderId: 'vipps', amountMinor, way: 'push' });
    expect(await customer()).toMatchObject({ kind: 'asking', amountMinor, field: { ask: { fi: 'Puhelinnumerosi' } } });
    expect(await tell('12')).toMatchObject({ ok: false, error: { code: 'told-wrong' } });
    expect((await customer()).kind).toBe('asking');
    expect(await tell('0407654323')).toMatchObject({ ok: true, value: {} });
    const begun = await till.call('payment.current', {});
    await paymentIn(till, begun?.attemptId ?? '', 'waiting');
    expect((await customer()).kind).toBe('paying');
    await vipps.approve();
    await paymentIn(till, begun?.attemptId ?? '', 'paid');
  });

  test('the cashier takes the question back, and what is typed then begins nothing', async () => {
    const amountMinor = await sellOne(till);
    await till.call('payment.ask-customer', { requestId: `ways-${(serial += 1)}`, tenderId: 'vipps', amountMinor, way: 'push' });
    await till.call('payment.stop-asking', {});
    expect((await customer()).kind).toBe('selling');
    expect(await tell('0407654321')).toMatchObject({ ok: false, error: { code: 'nothing-asked' } });
    expect(await till.call('payment.current', {})).toBeNull();
    expect(await till.try('payment.ask-customer', { requestId: 'ways-qr', tenderId: 'vipps', amountMinor, way: 'qr' })).toMatchObject({ ok: false, error: { code: 'nothing-asked' } });
  });

  test('an account that is not approved for it offers the code alone', async () => {
    const ways = async () => (await till.sale()).tenders.find(({ id }) => id === 'vipps')?.ways.map(({ id }) => id);
    await sellOne(till);
    expect(await ways()).toEqual(['qr', 'push']);
    const provider = (await till.call('provider.list', {})).find(({ description }) => description.kind === 'vipps');
    await till.call('provider.save-account', { kind: 'vipps', settings: { ...provider?.account?.settings, push: 'no' }, secrets: {} });
    expect(await ways()).toEqual(['qr']);
    expect(await till.try('provider.save-account', { kind: 'vipps', settings: { ...provider?.account?.settings, api: 'ecom' }, secrets: {} })).toMatchObject({ ok: false, error: { code: 'setting-invalid' } });
    expect(await till.try('provider.save-account', { kind: 'vipps', settings: { ...provider?.account?.settings, qrPicture: 'woodcut' }, secrets: {} })).toMatchObject({ ok: false, error: { code: 'setting-invalid' } });
    await till.call('provider.save-account', { kind: 'vipps', settings: { ...provider?.account?.settings }, secrets: {} });
  });
});

describe('a sale to a customer who is somewhere else', () => {
  test('only tenders that reach them are left, the provider is told, the receipt and the report say it', async () => {
    const article = await newArticle(till, 'Lahjakori', 'Lahjat', 4_900, 'standard');
    await till.call('sale.set-distance', { distance: true });
    await till.call('sale.add-article', { articleId: article });
    const tenders = (await till.sale()).tenders.map(({ id, usable, reason }) => [id, usable, reason]);
    expect(tenders).toEqual([['cash', false, 'not-at-distance'], ['card', true, null], ['seqr', false, 'not-registered'], ['vipps', true, null]]);
    expect((await till.sale()).tenders.at(-1)?.ways.map(({ id }) => id)).toEqual(['push']);
    expect(await start(4_900, { way: 'qr' })).toMatchObject({ ok: false, error: { code: 'tender-not-usable', detail: { reason: 'not-at-distance' } } });
    const begun = await start(4_900, { told: '0407654325' });
    const { attemptId } = await paymentIn(till, begun.ok ? begun.value.attemptId : '', 'waiting');
    expect(await till.try('sale.set-distance', { distance: false })).toMatchObject({ ok: false, error: { code: 'receipt-has-payments' } });
    const sent = (await (await fetch(`${till.app.sandboxes()['vipps']?.control ?? ''}/requests`)).json()) as readonly { readonly operation: string; readonly body: string }[];
    expect(JSON.parse(sent.findLast(({ operation }) => operation === 'create')?.body ?? '{}')).toMatchObject({ customerInteraction: 'CUSTOMER_NOT_PRESENT', userFlow: 'PUSH_MESSAGE' });
    await vipps.approve();
    const paid = await paymentIn(till, attemptId, 'paid');
    expect((await till.sale()).distance).toBe(false);
    expect(JSON.stringify(await till.call('receipt.paper', { receiptId: paid.receiptId }))).toContain('Etämyyntinä');
    // Compulsory then: the goods stand in the customer's app.
    for (let waited = 0; (await vipps.receipts()).at(-1)?.receipt.orderLines[0]?.name !== 'Lahjakori' && waited < 200; waited += 1) await new Promise((resolve) => setTimeout(resolve, 25));
    expect((await vipps.receipts()).at(-1)?.receipt.orderLines).toMatchObject([{ name: 'Lahjakori', totalAmount: 4_900 }]);
    await closeShift(till);
    await till.call('report.z', {});
    expect((await storedReports(till)).at(-1)?.figures.distanceSales).toEqual({ count: 1, amountMinor: 4_900 });
  });
});
