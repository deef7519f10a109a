import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { beginReturn, chainJson, nextRequest, openChainRig, payNext, sellBuns, settled, until } from '../../testing/chain.ts';
import { dayIn } from '../../core/time.ts';
import { closeShift, storedReports } from '../../testing/fiscal.ts';
import { openTill, signInAs, type TestTill } from '../../testing/till.ts';
import { startTillProcess } from '../../testing/till-process.ts';
import { verifyShop } from '../commands/audit.ts';

/* Both stores at the same payment and the same goods; a register that dies in between. */
const bunMinor = 320;
const storeId = 'bergen';

const whole = (till: Pick<TestTill, 'dataDir'>): void => expect(verifyShop(join(till.dataDir, 'kassa.sqlite'))).toMatchObject({ found: { ok: true, findings: [] } });

describe('two stores at one receipt', () => {
  test('PAY-I6 both give the same payment back at the same moment: one does, the other is told what is left', async () => {
    const rig = await openChainRig('partner');
    const { a, b, hands } = rig;
    for (let round = 0; round < 3; round += 1) {
      const sold = await sellBuns(a, hands, 2, null);
      const { posts } = await a.call('refund.of-receipt', { receiptId: sold.receiptId });
      const view = await beginReturn(b, { storeId, receiptId: sold.receiptId }, 2);
      const own = () => a.try('refund.start', { requestId: nextRequest(), postId: posts[0]?.postId ?? '', amountMinor: 400, reason: 'Brought back' });
      const other = () => b.try('return.pay', { requestId: nextRequest(), returnId: view.returnId, way: 'refund', amountMinor: 640, postId: view.steps[0]?.postId ?? '' });
      const answers = await Promise.all(round % 2 === 0 ? [own(), other()] : [other(), own()]);
      expect(answers.filter((one) => one.ok)).toHaveLength(1);
      expect(answers.filter((one) => !one.ok)[0]).toMatchObject({ error: { code: expect.stringMatching(/^(amount-out-of-range|payment-not-refundable)$/) as unknown } });
      await settled(b, view.returnId);
      await until(() => a.call('refund.of-receipt', { receiptId: sold.receiptId }), ({ refunds }) => refunds.every((one) => one.state === 'refunded'));
      // What the other one left goes back by the way that is planned anew, and never more than was paid.
      let left = await b.call('return.view', { returnId: view.returnId });
      while (left.state === 'paying' && left.steps.some((step) => step.way === 'refund' && (step.state === 'next' || step.state === 'refused'))) {
        await payNext(b, left);
        left = await settled(b, view.returnId);
      }
      if (left.state === 'paying') await b.call('return.pay', { requestId: nextRequest(), returnId: view.returnId, way: 'cash', amountMinor: left.owedMinor });
      const taken = (await hands.ledger()).filter((one) => one.kind === 'captured')[round];
      const back = (await hands.ledger()).filter((one) => one.kind === 'refunded' && one.of === taken?.reference).reduce((all, one) => all + one.amountMinor, 0);
      expect(back).toBe(640);
    }
    whole(a);
    whole(b);
    await rig.close();
  }, 60_000);

  test('C-5 the goods come back once: what one store has chosen the other can not take, and what is given up is free again', async () => {
    const rig = await openChainRig('partner');
    const { a, b, hands } = rig;
    const sold = await sellBuns(a, hands, 3, 500);
    const { lines } = await b.call('return.of-receipt', { storeId, receiptId: sold.receiptId });
    const lineId = lines[0]?.lineId ?? '';
    const wanted = (pieces: number) => [{ lineId, quantityMilli: pieces * 1000 }];
    const open = await b.call('return.compose', { returnId: null, storeId, receiptId: sold.receiptId, lines: wanted(2), reason: 'Too dry' });
    expect(await a.try('return.compose', { returnId: null, receiptId: sold.receiptId, lines: wanted(1), reason: 'x' })).toMatchObject({ error: { code: 'return-under-way' } });
    expect((await a.call('return.of-receipt', { receiptId: sold.receiptId })).lines[0]?.leftMilli).toBe(1000);
    await b.call('return.drop', { returnId: open.returnId });
    const own = await a.call('return.compose', { returnId: null, receiptId: sold.receiptId, lines: wanted(1), reason: 'x' });
    expect(await b.try('return.compose', { returnId: null, storeId, receiptId: sold.receiptId, lines: wanted(1), reason: 'x' })).toMatchObject({ error: { code: 'return-under-way' } });
    await a.call('return.confirm', { returnId: own.returnId });
    await payNext(a, await a.call('return.view', { returnId: own.returnId }));
    await settled(a, own.returnId);
    expect(await b.try('return.compose', { returnId: null, storeId, receiptId: sold.receiptId, lines: wanted(3), reason: 'x' })).toMatchObject({ error: { code: 'return-too-much', detail: { left: 2 } } });
    // The rest to the cent: of 9.60 one store gave 3.20 by app; what is left of the app payment first, then cash.
    const rest = await beginReturn(b, { storeId, receiptId: sold.receiptId }, 2);
    expect(rest.steps.map(({ way, amountMinor }) => [way, amountMinor])).toEqual([['refund', 180], ['cash', 460]]);
    await payNext(b, rest);
    expect(await payNext(b, await settled(b, rest.returnId))).toMatchObject({ state: 'completed' });
    expect(await a.try('return.compose', { returnId: null, receiptId: sold.receiptId, lines: wanted(1), reason: 'x' })).toMatchObject({ error: { code: 'return-too-much' } });
    whole(a);
    whole(b);
    await rig.close();
  }, 60_000);

  test('what another store gave back stands beside the provider’s books of the store that took it, and nowhere else', async () => {
    const rig = await openChainRig('partner');
    const sold = await sellBuns(rig.a, rig.hands, 2, null);
    const view = await beginReturn(rig.b, { storeId, receiptId: sold.receiptId }, 1);
    await payNext(rig.b, view);
    await settled(rig.b, view.returnId);
    await fetch(`${rig.sandbox.control}/clock`, { method: 'POST', body: JSON.stringify({ advanceMs: 2 * 24 * 3_600_000 }) });
    const compared = async (till: TestTill) => (await till.call('settlement.compare', { kind: 'vipps', day: dayIn('UTC', Date.now()) })).rows.map(({ state, kind, hereMinor }) => [state, kind, hereMinor]);
    expect(await compared(rig.a)).toEqual([['matched', 'captured', 640], ['matched', 'refunded', -320]]);
    expect((await compared(rig.b)).filter(([state]) => state !== 'missing-here')).toEqual([]);
    await rig.close();
  }, 60_000);

  test('SE-7 what another store has sold is exchanged: the return pays for the new articles here, and the chain knows that it came back', async () => {
    const rig = await openChainRig('partner');
    const { a, b, hands } = rig;
    const sold = await sellBuns(a, hands, 2, null);
    const view = await beginReturn(b, { storeId, receiptId: sold.receiptId }, 1, 'Another one');
    await b.call('return.exchange', { returnId: view.returnId, on: true });
    await b.call('sale.add-code', { code: '2910000000031', source: 'scan' });
    expect(await b.call('return.set-off', { requestId: nextRequest() })).toMatchObject({ state: 'completed', number: 1, of: { store: { name: 'Bergen' } } });
    expect((await a.call('return.of-receipt', { receiptId: sold.receiptId })).lines.map((line) => line.leftMilli)).toEqual([1000]);
    // The other bun is its own store's again.
    const own = await beginReturn(a, { receiptId: sold.receiptId }, 1);
    await payNext(a, own);
    expect(await settled(a, own.returnId)).toMatchObject({ state: 'completed' });
    whole(a);
    whole(b);
    await rig.close();
  }, 60_000);

  test('a store of another country has receipts that can not come back here', async () => {
    const rig = await openChainRig('partner');
    const sold = await sellBuns(rig.a, rig.hands, 1, null);
    await rig.b.call('app.start-shop', { shop: 'demo-no' });
    await signInAs(rig.b, 'Sofie Dahl');
    expect(await rig.b.try('return.of-receipt', { storeId, receiptId: sold.receiptId })).toMatchObject({ error: { code: 'store-abroad', detail: { store: 'Bergen' } } });
    expect(await rig.b.try('return.of-receipt', { storeId: 'nowhere', receiptId: sold.receiptId })).toMatchObject({ error: { code: 'store-unknown' } });
    expect(await rig.b.try('return.of-receipt', { storeId, receiptId: 'nothing' })).toMatchObject({ error: { code: 'receipt-unknown' } });
    await rig.close();
  }, 60_000);

  test('PAY-I6 cash that another store gave back is no longer this one’s to give', async () => {
    const rig = await openChainRig('partner');
    const { a, b, hands } = rig;
    const sold = await sellBuns(a, hands, 3, 320);
    const first = await beginReturn(b, { storeId, receiptId: sold.receiptId }, 2);
    await payNext(b, first);
    await payNext(b, await settled(b, first.returnId));
    const last = await beginReturn(a, { receiptId: sold.receiptId }, 1);
    expect(last.steps.map(({ way, amountMinor }) => [way, amountMinor])).toEqual([['cash', 320]]);
    expect(await payNext(a, last)).toMatchObject({ state: 'completed' });
    whole(a);
    await rig.close();
  }, 60_000);

  test('C-12 the day with a return of another store closes: X and Z count it as a return, by its tender', async () => {
    const rig = await openChainRig('partner');
    const { a, b, hands } = rig;
    const sold = await sellBuns(a, hands, 2, null);
    const view = await beginReturn(b, { storeId, receiptId: sold.receiptId }, 2);
    await payNext(b, view);
    await settled(b, view.returnId);
    await closeShift(b);
    await b.call('report.z', {});
    const [z] = (await storedReports(b)).filter((report) => report.kind === 'z');
    expect(z).toMatchObject({
      grand: { salesMinor: 0, returnsMinor: 2 * bunMinor, netMinor: -2 * bunMinor },
      figures: { returns: { count: 1, amountMinor: 2 * bunMinor }, returnsWithoutReceipt: { count: 0 }, refunds: [], tenders: [{ kind: 'vipps', amountMinor: -2 * bunMinor }], vat: [{ rateBasisPoints: 1350, grossMinor: -2 * bunMinor, vatMinor: -76 }] },
    });
    whole(b);
    await rig.close();
  }, 60_000);
});

