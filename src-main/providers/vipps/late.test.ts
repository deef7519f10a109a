import { describe, expect, test } from 'vitest';
import type { PaymentOrder } from '../../core/payments/order.ts';
import { minor } from '../../core/money.ts';
import type { HttpRequest } from '../../core/ports/http.ts';
import { createAges } from './ages.ts';
import { createClient } from './client.ts';
import { ignorance } from './late.ts';

const problem = { code: 'rejected', providerCode: '5090' } as const;
const order: PaymentOrder = { reference: 'c0ffee00-1', amountMinor: minor(4_290), currency: 'NOK', cashier: '', title: 'Shop', rows: [], at: '2026-11-26T10:00:00.000Z', way: 'push' };

function world() {
  const now = { wallMs: Date.parse(order.at), steadyMs: 0 };
  return { now, ages: createAges({ monotonicMs: () => now.steadyMs }) };
}

describe('what the service’s not knowing a payment proves', () => {
  test('a push is sent once more as long as the engine does so, and is in doubt until the last one can no longer arrive', () => {
    const { now, ages } = world();
    const after = (ms: number) => {
      now.steadyMs = ms;
      return ignorance(order, {}, problem, { ages, repeats: true }).kind;
    };
    ages.begin(order);
    expect([after(0), after(10_500), after(11_000)]).toEqual(['refused', 'refused', 'unknown']);
    now.steadyMs = 10_500;
    ages.begin(order);
    expect([after(11_000), after(60_500), after(70_400), after(70_500)]).toEqual(['unknown', 'unknown', 'unknown', 'refused']);
  });

  test('one of an earlier life of the program is in doubt for a minute from the first question', () => {
    const { now, ages } = world();
    now.steadyMs = 5_000;
    expect(ignorance(order, {}, problem, { ages, repeats: true }).kind).toBe('unknown');
    now.steadyMs = 64_999;
    expect(ignorance(order, {}, problem, { ages, repeats: true }).kind).toBe('unknown');
    now.steadyMs = 65_000;
    expect(ignorance(order, {}, problem, { ages, repeats: true }).kind).toBe('refused');
  });

  test('and from the first question on also where nobody answers for long', () => {
    const { now, ages } = world();
    ages.meet(order);
    now.steadyMs = 59_000;
    ages.meet(order);
    expect(ages.sinceSent(order)).toBe(59_000);
    expect(ages.sinceBegin(order)).toBeNull();
    now.steadyMs = 60_000;
    expect(ignorance(order, {}, problem, { ages, repeats: true }).kind).toBe('refused');
  });

  test('a code that nobody is shown, and a payment that was there before, are believed at once', () => {
    const { ages } = world();
    expect(ignorance({ ...order, way: 'qr' }, {}, problem, { ages, repeats: true }).kind).toBe('refused');
    expect(ignorance(order, { api: 'epayment' }, problem, { ages, repeats: false }).kind).toBe('refused');
  });
});

test('a clock that is set back does not lengthen the rest after a limit', async () => {
  const now = { wallMs: 7_200_000, steadyMs: 0 };
  const sent: HttpRequest[] = [];
  const token = JSON.stringify({ token_type: 'Bearer', expires_in: '3600', access_token: 'made-up' });
  const call = createClient({
    nowMs: () => now.wallMs,
    monotonicMs: () => now.steadyMs,
    randomHex: () => '00',
    program: 'Kassa 1',
    http: {
      send(request) {
        sent.push(request);
        const limited = !request.url.endsWith('/accesstoken/get');
        return Promise.resolve({ ok: true, status: limited ? 429 : 200, headers: { 'retry-after': '30' }, body: limited ? '' : token });
      },
    },
  });
  const link = { account: { id: 'a', settings: {}, secrets: {} }, terminal: null, register: { number: 1, name: '' }, shopName: 'Shop', currency: 'NOK' } as const;
  const request = { method: 'GET', path: '/epayment/v1/payments/x' } as const;
  await call(link, request);
  const before = sent.length;
  now.wallMs = 0;
  now.steadyMs = 29_000;
  await call(link, request);
  expect(sent.length).toBe(before);
  now.steadyMs = 30_000;
  await call(link, request);
  expect(sent.length).toBeGreaterThan(before);
});
