import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProviderField } from '../../contract/providers.ts';
import type { RefundView } from '../../contract/refunds.ts';
import { minor } from '../../core/money.ts';
import { storesOf } from '../../storage/open.ts';
import { openBench, type Bench } from '../../testing/bench.ts';
import { shapedProvider, type Fault, type Shape, type Shaped } from '../../testing/shaped-provider.ts';
import { createBus } from '../bus.ts';
import { createReturnsElsewhere } from '../returns/elsewhere.ts';
import { engine } from './engine.ts';
import { createLinks } from './links.ts';
import { localLimits } from './refund-sources.ts';
import { createRefunds } from './refunds.ts';

const words = { en: 'Phone number', sv: 'Telefonnummer', nb: 'Telefonnummer', da: 'Telefonnummer', fi: 'Puhelinnumero', nl: 'Telefoonnummer' };
const phone: ProviderField = { name: 'phone', kind: 'text', label: words, help: words, required: true, pattern: '\\+[0-9]{8,14}', maxLength: 20 };
const number = '+358405550199';

const plain = { partial: true, steps: 1, waits: 0 } as const;
let serial = 0;

/** A receipt paid by the provider: completed, or a part of it on the counter. */
async function paid(bench: Bench, amountMinor: number, dueMinor = amountMinor): Promise<{ readonly postId: string; readonly receiptId: string }> {
  await bench.sell(dueMinor);
  const { receiptId } = await bench.call('payment.start', { requestId: `pay-${(serial += 1)}`, tenderId: 'shaped', amountMinor });
  await bench.pass(1_000);
  const { posts } = await bench.call('refund.of-receipt', { receiptId });
  return { postId: posts.at(-1)?.postId ?? '', receiptId };
}
const ask = (bench: Bench, postId: string, amountMinor: number, more: object = {}): Promise<RefundView> =>
  bench.call('refund.start', { requestId: `refund-${(serial += 1)}`, postId, amountMinor, reason: 'Brought back', ...more });

async function newest(bench: Bench, receiptId: string): Promise<RefundView> {
  const { refunds } = await bench.call('refund.of-receipt', { receiptId });
  const view = refunds.at(-1);
  if (!view) throw new Error('there is no refund');
  return view;
}
const sent = (shaped: Shaped, what: 'refund' | 'status' = 'refund') => shaped.asked.filter((one) => one.what === what);

describe('a refund that goes in two steps', () => {
  const shape: Shape = { ...plain, repeat: 'same-key', steps: 2 };

  test('each step is on the disk before the next one is sent', async () => {
    const shaped = shapedProvider(shape);
    const bench = await openBench(shaped.provider);
    const { postId, receiptId } = await paid(bench, 300);
    const seen: unknown[] = [];
    const real = shaped.provider.refund;
    shaped.provider.refund = (link, order) => {
      seen.push(bench.db.prepare('SELECT state, provider_data FROM refund').get());
      return real(link, order);
    };
    await ask(bench, postId, 300);
    expect(seen).toEqual([
      { state: 'sending', provider_data: '{}' },
      { state: 'sending', provider_data: expect.stringContaining('reservation') },
    ]);
    expect(sent(shaped).map(({ order }) => order.repeated)).toEqual([false, false]);
    expect(new Set(sent(shaped).map(({ order }) => order.reference)).size).toBe(1);
    expect(await newest(bench, receiptId)).toMatchObject({ state: 'refunded' });
  });

  test('killed while the second step is on its way: it is sent again with its data and its key, and given back once', async () => {
    const shaped = shapedProvider(shape);
    const bench = await openBench(shaped.provider);
    const { postId, receiptId } = await paid(bench, 300);
    shaped.faults('none', 'silent');
    await ask(bench, postId, 300);
    await bench.restart();
    await bench.pass(100);
    expect(await newest(bench, receiptId)).toMatchObject({ state: 'refunded' });
    const steps = sent(shaped).map(({ order }) => [order.repeated, 'reservation' in order.data]);
    expect(steps).toEqual([[false, false], [false, true], [true, true]]);
    expect([...shaped.given.values()]).toEqual([300]);
  });
});

