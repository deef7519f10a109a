import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PaymentOrder } from '../../core/payments/order.ts';
import type { PaymentProvider, ProviderAnswer, ProviderLink, Settings } from '../../core/payments/provider.ts';
import { hasVippsFiles, openVippsSpecifications } from '../../testing/vipps-specifications.ts';
import { dataOf, openVipps, otherStore, store, taken, type VippsRig } from '../../testing/vipps.ts';

/* eCom v2 with its QR API (Vipps, sections 3 and 4), which accounts that have not moved to ePayment are still on. */
let rig: VippsRig;
let vipps: PaymentProvider;

const settings: Settings = { api: 'ecom', push: 'yes', fallBack: 'https://www.example.com/', callbackPrefix: 'https://pos.example.com/vipps/' };
const link = (more: Settings = {}): ProviderLink => rig.link({ ...settings, ...more });

beforeAll(async () => {
  rig = await openVipps();
  vipps = rig.provider(settings);
});
afterAll(() => rig.close());
beforeEach(() => rig.hands.noFaults());

const capture = (order: PaymentOrder, data: Settings): Promise<ProviderAnswer> => {
  if (!vipps.capture) throw new Error('no capture');
  return vipps.capture(link(), order, data);
};

async function approved(amountMinor?: number): Promise<{ readonly order: PaymentOrder; readonly data: Settings }> {
  const order = rig.order(amountMinor);
  const data = dataOf(await vipps.start(link(), order));
  await rig.phone('approve', order);
  return { order, data: dataOf(await vipps.poll(link(), order, data)) };
}

type Sent = { readonly headers: Readonly<Record<string, string>>; readonly body: string };
const last = async (operation: string): Promise<Sent> => {
  const all = (await (await fetch(`${rig.sandbox.control}/requests`)).json()) as readonly (Sent & { readonly operation: string })[];
  const found = all.findLast((one) => one.operation === operation);
  if (!found) throw new Error(`${operation} was never asked for`);
  return found;
};

