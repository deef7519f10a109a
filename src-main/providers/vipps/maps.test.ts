import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minor } from '../../core/money.ts';
import type { PaymentOrder } from '../../core/payments/order.ts';
import type { ProviderLink } from '../../core/payments/provider.ts';
import { baseOf, descriptionOf, minimumOf, wireReference } from './account.ts';
import { restOf } from './client.ts';
import { answerOf, historyOf, type Details } from './ecom-wire.ts';
import { answerOf as epaymentAnswer, type Payment } from './epayment-wire.ts';
import { cleaned, notKnown, problemOf, refusalOf, saysNothing } from './errors.ts';
import { systemHeaders } from './headers.ts';
import { keyOf } from './memory.ts';
import { msisdnOf, norwegianOf } from './phone.ts';
import { kindOf } from './report.ts';
import { usableMs } from './tokens.ts';

const link: ProviderLink = {
  account: { id: 'a', settings: {}, secrets: {} },
  terminal: { id: 't', externalId: '123456', settings: {}, secrets: {} },
  register: { number: 1, name: 'Kasse 1' },
  shopName: 'Butikk',
  currency: 'NOK',
};
const order: PaymentOrder = { reference: 'c0ffee00-000000000000000000000001', amountMinor: minor(1_000), currency: 'NOK', cashier: '', title: 'Butikk', rows: [], at: '2026-11-26T10:00:00.000Z', way: 'qr' };

const rfc = (status: number, code: string | null, more: object = {}) =>
  refusalOf(status, { title: 'No', detail: 'Because', status, ...(code === null ? {} : { extraDetails: [{ name: 'ErrorCode', reason: code }] }), ...more });
const eCom = (group: string, code: string, status = 400) => refusalOf(status, [{ errorGroup: group, errorCode: code, errorMessage: 'No', contextId: 'x' }]);

describe('errors', () => {
  test('the number decides, and each is one of the closed set', () => {
    const table = [
      [rfc(400, '5080'), 'not-configured', '5080'], [rfc(400, '7010'), 'rejected', '7010'], [rfc(400, '6150'), 'rejected', '6150'], [rfc(400, '6180'), 'conflict', '6180'],
      [rfc(404, '5090'), 'rejected', '5090'], [rfc(409, null), 'conflict', '409'], [rfc(423, null), 'rate-limited', '423'], [rfc(400, '6160'), 'rate-limited', '6160'], [rfc(400, '3010'), 'unreachable', '3010'],
      [eCom('User', '81'), 'rejected', '81'], [eCom('Merchant', '38'), 'not-configured', '38'], [eCom('Payment', '42'), 'declined', '42'], [eCom('Payment', '51'), 'conflict', '51'],
      [eCom('Merchant', '51', 403), 'not-configured', '51'], [eCom('Payment', '98'), 'rejected', '98'], [eCom('VippsError', '98'), 'rate-limited', '98'],
      [eCom('InvalidRequest', 'transaction.amount'), 'rejected', 'transaction.amount'],
      [refusalOf(401, { statusCode: 401, message: 'Access denied due to invalid subscription key.' }), 'unauthorised', '401'],
      [refusalOf(403, { responseInfo: { responseCode: 403, responseMessage: 'Forbidden' }, result: { message: 'No such product' } }), 'not-configured', '403'],
      [refusalOf(502, undefined), 'unreachable', '502'],
    ] as const;
    for (const [refusal, code, providerCode] of table) expect(problemOf(refusal), JSON.stringify(refusal)).toMatchObject({ code, providerCode });
  });

  test('a lock, a limit, a failure and a key that is known say nothing; a refusal does', () => {
    for (const passing of [rfc(423, null), rfc(400, '6160'), rfc(400, '6280'), rfc(400, '4010'), rfc(409, '4150'), rfc(429, null), rfc(500, '3010'), eCom('VippsError', '94'), eCom('Merchant', '34'), eCom('VippsError', '93')]) {
      expect(saysNothing(passing), JSON.stringify(passing)).toBe(true);
    }
    for (const final of [rfc(400, '6150'), rfc(400, '7010'), rfc(404, '5090'), eCom('Payment', '71'), eCom('User', '81'), rfc(400, null)]) expect(saysNothing(final), JSON.stringify(final)).toBe(false);
    expect([rfc(404, '5090'), rfc(404, null), eCom('Merchant', '35', 402)].map(notKnown)).toEqual([true, true, true]);
    // A gateway that does not find its way knows nothing of payments.
    expect([rfc(404, '6020'), refusalOf(404, undefined), refusalOf(404, { statusCode: 404, message: 'Resource not found' })].map(notKnown)).toEqual([false, false, false]);
  });

  test('a field is named where there is no number, and nothing that was sent is quoted', () => {
    expect(problemOf(refusalOf(400, { title: 'Bad', extraDetails: [{ name: 'paymentDescription', reason: 'too short' }] })).text).toBe('Bad: paymentDescription');
    const quoted = cleaned('phone +47 912 34 567 at https://qr.vipps.no/p/abc with eyJhbGciOiJSUzI1NiIsInR5cCI6Ikp');
    expect(quoted).toBe('phone … at … with …');
  });

  test('whatever an answer holds, it is read', () => {
    fc.assert(fc.property(fc.integer({ min: 300, max: 599 }), fc.jsonValue(), (status, json) => {
      const problem = problemOf(refusalOf(status, json));
      expect(problem.text?.length ?? 0).toBeLessThanOrEqual(300);
      expect(problem.providerCode?.length ?? 0).toBeLessThanOrEqual(60);
    }));
  });
});

