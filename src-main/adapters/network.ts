import { networkInterfaces } from 'node:os';
import type { Network } from '../core/ports/world.ts';

/** Whether this machine has any address beyond itself. Cheap enough to ask often; whether a provider answers is the provider's matter. */
export const createNetwork = (): Network => ({
  online: () =>
    Object.values(networkInterfaces()).some((addresses) => addresses?.some((address) => !address.internal) ?? false),
});
