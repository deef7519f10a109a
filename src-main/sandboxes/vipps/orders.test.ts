import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disagreements, VippsWire, type Answer, type Json } from '../../testing/vipps-wire.ts';
import { hasVippsFiles } from '../../testing/vipps-specifications.ts';

let wire: VippsWire;
beforeAll(async () => {
  wire = await VippsWire.open();
});
afterAll(() => wire.sandbox.close());

const line = (more: object = {}): object => ({ name: 'Coffee', id: 'sku-1', totalAmount: 5000, totalAmountExcludingTax: 4000, totalTaxAmount: 1000, taxRate: 2500, ...more });
const receipt = (lines: readonly object[], bottom: object = {}): object => ({ orderLines: lines, bottomLine: { currency: 'NOK', posId: 'till2', receiptNumber: '123', ...bottom } });
const path = (orderId: string, kind = 'ecom'): string => `/order-management/v2/${kind}/receipts/${orderId}`;
const post = (orderId: string, body: object, kind?: string): Promise<Answer> => wire.call('POST', path(orderId, kind), body);
const weighed = (unitPrice: number, quantity: string, totalAmount: number, discount = 0): object => line({ totalAmount, totalAmountExcludingTax: totalAmount, totalTaxAmount: 0, taxRate: 0, discount, unitInfo: { unitPrice, quantity, quantityUnit: 'KG' } });

