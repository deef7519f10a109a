import type { JournalDraft, JournalEntry, JournalStore } from '../core/ports/stores.ts';
import { integer, json, text, textOrNull, type Row, type Statements } from './database.ts';

/** The chain's first link: what the first entry of a register names as its previous hash. */
export const firstLink = '0';

/** The end of a register's chain. */
type Link = { readonly seq: number; readonly hash: string };

/** What an entry's hash covers, in one fixed order and form, so that anybody can compute it again. */
export const hashedText = (entry: Omit<JournalEntry, 'hash'>): string =>
  JSON.stringify([
    entry.previousHash,
    entry.registerId,
    entry.seq,
    entry.at,
    entry.offsetMinutes,
    entry.staffId,
    entry.kind,
    entry.receiptId,
    JSON.stringify(entry.detail),
  ]);

export const entryOf = (row: Row): JournalEntry => ({
  registerId: text(row, 'register_id'),
  seq: integer(row, 'seq'),
  at: text(row, 'at'),
  offsetMinutes: integer(row, 'offset_minutes'),
  staffId: textOrNull(row, 'staff_id'),
  kind: text(row, 'kind'),
  receiptId: textOrNull(row, 'receipt_id'),
  detail: json<Record<string, unknown>>(row, 'detail'),
  previousHash: text(row, 'previous_hash'),
  hash: text(row, 'hash'),
});

/** The append-only journal. `append` runs inside the transaction of what it records. */
export function journalStore(
  sql: Statements,
  sha256: (content: string) => string,
  transaction: <T>(work: () => T) => T,
): JournalStore {
  function last(registerId: string): Link {
    const row = sql('SELECT seq, hash FROM journal WHERE register_id = ? ORDER BY seq DESC LIMIT 1').get(registerId) as Row | undefined;
    return row ? { seq: integer(row, 'seq'), hash: text(row, 'hash') } : { seq: 0, hash: firstLink };
  }

  function appendOne(draft: JournalDraft, before: Link): Link {
    const entry = { ...draft, seq: before.seq + 1, previousHash: before.hash };
    // The detail is hashed as it is stored: a value that JSON drops (undefined) is dropped in both.
    const detail = JSON.stringify(draft.detail);
    const hash = sha256(hashedText({ ...entry, detail: JSON.parse(detail) as Record<string, unknown> }));
    sql(
      `INSERT INTO journal (register_id, seq, at, offset_minutes, staff_id, kind, receipt_id, detail, previous_hash, hash)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      entry.registerId,
      entry.seq,
      entry.at,
      entry.offsetMinutes,
      entry.staffId,
      entry.kind,
      entry.receiptId,
      detail,
      entry.previousHash,
      hash,
    );
    return { seq: entry.seq, hash };
  }

  return {
    append(entries) {
      if (entries.length === 0) return;
      transaction(() => {
        const tails = new Map<string, Link>();
        for (const entry of entries) tails.set(entry.registerId, appendOne(entry, tails.get(entry.registerId) ?? last(entry.registerId)));
        for (const [registerId, { seq, hash }] of tails) {
          sql('INSERT INTO journal_head (register_id, seq, hash) VALUES (?, ?, ?) ON CONFLICT (register_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash').run(registerId, seq, hash);
        }
      });
    },
    read: (registerId, afterSeq, limit) =>
      (
        sql('SELECT * FROM journal WHERE register_id = ? AND seq > ? ORDER BY seq LIMIT ?').all(registerId, afterSeq, limit) as Row[]
      ).map(entryOf),
  };
}
