import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { beginReturn, nextRequest, openChainRig, payNext, sellBuns, settled, type ChainRig, type Way } from '../../testing/chain.ts';
import { openDatabase } from '../../storage/database.ts';
import { dumped } from '../../testing/fiscal.ts';
import { otherStore, partner, store } from '../../testing/vipps.ts';
import type { TestTill } from '../../testing/till.ts';
import { verifyShop } from '../commands/audit.ts';

/* Refunds on behalf of another store over real HTTP and real SQLite: two tills, one sandbox that knows both stores' sales units. */
const bunMinor = 320;
const bergen = 'bergen';
type Post = { readonly provider: string; readonly kind: string; readonly amountMinor: number; readonly reference: string; readonly of?: string; readonly receipt: string | null };

const whole = (till: TestTill): void => expect(verifyShop(join(till.dataDir, 'kassa.sqlite'))).toMatchObject({ found: { ok: true, findings: [] } });
const refundedOf = async (rig: ChainRig): Promise<readonly number[]> => (await rig.hands.ledger()).filter((one) => one.kind === 'refunded').map((one) => one.amountMinor);

/** What was sent for refunds: with whose keys and under which number. */
async function refundCalls(rig: ChainRig): Promise<readonly { readonly unit: string; readonly key: string; readonly path: string }[]> {
  type Seen = readonly { readonly operation: string; readonly path: string; readonly headers: Readonly<Record<string, string>> }[];
  const seen = (await (await fetch(`${rig.sandbox.control}/requests`)).json()) as Seen;
  return seen.filter((one) => one.operation.endsWith('refund')).map(({ headers, path }) => ({ unit: headers['merchant-serial-number'] ?? '', key: headers['ocp-apim-subscription-key'] ?? '', path }));
}

const secretsOfAll = [store, otherStore, partner].flatMap(({ clientSecret, subscriptionKey }) => [clientSecret, subscriptionKey]);

/** Nothing of the chain's keys, and no other store's number, is in anything that store B has said or stored. */
function keepsSecrets({ b }: ChainRig, foreign: readonly string[]): void {
  for (const [where, said] of Object.entries(b.everythingSaid())) for (const secret of foreign) expect(said.includes(secret), `${secret} in ${where}`).toBe(false);
}

