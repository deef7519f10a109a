import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { disagreements, VippsWire, type Answer } from '../../testing/vipps-wire.ts';
import { hasVippsFiles } from '../../testing/vipps-specifications.ts';

let wire: VippsWire;
beforeEach(async () => {
  wire = await VippsWire.open();
});
afterEach(() => wire.sandbox.close());

const payment = (reference: string, more: object = {}): object => ({
  amount: { value: 5000, currency: 'NOK' },
  paymentMethod: { type: 'WALLET' },
  customerInteraction: 'CUSTOMER_PRESENT',
  reference,
  userFlow: 'QR',
  paymentDescription: 'Receipt 17',
  ...more,
});
const create = (reference: string, more: object = {}): Promise<Answer> => wire.post('', payment(reference, more));
const amount = (value: number, currency = 'NOK'): object => ({ modificationAmount: { value, currency } });
const stateOf = async (reference: string): Promise<unknown> => (await wire.get(reference)).body['state'];
const sums = async (reference: string): Promise<readonly number[]> => {
  const aggregate = (await wire.get(reference)).body['aggregate'] as Readonly<Record<string, { readonly value: number }>>;
  return ['authorizedAmount', 'cancelledAmount', 'capturedAmount', 'refundedAmount'].map((name) => aggregate[name]?.value ?? -1);
};
async function authorized(reference: string, more: object = {}): Promise<void> {
  expect((await create(reference, more)).status).toBe(201);
  expect(await wire.phone('approve', reference)).toMatchObject({ ok: true, status: 'AUTHORIZED' });
}

describe('a payment from its code to its end', () => {
  test('created, scanned, approved, captured in two parts, refunded in two parts', async () => {
    const made = await create('order-0001', { qrFormat: { format: 'IMAGE/PNG', size: 300 } });
    expect([made.status, made.body['reference']]).toEqual([201, 'order-0001']);
    expect(await stateOf('order-0001')).toBe('CREATED');
    expect(await wire.phone('scan', String(made.body['redirectUrl']))).toMatchObject({ ok: true, ref: 'order-0001', amountMinor: 5000, currency: 'NOK' });
    await wire.phone('approve', 'order-0001');
    expect(await sums('order-0001')).toEqual([5000, 0, 0, 0]);
    expect(await wire.ledger()).toEqual([]);
    for (const value of [2000, 3000]) expect((await wire.post('/order-0001/capture', amount(value))).status).toBe(200);
    const refunded = [await wire.post('/order-0001/refund', amount(1000)), await wire.post('/order-0001/refund', amount(1500)), await wire.post('/order-0001/refund', amount(2501))];
    expect(refunded.map(({ status, code }) => [status, code])).toEqual([[200, ''], [200, ''], [400, '6150']]);
    expect(await sums('order-0001')).toEqual([5000, 0, 5000, 2500]);
    expect(await stateOf('order-0001')).toBe('AUTHORIZED');
    expect(await wire.ledger()).toEqual([['order-0001', 'captured', 2000], ['order-0001', 'captured', 3000], ['order-0001', 'refunded', 1000], ['order-0001', 'refunded', 1500]]);
    const log = await wire.get('order-0001/events');
    expect(log.body.map(({ name }) => name)).toEqual(['CREATED', 'AUTHORIZED', 'CAPTURED', 'CAPTURED', 'REFUNDED', 'REFUNDED']);
    expect(new Set(log.body.map(({ pspReference }) => pspReference)).size).toBe(6);
  });

  test('declined, ignored until the ten minutes are over, cancelled by the shop', async () => {
    for (const reference of ['declined-1', 'ignored-01', 'stopped-01']) await create(reference);
    await wire.phone('decline', 'declined-1');
    expect((await wire.post('/stopped-01/cancel', { cancelTransactionOnly: true })).body).toMatchObject({ state: 'TERMINATED', aggregate: { cancelledAmount: { value: 5000 } } });
    await wire.advance(599_000);
    expect(await stateOf('ignored-01')).toBe('CREATED');
    await wire.advance(2_000);
    expect([await stateOf('declined-1'), await stateOf('ignored-01'), await stateOf('stopped-01')]).toEqual(['ABORTED', 'EXPIRED', 'TERMINATED']);
    expect(await wire.phone('approve', 'ignored-01')).toMatchObject({ ok: false });
    expect([(await wire.post('/ignored-01/cancel', undefined)).code, (await wire.post('/ignored-01/capture', amount(1))).code, (await wire.post('/stopped-01/cancel', undefined)).code]).toEqual(['6050', '6200', '6190']);
  });

  test('whoever cancels while the user confirms, or after, is told so', async () => {
    await create('racing-001');
    await wire.phone('confirm', 'racing-001');
    expect((await wire.post('/racing-001/cancel', { cancelTransactionOnly: true })).code).toBe('6250');
    await wire.phone('approve', 'racing-001');
    expect((await wire.post('/racing-001/cancel', { cancelTransactionOnly: true })).code).toBe('6060');
    expect(await sums('racing-001')).toEqual([5000, 0, 0, 0]);
    expect((await wire.post('/racing-001/cancel', undefined)).status).toBe(200);
    expect([await stateOf('racing-001'), await sums('racing-001')]).toEqual(['AUTHORIZED', [5000, 5000, 0, 0]]);
    expect((await wire.post('/racing-001/capture', amount(5000))).code).toBe('6070');
  });

  test('what is left after a part was captured can be let go, what is captured can not', async () => {
    await authorized('partly-001');
    await wire.post('/partly-001/capture', amount(2000));
    expect((await wire.post('/partly-001/capture', amount(3001))).code).toBe('6090');
    expect((await wire.post('/partly-001/cancel', undefined)).status).toBe(200);
    expect(await sums('partly-001')).toEqual([5000, 3000, 2000, 0]);
    await authorized('wholly-001');
    expect((await wire.post('/wholly-001/refund', amount(5000))).code).toBe('6150');
    await wire.post('/wholly-001/capture', amount(5000));
    expect([(await wire.post('/wholly-001/cancel', undefined)).code, (await wire.post('/wholly-001/capture', amount(1))).code]).toEqual(['6040', '6170']);
    await wire.post('/wholly-001/refund', amount(5000));
    expect((await wire.post('/wholly-001/refund', amount(1))).code).toBe('6180');
  });

  test('captures have 14 or 180 days, refunds a year', async () => {
    await authorized('krone-0001');
    await authorized('euro-00001', { amount: { value: 5000, currency: 'EUR' } });
    await authorized('refunded-1');
    await wire.post('/refunded-1/capture', amount(5000));
    await wire.advance(15 * 86_400_000);
    const later = await wire.newToken();
    const headers = { Authorization: `Bearer ${later}` };
    expect((await wire.post('/euro-00001/capture', amount(5000, 'EUR'), { headers })).code).toBe('6100');
    expect((await wire.post('/krone-0001/capture', amount(100), { headers })).status).toBe(200);
    await wire.advance(360 * 86_400_000);
    const last = { Authorization: `Bearer ${await wire.newToken()}` };
    expect((await wire.post('/krone-0001/capture', amount(100), { headers: last })).code).toBe('6100');
    expect((await wire.post('/refunded-1/refund', amount(100), { headers: last })).code).toBe('6220');
  });
});

