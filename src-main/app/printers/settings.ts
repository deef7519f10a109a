import type { PrinterSettings } from '../../contract/printers.ts';
import type { Stores } from '../../core/ports/stores.ts';

const unset: PrinterSettings = { attached: 'none', host: '', port: 9100, usb: '', queue: '', model: 'epson-tm-m30', widthMm: 80, drawer: true, drawerSwitch: 'usual' };

/** Of the register that this folder is: a chain's or a restored database may know others, whose printers stand elsewhere. */
const nameOf = (registerId: string): string => `printer:${registerId}`;

/** The printer of this register as it was saved last. */
export function storedPrinter(stores: Pick<Stores, 'shop'>): PrinterSettings {
  const text = stores.shop.setting(nameOf(stores.shop.thisRegister()?.id ?? ''));
  return text === null ? unset : { ...unset, ...(JSON.parse(text) as Partial<PrinterSettings>) };
}

export const storePrinter = ({ shop }: Pick<Stores, 'shop'>, registerId: string, settings: PrinterSettings): void => shop.setSetting(nameOf(registerId), JSON.stringify(settings));

/** A name or an address without a port, a path or a scheme. */
const isHost = (text: string): boolean => /^[\p{L}\d](?:[\p{L}\d.-]*[\p{L}\d])?$|^[\da-f:]+$/iu.test(text);

/** The field without which this way leads to no printer; null: nothing is missing. */
export function wrongField({ attached, host, usb, queue }: Pick<PrinterSettings, 'attached' | 'host' | 'usb' | 'queue'>): 'host' | 'usb' | 'queue' | null {
  if (attached === 'network') return isHost(host) ? null : 'host';
  if (attached === 'usb') return usb === '' ? 'usb' : null;
  return attached === 'system' && queue === '' ? 'queue' : null;
}