describe('a receipt of an order', () => {
  test('is kept once, whatever the case of its kind, and given back as it came', async () => {
    const body = receipt([line({ unitInfo: { unitPrice: 2600, quantity: '2', quantityUnit: 'PCS' }, discount: 200 }), line({ isReturn: true }), weighed(19_990, '0.333', 6657)], { paymentSources: { cash: 500 }, barcode: { format: 'CODE 128', data: '17' } });
    const first = await post('order-1', body, 'eCom');
    expect(first.status).toBe(201);
    expect(JSON.parse(first.text)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect((await post('order-1', body, 'ECOM')).status).toBe(409);
    expect((await post('order-1', body, 'recurring')).status).toBe(201);
    const category = { category: 'RECEIPT', orderDetailsUrl: 'https://shop.example/17' };
    for (const more of [{}, { imageId: 'logo' }]) expect((await wire.call('PUT', '/order-management/v2/ecom/categories/order-1', { ...category, ...more })).status).toBe(200);
    expect((await wire.call('GET', '/order-management/v2/ECOM/order-1')).body).toEqual({ category: { ...category, imageId: 'logo' }, receipt: body });
    expect((await wire.call('GET', '/order-management/v2/ecom/order-2')).status).toBe(404);
  });

  const good: readonly (readonly [string, object])[] = [
    ['no unit price at all', line()],
    ['a rate of a quarter percent', line({ taxRate: 2550, taxPercentage: 25 })],
    ['the old way to say the rate', line({ taxRate: undefined, taxPercentage: 25 })],
    ['weighed goods that were rounded up', weighed(19_990, '0.333', 6657)],
    ['weighed goods that were rounded down', weighed(19_990, '0.333', 6656)],
    ['eight digits behind the point', weighed(100_000_000, '1.00000001', 100_000_001)],
    ['goods for nothing', line({ totalAmount: 0, totalAmountExcludingTax: 0, totalTaxAmount: 0, unitInfo: { unitPrice: 5000, quantity: '1' }, discount: 5000 })],
  ];
  test.each(good)('%s is fine', async (what, one) => {
    expect((await post(`good-${what.replaceAll(' ', '-')}`, receipt([one]))).status).toBe(201);
  });

  const wrong: readonly (readonly [string, object, string])[] = [
    ['no lines', receipt([]), 'orderLines'],
    ['a total that is not what its parts are', receipt([line(), line({ totalTaxAmount: 999 })]), 'orderLines.1'],
    ['price times quantity that is one minor unit off', receipt([line({ unitInfo: { unitPrice: 5001, quantity: '1' } })]), 'orderLines.0'],
    ['a discount that was not taken off', receipt([line({ unitInfo: { unitPrice: 5000, quantity: '1' }, discount: 100 })]), 'orderLines.0'],
    ['no rate', receipt([line({ taxRate: undefined })]), 'orderLines.0'],
    ['a rate above all', receipt([line({ taxRate: 10_001 })]), 'orderLines.0.taxRate'],
    ['two rates', receipt([line({ taxPercentage: 12 })]), 'orderLines.0'],
    ['an amount with decimals', receipt([line({ totalAmount: 5000.5 })]), 'orderLines.0.totalAmount'],
    ['a total below zero', receipt([line({ totalAmount: -5000, totalAmountExcludingTax: -4000, totalTaxAmount: -1000 })]), 'orderLines.0.totalAmount'],
    ['a quantity as a number', receipt([line({ unitInfo: { unitPrice: 5000, quantity: 1 } })]), 'orderLines.0.unitInfo.quantity'],
    ['a quantity with a comma', receipt([line({ unitInfo: { unitPrice: 5000, quantity: '1,0' } })]), 'orderLines.0.unitInfo.quantity'],
    ['a unit that does not exist', receipt([line({ unitInfo: { unitPrice: 5000, quantity: '1', quantityUnit: 'M' } })]), 'orderLines.0.unitInfo.quantityUnit'],
    ['another currency', receipt([line()], { currency: 'SEK' }), 'bottomLine.currency'],
    ['a barcode of another kind', receipt([line()], { barcode: { format: 'QR', data: '1' } }), 'bottomLine.barcode.format'],
  ];
  test.each(wrong)('%s is refused', async (_what, body, field) => {
    const answer = await post('refused-1', body);
    expect(answer.status).toBe(400);
    expect((answer.body['invalidParams'] as readonly Json[])[0]?.['name']).toBe(field);
  });

  test('may come with the payment; then there is no second', async () => {
    const payment = (reference: string, more: object): Promise<Answer> => wire.post('', { amount: { value: 5000, currency: 'NOK' }, paymentMethod: { type: 'WALLET' }, reference, userFlow: 'QR', ...more });
    expect((await payment('with-receipt', { receipt: receipt([line()]) })).status).toBe(201);
    expect((await post('with-receipt', receipt([line()]))).status).toBe(409);
    expect(await payment('with-wrong-1', { receipt: receipt([line({ totalTaxAmount: 1 })]) })).toMatchObject({ status: 400, body: { extraDetails: [{ name: 'receipt.orderLines.0' }] } });
    expect(await payment('with-wrong-2', { receipt: receipt([line()], { currency: 'EUR' }) })).toMatchObject({ status: 400 });
    const life = (ms: number): string => new Date(Date.now() + ms).toISOString();
    const long = (reference: string, expiresAt: string): Promise<Answer> => payment(reference, { expiresAt, receipt: receipt([line()]) });
    expect([(await long('too-short-1', life(599_000))).code, (await long('too-long-01', life(29 * 86_400_000))).code, (await long('just-right1', life(86_400_000))).status]).toEqual(['6120', '6110', 201]);
  });

  test('refuses paths that name no order', async () => {
    expect((await post('order-1', receipt([line()]), 'epayment')).status).toBe(400);
    expect((await post('a%2Bb', receipt([line()]))).status).toBe(400);
    expect((await wire.call('POST', path('order-9'), receipt([line()]), { headers: { 'Merchant-Serial-Number': undefined } })).status).toBe(403);
    expect((await wire.call('PUT', '/order-management/v2/ecom/categories/order-1', { category: 'SHOES', orderDetailsUrl: 'https://shop.example' })).status).toBe(400);
  });
});

describe.skipIf(!hasVippsFiles)('the published files', () => {
  test('agree with every answer of these tests, and with every request that was taken', () => expect(disagreements()).toEqual([]));
});
