import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PaymentOrder } from '../../core/payments/order.ts';
import type { PaymentProvider, ProviderAnswer, ProviderLink, Settings } from '../../core/payments/provider.ts';
import { hasVippsFiles, openVippsSpecifications } from '../../testing/vipps-specifications.ts';
import { dataOf, openVipps, otherStore, partner, taken, type VippsRig } from '../../testing/vipps.ts';

/*
 * The acceptance cases of the dossier (Vipps, section 17) by the adapter against the sandbox, over real HTTP. What went over the wire is
 * kept and checked against the published specifications where they lie beside the project.
 */
let rig: VippsRig;
let vipps: PaymentProvider;

beforeAll(async () => {
  rig = await openVipps();
  vipps = rig.provider({ push: 'yes' });
});
afterAll(() => rig.close());
beforeEach(() => rig.hands.noFaults());

const link = (settings: Settings = {}): ProviderLink => rig.link({ push: 'yes', ...settings });
const capture = (order: PaymentOrder, data: Settings, of: ProviderLink = link()): Promise<ProviderAnswer> => {
  if (!vipps.capture) throw new Error('no capture');
  return vipps.capture(of, order, data);
};

/** From start to the customer's yes. */
async function approved(amountMinor?: number, of: ProviderLink = link()): Promise<{ readonly order: PaymentOrder; readonly data: Settings }> {
  const order = rig.order(amountMinor);
  const data = dataOf(await vipps.start(of, order));
  await rig.phone('approve', { ...order, reference: data['reference'] ?? '' });
  return { order, data: dataOf(await vipps.poll(of, order, data)) };
}

async function paid(amountMinor?: number, of: ProviderLink = link()): Promise<{ readonly order: PaymentOrder; readonly answer: Extract<ProviderAnswer, { kind: 'paid' }> }> {
  const { order, data } = await approved(amountMinor, of);
  return { order, answer: taken(await capture(order, data, of)) };
}

type Sent = readonly { readonly operation: string; readonly headers: Readonly<Record<string, string>>; readonly body: string }[];
const sent = async (): Promise<Sent> => (await (await fetch(`${rig.sandbox.control}/requests`)).json()) as Sent;
const last = async (operation: string): Promise<Sent[number]> => {
  const found = (await sent()).findLast((one) => one.operation === operation);
  if (!found) throw new Error(`${operation} was never asked for`);
  return found;
};

