import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disagreements, systemHeaders, VippsWire, type Answer } from '../../testing/vipps-wire.ts';
import { hasVippsFiles, vippsFolder } from '../../testing/vipps-specifications.ts';

/* The vendor's own collections of requests: what is meant to be valid is taken. */
type Item = { readonly name: string; readonly item?: readonly Item[]; readonly request?: { readonly method: string; readonly header?: readonly { readonly key: string; readonly value: string }[]; readonly url: { readonly raw: string }; readonly body?: { readonly raw?: string } } };
type Request = { readonly name: string; readonly method: string; readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string };

const files = ['vipps-epayment-api/tools/epayment-api', 'vipps-ecom-api/tools/vipps-ecom-api', 'vipps-qr-api/tools/qr-api', 'vipps-order-management-api/tools/order-management-api', 'vipps-report-api/tools/vipps-report-api'];

/** What is not taken here, each with its reason. */
const left: readonly (readonly [RegExp, string])[] = [
  [/payments.*Card$/, 'free-standing cards do not exist in the vendor’s test environment, which the sandbox plays'],
  [/Express Checkout/, 'express checkout is for web shops: no till asks for an address'],
  [/merchant-redirect/, 'codes that lead to a shop’s own page are not used by a till'],
  [/order-management\/v1\/images/, 'pictures of orders are not used by a till'],
  [/ledgertransactions/, 'deprecated'],
];

const flat = (items: readonly Item[]): readonly Item[] => items.flatMap((one) => (one.item ? flat(one.item) : [one]));

function requestsOf(file: string): readonly Request[] {
  const { item } = JSON.parse(readFileSync(join(vippsFolder, `${file}-postman-collection.json`), 'utf8')) as { readonly item: readonly Item[] };
  return flat(item).map(({ name, request }) => ({
    name: `${request?.method ?? ''} ${request?.url.raw.replace(/^\{\{\w+\}\}/, '') ?? ''} ${name}`,
    method: request?.method ?? 'GET',
    url: request?.url.raw.replace(/^\{\{\w+\}\}/, '') ?? '',
    headers: Object.fromEntries((request?.header ?? []).map(({ key, value }) => [key, value])),
    body: request?.body?.raw ?? '',
  }));
}

const all = hasVippsFiles ? files.flatMap(requestsOf) : [];
const wanted = all.filter(({ name }) => !left.some(([pattern]) => pattern.test(name)));

describe.skipIf(!hasVippsFiles)('the vendor’s collections', () => {
  let wire: VippsWire;
  let count = 0;
  beforeAll(async () => {
    wire = await VippsWire.open();
  });
  afterAll(() => wire.sandbox.close());

  const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
    // In a body a name without quotes stands for a whole value, within quotes for a part of a text.
    text
      .replaceAll(/: \{\{([\w$-]+)\}\}/g, (_all, name: string) => `: ${JSON.stringify(values[name] ?? '')}`)
      .replaceAll(/\{\{([\w$-]+)\}\}/g, (_all, name: string) => String(values[name] ?? ''));

  /** Brings a payment to where the request wants it: begun, held, or taken. */
  async function prepare({ name, url, body }: Request, reference: string): Promise<Readonly<Record<string, string>>> {
    const msn = wire.credentials.merchantSerialNumber;
    const onOrder = url.includes('/ecomm/') || url.includes('/qr/');
    if (/payments\/?$/.test(url) || !/reference|orderId|sub|LandingPage/.test(url + body)) return {};
    const made = onOrder
      ? await wire.call('POST', '/ecomm/v2/payments', { customerInfo: {}, merchantInfo: { merchantSerialNumber: msn, callbackPrefix: 'https://shop.example', fallBack: 'https://shop.example' }, transaction: { orderId: reference, amount: 49_900, transactionText: 'x', scope: 'name' } })
      : await wire.post('', { amount: { value: 49_900, currency: 'NOK' }, paymentMethod: { type: 'WALLET' }, reference, userFlow: 'WEB_REDIRECT', returnUrl: 'https://shop.example', profile: { scope: 'name' } });
    const address = String(made.body['url'] ?? made.body['redirectUrl']);
    const waits = /approve|Generate|Cancel/i.test(name);
    if (!waits) await wire.phone('approve', reference);
    await wire.advance(1_000);
    if (/Refund/.test(name)) await wire.post(`/${reference}/capture`, { modificationAmount: { value: 49_900, currency: 'NOK' } });
    if (/Get order/.test(name)) await wire.call('PUT', `/order-management/v2/ecom/categories/${reference}`, { category: 'RECEIPT', orderDetailsUrl: 'https://shop.example' });
    const { profile } = (await wire.get(reference)).body as { readonly profile?: { readonly sub?: string } };
    return { vippsLandingPageURL: address, payment_token: new URL(address).searchParams.get('token') ?? '', sub: profile?.sub ?? '' };
  }

  async function send(request: Request): Promise<Answer> {
    const { credentials } = wire;
    const reference = `collection-${(count += 1)}`;
    const prepared = await prepare(request, reference);
    const values = {
      reference, orderId: reference, amount: 49_900, currency: 'NOK', mobileNumber: '91234567', internationalMobileNumber: '4791234567', imageId: 'logo', ...prepared,
      callbackPrefix: 'https://shop.example', fallBack: 'https://shop.example', $guid: 'a-guid', transactionTextInitiate: 'Socks', transactionTextCapture: 'Socks', transactionTextCancel: 'No socks', transactionTextRefund: 'Socks back',
      client_id: credentials.clientId, client_secret: credentials.clientSecret, 'Ocp-Apim-Subscription-Key': credentials.subscriptionKey, merchantSerialNumber: credentials.merchantSerialNumber, access_token: await wire.newToken(),
    };
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, fill(value, values)]));
    // Some requests leave the system's name or the kind of their body to the program that sends them.
    const kind = request.body === '' ? {} : { 'Content-Type': 'application/json' };
    return wire.raw(request.method, fill(request.url, values), { ...kind, ...headers, ...systemHeaders, ...('Idempotency-Key' in headers ? { 'Idempotency-Key': reference } : {}) }, fill(request.body, values));
  }

  test.each(wanted.map((one) => [one.name, one] as const))('%s', async (_name, request) => {
    const answer = await send(request);
    expect([answer.status, answer.status < 300 ? '' : answer.text]).toEqual([request.name.includes('Create') || request.url.includes('receipts') ? 201 : 200, '']);
  });

  test('agree with the published files', () => expect(disagreements()).toEqual([]));

  test('are read whole, and what is left out of them is there', () => {
    expect(wanted.length).toBeGreaterThan(25);
    for (const [pattern] of left) expect(all.some(({ name }) => pattern.test(name))).toBe(true);
  });
});
