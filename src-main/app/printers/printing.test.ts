import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inDatabase } from '../../testing/fiscal.ts';
import { rowOf, sellBuns, until } from '../../testing/mail.ts';
import { startNetworkPrinter, type NetworkPrinter } from '../../testing/network-printer.ts';
import { attachTo, printerSettings } from '../../testing/receipt-printer.ts';
import { openTill, type TestTill } from '../../testing/till.ts';

let till: TestTill;
let printer: NetworkPrinter;

beforeEach(async () => {
  till = await openTill();
  printer = await startNetworkPrinter('esc-pos');
});
afterEach(async () => {
  await till.close();
  await printer.close();
});

const textOf = (): string => printer.papers.flatMap(({ lines }) => lines.map(({ text }) => text)).join('\n');

describe('a register with a printer in the network', () => {
  test('prints its receipts there, with their barcode, and opens the drawer for cash', async () => {
    await attachTo(till, printer.port);
    const receipt = await sellBuns(till);
    expect(await until(till, receipt, (row) => row.printState === 'printed')).toMatchObject({ printProblem: '' });
    expect(textOf()).toMatch(/DEMO[\s\S]*Korvapuusti[\s\S]*Käteinen/);
    expect(printer.papers.map(({ codes, cut }) => ({ codes, cut }))).toEqual([{ codes: [{ symbology: 'code128', text: `R1-${receipt.number}` }], cut: true }]);
    expect(printer.pulses()).toBe(1);
    expect(printer.problems).toEqual([]);
    expect((await till.call('dev.get', {})).papers).toEqual([]);
    expect((await till.call('app.hello', {})).status.printer).toBe('ready');
  });

  test('C-6 out of paper is a state with a sentence; with paper in, a person prints the original, and only then', async () => {
    await attachTo(till, printer.port);
    printer.hands.paper = 'out';
    const receipt = await sellBuns(till);
    expect(await until(till, receipt, (row) => row.printState === 'failed')).toMatchObject({ printProblem: 'out-of-paper' });
    expect((await till.call('app.hello', {})).status).toMatchObject({ printer: 'failed', unprinted: 1 });
    printer.hands.paper = 'enough';
    printer.resume();
    expect(printer.papers).toEqual([]);
    expect(await till.call('receipt.print', { receiptId: receipt.receiptId })).toMatchObject({ copy: false });
    expect(printer.papers).toHaveLength(1);
    expect(textOf()).not.toContain('KOPIO');
  });

  test('an open cover says so, and a printer that is gone does not answer', async () => {
    await attachTo(till, printer.port);
    printer.hands.coverOpen = true;
    const receipt = await sellBuns(till);
    await until(till, receipt, (row) => row.printProblem === 'cover-open');
    await printer.close();
    expect(await till.try('receipt.print', { receiptId: receipt.receiptId })).toMatchObject({ error: { code: 'printer-failed', detail: { problem: 'unreachable' } } });
  });

  test('a connection that breaks in the middle is not known, and nothing is printed again by itself, not even after a start', async () => {
    await attachTo(till, printer.port);
    printer.faults.dropAfter = 200;
    const receipt = await sellBuns(till);
    await until(till, receipt, (row) => row.printProblem === 'unknown');
    printer.faults.dropAfter = null;
    const before = printer.papers.length;
    await till.restart();
    await till.signIn('Aino Lehtinen');
    expect(await rowOf(till, receipt)).toMatchObject({ printState: 'failed', printProblem: 'unknown' });
    expect(printer.papers).toHaveLength(before);
    expect((await till.call('app.hello', {})).status.unprinted).toBe(1);
  });

  test('the end of the program waits for the paper that is on its way', async () => {
    await attachTo(till, printer.port);
    const receipt = await sellBuns(till);
    await till.restart();
    await till.signIn('Aino Lehtinen');
    expect(await rowOf(till, receipt)).toMatchObject({ printState: 'printed' });
    expect(printer.papers).toHaveLength(1);
  });
});

