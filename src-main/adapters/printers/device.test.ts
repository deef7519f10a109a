import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PrinterModelId } from '../../contract/printers.ts';
import type { Paper } from '../../contract/receipts.ts';
import { printerModels } from '../../core/printers/models.ts';
import { text } from '../../core/receipts/blocks.ts';
import { startNetworkPrinter, type NetworkPrinter } from '../../testing/network-printer.ts';
import { createUsbSide, epsonPlug, hasPseudoTerminals, type UsbSide } from '../../testing/usb-printer.ts';
import { createClock } from '../clock.ts';
import type { OpenChannel } from './channel.ts';
import { createPrinterDevice, type PrinterDevice } from './device.ts';
import { tcpChannel } from './tcp.ts';
import { usbChannel } from './usb.ts';
import { usbPathOf, usbPrinters } from './usb-found.ts';

const paper: Paper = { title: 'x', language: 'nb', blocks: [text('Først'), text('så'), text('sist')] };
const lines = (printer: NetworkPrinter): readonly string[] => printer.papers.flatMap((one) => one.lines.map((line) => line.text));

const clock = createClock();
// Long enough for a busy machine; where the printer says nothing, that is waited for no longer than it has to be.
const patience = { connectMs: 2_000, answerMs: 400, printMs: 1_500 };
const hasty = { connectMs: 1_000, answerMs: 200, printMs: 500 };
const usbId = `${epsonPlug.vendor}:${epsonPlug.product}:${epsonPlug.serial}`;
const models = ['epson-tm-m30', 'generic-esc-pos', 'star-mc-print3'] as const;
const usbModels = hasPseudoTerminals() ? (['epson-tm-m30', 'star-mc-print3'] as const) : [];
const ways = [...models.map((model) => [model, 'network'] as const), ...usbModels.map((model) => [model, 'usb'] as const)];

describe.each(ways)('%s over %s', (model: PrinterModelId, way: 'network' | 'usb') => {
  let printer: NetworkPrinter;
  let device: PrinterDevice;
  let hastyDevice: PrinterDevice;
  let usb: UsbSide | null = null;

  async function openOver(): Promise<OpenChannel> {
    if (way === 'network') return tcpChannel({ host: '127.0.0.1', port: printer.port }, clock);
    usb = createUsbSide();
    await usb.plugIn(epsonPlug, 0, printer.port);
    return usbChannel(usbId, clock, usb.roots);
  }

  beforeEach(async () => {
    printer = await startNetworkPrinter(printerModels[model].language);
    const open = await openOver();
    device = createPrinterDevice(open, { model, widthMm: 80 }, clock, patience);
    hastyDevice = createPrinterDevice(open, { model, widthMm: 80 }, clock, hasty);
  });
  afterEach(async () => {
    await usb?.close();
    await printer.close();
  });

  test('prints, and knows that it is out', async () => {
    expect(await device.printer.print(paper)).toEqual({ ok: true });
    expect(await device.printer.print(paper)).toEqual({ ok: true });
    expect(lines(printer)).toEqual(['Først', 'så', 'sist', 'Først', 'så', 'sist']);
    expect(printer.papers.map(({ cut }) => cut)).toEqual([true, true]);
    expect(printer.problems).toEqual([]);
    expect(device.condition()).toEqual({ state: 'ready', problem: null, paperNearEnd: false, drawer: 'closed' });
  });

  test('papers asked for at once come one after another', async () => {
    expect(await Promise.all([1, 2, 3].map(() => device.printer.print(paper)))).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
    expect(printer.papers).toHaveLength(3);
  });

  test('without paper or with an open cover nothing is sent', async () => {
    printer.hands.paper = 'out';
    expect(await device.printer.print(paper)).toEqual({ ok: false, problem: 'out-of-paper' });
    printer.hands.paper = 'enough';
    printer.hands.coverOpen = true;
    expect(await device.printer.print(paper)).toEqual({ ok: false, problem: 'cover-open' });
    expect(device.printer.state()).toBe('failed');
    printer.hands.coverOpen = false;
    printer.resume();
    expect(lines(printer)).toEqual([]);
    expect(await device.look()).toMatchObject({ state: 'ready', problem: null });
  });

  test('a roll that ends in the middle is told, and the rest does not come out by itself', async () => {
    printer.hands.linesLeft = 2;
    expect(await device.printer.print(paper)).toEqual({ ok: false, problem: 'out-of-paper' });
    await vi.waitUntil(() => printer.waiting() === 0);
    printer.hands.paper = 'enough';
    printer.hands.linesLeft = Number.POSITIVE_INFINITY;
    printer.resume();
    expect(lines(printer)).toEqual(['Først', 'så']);
    expect(await device.printer.print(paper)).toEqual({ ok: true });
    expect(lines(printer)).toEqual(['Først', 'så', 'Først', 'så', 'sist']);
  });

  test('a connection that breaks in the middle leaves it unknown, and nothing is sent again', async () => {
    printer.faults.dropAfter = 20;
    expect(await device.printer.print(paper)).toEqual({ ok: false, problem: 'unknown' });
    expect(printer.connections()).toBe(1);
  });

  test('a paper that came out without a word of it is unknown, never printed', async () => {
    printer.faults.silentAfterPaper = true;
    expect(await hastyDevice.printer.print(paper)).toEqual({ ok: false, problem: 'unknown' });
    expect(printer.papers).toHaveLength(1);
    expect(hastyDevice.printer.state()).toBe('failed');
  });

  test('who says nothing does not answer, nor who is not there', async () => {
    printer.faults.mute = true;
    expect(await hastyDevice.printer.print(paper)).toEqual({ ok: false, problem: 'unreachable' });
    expect(lines(printer)).toEqual([]);
    await printer.close();
    expect(await hastyDevice.printer.print(paper)).toEqual({ ok: false, problem: 'unreachable' });
  });

  test('its drawer opens once, and tells that it is open until somebody closes it; paper near its end is told', async () => {
    expect(device.drawer.state()).toBe('unknown');
    device.drawer.open();
    expect(await device.look()).toMatchObject({ drawer: 'open' });
    expect(printer.pulses()).toBe(1);
    printer.hands.drawerOpen = false;
    printer.hands.paper = 'near-end';
    expect(await device.look()).toEqual({ state: 'ready', problem: null, paperNearEnd: true, drawer: 'closed' });
    expect(lines(printer)).toEqual([]);
  });
});