describe('a register that dies in between', () => {
  test('PAY-I6 an answer that was lost is a state: asked again under the same name, given back once', async () => {
    const rig = await openChainRig('partner');
    const { a, b, hands } = rig;
    const sold = await sellBuns(a, hands, 2, null);
    const view = await beginReturn(b, { storeId, receiptId: sold.receiptId }, 2);
    await hands.fault('drop-answer', 'refund');
    await payNext(b, view);
    expect(await settled(b, view.returnId)).toMatchObject({ state: 'completed' });
    expect((await hands.ledger()).filter((one) => one.kind === 'refunded').map((one) => one.amountMinor)).toEqual([640]);
    whole(b);
    await rig.close();
  }, 60_000);

  test('PAY-I3 PAY-I6 killed in the middle of a refund for another store, it goes back once', async () => {
    const rig = await openChainRig('partner');
    const { a, b, hands } = rig;
    // B's own till gives its folder to one that may be killed.
    await b.app.close();
    let till = await startTillProcess(b.dataDir);
    await signInAs(till, 'Sofie Dahl');
    for (const [kind, waitMs] of [['drop-answer', 30], ['delay', 60], ['none', 1], ['none', 8]] as const) {
      const sold = await sellBuns(a, hands, 2, null);
      const view = await beginReturn(till, { storeId, receiptId: sold.receiptId }, 2);
      if (kind !== 'none') await hands.fault(kind, 'refund', { value: 400 });
      till.send('return.pay', { requestId: nextRequest(), returnId: view.returnId, way: 'refund', amountMinor: 640, postId: view.steps[0]?.postId ?? '' });
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      await till.kill();
      // Meanwhile nobody else gives it back: what may be on its way stays reserved, or never was.
      till = await startTillProcess(b.dataDir);
      await signInAs(till, 'Sofie Dahl');
      const known = await settled(till, view.returnId);
      if (known.state !== 'completed') await payNext(till, known);
      expect(await settled(till, view.returnId)).toMatchObject({ state: 'completed' });
      const taken = (await hands.ledger()).filter((one) => one.kind === 'captured').at(-1);
      expect((await hands.ledger()).filter((one) => one.kind === 'refunded' && one.of === taken?.reference).map((one) => one.amountMinor)).toEqual([640]);
      expect((await a.call('refund.of-receipt', { receiptId: sold.receiptId })).posts[0]).toMatchObject({ leftMinor: 0 });
      whole(b);
    }
    await till.close();
    await a.close();
    await rig.sandbox.close();
  }, 90_000);
});

