import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import type { CallSpec } from '../../contract/define.ts';
import { calls } from '../../contract/index.ts';
import { makeCertificate } from '../../adapters/lan/make-certificate.ts';
import { provisioningExample } from '../provisioning/schema.ts';
import { inDatabase } from '../../testing/fiscal.ts';
import { createTablet, freePort, type Tablet } from '../../testing/tablet.ts';
import { openTill, type TestTill } from '../../testing/till.ts';

const pagesDir = mkdtempSync(join(tmpdir(), 'kassa-lan-pages-'));
let till: TestTill;
let port = 0;
let tablet: Tablet;

beforeAll(async () => {
  mkdirSync(join(pagesDir, 'assets'));
  const files = {
    'cashier.html': '<script src="./assets/cashier-1.js">',
    'customer.html': '<script src="./assets/customer-1.js">',
    'pair.html': '<script src="./assets/pair-1.js">',
    'assets/cashier-1.js': 'import "./shared-1.js"',
    'assets/customer-1.js': 'import "./shared-1.js"',
    'assets/pair-1.js': 'import "./shared-1.js"',
    'assets/shared-1.js': 'load("font-1.woff2")',
    'assets/font-1.woff2': 'font',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(pagesDir, name), text);
  port = await freePort();
  tablet = createTablet(port);
  till = await openTill({ pagesDir });
  await till.signIn('Sofie Dahl');
});
afterAll(async () => {
  await till.close();
  rmSync(pagesDir, { recursive: true });
});

const listening = (settings: { readonly on?: boolean; readonly port?: number } = {}) => till.call('lan.save', { on: true, port, ...settings });
const until = (hear: () => boolean): Promise<void> => expect.poll(hear, { timeout: 5_000, interval: 20 }).toBe(true).then(() => undefined);

async function paired(name = 'Tablet'): Promise<Tablet> {
  const one = createTablet(port);
  const { code } = await till.call('lan.pair', {});
  expect((await one.pair(code, name)).status).toBe(200);
  return one;
}

async function opened(one: Tablet): Promise<WebSocket> {
  const socket = await one.open();
  if (typeof socket === 'number') throw new Error(`refused: ${socket}`);
  return socket;
}

const closed = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.once('close', resolve));

const journal = (kind: string): Promise<readonly Readonly<Record<string, unknown>>[]> =>
  inDatabase(till, (storage) => storage.journal.read(storage.shop.thisRegister()?.id ?? '', 0, 10_000).filter((entry) => entry.kind === kind).map(({ detail }) => detail));

