import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CallOutput } from '../../contract/index.ts';
import { dayIn } from '../../core/time.ts';
import { openTill, type TestTill } from '../../testing/till.ts';
import { giveBackByVipps, sellByVipps, vippsOf, type VippsHands } from '../../testing/vipps-till.ts';
import { VippsWire } from '../../testing/vipps-wire.ts';

type View = CallOutput<'settlement.compare'>;

const dayMs = 24 * 60 * 60_000;
/** As the provider's books have it; sales late in the evening are of the next day here, and are found all the same. */
const today = (): string => dayIn('UTC', Date.now());
let till: TestTill;
let wire: VippsWire;
let vipps: VippsHands;

beforeEach(async () => {
  wire = await VippsWire.open();
  till = await openTill({ sandboxes: { vipps: wire.sandbox } });
  vipps = vippsOf(() => wire.sandbox.control);
  await till.signIn('Sofie Dahl');
});
afterEach(async () => {
  await till.close();
  await wire.sandbox.close();
});

const compare = (day: string) => till.call('settlement.compare', { kind: 'vipps', day });
const told = ({ rows }: View) => rows.map(({ state, kind, hereMinor, thereMinor }) => [state, kind, hereMinor, thereMinor]);

/** Somebody else takes a payment by the shop's keys: this till knows nothing of it. */
async function takenElsewhere(amountMinor: number): Promise<string> {
  const reference = `elsewhere-${Date.now()}`;
  const amount = { currency: 'EUR', value: amountMinor };
  const made = await wire.post('', { amount, reference, userFlow: 'QR', paymentMethod: { type: 'WALLET' }, customerInteraction: 'CUSTOMER_PRESENT', paymentDescription: 'Elsewhere' });
  expect(made.status).toBe(201);
  await wire.phone('approve', reference);
  expect((await wire.post(`/${reference}/capture`, { modificationAmount: amount })).status).toBe(200);
  return reference;
}

describe('a day of the shop beside the provider’s own books', () => {
  test('sales and a refund find their rows, what only the provider knows is missing here, fees and the payout are summed apart', async () => {
    const first = await sellByVipps(till, vipps, 2);
    const second = await sellByVipps(till, vipps, 3);
    await giveBackByVipps(till, second.receiptId);
    const stranger = await takenElsewhere(1_234);
    await vipps.advance(2 * dayMs);
    const view = await compare(today());
    expect(told(view)).toEqual([
      ['matched', 'captured', first.totalMinor, first.totalMinor],
      ['matched', 'captured', second.totalMinor, second.totalMinor],
      ['matched', 'refunded', -320, -320],
      ['missing-here', 'captured', 0, 1_234],
    ]);
    expect(view.rows.at(-1)?.reference).toBe(stranger);
    expect(view.rows[0]?.here[0]).toMatchObject({ receiptId: first.receiptId, of: 'receipt' });
    const [fees] = view.fees;
    const [payout] = view.payouts;
    expect(fees).toMatchObject({ currency: 'EUR', count: 3 });
    expect(fees?.amountMinor).toBeLessThan(0);
    expect(payout?.amountMinor).toBe(first.totalMinor + second.totalMinor - 320 + 1_234 + (fees?.amountMinor ?? 0));
    expect(view.others.map(({ word }) => word)).toEqual(['fees-retained']);
  });

  test('a day that is not closed there, an account that is refused and a provider without books are failures as values', async () => {
    await sellByVipps(till, vipps);
    expect(await till.try('settlement.compare', { kind: 'vipps', day: today() })).toMatchObject({ error: { code: 'unreachable' } });
    expect(await till.try('settlement.compare', { kind: 'seqr', day: '2026-11-26' })).toMatchObject({ error: { code: 'not-configured' } });
    await vipps.advance(2 * dayMs);
    await vipps.fault('garbage', 'report');
    expect(await till.try('settlement.compare', { kind: 'vipps', day: today() })).toMatchObject({ error: { code: 'protocol' } });
    await vipps.noFaults();
    await vipps.fault('status', 'ledgers', { value: 401, times: 9 });
    expect(await till.try('settlement.compare', { kind: 'vipps', day: today() })).toMatchObject({ error: { code: 'unauthorised' } });
  });

  test('a manager reads it, a cashier asks one', async () => {
    await till.signIn('Aino Lehtinen');
    expect(await till.try('settlement.compare', { kind: 'vipps', day: '2026-11-26' })).toMatchObject({ error: { code: 'needs-approval', detail: { right: 'settlement-read' } } });
    await till.signIn('Mikael Berg');
    expect((await compare('2020-01-01')).rows).toEqual([]);
  });
});