test('PAY-I6 a store that joins a chain with refunds of its own in the books: they count', async () => {
  const rig = await openChainRig(null);
  const { a, hands } = rig;
  const sold = await sellBuns(a, hands, 2, null);
  const { posts } = await a.call('refund.of-receipt', { receiptId: sold.receiptId });
  await a.call('refund.start', { requestId: nextRequest(), postId: posts[0]?.postId ?? '', amountMinor: 240, reason: 'Before' });
  await until(() => a.call('refund.of-receipt', { receiptId: sold.receiptId }), ({ refunds }) => refunds.every((one) => one.state === 'refunded'));
  mkdirSync(join(rig.root, 'chain'));
  writeFileSync(join(rig.root, 'chain', 'chain.json'), JSON.stringify(chainJson('partner', rig.sandbox.baseUrl)));
  await rig.b.app.close();
  const b = await openTill({ dataDir: rig.b.dataDir, sandboxes: { seqr: rig.sandboxes['seqr'] ?? { baseUrl: '', control: '', phone: '' } } });
  await signInAs(b, 'Sofie Dahl');
  const view = await beginReturn(b, { storeId, receiptId: sold.receiptId }, 2);
  expect(view).toMatchObject({ owedMinor: 640, otherMinor: 240 });
  expect(view.steps.map(({ way, amountMinor }) => [way, amountMinor])).toEqual([['refund', 400]]);
  await b.close();
  await rig.close();
}, 60_000);
