import type { Receipt } from '../sales/model.ts';
import type { ChainReceipt } from './chain-refunds.ts';

/** What core asks of the database about returns; they are written as receipts are. */
export interface ReturnStore {
  /** Returns of a sale that were not given up, oldest first. */
  of(saleId: string): readonly Receipt[];
  /** The register's returns that have not ended, oldest first. */
  unfinished(registerId: string): readonly Receipt[];
  /** The sale that was rung up again after a return. */
  followerOf(returnId: string): string | null;
  /** Pairs what a return was settled by with what it paid on a sale. */
  setOff(returnPostId: string, salePostId: string): void;
  /** What is known of another store's receipt, before a return of it is written, in the same transaction. */
  know(receipt: ChainReceipt): void;
  /** What the chain said last of the receipt that a return is of, as if this return were not there; null for returns of one's own store. */
  known(returnId: string): ChainReceipt | null;
  /** Keeps what the chain says now. */
  keepKnown(returnId: string, receipt: ChainReceipt): void;
}
