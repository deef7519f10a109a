import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readCode } from '../../core/articles/codes.ts';
import { scanLayouts } from '../../core/scanner/hid-descriptor.ts';
import { assemble, type Assembly, type Scan } from '../../core/scanner/hid-reports.ts';
import { posDescriptor, posReports } from '../scanners.ts';
import { hold, sleep, until, type Case, type Figures } from './cases.ts';
import { bareDescriptor, bareReport, keyboardDescriptor } from './descriptors.ts';
import { scannersOf, startLabTill, type LabTill } from './lab-till.ts';
import { sampleCodes, type SampleCode } from './symbologies.ts';
import { plugIn, type UhidDevice } from './uhid.ts';

/** Sends reports at the pace of a device, which the till's other work doesn't change: no faster than a port of USB fetches them. */
function send(device: UhidDevice, reports: readonly Uint8Array[]): void {
  for (const report of reports) {
    device.send(report);
    hold(2);
  }
}

const scan = (device: UhidDevice, aim: string, text: string): void => send(device, posReports(aim, text));

/** A till with these scanners plugged in; all is put away afterwards. */
async function atTill(serials: readonly string[], work: (till: LabTill, devices: readonly UhidDevice[]) => Promise<Figures>, descriptor = posDescriptor): Promise<Figures> {
  const devices = serials.map((serial) => plugIn(serial, descriptor));
  const till = startLabTill(serials);
  try {
    await till.untilOpen(serials.length);
    return await work(till, devices);
  } finally {
    await till.close();
    for (const device of devices) device.pullOut();
  }
}

/** What was heard, without its time. */
const events = (till: LabTill): readonly string[] => till.heard.map((one) => (one.kind === 'received' ? one.aim + one.code : one.reason));

const [firstSerial, secondSerial] = ['uhid-1', 'uhid-2'];

async function reads(samples: readonly SampleCode[]): Promise<Figures> {
  return atTill([firstSerial], async (till, [scanner]) => {
    assert(scanner);
    for (const [index, { name, aim, text, means }] of samples.entries()) {
      scan(scanner, aim, text);
      await till.untilHeard(index + 1);
      const heard = till.heard[index];
      assert(heard?.kind === 'received', `${name} was not received`);
      assert.deepEqual({ aim: heard.aim, code: heard.code }, { aim, code: text }, name);
      assert.deepEqual(readCode(heard.aim + heard.code, 'SE'), means, name);
    }
    assert.equal(till.heard.length, samples.length);
    return { codes: samples.length };
  });
}

/** Signs that differ from place to place, so that a piece that is lost, doubled or out of order shows. */
const longText = (length: number): string => Array.from({ length: Math.ceil(length / 8) }, (_, index) => `${String(index).padStart(7, '0')}/`).join('').slice(0, length);

/** Reads whole codes from a device by the adapter and the assembly alone, without a till's limits. */
async function assembled(serial: string, device: UhidDevice, text: string): Promise<Scan> {
  const hid = scannersOf([serial]);
  const [path] = (await hid.paths()) ?? [];
  assert(path);
  let assembly: Assembly = null;
  const scans: Scan[] = [];
  const reports: Uint8Array[] = [];
  const opened = await hid.open(path, { report: (bytes) => reports.push(Uint8Array.from(bytes)), gone: () => undefined });
  const sent = posReports(']Q1', text);
  // The kernel keeps 64 reports for whoever is slow to fetch them, as this machine without a processor of its own may be.
  for (let from = 0; from < sent.length; from += 24) {
    const some = sent.slice(from, from + 24);
    send(device, some);
    await until('these reports', () => reports.length >= from + some.length);
  }
  await opened.close();
  const layouts = scanLayouts(opened.descriptor ?? new Uint8Array());
  for (const report of reports) {
    const step = assemble(layouts, assembly, report);
    assembly = step.assembly;
    if (step.result.kind === 'scan') scans.push(step.result.scan);
  }
  const [whole] = scans;
  assert(whole && scans.length === 1, `${scans.length} codes came of one`);
  return whole;
}

