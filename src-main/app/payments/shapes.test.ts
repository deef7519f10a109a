import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PaymentView } from '../../contract/payment.ts';
import { clearCounter, paymentIn, sellOne } from '../../testing/payments.ts';
import { openSyntheticTill, type SyntheticTill } from '../../testing/synthetic-till.ts';
import { dumpShop, verifyShop } from '../commands/audit.ts';

let open: SyntheticTill;
let serial = 0;
const nextId = (): string => `shape-${(serial += 1)}`;

beforeAll(async () => {
  open = await openSyntheticTill('held', 'prepared', 'handed', 'proved');
});
afterAll(() => open.close());
beforeEach(() => clearCounter(open.till));

async function start(tenderId: string): Promise<PaymentView> {
  return open.till.call('payment.start', { requestId: nextId(), tenderId, amountMinor: await sellOne(open.till) });
}

const until = (attemptId: string, ...states: readonly PaymentView['state'][]): Promise<PaymentView> => paymentIn(open.till, attemptId, ...states);

/** The newest view, once it is as wanted. */
async function when(attemptId: string, is: (view: PaymentView) => boolean): Promise<PaymentView> {
  const endMs = Date.now() + 9_000;
  for (;;) {
    const view = open.till.seen('payment.changed').filter((one) => one.attemptId === attemptId).at(-1);
    if (view && is(view)) return view;
    if (Date.now() > endMs) throw new Error(`it never was as awaited: ${JSON.stringify(view)}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

const paperOf = async (receiptId: string): Promise<string> => JSON.stringify(await open.till.call('receipt.paper', { receiptId }));

function tasks(): readonly { readonly reference: string; readonly amountMinor: number }[] {
  const dumped = dumpShop(`${open.till.dataDir}/kassa.sqlite`, new Date(0).toISOString());
  if ('problem' in dumped) throw new Error(dumped.problem);
  return (dumped.found as { readonly posts: readonly { readonly kind: string; readonly reference: string; readonly amountMinor: number }[] }).posts.filter((one) => one.kind === 'task');
}

describe('money that is held first', () => {
  test('is captured and booked; each step stands in its history', async () => {
    const { attemptId } = await start('held');
    await until(attemptId, 'waiting');
    await open.customer('held', 'approve');
    const paid = await until(attemptId, 'paid');
    expect(paid).toMatchObject({ completed: true, mark: 'verified' });
    expect(paid.wait?.steps.map(({ state }) => state)).toEqual(['intended', 'starting', 'waiting', 'approved', 'capturing', 'paid']);
  });

  test('another amount than was asked for is let go of, and the receipt is free', async () => {
    const { attemptId, amountMinor } = await start('held');
    await until(attemptId, 'waiting');
    await open.customer('held', 'approve', { amountMinor: amountMinor + 1 });
    const released = await until(attemptId, 'released');
    expect(released.wait).toMatchObject({ alarm: { kind: 'amount', amountMinor: amountMinor + 1 } });
    expect((await open.till.sale()).state).toBe('open');
  });
});

describe('money that was taken and does not fit', () => {
  async function alarmed(): Promise<PaymentView> {
    const { attemptId, amountMinor } = await start('handed');
    await until(attemptId, 'waiting');
    await open.customer('handed', 'approve', { amountMinor: amountMinor - 1 });
    return when(attemptId, (view) => view.wait?.alarm != null);
  }

  test('PAY-I3 is on no receipt until a manager books it as the provider says', async () => {
    const { attemptId, amountMinor, wait } = await alarmed();
    expect(wait).toMatchObject({ cancelNot: 'never', alarm: { kind: 'amount', amountMinor: amountMinor - 1, mayTake: true } });
    const decided = await open.till.call('payment.decide', { attemptId, take: true, note: 'Seen on their pages' });
    expect(decided).toMatchObject({ state: 'paid', completed: false, dueMinor: 1 });
  });

  test('PAY-I3 or is left: the receipt is free, and the money is a task', async () => {
    const { attemptId, wait } = await alarmed();
    const decided = await open.till.call('payment.decide', { attemptId, take: false, note: 'Not ours' });
    expect(decided.state).toBe('declined');
    expect(tasks()).toContainEqual(expect.objectContaining({ reference: wait?.alarm?.reference, amountMinor: wait?.alarm?.amountMinor }));
  });

  test('a cashier needs a manager for that', async () => {
    const { attemptId } = await alarmed();
    await open.till.signIn('Aino Lehtinen');
    expect(await open.till.try('payment.decide', { attemptId, take: true, note: 'x' })).toMatchObject({ ok: false, error: { code: 'needs-approval' } });
    await open.till.signIn('Sofie Dahl');
    await open.till.call('payment.decide', { attemptId, take: false, note: 'Not ours' });
  });
});

describe('another payment in its place', () => {
  async function occupied(theirsMinor: number): Promise<PaymentView> {
    await open.customer('prepared', 'foreign', { amountMinor: theirsMinor });
    const { attemptId } = await start('prepared');
    return when(attemptId, (view) => view.wait?.found != null);
  }

  test('is ended, and ours is asked for', async () => {
    const { attemptId, state } = await occupied(4_711);
    expect(state).toBe('not-started');
    const fresh = await open.till.call('payment.found', { attemptId, what: 'cancel', requestId: nextId() });
    await until(fresh.attemptId, 'waiting');
    await open.customer('prepared', 'approve');
    expect(await until(fresh.attemptId, 'paid')).toMatchObject({ completed: true });
  });

  test('or is gone on with, where it is for the same', async () => {
    const due = await sellOne(open.till);
    await open.customer('prepared', 'foreign', { amountMinor: due });
    const { attemptId } = await open.till.call('payment.start', { requestId: nextId(), tenderId: 'prepared', amountMinor: due });
    const { wait } = await when(attemptId, (view) => view.wait?.found != null);
    expect(wait?.found).toMatchObject({ amountMinor: due, mayTakeOver: true });
    const ours = await open.till.call('payment.found', { attemptId, what: 'take-over', requestId: nextId() });
    await open.customer('prepared', 'approve');
    expect(await until(ours.attemptId, 'paid')).toMatchObject({ completed: true, reference: wait?.found?.reference });
  });

  test('whose customer was faster than its end is a task', async () => {
    const { attemptId, wait } = await occupied(999);
    await open.customer('prepared', 'approve');
    const fresh = await open.till.call('payment.found', { attemptId, what: 'cancel', requestId: nextId() });
    expect(tasks()).toContainEqual(expect.objectContaining({ reference: wait?.found?.reference, amountMinor: 999 }));
    await until(fresh.attemptId, 'waiting');
    await open.customer('prepared', 'decline');
    await until(fresh.attemptId, 'declined');
  });
});

describe('a payment that another application takes', () => {
  test('PAY-I10 is opened once, and its address is kept nowhere; the tip is on the receipt beside the total', async () => {
    const before = open.opened.length;
    const { attemptId, amountMinor } = await start('handed');
    await until(attemptId, 'waiting');
    expect(open.opened.slice(before)).toHaveLength(1);
    const address = open.opened.at(-1) ?? '';
    expect(address).toMatch(/token=/);
    expect(await open.till.try('payment.cancel', { attemptId })).toMatchObject({ value: { wait: { cancelNot: 'never' } } });
    await open.customer('handed', 'approve', { tipMinor: 150 });
    const paid = await until(attemptId, 'paid');
    expect(paid).toMatchObject({ completed: true, tipMinor: 150, amountMinor });
    expect(await paperOf(paid.receiptId)).toContain('1,50');
    for (const said of Object.values(open.till.everythingSaid())) expect(said).not.toContain(address);
  });
});

describe('a payment that was made before and is shown', () => {
  async function pay(amountMinor: number): Promise<string> {
    const paid = await open.customer('proved', 'pay', { amountMinor });
    return paid.ok ? String(paid['proof']) : '';
  }
  const show = (proof: string) => open.till.try('payment.start', { requestId: nextId(), tenderId: 'proved', amountMinor: 0, proof });

  test('is booked with its own amount, once', async () => {
    const due = await sellOne(open.till);
    const proof = await pay(due);
    expect(await show(proof)).toMatchObject({ ok: true, value: { state: 'paid', completed: true, amountMinor: due, mark: 'verified' } });
    await sellOne(open.till);
    expect(await show(proof)).toMatchObject({ ok: false, error: { code: 'proof-used' } });
  });

  test('is refused where it is forged, of no amount that fits, or missing', async () => {
    const due = await sellOne(open.till);
    const proof = await pay(due);
    expect(await show(`${proof.slice(0, -2)}AA`)).toMatchObject({ ok: false, error: { code: 'proof-refused' } });
    expect(await show(await pay(due + 1))).toMatchObject({ ok: false, error: { code: 'amount-out-of-range' } });
    expect(await open.till.try('payment.start', { requestId: nextId(), tenderId: 'proved', amountMinor: 0 })).toMatchObject({ ok: false, error: { code: 'proof-missing' } });
  });

  test('PAY-I3 counts from the completion of its receipt: taken off before, it can be shown again', async () => {
    const due = await sellOne(open.till);
    const proof = await pay(due - 1);
    expect(await show(proof)).toMatchObject({ ok: true, value: { completed: false } });
    const [post] = (await open.till.sale()).posts;
    await open.till.call('payment.remove', { postId: post?.id ?? '' });
    expect(await show(proof)).toMatchObject({ ok: true, value: { completed: false } });
  });
});

test('PAY-I2 PAY-I7 after all of it the books are right', () => {
  const verified = verifyShop(`${open.till.dataDir}/kassa.sqlite`);
  expect('found' in verified && verified.found.findings).toEqual([]);
});
