import type { z } from 'zod';
import type { lastScan } from '../contract/devices.ts';
import { ok } from '../contract/errors.ts';
import type { WindowKind } from '../contract/define.ts';
import { nowIso, type ShopContext } from './context.ts';
import type { CallsOf, Handlers } from './handlers.ts';
import { storedScanner } from './scanner-settings.ts';
import type { ScannerBus, Scanners } from './scanners.ts';
import type { Session } from './session.ts';

type Input = {
  readonly context: ShopContext;
  readonly session: Session;
  readonly scanners: () => Scanners | null;
  readonly openWindows: (window: WindowKind) => number;
};

/** The devices page, and the way by which it sees what scanners say. */
export type Devices = { readonly handlers: Handlers<CallsOf<'devices'>>; readonly scannerBus: ScannerBus };

export function createDevices({ context, session, scanners, openWindows }: Input): Devices {
  const { bus, network, stores } = context;
  let last: z.infer<typeof lastScan> | null = null;
  /** The bus as scanners have it: what they say is seen on its way. */
  const scannerBus: ScannerBus = {
    publish(name, payload) {
      last = 'reason' in payload ? { at: nowIso(context), outcome: payload.reason, aim: '' } : { at: nowIso(context), outcome: 'taken', aim: payload.aim };
      bus.publish(name, payload);
    },
  };

  const view = () => {
    const list = scanners()?.list() ?? null;
    return {
      usb: { supported: list !== null, scanners: [...(list ?? [])], last },
      keyboard: storedScanner(stores),
      customerScreens: openWindows('customer'),
      network: network.online() ? ('online' as const) : ('offline' as const),
    };
  };

  return {
    handlers: {
      'devices.view': () => {
        const allowed = session.authorise('shop-edit', undefined);
        return allowed.ok ? ok(view()) : allowed;
      },
      'devices.identify': () => {
        const allowed = session.authorise('shop-edit', undefined);
        if (!allowed.ok) return allowed;
        const { name, number } = context.register;
        bus.publish('customer.identify', { register: name === '' ? String(number) : name });
        return ok({});
      },
    },
    scannerBus,
  };
}
