import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startNetworkPrinter, type NetworkPrinter } from '../../testing/network-printer.ts';
import { attachTo } from '../../testing/receipt-printer.ts';
import { openTill, type TestTill } from '../../testing/till.ts';

let till: TestTill;
let printer: NetworkPrinter;

beforeEach(async () => {
  till = await openTill();
  printer = await startNetworkPrinter('esc-pos');
  await attachTo(till, printer.port);
  await till.signIn('Sofie Dahl');
});
afterEach(async () => {
  await till.close();
  await printer.close();
});

const left = () => till.call('paper.unprinted', {});
const unprinted = async (): Promise<number> => (await till.call('app.hello', {})).status.unprinted;

test('an X that did not come out stays, through a start too, until a person prints it: then it is the original, and once', async () => {
  printer.hands.paper = 'out';
  const { reportId } = await till.call('report.x', {});
  await vi.waitUntil(async () => (await left()).length === 1);
  expect(await left()).toMatchObject([{ kind: 'report', ofId: reportId, problem: 'out-of-paper' }]);
  expect(await unprinted()).toBe(1);
  await till.restart();
  await till.signIn('Sofie Dahl');
  expect(await left()).toHaveLength(1);
  const of = { kind: 'report', ofId: reportId } as const;
  expect(await till.try('paper.print', of)).toMatchObject({ error: { code: 'printer-failed', detail: { problem: 'out-of-paper' } } });
  printer.hands.paper = 'enough';
  expect(printer.papers).toEqual([]);
  expect(await till.call('paper.print', of)).toEqual([]);
  expect(await till.try('paper.print', of)).toMatchObject({ error: { code: 'paper-unknown' } });
  expect(printer.papers).toHaveLength(1);
  expect(printer.papers[0]?.lines.map(({ text }) => text).join('\n')).not.toMatch(/KOPIO/);
  expect((await till.call('report.list', { limit: 1 }))[0]).toMatchObject({ printed: true });
  expect(await unprinted()).toBe(0);
});

test('C-6 an X that was on its way when the till ended is not known, and is not printed again by itself', async () => {
  printer.faults.silentAfterPaper = true;
  await till.call('report.x', {});
  await vi.waitUntil(() => printer.papers.length === 1);
  // The program ends while it waits for the printer's word.
  await till.restart();
  await till.signIn('Sofie Dahl');
  expect(await left()).toMatchObject([{ kind: 'report', problem: 'unknown' }]);
  expect(printer.papers).toHaveLength(1);
  const [row] = await left();
  if (!row) throw new Error('no row');
  expect(await till.call('paper.let-go', { kind: row.kind, ofId: row.ofId })).toEqual([]);
  expect(await unprinted()).toBe(0);
}, 60_000);

test('a provisional paper that did not come out is printed again under its own number', async () => {
  printer.hands.coverOpen = true;
  await till.call('sale.add-code', { code: '2910000000031', source: 'scan' });
  expect(await till.try('receipt.print-other', { kind: 'provisional' })).toMatchObject({ error: { code: 'printer-failed' } });
  expect(await left()).toMatchObject([{ kind: 'other', ofId: 'provisional 1', problem: 'cover-open' }]);
  printer.hands.coverOpen = false;
  expect(await till.call('paper.print', { kind: 'other', ofId: 'provisional 1' })).toEqual([]);
  expect(printer.papers).toHaveLength(1);
});
