import { describe, expect, test } from 'vitest';
import type { CallInput, CallOutput } from '../../contract/index.ts';
import type { ReturnView } from '../../contract/returns.ts';
import { openBench, type Bench } from '../../testing/bench.ts';
import { shapedProvider, type Shape, type Shaped } from '../../testing/shaped-provider.ts';

const shape: Shape = { partial: true, repeat: 'same-key', steps: 1, waits: 0 };
let serial = 0;
const request = (): string => `return-test-${(serial += 1)}`;

type Bought = { readonly bench: Bench; readonly shaped: Shaped; readonly receiptId: string; readonly lineId: string };

/** A receipt of so many articles of a cent: `byApp` of it paid by app, `byCard` by card, the rest in cash. */
async function bought({ amountMinor = 300, byApp = 300, given = shape, byCard = 0 }: { readonly amountMinor?: number; readonly byApp?: number; readonly given?: Shape; readonly byCard?: number } = {}): Promise<Bought> {
  const shaped = shapedProvider(given);
  const bench = await openBench(shaped.provider);
  await bench.call('return.save-settings', { inCash: 'when-paid-in-cash', cashierCapMinor: 0 });
  await bench.sell(amountMinor);
  if (byApp > 0) {
    await bench.call('payment.start', { requestId: request(), tenderId: 'shaped', amountMinor: byApp });
    await bench.pass(1_000);
  }
  if (byCard > 0) await bench.call('payment.start', { requestId: request(), tenderId: 'manual-card', amountMinor: byCard, reference: 'slip 1' });
  const rest = amountMinor - byApp - byCard;
  if (rest > 0) await bench.call('payment.start', { requestId: request(), tenderId: 'cash', amountMinor: rest });
  const [row] = await bench.call('return.find', { text: '', day: null, limit: 10 });
  if (!row) throw new Error('nothing was sold');
  const { lines } = await bench.call('return.of-receipt', { receiptId: row.receiptId });
  return { bench, shaped, receiptId: row.receiptId, lineId: lines[0]?.lineId ?? '' };
}

const compose = ({ bench, receiptId, lineId }: Bought, pieces: number, returnId: string | null = null) =>
  bench.try('return.compose', { returnId, receiptId, lines: pieces === 0 ? [] : [{ lineId, quantityMilli: pieces * 1000 }], reason: 'Brought back' });
const must = <T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: { readonly code: string } }): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

async function confirmed(from: Bought, pieces: number): Promise<ReturnView> {
  const { returnId } = must(await compose(from, pieces));
  return from.bench.call('return.confirm', { returnId });
}

/** Gives back by the first step that waits for a person. */
async function payNext(bench: Bench, returnId: string, more: Partial<CallInput<'return.pay'>> = {}): Promise<ReturnView> {
  const { steps } = await bench.call('return.view', { returnId });
  const step = steps.find((one) => one.state === 'next' || one.state === 'refused');
  if (!step || step.way === 'set-off') throw new Error('nothing is next');
  return bench.call('return.pay', { requestId: request(), returnId, way: step.way, amountMinor: step.amountMinor, ...(step.postId === null ? {} : { postId: step.postId }), ...(step.way === 'card' ? { reference: 'slip 2' } : {}), ...more });
}

const view = (bench: Bench, returnId: string): Promise<ReturnView> => bench.call('return.view', { returnId });
const steps = ({ steps: all }: ReturnView) => all.map(({ way, amountMinor, state }) => [way, amountMinor, state]);
const journalled = (bench: Bench, kind: string): number => Number(bench.db.prepare('SELECT count(*) FROM journal WHERE kind = ?').pluck().get(kind));
const left = async ({ bench, receiptId }: Bought): Promise<number | undefined> => (await bench.call('return.of-receipt', { receiptId })).lines[0]?.leftMilli;

