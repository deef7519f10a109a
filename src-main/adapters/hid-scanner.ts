import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { HidScanners } from '../core/ports/scanner.ts';

const scannerPage = 0x8c;

type Library = typeof import('node-hid');

/** Linux shows a device's report descriptor as a file; other systems keep it to themselves. */
async function descriptorOf(path: string): Promise<Uint8Array | null> {
  if (!path.startsWith('/dev/hidraw')) return null;
  return readFile(`/sys/class/hidraw/${basename(path)}/device/report_descriptor`).catch(() => null);
}

/** Maker and product, without saying the maker twice. */
function calledBy({ manufacturer = '', product = '' }: { readonly manufacturer?: string | undefined; readonly product?: string | undefined }): string {
  const [maker, name] = [manufacturer.trim(), product.trim()];
  return name.toLowerCase().startsWith(maker.toLowerCase()) ? name : `${maker} ${name}`.trim();
}

/** The library is loaded when it is first asked for: a machine without it has no scanners of this kind, and all else. */
export function createHidScanners(): HidScanners {
  let library: Promise<Library | null> | null = null;
  const loaded = (): Promise<Library | null> => {
    library ??= import('node-hid').then(
      (module) => ('default' in module ? (module.default as Library) : module),
      () => null,
    );
    return library;
  };

  let answered = false;
  let names: ReadonlyMap<string, string> = new Map();

  return {
    async paths() {
      const hid = await loaded();
      if (!hid) return null;
      try {
        const devices = await hid.devicesAsync();
        const found = new Map(devices.flatMap((one) => (one.usagePage === scannerPage && one.path !== undefined ? [[one.path, calledBy(one)] as const] : [])));
        names = found;
        answered = true;
        return [...found.keys()];
      } catch (error) {
        // Its native part is loaded by the first question, and is not there for every machine; what answered once will again.
        if (answered) throw error;
        library = Promise.resolve(null);
        return null;
      }
    },
    nameOf: (path) => names.get(path) ?? '',
    async open(path, { report, gone }) {
      const hid = await loaded();
      if (!hid) throw new Error('hid: no USB support');
      const [device, descriptor] = await Promise.all([hid.HIDAsync.open(path), descriptorOf(path)]);
      device.on('error', gone);
      device.on('data', (bytes: Uint8Array) => report(bytes));
      return { descriptor, close: () => device.close() };
    },
  };
}
