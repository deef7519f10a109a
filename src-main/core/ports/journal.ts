/** One entry of the append-only log. `detail` never holds a secret or a customer's number. */
export type JournalDraft = {
  readonly registerId: string;
  readonly staffId: string | null;
  /** ISO instant in UTC. */
  readonly at: string;
  /** The shop zone's offset then, minutes east of UTC. */
  readonly offsetMinutes: number;
  readonly kind: string;
  readonly receiptId: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
};

export type JournalEntry = JournalDraft & { readonly seq: number; readonly previousHash: string; readonly hash: string };

export interface JournalStore {
  append(entries: readonly JournalDraft[]): void;
  /** Entries of a register in order, after `afterSeq`. */
  read(registerId: string, afterSeq: number, limit: number): readonly JournalEntry[];
}
