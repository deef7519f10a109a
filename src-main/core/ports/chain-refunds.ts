import type { Country, Currency, VatClass } from '../../contract/basics.ts';
import type { Result } from '../../contract/errors.ts';
import type { RefundNot } from '../../contract/refunds.ts';
import type { Unit } from '../../contract/sale.ts';
import type { ProviderProblem } from '../../contract/payment.ts';
import type { Minor } from '../money.ts';
import type { CameBack } from '../sales/returns.ts';

/*
 * A chain of stores, as one of its registers knows it: receipts of the other stores, what of them is left, and refunds on their behalf. A
 * register names a store and one of its payments, never a provider's number of a store (a serial number), and holds no credentials of another
 * store: who stands behind this port has both. Every question can be asked again; what changes something goes by a name of the asker's that makes
 * a second time the first one. All amounts are above zero.
 */

export type ChainStore = { readonly storeId: string; readonly name: string };

/** A receipt of a store. */
export type ReceiptOf = { readonly storeId: string; readonly receiptId: string };

/** The head of a receipt, for a list. */
export type ChainHead = {
  readonly store: ChainStore;
  readonly receiptId: string;
  readonly number: number;
  readonly registerNumber: number;
  /** ISO instant of its completion. */
  readonly at: string;
  readonly currency: Currency;
  readonly totalMinor: Minor;
  readonly tenderKinds: readonly string[];
};

/** A line as it was sold: amounts of all of it, and what has come back over all stores. */
export type ChainLine = {
  readonly lineId: string;
  readonly name: string;
  readonly code: string;
  readonly unit: Unit;
  readonly quantityMilli: number;
  readonly unitPriceMinor: Minor;
  readonly vatClass: VatClass;
  readonly vatRateBasisPoints: number;
  readonly labels: readonly string[];
  /** Before discounts. */
  readonly grossMinor: Minor;
  readonly payableMinor: Minor;
  readonly vatMinor: Minor;
  readonly back: CameBack;
};

/** A payment that its provider can give back. */
export type ChainPayment = {
  readonly paymentId: string;
  readonly tenderKind: string;
  /** The provider's own name of it. */
  readonly reference: string;
  readonly amountMinor: Minor;
  readonly leftMinor: Minor;
  /** Why the chain can't give it back now. */
  readonly not: RefundNot | null;
};

/** What was paid on a card terminal or in cash, and has not gone back. */
export type ChainOtherwise = { readonly by: 'card' | 'cash'; readonly tenderId: string; readonly tenderKind: string; readonly leftMinor: Minor };

export type ChainReceipt = ChainHead & {
  readonly country: Country;
  readonly lines: readonly ChainLine[];
  readonly payments: readonly ChainPayment[];
  readonly otherwise: readonly ChainOtherwise[];
  /** Another return of it has not ended. */
  readonly underWay: boolean;
};

/** What other stores have done with a receipt of ours. */
export type Elsewhere = {
  readonly lines: ReadonlyMap<string, CameBack>;
  /** By our own payment: what other stores gave back of it, or have reserved. */
  readonly payments: ReadonlyMap<string, Minor>;
  readonly otherwise: readonly { readonly by: 'card' | 'cash'; readonly tenderId: string; readonly amountMinor: Minor }[];
  readonly underWay: boolean;
};

/** What another store gave back on our behalf: it stands in our provider's books. */
export type GivenForUs = { readonly paymentId: string; /** The provider's own name of the refund. */ readonly reference: string; readonly amountMinor: Minor; readonly currency: Currency; /** ISO instant. */ readonly at: string };

/** Lines of a receipt that a return holds, with what goes back for them (with the sign of the sale). */
export type ReturnHold = {
  /** Ours; the same for every change of what it holds. */
  readonly returnId: string;
  /** Of this installation: only it gives up what it does not know. */
  readonly epoch: string;
  readonly of: ReceiptOf;
  readonly lines: readonly (CameBack & { readonly lineId: string })[];
};

/** How a return gave its money back, beside refunds. */
export type PartOtherwise = { readonly by: 'card' | 'cash'; readonly tenderId: string; readonly amountMinor: Minor };

export type ReserveOrder = {
  /** Ours, and of the refund that follows. */
  readonly reference: string;
  readonly epoch: string;
  readonly of: { readonly storeId: string; readonly paymentId: string };
  readonly amountMinor: Minor;
  readonly currency: Currency;
  readonly returnId: string | null;
};

/** A refund on behalf of the store that took the payment; what it is of was said when it was reserved. */
export type ChainRefundOrder = {
  readonly reference: string;
  readonly amountMinor: Minor;
  readonly currency: Currency;
  /** What the customer told; empty where nothing is asked. Written down nowhere. */
  readonly identifier: string;
  readonly cashier: string;
};

/** As a provider's, without its steps: these are kept by who stands behind the port. */
export type ChainRefundAnswer =
  | { readonly kind: 'refunded'; readonly reference: string }
  /** Nothing was given back, and never will be under this name. */
  | { readonly kind: 'refused'; readonly problem: ProviderProblem }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'unknown'; readonly problem: ProviderProblem };

/** How things stand in the asker's books, by its own names. */
export type OwnBooks = {
  readonly epoch: string;
  refund(reference: string): 'running' | 'given' | 'refused' | null;
  /** A return's state, and how it gave money back beside refunds. */
  return(returnId: string): { readonly state: 'running' | 'completed' | 'dropped'; readonly parts: readonly PartOtherwise[] } | null;
};

export interface ChainRefunds {
  /** The store that asks. */
  readonly me: ChainStore;
  /** All other stores. Errors of every question: chain-unreachable. */
  stores(): Promise<Result<readonly ChainStore[]>>;
  /** Completed sales of another store by barcode, number or provider's reference, newest first. Errors: store-unknown. */
  find(query: { readonly storeId: string; readonly text: string; readonly limit: number }): Promise<Result<readonly ChainHead[]>>;
  /** What is left of a receipt over all stores, as if one return (the asker's own) were not there. Errors: store-unknown, receipt-unknown. */
  receipt(of: ReceiptOf, exceptReturnId: string | null): Promise<Result<ChainReceipt>>;
  /** What other stores did with a receipt of ours. */
  elsewhere(receiptId: string): Promise<Result<Elsewhere>>;
  /** What other stores gave back on our behalf, from an instant until before another. */
  givenForUs(from: string, to: string): Promise<Result<readonly GivenForUs[]>>;
  /** Holds lines for a return, of our own receipts too; a second hold takes the first one's place. Errors: receipt-unknown, line-unknown, return-too-much, return-under-way. */
  hold(hold: ReturnHold): Promise<Result<null>>;
  /** A return was completed or given up. */
  settle(returnId: string, how: 'completed' | 'dropped', parts: readonly PartOtherwise[]): Promise<Result<null>>;
  /** Errors: payment-not-refundable, amount-out-of-range {maximumMinor}. */
  reserve(order: ReserveOrder): Promise<Result<null>>;
  /** Gives back what was reserved; a repeat is the same refund. */
  refund(order: ChainRefundOrder): Promise<ChainRefundAnswer>;
  /** What became of a refund, where its provider can be asked. */
  refundStatus(order: ChainRefundOrder): Promise<ChainRefundAnswer>;
  /** How a refund ended in the asker's books: what did not go back is free again. */
  ended(reference: string, given: boolean): Promise<Result<null>>;
  /** At the start: what was reserved or held by this store and not ended is compared with its books. */
  reconcile(books: OwnBooks): Promise<Result<null>>;
}
