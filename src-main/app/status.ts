import type { StatusView } from '../contract/shop.ts';
import type { ShopContext } from './context.ts';
import type { Drawers } from './shifts/drawers.ts';

/** State of what the register depends on, for the pills of the top bar. */
export type Status = {
  view(): StatusView;
  /** Something may have changed: windows are told if it did. */
  changed(): void;
  close(): void;
};

const networkCheckMs = 5_000;

/** `onOnline` is called when the network has come back. */
export function createStatus(context: ShopContext, { drawers, onOnline, backupFailed }: { readonly drawers: Drawers; readonly onOnline: () => void; readonly backupFailed: () => boolean }): Status {
  const { stores, bus, printer, network, register } = context;

  const view = (): StatusView => ({
    scanner: context.mode === 'demo' ? 'ready' : 'absent',
    printer: printer.state(),
    network: network.online() ? 'online' : 'offline',
    unprinted: stores.sales.failedPrints(register.id),
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
