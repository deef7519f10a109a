import { createPrinterDevice, type PrinterDevice } from '../../adapters/printers/device.ts';
import { createQueueDevice } from '../../adapters/printers/queue-device.ts';
import { systemSpooler } from '../../adapters/printers/system-spooler.ts';
import { tcpChannel } from '../../adapters/printers/tcp.ts';
import { usbChannel } from '../../adapters/printers/usb.ts';
import type { PrinterCondition, PrinterSettings } from '../../contract/printers.ts';
import type { Clock, Drawer, Printer } from '../../core/ports/world.ts';
import type { Stores } from '../../core/ports/stores.ts';
import { storedPrinter } from './settings.ts';

/** How often an idle printer is asked how it is, in milliseconds. A queue knows less, and on Windows each question starts a program. */
const lookEveryMs = { none: 10_000, network: 10_000, usb: 10_000, system: 60_000 } as const;

/** How often while its drawer stands open: in some countries a sale waits for it. */
const lookAtDrawerMs = 500;

type Devices = { readonly printer: Printer; readonly drawer: Drawer };

/** The printer and the drawer of this register, whichever the settings name. */
export type AttachedPrinter = Devices & {
  /** The settings have changed: the printer that they name now is asked how it is. */
  changed(): Promise<PrinterCondition>;
  /** As it was when it spoke last. */
  condition(): PrinterCondition;
  /** Asks it how it is now. */
  look(): Promise<PrinterCondition>;
  /** Calls when something that is known of it may have changed. */
  whenChanged(listener: () => void): void;
  close(): void;
};

type Input = { readonly stores: Pick<Stores, 'shop'>; readonly clock: Clock; /** Where nothing is attached: the demo's pretended devices, or none. */ readonly devices: Devices };

/** The printer that the settings name; null when they name none. */
function deviceOf(settings: PrinterSettings, { stores, clock }: Pick<Input, 'stores' | 'clock'>): PrinterDevice | null {
  switch (settings.attached) {
    case 'none':
      return null;
    case 'network':
      return createPrinterDevice(tcpChannel(settings, clock), settings, clock);
    case 'usb':
      return createPrinterDevice(usbChannel(settings.usb, clock), settings, clock);
    case 'system':
      // By the register: what another one on this machine has put into the same queue is not ours to take out.
      return createQueueDevice(systemSpooler(), settings, `Kassa ${stores.shop.thisRegister()?.id ?? ''}`, clock);
    default:
      return unknownWay(settings.attached);
  }
}

/** The drawer as its switch means it: which level is open depends on the drawer. */
function drawerOf({ drawer, drawerSwitch }: PrinterSettings, said: PrinterCondition['drawer']): PrinterCondition['drawer'] {
  if (!drawer || drawerSwitch === 'none' || said === 'unknown') return 'unknown';
  return drawerSwitch === 'usual' ? said : said === 'open' ? 'closed' : 'open';
}

function unknownWay(way: never): never {
  throw new Error(`no such way to a printer: ${String(way)}`);
}

export function attachPrinter({ stores, clock, devices }: Input): AttachedPrinter {
  let listener = (): void => undefined;
  let stop = (): void => undefined;
  let closed = false;
  let settings = storedPrinter(stores);
  let device: PrinterDevice | null = null;

  function choose(): void {
    settings = storedPrinter(stores);
    device = deviceOf(settings, { stores, clock });
  }

  const conditionOfNone = (): PrinterCondition => ({ state: devices.printer.state(), problem: null, paperNearEnd: false, drawer: devices.drawer.state() });

  function condition(): PrinterCondition {
    if (!device) return conditionOfNone();
    const said = device.condition();
    return { ...said, drawer: drawerOf(settings, said.drawer) };
  }

  async function look(): Promise<PrinterCondition> {
    const asked = device;
    await asked?.look();
    if (asked && asked === device && !closed) listener();
    return condition();
  }

  /** Asks now and again while a printer is attached; it never keeps anything waiting. */
  function watch(): void {
    stop();
    if (!device || closed) return;
    void look().finally(() => {
      if (!closed) stop = clock.after(condition().drawer === 'open' ? lookAtDrawerMs : lookEveryMs[settings.attached], watch);
    });
  }

  function openDrawer(): void {
    if (!device) devices.drawer.open();
    else if (settings.drawer) {
      device.drawer.open();
      // It needs a moment to come out, and is looked at until it is in again.
      stop();
      stop = clock.after(lookAtDrawerMs, watch);
    }
  }

  choose();
  watch();
  return {
    printer: {
      state: () => (device?.printer ?? devices.printer).state(),
      print: (paper) => (device?.printer ?? devices.printer).print(paper),
    },
    drawer: {
      open: openDrawer,
      state: () => condition().drawer,
    },
    async changed() {
      choose();
      listener();
      const now = await look();
      watch();
      return now;
    },
    condition,
    look,
    whenChanged(next) {
      listener = next;
    },
    close() {
      closed = true;
      stop();
    },
  };
}
