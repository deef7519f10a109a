import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Right } from '../../contract/rights.ts';
import { inDatabase, pay } from '../../testing/fiscal.ts';
import { openTill, type TestTill } from '../../testing/till.ts';

let till: TestTill;

beforeAll(async () => {
  till = await openTill();
});
afterAll(() => till.close());

async function approval(right: Right): Promise<string> {
  const manager = (await till.call('staff.list', {})).find((one) => one.role === 'manager');
  return (await till.call('session.approve', { staffId: manager?.id ?? '', pin: '2222', right })).approval;
}
const inUse = async () => {
  const shift = (await till.call('shift.current', {})).open.find((one) => one.inUse);
  if (!shift) throw new Error('no drawer is in use');
  return shift;
};
const bySum = (amountMinor: number) => ({ by: 'sum', amountMinor }) as const;
const sellBun = () => till.call('sale.add-code', { code: '2910000000031', source: 'scan' });
const kinds = () => inDatabase(till, (storage) => storage.journal.read(storage.shop.thisRegister()?.id ?? '', 0, 10_000).map((entry) => entry.kind));

describe('a shift', () => {
  test('the demo opens one by itself, so that a newcomer sells at once', async () => {
    await till.signIn('Aino Lehtinen');
    expect(await inUse()).toMatchObject({ number: 1, drawer: '', staffName: '', floatMinor: 15_000 });
    expect((await till.call('app.hello', {})).status.shift).toBe('open');
  });

  test('cash is expected from what was sold, paid in and taken out, and told only after the count', async () => {
    await sellBun();
    await pay(till, 'cash', 500);
    await sellBun();
    await pay(till, 'card');
    const { shiftId } = await inUse();
    const move = { shiftId, amountMinor: 2000, reason: 'window cleaner' } as const;
    expect(await till.try('shift.move', { ...move, kind: 'pay-out' })).toMatchObject({ error: { code: 'needs-approval', detail: { right: 'cash-move' } } });
    await till.call('shift.move', { ...move, kind: 'pay-out', approval: await approval('cash-move') });
    await till.call('shift.move', { shiftId, kind: 'pay-in', amountMinor: 500, reason: 'coins', approval: await approval('cash-move') });
    expect(await till.try('shift.move', { shiftId, kind: 'safe-drop', amountMinor: 50_000, reason: 'much', approval: await approval('cash-move') })).toMatchObject({ error: { code: 'drawer-has-less' } });
    expect(JSON.stringify(await till.call('shift.current', {}))).not.toMatch(/expectedMinor":1[0-9]+/);
    const counted = await till.call('shift.count', { shiftId, counted: { by: 'pieces', pieces: [{ pieceMinor: 10_000, count: 1 }, { pieceMinor: 1000, count: 3 }, { pieceMinor: 200, count: 4 }, { pieceMinor: 20, count: 1 }] } });
    expect(counted).toMatchObject({ countedMinor: 13_820, expectedMinor: 15_000 + 320 - 2000 + 500, differenceMinor: 0 });
  });

  test('a count of coins that the country does not have can not be read', async () => {
    const { shiftId } = await inUse();
    const counting = till.try('shift.count', { shiftId, counted: { by: 'pieces', pieces: [{ pieceMinor: 7, count: 1 }] } });
    expect(await counting).toMatchObject({ error: { code: 'count-unreadable' } });
  });

  test('a count is stale as soon as cash moves, and no shift ends while a receipt is under way', async () => {
    const { shiftId } = await inUse();
    const { countId } = await till.call('shift.count', { shiftId, counted: bySum(13_820) });
    await sellBun();
    expect(await till.try('shift.close', { shiftId, countId, explanation: '', leftMinor: 0 })).toMatchObject({ error: { code: 'shift-has-receipt' } });
    await pay(till, 'cash');
    expect(await till.try('shift.close', { shiftId, countId, explanation: '', leftMinor: 0 })).toMatchObject({ error: { code: 'count-stale' } });
  });

  test('a hand-over is counted, and the new person answers for the same drawer', async () => {
    const { shiftId } = await inUse();
    const other = (await till.call('staff.list', {})).find((one) => one.name === 'Mikael Berg');
    const { countId } = await till.call('shift.count', { shiftId, counted: bySum(14_140) });
    const { open } = await till.call('shift.hand-over', { shiftId, countId, toStaffId: other?.id ?? '', explanation: '' });
    // The count has had its use: the new person counts again before the shift ends.
    expect(open).toMatchObject([{ shiftId, staffName: 'Mikael Berg', count: null }]);
    expect(await till.try('shift.close', { shiftId, countId, explanation: '', leftMinor: 0 })).toMatchObject({ error: { code: 'count-stale' } });
  });

  test('a difference needs an explanation and somebody who may accept it; the paper tells all of it', async () => {
    const { shiftId } = await inUse();
    const { countId, differenceMinor } = await till.call('shift.count', { shiftId, counted: bySum(14_040) });
    expect(differenceMinor).toBe(-100);
    // Told what is missing, nobody counts again alone until it fits.
    expect(await till.try('shift.count', { shiftId, counted: bySum(14_140) })).toMatchObject({ error: { code: 'needs-approval', detail: { right: 'shift-difference' } } });
    const close = { shiftId, countId, leftMinor: 10_000 };
    expect(await till.try('shift.close', { ...close, explanation: '' })).toMatchObject({ error: { code: 'reason-missing' } });
    const explained = { ...close, explanation: 'a coin rolled under the counter' };
    expect(await till.try('shift.close', explained)).toMatchObject({ error: { code: 'needs-approval', detail: { right: 'shift-difference' } } });
    const { open, closed } = await till.call('shift.close', { ...explained, approval: await approval('shift-difference') });
    expect(open).toEqual([]);
    expect(closed[0]).toMatchObject({ closing: { differenceMinor: -100, explanation: 'a coin rolled under the counter', leftMinor: 10_000 } });
    const paper = JSON.stringify(await till.call('shift.paper', { of: 'shift', id: shiftId }));
    for (const said of ['140,40', '141,40', '-1,00'.replace('-', '−'), 'a coin rolled under the counter', 'window cleaner']) expect(paper).toContain(said);
  });

  test('without an open drawer nothing is sold, and the screen is told why', async () => {
    expect(await till.try('sale.add-code', { code: '2910000000031', source: 'scan' })).toMatchObject({ error: { code: 'no-open-shift' } });
    expect((await till.call('app.hello', {})).status.shift).toBe('needed');
    expect(await till.try('shift.set-required', { required: false })).toMatchObject({ error: { code: 'needs-approval' } });
    await till.signIn('Sofie Dahl');
    await till.call('shift.set-required', { required: false });
    await sellBun();
    await pay(till, 'cash');
    expect((await till.call('app.hello', {})).status.shift).toBe('none');
    await till.call('shift.set-required', { required: true });
  });

  test('the next one begins with what was left, and several drawers are apart', async () => {
    const { drawers } = await till.call('shift.current', {});
    expect(drawers).toEqual([{ name: '', leftMinor: 10_000 }]);
    await till.call('shift.open', { drawer: '', counted: bySum(10_000) });
    await till.call('shift.open', { drawer: 'Bar', counted: bySum(5000) });
    expect(await till.try('shift.open', { drawer: 'Bar', counted: bySum(0) })).toMatchObject({ error: { code: 'shift-open-already' } });
    await sellBun();
    await pay(till, 'cash');
    const [first, bar] = (await till.call('shift.current', {})).open;
    expect([first?.inUse, bar?.inUse]).toEqual([false, true]);
    const expected = async (shiftId = '') => (await till.call('shift.count', { shiftId, counted: bySum(0) })).expectedMinor;
    expect([await expected(first?.shiftId), await expected(bar?.shiftId)]).toEqual([10_000, 5320]);
    await till.call('shift.use', { shiftId: first?.shiftId ?? '' });
    await sellBun();
    await pay(till, 'cash');
    expect([await expected(first?.shiftId), await expected(bar?.shiftId)]).toEqual([10_320, 5320]);
  });

  test('a movement has a paper of its own, and its second one is a copy', async () => {
    const [movement] = (await inUse()).movements;
    const id = movement?.movementId ?? '';
    expect(await till.call('shift.print', { of: 'movement', id })).toEqual({ copy: false });
    expect(await till.call('shift.print', { of: 'movement', id })).toEqual({ copy: true });
    const { papers } = await till.call('dev.get', {});
    expect(JSON.stringify(papers[0]?.paper)).toContain('KOPIO');
  });

  test('all of it stands in the journal, and a restart changes nothing', async () => {
    const before = await till.call('shift.current', {});
    await till.restart();
    await till.signIn('Sofie Dahl');
    expect(await till.call('shift.current', {})).toEqual(before);
    const found = new Set(await kinds());
    for (const kind of ['shift-opened', 'cash-moved', 'shift-counted', 'shift-handed-over', 'shift-closed', 'drawer-opened', 'drawer-in-use']) expect(found).toContain(kind);
  });
});

describe('a till that dies', () => {
  test('C-2 numbers of shifts and papers go on where they were', async () => {
    const { open } = await till.call('shift.current', {});
    const numbers = open.flatMap((shift) => shift.movements.map((movement) => movement.number));
    expect(new Set(numbers).size).toBe(numbers.length);
    await till.call('shift.move', { shiftId: open[0]?.shiftId ?? '', kind: 'pay-in', amountMinor: 100, reason: 'again' });
    const after = (await till.call('shift.current', {})).open.flatMap((shift) => shift.movements.map((movement) => movement.number));
    expect(Math.max(...after)).toBe(Math.max(...numbers) + 1);
  });
});
