import type { HidListener, HidScanners } from '../core/ports/scanner.ts';

/** The report descriptor of a common HID POS scanner: report 2 brings scans, report 4 takes settings. */
export const posDescriptor: Uint8Array = Uint8Array.from([
  // Usage page and usage Bar Code Scanner, application collection, report 2
  0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x85, 0x02,
  // Collection Scanned Data Report; bytes from 0 to 255
  0x09, 0x12, 0xa1, 0x02, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08,
  // Byte count, from the page of generic desktop
  0x95, 0x01, 0x05, 0x01, 0x09, 0x3b, 0x81, 0x02,
  // Three signs of AIM
  0x95, 0x03, 0x05, 0x8c, 0x09, 0xfb, 0x09, 0xfc, 0x09, 0xfd, 0x81, 0x02,
  // 56 bytes of data, as buffered bytes
  0x95, 0x38, 0x09, 0xfe, 0x82, 0x02, 0x01,
  // A further identifier and a byte that is reserved
  0x95, 0x01, 0x09, 0xfb, 0x81, 0x02, 0x95, 0x01, 0x81, 0x03,
  // Continued, one bit, and seven that fill up
  0x75, 0x01, 0x95, 0x01, 0x09, 0xff, 0x81, 0x02, 0x75, 0x07, 0x81, 0x03,
  // End of both collections; settings
  0xc0, 0x85, 0x04, 0x75, 0x08, 0x95, 0x02, 0x09, 0x11, 0x91, 0x02, 0xc0,
]);

/** The reports in which such a scanner sends a code: 64 bytes each, as they come over the wire. */
export function posReports(aim: string, text: string): readonly Uint8Array[] {
  const bytes = new TextEncoder().encode(text);
  const count = Math.max(1, Math.ceil(bytes.length / 56));
  return Array.from({ length: count }, (_, index) => {
    const part = bytes.slice(index * 56, index * 56 + 56);
    const report = new Uint8Array(64);
    report.set([2, part.length, ...new TextEncoder().encode(aim)], 0);
    report.set(part, 5);
    report[63] = index < count - 1 ? 1 : 0;
    return report;
  });
}

/** USB ports into which a test plugs scanners. */
export type FakeUsb = {
  readonly hid: HidScanners;
  plugIn(path: string, descriptor?: Uint8Array | null): void;
  pullOut(path: string): void;
  /** A scanner reads a code. */
  scan(path: string, aim: string, text: string): void;
  send(path: string, report: Uint8Array): void;
  readonly open: ReadonlyMap<string, HidListener>;
};

/** `refuses` are paths that cannot be opened. */
export function fakeUsb(refuses: readonly string[] = []): FakeUsb {
  const plugged = new Map<string, Uint8Array | null>();
  const open = new Map<string, HidListener>();
  const send = (path: string, report: Uint8Array): void => open.get(path)?.report(report);
  return {
    hid: {
      paths: () => Promise.resolve([...plugged.keys()]),
      nameOf: (path) => `Scanner ${path}`,
      open(path, listener) {
        if (refuses.includes(path)) return Promise.reject(new Error('permission denied'));
        open.set(path, listener);
        return Promise.resolve({
          descriptor: plugged.get(path) ?? null,
          close() {
            open.delete(path);
            return Promise.resolve();
          },
        });
      },
    },
    plugIn: (path, descriptor = posDescriptor) => void plugged.set(path, descriptor),
    pullOut(path) {
      plugged.delete(path);
      open.get(path)?.gone();
    },
    scan: (path, aim, text) => {
      for (const report of posReports(aim, text)) send(path, report);
    },
    send,
    open,
  };
}
