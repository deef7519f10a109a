import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkProvider, type PaymentProvider, type ProviderLink, type Settings, type SoldReceipt } from '../../core/payments/provider.ts';
import { providerDescription } from '../../contract/providers.ts';
import { minor } from '../../core/money.ts';
import type { PaymentOrder } from '../../core/payments/order.ts';
import { hasVippsFiles, openVippsSpecifications } from '../../testing/vipps-specifications.ts';
import { dataOf, openVipps, otherStore, store, taken, type VippsRig } from '../../testing/vipps.ts';

/* What the adapter does besides payments: receipts, books, customers, checks and the choice of a sales unit. */
let rig: VippsRig;
let vipps: PaymentProvider;

beforeAll(async () => {
  rig = await openVipps();
  vipps = rig.provider();
});
afterAll(() => rig.close());
beforeEach(() => rig.hands.noFaults());

async function paid(settings: Settings = {}, amountMinor = 10_000): Promise<{ readonly order: PaymentOrder; readonly data: Settings }> {
  const of = rig.provider(settings);
  const link = rig.link(settings);
  const order = rig.order(amountMinor);
  const data = dataOf(await of.start(link, order));
  await rig.phone('approve', order);
  const held = dataOf(await of.poll(link, order, data));
  if (!of.capture) throw new Error('no capture');
  return { order, data: taken(await of.capture(link, order, held)).data };
}

const receipt: SoldReceipt = {
  number: '1042',
  registerName: 'Kasse 2',
  currency: 'NOK',
  totalMinor: minor(9_222),
  lines: [
    { name: 'Sokker', code: '2900000000018', unit: 'piece', quantityMilli: 3_000, unitPriceMinor: minor(2_500), discountMinor: minor(500), totalMinor: minor(7_000), vatMinor: minor(1_400), vatRateBasisPoints: 2_500 },
    { name: 'Epler', code: '2900000000025', unit: 'kg', quantityMilli: 742, unitPriceMinor: minor(5_691), discountMinor: minor(0), totalMinor: minor(4_222), vatMinor: minor(551), vatRateBasisPoints: 1_500 },
    { name: 'Sokker', code: '2900000000018', unit: 'piece', quantityMilli: 1_000, unitPriceMinor: minor(2_000), discountMinor: minor(0), totalMinor: minor(-2_000), vatMinor: minor(-400), vatRateBasisPoints: 2_500 },
  ],
  paidOtherwise: { cashMinor: minor(1_000), cardMinor: minor(0), voucherMinor: minor(0) },
};

describe('receipts', () => {
  test('VIPPS-12 the receipt of a sale with a discount and a return is taken, once; a second one is no problem', async () => {
    for (const settings of [{}, { api: 'ecom' }] as readonly Settings[]) {
      const { order, data } = await paid(settings);
      expect(await vipps.sendReceipt?.(rig.link(settings), order, data, receipt)).toBeNull();
      expect(await vipps.sendReceipt?.(rig.link(settings), order, data, receipt)).toBeNull();
      const { receipts } = await rig.hands.state<{ readonly receipts: readonly { readonly orderId: string; readonly receipt: object }[] }>();
      const kept = receipts.filter(({ orderId }) => orderId === order.reference);
      expect(kept).toHaveLength(1);
      expect(kept[0]?.receipt).toMatchObject({ bottomLine: { currency: 'NOK', posId: 'Kasse 2', receiptNumber: '1042', paymentSources: { cash: 1_000 } } });
    }
  });

  test('VIPPS-12 where there is no such service it is not tried for ever; where it is down it is', async () => {
    const { order, data } = await paid();
    for (const [value, code] of [[404, 'not-configured'], [403, 'not-configured'], [500, 'unreachable'], [401, 'unauthorised']] as const) {
      await rig.hands.fault('status', 'receipt', { value, times: value === 401 ? 2 : 1 });
      expect(await vipps.sendReceipt?.(rig.link(), order, data, receipt)).toMatchObject({ code });
    }
    expect(await vipps.sendReceipt?.(rig.link(), order, data, receipt)).toBeNull();
  });
});

