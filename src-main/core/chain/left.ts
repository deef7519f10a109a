import { minor, sum, zero, type Minor } from '../money.ts';

/*
 * What of a payment may still go back, over all stores of a chain (I6). Each refund of any store is reserved under its own name before it is
 * written down there. A refund that a store wrote down before it belonged to the chain has no reservation, and counts by itself.
 */

/** What one refund holds or has given back, wherever it was asked for. */
export type Claim = { readonly reference: string; readonly amountMinor: Minor; readonly released: boolean };

/** A refund as the store that took the payment has it in its own books. */
export type OwnRefund = { readonly reference: string; readonly amountMinor: Minor; readonly refused: boolean };

/** Never below nothing: what was given back before the chain was there may be all of it. */
export function leftOver(paidMinor: Minor, claims: readonly Claim[], own: readonly OwnRefund[]): Minor {
  const known = new Set(claims.map((one) => one.reference));
  const claimed = sum(claims.filter((one) => !one.released).map((one) => one.amountMinor));
  const before = sum(own.filter((one) => !one.refused && !known.has(one.reference)).map((one) => one.amountMinor));
  return minor(Math.max(0, paidMinor - claimed - before));
}

export type ReserveOutcome =
  /** `again`: it was reserved before, under the same name and for the same amount. */
  | { readonly kind: 'reserved'; readonly again: boolean }
  | { readonly kind: 'too-much'; readonly leftMinor: Minor }
  /** The name is another refund's, or was given up. */
  | { readonly kind: 'name-taken' };

/** Whether an amount may be reserved under a name. */
export function reserveOf(wish: { readonly reference: string; readonly amountMinor: Minor }, paidMinor: Minor, claims: readonly Claim[], own: readonly OwnRefund[]): ReserveOutcome {
  const before = claims.find((one) => one.reference === wish.reference);
  if (before) return before.amountMinor === wish.amountMinor && !before.released ? { kind: 'reserved', again: true } : { kind: 'name-taken' };
  const leftMinor = leftOver(paidMinor, claims, own);
  return wish.amountMinor > zero && wish.amountMinor <= leftMinor ? { kind: 'reserved', again: false } : { kind: 'too-much', leftMinor };
}
