import type { AwaitedInfo, KeptInfo } from '../payments/customer-info.ts';
import type { ProviderReceipt } from '../payments/provider-receipt.ts';
import type { OurPost } from '../settlement/compare.ts';
import type { JournalDraft } from './journal.ts';

/** What core asks of the database about what happens after an app payment is paid. */

export interface ProviderReceiptStore {
  byAttempt(attemptId: string): ProviderReceipt | null;
  ofReceipt(receiptId: string): readonly ProviderReceipt[];
  /** Those that wait, those to be sent soonest first. */
  waiting(registerId: string): readonly ProviderReceipt[];
  /** One that was sent never changes: `save` throws. */
  save(receipt: ProviderReceipt, journal: readonly JournalDraft[]): void;
}

export interface CustomerInfoStore {
  /** Those that are still asked about, those to be asked soonest first. */
  awaited(registerId: string): readonly AwaitedInfo[];
  saveAwaited(awaited: AwaitedInfo): void;
  /** It is asked about no more. */
  dropAwaited(attemptId: string): void;
  dropAllAwaited(): void;
  /** Keeps what was told, and asks no more. */
  keep(info: KeptInfo): void;
  ofReceipt(receiptId: string): readonly KeptInfo[];
  /** How many are kept. */
  count(): number;
  /** Of one receipt; all where it is null. What is still asked about goes too. Returns how many were kept. */
  delete(receiptId: string | null, journal: (count: number) => readonly JournalDraft[]): number;
  /** Kept before an instant. Returns how many. */
  deleteBefore(at: string, journal: (count: number) => readonly JournalDraft[]): number;
}

export interface SettlementStore {
  /** What this database knows as taken or given back through a provider; `to` is left out. */
  posts(provider: string, from: string, to: string): readonly OurPost[];
}
