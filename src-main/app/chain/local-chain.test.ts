import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { minor } from '../../core/money.ts';
import type { PaymentProvider, RefundAnswer, RefundOrder } from '../../core/payments/provider.ts';
import type { ChainRefunds, OwnBooks } from '../../core/ports/chain-refunds.ts';
import type { Result } from '../../contract/errors.ts';
import { createClock } from '../../adapters/clock.ts';
import { chainJson } from '../../testing/chain.ts';
import { shapedProvider } from '../../testing/shaped-provider.ts';
import { openTill, signInAs, type TestTill } from '../../testing/till.ts';
import { openChain, type Chain } from './open-chain.ts';

/* The chain's own book between a crash and the next start: what was never sent is free again, and what may have been is not. */
const root = mkdtempSync(join(tmpdir(), 'kassa-local-chain-'));
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
let a: TestTill;
/** What the provider was asked for, and what it says to the next questions; yes where nothing is planned. */
const asked: RefundOrder[] = [];
let answers: RefundAnswer[] = [];
let oslo: Chain;
let receiptId = '';
let paymentId = '';
let lineId = '';
let serial = 0;
const name = (epoch: string): string => `${epoch}-${(serial += 1)}`;

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
const chain = (): ChainRefunds => oslo.refunds;
const left = async (): Promise<number> => must(await chain().receipt({ storeId: 'bergen', receiptId }, null)).payments[0]?.leftMinor ?? -1;
const reserve = (reference: string, amountMinor: number, epoch: string, returnId: string | null = 'back') =>
  chain().reserve({ reference, epoch, of: { storeId: 'bergen', paymentId }, amountMinor: minor(amountMinor), currency: 'EUR', returnId });
const ask = (reference: string, amountMinor: number) => chain().refund({ reference, amountMinor: minor(amountMinor), currency: 'EUR', identifier: '', cashier: 'Sofie' });
/** Books in which nothing is known but these. */
const books = (epoch: string, refunds: Readonly<Record<string, ReturnType<OwnBooks['refund']>>> = {}, returns: Readonly<Record<string, ReturnType<OwnBooks['return']>>> = {}): OwnBooks => ({ epoch, refund: (reference) => refunds[reference] ?? null, return: (returnId) => returns[returnId] ?? null });

