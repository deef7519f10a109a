import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Country } from '../../contract/basics.ts';
import { startNetworkPrinter, type NetworkPrinter } from '../../testing/network-printer.ts';
import { attachTo } from '../../testing/receipt-printer.ts';
import { openTill, type TestTill } from '../../testing/till.ts';
import { createClosedDrawer } from './closed-drawer.ts';

const bun = { code: '2910000000031', source: 'scan' } as const;
let till: TestTill;
let printer: NetworkPrinter;

beforeEach(async () => {
  till = await openTill();
  printer = await startNetworkPrinter('esc-pos');
});
afterEach(async () => {
  await till.close();
  await printer.close();
});

const status = async () => (await till.call('app.hello', {})).status;

async function sell(requestId: string): Promise<void> {
  const { totals } = await till.sale();
  const paid = await till.call('payment.start', { requestId, tenderId: 'cash', amountMinor: totals.cashDueMinor, givenMinor: totals.cashDueMinor });
  expect(paid.completed).toBe(true);
}

test('NO-14 a sale that is paid completes and opens the drawer; the next one waits until somebody has shut it, and goes on by itself', async () => {
  await till.signIn('Sofie Dahl');
  await till.call('app.start-shop', { shop: 'demo-no' });
  await attachTo(till, printer.port);
  await till.signIn('Sofie Dahl');
  const [article] = await till.call('article.search', { text: 'Kanelbolle', limit: 1 });
  const kanelbolle = { articleId: article?.id ?? '' };
  await till.call('sale.add-article', kanelbolle);
  await sell('first');
  await vi.waitUntil(async () => (await status()).closeDrawer, { timeout: 5_000 });
  expect(await status()).toMatchObject({ drawer: 'open' });
  expect(await till.try('sale.add-article', kanelbolle)).toMatchObject({ ok: false, error: { code: 'drawer-open' } });
  expect(await till.try('payment.start', { requestId: 'first', tenderId: 'cash', amountMinor: 1, givenMinor: 1 })).toMatchObject({ ok: true, value: { completed: true } });
  printer.hands.drawerOpen = false;
  await vi.waitUntil(async () => !(await status()).closeDrawer, { timeout: 5_000 });
  await till.call('sale.add-article', kanelbolle);

  // Opened in the middle of a sale: it goes on, and is paid when the drawer is shut.
  await till.call('drawer.open', { reason: 'change' });
  await vi.waitUntil(async () => (await status()).closeDrawer, { timeout: 5_000 });
  await till.call('sale.add-article', kanelbolle);
  expect(await till.try('payment.start', { requestId: 'second', tenderId: 'cash', amountMinor: 1, givenMinor: 1 })).toMatchObject({ error: { code: 'drawer-open' } });
  expect((await till.sale()).lines.length).toBeGreaterThan(0);
  await printer.close();
  // A printer that says nothing keeps nobody from selling.
  await vi.waitUntil(async () => !(await status()).closeDrawer, { timeout: 5_000 });
  await sell('third');
}, 30_000);

test('where the country says nothing of the drawer, an open one is told and nothing waits', async () => {
  await attachTo(till, printer.port);
  await till.call('sale.add-code', bun);
  await sell('finnish');
  await vi.waitUntil(async () => (await status()).drawer === 'open', { timeout: 5_000 });
  expect((await status()).closeDrawer).toBe(false);
  await till.call('sale.add-code', bun);
});

test('a drawer whose switch works the other way round is open when it says shut; one without a switch is never known', async () => {
  await attachTo(till, printer.port, { drawerSwitch: 'inverted' });
  expect((await status()).drawer).toBe('open');
  await attachTo(till, printer.port, { drawerSwitch: 'none' });
  expect((await status()).drawer).toBe('unknown');
});

test.each(['SE', 'NO'] as const)('NO-14 in %s nothing is sold over a drawer that was shut and is open now; a socket without a drawer, which always reads as open, is in nobody’s way', (country: Country) => {
  let state: 'open' | 'closed' | 'unknown' = 'open';
  let training = false;
  const shop = { country } as ReturnType<Parameters<typeof createClosedDrawer>[0]['shop']>;
  const rule = createClosedDrawer({ drawer: { open: () => undefined, state: () => state }, shop: () => shop, training: () => training });
  const after = (next: typeof state): string | null => {
    state = next;
    rule.seen();
    return rule.refusal()?.error.code ?? null;
  };
  expect((['open', 'open', 'closed', 'open', 'unknown', 'open', 'closed', 'open'] as const).map(after)).toEqual([null, null, null, 'drawer-open', null, null, null, 'drawer-open']);
  training = true;
  expect(rule.refusal()).toBeNull();
});