describe('the listener in the shop’s network', () => {
  test('is off until an admin switches it on, and off again when they do', async () => {
    expect(await till.call('lan.settings', {})).toMatchObject({ settings: { on: false, port: 8443 }, state: { kind: 'off' }, addresses: [], certificate: null });
    expect(await till.try('lan.pair', {})).toMatchObject({ error: { code: 'lan-off' } });
    await expect(tablet.get('/')).rejects.toThrow(/ECONNREFUSED/);
    const view = await listening();
    expect(view).toMatchObject({ state: { kind: 'listening' }, certificate: { source: 'made', validity: 'good' } });
    expect((await tablet.get('/pair')).status).toBe(200);
    expect((await listening({ on: false })).state).toEqual({ kind: 'off' });
    await expect(tablet.get('/')).rejects.toThrow(/ECONNREFUSED/);
    await listening();
  });

  test('is nobody’s but the admin’s', async () => {
    await till.signIn('Aino Lehtinen');
    const asked = [['lan.settings', {}], ['lan.save', { on: true, port }], ['lan.certificate', { source: 'made' }], ['lan.pair', {}], ['lan.pair-end', {}], ['lan.devices', {}], ['lan.rename', { deviceId: 'x', name: 'y' }], ['lan.revoke', { deviceId: 'x' }]] as const;
    for (const [name, input] of asked) expect(await till.app.call('cashier', name, input), name).toMatchObject({ error: { code: 'needs-approval' } });
    expect(Object.keys(calls).filter((name) => name.startsWith('lan.')).length).toBe(asked.length);
    await till.signIn('Sofie Dahl');
  });

  test('serves the customer’s pages with what they load, and never the cashier’s', async () => {
    const door = await tablet.get('/');
    expect([door.status, door.headers['location']]).toEqual([302, '/pair']);
    for (const path of ['/pair', '/assets/pair-1.js', '/assets/shared-1.js', '/assets/font-1.woff2']) expect((await tablet.get(path)).status, path).toBe(200);
    for (const path of ['/cashier.html', '/assets/cashier-1.js', '/../cashier.html', '/%2e%2e/cashier.html', '/assets']) expect((await tablet.get(path)).status, path).toBe(404);
    expect((await tablet.get('/customer.html')).status).toBe(302);
    const page = await tablet.get('/pair');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['access-control-allow-origin']).toBeUndefined();
    expect(page.headers['x-content-type-options']).toBe('nosniff');
  });

  test('answers nobody who calls it by another name, or from another site’s page', async () => {
    const one = await paired();
    expect((await one.get('/pair', { host: 'evil.example' })).status).toBe(403);
    expect((await one.get('/pair', { host: `evil.example:${port}` })).status).toBe(403);
    expect((await one.post('/pair', '{"code":"x","name":"y"}', { origin: 'https://evil.example' })).status).toBe(403);
    expect((await one.post('/pair', '{"code":"x","name":"y"}', { 'content-type': 'text/plain' })).status).toBe(403);
    expect(await one.open({ origin: 'https://evil.example' })).toBe(403);
    expect(await one.open({ host: `evil.example:${port}`, origin: `https://evil.example:${port}` })).toBe(403);
    expect(await one.open({ cookie: '' })).toBe(401);
    expect(await one.open({ cookie: '__Host-kassa=AAAA' })).toBe(401);
    const socket = await opened(one);
    socket.close();
  });

  test('shows on the register the fingerprint of the certificate that it really serves', async () => {
    const served = await new Promise<string>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
        resolve(socket.getPeerCertificate().fingerprint256.replaceAll(':', ''));
        socket.destroy();
      });
    });
    expect((await till.call('lan.settings', {})).certificate?.fingerprint).toBe(served);
    expect(JSON.parse((await tablet.get('/pairing')).body)).toMatchObject({ fingerprint: served, register: 1, language: 'fi' });
  });
});