describe('the provider’s books', () => {
  test('a day that is over has its sales, refunds, fees and payout, over several pages; one that is not says so', async () => {
    // Midnight UTC is a clean beginning.
    const fresh = await openVipps();
    try {
      const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
      await fresh.advance(Date.parse(day) + 3_600_000 - Date.now());
      const link = fresh.link();
      const provider = fresh.provider();
      const orders: PaymentOrder[] = [];
      for (let number = 0; number < 7; number += 1) {
        const order = fresh.order(10_000);
        const data = dataOf(await provider.start(link, order));
        await fresh.phone('approve', order);
        if (!provider.capture) throw new Error('no capture');
        const answer = taken(await provider.capture(link, order, dataOf(await provider.poll(link, order, data))));
        if (number === 0) await provider.refund(link, fresh.refund(order, answer, 2_500));
        orders.push(order);
      }
      expect(await provider.settlementRows?.(link, day)).toMatchObject({ ok: false, problem: { code: 'unreachable' } });
      await fresh.advance(86_400_000);
      const answer = await provider.settlementRows?.(link, day);
      if (!answer?.ok) throw new Error(JSON.stringify(answer));
      const of = (kind: string) => answer.rows.filter((row) => row.kind === kind);
      expect(of('captured').map(({ reference, amountMinor }) => [reference, amountMinor])).toEqual(orders.map(({ reference }) => [reference, 10_000]));
      expect(of('refunded')).toMatchObject([{ reference: orders[0]?.reference, amountMinor: -2_500, word: 'refund' }]);
      expect(of('fee')).toHaveLength(7);
      expect(of('fee').every(({ amountMinor, reference }) => amountMinor < 0 && reference !== '')).toBe(true);
      // What is paid out is what was taken less what went back and what it cost.
      const sum = (kind: string): number => of(kind).reduce((all, { amountMinor }) => all + amountMinor, 0);
      expect(sum('payout')).toBe(sum('captured') + sum('refunded') + sum('fee'));
      // The other store's keys see their own books.
      expect(await provider.settlementRows?.(fresh.link({}, { keys: otherStore, msn: otherStore.msn }), day)).toEqual({ ok: true, rows: [] });
    } finally {
      await fresh.close();
    }
  }, 30_000);
});

describe('customers', () => {
  test('only what the account asks for and the customer agrees to is told', async () => {
    const plain = await paid();
    expect(await vipps.customerInfo?.(rig.link(), plain.order, plain.data)).toEqual({ ok: true, info: null });
    for (const api of ['epayment', 'ecom']) {
      const settings = { api, userinfo: 'name phoneNumber email address' };
      const { order, data } = await paid(settings);
      // The name to ask by comes a little later than the money.
      expect(await vipps.customerInfo?.(rig.link(settings), order, data)).toEqual({ ok: true, info: null });
      await rig.advance(10_000);
      const answer = await vipps.customerInfo?.(rig.link(settings), order, data);
      expect(answer).toEqual({ ok: true, info: { name: 'Ada Sandnes', email: 'ada@example.com', phoneNumber: '4791234567', address: 'Sandveien 1, 0150 Oslo, Norge' } });
      expect(JSON.stringify(data)).not.toMatch(/Ada|sub/);
    }
    const little = { userinfo: 'name phoneNumber' };
    const { order, data } = await paid(little);
    await rig.advance(10_000);
    expect(await vipps.customerInfo?.(rig.link(little), order, data)).toMatchObject({ ok: true, info: { name: 'Ada Sandnes', email: null, address: null } });
    await rig.advance(169 * 3_600_000);
    expect(await vipps.customerInfo?.(rig.link(little), order, data)).toEqual({ ok: true, info: null });
  });

  test('whoever shares nothing ends the payment', async () => {
    const settings = { userinfo: 'name phoneNumber' };
    await rig.options({ options: { consents: false } });
    const order = rig.order();
    const data = dataOf(await vipps.start(rig.link(settings), order));
    await rig.phone('approve', order);
    expect(await vipps.poll(rig.link(settings), order, data)).toMatchObject({ kind: 'ended', state: 'declined' });
    await rig.options({ options: { consents: true } });
  });
});

