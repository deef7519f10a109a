import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startVippsSandbox } from '../../sandboxes/vipps/index.ts';
import type { Sandbox } from '../../sandboxes/shared/server.ts';
import { isoInstant } from '../../core/time.ts';
import { inDatabase } from '../../testing/fiscal.ts';
import { openTill, type TestTill } from '../../testing/till.ts';
import { eventually, payByVipps, ringUp, sellByVipps, vippsOf, type VippsHands } from '../../testing/vipps-till.ts';
import { dumpShop } from '../commands/audit.ts';

let till: TestTill;
let sandbox: Sandbox;
let vipps: VippsHands;

beforeEach(async () => {
  sandbox = await startVippsSandbox();
  till = await openTill({ sandboxes: { vipps: sandbox } });
  vipps = vippsOf(() => sandbox.control);
  await till.signIn('Sofie Dahl');
  await asksFor('name phoneNumber email');
});
afterEach(async () => {
  await till.close();
  await sandbox.close();
});

/** The shop's account asks customers for so much. */
async function asksFor(userinfo: string): Promise<void> {
  const vippsAccount = (await till.call('provider.list', {})).find(({ description }) => description.kind === 'vipps')?.account;
  await till.call('provider.save-account', { kind: 'vipps', settings: { ...vippsAccount?.settings, userinfo }, secrets: {} });
}
const keep = (keepCustomerInfo: boolean, days = 90) => till.call('customer-info.save-settings', { keepCustomerInfo, days });
/** Looked at beside the till, so that the answers to its windows hold nothing of it. */
const keptCount = () => inDatabase(till, (storage) => storage.customerInfos.count());
const awaited = () => inDatabase(till, (storage) => storage.customerInfos.awaited(storage.shop.thisRegister()?.id ?? ''));
const kept = (count: number) => eventually(keptCount, (found) => found === count, 15_000);
const kinds = () => inDatabase(till, (storage) => storage.journal.read(storage.shop.thisRegister()?.id ?? '', 0, 1_000).filter(({ kind }) => kind.startsWith('customer-info')));

/** What the sandbox tells of the person with its phone. */
async function customer(): Promise<readonly string[]> {
  const [info] = await till.call('customer-info.of-receipt', { receiptId: (await till.call('receipt.last', {}))?.receiptId ?? '' });
  return [info?.name, info?.email, info?.phoneNumber].filter((value) => value !== null && value !== undefined);
}

describe('what customers agree to tell', () => {
  test('PAY-I10 is kept sealed where the shop wants it, and stands nowhere in plain text', async () => {
    await keep(true);
    const { receiptId } = await sellByVipps(till, vipps);
    await kept(1);
    const places = { ...till.everythingSaid(), dump: JSON.stringify(dumpShop(join(till.dataDir, 'kassa.sqlite'), new Date(0).toISOString())), exported: JSON.stringify(await till.call('accounting.export', { what: 'receipts', from: '2020-01-01', to: '2100-01-01' })) };
    const told = await customer();
    expect(told).toHaveLength(3);
    for (const [place, said] of Object.entries(places)) for (const secret of told) expect(said.includes(secret), `${place} tells who the customer is`).toBe(false);
    expect(till.seen('customer-info.changed')).toContainEqual({ receiptId });
    expect(JSON.stringify(places.dump)).not.toContain('sealed');
  });

  test('is not even asked for until the shop says so, nor where it has changed its mind', async () => {
    await sellByVipps(till, vipps);
    expect(await awaited()).toEqual([]);
    await keep(true);
    await sellByVipps(till, vipps);
    expect(await awaited()).toHaveLength(1);
    await keep(false);
    expect(await awaited()).toEqual([]);
    expect(await vipps.asked('userinfo')).toBe(0);
    expect(await keptCount()).toBe(0);
  });

  test('a customer who shares nothing leaves nothing; the provider is asked again a few times while it has no answer', async () => {
    await keep(true);
    // Whom this shop asks for nothing has agreed to nothing.
    await asksFor('no');
    await sellByVipps(till, vipps);
    const [later] = await eventually(awaited, (all) => all[0]?.tries === 1, 10_000);
    expect(Date.parse(later?.nextTryAt ?? '') - Date.now()).toBeGreaterThan(3_000);
    expect(await keptCount()).toBe(0);
  });

  test('is asked for after a restart, and goes with a receipt that cash has completed', async () => {
    await keep(true);
    await ringUp(till, 2);
    await payByVipps(till, vipps, 300);
    expect(await awaited()).toEqual([]);
    const { cashDueMinor } = (await till.sale()).totals;
    await till.call('payment.start', { requestId: 'rest', tenderId: 'cash', amountMinor: cashDueMinor });
    expect(await awaited()).toHaveLength(1);
    await till.restart();
    await till.signIn('Sofie Dahl');
    await kept(1);
    expect(await customer()).toHaveLength(3);
  });

  test('is read and deleted by managers only, and the journal says that it was, not what it was', async () => {
    await keep(true);
    const one = await sellByVipps(till, vipps);
    await sellByVipps(till, vipps);
    await kept(2);
    const told = await customer();
    await till.signIn('Aino Lehtinen');
    for (const name of ['customer-info.of-receipt', 'customer-info.delete'] as const) {
      expect(await till.try(name, { receiptId: one.receiptId })).toMatchObject({ error: { code: 'needs-approval', detail: { right: 'customer-info' } } });
    }
    expect(await till.try('customer-info.settings', {})).toMatchObject({ error: { code: 'needs-approval' } });
    await till.signIn('Mikael Berg');
    expect(await till.call('customer-info.delete', { receiptId: one.receiptId })).toEqual({ deleted: 1 });
    expect(await till.call('customer-info.of-receipt', { receiptId: one.receiptId })).toEqual([]);
    expect(await till.call('customer-info.delete', {})).toEqual({ deleted: 1 });
    expect(await till.call('customer-info.delete', {})).toEqual({ deleted: 0 });
    const entries = await kinds();
    expect(entries.map(({ detail }) => detail)).toMatchObject([{ by: 'person', count: 1 }, { by: 'person', count: 1, all: true }]);
    for (const secret of told) expect(JSON.stringify(entries)).not.toContain(secret);
  });

  test('is deleted by itself when it is as old as the shop said', async () => {
    await keep(true, 30);
    await sellByVipps(till, vipps);
    await kept(1);
    const dayMs = 24 * 60 * 60_000;
    const aged = async (days: number): Promise<void> => {
      await inDatabase(till, (storage) => {
        const [info] = storage.customerInfos.ofReceipt(storage.sales.lastCompleted(storage.shop.thisRegister()?.id ?? '')?.receiptId ?? '');
        if (info) storage.customerInfos.keep({ ...info, at: isoInstant(Date.now() - days * dayMs) });
      });
      await till.restart();
      await till.signIn('Sofie Dahl');
    };
    await aged(29);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await keptCount()).toBe(1);
    await aged(31);
    await kept(0);
    expect((await kinds()).map(({ detail }) => detail)).toEqual([{ by: 'age', count: 1 }]);
  });
});
