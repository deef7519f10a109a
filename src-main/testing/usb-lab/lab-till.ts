import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createClock } from '../../adapters/clock.ts';
import { createHidScanners } from '../../adapters/hid-scanner.ts';
import { createBus } from '../../app/bus.ts';
import { startScanners } from '../../app/scanners.ts';
import type { EventPayload } from '../../contract/index.ts';
import type { HidScanners } from '../../core/ports/scanner.ts';
import { nowUs, until } from './cases.ts';

/** What came out of the till for the windows. */
export type Heard = { readonly atUs: number } & (
  | ({ readonly kind: 'received' } & EventPayload<'scan.received'>)
  | ({ readonly kind: 'refused' } & EventPayload<'scan.refused'>)
);

/** The part of a till that reads scanners: its adapter, its rules and its bus, over real devices. */
export type LabTill = {
  readonly heard: readonly Heard[];
  /** How many scanners are open. */
  open(): number;
  /** How often one was opened. */
  opened(): number;
  /** Waits for so many scanners to be open. */
  untilOpen(count: number): Promise<void>;
  /** Waits until so much was heard altogether. */
  untilHeard(count: number, withinMs?: number): Promise<void>;
  close(): Promise<void>;
};

/** The serial number of the device behind a path, as the kernel shows it. */
function serialOf(path: string): string {
  try {
    const lines = readFileSync(`/sys/class/hidraw/${basename(path)}/device/uevent`, 'utf8');
    return /^HID_UNIQ=(.*)$/m.exec(lines)?.[1] ?? '';
  } catch {
    return '';
  }
}

/** The scanners with these serial numbers alone: several tills share the machine. */
export function scannersOf(serials: readonly string[]): HidScanners {
  const all = createHidScanners();
  return {
    ...all,
    async paths() {
      const paths = await all.paths();
      if (paths === null) throw new Error('the library of USB devices could not be loaded');
      return paths.filter((path) => serials.includes(serialOf(path)));
    },
  };
}

/** A till at which scanners with these serial numbers may be plugged in. */
export function startLabTill(serials: readonly string[]): LabTill {
  const heard: Heard[] = [];
  const bus = createBus();
  bus.subscribe('cashier', (name, payload) => {
    const atUs = nowUs();
    if (name === 'scan.received') heard.push({ atUs, kind: 'received', ...(payload as EventPayload<'scan.received'>) });
    if (name === 'scan.refused') heard.push({ atUs, kind: 'refused', ...(payload as EventPayload<'scan.refused'>) });
  });
  let open = 0;
  let everOpened = 0;
  const real = scannersOf(serials);
  const hid: HidScanners = {
    ...real,
    async open(path, listener) {
      const opened = await real.open(path, listener);
      open += 1;
      everOpened += 1;
      return {
        descriptor: opened.descriptor,
        close() {
          open -= 1;
          return opened.close();
        },
      };
    },
  };
  const complain = (message: string, fields?: Readonly<Record<string, unknown>>): void => void process.stderr.write(`${message} ${JSON.stringify(fields ?? {})}\n`);
  const scanners = startScanners({ hid, clock: createClock(), log: { info: complain, warn: complain, error: complain }, bus, changed: () => undefined });
  return {
    heard,
    open: () => open,
    opened: () => everOpened,
    untilOpen: (count) => until(`${count} scanners open`, () => open === count),
    untilHeard: (count, withinMs) => until(`${count} events`, () => heard.length >= count, withinMs),
    close: () => scanners.close(),
  };
}
