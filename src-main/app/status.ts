import type { PrinterCondition } from '../contract/printers.ts';
import type { StatusView } from '../contract/shop.ts';
import type { ShopContext } from './context.ts';
import type { ClosedDrawer } from './printers/closed-drawer.ts';
import type { Drawers } from './shifts/drawers.ts';

/** State of what the register depends on, for the pills of the top bar. */
export type Status = {
  view(): StatusView;
  /** Something may have changed: windows are told if it did. */
  changed(): void;
  close(): void;
};

const networkCheckMs = 5_000;

type StatusParts = {
  readonly drawers: Drawers;
  readonly closedDrawer: ClosedDrawer;
  readonly printerCondition: () => PrinterCondition;
  /** Called when the network has come back. */
  readonly onOnline: () => void;
  readonly backupFailed: () => boolean;
  /** Whether a USB scanner can be read. */
  readonly scannerReady: () => boolean;
};

const printerOf = ({ state, problem, paperNearEnd, drawer }: PrinterCondition): Pick<StatusView, 'printer' | 'printerProblem' | 'paperNearEnd' | 'drawer'> => ({ printer: state, printerProblem: problem, paperNearEnd, drawer });

export function createStatus(context: ShopContext, { drawers, closedDrawer, printerCondition, onOnline, backupFailed, scannerReady }: StatusParts): Status {
  const { stores, bus, network, register } = context;

  const view = (): StatusView => ({
    ...printerOf(printerCondition()),
    closeDrawer: closedDrawer.refusal() !== null,
    scanner: context.mode === 'demo' || scannerReady() ? 'ready' : 'absent',
    network: network.online() ? 'online' : 'offline',
    unprinted: stores.sales.failedPrints(register.id) + stores.unprinted.count(register.id),
    mails: stores.mails.counts(register.id),
    backup: backupFailed() ? 'failed' : 'ready',
    tasks: stores.tasks.waitingCount(),
    shift: drawers.inUse() ? 'open' : drawers.needed() ? 'needed' : 'none',
  });

  let last = JSON.stringify(view());
  let { network: lastNetwork } = view();
  function changed(): void {
    const now = view();
    const text = JSON.stringify(now);
    if (text === last) return;
    last = text;
    const back = lastNetwork === 'offline' && now.network === 'online';
    lastNetwork = now.network;
    if (back) onOnline();
    bus.publish('status.changed', now);
  }

  let stop = context.clock.after(networkCheckMs, look);
  function look(): void {
    changed();
    stop = context.clock.after(networkCheckMs, look);
  }
  return { view, changed, close: () => stop() };
}