describe('a return with its receipt', () => {
  test('C-5 goes back the way it came, in two visits, and never more than was sold', async () => {
    const from = await bought({ byApp: 120 });
    const { bench, shaped } = from;
    const first = await confirmed(from, 200);
    expect(steps(first)).toEqual([['refund', 120, 'next'], ['cash', 80, 'later']]);
    const after = await payNext(bench, first.returnId);
    expect(steps(await view(bench, after.returnId))).toEqual([['refund', 120, 'done'], ['cash', 80, 'next']]);
    expect(bench.findings()).toEqual([]);
    const done = await payNext(bench, first.returnId);
    expect(done).toMatchObject({ state: 'completed', number: 1, totalMinor: 200, owedMinor: 0, of: { number: 1, registerNumber: 1 }, reason: 'Brought back' });
    expect([...shaped.given.values()]).toEqual([120]);
    expect(await left(from)).toBe(100_000);
    expect(await compose(from, 101)).toMatchObject({ error: { code: 'return-too-much', detail: { name: 'Cent', left: 100 } } });
    const second = await confirmed(from, 100);
    expect(steps(second)).toEqual([['cash', 100, 'next']]);
    expect(await payNext(bench, second.returnId)).toMatchObject({ state: 'completed', number: 2 });
    expect(await compose(from, 1)).toMatchObject({ error: { code: 'return-too-much', detail: { left: 0 } } });
    expect([journalled(bench, 'return-opened'), journalled(bench, 'return-confirmed'), journalled(bench, 'return-part'), journalled(bench, 'return-completed')]).toEqual([2, 2, 1, 2]);
    expect(bench.findings()).toEqual([]);
  });

  test('a card’s part goes back by hand, with the number of the slip', async () => {
    const from = await bought({ byApp: 100, byCard: 100 });
    const { returnId } = await confirmed(from, 300);
    await payNext(from.bench, returnId);
    expect(await from.bench.try('return.pay', { requestId: request(), returnId, way: 'card', amountMinor: 100 })).toMatchObject({ error: { code: 'reference-missing' } });
    await payNext(from.bench, returnId);
    const done = await payNext(from.bench, returnId);
    expect(steps(done)).toEqual([['refund', 100, 'done'], ['card', 100, 'done'], ['cash', 100, 'done']]);
    expect(done.steps[1]?.reference).toBe('slip 2');
    expect(from.bench.findings()).toEqual([]);
  });

  test('it is composed on the disk: what is chosen is there after a restart, can be changed, and given up', async () => {
    const from = await bought();
    const { returnId } = must(await compose(from, 2));
    await from.bench.restart();
    expect((await from.bench.call('return.unfinished', {})).map((one) => [one.returnId, one.state, one.totalMinor])).toEqual([[returnId, 'open', 2]]);
    expect(await compose(from, 1)).toMatchObject({ error: { code: 'return-under-way' } });
    expect(must(await compose(from, 5, returnId))).toMatchObject({ totalMinor: 5 });
    expect(must(await compose(from, 0, returnId))).toMatchObject({ totalMinor: 0, lines: [] });
    expect(must(await compose(from, 7, returnId)).lines).toHaveLength(1);
    await from.bench.call('return.confirm', { returnId });
    expect(must(await compose(from, 6, returnId))).toMatchObject({ state: 'open', totalMinor: 6 });
    await from.bench.call('return.drop', { returnId });
    expect(await from.bench.call('return.unfinished', {})).toEqual([]);
    expect(await left(from)).toBe(300_000);
    expect(await from.bench.try('return.pay', { requestId: request(), returnId, way: 'cash', amountMinor: 6 })).toMatchObject({ error: { code: 'return-unknown' } });
    expect([journalled(from.bench, 'return-dropped'), from.bench.findings()]).toEqual([1, []]);
  });

  test('C-10 while it is unfinished there is no Z, and its row leads to it', async () => {
    const from = await bought();
    must(await compose(from, 2));
    expect(await from.bench.call('report.obstacles', {})).toMatchObject(expect.arrayContaining([expect.objectContaining({ kind: 'return-open', action: 'go-returns', amountMinor: 2 })]));
  });

  test('a second tap is the same part', async () => {
    const from = await bought({ byApp: 0 });
    const { returnId } = await confirmed(from, 300);
    const tap = { requestId: 'tap', returnId, way: 'cash', amountMinor: 300 } as const;
    const once = await from.bench.call('return.pay', tap);
    expect(await from.bench.call('return.pay', tap)).toEqual(once);
    expect(from.bench.db.prepare("SELECT count(*) FROM transaction_post WHERE amount_minor < 0").pluck().get()).toBe(1);
  });
});