describe('a device', () => {
  test('is paired once by a code, and five wrong ones end it; all of it is told and written down', async () => {
    expect(JSON.parse((await createTablet(port).pair('AAAAAAAA')).body)).toEqual({ reason: 'no-code' });
    const first = await till.call('lan.pair', {});
    expect(first.code).toMatch(/^\w{8}$/);
    const one = await paired('Left of the door');
    expect(JSON.parse((await one.pair(first.code)).body)).toEqual({ reason: 'no-code' });
    expect(till.seen('lan.paired')).toContainEqual({ name: 'Left of the door' });
    expect(till.seen('lan.refused')).toEqual([]);
    expect((await till.call('lan.settings', {})).refused).toMatchObject({ reason: 'no-code' });
    expect(await journal('device-paired')).toContainEqual(expect.objectContaining({ name: 'Left of the door', role: 'customer' }));
  });

  test('that tries too often has to wait, and a code is void after five tries', async () => {
    await till.restart();
    await till.signIn('Sofie Dahl');
    await listening();
    const { code } = await till.call('lan.pair', {});
    const guess = createTablet(port);
    const reasons: string[] = [];
    for (let go = 0; go < 7; go += 1) reasons.push((JSON.parse((await guess.pair('AAAAAAAC')).body) as { readonly reason: string }).reason);
    expect(reasons).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'spent', 'no-code', 'too-often']);
    expect(JSON.parse((await guess.pair(code)).body)).toEqual({ reason: 'too-often' });
    expect(till.seen('lan.refused')).toEqual([{ reason: 'wrong' }]);
    expect((await journal('device-refused')).map(({ reason }) => reason).slice(-5)).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'spent']);
    await till.restart();
    await till.signIn('Sofie Dahl');
    await listening();
  });

  test('makes the customer’s calls and not one of the others, whatever they are given', async () => {
    const one = await paired();
    const allowed = Object.entries(calls as Readonly<Record<string, CallSpec>>).filter(([, { windows }]) => windows.includes('customer')).map(([name]) => name);
    expect(allowed.toSorted((a, b) => a.localeCompare(b))).toEqual(['customer.current', 'customer.hello', 'customer.tell']);
    let socket = await opened(one);
    let asked = 0;
    for (const name of [...Object.keys(calls).filter((call) => !allowed.includes(call)), 'toString', '__proto__']) {
      const answer = await one.ask(socket, name, {});
      expect(answer, name).toMatchObject({ ok: false, error: { code: expect.stringMatching(/^(?:forbidden|unknown-call)$/) as string } });
      asked += 1;
      // A screen asks this little at once; one that asks more is cut off, which another test sees.
      if (asked % 15 === 0) {
        socket.close();
        await closed(socket);
        socket = await opened(one);
      }
    }
    expect(asked).toBeGreaterThan(120);
    expect(await one.ask(socket, 'customer.current', {})).toMatchObject({ ok: true });
    const hello = await one.ask(socket, 'customer.hello', {});
    expect(hello).toMatchObject({ ok: true });
    expect(JSON.stringify(hello)).not.toContain('1111');
    socket.close();
  });

  test('that asks too much or says too much at once is cut off', async () => {
    const one = await paired();
    const busy = await opened(one);
    const end = closed(busy);
    for (let go = 0; go < 40; go += 1) busy.send('{"id":1,"name":"customer.current","input":{}}');
    expect(await end).toBe(1008);
    const large = await opened(one);
    const ended = closed(large);
    large.send('x'.repeat(70_000));
    expect(await ended).toBe(1009);
    const sockets = await Promise.all([1, 2, 3, 4].map(() => opened(one)));
    expect(await one.open()).toBe(429);
    for (const socket of sockets) socket.close();
  });

  test('is seen come and go, is renamed, and is cut off in the moment in which it is revoked', async () => {
    const one = await paired('Old name');
    const socket = await opened(one);
    const mine = async () => (await till.call('lan.devices', {}))[0];
    await expect.poll(async () => (await mine())?.connected).toBe(true);
    const deviceId = (await mine())?.id ?? '';
    await till.call('lan.rename', { deviceId, name: 'New name' });
    expect(await mine()).toMatchObject({ id: deviceId, name: 'New name', role: 'customer' });
    const end = closed(socket);
    await till.call('lan.revoke', { deviceId });
    expect(await end).toBe(4401);
    expect(await one.open()).toBe(401);
    expect((await one.get('/paired')).status).toBe(401);
    expect((await one.get('/customer.html')).headers['location']).toBe('/pair');
    expect((await till.call('lan.devices', {})).some(({ id }) => id === deviceId)).toBe(false);
    expect(await till.try('lan.revoke', { deviceId })).toMatchObject({ error: { code: 'device-unknown' } });
    expect(await till.try('lan.rename', { deviceId, name: 'Again' })).toMatchObject({ error: { code: 'device-unknown' } });
    expect(await journal('device-revoked')).toContainEqual({ device: deviceId, name: 'New name' });
  });

  test('stays paired when the till is started again, and follows the next sale', async () => {
    const one = await paired();
    const before = await opened(one);
    const gone = closed(before);
    await till.restart();
    expect(await gone).toBe(1001);
    await till.signIn('Sofie Dahl');
    await expect.poll(async () => (await one.get('/paired').catch(() => ({ status: 0 }))).status).toBe(204);
    const socket = await opened(one);
    const told: string[] = [];
    socket.on('message', (data: Buffer) => told.push(data.toString()));
    await till.call('sale.add-code', { code: '2910000000031', source: 'scan' });
    await until(() => told.some((text) => text.includes('customer.changed') && text.includes('Korvapuusti')));
    // What the cashier's window was told of it meanwhile went to the cashier's window.
    expect(told.every((text) => /"event":"(?:customer\.changed|shop\.changed|lan\.beat)"/.test(text))).toBe(true);
    socket.close();
  });
});