const longCode: Case = {
  name: 'a QR code of 4,000 signs is put together whole from its reports; a till says aloud that it is too long and cuts nothing',
  run: () =>
    atTill([firstSerial], async (till, [scanner]) => {
      assert(scanner);
      const text = longText(4000);
      assert.deepEqual(await assembled(firstSerial, scanner, text), { aim: ']Q1', text });
      await till.untilHeard(1);
      scan(scanner, ']E0', '9520123456788');
      await till.untilHeard(2);
      assert.deepEqual(events(till), ['too-long', ']E09520123456788']);
      return { signs: text.length, reports: posReports(']Q1', text).length };
    }),
};

const longestCode: Case = {
  name: 'the longest code that a till takes arrives whole, letters of several bytes too',
  run: () =>
    atTill([firstSerial], async (till, [scanner]) => {
      assert(scanner);
      const texts = [longText(490), `${longText(460)}smörgås/æ/ø/€`];
      for (const [index, text] of texts.entries()) {
        scan(scanner, ']Q1', text);
        await till.untilHeard(index + 1);
      }
      assert.deepEqual(events(till), texts.map((text) => `]Q1${text}`));
      return { codes: texts.length };
    }),
};

const interleaved: Case = {
  name: 'two scanners whose reports come in turns mix nothing up',
  run: () =>
    atTill([firstSerial, secondSerial], async (till, [one, other]) => {
      assert(one && other);
      const rounds = 10;
      const expected: string[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const [long, short] = [`${round}/one/${longText(400)}`, `${round}/other/${longText(200)}`];
        const [reports, others] = [posReports(']Q1', long), posReports(']d1', short)];
        for (const [index, report] of reports.slice(0, -3).entries()) {
          send(one, [report]);
          send(other, others.slice(index, index + 1));
        }
        // The end of the longer one waits until two people may have made them.
        for (const report of reports.slice(-3)) {
          await sleep(110);
          send(one, [report]);
        }
        await till.untilHeard(2 * round + 2);
        await sleep(320);
        expected.push(`]d1${short}`, `]Q1${long}`);
      }
      assert.deepEqual(events(till), expected);
      return { codes: expected.length };
    }),
};

const doubled: Case = {
  name: 'the same code again at once is refused aloud, and so are two scanners at once; after a pause both count',
  run: () =>
    atTill([firstSerial, secondSerial], async (till, [one, other]) => {
      assert(one && other);
      const [code, another] = [']E09520123456788', ']E0614141000036'];
      const both = [code, another];
      send(one, [...posReports(']E0', code.slice(3)), ...posReports(']E0', code.slice(3))]);
      await till.untilHeard(2);
      await sleep(550);
      // Which of two at once the kernel hears first is its own affair.
      scan(one, ']E0', code.slice(3));
      scan(other, ']E0', another.slice(3));
      await till.untilHeard(4);
      await sleep(550);
      scan(one, ']E0', another.slice(3));
      scan(other, ']E0', another.slice(3));
      await till.untilHeard(6);
      const heard = events(till);
      assert(both.includes(heard[2] ?? ''), String(heard));
      assert.deepEqual([...heard.slice(0, 2), ...heard.slice(3)], [code, 'doubled', 'at-once', another, 'doubled']);
      return { taken: 3, refused: 3 };
    }),
};

const inPieces: Case = {
  name: 'a report that holds more than it can is refused aloud, with the rest of its code; the next code is right',
  run: () =>
    atTill([firstSerial], async (till, [scanner]) => {
      assert(scanner);
      const [first, second, third] = posReports(']Q1', longText(150));
      assert(first && second && third);
      send(scanner, [first, Uint8Array.from(second, (byte, index) => (index === 1 ? 57 : byte)), third]);
      await till.untilHeard(2);
      await sleep(450);
      scan(scanner, ']E0', '9520123456788');
      await till.untilHeard(3);
      assert.deepEqual(events(till), ['broken', 'broken', ']E09520123456788']);
      return { refused: 2 };
    }),
};

