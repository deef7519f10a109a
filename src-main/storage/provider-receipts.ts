import type { ProviderProblem } from '../contract/payment.ts';
import type { ProviderReceiptState } from '../contract/provider-receipts.ts';
import type { ProviderReceipt } from '../core/payments/provider-receipt.ts';
import type { ProviderReceiptStore } from '../core/ports/after-payment.ts';
import type { JournalStore } from '../core/ports/stores.ts';
import { integer, jsonOrNull, text, textOrNull, type Row, type Statements } from './database.ts';

const receiptOf = (row: Row): ProviderReceipt => ({
  attemptId: text(row, 'attempt_id'),
  receiptId: text(row, 'receipt_id'),
  registerId: text(row, 'register_id'),
  state: text(row, 'state') as ProviderReceiptState,
  tries: integer(row, 'tries'),
  problem: jsonOrNull<ProviderProblem>(row, 'problem'),
  queuedAt: text(row, 'queued_at'),
  nextTryAt: text(row, 'next_try_at'),
  endedAt: textOrNull(row, 'ended_at'),
});

/** Receipts that go to the providers of their payments. */
export const providerReceiptStore = (sql: Statements, journal: JournalStore, transaction: <T>(work: () => T) => T): ProviderReceiptStore => ({
  byAttempt(attemptId) {
    const row = sql('SELECT * FROM provider_receipt WHERE attempt_id = ?').get(attemptId) as Row | undefined;
    return row ? receiptOf(row) : null;
  },
  ofReceipt: (receiptId) => (sql('SELECT * FROM provider_receipt WHERE receipt_id = ? ORDER BY attempt_id').all(receiptId) as Row[]).map(receiptOf),
  waiting: (registerId) => (sql("SELECT * FROM provider_receipt WHERE register_id = ? AND state = 'waiting' ORDER BY next_try_at, attempt_id").all(registerId) as Row[]).map(receiptOf),
  save({ attemptId, receiptId, registerId, state, tries, problem, queuedAt, nextTryAt, endedAt }, entries) {
    transaction(() => {
      sql(
        `INSERT INTO provider_receipt (attempt_id, receipt_id, register_id, state, tries, problem, queued_at, next_try_at, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (attempt_id) DO UPDATE SET state = excluded.state, tries = excluded.tries, problem = excluded.problem, queued_at = excluded.queued_at,
          next_try_at = excluded.next_try_at, ended_at = excluded.ended_at`,
      ).run(attemptId, receiptId, registerId, state, tries, problem === null ? null : JSON.stringify(problem), queuedAt, nextTryAt, endedAt);
      journal.append(entries);
    });
  },
});