describe('a refund whose answer was lost', () => {
  test('same-key is sent again after 1, 2, 5, 15 and 60 s, for ever', async () => {
    const shaped = shapedProvider({ ...plain, repeat: 'same-key' });
    const bench = await openBench(shaped.provider);
    const { postId, receiptId } = await paid(bench, 300);
    shaped.faults(...Array.from({ length: 7 }, () => 'drop-answer' as const));
    await ask(bench, postId, 300);
    const times: number[] = [];
    for (let second = 1; second <= 210; second += 1) {
      const before = shaped.asked.length;
      await bench.pass(1_000);
      if (shaped.asked.length > before) times.push(second);
    }
    expect(times).toEqual([1, 3, 8, 23, 83, 143, 203]);
    expect(await newest(bench, receiptId)).toMatchObject({ state: 'refunded' });
    expect([...shaped.given.values()]).toEqual([300]);
  });

  test('ask: it is never sent again, the provider is asked, also after a restart', async () => {
    const shaped = shapedProvider({ ...plain, repeat: 'ask' });
    const bench = await openBench(shaped.provider);
    const { postId, receiptId } = await paid(bench, 300);
    shaped.faults('drop-answer', 'drop-request', 'drop-answer');
    await ask(bench, postId, 120);
    await bench.pass(1_500);
    expect(await newest(bench, receiptId)).toMatchObject({ state: 'outcome-unknown', needsDecision: false });
    await bench.restart();
    await bench.pass(2_000);
    expect(await newest(bench, receiptId)).toMatchObject({ state: 'refunded' });
    expect(sent(shaped)).toHaveLength(1);
    expect([...shaped.given.values()]).toEqual([120]);
  });

  test('ask: proven that it never was, it ends, and a person may begin a new one under a new name', async () => {
    const shaped = shapedProvider({ ...plain, repeat: 'ask' });
    const bench = await openBench(shaped.provider);
    const { postId, receiptId } = await paid(bench, 300);
    shaped.faults('drop-request');
    await ask(bench, postId, 300);
    expect(await bench.try('refund.start', { requestId: 'meanwhile', postId, amountMinor: 300, reason: 'x' })).toMatchObject({ error: { detail: { reason: 'under-way' } } });
    await bench.pass(1_000);
    expect(await newest(bench, receiptId)).toMatchObject({ state: 'refused' });
    await ask(bench, postId, 300);
    expect(await newest(bench, receiptId)).toMatchObject({ state: 'refunded' });
    expect(new Set(sent(shaped).map(({ order }) => order.reference)).size).toBe(2);
  });

  test('waiting: the provider is asked again until it is done', async () => {
    const shaped = shapedProvider({ ...plain, repeat: 'ask', waits: 3 });
    const bench = await openBench(shaped.provider);
    const { postId, receiptId } = await paid(bench, 300);
    await ask(bench, postId, 300);
    expect(await newest(bench, receiptId)).toMatchObject({ state: 'waiting', needsDecision: false });
    await bench.pass(9_000);
    expect(await newest(bench, receiptId)).toMatchObject({ state: 'refunded' });
    expect([sent(shaped).length, sent(shaped, 'status').length]).toEqual([1, 3]);
  });

  test('never: only a person can tell, before and after a restart', async () => {
    const shaped = shapedProvider({ ...plain, repeat: 'never' });
    const bench = await openBench(shaped.provider);
    const { postId, receiptId } = await paid(bench, 300);
    shaped.faults('drop-answer');
    const { refundId } = await ask(bench, postId, 300);
    await bench.restart();
    await bench.pass(200_000);
    expect(await newest(bench, receiptId)).toMatchObject({ state: 'outcome-unknown', needsDecision: true });
    expect(shaped.asked).toHaveLength(1);
    await bench.call('refund.decide', { refundId, given: true, note: 'Seen on their pages' });
    expect(await newest(bench, receiptId)).toMatchObject({ state: 'refunded', needsDecision: false });
  });
});

