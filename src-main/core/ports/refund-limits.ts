import type { Minor } from '../money.ts';

/** What money is to go back: a payment that stands on a receipt, or late money. */
export type RefundSource = { readonly kind: 'post' | 'task'; readonly id: string; readonly amountMinor: Minor };

export type Reserved = { readonly ok: true } | { readonly ok: false; readonly leftMinor: Minor };

/**
 * Who knows how much of a payment may still go back. Alone it is this register's database; in a chain it is the centre, which knows
 * of the refunds of all registers. Asked before a refund is written down.
 */
export interface RefundLimits {
  reserve(source: RefundSource, amountMinor: Minor): Promise<Reserved>;
}