describe('keys that make a repeat harmless', () => {
  test('the same request is answered the same way, another under the same key is refused', async () => {
    const first = await wire.post('', payment('keyed-0001'), { key: 'once' });
    const again = await wire.post('', payment('keyed-0001'), { key: 'once' });
    expect([first.text, first.status]).toEqual([again.text, again.status]);
    expect((await wire.post('', payment('keyed-0001', { paymentDescription: 'Other' }), { key: 'once' })).status).toBe(409);
    expect(await wire.post('', payment('keyed-0001'), { key: 'other' })).toMatchObject({ status: 409, code: '4150' });
    await wire.phone('approve', 'keyed-0001');
    const captured = [await wire.post('/keyed-0001/capture', amount(2000), { key: 'take' }), await wire.post('/keyed-0001/capture', amount(2000), { key: 'take' }), await wire.post('/keyed-0001/capture', amount(2001), { key: 'take' })];
    expect(captured.map(({ status, code }) => [status, code])).toEqual([[200, ''], [200, ''], [409, '4010']]);
    expect(captured[0]?.text).toBe(captured[1]?.text);
    await wire.post('/keyed-0001/refund', amount(500), { key: 'back' });
    expect(await wire.post('/keyed-0001/refund', amount(600), { key: 'back' })).toMatchObject({ status: 409, code: '4150' });
    expect(await sums('keyed-0001')).toEqual([5000, 0, 2000, 500]);
  });

  test('a refusal sticks to its key, being locked or too fast does not', async () => {
    await create('sticky-001');
    expect((await wire.post('/sticky-001/capture', amount(5000), { key: 'early' })).code).toBe('6080');
    await wire.phone('approve', 'sticky-001');
    expect((await wire.post('/sticky-001/capture', amount(5000), { key: 'early' })).code).toBe('6080');
    await wire.control('/faults', { kind: 'status', value: { status: 423 }, match: 'capture' });
    expect((await wire.post('/sticky-001/capture', amount(5000), { key: 'locked' })).status).toBe(423);
    expect((await wire.post('/sticky-001/capture', amount(5000), { key: 'locked' })).status).toBe(200);
  });

  test('a key is needed and has at most 50 signs', async () => {
    expect((await wire.call('POST', '/epayment/v1/payments', payment('keyless-01'))).status).toBe(400);
    expect((await wire.post('', payment('keyless-01'), { key: 'x'.repeat(51) })).status).toBe(400);
    expect((await wire.post('', payment('keyless-01'), { key: 'x'.repeat(50) })).status).toBe(201);
  });
});