describe('money on its way back', () => {
  test('PAY-I6 in doubt the return waits, nothing is sent a second time, and what the person finds ends it', async () => {
    const from = await bought({ byApp: 200, given: { ...shape, repeat: 'never' } });
    const { bench, shaped } = from;
    const { returnId } = await confirmed(from, 300);
    shaped.faults('drop-answer');
    await payNext(bench, returnId);
    await bench.pass(100);
    const inDoubt = await view(bench, returnId);
    expect(steps(inDoubt)).toEqual([['refund', 200, 'doubt'], ['cash', 100, 'later']]);
    expect(inDoubt).toMatchObject({ cash: 'no' });
    for (const way of ['cash', 'refund'] as const) expect((await bench.try('return.pay', { requestId: request(), returnId, way, amountMinor: 300 })).ok).toBe(false);
    expect(await bench.try('return.drop', { returnId })).toMatchObject({ error: { code: 'return-under-way' } });
    expect(await compose(from, 1, returnId)).toMatchObject({ error: { code: 'return-under-way' } });
    // The next customer is served meanwhile.
    await bench.sell(50);
    await bench.call('payment.start', { requestId: request(), tenderId: 'cash', amountMinor: 50 });
    await bench.restart();
    await bench.pass(70_000);
    expect(steps(await view(bench, returnId))).toEqual([['refund', 200, 'doubt'], ['cash', 100, 'later']]);
    expect(shaped.asked).toHaveLength(1);
    await bench.call('refund.decide', { refundId: inDoubt.steps[0]?.refund?.refundId ?? '', given: true, note: 'Seen on their pages' });
    expect(steps(await view(bench, returnId))).toEqual([['refund', 200, 'done'], ['cash', 100, 'next']]);
    expect(await payNext(bench, returnId)).toMatchObject({ state: 'completed', number: 1 });
    expect(bench.findings()).toEqual([]);
  });

  test('refused: it can be tried again, or go another way as the shop allows', async () => {
    const from = await bought({ byApp: 200 });
    const { bench, shaped } = from;
    const { returnId } = await confirmed(from, 300);
    shaped.refuse('not today');
    await payNext(bench, returnId);
    const refused = await view(bench, returnId);
    expect(steps(refused)).toEqual([['refund', 200, 'refused'], ['cash', 100, 'later']]);
    expect(refused).toMatchObject({ cash: 'approval', steps: [{ refund: { problem: { text: 'not today' } } }, {}] });
    // An admin stands here; the whole of it goes back in cash.
    expect(await bench.call('return.pay', { requestId: request(), returnId, way: 'cash', amountMinor: 300 })).toMatchObject({ state: 'completed' });
    expect([...shaped.given.values()]).toEqual([]);
    expect(bench.findings()).toEqual([]);
  });

  test('a shop that gives no cash back gives it on the card', async () => {
    const from = await bought({ byApp: 0 });
    await from.bench.call('return.save-settings', { inCash: 'never', cashierCapMinor: 0 });
    const { returnId, otherMinor, cash } = await confirmed(from, 300);
    expect([otherMinor, cash]).toEqual([300, 'no']);
    expect(await from.bench.try('return.pay', { requestId: request(), returnId, way: 'cash', amountMinor: 300 })).toMatchObject({ error: { code: 'return-not-in-cash' } });
    expect(await from.bench.call('return.pay', { requestId: request(), returnId, way: 'card', amountMinor: 300, reference: 'slip' })).toMatchObject({ state: 'completed' });
  });

  test('PAY-I3 PAY-I6 killed at any write: each part goes back once, and the return is completed once', async () => {
    for (let write = 1, alive = false; !alive; write += 1) {
      const from = await bought({ byApp: 200, given: { ...shape, steps: 2, waits: 1 } });
      const { bench, shaped } = from;
      bench.dieAtWrite(write);
      const tried = async (act: () => Promise<unknown>): Promise<void> => {
        await act().catch(() => undefined);
        await bench.pass(3_000);
      };
      const whole = async (): Promise<void> => {
        await tried(async () => void (await compose(from, 300)));
        const [open] = await bench.call('return.unfinished', {});
        const returnId = open?.returnId ?? '';
        if (open?.state === 'open') await tried(() => bench.call('return.confirm', { returnId }));
        await tried(() => payNext(bench, returnId));
        await bench.pass(10_000);
        await tried(() => payNext(bench, returnId));
      };
      await whole().catch(() => undefined);
      alive = !bench.dead();
      expect(bench.findings()).toEqual([]);
      if (!alive) {
        await bench.restart();
        await bench.pass(20_000);
        expect(bench.findings()).toEqual([]);
        if ((await left(from)) !== 0 || (await bench.call('return.unfinished', {})).length > 0) await whole();
      }
      expect(bench.db.prepare("SELECT state, number, total_minor, (SELECT sum(amount_minor) FROM transaction_post WHERE receipt_id = receipt.id) AS paid FROM receipt WHERE kind = 'return'").all()).toEqual([{ state: 'completed', number: 1, total_minor: -300, paid: -300 }]);
      expect([...shaped.given.values()]).toEqual([200]);
      expect(journalled(bench, 'return-completed')).toBe(1);
      expect(bench.findings()).toEqual([]);
      if (alive) expect(write).toBeGreaterThan(12);
    }
  }, 30_000);
});

