import type { PaymentProvider, ProviderWorld } from '../core/payments/provider.ts';
import { createSeqr } from './seqr/index.ts';
import { createVipps } from './vipps/index.ts';

/** Every provider that is built in. A sixth is its folder and one line here. */
export const builtInProviders = (world: ProviderWorld): readonly PaymentProvider[] => [createSeqr(world), createVipps(world)];
