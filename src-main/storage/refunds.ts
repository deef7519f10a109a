import type { ProviderProblem } from '../contract/payment.ts';
import type { RefundState } from '../contract/refunds.ts';
import { minor } from '../core/money.ts';
import type { Refund } from '../core/payments/refund.ts';
import type { JournalStore, RefundStore } from '../core/ports/stores.ts';
import { integer, json, jsonOrNull, text, textOrNull, type Row, type Statements } from './database.ts';

const refundOf = (row: Row): Refund => ({
  id: text(row, 'id'),
  requestId: text(row, 'request_id'),
  receiptId: textOrNull(row, 'receipt_id'),
  postId: textOrNull(row, 'post_id'),
  returnId: textOrNull(row, 'return_id'),
  taskId: textOrNull(row, 'task_id'),
  paymentId: textOrNull(row, 'payment_id'),
  attemptId: textOrNull(row, 'attempt_id'),
  tenderKind: text(row, 'tender_kind'),
  state: text(row, 'state') as RefundState,
  amountMinor: minor(integer(row, 'amount_minor')),
  currency: text(row, 'currency') as Refund['currency'],
  reference: text(row, 'reference'),
  providerReference: text(row, 'provider_reference'),
  data: json<Refund['data']>(row, 'provider_data'),
  sealedIdentifier: text(row, 'sealed_identifier'),
  problem: jsonOrNull<ProviderProblem>(row, 'problem'),
  staffId: text(row, 'staff_id'),
  reason: text(row, 'reason'),
  createdAt: text(row, 'created_at'),
  updatedAt: text(row, 'updated_at'),
});

const problemText = ({ problem }: Refund): string | null => (problem === null ? null : JSON.stringify(problem));

function insertRefund(sql: Statements, refund: Refund): void {
  sql(
    `INSERT INTO refund (id, request_id, receipt_id, post_id, task_id, attempt_id, tender_kind, state, amount_minor, currency, reference,
      provider_reference, provider_data, sealed_identifier, problem, staff_id, reason, created_at, updated_at, return_id, payment_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    refund.id,
    refund.requestId,
    refund.receiptId,
    refund.postId,
    refund.taskId,
    refund.attemptId,
    refund.tenderKind,
    refund.state,
    refund.amountMinor,
    refund.currency,
    refund.reference,
    refund.providerReference,
    JSON.stringify(refund.data),
    refund.sealedIdentifier,
    problemText(refund),
    refund.staffId,
    refund.reason,
    refund.createdAt,
    refund.updatedAt,
    refund.returnId,
    refund.paymentId,
  );
}

/** Writes a refund as it stands, and where it has come to. Runs inside a transaction. */
export function writeRefund(sql: Statements, refund: Refund): void {
  const before = sql('SELECT state FROM refund WHERE id = ?').get(refund.id) as Row | undefined;
  if (before) {
    sql('UPDATE refund SET state = ?, provider_reference = ?, provider_data = ?, sealed_identifier = ?, problem = ?, updated_at = ? WHERE id = ?').run(
      refund.state,
      refund.providerReference,
      JSON.stringify(refund.data),
      refund.sealedIdentifier,
      problemText(refund),
      refund.updatedAt,
      refund.id,
    );
  } else insertRefund(sql, refund);
  const from = before ? text(before, 'state') : null;
  if (from !== refund.state) sql('INSERT INTO refund_transition (refund_id, from_state, to_state, at) VALUES (?, ?, ?, ?)').run(refund.id, from, refund.state, refund.updatedAt);
}

/** Refunds with each of their transitions. */
export function refundStore(sql: Statements, journal: JournalStore, transaction: <T>(work: () => T) => T): RefundStore {
  const one = (query: string, key: string): Refund | null => {
    const row = sql(query).get(key) as Row | undefined;
    return row ? refundOf(row) : null;
  };
  const many = (query: string, key: string): readonly Refund[] => (sql(query).all(key) as Row[]).map(refundOf);

  return {
    byId: (refundId) => one('SELECT * FROM refund WHERE id = ?', refundId),
    byReference: (reference) => one('SELECT * FROM refund WHERE reference = ?', reference),
    byRequest: (requestId) => one('SELECT * FROM refund WHERE request_id = ?', requestId),
    ofReceipt: (receiptId) => many('SELECT * FROM refund WHERE receipt_id = ? ORDER BY created_at', receiptId),
    ofPost: (postId) => many('SELECT * FROM refund WHERE post_id = ? ORDER BY created_at', postId),
    ofReturn: (returnId) => many('SELECT * FROM refund WHERE return_id = ? ORDER BY created_at', returnId),
    ofTask: (taskId) => many('SELECT * FROM refund WHERE task_id = ? ORDER BY created_at', taskId),
    ofPayment: (paymentId) => many('SELECT * FROM refund WHERE payment_id = ? ORDER BY created_at', paymentId),
    unfinished: (registerId) =>
      many(
        `SELECT refund.* FROM refund LEFT JOIN receipt ON receipt.id = coalesce(refund.return_id, refund.receipt_id) LEFT JOIN task ON task.id = refund.task_id
         WHERE refund.state NOT IN ('refunded', 'refused') AND coalesce(receipt.register_id, task.register_id) = ? ORDER BY refund.created_at`,
        registerId,
      ),
    save(refund, entries) {
      transaction(() => {
        writeRefund(sql, refund);
        journal.append(entries);
      });
    },
  };
}
