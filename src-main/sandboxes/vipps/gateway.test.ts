import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { disagreements, systemHeaders, VippsWire, type Answer, type Keys } from '../../testing/vipps-wire.ts';
import { hasVippsFiles } from '../../testing/vipps-specifications.ts';

const keys = (name: string): Keys => ({ clientId: `client-${name}`, clientSecret: `secret-${name}`, subscriptionKey: `key-${name}` });
const [oslo, bergen, partner] = [keys('oslo'), keys('bergen'), keys('partner')];
const seed = { units: [{ msn: '123456', ...oslo, name: 'Oslo' }, { msn: '54321', ...bergen, name: 'Bergen' }, { msn: '777777', ...keys('other') }], partner: { ...partner, units: ['123456', '54321'] } };

let wire: VippsWire;
beforeEach(async () => {
  wire = await VippsWire.open(seed);
});
afterEach(() => wire.sandbox.close());

const token = (headers: Readonly<Record<string, string>>, path = '/accesstoken/get'): Promise<Answer> => wire.raw('POST', path, { ...systemHeaders, ...headers });
const asked = ({ clientId, clientSecret, subscriptionKey }: Keys): Readonly<Record<string, string>> => ({ client_id: clientId, client_secret: clientSecret, 'Ocp-Apim-Subscription-Key': subscriptionKey });
const payment = (reference: string): object => ({ amount: { value: 5000, currency: 'NOK' }, paymentMethod: { type: 'WALLET' }, reference, userFlow: 'QR' });
const create = (reference: string, by: Keys, msn: string): Promise<Answer> => wire.post('', payment(reference), { keys: by, msn });

describe('the token', () => {
  test('says every number as a text, is found under both spellings, and several live at once', async () => {
    const [one, other] = [await token(asked(oslo)), await token(asked(oslo), '/accessToken/get')];
    expect(Object.values(one.body).map((value) => typeof value)).toEqual(Array.from({ length: 7 }, () => 'string'));
    expect(one.body['expires_in']).toBe('3600');
    expect(one.body['access_token']).not.toBe(other.body['access_token']);
    for (const { body } of [one, other]) expect((await wire.get('nothing-1', { headers: { Authorization: `Bearer ${String(body['access_token'])}` } })).status).toBe(404);
  });

  test('is given for the right keys only', async () => {
    expect((await token({ ...asked(oslo), client_secret: 'wrong' })).status).toBe(401);
    expect((await token({ ...asked(oslo), client_id: 'nobody' })).status).toBe(401);
    expect((await token({ ...asked(oslo), 'Ocp-Apim-Subscription-Key': bergen.subscriptionKey })).status).toBe(401);
    expect((await token({ client_id: oslo.clientId, client_secret: oslo.clientSecret })).status).toBe(401);
    expect((await token({ client_id: oslo.clientId, 'Ocp-Apim-Subscription-Key': oslo.subscriptionKey })).status).toBe(400);
    expect((await wire.raw('POST', '/accesstoken/get', asked(oslo))).status).toBe(400);
    expect((await wire.raw('POST', '/accesstoken/get', { ...systemHeaders, ...asked(oslo) }, '{}')).status).toBe(400);
  });

  test('is over after an hour of the sandbox’s clock', async () => {
    expect((await wire.get('nothing-1')).status).toBe(404);
    await wire.advance(3_600_000);
    expect((await wire.get('nothing-1')).status).toBe(401);
  });

  test('lives as long as it is told to', async () => {
    await wire.control('/options', { options: { tokenLifeS: 20 } });
    const { body } = await token(asked(oslo));
    expect(body['expires_in']).toBe('20');
    const get = async (): Promise<number> => (await wire.get('nothing-1', { headers: { Authorization: `Bearer ${String(body['access_token'])}` } })).status;
    await wire.advance(19_000);
    expect(await get()).toBe(404);
    await wire.advance(1_000);
    expect(await get()).toBe(401);
  });
});