async function throughTheRoom(way: Way, key: string, unit: string): Promise<void> {
  const rig = await openChainRig(way);
  const { a, b, hands } = rig;
  const sold = await sellBuns(a, hands, 3, 500);
  expect(await b.call('return.stores', {})).toEqual([{ storeId: bergen, name: 'Bergen' }]);
  const [taken] = (await hands.ledger()).filter((one) => one.kind === 'captured');
  const found = await b.call('return.find-elsewhere', { storeId: bergen, text: taken?.reference ?? '', limit: 5 });
  expect(found).toMatchObject([{ store: { name: 'Bergen' }, number: sold.number, totalMinor: 3 * bunMinor, tenders: ['vipps', 'cash'] }]);

  // By a piece of the name under which the customer's app shows it, and by the barcode of its paper.
  const own = await hands.state<{ readonly payments: readonly { readonly reference: string }[] }>();
  for (const text of [`R1-${sold.number}`, own.payments[0]?.reference.slice(-12) ?? '']) expect(await b.call('return.find-elsewhere', { storeId: bergen, text, limit: 5 })).toEqual(found);
  expect(await b.call('return.find-elsewhere', { storeId: bergen, text: 'nothing like it', limit: 5 })).toEqual([]);

  const first = await beginReturn(b, { storeId: bergen, receiptId: sold.receiptId }, 1);
  expect(first).toMatchObject({ of: { store: { name: 'Bergen' }, number: sold.number }, totalMinor: bunMinor });
  expect(first.steps.map(({ way: by, amountMinor, state }) => [by, amountMinor, state])).toEqual([['refund', bunMinor, 'next']]);
  await payNext(b, first);
  expect(await settled(b, first.returnId)).toMatchObject({ state: 'completed', number: 1 });
  const second = await beginReturn(b, { storeId: bergen, receiptId: sold.receiptId }, 2);
  expect(second.steps.map(({ way: by, amountMinor }) => [by, amountMinor])).toEqual([['refund', 500 - bunMinor], ['cash', 3 * bunMinor - 500]]);
  await payNext(b, second);
  expect(await payNext(b, await settled(b, second.returnId))).toMatchObject({ state: 'completed', number: 2 });

  expect(await refundedOf(rig)).toEqual([bunMinor, 500 - bunMinor]);
  const calls = await refundCalls(rig);
  expect(calls.map((one) => [one.unit, one.key])).toEqual([[unit, key], [unit, key]]);
  if (way === 'shared') expect(calls.every(({ path }) => path.includes('/bergen-'))).toBe(true);
  const { posts } = dumped<{ readonly posts: readonly Post[] }>(b);
  expect(posts.filter((one) => one.provider === 'vipps').map(({ kind, amountMinor, of, receipt }) => [kind, amountMinor, of, receipt])).toEqual([['refunded', bunMinor, taken?.reference, first.returnId], ['refunded', 500 - bunMinor, taken?.reference, second.returnId]]);
  // Nothing is left for its own store, neither of the goods nor of the money.
  expect((await a.call('return.of-receipt', { receiptId: sold.receiptId })).lines.every((line) => line.leftMilli === 0)).toBe(true);
  expect((await a.call('refund.of-receipt', { receiptId: sold.receiptId })).posts[0]).toMatchObject({ tenderKind: 'vipps', leftMinor: 0, not: 'nothing-left' });
  whole(a);
  whole(b);
  keepsSecrets(rig, [...secretsOfAll, ...(way === 'shared' ? [] : [store.msn])].filter((secret) => !([otherStore.clientSecret, otherStore.subscriptionKey] as readonly string[]).includes(secret)));
  const onDisk = readFileSync(join(rig.root, 'chain', 'chain.json'), 'utf8');
  for (const secret of secretsOfAll) expect(onDisk).not.toContain(secret);
  await rig.close();
}

describe('a refund on behalf of another store', () => {
  test('VIPPS-09 A the chain’s partner keys go with the number of the store that took the payment', () => throughTheRoom('partner', partner.subscriptionKey, store.msn), 60_000);
  test('VIPPS-09 B the keys of the store that took the payment are used', () => throughTheRoom('own', store.subscriptionKey, store.msn), 60_000);
  test('VIPPS-09 C one number for all stores: the prefix of the reference names the store', () => throughTheRoom('shared', store.subscriptionKey, store.msn), 60_000);

  test.each([['epayment', '5090'], ['ecom', '35']] as const)('VIPPS-09 by %s a wrong unit answers %s, and the register names the store that was asked', async (api, code) => {
    const rig = await openChainRig('own', { wrong: true, api });
    const { a, b, hands } = rig;
    const sold = await sellBuns(a, hands, 2, null);
    const view = await beginReturn(b, { storeId: bergen, receiptId: sold.receiptId }, 1);
    await payNext(b, view);
    const known = await settled(b, view.returnId);
    expect(known.steps).toMatchObject([{ state: 'refused', refund: { problem: { code: 'rejected', providerCode: code, notThere: true, store: 'Bergen' } } }]);
    expect(known.steps[0]?.refund?.problem?.text ?? '').not.toContain(store.msn);
    expect(await refundedOf(rig)).toEqual([]);
    // What did not go back is free again, for this store and for its own.
    expect((await a.call('refund.of-receipt', { receiptId: sold.receiptId })).posts).toMatchObject([{ leftMinor: 2 * view.totalMinor }]);
    expect(await b.call('return.pay', { requestId: nextRequest(), returnId: view.returnId, way: 'cash', amountMinor: view.totalMinor })).toMatchObject({ state: 'completed' });
    whole(b);
    keepsSecrets(rig, [store.clientSecret, store.subscriptionKey, partner.clientSecret, store.msn]);
    await rig.close();
  }, 60_000);
});

