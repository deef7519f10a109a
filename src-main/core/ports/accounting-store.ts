import type { Receipt } from '../sales/model.ts';

/** A completed receipt with what a list of receipts tells beside it. */
export type BookedReceipt = { readonly receipt: Receipt; readonly groups: ReadonlyMap<string, string>; readonly registerNumber: number; readonly staffName: string; readonly offsetMinutes: number };

/** Cash that came into a drawer, or (below zero) left it, beside receipts. */
export type DrawerCash = { readonly at: string; readonly kind: 'pay-in' | 'pay-out' | 'safe' | 'cash-difference'; readonly intoDrawerMinor: number };

/** Money at a provider that is on no receipt: met as late money, gone onto a receipt, given back. */
export type UnsettledMoney = { readonly at: string; readonly provider: string; readonly intoProviderMinor: number };

/** What exports read; instants are ISO, `to` is left out. Training is never among it. */
export interface AccountingStore {
  /** The next receipts after one, in the order of their completion; a page at a time, so that sales go on between two. */
  receipts(from: string, to: string, after: { readonly at: string; readonly id: string } | null, limit: number): readonly BookedReceipt[];
  drawerCash(from: string, to: string): readonly DrawerCash[];
  unsettled(from: string, to: string): readonly UnsettledMoney[];
}
