import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exchangesOf } from '../../testing/openapi.ts';
import { hasVippsFiles, openVippsSpecifications } from '../../testing/vipps-specifications.ts';
import { VippsWire, type Answer } from '../../testing/vipps-wire.ts';
import { vippsModel } from './index.ts';

/* What every sandbox has around its interfaces: faults, a file, a phone, and that the same day can be played again. */
const folder = mkdtempSync(join(tmpdir(), 'kassa-vipps-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let wire: VippsWire;
beforeEach(async () => {
  wire = await VippsWire.open();
});
afterEach(() => wire.sandbox.close());

const payment = (reference: string): object => ({ amount: { value: 5000, currency: 'EUR' }, paymentMethod: { type: 'WALLET' }, reference, userFlow: 'QR' });
const create = (reference: string, key?: string): Promise<Answer> => wire.post('', payment(reference), key === undefined ? {} : { key });
const fault = (kind: string, more: object = {}): Promise<number> => wire.control('/faults', { kind, ...more });
const references = async (): Promise<readonly string[]> => (await wire.state<{ readonly payments: readonly { readonly reference: string }[] }>()).payments.map(({ reference }) => reference);

describe('what it can be told to do wrong', () => {
  test('a dropped request was never carried out, a dropped answer was, and its repeat is the same payment', async () => {
    await create('before-001');
    await fault('drop-request', { match: 'create' });
    await expect(create('order-0001', 'one')).rejects.toThrow();
    expect(await references()).toEqual(['before-001']);
    await fault('drop-answer', { match: 'create' });
    await expect(create('order-0001', 'one')).rejects.toThrow();
    expect((await create('order-0001', 'one')).status).toBe(201);
    expect(await references()).toEqual(['before-001', 'order-0001']);
  });

  test('a status before and after the deed, with when to come again', async () => {
    await create('order-0001');
    await wire.phone('approve', 'order-0001');
    const take = (key: string): Promise<Answer> => wire.post('/order-0001/capture', { modificationAmount: { value: 5000, currency: 'EUR' } }, { key });
    await fault('status', { match: 'capture', value: { status: 429, retryAfter: 7 } });
    const slow = await take('take');
    expect([slow.status, slow.headers.get('retry-after'), slow.headers.get('x-kassa-sandbox')]).toEqual([429, '7', '1']);
    await fault('status', { match: 'capture', value: 503 });
    expect(await take('take')).toMatchObject({ status: 503, body: { status: 503 } });
    expect(await wire.ledger()).toEqual([]);
    await fault('late-status', { match: 'capture', value: 500 });
    expect((await take('take')).status).toBe(500);
    expect((await take('take')).status).toBe(200);
    expect(await wire.ledger()).toEqual([['order-0001', 'captured', 5000]]);
  });

  test('garbage, another amount, a refusal of one’s choice, a doubled request, a restart', async () => {
    await create('order-0001');
    await fault('garbage', { match: 'get' });
    await expect(wire.get('order-0001')).rejects.toThrow(/JSON/);
    await fault('other-amount', { match: 'get', value: 1 });
    expect((await wire.get('order-0001')).body['amount']).toEqual({ currency: 'EUR', value: 5001 });
    await fault('error-code', { match: 'cancel', value: { code: '6250' } });
    expect(await wire.post('/order-0001/cancel', undefined)).toMatchObject({ status: 400, code: '6250' });
    await fault('error-code', { match: 'ecom-details', value: { status: 500, code: 99 } });
    expect(await wire.call('GET', '/ecomm/v2/payments/x/details')).toMatchObject({ status: 500, code: '99' });
    await fault('duplicate', { match: 'create' });
    expect((await create('order-0002')).status).toBe(201);
    await fault('restart', { match: 'create' });
    await expect(create('order-0003')).rejects.toThrow();
    expect(await references()).toEqual(['order-0001', 'order-0002', 'order-0003']);
    expect(await fault('nonsense')).toBe(400);
  });

  test('tells what it was asked and what it answered, in order', async () => {
    await create('order-0001');
    await wire.get('order-0001');
    const requests = (await (await fetch(`${wire.sandbox.control}/requests`)).json()) as readonly { readonly operation: string; readonly answer: { readonly status: number } }[];
    expect(requests.map(({ operation, answer }) => [operation, answer.status])).toEqual([['token', 200], ['create', 201], ['get', 200]]);
  });

  test.skipIf(!hasVippsFiles)('what it tells can be laid beside the published files', async () => {
    await create('order-0001');
    await fault('garbage', { match: 'get' });
    await expect(wire.get('order-0001')).rejects.toThrow(/JSON/);
    await wire.call('GET', '/settlement/v1/ledgers?cursor=nonsense');
    const exchanges = exchangesOf((await (await fetch(`${wire.sandbox.control}/requests`)).json()) as Parameters<typeof exchangesOf>[0]);
    expect(exchanges.map(({ response }) => response?.status)).toEqual([200, 201, 400]);
    const files = openVippsSpecifications();
    expect(exchanges.flatMap((one) => files.check(one))).toEqual([]);
  });
});

describe('its world', () => {
  test('survives in a file; a reset keeps its keys and nothing else', async () => {
    await wire.sandbox.close();
    const file = join(folder, 'vipps.json');
    wire = await VippsWire.open({ change: [{ name: 'Seaside' }] }, file);
    await create('order-0001');
    await wire.phone('approve', 'order-0001');
    const { credentials } = wire;
    await wire.sandbox.close();
    wire = await VippsWire.open(undefined, file);
    expect(wire.credentials).toEqual(credentials);
    expect((await wire.get('order-0001')).body).toMatchObject({ state: 'AUTHORIZED' });
    await wire.control('/reset', {});
    expect(await wire.state()).toMatchObject({ credentials, payments: [], ledger: [] });
  });

  test('the same calls at the same times make the same world, byte by byte', () => {
    const play = (): string => {
      const state = vippsModel.fresh();
      const keys = { clientId: 'client', clientSecret: 'secret', subscriptionKey: 'key' };
      expect(vippsModel.configure(state, { units: [{ msn: '123456', ...keys }], partner: { clientId: 'p', clientSecret: 's', subscriptionKey: 'k' } })).toBeNull();
      let nowMs = Date.UTC(2026, 10, 24, 10);
      const system = { 'vipps-system-name': 'a', 'vipps-system-version': '1', 'vipps-system-plugin-name': 'b', 'vipps-system-plugin-version': '1' };
      const send = (method: string, path: string, headers: Readonly<Record<string, string>>, body = '') => {
        nowMs += 137;
        vippsModel.tick(state, nowMs);
        return vippsModel.handle(state, { method, path, headers: { 'ocp-apim-subscription-key': 'key', ...system, ...headers }, body }, nowMs, true);
      };
      const token = JSON.parse(send('POST', '/accesstoken/get', { client_id: 'client', client_secret: 'secret' }).body) as { readonly access_token: string };
      const signed = { authorization: `Bearer ${token.access_token}`, 'merchant-serial-number': '123456', 'content-type': 'application/json', 'idempotency-key': 'one' };
      expect(send('POST', '/epayment/v1/payments', signed, JSON.stringify(payment('order-0001'))).status).toBe(201);
      expect(vippsModel.customer(state, { action: 'pay-late', ref: 'order-0001', afterMs: 200 }, nowMs)).toMatchObject({ ok: true });
      send('GET', '/epayment/v1/payments/order-0001', signed);
      expect(send('POST', '/epayment/v1/payments/order-0001/capture', { ...signed, 'idempotency-key': 'two' }, JSON.stringify({ modificationAmount: { value: 5000, currency: 'EUR' } })).status).toBe(200);
      return JSON.stringify(state);
    };
    expect(play()).toBe(play());
  });

  test('the phone is a page; nobody tips, and what is not there can not be paid', async () => {
    const page = await (await fetch(wire.sandbox.phone)).text();
    for (const id of ['list', 'amount', 'confirm', 'decline', 'state', 'number']) expect(page).toContain(`data-testid="phone-${id}"`);
    expect((await fetch(`${wire.sandbox.phone}/nothing`)).status).toBe(404);
    await create('order-0001');
    expect(await wire.phone('tip', 'order-0001')).toMatchObject({ ok: false });
    expect(await wire.phone('dance', 'order-0001')).toMatchObject({ ok: false });
    expect(await wire.phone('scan', 'https://qr.vipps.no/p/unknown')).toMatchObject({ ok: false });
    expect(await wire.phone('confirm', 'order-0001')).toMatchObject({ confirming: true });
    expect(await wire.phone('cancel', 'order-0001')).toMatchObject({ confirming: false, status: 'CREATED' });
    expect(await wire.phone('ignore', 'order-0001')).toMatchObject({ ok: true });
    await create('till2-0001');
    await create('till2-0002');
    expect(await wire.phone('decline', 'till2-*')).toMatchObject({ ref: 'till2-0002', status: 'ABORTED' });
    expect(await wire.phone('scan', 'till2-*')).toMatchObject({ ref: 'till2-0001', status: 'CREATED' });
  });
});
