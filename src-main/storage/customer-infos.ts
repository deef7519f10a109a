import type { AwaitedInfo, KeptInfo } from '../core/payments/customer-info.ts';
import type { CustomerInfoStore } from '../core/ports/after-payment.ts';
import type { JournalDraft, JournalStore } from '../core/ports/stores.ts';
import { integer, text, type Bindable, type Row, type Statements } from './database.ts';

const awaitedOf = (row: Row): AwaitedInfo => ({ attemptId: text(row, 'attempt_id'), registerId: text(row, 'register_id'), tries: integer(row, 'tries'), nextTryAt: text(row, 'next_try_at') });
const keptOf = (row: Row): KeptInfo => ({ attemptId: text(row, 'attempt_id'), sealed: text(row, 'sealed'), at: text(row, 'at') });

const ofOne = 'attempt_id IN (SELECT id FROM payment_attempt WHERE receipt_id = ?)';

/** What customers agreed to tell, sealed; and which payments are still asked about it. */
export function customerInfoStore(sql: Statements, journal: JournalStore, transaction: <T>(work: () => T) => T): CustomerInfoStore {
  /** Nothing is written down where nothing was kept. */
  function removed(where: string, values: readonly Bindable[], entries: (count: number) => readonly JournalDraft[]): number {
    const count = sql(`DELETE FROM customer_info WHERE ${where}`).run(...values).changes;
    if (count > 0) journal.append(entries(count));
    return count;
  }

  return {
    awaited: (registerId) => (sql('SELECT * FROM customer_info_awaited WHERE register_id = ? ORDER BY next_try_at, attempt_id').all(registerId) as Row[]).map(awaitedOf),
    saveAwaited({ attemptId, registerId, tries, nextTryAt }) {
      sql(
        `INSERT INTO customer_info_awaited (attempt_id, register_id, tries, next_try_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (attempt_id) DO UPDATE SET tries = excluded.tries, next_try_at = excluded.next_try_at`,
      ).run(attemptId, registerId, tries, nextTryAt);
    },
    dropAwaited: (attemptId) => void sql('DELETE FROM customer_info_awaited WHERE attempt_id = ?').run(attemptId),
    dropAllAwaited: () => void sql('DELETE FROM customer_info_awaited').run(),
    keep({ attemptId, sealed, at }) {
      transaction(() => {
        sql('INSERT INTO customer_info (attempt_id, sealed, at) VALUES (?, ?, ?) ON CONFLICT (attempt_id) DO UPDATE SET sealed = excluded.sealed, at = excluded.at').run(attemptId, sealed, at);
        sql('DELETE FROM customer_info_awaited WHERE attempt_id = ?').run(attemptId);
      });
    },
    ofReceipt: (receiptId) => (sql(`SELECT * FROM customer_info WHERE ${ofOne} ORDER BY at, attempt_id`).all(receiptId) as Row[]).map(keptOf),
    count: () => integer(sql('SELECT count(*) AS kept FROM customer_info').get() as Row, 'kept'),
    delete: (receiptId, entries) =>
      transaction(() => {
        const [where, values] = receiptId === null ? (['1', []] as const) : ([ofOne, [receiptId]] as const);
        sql(`DELETE FROM customer_info_awaited WHERE ${where}`).run(...values);
        return removed(where, values, entries);
      }),
    deleteBefore: (at, entries) => transaction(() => removed('at < ?', [at], entries)),
  };
}
