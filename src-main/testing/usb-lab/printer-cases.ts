import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { paperBytes } from '../../adapters/printers/bytes.ts';
import { createPrinterDevice, type PrinterDevice, type PrinterPatience } from '../../adapters/printers/device.ts';
import { usbChannel } from '../../adapters/printers/usb.ts';
import { usbPrinters } from '../../adapters/printers/usb-found.ts';
import { createClock } from '../../adapters/clock.ts';
import type { PrinterModelId } from '../../contract/printers.ts';
import type { Paper } from '../../contract/receipts.ts';
import { printerModels } from '../../core/printers/models.ts';
import { row, rule, space, text } from '../../core/receipts/blocks.ts';
import { posReports } from '../scanners.ts';
import { sleep, until, type Case, type Figures } from './cases.ts';
import type { Gadget } from './gadget.ts';
import { startGadgetPrinter, type GadgetPrinter } from './gadget-printer.ts';
import { startLabTill } from './lab-till.ts';
import { sendOverCable } from './usb-cases.ts';

const widthMm = 80;

/** A receipt with so many lines and its barcode. */
const receipt = (number: number, lines: number): Paper => ({
  title: 'Receipt',
  language: 'nb',
  blocks: [
    text('KASSA LAB', { align: 'center', size: 'large', bold: true }),
    text('Smörgås, rømmegrøt, æblegrød, pâté', { align: 'center', size: 'small' }),
    rule,
    ...Array.from({ length: lines }, (_, index) => row(`Korvapuusti ${number}/${index + 1}`, `${index + 1},50 €`)),
    row('Total', '1 234,56 €', { size: 'large', bold: true }),
    space,
    { kind: 'barcode', symbology: 'code128', text: `R1-${number}`, svg: '' },
    { kind: 'barcode', symbology: 'qr', text: `https://example.org/r/${number}`, svg: '' },
  ],
});

const idOf = ({ serial }: Gadget): string => `1209:0002:${serial}`;

/** The processors of this machine are programs: what is looked at is what becomes of papers, not how soon. */
const patient: PrinterPatience = { connectMs: 5_000, answerMs: 3_000, printMs: 12_000 };

type Work = (till: PrinterDevice, printer: GadgetPrinter, bytesOf: (paper: Paper) => Buffer) => Promise<Figures>;

/** A till whose settings name the printer of the device, which is plugged in; all is put away afterwards. */
async function atPrinter(device: Gadget, modelId: PrinterModelId, work: Work, patience = patient): Promise<Figures> {
  const model = printerModels[modelId];
  const printer = await startGadgetPrinter(device, model.language);
  try {
    await found(device);
    const till = createPrinterDevice(usbChannel(idOf(device), createClock()), { model: modelId, widthMm }, createClock(), patience);
    return await work(till, printer, (paper) => Buffer.from(paperBytes(paper, model, widthMm)));
  } finally {
    await printer.close();
  }
}

/** Waits until the till sees the printer among those that are plugged in. */
async function found(device: Gadget): Promise<void> {
  for (let times = 0; times < 100; times += 1) {
    if ((await usbPrinters())?.some(({ id }) => id === idOf(device))) return;
    await sleep(100);
  }
  throw new Error('the printer is not in the list of the till');
}

/** How often these bytes stand in what the printer received. */
const times = (printer: GadgetPrinter, bytes: Buffer): number => printer.received().toString('latin1').split(bytes.toString('latin1')).length - 1;

const codesOf = (printer: GadgetPrinter): readonly string[] => printer.machine.papers.flatMap(({ codes }) => codes.map((code) => code.text));

/** A paper that somebody asked for comes out whole, byte for byte, once more than before. */
async function printsOnce(till: PrinterDevice, printer: GadgetPrinter, paper: Paper, bytes: Buffer): Promise<void> {
  const before = times(printer, bytes);
  assert.deepEqual(await till.printer.print(paper), { ok: true });
  assert.equal(times(printer, bytes), before + 1);
}

const byteForByte = (device: Gadget, modelId: PrinterModelId): Case => ({
  name: `${printerModels[modelId].name}: receipts come out byte for byte, short and long, and the drawer opens`,
  run: () =>
    atPrinter(device, modelId, async (till, printer, bytesOf) => {
      const papers = [receipt(1, 3), receipt(2, 60), receipt(3, 1)];
      for (const paper of papers) await printsOnce(till, printer, paper, bytesOf(paper));
      assert.deepEqual(codesOf(printer).filter((code) => code.startsWith('R1-')), ['R1-1', 'R1-2', 'R1-3']);
      assert.deepEqual([printer.machine.problems, printer.machine.papers.every(({ cut }) => cut)], [[], true]);
      till.drawer.open();
      await until('the drawer', () => printer.machine.pulses() === 1);
      assert.equal((await till.look()).state, 'ready');
      return { receipts: papers.length, bytes: printer.received().length };
    }),
});