test('VIPPS-09 partner keys that may not act for a store: refused, nothing went back, and the store is named', async () => {
  const rig = await openChainRig('partner');
  const sold = await sellBuns(rig.a, rig.hands, 1, null);
  await fetch(`${rig.sandbox.control}/options`, { method: 'POST', body: JSON.stringify({ partner: { units: [otherStore.msn] } }) });
  const view = await beginReturn(rig.b, { storeId: bergen, receiptId: sold.receiptId }, 1);
  await payNext(rig.b, view);
  const known = await settled(rig.b, view.returnId);
  expect(known.steps).toMatchObject([{ state: 'refused', refund: { problem: { code: 'not-configured', store: 'Bergen' } } }]);
  keepsSecrets(rig, [partner.clientSecret, partner.subscriptionKey, store.msn]);
  // Mended, the same return goes on.
  await fetch(`${rig.sandbox.control}/options`, { method: 'POST', body: JSON.stringify({ partner: { units: [store.msn, otherStore.msn] } }) });
  await payNext(rig.b, known);
  expect(await settled(rig.b, view.returnId)).toMatchObject({ state: 'completed' });
  expect(await refundedOf(rig)).toEqual([bunMinor]);
  whole(rig.b);
  await rig.close();
}, 60_000);

test('PAY-I6 verify lays the books of a store beside the chain’s, and finds what was changed in either', async () => {
  const rig = await openChainRig('partner');
  const sold = await sellBuns(rig.a, rig.hands, 1, null);
  const view = await beginReturn(rig.b, { storeId: bergen, receiptId: sold.receiptId }, 1);
  await payNext(rig.b, view);
  await settled(rig.b, view.returnId);
  expect(verifyShop(join(rig.b.dataDir, 'kassa.sqlite'))).toMatchObject({ found: { ok: true, checked: { chain: 1 } } });
  const db = openDatabase(join(rig.root, 'chain', 'chain.sqlite'));
  db.exec("DROP TRIGGER claim_final; UPDATE claim SET state = 'released'");
  expect(verifyShop(join(rig.b.dataDir, 'kassa.sqlite'))).toMatchObject({ found: { ok: false, findings: [{ rule: 'PAY-I6', what: expect.stringContaining('that it did not') as unknown }] } });
  db.exec("UPDATE claim SET state = 'given', amount_minor = amount_minor + 1, reference = 'nobody'");
  expect(verifyShop(join(rig.b.dataDir, 'kassa.sqlite'))).toMatchObject({ found: { ok: false, findings: [{ where: 'refund nobody' }] } });
  expect(verifyShop(join(rig.a.dataDir, 'kassa.sqlite'))).toMatchObject({ found: { ok: false, findings: [{ rule: 'PAY-I6', what: expect.stringContaining('over all stores') as unknown }] } });
  db.close();
  await rig.close();
}, 60_000);

test('C-5 NO-3 EU-2 its paper is the store’s own and names the store, the receipt and its time', async () => {
  const rig = await openChainRig('partner');
  const sold = await sellBuns(rig.a, rig.hands, 1, null);
  const view = await beginReturn(rig.b, { storeId: bergen, receiptId: sold.receiptId }, 1);
  await payNext(rig.b, view);
  await settled(rig.b, view.returnId);
  const { paper } = await rig.b.call('receipt.paper', { receiptId: view.returnId });
  const said = paper.blocks.flatMap((block) => (block.kind === 'row' ? [`${block.left} ${block.right}`] : block.kind === 'text' ? [block.text] : []));
  expect(said).toEqual(expect.arrayContaining([`Palautus kuitista ${sold.number} (kassa 1)`, 'Myymälä Bergen']));
  expect(said.join('\n')).toMatch(/Myyty \d/);
  whole(rig.b);
  await rig.close();
}, 60_000);

test('a register in no chain has no other stores', async () => {
  const rig = await openChainRig(null);
  expect(await rig.b.call('return.stores', {})).toEqual([]);
  expect(await rig.b.try('return.find-elsewhere', { storeId: bergen, text: 'R1-1', limit: 5 })).toMatchObject({ error: { code: 'store-unknown' } });
  await rig.close();
}, 60_000);
