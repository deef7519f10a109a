import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { disagreements, VippsWire, type Answer, type Json } from '../../testing/vipps-wire.ts';
import { hasVippsFiles } from '../../testing/vipps-specifications.ts';

let wire: VippsWire;
beforeEach(async () => {
  wire = await VippsWire.open();
});
afterEach(() => wire.sandbox.close());

const msn = (): string => wire.credentials.merchantSerialNumber;
type Parts = { readonly customerInfo?: object; readonly merchantInfo?: object; readonly transaction?: object };
const order = (orderId: string, { customerInfo = {}, merchantInfo = {}, transaction = {} }: Parts = {}): object => ({
  customerInfo,
  merchantInfo: { merchantSerialNumber: msn(), callbackPrefix: 'https://shop.example/vipps', fallBack: 'https://shop.example/', authToken: 'ours', isApp: false, ...merchantInfo },
  transaction: { orderId, amount: 20_000, transactionText: 'Receipt 12', skipLandingPage: false, ...transaction },
});
const initiate = (orderId: string, parts: Parts = {}): Promise<Answer> => wire.call('POST', '/ecomm/v2/payments', order(orderId, parts));
const details = (orderId: string): Promise<Answer> => wire.call('GET', `/ecomm/v2/payments/${orderId}/details`);
const operations = async (orderId: string): Promise<readonly unknown[]> => ((await details(orderId)).body['transactionLogHistory'] as readonly Json[]).map(({ operation, operationSuccess }) => (operationSuccess ? operation : `no ${String(operation)}`));
let ids = 0;
function change(kind: 'capture' | 'refund', orderId: string, amount?: number | null, id = `id-${(ids += 1)}`): Promise<Answer> {
  return wire.call('POST', `/ecomm/v2/payments/${orderId}/${kind}`, { merchantInfo: { merchantSerialNumber: msn() }, transaction: { ...(amount === undefined ? {} : { amount }), transactionText: 'Receipt 12' } }, { headers: { 'X-Request-Id': id } });
}
const cancel = (orderId: string, more: object = {}, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  wire.call('PUT', `/ecomm/v2/payments/${orderId}/cancel`, { merchantInfo: { merchantSerialNumber: msn() }, transaction: { transactionText: 'Given up' }, ...more }, { headers });
const code = (url: unknown, headers: Readonly<Record<string, string>> = { Accept: 'image/png' }): Promise<Answer> => wire.call('POST', '/qr/v1', { url }, { headers });

describe('an order with the code on the till', () => {
  test('initiated, shown, scanned, reserved, captured in parts, refunded in parts', async () => {
    const begun = await initiate('till-1');
    expect(begun.status).toBe(200);
    const shown = await code(begun.body['url'], { Accept: 'text/targetUrl' });
    expect(shown.body['expiresIn']).toBeGreaterThan(597);
    const first = (await details('till-1')).body;
    expect(first['transactionSummary']).toBeUndefined();
    expect((first['transactionLogHistory'] as readonly Json[]).map(({ operation, transactionId }) => [operation, transactionId])).toEqual([['INITIATE', undefined]]);
    await wire.phone('scan', String(shown.body['url']));
    expect(((await details('till-1')).body['transactionLogHistory'] as readonly Json[])[0]?.['transactionId']).toMatch(/^\d{10,}$/);
    expect((await change('capture', 'till-1')).code).toBe('62');
    await wire.phone('approve', 'till-1');
    expect((await details('till-1')).body['transactionSummary']).toMatchObject({ capturedAmount: 0, remainingAmountToCapture: 20_000 });
    expect([(await change('capture', 'till-1', 20_001)).code, (await change('capture', 'till-1', 5_000)).status, (await change('capture', 'till-1', 0)).status, (await change('capture', 'till-1', 100)).code]).toEqual(['61', 200, 200, '92']);
    const back = await change('refund', 'till-1', 5_000);
    expect(back.body).toMatchObject({ orderId: 'till-1', transaction: { amount: 5_000, status: 'Refund' }, transactionSummary: { refundedAmount: 5_000, remainingAmountToRefund: 15_000 } });
    expect([(await change('refund', 'till-1', 15_001)).code, (await change('refund', 'till-1')).status, (await change('refund', 'till-1', 100)).code]).toEqual(['71', 200, '71']);
    expect(await operations('till-1')).toEqual(['REFUND', 'REFUND', 'CAPTURE', 'CAPTURE', 'RESERVE', 'INITIATE']);
    expect(await wire.ledger()).toEqual([['till-1', 'captured', 5_000], ['till-1', 'captured', 15_000], ['till-1', 'refunded', 5_000], ['till-1', 'refunded', 15_000]]);
  });

  test('declined, timed out, cancelled before and after the reservation', async () => {
    for (const id of ['declined', 'ignored', 'early', 'late', 'partly']) expect((await initiate(id)).status).toBe(200);
    await wire.phone('decline', 'declined');
    for (const id of ['late', 'partly']) await wire.phone('approve', id);
    await change('capture', 'partly', 5_000);
    expect([(await cancel('early')).body['transactionInfo'], (await cancel('late')).status, (await cancel('partly')).code, (await cancel('partly', { shouldReleaseRemainingFunds: true })).status]).toMatchObject([{ status: 'Cancelled', amount: 20_000 }, 200, '51', 200]);
    await wire.advance(601_000);
    expect([await operations('declined'), await operations('ignored'), await operations('early'), await operations('late'), await operations('partly')]).toEqual([
      ['CANCEL', 'INITIATE'], ['no RESERVE', 'INITIATE'], ['CANCEL', 'INITIATE'], ['VOID', 'RESERVE', 'INITIATE'], ['VOID', 'CAPTURE', 'RESERVE', 'INITIATE'],
    ]);
    expect([(await change('capture', 'late')).code, (await change('refund', 'late')).code, (await cancel('declined')).code, (await cancel('late')).code]).toEqual(['91', '73', '91', '92']);
    const { callbacks } = await wire.state<{ readonly callbacks: readonly { readonly url: string; readonly authorization: string; readonly body: { readonly transactionInfo: { readonly status: string } } }[] }>();
    expect(callbacks.map(({ url, authorization, body }) => [url, authorization, body.transactionInfo.status])).toEqual([
      ['https://shop.example/vipps/v2/payments/declined', 'ours', 'CANCELLED'],
      ['https://shop.example/vipps/v2/payments/late', 'ours', 'RESERVED'],
      ['https://shop.example/vipps/v2/payments/partly', 'ours', 'RESERVED'],
      ['https://shop.example/vipps/v2/payments/ignored', 'ours', 'REJECTED'],
    ]);
  });

  test('cannot be cancelled while the user confirms, and never twice initiated', async () => {
    await initiate('racing');
    await wire.phone('confirm', 'racing');
    expect((await cancel('racing')).code).toBe('52');
    expect(await initiate('racing')).toMatchObject({ status: 400, code: '34' });
    expect((await initiate('racing')).status).toBe(429);
    expect((await initiate('racing-1')).status).toBe(200);
  });

  test('a repeat under the same id moves nothing again, and may not differ', async () => {
    await initiate('repeated');
    expect((await change('capture', 'repeated', 5_000, 'same')).code).toBe('62');
    await wire.phone('approve', 'repeated');
    const answers = [await change('capture', 'repeated', 5_000, 'same'), await change('capture', 'repeated', 5_000, 'same'), await change('capture', 'repeated', 5_001, 'same')];
    expect(answers.map(({ status, code: number }) => [status, number])).toEqual([[200, ''], [200, ''], [400, '93']]);
    expect(answers[0]?.text).toBe(answers[1]?.text);
    expect((await change('refund', 'repeated', 5_000, 'same')).status).toBe(200);
    expect(await wire.ledger()).toEqual([['repeated', 'captured', 5_000], ['repeated', 'refunded', 5_000]]);
    const nameless = await wire.call('POST', '/ecomm/v2/payments/repeated/refund', { merchantInfo: { merchantSerialNumber: msn() }, transaction: { transactionText: 'x' } });
    expect([nameless.code, (await change('refund', 'repeated', 100, 'x'.repeat(41))).code]).toEqual(['X-Request-Id', 'X-Request-Id']);
  });

  test('is taken at once by a unit that is set up so', async () => {
    await wire.control('/options', { change: [{ directCapture: true }] });
    await initiate('at-once');
    await wire.phone('approve', 'at-once');
    expect(await operations('at-once')).toEqual(['SALE', 'INITIATE']);
    expect(await wire.ledger()).toEqual([['at-once', 'captured', 20_000]]);
    expect((await change('refund', 'at-once', 20_000)).status).toBe(200);
  });

  test('can be read and moved through ePayment, not the other way round', async () => {
    await initiate('migrated-1');
    await wire.phone('approve', 'migrated-1');
    expect((await wire.post('/migrated-1/capture', { modificationAmount: { value: 20_000, currency: 'NOK' } })).status).toBe(200);
    expect(await operations('migrated-1')).toEqual(['CAPTURE', 'RESERVE', 'INITIATE']);
    expect((await wire.post('', { amount: { value: 500, currency: 'NOK' }, paymentMethod: { type: 'WALLET' }, reference: 'migrated-2', userFlow: 'QR' })).status).toBe(201);
    expect((await details('migrated-2')).code).toBe('35');
  });
});

describe('what an order may look like', () => {
  const wrong: readonly (readonly [string, Parts, number, string])[] = [
    ['fallBack in small letters', { merchantInfo: { fallBack: undefined, fallback: 'https://shop.example' } }, 500, '99'],
    ['a sales unit as a number', { merchantInfo: { merchantSerialNumber: 123456 } }, 500, '99'],
    ['another sales unit', { merchantInfo: { merchantSerialNumber: '12345' } }, 400, '35'],
    ['a way back over http', { merchantInfo: { fallBack: 'http://localhost/done' } }, 400, 'merchantInfo.fallBack'],
    ['a callback over http', { merchantInfo: { callbackPrefix: 'http://shop.example' } }, 400, 'merchantInfo.callbackPrefix'],
    ['a callback to this machine', { merchantInfo: { callbackPrefix: 'https://localhost/vipps' } }, 400, 'merchantInfo.callbackPrefix'],
    ['a callback on a port of its own', { merchantInfo: { callbackPrefix: 'https://shop.example:9000' } }, 400, 'merchantInfo.callbackPrefix'],
    ['express checkout', { merchantInfo: { paymentType: 'eComm Express Payment' } }, 400, 'merchantInfo.paymentType'],
    ['less than a krone', { transaction: { amount: 99 } }, 400, '43'],
    ['an amount as text', { transaction: { amount: '500' } }, 400, '43'],
    ['an orderId with an underline', { transaction: { orderId: 'a_b' } }, 400, 'transaction.orderId'],
    ['a text of 101 signs', { transaction: { transactionText: 'x'.repeat(101) } }, 400, 'transaction.transactionText'],
    ['no text', { transaction: { transactionText: undefined } }, 400, 'transaction.transactionText'],
    ['a number with its country', { customerInfo: { mobileNumber: '4791234567' } }, 400, '81'],
    ['a number that is no user’s', { customerInfo: { mobileNumber: '90000000' } }, 400, '81'],
    ['a push to nobody', { transaction: { skipLandingPage: true } }, 400, 'customerInfo.mobileNumber'],
    ['the national number', { transaction: { scope: 'nin' } }, 403, '51'],
  ];
  test.each(wrong)('%s is refused', async (_what, parts, status, number) => {
    await wire.control('/options', { options: { notUsers: ['90000000'] } });
    expect(await initiate('order-1', parts)).toMatchObject({ status, code: number });
    expect(await wire.state()).toMatchObject({ payments: [] });
  });

  test('a push goes to one phone, and only for a unit that may', async () => {
    const pushed = await initiate('pushed', { customerInfo: { mobileNumber: '91234567' }, transaction: { skipLandingPage: true } });
    expect((await code(pushed.body['url'])).status).toBe(400);
    expect(await wire.phone('approve', '4791234567')).toMatchObject({ ok: true, ref: 'pushed' });
    await wire.control('/options', { change: [{ pushAllowed: false }] });
    expect((await initiate('not-pushed', { customerInfo: { mobileNumber: '91234567' }, transaction: { skipLandingPage: true } })).code).toBe('38');
    await wire.control('/options', { change: [{ currencies: ['DKK'] }] });
    expect((await initiate('danish')).code).toBe('37');
  });

  test('the test environment approves by itself', async () => {
    const { body } = await initiate('forced');
    const force = (token: unknown): Promise<Answer> => wire.call('POST', '/ecomm/v2/integration-test/payments/forced/approve', { customerPhoneNumber: '91234567', token });
    expect((await force('other')).code).toBe('token');
    expect((await force(new URL(String(body['url'])).searchParams.get('token'))).status).toBe(200);
    expect(await operations('forced')).toEqual(['RESERVE', 'INITIATE']);
  });
});

describe('the picture of a code', () => {
  test('comes as PNG of the wanted size and as SVG, open to everybody until the time is over', async () => {
    const { body } = await initiate('picture');
    const png = String((await code(body['url'], { Accept: 'image/png', Size: '240' })).body['url']);
    const svg = String((await code(body['url'], { Accept: 'image/svg+xml' })).body['url']);
    const bytes = Buffer.from(await (await fetch(png)).arrayBuffer());
    expect([bytes.subarray(1, 4).toString(), bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual(['PNG', 240, 240]);
    expect(await (await fetch(svg)).text()).toContain('<svg');
    await wire.advance(1_000);
    expect((await code(body['url'])).body['expiresIn']).toBeLessThan(599);
    await wire.advance(600_000);
    expect((await fetch(png)).status).toBe(404);
    expect(await code(body['url'])).toMatchObject({ status: 400, body: { title: 'Order timeout' } });
  });

  test('is drawn for what this service has issued, in a form it knows', async () => {
    const { body } = await initiate('forms');
    expect((await code(body['url'], { Accept: '*/*' })).status).toBe(415);
    expect((await code(body['url'], { Accept: 'image/png', Size: '99' })).status).toBe(400);
    expect(await code('https://example.com/?token=1')).toMatchObject({ status: 400, body: { title: 'Validation error' } });
    expect((await wire.call('POST', '/qr/v1/', { url: body['url'] }, { headers: { Accept: 'image/*' } })).status).toBe(200);
    await wire.phone('decline', 'forms');
    expect((await code(body['url'])).status).toBe(400);
  });
});

describe.skipIf(!hasVippsFiles)('the published files', () => {
  test('agree with every answer of these tests, and with every request that was taken', () => expect(disagreements()).toEqual([]));
});
