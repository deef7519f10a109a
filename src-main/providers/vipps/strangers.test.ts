import { expect, test } from 'vitest';
import { minor } from '../../core/money.ts';
import type { ProviderLink, RefundOrder, SoldReceipt } from '../../core/payments/provider.ts';
import type { Called, Client } from './client.ts';
import { sendReceipt } from './receipt.ts';
import { createRefunds } from './refunds.ts';

/* Whatever stands between the till and the service (a proxy, a sign-in page of a network) may say 200 and mean nothing by it. */
const link: ProviderLink = { account: { id: 'account', settings: {}, secrets: {} }, terminal: { id: 'terminal', externalId: '123456', settings: {}, secrets: {} }, register: { number: 1, name: '' }, shopName: 'Shop', currency: 'NOK' };
const order = { reference: 'c0ffee00-1', amountMinor: minor(1_000), currency: 'NOK', cashier: '', title: 'Shop', rows: [], at: '2026-11-26T10:00:00.000Z' } as const;

const saying = (...answers: readonly Called[]): Client => {
  const left = [...answers];
  const call = (): Promise<Called> => Promise.resolve(left.shift() ?? { kind: 'done', status: 200, json: undefined });
  return Object.assign(call, { tokens: { get: () => Promise.reject(new Error('no token is asked for')), drop: () => undefined, fresh: () => Promise.reject(new Error('no token is asked for')) } });
};
const done = (json: unknown, status = 200): Called => ({ kind: 'done', status, json });

const refund = (api: 'epayment' | 'ecom', repeated = false): RefundOrder => ({
  reference: 'c0ffee00-r1', amountMinor: minor(500), currency: 'NOK', payment: { reference: order.reference, order, data: { api, reference: order.reference, msn: '123456' } }, data: {}, identifier: '', repeated, cashier: '', title: 'Shop',
});

test.each(['epayment', 'ecom'] as const)('by %s only an answer that tells of the refund is one', async (api) => {
  for (const json of [undefined, '<html>', {}, { reference: 'another', pspReference: '1' }, { orderId: 'another', transaction: { transactionId: '1' } }]) {
    expect(await createRefunds(saying(done(json))).refund(link, refund(api))).toMatchObject({ kind: 'unknown', problem: { code: 'protocol' } });
  }
  const good = api === 'ecom' ? { orderId: order.reference, transaction: { transactionId: '5000000001' } } : { reference: order.reference, pspReference: '5000000001' };
  expect(await createRefunds(saying(done(good))).refund(link, refund(api))).toEqual({ kind: 'refunded', reference: '5000000001' });
});

test('a receipt is there when the service says 201, or that there is one already', async () => {
  const receipt: SoldReceipt = {
    number: '1', registerName: 'Kasse 1', currency: 'NOK', totalMinor: minor(1_000),
    lines: [{ name: 'Sokker', code: '1', unit: 'piece', quantityMilli: 1_000, unitPriceMinor: minor(1_000), discountMinor: minor(0), totalMinor: minor(1_000), vatMinor: minor(200), vatRateBasisPoints: 2_500 }],
    paidOtherwise: { cashMinor: minor(0), cardMinor: minor(0), voucherMinor: minor(0) },
  };
  const send = (called: Called) => sendReceipt(saying(called), link, order, {}, receipt);
  expect(await send(done('<html>'))).toMatchObject({ code: 'protocol' });
  expect(await send(done('c0ffee00-0000-4000-8000-000000000000', 201))).toBeNull();
  expect(await send({ kind: 'silent', sent: true, status: 409, code: '', problem: { code: 'conflict' } })).toBeNull();
});