describe('a return without a receipt', () => {
  const loose = (bench: Bench, unitPriceMinor: number | null, returnId: string | null = null) => bench.try('return.compose-loose', { returnId, lines: [{ articleId: 'article', quantityMilli: 40_000, unitPriceMinor }], reason: 'No receipt' });

  test('at today’s price or lower, in cash or on the card, on its own line of the reports', async () => {
    const { bench } = await bought();
    expect(await loose(bench, 2)).toMatchObject({ error: { code: 'price-out-of-range' } });
    const { returnId, of } = must(await loose(bench, null));
    expect(of).toBeNull();
    const view1 = await bench.call('return.confirm', { returnId });
    expect(steps(view1)).toEqual([['cash', 40, 'next']]);
    expect(await payNext(bench, returnId)).toMatchObject({ state: 'completed', number: 1 });
    await bench.call('report.x', {});
    const body = JSON.parse(String(bench.db.prepare("SELECT body FROM report ORDER BY number DESC LIMIT 1").pluck().get())) as { readonly figures: object; readonly grand: object };
    expect(body).toMatchObject({ figures: { totalMinor: 260, returns: { count: 1, amountMinor: 40 }, returnsWithoutReceipt: { count: 1, amountMinor: 40 } }, grand: { salesMinor: 300, returnsMinor: 40, netMinor: 260 } });
    expect(bench.findings()).toEqual([]);
  });
});

describe('who may', () => {
  async function asCashier(bench: Bench): Promise<void> {
    bench.db.exec("INSERT INTO staff (id, name, role, language, active, pin_hash) VALUES ('cashier', 'Cashier', 'cashier', NULL, 1, 'plain')");
    await bench.call('session.sign-in', { staffId: 'cashier', pin: '1111' });
  }
  const approval = async (bench: Bench, right: CallInput<'session.approve'>['right']): Promise<CallOutput<'session.approve'>> => bench.call('session.approve', { staffId: 'person', pin: '1111', right });

  test('a cashier gives back up to the shop’s cap; above it, another way, and without a receipt a manager approves', async () => {
    const from = await bought({ byApp: 200 });
    const { bench, shaped } = from;
    await bench.call('return.save-settings', { inCash: 'when-paid-in-cash', cashierCapMinor: 100 });
    await asCashier(bench);
    const { returnId } = must(await compose(from, 101));
    expect(await bench.try('return.confirm', { returnId })).toMatchObject({ error: { code: 'needs-approval', detail: { right: 'return-large' } } });
    must(await compose(from, 100, returnId));
    await bench.call('return.confirm', { returnId });
    shaped.refuse('no');
    await payNext(bench, returnId);
    expect(await bench.try('return.pay', { requestId: request(), returnId, way: 'cash', amountMinor: 100 })).toMatchObject({ ok: true, value: { state: 'completed' } });
    const second = must(await compose(from, 200));
    await bench.call('return.confirm', { returnId: second.returnId, ...(await approval(bench, 'return-large')) });
    expect(await bench.try('return.pay', { requestId: request(), returnId: second.returnId, way: 'cash', amountMinor: 200 })).toMatchObject({ error: { code: 'needs-approval', detail: { right: 'return-cash' } } });
    expect(await bench.try('return.pay', { requestId: request(), returnId: second.returnId, way: 'card', amountMinor: 200, reference: 'x' })).toMatchObject({ error: { code: 'needs-approval', detail: { right: 'return-cash' } } });
    await payNext(bench, second.returnId);
    expect(await view(bench, second.returnId)).toMatchObject({ state: 'completed' });
    const loose = { returnId: null, lines: [{ articleId: 'article', quantityMilli: 1000, unitPriceMinor: null }], reason: 'x' };
    expect(await bench.try('return.compose-loose', loose)).toMatchObject({ error: { code: 'needs-approval', detail: { right: 'return-without-receipt' } } });
    expect((await bench.try('return.compose-loose', { ...loose, ...(await approval(bench, 'return-without-receipt')) })).ok).toBe(true);
    expect(await bench.try('return.save-settings', { inCash: 'always', cashierCapMinor: 1 })).toMatchObject({ error: { code: 'needs-approval' } });
    expect(bench.findings()).toEqual([]);
  });
});
