import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { disagreements, VippsWire, type Answer, type Json } from '../../testing/vipps-wire.ts';
import { hasVippsFiles } from '../../testing/vipps-specifications.ts';

const dayMs = 86_400_000;
let wire: VippsWire;
beforeEach(async () => {
  wire = await VippsWire.open({ units: [{ msn: '123456', clientId: 'a', clientSecret: 'b', subscriptionKey: 'c', currencies: ['NOK'] }, { msn: '12345', clientId: 'd', clientSecret: 'e', subscriptionKey: 'f' }] });
});
afterEach(() => wire.sandbox.close());

const date = (ms = Date.now()): string => new Date(ms).toISOString().slice(0, 10);
/** The token is over when the clock has been moved by days: a new one is taken each time. */
async function read(path: string): Promise<Answer> {
  return wire.call('GET', path, undefined, { headers: { Authorization: `Bearer ${await wire.newToken()}` } });
}
async function paid(reference: string, amounts: readonly number[], refunded: readonly number[] = [], scope = ''): Promise<void> {
  await wire.post('', { amount: { value: 50_000, currency: 'NOK' }, paymentMethod: { type: 'WALLET' }, reference, userFlow: 'QR', ...(scope ? { profile: { scope } } : {}) });
  await wire.phone('approve', reference);
  for (const value of amounts) await wire.post(`/${reference}/capture`, { modificationAmount: { value, currency: 'NOK' } });
  for (const value of refunded) await wire.post(`/${reference}/refund`, { modificationAmount: { value, currency: 'NOK' } });
}
const rows = (answer: Answer): readonly (readonly unknown[])[] => (answer.body['items'] as readonly Json[]).map((one) => [one['entryType'], one['reference'], one['amount'], one['balanceAfter']]);

describe('reports of an account', () => {
  test('tell each movement, page by page, and close the day with fees and a payout', async () => {
    await paid('order-0001', [10_000, 20_000, 300], [5_000]);
    await paid('order-0002', [40_000, 200]);
    const ledgers = await read('/settlement/v1/ledgers?settlesForRecipientHandles=api:123456');
    const [ledger] = ledgers.body['items'] as readonly Json[];
    expect(ledger).toMatchObject({ currency: 'NOK', settlesForRecipientHandles: ['api:123456'] });
    const path = `/report/v2/ledgers/${String(ledger?.['ledgerId'])}`;
    const today = date();
    const first = await read(`${path}/funds/dates/${today}`);
    expect(first.body).toMatchObject({ hasMore: true, tryLater: true });
    expect((await read(`${path}/funds/dates/${date(Date.now() + dayMs)}`)).status).toBe(404);
    await wire.advance(dayMs);
    const closed = await read(`${path}/funds/dates/${today}`);
    const rest = await read(`${path}/funds/dates/${today}?cursor=${String(closed.body['cursor'])}`);
    expect([closed.body['tryLater'], rest.body['hasMore'], rest.body['cursor']]).toEqual([false, false, undefined]);
    expect([...rows(closed), ...rows(rest)]).toEqual([
      ['capture', 'order-0001', 10_000, 10_000], ['capture', 'order-0001', 20_000, 30_000], ['capture', 'order-0001', 300, 30_300], ['refund', 'order-0001', -5_000, 25_300],
      ['capture', 'order-0002', 40_000, 65_300], ['capture', 'order-0002', 200, 65_500], ['fees-retained', '', -1_234, 64_266], ['scheduled-for-payout', '', -64_266, 0],
    ]);
    const fees = await read(`${path}/fees/dates/${today}`);
    expect(rows(fees).map(([kind, , amount]) => [kind, amount])).toEqual([['capture-fee', -175], ['capture-fee', -350], ['capture-fee', -5], ['capture-fee', -700], ['capture-fee', -4]]);
    expect((await read(`${path}/funds/dates/${date(Date.now() + dayMs)}`)).body).toEqual({ items: [], hasMore: false, tryLater: true });
    expect((await read(`${path}/funds/dates/${today}?cursor=nonsense`)).status).toBe(400);
    expect((await read(`${path}/sales/dates/${today}`)).status).toBe(400);
    expect((await read(`${path}/funds/dates/yesterday`)).status).toBe(400);
  });

  test('are seen by the keys they belong to; a partner turns the pages of all', async () => {
    expect((await read('/report/v2/ledgers/123453/funds/dates/2026-01-01')).status).toBe(404);
    const { partner } = wire.credentials;
    const list = (query: string): Promise<Answer> => wire.call('GET', `/settlement/v1/ledgers${query}`, undefined, { keys: partner, headers: { 'Merchant-Serial-Number': undefined, 'Ocp-Apim-Subscription-Key': undefined } });
    const all = await list('');
    expect((all.body['items'] as readonly Json[]).map(({ ledgerId, currency }) => [ledgerId, currency])).toEqual([['1234561', 'NOK'], ['123451', 'NOK'], ['123452', 'DKK'], ['123453', 'EUR']]);
    expect((await list('?cursor=nonsense')).status).toBe(400);
  });
});

