import type { PrinterSettings } from '../../contract/printers.ts';
import type { Stores } from '../../core/ports/stores.ts';

const unset: PrinterSettings = { attached: 'none', host: '', port: 9100, usb: '', queue: '', model: 'epson-tm-m30', widthMm: 80, drawer: true, drawerSwitch: 'usual' };

/** Of the register that this folder is: a chain's or a restored database may know others, whose printers stand elsewhere. */
const nameOf = ({ shop }: Pick<Stores, 'shop'>): string => `printer:${shop.thisRegister()?.id ?? ''}`;

/** The printer of this register as it was saved last. */
export function storedPrinter(stores: Pick<Stores, 'shop'>): PrinterSettings {
  const text = stores.shop.setting(nameOf(stores));
  return text === null ? unset : { ...unset, ...(JSON.parse(text) as Partial<PrinterSettings>) };
}

export const storePrinter = (stores: Pick<Stores, 'shop'>, settings: PrinterSettings): void => stores.shop.setSetting(nameOf(stores), JSON.stringify(settings));