describe('names, numbers and times', () => {
  test('numbers of phones as people tell them', () => {
    expect(['91234567', '912 34 567', '+4791234567', '0047 91 23 45 67', '4791234567'].map((one) => msisdnOf(one, 'NOK'))).toEqual(Array(5).fill('4791234567'));
    expect(['20 12 34 56', '+45 20123456'].map((one) => msisdnOf(one, 'DKK'))).toEqual(['4520123456', '4520123456']);
    expect(['040 123 4567', '401234567', '+358401234567', '358401234567'].map((one) => msisdnOf(one, 'EUR'))).toEqual(Array(4).fill('358401234567'));
    expect(['070-123 45 67', '+46701234567'].map((one) => msisdnOf(one, 'SEK'))).toEqual(['46701234567', '46701234567']);
    expect(['', '123', 'abc', '+', '0047', '12345678901234567'].map((one) => msisdnOf(one, 'NOK'))).toEqual([null, null, null, null, null, null]);
    expect([norwegianOf('91234567'), norwegianOf('+46701234567')]).toEqual(['91234567', null]);
  });

  test('references, keys and texts stay within their limits', () => {
    const store: ProviderLink = { ...link, account: { ...link.account, settings: { prefix: 'oslo-store-7' } } };
    expect(wireReference(store, order.reference)).toBe(`oslo-store-7-${order.reference}`);
    expect(wireReference(store, order.reference)).toMatch(/^[a-zA-Z0-9-]{8,50}$/);
    expect(keyOf(order, 'start').length).toBeLessThanOrEqual(50);
    expect([descriptionOf('A'), descriptionOf(''), descriptionOf('x'.repeat(300)).length]).toEqual(['Kassa A', 'Kassa', 100]);
    for (const value of Object.values(systemHeaders(`Kassa ${'1.'.repeat(40)}`))) expect(value.length).toBeLessThanOrEqual(30);
    expect(minimumOf('EUR')).toBe(1);
    expect(baseOf({ environment: 'own', baseUrl: 'http://127.0.0.1:1234/' })).toBe('http://127.0.0.1:1234');
    expect([baseOf({}), baseOf({ environment: 'test' })]).toEqual(['https://api.vipps.no', 'https://apitest.vipps.no']);
  });

  test('a token is used until a tenth of its life, or a minute, is left; a limit rests as long as it says', () => {
    expect([86_400, 3_600, 300, 40].map(usableMs)).toEqual([77_760_000, 3_240_000, 240_000, 20_000]);
    expect([restOf('3'), restOf(undefined), restOf('9999'), restOf('Thu, 26 Nov 2026')]).toEqual([3_000, 5_000, 60_000, 5_000]);
  });

  test('kinds of the books: the same fee is counted once', () => {
    expect([kindOf('funds', 'capture'), kindOf('funds', 'refund'), kindOf('funds', 'fees-retained'), kindOf('funds', 'payout-scheduled'), kindOf('funds', 'scheduled-for-payout'), kindOf('fees', 'capture-fee'), kindOf('fees', 'fees-retained'), kindOf('funds', 'something-new')])
      .toEqual(['captured', 'refunded', 'other', 'payout', 'payout', 'fee', 'other', 'other']);
  });
});

type Entry = Details['transactionLogHistory'][number];
const entry = (operation: string, amount = 1_000, operationSuccess = true): Entry => ({ operation, operationSuccess, amount, transactionId: operation === 'INITIATE' ? null : '5001420062' });
const details = (...operations: readonly Entry[]): Details => ({ orderId: order.reference, transactionLogHistory: [...operations, entry('INITIATE')] });
const stands = (found: Details, over = false) => answerOf(link, order, {}, found, over);