test('C-4 a drawer that was opened by hand is written down, and that it was closed', async () => {
  await attachTo(till, printer.port);
  await till.signIn('Sofie Dahl');
  for (const open of [true, true, false]) {
    printer.hands.drawerOpen = open;
    await till.call('printer.settings', {});
  }
  const found = await inDatabase(till, (storage) => storage.journal.read(storage.shop.thisRegister()?.id ?? '', 0, 1_000).filter((entry) => entry.kind === 'drawer-found').map((entry) => entry.detail));
  expect(found).toEqual([{ state: 'open' }, { state: 'closed' }]);
});

describe('the printer page', () => {
  test('prints a test page with every Nordic letter, both codes and the width, and tells how the printer is', async () => {
    await attachTo(till, printer.port, { model: 'epson-tm-t88', widthMm: 58 });
    await till.signIn('Sofie Dahl');
    expect(await till.call('printer.test', {})).toEqual({ problem: null, condition: { state: 'ready', problem: null, paperNearEnd: false, drawer: 'closed' } });
    expect(textOf()).toContain('123456789012345678901234567890');
    expect(textOf().replaceAll(/\s+/g, ' ')).toContain('å ä ö ø æ é ü Å Ä Ö Ø Æ É Ü € £ × ½');
    expect(printer.papers[0]?.codes.map(({ symbology }) => symbology)).toEqual(['code128', 'qr']);
    printer.hands.paper = 'near-end';
    printer.hands.drawerOpen = true;
    expect((await till.call('printer.settings', {})).condition).toMatchObject({ paperNearEnd: true, drawer: 'open' });
    printer.hands.paper = 'out';
    expect(await till.call('printer.test', {})).toMatchObject({ problem: 'out-of-paper' });
  });

  test('is the admin’s, wants an address, and lets go of the printer again', async () => {
    await till.signIn('Aino Lehtinen');
    expect(await till.try('printer.settings', {})).toMatchObject({ ok: false });
    await till.signIn('Sofie Dahl');
    expect(await till.try('printer.save', printerSettings(9100, { host: '' }))).toMatchObject({ error: { code: 'setting-invalid', detail: { field: 'host' } } });
    expect(await till.try('printer.save', printerSettings(9100, { host: 'http://printer/' }))).toMatchObject({ error: { code: 'setting-invalid' } });
    expect((await till.call('printer.save', printerSettings(printer.port))).condition.state).toBe('ready');
    expect((await till.call('printer.save', printerSettings(printer.port, { attached: 'none' }))).condition.state).toBe('ready');
    expect(await till.call('printer.test', {})).toMatchObject({ problem: null });
    expect(printer.papers).toEqual([]);
    expect((await till.call('dev.get', {})).papers).toHaveLength(1);
  });
});

describe('the shop’s logo', () => {
  const grey = Buffer.from(Uint8Array.from({ length: 16 * 8 }, (_, index) => (index % 16 < 8 ? 0 : 255))).toString('base64');

  test('stands at the head of receipts on paper and on the screen, and of none when it was removed', async () => {
    await attachTo(till, printer.port);
    expect(await till.try('logo.save', { widthDots: 16, heightDots: 8, grey })).toMatchObject({ ok: false });
    await till.signIn('Sofie Dahl');
    expect(await till.try('logo.save', { widthDots: 16, heightDots: 9, grey })).toMatchObject({ error: { code: 'setting-invalid', detail: { field: 'logo' } } });
    expect(await till.call('logo.save', { widthDots: 16, heightDots: 8, grey })).toMatchObject({ src: expect.stringMatching(/^data:image\/bmp;base64,/) });
    const receipt = await sellBuns(till);
    await until(till, receipt, (row) => row.printState === 'printed');
    const [first] = printer.papers[0]?.items ?? [];
    expect(first && 'rows' in first ? first.rows.map((row) => row.replace(/^0+/, '')) : []).toEqual(Array.from({ length: 8 }, () => '1111111100000000'));
    expect(printer.problems).toEqual([]);
    expect((await till.call('receipt.paper', { receiptId: receipt.receiptId })).paper.blocks[0]).toMatchObject({ kind: 'image', widthDots: 16, heightDots: 8 });
    expect(await till.call('logo.remove', {})).toBeNull();
    expect((await till.call('receipt.paper', { receiptId: receipt.receiptId })).paper.blocks[0]).toMatchObject({ kind: 'text' });
  });
});