describe('what the customer told for a refund', () => {
  const shape: Shape = { ...plain, repeat: 'same-key', asks: phone };

  test('is checked before anything is written', async () => {
    const shaped = shapedProvider(shape);
    const bench = await openBench(shaped.provider);
    const { postId, receiptId } = await paid(bench, 300);
    expect(await bench.call('refund.of-receipt', { receiptId })).toMatchObject({ posts: [{ asks: { name: 'phone' } }] });
    for (const identifier of [undefined, '', '12345', `${number}x`]) {
      const answer = await bench.try('refund.start', { requestId: `wrong-${(serial += 1)}`, postId, amountMinor: 300, reason: 'x', ...(identifier === undefined ? {} : { identifier }) });
      expect(answer).toMatchObject({ ok: false, error: { code: 'refund-identifier', detail: { field: 'Puhelinnumero' } } });
    }
    expect(bench.db.prepare('SELECT count(*) FROM refund').pluck().get()).toBe(0);
    expect(shaped.asked).toEqual([]);
  });

  test('PAY-I10 reaches the provider in each step and repeat, is sealed meanwhile, forgotten at the end, and said nowhere', async () => {
    const shaped = shapedProvider({ ...shape, steps: 2 });
    const bench = await openBench(shaped.provider);
    const { postId, receiptId } = await paid(bench, 300);
    shaped.faults('drop-answer', 'none', 'drop-answer');
    await ask(bench, postId, 100, { identifier: number });
    expect(bench.db.prepare('SELECT sealed_identifier FROM refund').pluck().get()).toMatch(/^sealed:/);
    await bench.restart();
    await bench.pass(5_000);
    expect(await newest(bench, receiptId)).toMatchObject({ state: 'refunded' });
    expect(new Set(sent(shaped).map(({ order }) => order.identifier))).toEqual(new Set([number]));
    shaped.refuse(`nobody is called ${number} here, nor ${number.slice(1)}`);
    await ask(bench, postId, 100, { identifier: number });
    expect(await newest(bench, receiptId)).toMatchObject({ state: 'refused', problem: { code: 'rejected', text: 'nobody is called … here, nor …' } });
    expect(bench.db.prepare('SELECT DISTINCT sealed_identifier FROM refund').pluck().all()).toEqual(['']);
    expect(bench.everythingSaid()).not.toContain(number.slice(1));
  });
});

test('a second tap is the same refund, also while the first one is being written', async () => {
  const shaped = shapedProvider({ ...plain, repeat: 'never' });
  const bench = await openBench(shaped.provider);
  const { postId } = await paid(bench, 300);
  const tap = () => bench.try('refund.start', { requestId: 'tap', postId, amountMinor: 300, reason: 'x' });
  const [first, second] = await Promise.all([tap(), tap()]);
  expect(first.ok && second.ok && first.value.refundId === second.value.refundId).toBe(true);
  expect(shaped.asked).toHaveLength(1);
});

test('who knows how much may go back is asked before anything is written, and has the last word', async () => {
  const shaped = shapedProvider({ ...plain, repeat: 'same-key' });
  const asked: unknown[] = [];
  const bench: Bench = await openBench(shaped.provider, {
    ended: () => Promise.resolve(),
    reserve(source, amountMinor) {
      asked.push({ ...source, wanted: amountMinor, written: bench.db.prepare('SELECT count(*) FROM refund').pluck().get() });
      return Promise.resolve(amountMinor <= 50 ? { ok: true } : { ok: false, leftMinor: minor(50) });
    },
  });
  const { postId, receiptId } = await paid(bench, 300);
  expect(await bench.try('refund.start', { requestId: 'x', postId, amountMinor: 300, reason: 'x' })).toMatchObject({ error: { code: 'amount-out-of-range', detail: { maximumMinor: 50 } } });
  expect(bench.db.prepare('SELECT count(*) FROM refund').pluck().get()).toBe(0);
  await ask(bench, postId, 50);
  expect(await newest(bench, receiptId)).toMatchObject({ state: 'refunded' });
  expect(asked).toEqual([
    { kind: 'post', id: postId, amountMinor: 300, wanted: 300, written: 0 },
    { kind: 'post', id: postId, amountMinor: 300, wanted: 50, written: 0 },
  ]);
});

test('an answer to another question ends the pause, but no sooner than a second after the last try', async () => {
  const shaped = shapedProvider({ ...plain, repeat: 'same-key' });
  const bench = await openBench(shaped.provider);
  const { postId } = await paid(bench, 300);
  // The engine alone, with a clock of its own.
  const stores = storesOf(bench.db, (content) => content);
  let nowMs = 0;
  const timers: { readonly atMs: number; readonly work: () => void }[] = [];
  const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs, after: (ms: number, work: () => void) => { timers.push({ atMs: nowMs + ms, work }); return () => undefined; } };
  const context = { engine, training: () => false, randomHex: () => '00', stores, clock, ids: { next: () => `own-${(serial += 1)}` }, bus: createBus(), log: { info: () => undefined, warn: () => undefined, error: () => undefined }, secrets: { seal: (text: string) => text, open: (text: string) => text }, register: { id: 'register', number: 1, name: '' }, shop: () => ({ language: 'en', name: 'Shop', timeZone: 'Europe/Helsinki', currency: 'EUR' }), links: () => ({ payment: () => null, lateMoney: () => undefined }) };
  const session = { authorise: () => ({ ok: true, value: { approvedBy: null } }), staffId: () => 'person' };
  const counter = { onCounter: () => null, aside: () => null, refresh: () => undefined };
  const refunds = createRefunds(context as never, session as never, counter as never, createLinks(context as never, [shaped.provider]), { limits: localLimits(stores), elsewhere: createReturnsElsewhere(null) });
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
  shaped.faults('drop-answer', 'drop-answer', 'drop-answer', 'drop-answer');
  await refunds.begin({ requestId: 'wake', source: () => ({ ok: true, value: refunds.sources.ofPost(postId) ?? (null as never) }), amountMinor: 300, reason: 'x', identifier: '', approval: undefined });
  await settle();
  refunds.wake('shaped');
  await settle();
  expect(shaped.asked).toHaveLength(1);
  for (const asked of [2, 3, 4, 5]) {
    nowMs += 1_000;
    refunds.wake('another');
    await settle();
    expect(shaped.asked).toHaveLength(asked - 1);
    refunds.wake('shaped');
    await settle();
    expect(shaped.asked).toHaveLength(asked);
  }
  expect(stores.refunds.ofPost(postId)).toMatchObject([{ state: 'refunded' }]);
  await refunds.close();
});

