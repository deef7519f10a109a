import type { PrinterSettings } from '../contract/printers.ts';
import { signInAs, type AnyTill } from './till.ts';

/** Settings of a printer on this machine. */
export const printerSettings = (port: number, more: Partial<PrinterSettings> = {}): PrinterSettings => ({ attached: 'network', host: '127.0.0.1', port, usb: '', queue: '', model: 'epson-tm-m30', widthMm: 80, drawer: true, drawerSwitch: 'usual', ...more });

/** An admin attaches a printer; the cashier stands at the till afterwards. */
export async function attachTo(till: AnyTill, port: number, more: Partial<PrinterSettings> = {}): Promise<void> {
  await signInAs(till, 'Sofie Dahl');
  await till.call('printer.save', printerSettings(port, more));
  await till.call('session.sign-out', {});
  await signInAs(till, 'Aino Lehtinen');
}