describe.runIf(hasPseudoTerminals())('printers at USB ports', () => {
  let usb: UsbSide;
  let printers: readonly NetworkPrinter[];
  const deviceOf = (id: string): PrinterDevice => createPrinterDevice(usbChannel(id, clock, usb.roots), { model: 'epson-tm-m30', widthMm: 80 }, clock, patience);
  beforeEach(async () => {
    usb = createUsbSide();
    printers = [await startNetworkPrinter('esc-pos'), await startNetworkPrinter('esc-pos')];
  });
  afterEach(async () => {
    await usb.close();
    for (const printer of printers) await printer.close();
  });
  const portOf = (index: number): number => printers[index]?.port ?? 0;
  const linesOf = (index: number): number => printers[index]?.papers.length ?? 0;

  test('one that comes back under another number is the same one, another one is not', async () => {
    const device = deviceOf(usbId);
    await usb.plugIn(epsonPlug, 0, portOf(0));
    expect(await usbPrinters(usb.roots)).toMatchObject([{ id: usbId, name: 'EPSON TM-m30' }]);
    expect(await device.printer.print(paper)).toEqual({ ok: true });
    await usb.unplug(0);
    expect(await device.look()).toMatchObject({ state: 'failed', problem: 'unreachable', drawer: 'unknown' });
    await usb.plugIn({ ...epsonPlug, serial: 'OTHER' }, 0, portOf(1));
    expect(await device.printer.print(paper)).toEqual({ ok: false, problem: 'unreachable' });
    await usb.plugIn({ ...epsonPlug, place: '1-4:1.0' }, 1, portOf(0));
    expect(await device.look()).toMatchObject({ state: 'ready' });
    expect(await device.printer.print(paper)).toEqual({ ok: true });
    expect([linesOf(0), linesOf(1)]).toEqual([2, 0]);
  });

  test('two that call themselves the same are told apart by their ports, and neither is taken for one of which that was not said', async () => {
    const nameless = { ...epsonPlug, serial: '' };
    await usb.plugIn(nameless, 0, portOf(0));
    const first = (await usbPrinters(usb.roots))?.[0]?.id ?? '';
    await usb.plugIn({ ...nameless, place: '1-3:1.0' }, 1, portOf(1));
    const ids = (await usbPrinters(usb.roots))?.map(({ id }) => id) ?? [];
    expect(new Set([first, ...ids]).size).toBe(3);
    expect(await deviceOf(first).printer.print(paper)).toEqual({ ok: false, problem: 'unreachable' });
    expect(await deviceOf(ids[1] ?? '').printer.print(paper)).toEqual({ ok: true });
    expect([linesOf(0), linesOf(1)]).toEqual([0, 1]);
  });

  test('unplugged while a paper is on its way it is not known what came out, and plugged in again nothing comes by itself', async () => {
    const [printer] = printers;
    if (!printer) throw new Error('no printer');
    await usb.plugIn(epsonPlug, 0, printer.port);
    printer.faults.silentAfterPaper = true;
    const printing = deviceOf(usbId).printer.print(paper);
    while (printer.papers.length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    await usb.unplug(0);
    expect(await printing).toEqual({ ok: false, problem: 'unknown' });
    printer.faults.silentAfterPaper = false;
    await usb.plugIn(epsonPlug, 1, printer.port);
    const again = deviceOf(usbId);
    expect(await again.look()).toMatchObject({ state: 'ready' });
    expect(printer.papers).toHaveLength(1);
  });

  test('an answer that comes too late for one conversation is none to the next', async () => {
    const [printer] = printers;
    if (!printer) throw new Error('no printer');
    await usb.plugIn(epsonPlug, 0, printer.port);
    const generic = createPrinterDevice(usbChannel(usbId, clock, usb.roots), { model: 'generic-esc-pos', widthMm: 80 }, clock, patience);
    expect(await generic.look()).toMatchObject({ state: 'ready' });
    // A word of the paper sensor that nobody waits for any more, as to a question of a program that was killed.
    await writeFile((await usbPathOf(usbId, usb.roots)) ?? '', Uint8Array.of(0x1d, 0x72, 1));
    printer.faults.silentAfterPaper = true;
    expect(await generic.printer.print(paper)).toEqual({ ok: false, problem: 'unknown' });
  });
});
