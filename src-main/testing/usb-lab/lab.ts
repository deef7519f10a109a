import { tryAll, type Case } from './cases.ts';
import { enduranceCases } from './endurance.ts';
import { defineGadget } from './gadget.ts';
import { printerCases } from './printer-cases.ts';
import { scannerCases } from './scanner-cases.ts';
import { usbCases } from './usb-cases.ts';

/*
 * The program inside the virtual machine, which runs several times side by side, each with a composite device of its own: what is
 * measured is a till that has nothing else to do.
 */
const programs: Readonly<Record<string, () => readonly Case[]>> = {
  endurance: () => enduranceCases(defineGadget(0)),
  scanners: () => [...scannerCases, ...usbCases(defineGadget(1))],
  printer: () => printerCases(defineGadget(2)),
};

const [, , program = ''] = process.argv;

await tryAll(program, programs[program]?.() ?? []);
process.exit(0);