describe('acceptance', () => {
  test('VIPPS-03 initiate, code, scanned, reserved, captured', async () => {
    const order = rig.order();
    const started = await vipps.start(link(), order);
    expect(JSON.parse((await last('ecom-initiate')).body)).toEqual({
      customerInfo: {},
      merchantInfo: { merchantSerialNumber: '240001', callbackPrefix: 'https://pos.example.com/vipps', fallBack: 'https://www.example.com/', isApp: false, paymentType: 'eComm Regular Payment' },
      transaction: { orderId: order.reference, amount: 4_290, transactionText: 'Fjordgløtt Handel', skipLandingPage: false },
    });
    expect((await last('qr')).headers['accept']).toBe('image/png');
    expect(started.kind === 'waiting' && started.show && 'png' in started.show.code ? started.show.code.png.slice(0, 11) : '').toBe('iVBORw0KGgo');
    const data = dataOf(started);
    expect(await vipps.poll(link(), order, data)).toEqual({ kind: 'waiting', cancellable: true, data });
    await rig.phone('scan', order);
    expect((await vipps.poll(link(), order, data)).kind).toBe('waiting');
    await rig.phone('approve', order);
    const held = await vipps.poll(link(), order, data);
    expect(held).toMatchObject({ kind: 'approved', amountMinor: 4_290, currency: 'NOK', ownReference: order.reference });
    const done = taken(await capture(order, dataOf(held)));
    expect(done).toMatchObject({ amountMinor: 4_290, reference: order.reference });
    expect((await last('ecom-capture')).headers['x-request-id']).toMatch(/^.{8,40}$/);
    expect(taken(await capture(order, done.data)).reference).toBe(done.reference);
  });

  test('VIPPS-03 the code as a text, and a unit that takes money at once', async () => {
    const text = await vipps.start(link({ qrPicture: 'text' }), rig.order());
    expect(text.kind === 'waiting' && text.show && 'text' in text.show.code ? text.show.code.text : '').toMatch(/^https:\/\/qr\.vipps\.no\//);
    await rig.options({ change: [{ msn: '240001', directCapture: true }] });
    const order = rig.order();
    const data = dataOf(await vipps.start(link(), order));
    await rig.phone('approve', order);
    await rig.options({ change: [{ msn: '240001', directCapture: false }] });
    expect(await vipps.poll(link(), order, data)).toMatchObject({ kind: 'paid', amountMinor: 4_290 });
  });

  test('VIPPS-04 a lost initiation: its address is nobody’s any more, so it is ended, unless a customer is in it', async () => {
    const lost = rig.order();
    await rig.hands.fault('drop-answer', 'ecom-initiate');
    expect((await vipps.start(link(), lost)).kind).toBe('unknown');
    const found = await vipps.poll(link(), lost, {});
    expect(found.kind).toBe('prepared');
    expect(await vipps.cancel(link(), lost, dataOf(found))).toMatchObject({ kind: 'ended', state: 'cancelled' });
    expect(await vipps.poll(link(), lost, dataOf(found))).toMatchObject({ kind: 'ended', state: 'cancelled' });
    // The same orderId again is refused by the service, and that proves nothing of the first.
    expect(await vipps.start(link(), lost)).toMatchObject({ kind: 'unknown', problem: { code: 'conflict', providerCode: '34' } });
    await rig.hands.fault('drop-request', 'ecom-initiate');
    const never = rig.order();
    expect((await vipps.start(link(), never)).kind).toBe('unknown');
    expect(await vipps.poll(link(), never, {})).toMatchObject({ kind: 'refused', problem: { providerCode: '35' } });
    // After a restart with the code scanned already it goes on.
    const scanned = rig.order();
    const data = dataOf(await vipps.start(link(), scanned));
    await rig.phone('scan', scanned);
    expect((await rig.provider(settings).poll(link(), scanned, data)).kind).toBe('waiting');
  });

  test('VIPPS-04 the code could not be fetched: the next question tries again', async () => {
    const order = rig.order();
    await rig.hands.fault('status', 'qr', { value: 500 });
    const started = await vipps.start(link(), order);
    expect(started).toMatchObject({ kind: 'waiting' });
    expect(started).not.toHaveProperty('show');
    expect(await vipps.poll(link(), order, dataOf(started))).toHaveProperty('show');
  });

  test('VIPPS-05 the customer’s no, and ten minutes of nothing: never before them', async () => {
    const no = rig.order();
    const data = dataOf(await vipps.start(link(), no));
    await rig.phone('decline', no);
    expect(await vipps.poll(link(), no, data)).toMatchObject({ kind: 'ended', state: 'cancelled' });
    const refusedCard = rig.order();
    const waiting = dataOf(await vipps.start(link(), refusedCard));
    await rig.phone('approve', refusedCard, { money: 'refused' });
    expect((await vipps.poll(link(), refusedCard, waiting)).kind).toBe('waiting');
    await rig.advance(601_000);
    expect((await vipps.poll(link(), refusedCard, waiting)).kind).toBe('waiting');
    expect(await vipps.cancel(link(), refusedCard, waiting)).toMatchObject({ kind: 'waiting', cancellable: false });
    await rig.advance(60_000);
    expect(await vipps.poll(link(), refusedCard, waiting)).toMatchObject({ kind: 'ended', state: 'expired' });
  });

  test('VIPPS-05 a clock that is set ahead makes nothing over: who pays then has paid', async () => {
    const order = rig.order();
    const data = dataOf(await vipps.start(link(), order));
    rig.setClock(7_200_000);
    expect(await vipps.poll(link(), order, data)).toMatchObject({ kind: 'waiting' });
    await rig.phone('approve', order);
    expect(await vipps.poll(link(), order, data)).toMatchObject({ kind: 'approved' });
    rig.setClock(-7_200_000);
  });

  test('VIPPS-06 a cancel that meets the approval loses; while the customer confirms it waits', async () => {
    const order = rig.order();
    const data = dataOf(await vipps.start(link(), order));
    await rig.phone('confirm', order);
    const refused = await vipps.cancel(link(), order, data);
    expect(refused).toMatchObject({ kind: 'waiting', cancellable: false });
    await rig.phone('approve', order);
    const met = await vipps.cancel(link(), order, dataOf(refused));
    expect(met.kind).toBe('approved');
    expect((await capture(order, dataOf(met))).kind).toBe('paid');
    expect((await vipps.cancel(link(), order, dataOf(met))).kind).toBe('paid');
  });

  test('VIPPS-07 a push to a Norwegian number, to nobody, and where it is not approved', async () => {
    const push = (): PaymentOrder => rig.order(1_000, { way: 'push' });
    const order = push();
    expect(await vipps.start(link(), order, '+47 912 34 567')).toEqual({ kind: 'waiting', cancellable: true, data: { api: 'ecom', reference: order.reference, msn: '240001', environment: 'own' } });
    expect(JSON.parse((await last('ecom-initiate')).body)).toMatchObject({ customerInfo: { mobileNumber: '91234567' }, transaction: { skipLandingPage: true } });
    await rig.phone('approve', order);
    expect((await vipps.poll(link(), order, {})).kind).toBe('approved');
    await rig.options({ options: { notUsers: ['99999999'] } });
    expect(await vipps.start(link(), push(), '99999999')).toMatchObject({ kind: 'refused', problem: { code: 'rejected', providerCode: '81' } });
    expect(await vipps.start(link(), push(), '+46701234567')).toMatchObject({ kind: 'refused', problem: { providerCode: 'mobileNumber' } });
    await rig.options({ change: [{ msn: '240001', pushAllowed: false }] });
    expect(await vipps.start(link(), push(), '91234567')).toMatchObject({ kind: 'refused', problem: { code: 'not-configured', providerCode: '38' } });
    await rig.options({ change: [{ msn: '240001', pushAllowed: true }] });
  });

  test('VIPPS-08 parts go back by eCom, less than a krone by ePayment, and an account that has moved on still finds its old payments', async () => {
    const { order, data } = await approved(1_000);
    const paid = taken(await capture(order, data));
    const first = rig.refund(order, paid, 400);
    await rig.hands.fault('drop-answer', 'ecom-refund');
    expect((await vipps.refund(link(), first)).kind).toBe('unknown');
    expect(await vipps.refund(link(), { ...first, repeated: true })).toMatchObject({ kind: 'refunded', reference: expect.stringMatching(/^\d+$/) as string });
    expect(await vipps.refund(link(), first)).toMatchObject({ kind: 'refunded', reference: expect.stringMatching(/^\d+$/) as string });
    expect((await vipps.refund(link(), { ...first, amountMinor: rig.order(300).amountMinor })).kind).toBe('unknown');
    expect(await vipps.refund(link(), rig.refund(order, paid, 601))).toMatchObject({ kind: 'refused', problem: { providerCode: '71' } });
    // By now the account is on ePayment: the payment knows by which interface it was made.
    const moved = rig.provider({ api: 'epayment' });
    await rig.advance(61_000);
    expect((await moved.refund(rig.link(), rig.refund(order, paid, 300))).kind).toBe('refunded');
    const small = rig.refund(order, paid, 50);
    await rig.hands.fault('drop-answer', 'refund');
    expect((await moved.refund(rig.link(), small)).kind).toBe('unknown');
    expect((await moved.refund(rig.link(), { ...small, repeated: true })).kind).toBe('refunded');
    // Late money: nothing was written down of it.
    expect((await moved.refund(rig.link(), rig.refund(order, { ...paid, data: {} }, 250))).kind).toBe('refunded');
    expect((await rig.ledger()).slice(-5).map(({ amountMinor }) => amountMinor)).toEqual([1_000, 400, 300, 50, 250]);
    expect(await vipps.refund(link(), rig.refund(order, paid, 100))).toMatchObject({ kind: 'refused', problem: { providerCode: '71' } });
  });

  test('VIPPS-09 another unit’s keys find nothing, and the unit is named', async () => {
    const { order, data } = await approved(1_000);
    const paid = taken(await capture(order, data));
    const stranger = rig.link(settings, { keys: otherStore, msn: otherStore.msn });
    expect(await vipps.refund(stranger, rig.refund(order, paid, 100))).toMatchObject({ kind: 'refused', problem: { providerCode: '35', text: `sales unit ${store.msn} has no such payment` } });
  });

  test('VIPPS-11 a capture that is locked or fails is unknown, and the details tell the end; what is held can be let go', async () => {
    const { order, data } = await approved();
    for (const value of [423, 500]) {
      await rig.hands.fault('status', 'ecom-capture', { value });
      expect((await capture(order, data)).kind).toBe('unknown');
    }
    await rig.hands.fault('late-status', 'ecom-capture', { value: 500 });
    expect((await capture(order, data)).kind).toBe('unknown');
    expect((await vipps.poll(link(), order, data)).kind).toBe('paid');
    const held = await approved();
    expect(await vipps.release?.(link(), held.order, held.data)).toMatchObject({ kind: 'ended', state: 'released' });
    expect(await capture(held.order, held.data)).toMatchObject({ kind: 'ended', state: 'released' });
  });
});

describe('the account', () => {
  test('eCom is for kroner, can’t be tried again, and is ended by the till', () => {
    expect(vipps.checkSettings?.({ api: 'ecom' }, 'EUR')).toBe('api');
    expect(vipps.checkSettings?.({ api: 'ecom' }, 'NOK')).toBeNull();
    expect(vipps.checkSettings?.({ environment: 'own' }, 'NOK')).toBe('baseUrl');
    expect(vipps.capabilities).toMatchObject({ currencies: ['NOK'], retry: 'ask-first', endsAfterMs: 630_000, lateStartMs: null });
    expect(rig.provider({ api: 'ecom' }).capabilities).toMatchObject({ ways: [{ id: 'qr' }] });
    expect(rig.provider({}, 'EUR').capabilities).toMatchObject({ minimumMinor: 1, retry: 'same-reference' });
    expect(rig.provider({ push: 'yes' }).capabilities.ways?.map(({ id }) => id)).toEqual(['qr', 'push']);
  });
});

describe.skipIf(!hasVippsFiles)('the published specifications', () => {
  test('every request of these tests and its answer is as they say', () => {
    const specifications = openVippsSpecifications();
    expect(rig.exchanges.length).toBeGreaterThan(80);
    expect([...new Set(rig.exchanges.flatMap((one) => specifications.check(one)))]).toEqual([]);
  });
});
