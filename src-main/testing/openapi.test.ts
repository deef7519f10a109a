import { describe, expect, test } from 'vitest';
import { OpenApi, type Exchange, type Rules } from './openapi.ts';
import { hasVippsFiles, openVippsSpecifications, vippsFolder, vippsRules } from './vipps-specifications.ts';

/* The validator itself: that it finds what is wrong, and that each error it passes over is really in the published files. */
const headers = { authorization: 'Bearer token', 'ocp-apim-subscription-key': 'key', 'merchant-serial-number': '123456', 'content-type': 'application/json', 'idempotency-key': 'one' };
const payment = { amount: { value: 5000, currency: 'EUR' }, paymentMethod: { type: 'WALLET' }, reference: 'order-0001', userFlow: 'QR', qrFormat: { format: 'IMAGE/PNG', size: 300 } };

type Change = { readonly path?: string; readonly method?: string; readonly headers?: object; readonly body?: unknown; readonly status?: number; readonly answer?: unknown };
const create = ({ path = '/epayment/v1/payments', method = 'POST', headers: others = {}, body = payment, status = 201, answer = { reference: 'order-0001', redirectUrl: 'https://qr.example/1' } }: Change = {}): Exchange => ({
  request: { method, path, headers: Object.fromEntries(Object.entries({ ...headers, ...others }).filter(([, value]) => value !== undefined)) as Readonly<Record<string, string>>, body: typeof body === 'string' ? body : JSON.stringify(body) },
  response: { status, body: typeof answer === 'string' ? answer : JSON.stringify(answer) },
});

describe.skipIf(!hasVippsFiles)('requests and answers against published files', () => {
  const files = hasVippsFiles ? openVippsSpecifications() : null;
  // Only what refers to files that are not there stays corrected: nothing could be read otherwise.
  const bare: Rules = { ...vippsRules, known: [], specifications: vippsRules.specifications.map((one) => ({ ...one, known: (one.known ?? []).filter(({ where }) => where.startsWith('paths of')) })) };
  const asPublished = hasVippsFiles ? new OpenApi(vippsFolder, bare) : null;
  const found = (change: Change): readonly string[] => files?.check(create(change)) ?? [];

  test('nothing is found where nothing is wrong', () => {
    expect(found({})).toEqual([]);
    expect(found({ body: { ...payment, customer: { phoneNumber: '4791234567' }, metadata: { till: '2' } } })).toEqual([]);
    expect(files?.check({ request: create().request })).toEqual([]);
    expect(found({ path: '/management/v1/sales-units/123456', method: 'GET', body: '' })).toEqual([]);
  });

  const wrong: readonly (readonly [string, Change, RegExp])[] = [
    ['a path that does not exist', { path: '/epayment/v2/payments' }, /in no specification/],
    ['a method that does not exist', { method: 'PATCH' }, /in no specification/],
    ['a header that is missing', { headers: { 'idempotency-key': undefined } }, /header Idempotency-Key is missing/],
    ['a header that is too long', { headers: { 'vipps-system-name': 'x'.repeat(31) } }, /header Vipps-System-Name.*30/],
    ['a header of another form', { headers: { 'merchant-serial-number': 'oslo' } }, /header Merchant-Serial-Number/],
    ['no token', { headers: { authorization: undefined } }, /header Authorization is missing/],
    ['no kind of body', { headers: { 'content-type': undefined } }, /Content-Type is missing/],
    ['no body', { body: '' }, /body is missing/],
    ['a body that is no JSON', { body: '{' }, /not JSON/],
    ['a field that is misspelt', { body: { ...payment, paymentDescripton: 'Receipt' } }, /paymentDescripton/],
    ['a field within that is misspelt', { body: { ...payment, qrFormat: { format: 'IMAGE/PNG', sise: 1 } } }, /qrFormat.*sise/],
    ['a field that is missing', { body: { ...payment, userFlow: undefined } }, /userFlow/],
    ['an amount as text', { body: { ...payment, amount: { value: '5000', currency: 'EUR' } } }, /amount\/value/],
    ['a customer named twice', { body: { ...payment, customer: { phoneNumber: '4791234567', customerToken: 'x' } } }, /customer/],
    ['a place in the path of another form', { path: '/epayment/v1/payments/short', method: 'GET', body: '' }, /path reference/],
    ['a query that nobody asked for', { path: '/settlement/v1/ledgers?page=2', method: 'GET', body: '', status: 200, answer: { items: [] } }, /query page/],
    ['a status that is described nowhere', { status: 418 }, /418, which is described nowhere/],
    ['an answer without its parts', { answer: { redirectUrl: 'https://qr.example/1' } }, /answer 201.*reference/],
    ['an answer that is no address', { answer: { reference: 'order-0001', redirectUrl: 'nowhere' } }, /redirectUrl/],
    ['an answer that is empty', { answer: '' }, /empty/],
    ['an error without its parts', { status: 400, answer: { title: 'Bad' } }, /answer 400.*status/],
    ['an error of a gateway that says another status', { status: 404, answer: { statusCode: 401, message: 'no' } }, /404/],
  ];
  test.each(wrong)('%s is found', (_what, change, sentence) => {
    expect(found(change).join('\n')).toMatch(sentence);
  });

  const line = { name: 'Coffee', id: '1', totalAmount: 1000, totalAmountExcludingTax: 797, totalTaxAmount: 203, taxRate: 2550 };
  const amount = { value: 1, currency: 'EUR' };
  const event = { reference: 'order-0001', pspReference: '1', name: 'CREATED', amount, timestamp: '2026-11-24T10:00:00Z', success: true };
  const problem = { type: 'https://example.com/1', title: 'Not found', status: 404, traceId: '1' };
  const excused: readonly (readonly [string, Change])[] = [
    ['an event without paymentAction', { path: '/epayment/v1/payments/order-0001/events', method: 'GET', body: '', status: 200, answer: [event] }],
    ['a rate in hundredths', { body: { ...payment, receipt: { orderLines: [line], bottomLine: { currency: 'EUR' } } } }],
    ['an age that is asked for', { body: { ...payment, minimumUserAge: 18 } }],
    ['the kind of an order in small letters', { path: '/order-management/v2/ecom/receipts/1', body: { orderLines: [line], bottomLine: { currency: 'EUR' } }, answer: '"1"' }],
    ['an amount of zero for all that is left', { path: '/ecomm/v2/payments/1/capture', headers: { 'x-request-id': '1' }, body: { merchantInfo: { merchantSerialNumber: '123456' }, transaction: { amount: 0, transactionText: 'x' } }, status: 200, answer: { orderId: '1' } }],
    ['a body of a cancel', { path: '/epayment/v1/payments/order-0001/cancel', body: { cancelTransactionOnly: true }, status: 404, answer: problem }],
    ['a payment that is not found', { path: '/epayment/v1/payments/order-0001', method: 'GET', body: '', status: 404, answer: problem }],
    ['a refusal of the gateway', { status: 429, answer: { responseInfo: { responseCode: 429, responseMessage: 'slow' }, result: { message: 'slow' } } }],
  ];
  test.each(excused)('%s is passed over, and would be found without the list', (_what, change) => {
    expect(found(change)).toEqual([]);
    expect(asPublished?.check(create(change))).not.toEqual([]);
  });

  test('every known error says where it is and why it is one', () => {
    const known = files?.known() ?? [];
    expect(known.length).toBeGreaterThan(15);
    for (const sentence of known) expect(sentence).toMatch(/: .{20,}\.$/);
  });
});
