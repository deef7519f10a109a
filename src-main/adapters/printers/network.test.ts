import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PrinterModelId } from '../../contract/printers.ts';
import type { Paper } from '../../contract/receipts.ts';
import { printerModels } from '../../core/printers/models.ts';
import { text } from '../../core/receipts/blocks.ts';
import { startNetworkPrinter, type NetworkPrinter } from '../../testing/network-printer.ts';
import { createClock } from '../clock.ts';
import { createNetworkDevice, type NetworkDevice } from './network.ts';

const paper: Paper = { title: 'x', language: 'nb', blocks: [text('Først'), text('så'), text('sist')] };
const lines = (printer: NetworkPrinter): readonly string[] => printer.papers.flatMap((one) => one.lines.map((line) => line.text));

describe.each(['epson-tm-m30', 'generic-esc-pos', 'star-mc-print3'] as const)('%s over the network', (model: PrinterModelId) => {
  let printer: NetworkPrinter;
  let device: NetworkDevice;
  beforeEach(async () => {
    printer = await startNetworkPrinter(printerModels[model].language);
    device = createNetworkDevice({ host: '127.0.0.1', port: printer.port, model, widthMm: 80 }, createClock(), { connectMs: 1_000, answerMs: 80, printMs: 400 });
  });
  afterEach(() => printer.close());

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
    expect(await device.printer.print(paper)).toEqual({ ok: false, problem: 'unknown' });
    expect(printer.papers).toHaveLength(1);
    expect(device.printer.state()).toBe('failed');
  });

  test('who says nothing does not answer, nor who is not there', async () => {
    printer.faults.mute = true;
    expect(await device.printer.print(paper)).toEqual({ ok: false, problem: 'unreachable' });
    expect(lines(printer)).toEqual([]);
    await printer.close();
    expect(await device.printer.print(paper)).toEqual({ ok: false, problem: 'unreachable' });
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
