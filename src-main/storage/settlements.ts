import type { SettlementStore } from '../core/ports/after-payment.ts';
import type { OurPost } from '../core/settlement/compare.ts';
import { integer, jsonOrNull, text, textOrNull, type Row, type Statements } from './database.ts';

/*
 * The movements at a provider as `dump` tells them (audit/dump.ts): what was taken, on a receipt or given back before its completion; what
 * was given back; late money that came to nothing here or went back. What was given back on behalf of another store stands in that store's books.
 */
const taken = `
SELECT post.reference, post.amount_minor, receipt.currency, post.at, post.receipt_id, attempt.reference AS own, attempt.provider_data,
  EXISTS (SELECT 1 FROM transaction_post AS back WHERE back.attempt_id = post.attempt_id AND back.kind = 'taken-back') AS returned
FROM transaction_post AS post JOIN receipt ON receipt.id = post.receipt_id JOIN payment_attempt AS attempt ON attempt.id = post.attempt_id
WHERE post.kind = 'payment' AND post.tender_kind NOT IN ('cash', 'manual-card', 'set-off') AND post.tender_kind = $provider AND post.at >= $from AND post.at < $to AND receipt.kind = 'sale'
  AND NOT (attempt.reference = '' AND attempt.provider_reference <> '' AND (receipt.state <> 'completed' OR attempt.proof_released_at IS NOT NULL))
ORDER BY post.at, post.id`;
const refunded = `
SELECT refund.provider_reference AS reference, refund.amount_minor, refund.currency, refund.updated_at AS at, refund.receipt_id, refund.task_id,
  coalesce(attempt.reference, task.own_reference, '') AS own, coalesce(post.reference, task.reference, '') AS paid, attempt.provider_data
FROM refund LEFT JOIN transaction_post AS post ON post.id = refund.post_id LEFT JOIN task ON task.id = refund.task_id LEFT JOIN payment_attempt AS attempt ON attempt.id = refund.attempt_id
WHERE refund.state = 'refunded' AND refund.payment_id IS NULL AND refund.tender_kind = $provider AND refund.updated_at >= $from AND refund.updated_at < $to ORDER BY refund.updated_at, refund.id`;
const late = `
SELECT task.reference, task.amount_minor, task.currency, task.opened_at AS at, task.own_reference AS own, attempt.provider_data
FROM task LEFT JOIN payment_attempt AS attempt ON attempt.id = task.attempt_id
WHERE task.kind = 'late-money' AND task.provider = $provider AND task.state <> 'attached' AND coalesce(task.doubt, 'paid') = 'paid' AND task.opened_at >= $from AND task.opened_at < $to
ORDER BY task.opened_at, task.id`;

/** An adapter may have written down the name that went over the wire, ours with something before or after it: the provider's books have that one. */
function namesOf(row: Row, theirs: string): readonly string[] {
  const own = text(row, 'own');
  const noted = Object.values(jsonOrNull<Readonly<Record<string, string>>>(row, 'provider_data') ?? {}).filter((value) => own !== '' && value.includes(own));
  return [...new Set([own, theirs, ...noted])].filter((name) => name !== '');
}

const shared = (row: Row): Pick<OurPost, 'reference' | 'currency' | 'at'> => ({ reference: text(row, 'reference'), currency: text(row, 'currency') as OurPost['currency'], at: text(row, 'at') });

/** What is laid beside a provider's books. */
export const settlementStore = (sql: Statements): SettlementStore => ({
  posts(provider, from, to) {
    const rows = (query: string): readonly Row[] => sql(query).all({ provider, from, to }) as Row[];
    return [
      ...rows(taken).map((row): OurPost => ({ ...shared(row), kind: 'captured', of: integer(row, 'returned') === 1 ? 'returned' : 'receipt', references: namesOf(row, text(row, 'reference')), amountMinor: integer(row, 'amount_minor'), receiptId: text(row, 'receipt_id') })),
      ...rows(late).map((row): OurPost => ({ ...shared(row), kind: 'captured', of: 'task', references: namesOf(row, text(row, 'reference')), amountMinor: integer(row, 'amount_minor'), receiptId: null })),
      ...rows(refunded).map((row): OurPost => ({ ...shared(row), kind: 'refunded', of: row['task_id'] === null ? 'receipt' : 'task', references: namesOf(row, text(row, 'paid')), amountMinor: -integer(row, 'amount_minor'), receiptId: textOrNull(row, 'receipt_id') })),
    ];
  },
});
