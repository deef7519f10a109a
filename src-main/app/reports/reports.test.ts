import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReportBody } from '../../contract/reports.ts';
import { closeShift, inDatabase, newArticle, pay, printCopy, storedReports } from '../../testing/fiscal.ts';
import { openTill, type TestTill } from '../../testing/till.ts';
import { verifyShop } from '../commands/audit.ts';

let till: TestTill;
let thirty: string;

beforeAll(async () => {
  till = await openTill();
  await till.signIn('Sofie Dahl');
  thirty = await newArticle(till, 'Thirty', 'Group', 3000, 'low');
});
afterAll(() => till.close());

const add = (quantityMilli = 1000) => till.call('sale.add-article', { articleId: thirty, quantityMilli });
const sell = async (): Promise<number> => {
  await add();
  return pay(till, 'cash');
};
const x = async (): Promise<ReportBody> => {
  await till.call('report.x', {});
  const found = (await storedReports(till)).findLast((report) => report.kind === 'x');
  if (!found) throw new Error('there is no X');
  return found;
};
const zBodies = async (): Promise<readonly ReportBody[]> => (await storedReports(till)).filter((report) => report.kind === 'z');
const obstacles = async () => (await till.call('report.obstacles', {})).map(({ kind, action }) => [kind, action]);

describe('X', () => {
  test('C-9 two in a row differ by their time and their count alone', async () => {
    await sell();
    const { number: firstNumber, at: firstAt, ...first } = await x();
    const { number: secondNumber, at: secondAt, ...second } = await x();
    expect(second).toEqual(first);
    expect(secondNumber).toBe(firstNumber + 1);
    expect(secondAt >= firstAt).toBe(true);
    expect(first.figures).toMatchObject({ totalMinor: 3000, sales: { count: 1 } });
  });

  test('NO-10 the journal holds the whole of it', async () => {
    const taken = await x();
    const entry = await inDatabase(till, (storage) => storage.journal.read(storage.shop.thisRegister()?.id ?? '', 0, 10_000).findLast((one) => one.kind === 'x-report'));
    expect(entry?.detail['report']).toEqual(JSON.parse(JSON.stringify(taken)));
  });

  test('NO-11 openings of the drawer without a sale are counted apart from those with one', async () => {
    const before = (await x()).figures;
    await till.call('drawer.open', { reason: 'change' });
    await sell();
    const { figures } = await x();
    expect(figures.drawerOpeningsWithoutSale).toBe(before.drawerOpeningsWithoutSale + 1);
    expect(figures.drawerOpenings).toBe(before.drawerOpenings + 2);
  });

  test('NO-12 five of thirty lowered to one is one correction of 120, four lines removed are four', async () => {
    const before = (await x()).figures.lineCorrections;
    const amount = (rows: typeof before, type: string) => rows.find((row) => row.type === type) ?? { count: 0, amountMinor: 0 };
    const { lineId } = await add(5000);
    await till.call('sale.set-quantity', { lineId: lineId ?? '', quantityMilli: 1000 });
    const one = (await x()).figures.lineCorrections;
    expect(amount(one, 'lowered')).toMatchObject({ count: amount(before, 'lowered').count + 1, amountMinor: amount(before, 'lowered').amountMinor - 12_000 });
    const others = [];
    for (let index = 0; index < 4; index += 1) others.push(await till.call('sale.add-open-price', { name: `Thing ${index}`, unitPriceMinor: 3000, vatClass: 'low' }));
    for (const other of others) await till.call('sale.remove-line', { lineId: other.lineId ?? '' });
    const four = (await x()).figures.lineCorrections;
    expect(amount(four, 'removed')).toMatchObject({ count: amount(before, 'removed').count + 4, amountMinor: amount(before, 'removed').amountMinor - 12_000 });
    await pay(till, 'cash');
  });

  test('NO-13 price enquiries sell nothing and are counted by group with their amount', async () => {
    expect((await x()).figures.priceEnquiries).toEqual([]);
    const bun = await till.call('article.ask-price', { code: '2910000000031' });
    await till.call('article.ask-price', { code: '2910000000031' });
    expect(await till.try('article.ask-price', { code: '4006381333931' })).toMatchObject({ error: { code: 'unknown-code' } });
    expect((await till.sale()).lines).toEqual([]);
    expect((await x()).figures.priceEnquiries).toEqual([{ name: bun.group, count: 2, amountMinor: 2 * bun.priceMinor }]);
  });

  test('discounts, overrides, voids, copies and provisional papers are each their own line', async () => {
    const before = (await x()).figures;
    await add();
    await till.call('receipt.print-other', { kind: 'provisional' });
    await till.call('receipt.print-other', { kind: 'delivery' });
    await till.call('sale.discount-receipt', { discount: { kind: 'percent', basisPoints: 1000 }, reason: 'regular' });
    await pay(till, 'card');
    await printCopy(till);
    const { lineId } = await add();
    await till.call('sale.override-price', { lineId: lineId ?? '', unitPriceMinor: 2500, reason: 'shelf' });
    await till.call('sale.void', { reason: 'changed their mind' });
    const after = (await x()).figures;
    const more = (pick: (figures: typeof before) => { count: number; amountMinor: number }) => [pick(after).count - pick(before).count, pick(after).amountMinor - pick(before).amountMinor];
    expect(more((figures) => figures.discounts)).toEqual([1, 300]);
    expect(more((figures) => figures.copies)).toEqual([1, 2700]);
    expect(more((figures) => figures.provisional)).toEqual([1, 3000]);
    expect(more((figures) => figures.delivery)).toEqual([1, 3000]);
    expect(more((figures) => figures.abandoned)).toEqual([1, 2500]);
    expect(after.otherCorrections).toEqual([{ type: 'price-override', count: 1, amountMinor: -500 }]);
  });

  test('C-3 C-8 a provisional paper says that it is none, and has a number of its own series', async () => {
    await add();
    const first = await till.call('receipt.print-other', { kind: 'provisional' });
    const second = await till.call('receipt.print-other', { kind: 'provisional' });
    expect(second.number).toBe(first.number + 1);
    const { papers } = await till.call('dev.get', {});
    const headings = papers[0]?.paper.blocks.filter((block) => block.kind === 'text' && block.size === 'heading').map((block) => ('text' in block ? block.text : ''));
    expect(headings).toEqual([expect.stringContaining('DEMO'), 'VÄLILASKU', 'EI KUITTI']);
    expect(JSON.stringify(papers[0]?.paper)).not.toContain('barcode');
    await pay(till, 'cash');
  });
});