describe('a part payment of the receipt on the counter', () => {
  test('PAY-I8 goes back whole by its provider, and the receipt is open again', async () => {
    const shaped = shapedProvider({ ...plain, repeat: 'same-key', waits: 1 });
    const bench = await openBench(shaped.provider);
    const { postId, receiptId } = await paid(bench, 200, 500);
    const { posts } = await bench.call('sale.current', {});
    expect(posts).toMatchObject([{ id: postId, removable: false, goesBack: { asks: null, refund: null } }]);
    expect(await bench.try('refund.start', { requestId: 'a-part', postId, amountMinor: 199, reason: 'x' })).toMatchObject({ error: { code: 'amount-out-of-range', detail: { minimumMinor: 200, maximumMinor: 200 } } });
    await ask(bench, postId, 200);
    // While it is on its way nothing else happens to the receipt, but it may stand aside.
    const during = await bench.call('sale.current', {});
    expect(during).toMatchObject({ state: 'paying', posts: [{ goesBack: { refund: { state: 'waiting' } } }] });
    expect(during.tenders.map(({ usable, reason }) => [usable, reason])).toEqual(during.tenders.map(() => [false, 'payment-going-back']));
    expect(await bench.try('payment.start', { requestId: 'cash', tenderId: 'cash', amountMinor: 300 })).toMatchObject({ error: { code: 'tender-not-usable', detail: { reason: 'payment-going-back' } } });
    expect(await bench.try('sale.park', { name: 'x' })).toMatchObject({ error: { code: 'payment-going-back' } });
    expect(await bench.try('sale.void', { reason: 'x' })).toMatchObject({ error: { code: 'payment-going-back' } });
    await bench.call('sale.set-aside', {});
    await bench.pass(1_000);
    await bench.call('sale.bring-back', { receiptId });
    expect(await bench.call('sale.current', {})).toMatchObject({ receiptId, state: 'open', posts: [], totals: { paidMinor: 0, dueMinor: 500 } });
    expect(bench.findings()).toEqual([]);
    expect((await bench.call('payment.start', { requestId: `cash-${(serial += 1)}`, tenderId: 'cash', amountMinor: 500 })).completed).toBe(true);
  });

  test('refused, it stays on its receipt, which is paid on', async () => {
    const shaped = shapedProvider({ ...plain, repeat: 'same-key' });
    const bench = await openBench(shaped.provider);
    const { postId } = await paid(bench, 200, 500);
    shaped.refuse('not today');
    await ask(bench, postId, 200);
    expect(await bench.call('sale.current', {})).toMatchObject({ state: 'paying', posts: [{ goesBack: { refund: { state: 'refused', problem: { text: 'not today' } } } }] });
    expect((await bench.call('payment.start', { requestId: `cash-${(serial += 1)}`, tenderId: 'cash', amountMinor: 300 })).completed).toBe(true);
    expect(bench.findings()).toEqual([]);
  });

  test('with cash beside it the receipt stays in payment, and a payment under way comes first', async () => {
    const shaped = shapedProvider({ ...plain, repeat: 'same-key' });
    const bench = await openBench(shaped.provider);
    const { postId } = await paid(bench, 200, 500);
    await bench.call('payment.start', { requestId: `cash-${(serial += 1)}`, tenderId: 'cash', amountMinor: 100 });
    shaped.plan(() => ({ kind: 'waiting', data: {}, cancellable: true }));
    shaped.provider.poll = () => Promise.resolve({ kind: 'waiting', data: {}, cancellable: true });
    const { attemptId } = await bench.call('payment.start', { requestId: `more-${(serial += 1)}`, tenderId: 'shaped', amountMinor: 50 });
    expect(await bench.try('refund.start', { requestId: 'too-early', postId, amountMinor: 200, reason: 'x' })).toMatchObject({ error: { detail: { reason: 'payment-active' } } });
    await bench.call('payment.cancel', { attemptId });
    shaped.provider.poll = (_link, _order, data) => Promise.resolve({ kind: 'ended', state: 'cancelled', data });
    await bench.pass(2_000);
    await ask(bench, postId, 200);
    expect(await bench.call('sale.current', {})).toMatchObject({ state: 'paying', totals: { paidMinor: 100, dueMinor: 400 }, posts: [{ tenderKind: 'cash' }] });
    expect(bench.findings()).toEqual([]);
  });

  test('PAY-I3 killed at any write: it goes back once, and leaves its receipt in the same moment', async () => {
    for (let write = 1, alive = false; !alive; write += 1) {
      const shaped = shapedProvider({ ...plain, repeat: 'same-key', steps: 2, waits: 1 });
      const bench = await openBench(shaped.provider);
      const { postId, receiptId } = await paid(bench, 200, 500);
      bench.dieAtWrite(write);
      await bench.try('refund.start', { requestId: 'one', postId, amountMinor: 200, reason: 'x' });
      await bench.pass(3_000);
      alive = !bench.dead();
      expect(bench.findings()).toEqual([]);
      if (!alive) {
        await bench.restart();
        expect(bench.findings()).toEqual([]);
        // Nothing was written: the person asks once more.
        await bench.call('refund.start', { requestId: 'one', postId, amountMinor: 200, reason: 'x' });
        await bench.pass(10_000);
      }
      expect(await bench.call('sale.current', {})).toMatchObject({ receiptId, state: 'open', totals: { paidMinor: 0 } });
      expect([...shaped.given.values()]).toEqual([200]);
      expect(bench.findings()).toEqual([]);
      if (alive) expect(write).toBeGreaterThan(10);
    }
  });
});