const bare: Case = {
  name: 'a scanner whose reports have no id, no length and no symbology is read by its own descriptor',
  run: () =>
    atTill(
      [firstSerial],
      async (till, [scanner]) => {
        assert(scanner);
        const codes = ['9520123456788', '4011', '0109520123456788'];
        for (const [index, code] of codes.entries()) {
          scanner.send(bareReport(code));
          await till.untilHeard(index + 1);
        }
        assert.deepEqual(events(till), codes);
        return { codes: codes.length };
      },
      bareDescriptor,
    ),
};

/** The kernel's own list of devices that type or point. */
const inputDevices = (): string => readFileSync('/proc/bus/input/devices', 'utf8');

const typesNothing: Case = {
  name: 'the kernel makes a keyboard of a keyboard but none of a scanner: nothing is typed into a window beside the till',
  run: () =>
    atTill([firstSerial], async (till, [scanner]) => {
      assert(scanner);
      const keyboard = plugIn('uhid-keyboard', keyboardDescriptor);
      await until('the keyboard', () => inputDevices().includes('uhid-keyboard'));
      scan(scanner, ']E0', '9520123456788');
      await till.untilHeard(1);
      const devices = inputDevices();
      keyboard.pullOut();
      assert(!devices.includes(firstSerial), devices);
      assert.deepEqual(events(till), [']E09520123456788']);
      return { keyboards: 1 };
    }),
};

const hotPlug: Case = {
  name: 'a scanner pulled out after the first of several reports says nothing; back again, its next code is right',
  run: async () => {
    const rounds = 6;
    let device = plugIn(firstSerial, posDescriptor);
    const till = startLabTill([firstSerial]);
    const expected: string[] = [];
    try {
      for (let round = 0; round < rounds; round += 1) {
        await till.untilOpen(1);
        send(device, posReports(']Q1', `${round}/never/${longText(150)}`).slice(0, 1));
        device.pullOut();
        // Half of the times it is back before the till looks again.
        if (round % 2 === 0) await till.untilOpen(0);
        device = plugIn(firstSerial, posDescriptor);
        await until('the scanner open again', () => till.opened() === round + 2);
        const text = `${round}/next/${longText(150)}`;
        scan(device, ']Q1', text);
        expected.push(`]Q1${text}`);
        await till.untilHeard(expected.length);
      }
      assert.deepEqual(events(till), expected);
      return { hotPlugs: 2 * rounds + 1 };
    } finally {
      await till.close();
      device.pullOut();
    }
  },
};

const many: Case = {
  name: 'eight scanners plugged in at once are all read, and all forgotten when they are pulled out at once',
  run: async () => {
    const serials = Array.from({ length: 8 }, (_, index) => `uhid-many-${index}`);
    const till = startLabTill(serials);
    try {
      const devices = serials.map((serial) => plugIn(serial, posDescriptor));
      await till.untilOpen(serials.length);
      for (const [index, device] of devices.entries()) {
        scan(device, ']C0', `many-${index}`);
        await till.untilHeard(index + 1);
        await sleep(320);
      }
      for (const device of devices) device.pullOut();
      await till.untilOpen(0);
      assert.deepEqual(events(till), serials.map((_, index) => `]C0many-${index}`));
      return { codes: serials.length, hotPlugs: 2 * serials.length };
    } finally {
      await till.close();
    }
  },
};

/** What scanners do that come and go at once. */
export const scannerCases: readonly Case[] = [
  ...Object.entries(sampleCodes).map(([symbology, samples]): Case => ({ name: `${symbology}: ${samples.map(({ name }) => name).join(', ')}`, run: () => reads(samples) })),
  longCode,
  longestCode,
  interleaved,
  doubled,
  inPieces,
  bare,
  typesNothing,
  hotPlug,
  many,
];