describe('acceptance', () => {
  test('VIPPS-01 the token is cached, shared by who asks meanwhile, fetched once more on a 401, and each call carries all its headers', async () => {
    const fresh = rig.provider();
    const before = await rig.hands.asked('token');
    const orders = [rig.order(), rig.order(), rig.order()];
    await Promise.all(orders.map((order) => fresh.poll(link(), order, {})));
    expect(await rig.hands.asked('token')).toBe(before + 1);

    await rig.hands.fault('status', 'get', { value: 401 });
    expect(await fresh.poll(link(), rig.order(), {})).toMatchObject({ kind: 'refused', problem: { providerCode: '5090' } });
    expect(await rig.hands.asked('token')).toBe(before + 2);
    await rig.hands.fault('status', 'get', { value: 401, times: 2 });
    expect(await fresh.poll(link(), rig.order(), {})).toMatchObject({ kind: 'unknown', problem: { code: 'unauthorised' } });

    // Sandbox tokens live for an hour; a tenth of it before the end a new one is fetched.
    const asked = await rig.hands.asked('token');
    await rig.advance(50 * 60_000);
    await fresh.poll(link(), rig.order(), {});
    expect(await rig.hands.asked('token')).toBe(asked);
    await rig.advance(5 * 60_000);
    await fresh.poll(link(), rig.order(), {});
    expect(await rig.hands.asked('token')).toBe(asked + 1);

    await paid();
    for (const { operation, headers } of (await sent()).filter((one) => one.operation !== 'qr-image' && one.operation !== 'unknown')) {
      expect(headers, operation).toMatchObject({
        'merchant-serial-number': '240001', 'ocp-apim-subscription-key': 'key-of-store-a',
        'vipps-system-name': 'Kassa', 'vipps-system-version': '1.2.3', 'vipps-system-plugin-name': 'kassa-pos', 'vipps-system-plugin-version': '1.2.3',
      });
      if (operation !== 'token') expect(headers['authorization']).toMatch(/^Bearer \S+$/);
      if (['create', 'capture', 'refund', 'cancel'].includes(operation)) expect(headers['idempotency-key']).toMatch(/^.{8,50}$/);
    }
  });

  test('VIPPS-02 a QR sale: the picture is shown, the customer approves, the whole is captured', async () => {
    const order = rig.order();
    const started = await vipps.start(link(), order);
    expect(started).toMatchObject({ kind: 'waiting', cancellable: true });
    const leftMs = (started.kind === 'waiting' ? (started.show?.untilMs ?? 0) : 0) - Date.parse(order.at);
    expect(leftMs).toBeGreaterThanOrEqual(599_000);
    expect(leftMs).toBeLessThanOrEqual(601_000);
    expect(JSON.parse((await last('create')).body)).toMatchObject({ customerInteraction: 'CUSTOMER_PRESENT', userFlow: 'QR', qrFormat: { format: 'IMAGE/PNG' }, reference: order.reference });
    expect(started.kind === 'waiting' && started.show && 'png' in started.show.code ? started.show.code.png.slice(0, 11) : '').toBe('iVBORw0KGgo');
    const data = dataOf(started);
    expect(await vipps.poll(link(), order, data)).toEqual({ kind: 'waiting', cancellable: true, data });
    await rig.phone('approve', order);
    const held = await vipps.poll(link(), order, data);
    expect(held).toMatchObject({ kind: 'approved', amountMinor: 4_290, currency: 'NOK', ownReference: order.reference });
    const done = await capture(order, dataOf(held));
    expect(done).toMatchObject({ kind: 'paid', amountMinor: 4_290, ownReference: order.reference, reference: order.reference });
    expect(await vipps.poll(link(), order, dataOf(done))).toMatchObject({ kind: 'paid', amountMinor: 4_290, reference: order.reference });
    expect(await vipps.confirm(link(), order, dataOf(done))).toBeNull();
  });

  test('VIPPS-02 the code can be drawn here instead, and a distance sale says that nobody is present', async () => {
    const order = rig.order(500, { distance: true });
    const started = await vipps.start(link({ qrPicture: 'text' }), order);
    expect(started.kind === 'waiting' && started.show && 'text' in started.show.code ? started.show.code.text : '').toMatch(/^https:\/\/qr\.vipps\.no\//);
    expect(JSON.parse((await last('create')).body)).toMatchObject({ customerInteraction: 'CUSTOMER_NOT_PRESENT', qrFormat: { format: 'TEXT/TARGETURL' } });
  });

  test('VIPPS-04 a lost answer: the same key is the same payment, and its code is shown again', async () => {
    const order = rig.order();
    await rig.hands.fault('drop-answer', 'create');
    expect(await vipps.start(link(), order)).toMatchObject({ kind: 'unknown', problem: { code: 'unreachable' } });
    const found = await vipps.poll(link(), order, {});
    expect(found).toMatchObject({ kind: 'waiting', show: { code: { png: expect.any(String) as string } } });
    // Once it is with the engine it is not fetched each second.
    expect(await vipps.poll(link(), order, dataOf(found))).not.toHaveProperty('show');
    // A program that was started again has forgotten it.
    expect(await rig.provider({ push: 'yes' }).poll(link(), order, dataOf(found))).toMatchObject({ kind: 'waiting', show: { code: { png: expect.any(String) as string } } });
    expect(await vipps.start(link(), order)).toMatchObject({ kind: 'waiting', data: { reference: order.reference } });
    const { payments } = await rig.hands.state<{ readonly payments: readonly { readonly reference: string }[] }>();
    expect(payments.filter(({ reference }) => reference === order.reference)).toHaveLength(1);
  });

  test('VIPPS-04 a start that never arrived is proven nothing, and a later try of one that may have arrived proves nothing', async () => {
    const lost = rig.order();
    await rig.hands.fault('drop-request', 'create');
    expect((await vipps.start(link(), lost)).kind).toBe('unknown');
    expect(await vipps.poll(link(), lost, {})).toMatchObject({ kind: 'refused', problem: { providerCode: '5090' } });
    // The network is gone: this try never left, the first one may still arrive.
    const gone = { ...link(), account: { ...link().account, settings: { ...link().account.settings, baseUrl: 'http://127.0.0.1:1' } } };
    expect((await vipps.start(gone, lost)).kind).toBe('unknown');
    expect(await vipps.start(gone, rig.order())).toMatchObject({ kind: 'refused', problem: { code: 'unreachable' } });
  });

  test('VIPPS-04 a push that may still be on its way is not believed to be nothing', async () => {
    const push = rig.order(1_000, { way: 'push' });
    await rig.hands.fault('drop-request', 'create');
    expect((await vipps.start(link(), push, '91234567')).kind).toBe('unknown');
    // Just now the engine would send it again.
    expect((await vipps.poll(link(), push, {})).kind).toBe('refused');
    await rig.advance(13_000);
    expect(await vipps.poll(link(), push, {})).toMatchObject({ kind: 'unknown', problem: { code: 'unreachable' } });
    await rig.advance(47_000);
    expect((await vipps.poll(link(), push, {})).kind).toBe('refused');
  });

  test('VIPPS-05 the customer says no, or nothing for ten minutes: each is told, and a reference is never used twice', async () => {
    const no = rig.order();
    const data = dataOf(await vipps.start(link(), no));
    await rig.phone('decline', no);
    expect(await vipps.poll(link(), no, data)).toMatchObject({ kind: 'ended', state: 'declined' });
    const silent = rig.order();
    const waiting = dataOf(await vipps.start(link(), silent));
    await rig.advance(599_000);
    expect((await vipps.poll(link(), silent, waiting)).kind).toBe('waiting');
    await rig.advance(1_001);
    expect(await vipps.poll(link(), silent, waiting)).toMatchObject({ kind: 'ended', state: 'expired' });
    // The same reference with another amount is no new payment.
    expect((await vipps.start(link(), { ...no, amountMinor: rig.order(9_900).amountMinor })).kind).toBe('unknown');
  });

  test('VIPPS-06 a cashier’s abort that meets the approval loses: the payment is held, taken, and never cancelled', async () => {
    const order = rig.order();
    const data = dataOf(await vipps.start(link(), order));
    await rig.phone('approve', order);
    const met = await vipps.cancel(link(), order, data);
    expect(JSON.parse((await last('cancel')).body)).toEqual({ cancelTransactionOnly: true });
    expect(met).toMatchObject({ kind: 'approved', amountMinor: 4_290 });
    expect((await capture(order, dataOf(met))).kind).toBe('paid');
    expect((await vipps.cancel(link(), order, dataOf(met))).kind).toBe('paid');
  });

  test('VIPPS-06 while the customer confirms nothing can be cancelled; afterwards it can, under another key', async () => {
    const order = rig.order();
    const data = dataOf(await vipps.start(link(), order));
    await rig.phone('confirm', order);
    const refused = await vipps.cancel(link(), order, data);
    expect(refused).toMatchObject({ kind: 'waiting', cancellable: false });
    await rig.phone('cancel', order);
    expect(await vipps.cancel(link(), order, dataOf(refused))).toMatchObject({ kind: 'ended', state: 'cancelled' });
    expect(await vipps.poll(link(), order, data)).toMatchObject({ kind: 'ended', state: 'cancelled' });
    expect(await vipps.release?.(link(), order, data)).toMatchObject({ kind: 'ended' });
  });

  test('VIPPS-07 a push to a number: told in any way, to nobody who has no app, and only where it is approved', async () => {
    const push = (): PaymentOrder => rig.order(1_000, { way: 'push' });
    for (const told of ['91234567', '+47 912 34 567', '0047 91234567']) {
      const order = push();
      expect(await vipps.start(link(), order, told)).toEqual({ kind: 'waiting', cancellable: true, data: { api: 'epayment', reference: order.reference, msn: '240001', environment: 'own' } });
      expect(JSON.parse((await last('create')).body)).toMatchObject({ userFlow: 'PUSH_MESSAGE', customer: { phoneNumber: '4791234567' } });
      await rig.phone('approve', order);
      expect((await vipps.poll(link(), order, {})).kind).toBe('approved');
    }
    await rig.options({ options: { notUsers: ['4799999999'] } });
    const nobody = await vipps.start(link(), push(), '999 99 999');
    expect(nobody).toMatchObject({ kind: 'refused', problem: { code: 'rejected', providerCode: '7010' } });
    expect(JSON.stringify(nobody)).not.toMatch(/9{5}/);
    expect(await vipps.start(link(), push(), 'nonsense')).toMatchObject({ kind: 'refused', problem: { code: 'rejected', providerCode: '4070' } });
    await rig.options({ change: [{ msn: '240001', pushAllowed: false }] });
    expect(await vipps.start(link(), push(), '91234567')).toMatchObject({ kind: 'refused', problem: { code: 'not-configured', providerCode: '5080' } });
    await rig.options({ change: [{ msn: '240001', pushAllowed: true }] });
  });

  test('VIPPS-08 two parts go back, a third that exceeds is refused, and a repeat under its key gives nothing twice', async () => {
    const { order, answer } = await paid(1_000);
    const first = rig.refund(order, answer, 400);
    expect(await vipps.refund(link(), first)).toEqual({ kind: 'refunded', reference: expect.stringMatching(/^\d+$/) as string });
    expect(await vipps.refund(link(), { ...first, repeated: true })).toMatchObject({ kind: 'refunded' });
    expect(await vipps.refund(link(), first)).toMatchObject({ kind: 'refunded' });
    const second = rig.refund(order, answer, 300);
    await rig.hands.fault('drop-answer', 'refund');
    expect((await vipps.refund(link(), second)).kind).toBe('unknown');
    expect((await vipps.refund(link(), { ...second, repeated: true })).kind).toBe('refunded');
    expect(await vipps.refund(link(), rig.refund(order, answer, 301))).toMatchObject({ kind: 'refused', problem: { providerCode: '6150' } });
    // The key is known with another amount: nothing is given back, and nothing is said of the first.
    expect((await vipps.refund(link(), { ...first, amountMinor: rig.order(100).amountMinor })).kind).toBe('unknown');
    expect((await vipps.poll(link(), order, answer.data)).kind).toBe('paid');
    expect((await rig.ledger()).slice(-3).map(({ amountMinor }) => amountMinor)).toEqual([1_000, 400, 300]);
    // Five a minute are taken of each payment.
    await rig.advance(61_000);
    expect((await vipps.refund(link(), rig.refund(order, answer, 300))).kind).toBe('refunded');
    expect(await vipps.poll(link(), order, answer.data)).toMatchObject({ kind: 'ended', state: 'reversed' });
    expect(await vipps.refund(link(), rig.refund(order, answer, 1))).toMatchObject({ kind: 'refused', problem: { code: 'conflict', providerCode: '6180' } });
  });

  test('VIPPS-08 the refusals that the vendor’s own amounts stand for', async () => {
    const { order, answer } = await paid(5_000);
    expect(await vipps.refund(link(), rig.refund(order, answer, 123))).toMatchObject({ kind: 'refused', problem: { code: 'rejected', providerCode: '5100' } });
    expect(await vipps.refund(link(), rig.refund(order, answer, 124))).toMatchObject({ kind: 'refused', problem: { code: 'rejected', providerCode: '6220' } });
  });

  test('VIPPS-09 a refund for another store: by a partner’s keys with its number, by its own keys, by its prefix; else the unit is named', async () => {
    const { order, answer } = await paid(1_000);
    // A: partner keys, the register's own number is another one.
    const byPartner = rig.link({}, { keys: partner, msn: otherStore.msn });
    expect((await vipps.refund(byPartner, rig.refund(order, answer, 100))).kind).toBe('refunded');
    expect((await last('refund')).headers['merchant-serial-number']).toBe('240001');
    // B: the keys of the store that took it.
    expect((await vipps.refund(link(), rig.refund(order, answer, 100))).kind).toBe('refunded');
    // Own keys of another store: the payment looks like none, and which unit was asked is said.
    const stranger = rig.link({}, { keys: otherStore, msn: otherStore.msn });
    expect(await vipps.refund(stranger, rig.refund(order, answer, 100))).toMatchObject({ kind: 'refused', problem: { providerCode: '5090', text: 'sales unit 240001 has no such payment' } });
    expect(await vipps.poll(stranger, order, answer.data)).toMatchObject({ kind: 'refused', problem: { providerCode: '5090' } });
    // C: one number for all stores; the prefix tells whose payment it is, and stays out of our own name of it.
    const oslo = link({ prefix: 'oslo-7' });
    const shared = await paid(1_000, oslo);
    expect(shared.answer).toMatchObject({ ownReference: shared.order.reference, data: { reference: `oslo-7-${shared.order.reference}` } });
    expect((await vipps.refund(link({ prefix: 'bergen' }), rig.refund(shared.order, shared.answer, 100))).kind).toBe('refunded');
    expect((await vipps.refund(oslo, rig.refund(shared.order, { ...shared.answer, data: {} }, 100))).kind).toBe('refunded');
  });

  test('VIPPS-10 after a crash between approval and capture the poll finds it held; it is captured once, or let go once', async () => {
    const crashed = await approved();
    const again = rig.provider({ push: 'yes' });
    const found = await again.poll(link(), crashed.order, {});
    expect(found).toMatchObject({ kind: 'approved', amountMinor: 4_290 });
    await rig.hands.fault('drop-answer', 'capture');
    expect((await again.capture?.(link(), crashed.order, dataOf(found)))?.kind).toBe('unknown');
    expect((await again.capture?.(link(), crashed.order, dataOf(found)))?.kind).toBe('paid');
    const letGo = await approved();
    await rig.hands.fault('drop-answer', 'cancel');
    expect((await again.release?.(link(), letGo.order, {}))?.kind).toBe('unknown');
    expect(await again.release?.(link(), letGo.order, {})).toMatchObject({ kind: 'ended', state: 'released' });
    expect(await again.poll(link(), letGo.order, {})).toMatchObject({ kind: 'ended', state: 'released' });
    expect(await again.capture?.(link(), letGo.order, {})).toMatchObject({ kind: 'ended', state: 'released' });
    expect((await rig.ledger()).filter(({ amountMinor }) => amountMinor === 4_290).length).toBeGreaterThan(0);
  });

  test('VIPPS-11 429, 423 and 500 during capture: the same key again, a limit is kept, and GET tells the end', async () => {
    const { order, data } = await approved();
    for (const value of [423, 500]) {
      await rig.hands.fault('status', 'capture', { value });
      expect(await capture(order, data)).toMatchObject({ kind: 'unknown', problem: { code: value === 423 ? 'rate-limited' : 'unreachable' } });
    }
    await rig.hands.fault('status', 'capture', { value: { status: 429, retryAfter: 3 } });
    expect(await capture(order, data)).toMatchObject({ kind: 'unknown', problem: { code: 'rate-limited' } });
    const asked = await rig.hands.asked('capture');
    expect(await capture(order, data)).toMatchObject({ kind: 'unknown', problem: { code: 'rate-limited' } });
    expect(await rig.hands.asked('capture')).toBe(asked);
    await rig.advance(3_001);
    // It is carried out, and answered 500 all the same.
    await rig.hands.fault('late-status', 'capture', { value: 500 });
    expect((await capture(order, data)).kind).toBe('unknown');
    expect(await vipps.poll(link(), order, data)).toMatchObject({ kind: 'paid', amountMinor: 4_290 });
    const keys = new Set((await sent()).filter((one) => one.operation === 'capture' && one.headers['idempotency-key']?.startsWith(order.reference)).map(({ headers }) => headers['idempotency-key']));
    expect(keys.size).toBe(1);
  });

  test('VIPPS-11 a refund that is locked is tried again, and a capture that is refused is told as the payment stands', async () => {
    const { order, answer } = await paid(1_000);
    const locked = rig.refund(order, answer, 500);
    await rig.hands.fault('error-code', 'refund', { value: { code: '6160' } });
    expect(await vipps.refund(link(), locked)).toEqual({ kind: 'waiting', data: {} });
    expect((await vipps.refund(link(), { ...locked, repeated: true })).kind).toBe('refunded');
    expect((await capture(order, answer.data)).kind).toBe('paid');
    const held = await approved();
    await rig.hands.fault('error-code', 'capture', { value: { code: '6140' } });
    expect(await capture(held.order, held.data)).toMatchObject({ kind: 'refused', problem: { providerCode: '6140' } });
    expect(await vipps.release?.(link(), held.order, held.data)).toMatchObject({ kind: 'ended', state: 'released' });
  });
});

describe('what else can happen', () => {
  test('another amount than was asked for is told as it is', async () => {
    const { order, data } = await approved(2_000);
    await rig.hands.fault('other-amount', 'get', { value: 100 });
    expect(await vipps.poll(link(), order, data)).toMatchObject({ kind: 'approved', amountMinor: 2_100 });
  });

  test('wrong credentials begin nothing, and are told from a service that is not there', async () => {
    const wrong = rig.link({}, { keys: { clientId: 'client-a', clientSecret: 'wrong', subscriptionKey: 'key-of-store-a' } });
    expect(await vipps.test(wrong)).toMatchObject({ code: 'unauthorised' });
    expect(await vipps.start(wrong, rig.order())).toMatchObject({ kind: 'refused', problem: { code: 'unauthorised' } });
    expect(await vipps.test(link())).toBeNull();
    expect(await vipps.test(rig.link({ baseUrl: 'http://127.0.0.1:1' }))).toMatchObject({ code: 'unreachable' });
  });

  test('a state that nobody knows is not final, and no secret, number or code is in what is written down', async () => {
    const order = rig.order(1_000, { way: 'push' });
    const answers: ProviderAnswer[] = [await vipps.start(link(), order, '91234567')];
    answers.push(await vipps.poll(link(), order, {}));
    const shown = await vipps.start(link({ qrPicture: 'text' }), rig.order());
    const said = JSON.stringify([...answers, { ...shown, show: undefined }]);
    expect(said).not.toMatch(/91234567|qr\.vipps|secret-of|key-of|token|eyJ/);
  });
});

describe.skipIf(!hasVippsFiles)('the published specifications', () => {
  test('every request of these tests and its answer is as they say', () => {
    const specifications = openVippsSpecifications();
    expect(rig.exchanges.length).toBeGreaterThan(100);
    expect([...new Set(rig.exchanges.flatMap((one) => specifications.check(one)))]).toEqual([]);
  });
});
