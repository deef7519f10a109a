import type { Minor } from '../money.ts';

/** What money is to go back: a payment that stands on a receipt, late money, or a payment of another store. */
export type RefundSource = { readonly kind: 'post' | 'task' | 'payment'; readonly id: string; readonly amountMinor: Minor };

/** The refund that is about to be written down. */
export type RefundName = {
  /** Ours, the same in every repeat; it begins with the epoch of this installation. */
  readonly reference: string;
  readonly returnId: string | null;
};

export type Reserved =
  | { readonly ok: true }
  | { readonly ok: false; readonly leftMinor: Minor }
  /** Nobody can say now how much may go back: nothing does. */
  | { readonly ok: false; readonly unreachable: true };

/**
 * Who knows how much of a payment may still go back. Alone it is this register's database; in a chain it is the centre, which knows
 * of the refunds of all registers and stores (I6).
 */
export interface RefundLimits {
  /** Asked before a refund is written down; what is reserved is held until it has `ended`. */
  reserve(source: RefundSource, amountMinor: Minor, name: RefundName): Promise<Reserved>;
  /** It has ended, or was never written down: what did not go back is free again. Safe to repeat, and never fails. */
  ended(reference: string, given: boolean): Promise<void>;
}