describe('Z', () => {
  test('C-10 NO-16 it waits until everything is cleared, and says what by which button', async () => {
    await add();
    expect(await obstacles()).toEqual([['receipt-open', 'go-sale'], ['shift-open', 'go-shift']]);
    await till.call('sale.park', { name: 'blue jacket' });
    expect(await obstacles()).toEqual([['receipt-parked', 'resume'], ['shift-open', 'go-shift']]);
    expect(await till.try('report.z', {})).toMatchObject({ error: { code: 'z-not-yet', detail: { count: 2 } } });
    const [parked] = await till.call('report.obstacles', {});
    expect(parked).toMatchObject({ name: 'blue jacket', amountMinor: 3000 });
    await till.call('sale.resume', { receiptId: parked?.receiptId ?? '' });
    await pay(till, 'cash');
    await closeShift(till, -50);
    expect(await obstacles()).toEqual([]);
    await till.call('report.z', {});
    const [z] = await zBodies();
    expect(z?.shifts).toMatchObject([{ number: 1, differenceMinor: -50, explanation: 'a coin rolled under the counter' }]);
  });

  test('C-9 NO-16 numbers have no gap, a period is closed once, the next covers what came after it', async () => {
    expect(await till.try('report.z', {})).toMatchObject({ error: { code: 'z-nothing-new' } });
    await till.call('shift.open', { drawer: '', counted: { by: 'sum', amountMinor: 10_000 } });
    await sell();
    await sell();
    await closeShift(till);
    await till.call('report.z', {});
    const [first, second] = await zBodies();
    expect([first?.number, second?.number]).toEqual([1, 2]);
    expect(second?.figures).toMatchObject({ totalMinor: 6000, sales: { count: 2 } });
    expect(second?.since?.number).toBe(1);
    const receipts = await till.call('receipt.list', { text: '', limit: 200 });
    expect((first?.figures.sales.count ?? 0) + (second?.figures.sales.count ?? 0)).toBe(receipts.rows.length);
  });

  test('C-12 grand totals go on for ever, and those that the journal comes to are the same', async () => {
    const [first, second] = await zBodies();
    expect(second?.grand.salesMinor).toBe((first?.grand.salesMinor ?? 0) + 6000);
    expect(second?.grand.netMinor).toBe((second?.grand.salesMinor ?? 0) - (second?.grand.returnsMinor ?? 0));
    const total = await inDatabase(till, (storage) => storage.reports.journalTotals(storage.shop.thisRegister()?.id ?? '', 1_000_000));
    expect(total).toEqual({ salesMinor: second?.grand.salesMinor, returnsMinor: 0 });
  });

  test('C-1 it is anchored in the journal and names the Z before it by its hash', async () => {
    const found = await inDatabase(till, (storage) => {
      const registerId = storage.shop.thisRegister()?.id ?? '';
      const second = storage.reports.byNumber(registerId, 'z', 2);
      const head = storage.journal.read(registerId, (second?.body.anchor?.seq ?? 1) - 1, 1)[0];
      return { second, head, first: storage.reports.byNumber(registerId, 'z', 1) };
    });
    expect(found.second?.body.anchor).toEqual({ seq: found.head?.seq, hash: found.head?.hash, previousZ: found.first?.hash });
    expect(verifyShop(join(till.dataDir, 'kassa.sqlite'))).toMatchObject({ found: { ok: true, findings: [], checked: { reports: expect.any(Number) } } });
  });

  test('a report that came out before comes out as a copy, and says the same as then', async () => {
    const [row] = (await till.call('report.list', { limit: 50 })).filter((one) => one.kind === 'z');
    const reportId = row?.reportId ?? '';
    const before = await till.call('report.paper', { reportId });
    expect(await till.call('report.print', { reportId })).toEqual({ copy: true });
    const { papers } = await till.call('dev.get', {});
    const texts = (papers[0]?.paper.blocks ?? []).flatMap((block) => (block.kind === 'text' ? [block.text] : []));
    expect(texts.filter((text) => text === 'KOPIO')).toHaveLength(1);
    expect(papers[0]?.paper.blocks.filter((block) => block.kind === 'row')).toEqual(before.paper.blocks.filter((block) => block.kind === 'row'));
  });

  test('a cashier takes neither without a manager', async () => {
    await till.signIn('Aino Lehtinen');
    expect(await till.try('report.x', {})).toMatchObject({ error: { code: 'needs-approval', detail: { right: 'report-x' } } });
    await till.signIn('Sofie Dahl');
  });
});
