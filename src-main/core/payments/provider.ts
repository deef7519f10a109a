import type { Currency } from '../../contract/basics.ts';

/**
 * What a payment provider can do, in its own words to the engine. Screens and engine ask these capabilities and never a
 * provider's name; adding a provider is one folder under `providers/` and one line in the application's list.
 */
export type ProviderCapabilities = {
  /** Kind of the tender buttons that pay through it, and the folder's name: `seqr`, `vipps`, ... */
  readonly kind: string;
  readonly currencies: readonly Currency[];
  /** Least and most that one payment may move, minor units. */
  readonly minimumMinor: number;
  readonly maximumMinor: number;
  readonly needsNetwork: boolean;
  /** Whether a provider terminal carries one unfinished payment only. */
  readonly oneActivePayment: boolean;
};

/** A payment provider as the application knows it. */
export type PaymentProvider = { readonly capabilities: ProviderCapabilities };
