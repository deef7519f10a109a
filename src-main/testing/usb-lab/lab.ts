import { tryAll } from './cases.ts';
import { enduranceCases } from './endurance.ts';
import { scannerCases } from './scanner-cases.ts';
import { usbCases } from './usb-cases.ts';

/*
 * The program inside the virtual machine, which runs twice side by side: what takes long and is measured has one of its own, so that
 * its times are those of a till.
 */
const [, , program = ''] = process.argv;

await tryAll(program, program === 'endurance' ? enduranceCases : [...scannerCases, ...usbCases()]);
process.exit(0);