beforeAll(async () => {
  mkdirSync(join(root, 'chain'));
  const file = JSON.parse(JSON.stringify(chainJson('partner', 'http://127.0.0.1:1'))) as { stores: { providers: Record<string, unknown> }[]; providers: Record<string, unknown> };
  writeFileSync(join(root, 'chain', 'chain.json'), JSON.stringify(file));
  a = await openTill({ dataDir: join(root, 'store-a') });
  await signInAs(a, 'Sofie Dahl');
  await a.call('provider.terminal', { kind: 'vipps', action: 'choose', values: {} });
  for (let bun = 0; bun < 3; bun += 1) await a.call('sale.add-code', { code: '2910000000031', source: 'scan' });
  const started = await a.call('payment.start', { requestId: 'p', tenderId: 'vipps', amountMinor: 960 });
  const control = a.app.sandboxes()['vipps']?.control ?? '';
  for (let tries = 0; tries < 200; tries += 1) {
    await fetch(`${control}/customer`, { method: 'POST', body: JSON.stringify({ action: 'approve', ref: '*' }) });
    if ((await a.sale()).lines.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  ({ receiptId } = started);
  const { posts } = await a.call('refund.of-receipt', { receiptId });
  paymentId = posts[0]?.postId ?? '';
  lineId = (await a.call('return.of-receipt', { receiptId })).lines[0]?.lineId ?? '';
  const { provider: shaped } = shapedProvider({ partial: true, steps: 1, waits: 0, repeat: 'same-key' });
  const provider: PaymentProvider = {
    ...shaped,
    capabilities: { ...shaped.capabilities, kind: 'vipps' },
    refund(_link, order) {
      asked.push(order);
      return Promise.resolve(answers.shift() ?? { kind: 'refunded', reference: `psp-${order.reference}` });
    },
  };
  const opened = openChain({ dataDir: join(root, 'store-b'), providers: [provider], clock: createClock(), log: silent, nativeBinding: undefined });
  if (!opened) throw new Error('there is no chain');
  oslo = opened;
}, 30_000);
afterAll(async () => {
  oslo.close();
  await a.close();
  rmSync(root, { recursive: true, force: true });
});

describe('the chain’s own book', () => {
  test('PAY-I6 what was reserved and never written down is free again at the next start; of another epoch it stays', async () => {
    const [mine, older] = [name('now'), name('then')];
    must(await reserve(mine, 300, 'now'));
    must(await reserve(older, 200, 'then'));
    expect(await left()).toBe(460);
    must(await chain().reconcile(books('now')));
    expect(await left()).toBe(760);
    // A name that was given up is nobody's any more.
    expect(await reserve(mine, 300, 'now')).toMatchObject({ ok: false });
    expect(await ask(mine, 300)).toMatchObject({ kind: 'refused' });
    must(await chain().ended(older, false));
    expect(await left()).toBe(960);
  });

  test('PAY-I6 a running one stays, one that ended is settled as the books say', async () => {
    const [running, refused, given] = [name('now'), name('now'), name('now')];
    must(await reserve(running, 100, 'now'));
    must(await reserve(refused, 100, 'now'));
    must(await reserve(given, 100, 'now'));
    must(await chain().reconcile(books('now', { [running]: 'running', [refused]: 'refused', [given]: 'given' })));
    expect(await left()).toBe(760);
    must(await chain().ended(running, false));
    must(await chain().ended(given, false));
    expect(await left()).toBe(860);
  });

  test('PAY-I6 a refund that was asked for again is the same one; another amount or a stranger’s name is refused', async () => {
    const reference = name('now');
    must(await reserve(reference, 160, 'now'));
    expect(await ask(reference, 161)).toMatchObject({ kind: 'refused', problem: { code: 'conflict' } });
    const before = asked.length;
    const [first, second] = await Promise.all([ask(reference, 160), ask(reference, 160)]);
    expect(first).toEqual(second);
    expect(first).toMatchObject({ kind: 'refunded' });
    expect(await ask(reference, 160)).toEqual(first);
    expect(asked.length).toBe(before + 1);
    expect(await ask('nobody', 1)).toMatchObject({ kind: 'refused', problem: { code: 'conflict' } });
    expect(await reserve(name('now'), 701, 'now')).toMatchObject({ ok: false, error: { code: 'amount-out-of-range', detail: { maximumMinor: 700 } } });
  });

  test('PAY-I6 steps and doubts are the chain’s to remember: what was not answered is asked as a repeat, with what an earlier step left', async () => {
    const reference = name('now');
    must(await reserve(reference, 100, 'now'));
    const before = asked.length;
    answers = [{ kind: 'next', data: { reservation: '7' } }, { kind: 'unknown', problem: { code: 'unreachable' } }];
    expect(await ask(reference, 100)).toMatchObject({ kind: 'unknown', problem: { store: 'Bergen' } });
    answers = [{ kind: 'waiting', data: { reservation: '7', job: '8' } }];
    expect(await ask(reference, 100)).toEqual({ kind: 'waiting' });
    // As after a kill: it may have arrived, and stays reserved whatever the books of the register know.
    must(await chain().reconcile(books('now')));
    expect(await ask(reference, 100)).toEqual({ kind: 'refunded', reference: `psp-${reference}` });
    expect(asked.slice(before).map(({ repeated, data }) => [repeated, data])).toEqual([[false, {}], [false, { reservation: '7' }], [true, { reservation: '7' }], [true, { reservation: '7', job: '8' }]]);
    expect(await left()).toBe(600);
  });

  test('C-5 a hold that no return stands behind is given up at the next start, one of another epoch is not', async () => {
    const amounts = { grossMinor: minor(320), payableMinor: minor(320), vatMinor: minor(38) };
    const hold = (returnId: string, epoch: string, quantityMilli = 1000) => chain().hold({ returnId, epoch, of: { storeId: 'bergen', receiptId }, lines: [{ lineId, quantityMilli, ...amounts }] });
    must(await hold('r-1', 'now'));
    expect(await hold('r-2', 'now')).toMatchObject({ error: { code: 'return-under-way' } });
    expect(await hold('r-1', 'now', 4000)).toMatchObject({ error: { code: 'return-too-much', detail: { left: 3 } } });
    must(await chain().reconcile(books('now')));
    must(await hold('r-2', 'then'));
    must(await chain().reconcile(books('now')));
    expect(await hold('r-3', 'now')).toMatchObject({ error: { code: 'return-under-way' } });
    must(await chain().reconcile(books('now', {}, { 'r-2': { state: 'completed', parts: [] } })));
    expect(must(await chain().receipt({ storeId: 'bergen', receiptId }, null)).lines[0]?.back.quantityMilli).toBe(1000);
    expect(await hold('r-2', 'now')).toMatchObject({ error: { code: 'return-under-way' } });
  });
});