describe('what every call needs', () => {
  const missing: readonly (readonly [string, Readonly<Record<string, string | undefined>>, number])[] = [
    ['no token', { Authorization: undefined }, 401],
    ['a token without its word', { Authorization: 'token' }, 401],
    ['a word in small letters', { Authorization: 'bearer token' }, 401],
    ['a token nobody gave', { Authorization: 'Bearer token' }, 401],
    ['no subscription key', { 'Ocp-Apim-Subscription-Key': undefined }, 401],
    ['the subscription key of another unit', { 'Ocp-Apim-Subscription-Key': bergen.subscriptionKey }, 401],
    ['no sales unit', { 'Merchant-Serial-Number': undefined }, 403],
    ['a sales unit of letters', { 'Merchant-Serial-Number': 'oslo' }, 400],
    ['no system', { 'Vipps-System-Name': undefined }, 400],
    ['a system’s version of 31 signs', { 'Vipps-System-Plugin-Version': 'x'.repeat(31) }, 400],
    ['a body of another kind', { 'Content-Type': 'text/plain' }, 415],
  ];
  test.each(missing)('%s is refused by the gateway', async (_what, headers, status) => {
    const answer = await wire.post('', payment('order-0001'), { headers: headers as Readonly<Record<string, string>> });
    expect(answer.status).toBe(status);
    expect(answer.body['statusCode'] ?? (answer.body['responseInfo'] as { readonly responseCode: number }).responseCode).toBe(status);
    expect(await wire.state()).toMatchObject({ payments: [] });
  });

  test('a path that does not exist, and a body that is no JSON', async () => {
    expect((await wire.call('GET', '/epayment/v2/payments/x')).status).toBe(404);
    expect(await wire.post('', '{"amount":')).toMatchObject({ status: 400, body: { title: expect.any(String) } });
    expect((await wire.call('POST', '/ecomm/v2/payments', '{')).status).toBe(500);
    expect((await wire.get('%zz')).status).toBe(404);
  });
});

describe('several sales units', () => {
  test('partner keys act for the units linked to them, and for no other', async () => {
    expect((await create('partner-01', partner, '123456')).status).toBe(201);
    expect((await create('partner-01', partner, '54321')).status).toBe(201);
    expect((await create('partner-01', partner, '777777')).status).toBe(403);
    expect((await wire.get('partner-01', { keys: partner, headers: { 'Merchant-Serial-Number': undefined } })).status).toBe(403);
    expect((await wire.call('POST', '/ecomm/v2/payments', {}, { keys: partner, headers: { 'Merchant-Serial-Number': undefined } })).status).toBe(403);
    expect((await wire.get('partner-01', { keys: oslo, msn: '123456' })).body).toMatchObject({ reference: 'partner-01', state: 'CREATED' });
  });

  test('a payment of another unit looks like none, and goes back through the unit that took it', async () => {
    await create('oslo-00001', oslo, '123456');
    await wire.phone('approve', 'oslo-00001');
    const back = { modificationAmount: { value: 5000, currency: 'NOK' } };
    await wire.post('/oslo-00001/capture', back, { keys: oslo, msn: '123456' });
    expect(await wire.post('/oslo-00001/refund', back, { keys: bergen, msn: '54321' })).toMatchObject({ status: 404, code: '5090' });
    expect(await wire.post('/oslo-00001/refund', back, { keys: bergen, msn: '123456' })).toMatchObject({ status: 404, code: '5090' });
    expect((await wire.call('GET', '/ecomm/v2/payments/oslo-00001/details', undefined, { keys: bergen, msn: '123456' })).code).toBe('35');
    expect((await create('bergen-001', bergen, '123456')).status).toBe(403);
    expect((await wire.post('/oslo-00001/refund', back, { keys: partner, msn: '123456' })).status).toBe(200);
    expect(await wire.ledger()).toEqual([['oslo-00001', 'captured', 5000], ['oslo-00001', 'refunded', 5000]]);
  });
});

describe('configuring', () => {
  test('shows the first unit’s keys, all units and the partner, and refuses what it does not know', async () => {
    expect(wire.credentials).toMatchObject({ ...oslo, merchantSerialNumber: '123456', partner: { ...partner, units: ['123456', '54321'] } });
    expect(wire.credentials.units.map(({ merchantSerialNumber }) => merchantSerialNumber)).toEqual(['123456', '54321', '777777']);
    expect(await wire.control('/options', { unit: {} })).toBe(400);
    expect(await wire.control('/options', { change: [{ msn: '999999', blocked: true }] })).toBe(400);
    expect(await wire.control('/options', { partner: { units: ['999999'] } })).toBe(400);
    expect(await wire.control('/options', { units: [{ msn: '12345', ...oslo }, { msn: '12345', ...bergen }] })).toBe(400);
    await expect(VippsWire.open({ units: [] })).rejects.toThrow(/units/);
  });
});

describe.skipIf(!hasVippsFiles)('the published files', () => {
  test('agree with every answer of these tests, and with every request that was taken', () => expect(disagreements()).toEqual([]));
});
