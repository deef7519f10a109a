import { createPrinterDevice, type PrinterDevice } from '../../adapters/printers/device.ts';
import { createQueueDevice } from '../../adapters/printers/queue-device.ts';
import { systemSpooler } from '../../adapters/printers/system-spooler.ts';
import { tcpChannel } from '../../adapters/printers/tcp.ts';
import { usbChannel } from '../../adapters/printers/usb.ts';
import type { PrinterCondition, PrinterSettings } from '../../contract/printers.ts';
import type { Clock, Drawer, Printer } from '../../core/ports/world.ts';
import type { Stores } from '../../core/ports/stores.ts';
import { storedPrinter } from './settings.ts';

/** How often an idle printer is asked how it is, in milliseconds. */
const lookEveryMs = 10_000;

type Devices = { readonly printer: Printer; readonly drawer: Drawer };

/** The printer and the drawer of this register, whichever the settings name. */
export type AttachedPrinter = Devices & {
  /** The settings have changed: the printer that they name now is asked how it is. */
  changed(): Promise<PrinterCondition>;
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

function unknownWay(way: never): never {
  throw new Error(`no such way to a printer: ${String(way)}`);
}

export function attachPrinter({ stores, clock, devices }: Input): AttachedPrinter {
  let listener = (): void => undefined;
  let stop = (): void => undefined;
  let closed = false;
  let drawerAttached = false;
  let device: PrinterDevice | null = null;

  function choose(): void {
    const settings = storedPrinter(stores);
    drawerAttached = settings.drawer;
    device = deviceOf(settings, { stores, clock });
  }

  const conditionOfNone = (): PrinterCondition => ({ state: devices.printer.state(), problem: null, paperNearEnd: false, drawer: devices.drawer.state() });

  async function look(): Promise<PrinterCondition> {
    const asked = device;
    if (!asked) return conditionOfNone();
    const condition = await asked.look();
    if (asked === device && !closed) listener();
    return condition;
  }

  /** Asks now and again while a printer is attached; it never keeps anything waiting. */
  function watch(): void {
    stop();
    if (!device || closed) return;
    void look().finally(() => {
      if (!closed) stop = clock.after(lookEveryMs, watch);
    });
  }

  choose();
  watch();
  return {
    printer: {
      state: () => (device?.printer ?? devices.printer).state(),
      print: (paper) => (device?.printer ?? devices.printer).print(paper),
    },
    drawer: {
      open() {
        if (!device) devices.drawer.open();
        else if (drawerAttached) device.drawer.open();
      },
      state: () => (device ? (drawerAttached ? device.drawer.state() : 'unknown') : devices.drawer.state()),
    },
    async changed() {
      choose();
      const condition = await look();
      watch();
      return condition;
    },
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