describe('what a payment may look like', () => {
  const wrong: readonly (readonly [string, object, string])[] = [
    ['an amount with decimals', { amount: { value: 10.5, currency: 'NOK' } }, '4040'],
    ['an amount that is too small', { amount: { value: 99, currency: 'NOK' } }, '6010'],
    ['another currency', { amount: { value: 100, currency: 'SEK' } }, ''],
    ['a reference of seven signs', { reference: 'short-1' }, ''],
    ['a reference of 51 signs', { reference: 'x'.repeat(51) }, ''],
    ['a reference with an underline', { reference: 'under_line' }, ''],
    ['no way for the user', { userFlow: undefined }, '4140'],
    ['a free-standing card', { paymentMethod: { type: 'CARD' }, userFlow: 'WEB_REDIRECT', returnUrl: 'https://shop.example' }, '4160'],
    ['a web page without a way back', { userFlow: 'WEB_REDIRECT' }, '4140'],
    ['a way back over http', { userFlow: 'WEB_REDIRECT', returnUrl: 'http://shop.example' }, '4090'],
    ['a push to nobody', { userFlow: 'PUSH_MESSAGE' }, '4140'],
    ['a number without its country', { userFlow: 'PUSH_MESSAGE', customer: { phoneNumber: '91234567' } }, '4070'],
    ['a customer named twice', { customer: { phoneNumber: '4791234567', personalQr: 'https://qr.vipps.no/28/2/01/031/4791234567?v=1' } }, ''],
    ['a code that is nobody’s', { userFlow: 'PUSH_MESSAGE', customer: { personalQr: 'https://example.com/me' } }, '4060'],
    ['a customer token nobody was given', { userFlow: 'PUSH_MESSAGE', customer: { customerToken: 'x' } }, '4050'],
    ['a description of two signs', { paymentDescription: 'ab' }, ''],
    ['a code of 99 pixels', { qrFormat: { format: 'IMAGE/PNG', size: 99 } }, ''],
    ['six pairs of metadata', { metadata: Object.fromEntries('abcdef'.split('').map((name) => [name, name])) }, '4100'],
    ['a scope that does not exist', { profile: { scope: 'shoeSize' } }, '4080'],
    ['the national number without a right to it', { profile: { scope: 'nin' } }, '5030'],
    ['a long life without a receipt', { expiresAt: '2099-01-01T00:00:00Z' }, '6130'],
    ['a field that does not exist', { tip: 100 }, ''],
  ];
  test.each(wrong)('%s is refused', async (_what, more, code) => {
    expect(await wire.post('', payment('order-0001', more))).toMatchObject({ status: 400, code });
    expect(await wire.state()).toMatchObject({ payments: [] });
  });

  test('a push goes to a phone, has no address, and is known by the phone’s number', async () => {
    const pushed = await create('pushed-001', { userFlow: 'PUSH_MESSAGE', customer: { phoneNumber: '4791234567' } });
    expect([pushed.status, pushed.body['redirectUrl']]).toEqual([201, undefined]);
    expect(await wire.phone('approve', '91234567')).toMatchObject({ ok: true, ref: 'pushed-001' });
    const { text } = await wire.phone('show-code', '4791234568');
    expect((await create('pushed-002', { userFlow: 'PUSH_MESSAGE', customer: { personalQr: text } })).status).toBe(201);
    const { customerToken } = await wire.phone('check-in', '4791234569');
    expect((await create('pushed-003', { userFlow: 'PUSH_MESSAGE', customer: { customerToken } })).status).toBe(201);
    await wire.control('/options', { options: { notUsers: ['91234568'] }, change: [{ currencies: ['EUR'] }] });
    expect((await create('pushed-004', { userFlow: 'PUSH_MESSAGE', customer: { phoneNumber: '4791234569' } })).code).toBe('5040');
    await wire.control('/options', { change: [{ currencies: ['NOK'] }] });
    expect((await create('pushed-005', { userFlow: 'PUSH_MESSAGE', customer: { phoneNumber: '4791234568' } })).code).toBe('7010');
    await wire.control('/options', { change: [{ pushAllowed: false }] });
    expect((await create('pushed-006', { userFlow: 'PUSH_MESSAGE', customer: { phoneNumber: '4791234567' } })).code).toBe('5080');
    await wire.control('/options', { change: [{ blocked: true }] });
    expect((await create('pushed-007')).code).toBe('5070');
  });

  test('amounts with which the vendor tests banks that refuse', async () => {
    await create('refused-01', { amount: { value: 151, currency: 'NOK' } });
    expect(await wire.phone('approve', 'refused-01')).toMatchObject({ ok: true, status: 'CREATED', refused: true });
    expect((await wire.get('refused-01/events')).body.at(-1)).toMatchObject({ name: 'AUTHORIZED', success: false });
    await create('unknown-01', { amount: { value: 201, currency: 'NOK' } });
    await wire.phone('approve', 'unknown-01');
    expect((await wire.post('/unknown-01/cancel', undefined)).code).toBe('6250');
    await create('krone-0197', { amount: { value: 197, currency: 'NOK' } });
    await create('euro-00197', { amount: { value: 197, currency: 'EUR' } });
    expect([(await wire.phone('approve', 'krone-0197'))['status'], (await wire.phone('approve', 'euro-00197'))['status']]).toEqual(['CREATED', 'AUTHORIZED']);
    await authorized('refunds-01');
    await wire.post('/refunds-01/capture', amount(5000));
    expect([(await wire.post('/refunds-01/refund', amount(123))).code, (await wire.post('/refunds-01/refund', amount(124))).code]).toEqual(['5100', '6220']);
    await wire.advance(3_600_000);
    const { payments } = await wire.state<{ readonly payments: readonly { readonly reference: string; readonly state: string }[] }>();
    expect(payments.find(({ reference }) => reference === 'unknown-01')?.state).toBe('AUTHORIZED');
  });

  test('a customer may pay late by the clock, or too late', async () => {
    await create('pay-late-1');
    await create('too-late-1');
    await wire.phone('pay-late', 'pay-late-1', { afterMs: 40_000 });
    await wire.phone('pay-late', 'too-late-1', { afterMs: 601_000 });
    await wire.advance(39_000);
    expect(await stateOf('pay-late-1')).toBe('CREATED');
    await wire.advance(600_000);
    expect([await stateOf('pay-late-1'), await stateOf('too-late-1')]).toEqual(['AUTHORIZED', 'EXPIRED']);
  });

  test('a sixth change within a minute is one too many, and says when to come again', async () => {
    await authorized('fast-00001');
    const answers: Answer[] = [];
    for (let time = 0; time < 6; time += 1) answers.push(await wire.post('/fast-00001/capture', amount(100)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    const seconds = Number(answers[5]?.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(50);
    await wire.advance(seconds * 1000);
    expect((await wire.post('/fast-00001/capture', amount(100))).status).toBe(200);
    await wire.control('/options', { options: { rateLimits: false } });
    for (let time = 0; time < 6; time += 1) expect((await wire.post('/fast-00001/capture', amount(100))).status).toBe(200);
  });

  test('the test environment approves by itself, with the payment’s own token', async () => {
    const made = await create('forced-001', { qrFormat: { format: 'TEXT/TARGETURL' } });
    expect(made.body['redirectUrl']).toMatch(/^https:\/\/qr\.vipps\.no\//);
    const token = String(made.body['redirectUrl']).split('/').at(-1);
    const force = (body: object): Promise<Answer> => wire.call('POST', '/epayment/v1/test/payments/forced-001/approve', body);
    expect((await force({ customer: { phoneNumber: '4791234567' }, token: 'other' })).code).toBe('10030');
    expect((await force({ customer: { phoneNumber: '4791234567' }, token })).status).toBe(200);
    expect(await stateOf('forced-001')).toBe('AUTHORIZED');
  });
});

describe.skipIf(!hasVippsFiles)('the published files', () => {
  test('agree with every answer of these tests, and with every request that was taken', () => expect(disagreements()).toEqual([]));
});
