import { integer, text, type Row, type Statements } from '../database.ts';
import { finishedStates } from '../sales.ts';
import type { Checked } from './finding.ts';
import { broken, type Rule } from './rules.ts';

const unfinished = `state NOT IN ${finishedStates}`;
const attempt = (row: Row): string => `payment ${text(row, 'id')}`;

const rules: readonly Rule[] = [
  {
    rule: 'PAY-I1',
    sql: `SELECT receipt_id AS id, count(*) AS n FROM payment_attempt WHERE ${unfinished} AND carried_over_at IS NULL GROUP BY receipt_id HAVING n > 1`,
    where: (row) => `receipt ${text(row, 'id')}`,
    what: (row) => `${integer(row, 'n')} payments are under way`,
  },
  {
    rule: 'PAY-I3',
    sql: `SELECT payment_attempt.id, count(transaction_post.id) AS n FROM payment_attempt
      LEFT JOIN transaction_post ON transaction_post.attempt_id = payment_attempt.id AND transaction_post.kind = 'payment'
      WHERE payment_attempt.state = 'paid' AND payment_attempt.carried_over_at IS NULL GROUP BY payment_attempt.id HAVING n <> 1`,
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
      WHERE receipt.state IN ('completed', 'voided', 'parked') AND payment_attempt.${unfinished} AND payment_attempt.carried_over_at IS NULL`,
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
    rule: 'PAY-I3',
    sql: `SELECT refund.id, receipt.state FROM refund JOIN receipt ON receipt.id = refund.receipt_id JOIN transaction_post AS post ON post.id = refund.post_id
      WHERE refund.state = 'refunded' AND receipt.state <> 'completed'
        AND NOT EXISTS (SELECT 1 FROM transaction_post AS back WHERE back.attempt_id = post.attempt_id AND back.kind = 'taken-back')`,
    where: (row) => `refund ${text(row, 'id')}`,
    what: (row) => `the payment has gone back, and its ${text(row, 'state')} receipt still carries it`,
  },
  {
    rule: 'PAY-I3',
    sql: `SELECT back.id FROM transaction_post AS back JOIN payment_attempt ON payment_attempt.id = back.attempt_id
      WHERE back.kind = 'taken-back' AND payment_attempt.payment_order IS NOT NULL AND payment_attempt.reference <> '' AND NOT EXISTS (SELECT 1 FROM refund JOIN transaction_post AS post ON post.id = refund.post_id
        WHERE post.attempt_id = back.attempt_id AND refund.state = 'refunded' AND refund.amount_minor = -back.amount_minor)`,
    where: (row) => `post ${text(row, 'id')}`,
    what: () => 'it takes a provider’s payment back, and no refund has given it back',
  },
  {
    rule: 'PAY-I8',
    sql: `SELECT refund.id, receipt.state FROM refund JOIN receipt ON receipt.id = refund.receipt_id
      WHERE refund.state NOT IN ('refunded', 'refused') AND receipt.state IN ('parked', 'voided')`,
    where: (row) => `refund ${text(row, 'id')}`,
    what: (row) => `it is under way, and its receipt is ${text(row, 'state')}`,
  },
  {
    rule: 'attempt-transitions',
    sql: `SELECT payment_attempt.id, payment_attempt.state FROM payment_attempt WHERE payment_attempt.state IS NOT
      (SELECT to_state FROM attempt_transition WHERE attempt_id = payment_attempt.id ORDER BY seq DESC LIMIT 1)`,
    where: attempt,
    what: (row) => `it is ${text(row, 'state')}, and its last transition says otherwise`,
  },
];

const lateMoney = (row: Row): string => `late money ${text(row, 'reference')}`;

const taskRules: readonly Rule[] = [
  {
    rule: 'PAY-I4',
    sql: `SELECT attempt.id, attempt.state FROM payment_attempt AS attempt LEFT JOIN task ON task.attempt_id = attempt.id AND task.doubt IS NOT NULL
      WHERE attempt.carried_over_at IS NOT NULL AND (attempt.${unfinished}) IS NOT (task.doubt = 'open' AND task.ended_at IS NULL)`,
    where: attempt,
    what: (row) => `it was carried over and is ${text(row, 'state')}, and its task says otherwise`,
  },
  {
    rule: 'PAY-I3',
    sql: `SELECT attempt.id FROM payment_attempt AS attempt LEFT JOIN task ON task.attempt_id = attempt.id AND task.doubt IS NOT NULL
      WHERE attempt.carried_over_at IS NOT NULL AND attempt.state = 'paid' AND (task.doubt IS NOT 'paid' OR task.reference IS NOT attempt.provider_reference OR task.amount_minor IS NOT attempt.paid_minor)`,
    where: attempt,
    what: () => 'it was carried over and paid, and no task holds its money',
  },
  {
    rule: 'PAY-I3',
    sql: `SELECT task.reference, task.state FROM task JOIN transaction_post AS post ON post.reference = task.reference AND post.tender_kind = task.provider AND post.kind = 'payment'
      WHERE task.reference <> '' AND task.post_id IS NOT post.id`,
    where: lateMoney,
    what: (row) => `it is ${text(row, 'state')}, and a receipt carries it as well`,
  },
  {
    rule: 'PAY-I3',
    sql: `SELECT task.reference FROM task LEFT JOIN transaction_post AS post ON post.id = task.post_id
      WHERE task.state = 'attached' AND (post.reference IS NOT task.reference OR post.amount_minor IS NOT task.amount_minor)`,
    where: lateMoney,
    what: () => 'it is said to be attached, and its post says something else',
  },
  {
    rule: 'PAY-I3',
    sql: `SELECT reference, state FROM task WHERE (state = 'refunded') <> EXISTS (SELECT 1 FROM refund WHERE task_id = task.id AND state = 'refunded')`,
    where: lateMoney,
    what: (row) => `it is ${text(row, 'state')}, and its refunds say otherwise`,
  },
  {
    rule: 'PAY-I6',
    sql: `SELECT task.reference, task.amount_minor AS taken, sum(refund.amount_minor) AS given FROM refund JOIN task ON task.id = refund.task_id
      WHERE refund.state <> 'refused' GROUP BY task.id HAVING given > taken`,
    where: lateMoney,
    what: (row) => `${integer(row, 'given')} was given back of ${integer(row, 'taken')}`,
  },
];

/** Late money is on one receipt, given back, or waits for somebody: never two of these. */
export const checkTasks = (sql: Statements): Checked => ({ count: integer(sql('SELECT count(*) AS n FROM task').get() as Row, 'n'), findings: broken(sql, taskRules) });

/** The invariants that money obeys (docs/payments.md), as far as one register's database can say. */
export function checkPayments(sql: Statements): Checked {
  const findings = broken(sql, rules);
  return { count: integer(sql('SELECT count(*) AS n FROM payment_attempt').get() as Row, 'n'), findings };
}
