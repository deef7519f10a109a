import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A printer at a USB port of this machine. */
export type UsbPrinter = {
  /** By which it is known again whatever number the system gives it: maker, product and serial number. */
  readonly id: string;
  readonly name: string;
  readonly path: string;
};

type Seen = Omit<UsbPrinter, 'id'> & { readonly base: string; readonly place: string };

/**
 * Printers that can't be told apart (the same serial number, or none) are told apart by the port they are plugged into; one that is
 * alone of its kind is known at any port.
 */
export function named(seen: readonly Seen[]): readonly UsbPrinter[] {
  const alike = (base: string): number => seen.filter((one) => one.base === base).length;
  return seen.map(({ base, place, name, path }) => ({ id: alike(base) > 1 ? `${base}@${place}` : base, name: alike(base) > 1 ? `${name} (${place})` : name, path }));
}

/** The one that was meant; null when it is not plugged in, or when it could be any of several: no paper goes to another one by chance. */
export function meant(id: string, seen: readonly Seen[]): string | null {
  const at = id.lastIndexOf('@');
  const [base, place] = at < 0 ? [id, null] : [id.slice(0, at), id.slice(at + 1)];
  const found = seen.filter((one) => one.base === base && (place === null || one.place === place));
  return found.length === 1 ? (found[0]?.path ?? null) : null;
}

const textAt = async (path: string): Promise<string> => (await readFile(path, 'utf8').catch(() => '')).trim();

/** Reads one entry of the kernel's list; null for what is no printer, or is just being unplugged. */
async function seenAt(entry: string, devices: string): Promise<Seen | null> {
  const usbInterface = await realpath(join(entry, 'device')).catch(() => null);
  if (usbInterface === null) return null;
  const device = dirname(usbInterface);
  const fields = await Promise.all(['idVendor', 'idProduct', 'serial', 'manufacturer', 'product'].map((name) => textAt(join(device, name))));
  const [vendor = '', product = '', serial = '', maker = '', model = ''] = fields;
  const node = /^DEVNAME=(.+)$/m.exec(await textAt(join(entry, 'uevent')))?.[1];
  if (node === undefined || vendor === '') return null;
  const place = usbInterface.split('/').at(-1) ?? '';
  // A model often begins with its maker's name already.
  const name = [model.toLowerCase().startsWith(maker.toLowerCase()) ? '' : maker, model].filter(Boolean).join(' ') || `USB ${vendor}:${product}`;
  return { base: `${vendor}:${product}:${serial.replaceAll('@', '_')}`, place, name, path: join(devices, node) };
}

/** Where a Linux kernel lists its USB printers, and where their files are. */
export type UsbRoots = { readonly list: string; readonly devices: string };
export const linuxRoots: UsbRoots = { list: '/sys/class/usbmisc', devices: '/dev' };

async function allSeen({ list, devices }: UsbRoots): Promise<readonly Seen[]> {
  const names = await readdir(list).catch(() => []);
  const seen = await Promise.all(names.filter((name) => /^lp\d+$/.test(name)).sort().map((name) => seenAt(join(list, name), devices)));
  return seen.filter((one) => one !== null);
}

/** Printers that are plugged in now; null where the system gives no program a printer's own file: there they are reached by its queue. */
export const usbPrinters = async (roots: UsbRoots = linuxRoots): Promise<readonly UsbPrinter[] | null> => (process.platform === 'linux' ? named(await allSeen(roots)) : null);

/** The file of the printer with this id, wherever it is plugged in now; null when it is not. */
export const usbPathOf = async (id: string, roots: UsbRoots = linuxRoots): Promise<string | null> => meant(id, await allSeen(roots));