test('PAY-I6 whatever is lost and wherever it dies: never more than was paid goes back, and both sides say the same in the end', async () => {
  const fault = fc.constantFrom<Fault>('none', 'drop-request', 'drop-answer', 'drop-answer', 'silent');
  const shapes = fc.record({ repeat: fc.constantFrom('same-key' as const, 'when-all' as const, 'ask' as const, 'never' as const), partial: fc.boolean(), steps: fc.constantFrom(1 as const, 2 as const), waits: fc.integer({ min: 0, max: 2 }) });
  // A provider that can't be asked again has no use for a refund that it works on.
  const sensible = shapes.map((shape) => (shape.repeat === 'when-all' || shape.repeat === 'never' ? { ...shape, waits: 0, steps: 1 as const } : shape));
  await fc.assert(
    fc.asyncProperty(sensible, fc.array(fc.record({ amount: fc.integer({ min: 1, max: 400 }), faults: fc.array(fault, { maxLength: 5 }), deathAt: fc.option(fc.integer({ min: 1, max: 14 })) }), { minLength: 1, maxLength: 3 }), async (shape, tries) => {
      const shaped = shapedProvider(shape);
      const bench = await openBench(shaped.provider);
      const { postId, receiptId } = await paid(bench, 300);
      for (const { amount, faults, deathAt } of tries) {
        shaped.faults(...faults);
        if (deathAt !== null) bench.dieAtWrite(deathAt);
        await bench.try('refund.start', { requestId: `try-${(serial += 1)}`, postId, amountMinor: shape.partial ? amount : 300, reason: 'x' });
        await bench.pass(30_000);
        shaped.faults();
        await bench.restart();
        await bench.pass(200_000);
        const { refunds } = await bench.call('refund.of-receipt', { receiptId });
        for (const doubt of refunds.filter((one) => one.needsDecision)) {
          const booked = refunds.filter((one) => one.state === 'refunded').reduce((all, one) => all + one.amountMinor, 0);
          const there = [...shaped.given.values()].reduce((all, one) => all + one, 0);
          await bench.call('refund.decide', { refundId: doubt.refundId, given: there > booked, note: 'Looked' });
        }
        const after = await bench.call('refund.of-receipt', { receiptId });
        const here = after.refunds.filter((one) => one.state === 'refunded').reduce((all, one) => all + one.amountMinor, 0);
        const there = [...shaped.given.values()].reduce((all, one) => all + one, 0);
        expect(after.refunds.every((one) => one.state === 'refunded' || one.state === 'refused')).toBe(true);
        expect(here).toBe(there);
        expect(there).toBeLessThanOrEqual(300);
        expect(bench.findings()).toEqual([]);
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);
