import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Paper } from '../../contract/receipts.ts';
import { text } from '../../core/receipts/blocks.ts';
import { hasCups, startCups, type Cups } from '../../testing/cups.ts';
import { startNetworkPrinter, type NetworkPrinter } from '../../testing/network-printer.ts';
import { createClock } from '../clock.ts';
import { cupsSpooler } from './cups.ts';
import { createQueueDevice } from './queue-device.ts';
import { windowsJobState, windowsQueueState } from './windows-spooler.ts';

const paper: Paper = { title: 'x', language: 'nb', blocks: [text('Rømmegrøt'), text('20 €')] };
const lines = (printer: NetworkPrinter): readonly string[] => printer.papers.flatMap((one) => one.lines.map((line) => line.text));

// Needs CUPS and the right to start one of one's own (root): apt-get install cups. Nothing else here needs it, so nothing installs it.
if (!hasCups()) process.stderr.write('  not run: the tests of a printer behind a queue need CUPS and root\n');
else describe('a printer behind a queue of CUPS', () => {
  let printer: NetworkPrinter;
  let cups: Cups;
  const deviceWith = (printMs: number) => createQueueDevice(cupsSpooler(cups.socketPath), { queue: 'till', model: 'epson-tm-m30', widthMm: 80 }, 'kassa 1', createClock(), { printMs, cancelMs: 5_000, lookMs: 30 });
  beforeEach(async () => {
    printer = await startNetworkPrinter('esc-pos');
    cups = await startCups('till', printer.port);
  });
  afterEach(async () => {
    await cups.close();
    await printer.close();
  });

  test('prints byte for byte what it would print directly, and is found by its name', async () => {
    expect(await cupsSpooler(cups.socketPath).queues()).toEqual([{ id: 'till', name: 'Till printer' }]);
    const device = deviceWith(15_000);
    expect(await device.look()).toEqual({ state: 'ready', problem: null, paperNearEnd: false, drawer: 'unknown' });
    expect(await device.printer.print(paper)).toEqual({ ok: true });
    await vi.waitUntil(() => printer.papers[0]?.cut === true);
    expect(lines(printer)).toEqual(['Rømmegrøt', '20 €']);
    expect(printer.problems).toEqual([]);
    device.drawer.open();
    await vi.waitUntil(() => printer.pulses() === 1, { timeout: 10_000 });
    expect(await deviceWith(1).look()).toMatchObject({ state: 'ready' });
  });

  test('a paper that does not go is taken out of the queue: when the printer is there again it does not come by itself', async () => {
    const { port } = printer;
    await printer.close();
    const device = deviceWith(1_500);
    expect(await device.printer.print(paper)).toEqual({ ok: false, problem: 'unknown' });
    expect(device.condition()).toMatchObject({ state: 'failed', problem: 'unknown' });
    expect(await cupsSpooler(cups.socketPath).waiting('till', 'kassa 1')).toEqual([]);
    printer = await startNetworkPrinter('esc-pos', port);
    expect(await deviceWith(15_000).printer.print({ ...paper, blocks: [text('ny')] })).toEqual({ ok: true });
    await vi.waitUntil(() => printer.papers[0]?.cut === true);
    expect(lines(printer)).toEqual(['ny']);
  });

  test('what a till that was killed left in the queue is taken out before the next paper, and nobody else’s', async () => {
    const { port } = printer;
    await printer.close();
    const spooler = cupsSpooler(cups.socketPath);
    await spooler.submit('till', 'kassa 1', Buffer.from('left\n'));
    const other = await spooler.submit('till', 'invoice', Buffer.from('other\n'));
    expect(await deviceWith(1_000).look()).toBeTruthy();
    expect(await spooler.waiting('till', 'kassa 1')).toEqual([]);
    expect(await spooler.waiting('till', 'invoice')).toEqual([other]);
    printer = await startNetworkPrinter('esc-pos', port);
  });

  test('a queue that is not there, or no CUPS at all, prints nothing', async () => {
    const nowhere = { queue: 'nowhere', model: 'epson-tm-m30', widthMm: 80 } as const;
    const clock = createClock();
    expect(await createQueueDevice(cupsSpooler(cups.socketPath), nowhere, 'kassa 1', clock).printer.print(paper)).toEqual({ ok: false, problem: 'unreachable' });
    expect(await createQueueDevice(cupsSpooler('/nowhere.sock'), nowhere, 'kassa 1', clock).printer.print(paper)).toEqual({ ok: false, problem: 'unreachable' });
    expect(await cupsSpooler('/nowhere.sock').queues()).toBeNull();
  });
});

test('what Windows says of queues and jobs', () => {
  expect(windowsQueueState('Normal')).toEqual({ running: true, problem: null, paperNearEnd: false });
  expect(windowsQueueState('PaperOut, Error')).toMatchObject({ problem: 'out-of-paper' });
  expect(windowsQueueState('Paused')).toMatchObject({ running: false });
  expect(windowsJobState(null)).toEqual({ at: 'handed-over', begun: true });
  expect(windowsJobState('Spooling')).toEqual({ at: 'waiting', begun: false });
  expect(windowsJobState('Printing, Retained')).toEqual({ at: 'waiting', begun: true });
});
