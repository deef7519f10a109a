import type { EventName, EventPayload } from '../contract/index.ts';
import { events } from '../contract/index.ts';
import type { WindowKind } from '../contract/define.ts';

export type Listener = (event: string, payload: unknown) => void;

/** Sends events to the windows that may have them. Payloads are checked before they leave the main side. */
export type Bus = {
  publish<N extends EventName>(name: N, payload: EventPayload<N>): void;
  subscribe(window: WindowKind, listener: Listener): () => void;
  /** How many windows of a kind are open. */
  open(window: WindowKind): number;
};

/** A bus whose listeners outlive a change of shop. */
export function createBus(): Bus {
  const listeners = new Set<{ readonly window: WindowKind; readonly listener: Listener }>();
  return {
    publish(name, payload) {
      const spec = events[name];
      const wanting = [...listeners].filter((one) => spec.windows.includes(one.window));
      if (wanting.length === 0) return;
      const checked = spec.payload.parse(payload);
      for (const one of wanting) one.listener(name, checked);
    },
    subscribe(window, listener) {
      const one = { window, listener };
      listeners.add(one);
      return () => {
        listeners.delete(one);
      };
    },
    open: (window) => [...listeners].filter((one) => one.window === window).length,
  };
}