test('a shop may be provisioned with its listener on: it is there from the first start, with a certificate of its own', async () => {
  const own = await freePort();
  const example = provisioningExample();
  const file = join(pagesDir, 'shop.json');
  writeFileSync(file, JSON.stringify({ ...example, registers: example.registers.map((one) => ({ ...one, network: { on: one.number === 1, port: own } })) }));
  const shop = await openTill({ pagesDir, firstShop: 'setup', provisionFile: file });
  await expect.poll(async () => (await createTablet(own).get('/pair').catch(() => ({ status: 0 }))).status).toBe(200);
  expect(JSON.parse((await createTablet(own).get('/pairing')).body)).toMatchObject({ shopName: 'Hamnmagasinet', register: 1, language: 'sv', fingerprint: expect.stringMatching(/^[\dA-F]{64}$/) as string });
  await shop.close();
});

describe('what is in the listener’s way', () => {
  test('a port that somebody has is told, and taken as soon as it is free', async () => {
    const taken = await freePort();
    const other = createServer().listen(taken, '0.0.0.0');
    await new Promise<void>((resolve) => other.once('listening', resolve));
    expect((await listening({ port: taken })).state).toEqual({ kind: 'failed', problem: 'port-taken' });
    await new Promise<void>((resolve) => other.close(() => resolve()));
    await expect.poll(async () => (await till.call('lan.settings', {})).state.kind, { timeout: 8_000, interval: 200 }).toBe('listening');
    await listening();
  }, 15_000);

  test('a certificate that can’t be used leaves the one that is; one that can is served, and its key is nowhere to be read', async () => {
    const own = makeCertificate(['till.shop.example', 'localhost'], Date.now());
    const other = makeCertificate(['till.shop.example'], Date.now());
    const before = (await till.call('lan.settings', {})).certificate?.fingerprint;
    expect(await till.try('lan.certificate', { source: 'given', certificate: own.certificate, key: other.key })).toMatchObject({ error: { code: 'certificate-unusable', detail: { problem: 'key-other', place: 1 } } });
    expect((await till.call('lan.settings', {})).certificate?.fingerprint).toBe(before);
    const view = await till.call('lan.certificate', { source: 'given', ...own });
    expect(view).toMatchObject({ state: { kind: 'listening' }, certificate: { source: 'given', names: ['till.shop.example', 'localhost'] } });
    expect(view.addresses[0]).toBe(`https://till.shop.example:${port}/`);
    expect((await tablet.get('/pair', { host: `till.shop.example:${port}` })).status).toBe(200);
    const secret = own.key.split('\n')[1] ?? 'no key';
    expect(secret.length).toBeGreaterThan(20);
    for (const [where, text] of Object.entries(till.everythingSaid())) expect(text.includes(secret), where).toBe(false);
    expect((await till.call('lan.certificate', { source: 'made' })).certificate).toMatchObject({ source: 'made' });
  });

  test('tokens are nowhere but in their devices', async () => {
    const one = await paired();
    const token = one.cookie.split('=')[1] ?? '';
    expect(token).toMatch(/^[\w-]{43}$/);
    for (const [where, text] of Object.entries(till.everythingSaid())) expect(text.includes(token), where).toBe(false);
    expect(readFileSync(join(till.dataDir, 'kassa.sqlite')).length).toBeGreaterThan(0);
  });
});