describe('a sales unit', () => {
  test('says what it may do, to its own keys and its partner', async () => {
    await wire.control('/options', { change: [{ pushAllowed: false }] });
    expect((await read('/management/v1/sales-units/123456')).body).toMatchObject({ msn: '123456', configuration: { paymentAllowed: true, captureType: 'RESERVE_CAPTURE', skipLandingPageAllowed: false } });
    expect((await read('/management/v1/sales-units/12345')).status).toBe(404);
    expect((await wire.call('GET', '/management/v1/sales-units/12345', undefined, { keys: wire.credentials.partner, msn: '12345' })).status).toBe(200);
    await wire.control('/options', { change: [{ blocked: true }] });
    expect((await read('/management/v1/sales-units/123456')).status).toBe(404);
  });
});

describe('what a customer shares', () => {
  const info = async (reference: string, headers: Readonly<Record<string, string | undefined>> = {}): Promise<Answer> => {
    await wire.advance(1_000);
    const { sub } = (await wire.get(reference)).body['profile'] as Json;
    return wire.call('GET', `/vipps-userinfo-api/userinfo/${String(sub)}`, undefined, { headers });
  };

  test('comes a moment after the approval, with and without a subscription key, and is gone after a week', async () => {
    await paid('asked-0001', [], [], 'name phoneNumber');
    expect((await wire.get('asked-0001')).body['profile']).toEqual({});
    expect((await info('asked-0001')).body).toMatchObject({ given_name: 'Ada', phone_number: '4791234567' });
    const keyless = await info('asked-0001', { 'Ocp-Apim-Subscription-Key': undefined });
    expect([keyless.status, keyless.body['email']]).toEqual([200, undefined]);
    const { sub } = keyless.body;
    await wire.advance(7 * dayMs);
    expect((await read(`/vipps-userinfo-api/userinfo/${String(sub)}`)).body).toMatchObject({ sub, name: '[Expired]' });
    expect((await read('/vipps-userinfo-api/userinfo/nobody')).status).toBe(404);
  });

  test('is all or nothing: who shares nothing does not pay', async () => {
    for (const reference of ['asked-0001', 'asked-0002']) await wire.post('', { amount: { value: 500, currency: 'NOK' }, paymentMethod: { type: 'WALLET' }, reference, userFlow: 'QR', profile: { scope: 'email' } });
    expect(await wire.phone('approve', 'asked-0001', { consent: false })).toMatchObject({ status: 'ABORTED' });
    await wire.control('/options', { options: { consents: false } });
    expect(await wire.phone('approve', 'asked-0002')).toMatchObject({ status: 'ABORTED' });
  });
});

describe.skipIf(!hasVippsFiles)('the published files', () => {
  test('agree with every answer of these tests, and with every request that was taken', () => expect(disagreements()).toEqual([]));
});