describe('the history of an eCom payment', () => {
  test('each of its courses', () => {
    expect(stands(details())).toMatchObject({ kind: 'waiting' });
    expect(stands(details(entry('RESERVE', 1_000, false)))).toMatchObject({ kind: 'waiting' });
    expect(stands(details(entry('RESERVE', 1_000, false)), true)).toMatchObject({ kind: 'ended', state: 'expired' });
    expect(stands(details(entry('RESERVE')), true)).toMatchObject({ kind: 'approved', amountMinor: 1_000, currency: 'NOK', reference: order.reference, ownReference: order.reference });
    expect(stands(details(entry('SALE')))).toMatchObject({ kind: 'paid', amountMinor: 1_000 });
    expect(stands(details(entry('CAPTURE'), entry('RESERVE')))).toMatchObject({ kind: 'paid', amountMinor: 1_000 });
    expect(stands(details(entry('CAPTURE', 400), entry('RESERVE')))).toMatchObject({ kind: 'approved', amountMinor: 1_000 });
    expect(stands(details(entry('VOID', 600), entry('CAPTURE', 400), entry('RESERVE')))).toMatchObject({ kind: 'paid', amountMinor: 400 });
    expect(stands(details(entry('VOID'), entry('RESERVE')))).toMatchObject({ kind: 'ended', state: 'released' });
    expect(stands(details(entry('VOID', 1_000, false), entry('RESERVE')))).toMatchObject({ kind: 'approved' });
    expect(stands(details(entry('CANCEL')))).toMatchObject({ kind: 'ended', state: 'cancelled' });
    expect(stands(details(entry('CANCEL', 1_000, false)))).toMatchObject({ kind: 'waiting' });
    expect(stands(details(entry('USER_CANCEL')))).toMatchObject({ kind: 'ended', state: 'declined' });
    expect(stands(details(entry('REJECT')))).toMatchObject({ kind: 'ended', state: 'expired' });
    expect(stands(details(entry('REFUND'), entry('CAPTURE'), entry('RESERVE')))).toMatchObject({ kind: 'ended', state: 'reversed' });
    expect(stands(details(entry('SOMETHING_NEW')))).toMatchObject({ kind: 'waiting' });
  });

  test('the order of the history does not matter, and money that is held or taken is never called ended', () => {
    const operation = fc.constantFrom('RESERVE', 'CAPTURE', 'REFUND', 'NEW', 'RESERVE!', 'CANCEL!', 'VOID!', 'CAPTURE!');
    fc.assert(fc.property(fc.uniqueArray(operation), fc.boolean(), (operations, over) => {
      const entries = operations.map((one) => entry(one.replace('!', ''), 1_000, !one.endsWith('!')));
      const [forwards, backwards] = [stands(details(...entries), over), stands(details(...entries.toReversed()), over)];
      expect(backwards).toEqual(forwards);
      const held = historyOf(details(...entries)).heldMinor > 0;
      const taken = operations.includes('CAPTURE') && operations.includes('RESERVE') && !operations.includes('REFUND');
      if (held) expect(forwards.kind).toBe('approved');
      if (taken) expect(forwards.kind).toBe('paid');
    }));
  });
});

describe('the sums of an ePayment', () => {
  const amount = (value: number) => ({ currency: 'NOK' as const, value });
  const payment = (state: string, authorized: number, cancelled: number, captured: number, refunded: number): Payment => ({
    state, reference: order.reference, pspReference: 'psp-1', amount: amount(1_000),
    aggregate: { authorizedAmount: amount(authorized), cancelledAmount: amount(cancelled), capturedAmount: amount(captured), refundedAmount: amount(refunded) },
  });
  const now = (...sums: Parameters<typeof payment>) => epaymentAnswer(link, order, {}, payment(...sums));

  test('AUTHORIZED is what its sums say, and an unknown word is not final', () => {
    expect(now('AUTHORIZED', 1_000, 0, 0, 0)).toMatchObject({ kind: 'approved', amountMinor: 1_000, reference: order.reference });
    expect(now('AUTHORIZED', 1_000, 0, 400, 0)).toMatchObject({ kind: 'approved', amountMinor: 1_000 });
    expect(now('AUTHORIZED', 1_000, 600, 400, 0)).toMatchObject({ kind: 'paid', amountMinor: 400 });
    expect(now('AUTHORIZED', 1_000, 0, 1_000, 0)).toMatchObject({ kind: 'paid', amountMinor: 1_000 });
    expect(now('AUTHORIZED', 1_000, 1_000, 0, 0)).toMatchObject({ kind: 'ended', state: 'released' });
    expect(now('AUTHORIZED', 1_000, 0, 1_000, 1_000)).toMatchObject({ kind: 'ended', state: 'reversed' });
    expect(now('ABORTED', 0, 0, 0, 0)).toMatchObject({ kind: 'ended', state: 'declined' });
    expect(now('EXPIRED', 0, 0, 0, 0)).toMatchObject({ kind: 'ended', state: 'expired' });
    expect(now('TERMINATED', 0, 1_000, 0, 0)).toMatchObject({ kind: 'ended', state: 'cancelled' });
    expect(now('PONDERING', 0, 0, 0, 0)).toMatchObject({ kind: 'waiting', cancellable: true });
  });

  test('another payment’s reference is told as it is', () => {
    expect(epaymentAnswer(link, order, {}, { ...payment('AUTHORIZED', 1_000, 0, 0, 0), reference: 'somebody-elses' })).toMatchObject({ ownReference: 'somebody-elses' });
  });
});
