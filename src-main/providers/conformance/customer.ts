import type { AnyTill } from '../../testing/till.ts';

/**
 * What the suite has to know of a provider, besides what its capabilities say. `ref` names the payment to the customer's
 * phone as the sandbox wants it.
 */
export type Conformant = {
  readonly kind: string;
  /** Makes a fresh demo till ready to take payments through it; somebody who may do so is signed in. */
  prepare(till: AnyTill): Promise<void>;
  /** Signs the same person in again. */
  signIn(till: AnyTill): Promise<void>;
  readonly ref: string;
  /** Names of the operations on the wire, as faults name them; null where the provider has none. */
  readonly wire: { readonly start: string; readonly poll: string; readonly cancel: string; readonly confirm: string | null };
  /** What becomes of a start that is lost on its way: it is proven that nothing began, or it is sent once more as the same payment. */
  readonly lostStart?: 'proven' | 'sent-again';
  /** What becomes of a start whose answer is lost: the payment is found and goes on, or can't be shown to anybody and is ended. */
  readonly lostAnswer?: 'found' | 'ended';
  /** The operation that gives money back, whether a lost answer of a part can be resolved without a person, and what a customer tells for it where that is asked. */
  readonly refund: { readonly operation: string; readonly partsAreSafe: boolean; readonly identifier?: string } | null;
  /** What a customer does, in the sandbox's own words. */
  readonly acts: { readonly approve: string; readonly decline: string; /** Where a code that nobody has opened is lost with the program: how it is opened. */ readonly open?: string };
  /** Finds a secret in what was sent; its first group is the secret. */
  readonly secret: RegExp;
};
