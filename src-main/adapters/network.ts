import { networkInterfaces } from 'node:os';
import type { Clock, Network } from '../core/ports/world.ts';

/** How long an answer is good for: every drawn receipt asks, and the machine takes a while to say. */
const freshMs = 2_000;

const hasAddress = (): boolean =>
  Object.values(networkInterfaces()).some((addresses) => addresses?.some((address) => !address.internal) ?? false);

/** Whether this machine has any address beyond itself; whether a provider answers is the provider's matter. */
export function createNetwork(clock: Clock): Network {
  let known = false;
  let askedMs = Number.NEGATIVE_INFINITY;
  return {
    online() {
      const nowMs = clock.nowMs();
      if (Math.abs(nowMs - askedMs) > freshMs) {
        known = hasAddress();
        askedMs = nowMs;
      }
      return known;
    },
  };
}
