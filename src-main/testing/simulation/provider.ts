import type { Country } from '../../contract/basics.ts';
import type { SandboxModel, WireAnswer, WireRequest } from '../../sandboxes/shared/types.ts';
import type { PaymentProvider, ProviderWorld } from '../../core/payments/provider.ts';
import type { Stores } from '../../core/ports/stores.ts';
import type { Inbox } from '../synthetic/adapter.ts';
import type { Random } from './random.ts';
import type { FaultKind } from './run-context.ts';

export type LedgerRow = {
  readonly reference: string;
  readonly kind: 'captured' | 'refunded';
  readonly amountMinor: number;
  readonly of?: string;
  /** Begun by somebody who is not one of the shop's tills. */
  readonly foreign?: boolean;
};
export type Ledger = readonly LedgerRow[];

/** What a request does to money. */
export type Move = 'payment' | 'capture' | 'refund';

/** What a customer does once a payment has been asked for, and after how long, ms. */
export type CustomerPlan = readonly { readonly afterMs: number; readonly act: { readonly action: string; readonly [name: string]: unknown } }[];

/** A fault that only this provider has, at operations that it fits. */
export type OwnFault<State> = {
  readonly kind: FaultKind;
  readonly probability: number;
  readonly fits: (operation: string) => boolean;
  /** Changes the provider just before the request arrives. */
  before?(state: State): void;
  /** Whether the request is carried out before it is answered so. */
  readonly done?: boolean;
  /** What the sandbox's `special` is asked for in place of the answer. */
  readonly answer?: (random: Random) => { readonly kind: string; readonly value?: unknown };
};

/** A provider as the simulation plays it: the real adapter and the real sandbox's model, with nothing between but the simulated network. */
export type SimulatedProvider<State extends object = object> = {
  /** What it is called here; several ways to use one provider have names of their own. */
  readonly name: string;
  /** Kind of its tender. */
  readonly kind: string;
  /** Where the shop stands, which decides its currency. */
  readonly country: Country;
  readonly model: SandboxModel<State>;
  create(world: ProviderWorld, inbox: Inbox): PaymentProvider;
  /** A world in which each register is known already. */
  fresh(random: Random, registers: number): State;
  /** Writes the account and the terminal of a register into its database. `seal` is the simulation's own. */
  settle(stores: Stores, register: number, registerId: string, seal: (plain: string) => string): void;
  /**
   * Which register's customer is asked for a payment by a request that was answered well; null for other requests. `delivered` false:
   * the till never gets the answer, and can show nothing of it.
   */
  begins(request: WireRequest, answer: WireAnswer, seen: { readonly state: State; readonly delivered: boolean }): { readonly register: number; readonly amountMinor: number } | null;
  /** What an operation does to money. */
  moves(operation: string): Move | null;
  /** Requests that move money each time they arrive: no network in this world sends one twice by itself. */
  once(operation: string): boolean;
  /** How the customer at a register names what there is to pay. */
  ref(register: number): string;
  /** What the customer does; most pay, some refuse, dawdle, change their minds, or pay when nobody expects it any more. */
  customer(random: Random, amountMinor: number): CustomerPlan;
  /** How the cashier asks, where there are several ways: which one, and what the customer tells for it. */
  way?(random: Random): { readonly way: string; readonly told?: string };
  readonly faults?: readonly OwnFault<State>[];
  /** Payments whose money the provider holds and has neither given us nor let go of, by its own name. */
  held?(state: State): readonly string[];
  /** How long after the last act of a day everything has come to its end, ms: customers, requests on their way, the provider's own clock. */
  readonly settledMs: number;
  /** Whether a terminal carries one unfinished payment only. */
  readonly exclusive: boolean;
  /** Whether a customer pays first and shows a proof. */
  readonly proves: boolean;
  /** Whether a copy of a till elsewhere may begin payments on our terminals. */
  readonly foreigners: boolean;
  /** Our own name of a payment, by the provider's; empty where it has none. */
  ownReference(state: State, reference: string): string;
  /** What the provider pushes of a payment that has changed; null where it pushes nothing. */
  news(state: State): readonly { readonly register: number; readonly message: string }[];
};
