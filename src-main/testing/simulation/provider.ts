import type { SandboxModel, WireRequest } from '../../sandboxes/shared/types.ts';
import type { PaymentProvider, ProviderWorld } from '../../core/payments/provider.ts';
import type { Stores } from '../../core/ports/stores.ts';
import type { Random } from './random.ts';

export type Ledger = readonly { readonly reference: string; readonly kind: 'captured' | 'refunded'; readonly amountMinor: number; readonly of?: string }[];

/** A provider as the simulation plays it: the real adapter and the real sandbox's model, with nothing between but the simulated network. */
export type SimulatedProvider<State extends object = object> = {
  readonly kind: string;
  readonly model: SandboxModel<State>;
  create(world: ProviderWorld): PaymentProvider;
  /** A world in which each register is known already. */
  fresh(random: Random, registers: number): State;
  /** Writes the account and the terminal of a register into its database. `seal` is the simulation's own. */
  settle(stores: Stores, register: number, registerId: string, seal: (plain: string) => string): void;
  /** Which register a request that begins a payment comes from; null for other requests. */
  begins(request: WireRequest): number | null;
  /** Whether an operation begins a payment, gives one back, or does neither. */
  moves(operation: string): 'payment' | 'refund' | null;
  /** Requests that move money each time they arrive: no network in this world sends one twice by itself. */
  once(operation: string): boolean;
  /** How the customer at a register names what there is to pay. */
  ref(register: number): string;
};
