import { integer, text, type Row, type Statements } from '../database.ts';
import { finishedStates } from '../sales.ts';
import type { Checked, Finding } from './finding.ts';

type Rule = { readonly rule: string; readonly sql: string; readonly where: (row: Row) => string; readonly what: (row: Row) => string };

const unfinished = `state NOT IN ${finishedStates}`;
const attempt = (row: Row): string => `payment ${text(row, 'id')}`;

const rules: readonly Rule[] = [
  {
    rule: 'PAY-I1',
    sql: `SELECT receipt_id AS id, count(*) AS n FROM payment_attempt WHERE ${unfinished} GROUP BY receipt_id HAVING n > 1`,
    where: (row) => `receipt ${text(row, 'id')}`,
    what: (row) => `${integer(row, 'n')} payments are under way`,
  },
  {
    rule: 'PAY-I3',
    sql: `SELECT payment_attempt.id, count(transaction_post.id) AS n FROM payment_attempt
      LEFT JOIN transaction_post ON transaction_post.attempt_id = payment_attempt.id AND transaction_post.kind = 'payment'
      WHERE payment_attempt.state = 'paid' GROUP BY payment_attempt.id HAVING n <> 1`,
    where: attempt,
    what: (row) => `it is paid, and ${integer(row, 'n')} posts say so`,
  },
  {
    rule: 'PAY-I3',
    sql: `SELECT payment_attempt.id, payment_attempt.state FROM payment_attempt
      JOIN transaction_post ON transaction_post.attempt_id = payment_attempt.id AND transaction_post.kind = 'payment'
      WHERE payment_attempt.state <> 'paid'`,
    where: attempt,
    what: (row) => `it is ${text(row, 'state')}, and a post says that it is paid`,
  },
  {
    rule: 'PAY-I3',
    sql: `SELECT transaction_post.reference AS id, count(*) AS n FROM transaction_post JOIN payment_attempt ON payment_attempt.id = transaction_post.attempt_id
      WHERE transaction_post.kind = 'payment' AND payment_attempt.provider_reference <> '' AND payment_attempt.proof_released_at IS NULL GROUP BY transaction_post.tender_kind, transaction_post.reference HAVING n > 1`,
    where: (row) => `the provider's payment ${text(row, 'id')}`,
    what: (row) => `it stands on ${integer(row, 'n')} posts`,
  },
  {
    rule: 'PAY-I2',
    sql: `SELECT payment_attempt.id, payment_attempt.state FROM payment_attempt JOIN receipt ON receipt.id = payment_attempt.receipt_id
      WHERE receipt.state IN ('completed', 'voided', 'parked') AND payment_attempt.${unfinished}`,
    where: attempt,
    what: (row) => `it is ${text(row, 'state')}, and its receipt is done with`,
  },
  {
    rule: 'PAY-I6',
    sql: `SELECT transaction_post.id, transaction_post.amount_minor AS paid, sum(refund.amount_minor) AS given FROM refund
      JOIN transaction_post ON transaction_post.id = refund.post_id WHERE refund.state <> 'refused' GROUP BY refund.post_id HAVING given > paid`,
    where: (row) => `post ${text(row, 'id')}`,
    what: (row) => `${integer(row, 'given')} was given back of ${integer(row, 'paid')}`,
  },
  {
    rule: 'attempt-transitions',
    sql: `SELECT payment_attempt.id, payment_attempt.state FROM payment_attempt WHERE payment_attempt.state IS NOT
      (SELECT to_state FROM attempt_transition WHERE attempt_id = payment_attempt.id ORDER BY seq DESC LIMIT 1)`,
    where: attempt,
    what: (row) => `it is ${text(row, 'state')}, and its last transition says otherwise`,
  },
];

/** The invariants that money obeys (docs/payments.md), as far as one register's database can say. */
export function checkPayments(sql: Statements): Checked {
  const findings = rules.flatMap(({ rule, sql: query, where, what }) => (sql(query).all() as Row[]).map((row): Finding => ({ rule, where: where(row), what: what(row) })));
  return { count: integer(sql('SELECT count(*) AS n FROM payment_attempt').get() as Row, 'n'), findings };
}
