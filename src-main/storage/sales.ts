import type { AttemptState } from '../contract/payment.ts';
import type { ParkedView } from '../contract/sale.ts';
import type { JournalDraft, JournalStore, SaleStore } from '../core/ports/stores.ts';
import { receiptContent } from '../core/receipts/content.ts';
import type { Receipt } from '../core/sales/model.ts';
import { totalsOf } from '../core/sales/totals.ts';
import { integer, text, type Row, type Statements } from './database.ts';
import { lastReceipt, listReceipts, receiptRow } from './receipt-list.ts';
import { attemptOf, lineOf, originOf, postOf, receiptOf } from './receipt-rows.ts';
import { writeAttempt, writeSale } from './sale-write.ts';

const parkedOf = (row: Row): ParkedView => ({
  receiptId: text(row, 'id'),
  name: text(row, 'parked_name'),
  at: text(row, 'opened_at'),
  registerNumber: integer(row, 'register_number'),
  staffName: text(row, 'staff_name'),
  totalMinor: integer(row, 'total_minor'),
  lines: integer(row, 'lines'),
});

/** The states of a payment that nobody has to look after any more, as SQL's list; `core/payments/attempt.ts` decides. */
export const finishedStates = "('paid', 'cancelled', 'declined', 'expired', 'released', 'reversed', 'not-started')";

/** Kinds of the journal's entries that receipts are completed by, in SQL's form as well. */
const completionKinds: readonly string[] = ['sale-completed', 'return-completed', 'training-completed'];
export const completions = `('${completionKinds.join("', '")}')`;

/** Receipts with their lines, attempts and posts. */
export function saleStore(sql: Statements, journal: JournalStore, transaction: <T>(work: () => T) => T, sha256: (content: string) => string): SaleStore {
  /** The entry of a completion holds what the receipt comes to, its number and a hash of all it says: grand totals are rebuilt from these. */
  function completed(entry: JournalDraft, receipt: Receipt, number: number): JournalDraft {
    if (!completionKinds.includes(entry.kind)) return entry;
    const { totalMinor } = totalsOf(receipt);
    return { ...entry, detail: { ...entry.detail, number, totalMinor, roundingMinor: receipt.roundingMinor, content: sha256(receiptContent(receipt, number)) } };
  }

  function whole(row: Row): Receipt {
    const id = text(row, 'id');
    const lines = sql('SELECT * FROM receipt_line WHERE receipt_id = ? ORDER BY position').all(id) as Row[];
    const posts = sql('SELECT * FROM transaction_post WHERE receipt_id = ? ORDER BY position').all(id) as Row[];
    const origin = row['kind'] === 'return' && row['of_receipt_id'] === null ? (sql('SELECT * FROM return_origin WHERE return_id = ?').get(id) as Row | undefined) : undefined;
    return receiptOf(row, lines.map(lineOf), posts.map(postOf), origin ? originOf(origin) : null);
  }

  return {
    commit: (write) =>
      transaction(() => {
        const number = writeSale(sql, write);
        journal.append(number === null ? write.journal : write.journal.map((entry) => completed(entry, write.receipt, number)));
        return { number };
      }),
    load(receiptId) {
      const row = sql('SELECT * FROM receipt WHERE id = ?').get(receiptId) as Row | undefined;
      return row ? whole(row) : null;
    },
    current(registerId) {
      const row = sql("SELECT * FROM receipt WHERE register_id = ? AND state IN ('open', 'paying') AND aside = 0 AND kind <> 'return'").get(registerId) as Row | undefined;
      return row ? whole(row) : null;
    },
    aside: (registerId) =>
      (
        sql("SELECT * FROM receipt WHERE register_id = ? AND state IN ('open', 'paying') AND aside = 1 AND kind <> 'return' ORDER BY opened_at").all(registerId) as Row[]
      ).map(whole),
    parked: () =>
      (
        sql(
          `SELECT receipt.id, receipt.parked_name, receipt.opened_at, receipt.total_minor, register.number AS register_number,
            staff.name AS staff_name,
            (SELECT count(*) FROM receipt_line WHERE receipt_id = receipt.id AND state = 'active') AS lines
           FROM receipt JOIN register ON register.id = receipt.register_id JOIN staff ON staff.id = receipt.staff_id
           WHERE receipt.state = 'parked' ORDER BY receipt.opened_at`,
        ).all() as Row[]
      ).map(parkedOf),
    parkedCount: () => integer(sql("SELECT count(*) AS n FROM receipt WHERE state = 'parked'").get() as Row, 'n'),
    receiptOfPost(postId) {
      const row = sql('SELECT receipt_id FROM transaction_post WHERE id = ?').get(postId) as Row | undefined;
      return row ? text(row, 'receipt_id') : null;
    },
    attemptByRequest(requestId) {
      const row = sql('SELECT * FROM payment_attempt WHERE request_id = ?').get(requestId) as Row | undefined;
      return row ? attemptOf(row) : null;
    },
    attempt(attemptId) {
      const row = sql('SELECT * FROM payment_attempt WHERE id = ?').get(attemptId) as Row | undefined;
      return row ? attemptOf(row) : null;
    },
    attemptByReference(kind, reference) {
      const row = sql("SELECT * FROM payment_attempt WHERE reference = ? AND tender_kind = ? ORDER BY state = 'paid' DESC").get(reference, kind) as Row | undefined;
      return row ? attemptOf(row) : null;
    },
    attemptByProvider(kind, providerReference) {
      const row = sql("SELECT * FROM payment_attempt WHERE tender_kind = ? AND provider_reference = ? AND provider_reference <> '' AND state = 'paid' AND proof_released_at IS NULL AND carried_over_at IS NULL").get(kind, providerReference) as Row | undefined;
      return row ? attemptOf(row) : null;
    },
    saveAttempt(attempt, entries) {
      transaction(() => {
        writeAttempt(sql, attempt);
        journal.append(entries);
      });
    },
    unfinishedAttempts: (registerId) =>
      (
        sql(
          // CROSS: from the few that are unfinished to their receipts, and not from all receipts.
          `SELECT payment_attempt.* FROM payment_attempt CROSS JOIN receipt ON receipt.id = payment_attempt.receipt_id
           WHERE payment_attempt.state NOT IN ${finishedStates}
            AND receipt.register_id = ? ORDER BY payment_attempt.created_at`,
        ).all(registerId) as Row[]
      ).map(attemptOf),
    transitions: (attemptId) =>
      (sql('SELECT to_state, at FROM attempt_transition WHERE attempt_id = ? ORDER BY seq').all(attemptId) as Row[]).map((row) => ({
        state: text(row, 'to_state') as AttemptState,
        at: text(row, 'at'),
      })),
    list: (query) => listReceipts(sql, query),
    row: (receiptId) => receiptRow(sql, receiptId),
    lastCompleted: (registerId) => lastReceipt(sql, registerId),
    setPrintState(receiptId, state, problem, entries) {
      transaction(() => {
        sql('UPDATE receipt SET print_state = ?, print_problem = ? WHERE id = ?').run(state, problem, receiptId);
        journal.append(entries);
      });
    },
    failedPrints: (registerId) => integer(sql("SELECT count(*) AS n FROM receipt WHERE register_id = ? AND print_state = 'failed' AND state = 'completed'").get(registerId) as Row, 'n'),
    unprinted: (registerId) =>
      (
        sql(
          "SELECT id FROM receipt WHERE register_id = ? AND print_state IN ('waiting', 'failed') AND state = 'completed' AND kind <> 'training' ORDER BY number",
        ).all(registerId) as Row[]
      ).map((row) => text(row, 'id')),
  };
}
