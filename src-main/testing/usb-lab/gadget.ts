import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { posDescriptor } from '../scanners.ts';

/*
 * Composite USB devices, a scanner and a printer in one: the kernel's gadget framework is the device's side, dummy_hcd the
 * cable, and the other side is the same kernel with the drivers that a shop's machine has. All by files in configfs.
 */

/** One composite device and where its own side is spoken with. */
export type Gadget = {
  readonly serial: string;
  /** Where reports of the scanner are written. */
  readonly scannerPort: string;
  /** Where what is printed comes out, and answers go in. */
  readonly printerPort: string;
  plugIn(): void;
  pullOut(): void;
};

const root = '/sys/kernel/config/usb_gadget';

/**
 * Defines the composite device of this number. The folders of its functions are there already: the kernel numbers ports in the
 * order in which these were made.
 */
export function defineGadget(index: number): Gadget {
  const serial = `KASSALAB${index}`;
  const folder = join(root, `kassa-${index}`);
  const write = (file: string, value: string | Uint8Array): void => writeFileSync(join(folder, file), value);
  const [scanner, printer] = [`hid.kassa${index}`, `printer.kassa${index}`];
  for (const name of ['strings/0x409', 'configs/c.1']) mkdirSync(join(folder, name));
  write('idVendor', '0x1209');
  write('idProduct', '0x0002');
  write('strings/0x409/manufacturer', 'Kassa lab');
  write('strings/0x409/product', 'Scanner and printer');
  write('strings/0x409/serialnumber', serial);
  write(`functions/${scanner}/protocol`, '0');
  write(`functions/${scanner}/subclass`, '0');
  write(`functions/${scanner}/report_length`, '64');
  write(`functions/${scanner}/report_desc`, posDescriptor);
  write(`functions/${printer}/pnp_string`, 'MFG:Kassa lab;MDL:Receipt printer;CLS:PRINTER;');
  for (const name of [scanner, printer]) symlinkSync(join(folder, 'functions', name), join(folder, 'configs/c.1', name));
  return {
    serial,
    scannerPort: `/dev/hidg${index}`,
    printerPort: `/dev/g_printer${index}`,
    plugIn: () => write('UDC', `dummy_udc.${index}\n`),
    pullOut: () => write('UDC', '\n'),
  };
}
