import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createHttp } from '../../adapters/http.ts';
import { startTrainingSandboxes } from './sandboxes.ts';
import { minor } from '../../core/money.ts';
import { withoutProvider } from '../../core/sales/model.ts';
import type { Right } from '../../contract/rights.ts';
import { handsOf } from '../../testing/hands.ts';
import { closeShift, dumped, inDatabase, pay, storedReports } from '../../testing/fiscal.ts';
import { paymentIn, sellOne } from '../../testing/payments.ts';
import { registerSeqr } from '../../testing/seqr.ts';
import { openTill, type TestTill } from '../../testing/till.ts';
import { verifyShop } from '../commands/audit.ts';
import { join } from 'node:path';

let till: TestTill;
beforeEach(async () => {
  till = await openTill();
});
afterEach(() => till.close());

const training = async () => (await till.call('app.hello', {})).training;
const kinds = () => inDatabase(till, (storage) => storage.journal.read(storage.shop.thisRegister()?.id ?? '', 0, 10_000));
const verified = () => verifyShop(join(till.dataDir, 'kassa.sqlite'));
type Dumped = { readonly receipts: readonly { readonly kind: string; readonly state: string; readonly number: number | null }[]; readonly posts: readonly { readonly reference: string }[] };

/** The phone of a customer of the sandbox that was started for the training. */
async function trainee() {
  const { phones } = await till.call('training.start', {});
  const page = phones.find(({ kind }) => kind === 'seqr')?.page ?? '';
  const control = async (): Promise<string> => {
    const origin = new URL(page).origin;
    return `${origin}/control`;
  };
  return { page, control: await control() };
}