const outOfPaper = (device: Gadget): Case => ({
  name: 'out of paper, before a receipt or in the middle of one, and an open cover are said; with paper in nothing comes out unasked, and then the whole',
  run: () =>
    atPrinter(device, 'epson-tm-m30', async (till, printer, bytesOf) => {
      const { hands } = printer.machine;
      const paper = receipt(7, 20);
      hands.paper = 'out';
      assert.deepEqual(await till.printer.print(paper), { ok: false, problem: 'out-of-paper' });
      hands.paper = 'enough';
      hands.linesLeft = 5;
      assert.deepEqual(await till.printer.print(paper), { ok: false, problem: 'out-of-paper' });
      assert.equal(till.condition().state, 'failed');
      hands.linesLeft = Number.POSITIVE_INFINITY;
      hands.paper = 'enough';
      hands.coverOpen = true;
      assert.deepEqual(await till.printer.print(paper), { ok: false, problem: 'cover-open' });
      hands.coverOpen = false;
      printer.resume();
      await sleep(500);
      assert.deepEqual([printer.waiting(), codesOf(printer)], [0, []]);
      await printsOnce(till, printer, paper, bytesOf(paper));
      assert.equal(codesOf(printer).filter((code) => code === 'R1-7').length, 1);
      hands.paper = 'near-end';
      assert.deepEqual([(await till.look()).paperNearEnd, till.condition().problem], [true, null]);
      return { receipts: 1, refused: 3 };
    }),
});

const unplugged = (device: Gadget): Case => ({
  name: 'a printer unplugged in the middle of a receipt is said; plugged in again it is known, prints nothing unasked, and then the whole once',
  run: () =>
    atPrinter(device, 'epson-tm-m30', async (till, printer, bytesOf) => {
      const rounds = 3;
      for (let round = 0; round < rounds; round += 1) {
        const paper = receipt(100 + round, 40);
        const bytes = bytesOf(paper);
        printer.faults.unplugAfter = printer.received().length + 300 + round * 600;
        const answer = await till.printer.print(paper);
        assert(!answer.ok && ['unknown', 'unreachable'].includes(answer.problem), JSON.stringify(answer));
        assert.equal(till.condition().state, 'failed');
        assert.deepEqual(await till.printer.print(paper), { ok: false, problem: 'unreachable' });
        printer.faults.unplugAfter = Number.POSITIVE_INFINITY;
        const before = printer.received().length;
        await printer.plugIn();
        await found(device);
        await sleep(500);
        assert.equal(printer.received().length, before);
        // The roll holds the beginning of what broke off: somebody tears it away.
        printer.machine.reset();
        await printsOnce(till, printer, paper, bytes);
        assert.equal(codesOf(printer).filter((code) => code === `R1-${100 + round}`).length, 1);
      }
      return { receipts: rounds, hotPlugs: 2 * rounds };
    }),
});

const deaf = (device: Gadget): Case => ({
  name: 'a printer that fetches nothing any more: the outcome is said to be unknown, no other file of the till waits for it, and it prints the whole when asked again',
  run: () =>
    atPrinter(
      device,
      'epson-tm-m30',
      async (till, printer, bytesOf) => {
        const paper = receipt(200, 40);
        await printsOnce(till, printer, receipt(199, 1), bytesOf(receipt(199, 1)));
        printer.faults.deafAfter = printer.received().length + 700;
        let longestMs = 0;
        let done = false;
        const answered = till.printer.print(paper).finally(() => (done = true));
        while (!done) {
          const startedMs = performance.now();
          await Promise.all(Array.from({ length: 8 }, () => readdir('/sys/class')));
          longestMs = Math.max(longestMs, performance.now() - startedMs);
          await sleep(50);
        }
        assert.deepEqual(await answered, { ok: false, problem: 'unknown' });
        assert(longestMs < 5_000, `files of the till waited ${Math.round(longestMs)} ms`);
        printer.faults.deafAfter = Number.POSITIVE_INFINITY;
        // What the cable held comes out now: that is why nobody could know.
        await sleep(500);
        await printsOnce(till, printer, paper, bytesOf(paper));
        return { receipts: 2 };
      },
      { ...patient, answerMs: 2_000, printMs: 4_000 },
    ),
});

const sideBySide = (device: Gadget): Case => ({
  name: 'the scanner of a composite device is read while its printer prints',
  run: () =>
    atPrinter(device, 'epson-tm-m30', async (till, printer, bytesOf) => {
      const scanner = startLabTill([device.serial]);
      try {
        await scanner.untilOpen(1);
        const papers = [receipt(301, 20), receipt(302, 20)];
        const printing = Promise.all(papers.map((paper) => till.printer.print(paper)));
        const codes = Array.from({ length: 12 }, (_, index) => `while-printing-${index}`);
        for (const code of codes) {
          sendOverCable(device, posReports(']C0', code));
          await sleep(30);
        }
        assert.deepEqual(await printing, papers.map(() => ({ ok: true })));
        await scanner.untilHeard(codes.length);
        assert.deepEqual(scanner.heard.map((one) => (one.kind === 'received' ? one.code : one.reason)), codes);
        assert.deepEqual(papers.map((paper) => times(printer, bytesOf(paper))), [1, 1]);
        return { receipts: papers.length, codes: codes.length };
      } finally {
        await scanner.close();
      }
    }),
});

/** What happens to papers at a printer of the device. */
export const printerCases = (device: Gadget): readonly Case[] => [
  byteForByte(device, 'epson-tm-m30'),
  byteForByte(device, 'star-mc-print3'),
  outOfPaper(device),
  unplugged(device),
  deaf(device),
  sideBySide(device),
];
