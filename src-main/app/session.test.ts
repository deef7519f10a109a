import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTill, type TestTill } from '../testing/till.ts';
import { createApp } from './index.ts';

let till: TestTill;
beforeAll(async () => {
  till = await openTill();
});
afterAll(() => till.close());

const idOf = async (role: string): Promise<string> =>
  (await till.call('staff.list', {})).find((one) => one.role === role)?.id ?? '';

describe('signing in', () => {
  test('nothing can be sold before somebody signs in', async () => {
    expect(await till.try('sale.current', {})).toMatchObject({ error: { code: 'not-signed-in' } });
  });

  test('a wrong PIN says how many tries are left, and five make the person wait', async () => {
    const staffId = await idOf('manager');
    const wrong = () => till.try('session.sign-in', { staffId, pin: '9999' });
    expect(await wrong()).toMatchObject({ error: { code: 'wrong-pin', detail: { triesLeft: 4 } } });
    await wrong();
    await wrong();
    await wrong();
    expect(await wrong()).toMatchObject({ error: { code: 'too-many-tries' } });
    const right = await till.try('session.sign-in', { staffId, pin: '2222' });
    expect(right).toMatchObject({ error: { code: 'too-many-tries' } });
  });

  test('a locked register takes no calls until a PIN opens it', async () => {
    await till.signIn('Aino Lehtinen');
    await till.call('session.lock', {});
    expect(await till.try('sale.current', {})).toMatchObject({ error: { code: 'locked' } });
    await till.signIn('Aino Lehtinen');
    expect((await till.try('sale.current', {})).ok).toBe(true);
  });

  test('a cashier may not edit staff, and the last admin cannot leave', async () => {
    await till.signIn('Aino Lehtinen');
    expect(await till.try('staff.all', {})).toMatchObject({ error: { code: 'needs-approval' } });
    await till.signIn('Sofie Dahl');
    const staffId = await idOf('admin');
    const leaving = { id: staffId, name: 'Sofie Dahl', role: 'cashier', language: null, active: true } as const;
    expect(await till.try('staff.save', leaving)).toMatchObject({ error: { code: 'last-admin' } });
  });
});

describe('articles', () => {
  test('one taken off sale is gone from the counter and found again on the admin page', async () => {
    await till.signIn('Sofie Dahl');
    const [article] = await till.call('article.search', { text: 'ruisleipä', limit: 1 });
    if (!article) throw new Error('the demo has no such article');
    await till.call('article.save', { ...article, active: false });
    expect(await till.call('article.search', { text: 'ruisleipä', limit: 20 })).not.toContainEqual(expect.objectContaining({ id: article.id }));
    expect(await till.call('article.search', { text: 'ruisleipä', limit: 20, inactive: true })).toContainEqual({ ...article, active: false });
    await till.call('article.save', article);
  });
});

describe('the process line', () => {
  test('unknown names, bad input and foreign windows are refused with a place', async () => {
    expect(await till.app.call('cashier', 'sale.explode', {})).toMatchObject({ error: { code: 'unknown-call' } });
    expect(await till.app.call('cashier', 'constructor', {})).toMatchObject({ error: { code: 'unknown-call' } });
    const bad = await till.app.call('cashier', 'sale.set-quantity', { lineId: 'x', quantityMilli: 1.5 });
    expect(bad).toMatchObject({ error: { code: 'bad-message', detail: { place: expect.stringContaining('/quantityMilli') } } });
    const extra = await till.app.call('cashier', 'sale.current', { extra: 1 });
    expect(extra).toMatchObject({ error: { code: 'bad-message' } });
    expect(await till.app.call('customer', 'sale.current', {})).toMatchObject({ error: { code: 'forbidden' } });
    expect((await till.app.call('customer', 'customer.current', {})).ok).toBe(true);
  });

  test('PAY-I10 a PIN that was typed is nowhere in the folder of the shop', async () => {
    await till.try('session.sign-in', { staffId: await idOf('admin'), pin: '86420975' });
    await till.app.call('cashier', 'session.sign-in', { staffId: 7, pin: '86420975' });
    const files = readdirSync(till.dataDir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      expect(readFileSync(join(file.parentPath, file.name)).includes('86420975')).toBe(false);
    }
  });

  test('a second till over the same folder is refused in a sentence', async () => {
    const second = createApp({
      dataDir: till.dataDir,
      host: 'browser',
      version: '0',
      firstShop: 'demo',
      pdf: { render: () => Promise.resolve(null) },
    });
    await expect(second).rejects.toThrow(/already/i);
  });
});

describe('another shop', () => {
  test('the Norwegian demo is one choice away, and a shop of your own another', async () => {
    const other = await openTill();
    await other.call('app.start-shop', { shop: 'demo-no' });
    expect((await other.call('app.hello', {})).shop).toMatchObject({ country: 'NO', currency: 'NOK' });
    await other.call('app.start-shop', { shop: 'setup' });
    expect(await other.call('app.hello', {})).toMatchObject({ mode: 'setup' });
    await other.call('shop.set-up', {
      name: 'Hörnan',
      organisationNumber: '556000-0000',
      country: 'SE',
      language: 'sv',
      adminName: 'Eva',
      adminPin: '5937',
    });
    const hello = await other.call('app.hello', {});
    expect(hello).toMatchObject({ mode: 'live', demoPins: [], shop: { currency: 'SEK', name: 'Hörnan' } });
    expect(await other.try('app.start-shop', { shop: 'demo-fi' })).toMatchObject({ error: { code: 'demo-only' } });
    expect(await other.try('dev.get', {})).toMatchObject({ error: { code: 'demo-only' } });
    await other.close();
  });
});