describe('training', () => {
  test('C-11 C-3 its receipts have a series of their own, no drawer opens, and X and Z count them apart and nowhere else', async () => {
    await till.signIn('Mikael Berg');
    await sellOne(till);
    expect(await pay(till, 'cash', 5000)).toBe(1);
    const before = (await till.call('dev.get', {})).drawerOpenings;
    await till.call('training.start', {});
    const trained = [];
    for (const tender of ['cash', 'card', 'cash'] as const) {
      await sellOne(till);
      trained.push(await pay(till, tender));
    }
    expect(trained).toEqual([1, 2, 3]);
    await sellOne(till);
    const { lines } = await till.sale();
    await till.call('sale.remove-line', { lineId: lines[0]?.id ?? '' });
    expect((await till.call('dev.get', {})).drawerOpenings).toBe(before);
    expect((await till.call('receipt.list', { text: '', limit: 10 })).rows.map(({ number }) => number)).toEqual([3, 2, 1]);
    await till.call('training.end', {});
    expect((await till.call('receipt.list', { text: '', limit: 10 })).rows).toHaveLength(1);
    await sellOne(till);
    expect(await pay(till, 'cash')).toBe(2);
    await till.call('report.x', {});
    const [x] = await storedReports(till);
    expect(x?.figures).toMatchObject({ sales: { count: 2 }, training: { count: 3 }, lineCorrections: [], abandoned: { count: 0 }, drawerOpenings: 2 });
    expect(x?.figures.training.amountMinor).toBeGreaterThan(0);
    expect(x?.grand.salesMinor).toBe(x?.figures.sales.amountMinor);
    await closeShift(till);
    await till.call('report.z', {});
    const z = (await storedReports(till)).at(-1);
    expect(z?.figures.training).toEqual(x?.figures.training);
    expect(z?.grand).toEqual(x?.grand);
    expect(verified()).toMatchObject({ found: { ok: true, findings: [] } });
  });

  test('C-10 a Z waits for its end, and so does everything else about the real shop', async () => {
    await till.signIn('Sofie Dahl');
    await closeShift(till);
    await till.call('training.start', {});
    expect(await till.call('report.obstacles', {})).toMatchObject([{ kind: 'training-on', action: 'end-training' }]);
    expect(await till.try('report.z', {})).toMatchObject({ error: { code: 'z-not-yet' } });
    for (const refused of [till.try('sale.park', { name: 'x' }), till.try('drawer.open', { reason: 'x' }), till.try('shift.open', { drawer: '', counted: { by: 'sum', amountMinor: 0 } }), till.try('sale.parked', {}), till.try('provider.test', { kind: 'seqr' })]) {
      expect(await refused).toMatchObject({ error: { code: 'not-in-training' } });
    }
    // Exercises move no cash: they need no open drawer.
    await sellOne(till);
    await pay(till, 'cash');
    await till.call('training.end', {});
    expect(await till.call('report.obstacles', {})).toEqual([]);
  });

  test('C-8 its paper says what it is, large, and has no code by which a register would find it', async () => {
    await till.signIn('Mikael Berg');
    await till.call('training.start', {});
    await sellOne(till);
    await pay(till, 'card');
    const [row] = (await till.call('receipt.list', { text: '', limit: 1 })).rows;
    const { paper } = await till.call('receipt.paper', { receiptId: row?.receiptId ?? '' });
    const headings = paper.blocks.filter((block) => block.kind === 'text' && (block.size === 'heading' || block.size === 'double')).map((block) => (block.kind === 'text' ? block.text : ''));
    expect(headings).toEqual(['DEMO – EI KUITTI', 'HARJOITUS', 'EI KUITTI']);
    expect(paper.blocks.some((block) => block.kind === 'barcode')).toBe(false);
    await till.call('training.end', {});
    expect(await till.try('receipt.print', { receiptId: row?.receiptId ?? '' })).toMatchObject({ error: { code: 'training-receipt' } });
  });

  test('C-11 app payments go to a sandbox of the training alone, are in no books, and are over with it', async () => {
    await registerSeqr(till, '009900027505');
    const own = handsOf(() => till.app.sandboxes()['seqr']?.control ?? '', '009900027505');
    const askedBefore = await own.asked('sendInvoice');
    const { control } = await trainee();
    const amountMinor = await sellOne(till);
    const { attemptId } = await till.call('payment.start', { requestId: 'trained', tenderId: 'seqr', amountMinor });
    await paymentIn(till, attemptId, 'waiting');
    const state = (await (await fetch(`${control}/state`)).json()) as { readonly terminals: readonly { readonly seqrId: string | null }[] };
    const ref = state.terminals.at(-1)?.seqrId ?? '';
    await fetch(`${control}/customer`, { method: 'POST', body: JSON.stringify({ action: 'approve', ref }) });
    await paymentIn(till, attemptId, 'paid');
    expect(await own.asked('sendInvoice')).toBe(askedBefore);
    // Another one still waits when the person leaves.
    const more = await sellOne(till);
    const waiting = await till.call('payment.start', { requestId: 'left', tenderId: 'seqr', amountMinor: more });
    await paymentIn(till, waiting.attemptId, 'waiting');
    await till.call('session.sign-out', {});
    expect(await training()).toBeNull();
    await till.signIn('Mikael Berg');
    expect((await till.sale()).lines).toEqual([]);
    const { receipts, posts } = dumped<Dumped>(till);
    expect(receipts.filter(({ kind }) => kind === 'training').map((one) => one.state).sort()).toEqual(['completed', 'voided']);
    expect(posts).toEqual([]);
    expect(verified()).toMatchObject({ found: { ok: true, findings: [] } });
  }, 20_000);

  test('C-11 its beginning and its end are journalled; sign-out, lock, another person, and the program’s end end it', async () => {
    await till.signIn('Mikael Berg');
    await till.call('training.start', {});
    await till.call('session.lock', {});
    await till.signIn('Mikael Berg');
    await till.call('training.start', {});
    await till.signIn('Sofie Dahl');
    expect(await training()).toBeNull();
    await till.call('training.start', {});
    await sellOne(till);
    await till.restart();
    expect(await training()).toBeNull();
    await till.signIn('Sofie Dahl');
    expect((await till.sale()).lines).toEqual([]);
    const told = (await kinds()).filter(({ kind }) => kind.startsWith('training-o')).map(({ kind, detail }) => `${kind} ${typeof detail['by'] === 'string' ? detail['by'] : ''}`.trim());
    expect(told).toEqual(['training-on', 'training-off lock', 'training-on', 'training-off sign-out', 'training-on', 'training-off program']);
  });

  test('C-11 one that was cut off is over at the next start, before anything is asked of a provider', async () => {
    await till.signIn('Mikael Berg');
    await sellOne(till);
    await pay(till, 'card');
    await till.call('training.start', {});
    await sellOne(till);
    const { receiptId } = await till.sale();
    await till.app.close();
    // As a kill would have left it: on, with its receipt on the counter and its payment waiting.
    await inDatabase(till, (storage) => {
      storage.shop.setSetting('training', 'on');
      const left = storage.sales.load(receiptId ?? '');
      if (!left) throw new Error('there was no exercise');
      const order = { reference: 'r', amountMinor: minor(100), currency: left.currency, cashier: '', title: '', rows: [], at: left.openedAt };
      const waiting = { ...withoutProvider, id: 'waits', receiptId: 'left', requestId: 'waits', tenderId: 'seqr', tenderKind: 'seqr', state: 'waiting', amountMinor: minor(100), currency: left.currency, givenMinor: minor(0), changeMinor: minor(0), roundingMinor: minor(0), reference: 'r', order, createdAt: left.openedAt, updatedAt: left.openedAt } as const;
      storage.sales.commit({ receipt: { ...left, id: 'left', state: 'paying', voidReason: '', revision: 1 }, expectRevision: null, lines: [], attempts: [waiting], newPosts: [], refunds: [], tasks: [], assignNumber: false, journal: [] });
    });
    await till.restart();
    expect(await inDatabase(till, (storage) => [storage.shop.setting('training'), storage.sales.load('left')?.state, storage.sales.attempt('waits')?.state])).toEqual(['off', 'voided', 'expired']);
    expect(verified()).toMatchObject({ found: { ok: true } });
  });

  test('waits until receipts and payments are finished, and needs its right', async () => {
    await till.signIn('Aino Lehtinen');
    expect(await till.try('training.start', {})).toMatchObject({ error: { code: 'needs-approval', detail: { right: 'training' satisfies Right } } });
    await sellOne(till);
    expect(await till.try('training.start', {})).toMatchObject({ error: { code: 'training-not-yet' } });
    await till.signIn('Mikael Berg');
    await till.call('sale.void', { reason: 'x' });
    expect((await till.call('training.start', {})).phones.map(({ kind }) => kind)).toEqual(['seqr', 'vipps']);
    expect(till.seen('shop.changed').length).toBeGreaterThan(0);
  });
});

test('C-11 while training is on a request goes to its sandboxes or nowhere', async () => {
  const sandboxes = await startTrainingSandboxes();
  const baseUrl = sandboxes.addresses['seqr']?.baseUrl ?? '';
  const other = await startTrainingSandboxes();
  const http = createHttp(() => true, () => [new URL(baseUrl).origin]);
  const send = (url: string) => http.send({ method: 'POST', url, headers: {}, body: '', timeoutMs: 2000 });
  expect(await send(baseUrl)).toMatchObject({ ok: true });
  for (const url of [other.addresses['seqr']?.baseUrl ?? '', 'https://example.invalid/pay', baseUrl.replace('127.0.0.1', 'localhost')]) expect(await send(url)).toEqual({ ok: false, reason: 'bad-address', sent: false });
  await sandboxes.close();
  await other.close();
});
