import type { Receipt } from '../sales/model.ts';

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
}