describe('checks', () => {
  test('what the sales unit may do, the smallest payment, and the whole cycle', async () => {
    expect(await vipps.check?.(rig.link(), 'sales-unit')).toEqual({ ok: true, facts: { payments: 'yes', push: 'yes', partialCapture: 'yes', lateCapture: 'no', capture: 'RESERVE_CAPTURE' } });
    for (const settings of [{}, { api: 'ecom' }] as readonly Settings[]) {
      expect(await vipps.check?.(rig.link(settings), 'smallest-payment')).toEqual({ ok: true, facts: { created: 'yes', read: 'yes', ended: 'yes' } });
    }
    expect(await vipps.check?.(rig.link({ testPhone: '91234567' }), 'full-cycle')).toEqual({ ok: true, facts: { approved: 'yes', captured: '600', released: '400', refunded: '200' } });
    const { payments } = await rig.hands.state<{ readonly payments: readonly { readonly reference: string; readonly state: string }[] }>();
    expect(payments.filter(({ reference }) => reference.startsWith('check-')).map(({ state }) => state)).toEqual(['TERMINATED', 'TERMINATED', 'AUTHORIZED']);
  });

  test('a check that can’t be made says why', async () => {
    expect(await vipps.check?.(rig.link(), 'full-cycle')).toMatchObject({ ok: false, problem: { code: 'not-configured', providerCode: 'testPhone' } });
    await rig.hands.fault('status', 'sales-unit', { value: 404 });
    expect(await vipps.check?.(rig.link(), 'sales-unit')).toMatchObject({ ok: false, problem: { code: 'not-configured' } });
    await rig.hands.fault('status', 'create', { value: 500 });
    expect(await vipps.check?.(rig.link(), 'smallest-payment')).toMatchObject({ ok: false, problem: { code: 'unreachable' } });
    expect(await vipps.check?.(rig.link(), 'nonsense')).toMatchObject({ ok: false });
    expect(rig.provider({ environment: 'production' }).description.checks?.map(({ id }) => id)).toEqual(['sales-unit', 'smallest-payment']);
    expect(rig.provider({ environment: 'test' }).description.checks?.map(({ id }) => id)).toContain('full-cycle');
  });
});

describe('the sales unit of a register', () => {
  const unchosen = (settings: Settings = {}): ProviderLink => ({ ...rig.link(settings), terminal: null });

  test('it is chosen, the account’s where none is told, and taken away', async () => {
    expect(await vipps.terminalAction(unchosen(), 'choose', { salesUnit: store.msn })).toEqual({ ok: true, terminal: { externalId: store.msn, settings: {}, secrets: {} } });
    expect(await vipps.terminalAction(unchosen(), 'choose', {})).toMatchObject({ ok: true, terminal: { externalId: store.msn } });
    expect(await vipps.terminalAction(unchosen({ merchantSerialNumber: '' }), 'choose', {})).toMatchObject({ ok: false, problem: { code: 'not-configured' } });
    expect(await vipps.terminalAction(rig.link(), 'remove', {})).toEqual({ ok: true, terminal: null });
  });

  test('one that the service says nothing of is taken outside production; a silent service is told', async () => {
    expect(await vipps.terminalAction(unchosen(), 'choose', { salesUnit: '999999' })).toMatchObject({ ok: true });
    await rig.hands.fault('status', 'sales-unit', { value: 500 });
    expect(await vipps.terminalAction(unchosen(), 'choose', {})).toMatchObject({ ok: false, problem: { code: 'unreachable' } });
  });

  test('the demo’s account is read from the sandbox, and nothing else is', async () => {
    const { credentials } = await rig.hands.state<{ readonly credentials: unknown }>();
    expect(vipps.demoAccount('http://127.0.0.1:1', credentials)).toMatchObject({ settings: { environment: 'own', clientId: store.clientId, merchantSerialNumber: store.msn }, secrets: { subscriptionKey: store.subscriptionKey } });
    expect(vipps.demoAccount('http://127.0.0.1:1', { clientId: 'x' })).toBeNull();
  });
});

test('the description is whole in six languages, and capabilities and functions agree', () => {
  for (const settings of [{}, { push: 'yes' }, { api: 'ecom' }] as readonly Settings[]) {
    const provider = rig.provider(settings);
    expect(() => checkProvider(provider)).not.toThrow();
    expect(providerDescription.safeParse(provider.description).error).toBeUndefined();
    for (const field of provider.description.fields) expect(field.pattern === undefined || new RegExp(field.pattern), field.name).toBeTruthy();
  }
});

describe.skipIf(!hasVippsFiles)('the published specifications', () => {
  test('every request of these tests and its answer is as they say', () => {
    const specifications = openVippsSpecifications();
    expect(rig.exchanges.length).toBeGreaterThan(60);
    expect([...new Set(rig.exchanges.flatMap((one) => specifications.check(one)))]).toEqual([]);
  });
});
