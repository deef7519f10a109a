import { statementsOf, type Database, type Statements } from '../../storage/database.ts';
import type { Ledger } from './provider.ts';
import type { Lost, Violation } from './run-context.ts';

/*
 * Looks at the books with its own eyes: plain SQL over the registers' databases, laid beside what the provider counts as
 * money. It shares nothing with the engine whose work it checks.
 */
type Row = Readonly<Record<string, string | number | null>>;
const prepared = new WeakMap<Database, Statements>();

/** A statement of a register's database, prepared once: the books are looked at after each event. */
export function statement(db: Database, sql: string): ReturnType<Statements> {
  let known = prepared.get(db);
  if (!known) prepared.set(db, (known = statementsOf(db)));
  return known(sql);
}

const all = (db: Database, sql: string): readonly Row[] => statement(db, sql).all() as Row[];

export const unfinished = "state NOT IN ('paid', 'cancelled', 'declined', 'expired', 'released', 'reversed', 'not-started')";

/** What must hold at every moment, within one register. */
export function momentary(db: Database, exclusive: boolean): readonly Violation[] {
  const found: Violation[] = [];
  const check = (rule: string, sql: string): void => {
    for (const row of all(db, sql)) found.push({ rule, what: JSON.stringify(row) });
  };
  check('PAY-I1', `SELECT receipt_id, count(*) AS n FROM payment_attempt WHERE ${unfinished} AND carried_over_at IS NULL GROUP BY receipt_id HAVING n > 1`);
  if (exclusive) check('PAY-I1', `SELECT terminal_id, count(*) AS n FROM payment_attempt WHERE ${unfinished} AND terminal_id IS NOT NULL GROUP BY terminal_id HAVING n > 1`);
  check('PAY-I2', `SELECT receipt.id, receipt.total_minor, receipt.rounding_minor, receipt.tip_minor, (SELECT coalesce(sum(amount_minor), 0) FROM transaction_post WHERE receipt_id = receipt.id) AS paid
    FROM receipt WHERE receipt.state = 'completed' AND paid <> receipt.total_minor + receipt.rounding_minor + receipt.tip_minor`);
  check('PAY-I2', `SELECT payment_attempt.id FROM payment_attempt JOIN receipt ON receipt.id = receipt_id WHERE receipt.state IN ('completed', 'voided') AND payment_attempt.${unfinished} AND carried_over_at IS NULL`);
  check('PAY-I4', `SELECT payment_attempt.id, payment_attempt.state, task.doubt FROM payment_attempt LEFT JOIN task ON task.attempt_id = payment_attempt.id AND task.doubt IS NOT NULL
    WHERE carried_over_at IS NOT NULL AND (payment_attempt.${unfinished}) IS NOT (task.doubt = 'open' AND task.state IN ('open', 'handed-over'))`);
  check('PAY-I3', `SELECT payment_attempt.id FROM payment_attempt JOIN transaction_post ON attempt_id = payment_attempt.id WHERE carried_over_at IS NOT NULL`);
  check('PAY-I3', `SELECT post.reference, count(*) AS n FROM transaction_post AS post JOIN payment_attempt AS attempt ON attempt.id = attempt_id
    WHERE post.kind = 'payment' AND verified = 1 AND post.reference <> '' AND proof_released_at IS NULL GROUP BY post.reference HAVING n > 1`);
  check('PAY-I6', `SELECT post_id, sum(refund.amount_minor) AS given, transaction_post.amount_minor AS paid FROM refund JOIN transaction_post ON transaction_post.id = post_id
    WHERE refund.state <> 'refused' GROUP BY post_id HAVING given > paid`);
  check('PAY-I7', 'SELECT register_id, count(*) AS n, max(number) AS last FROM receipt WHERE number IS NOT NULL GROUP BY register_id HAVING n <> last');
  return found;
}

/** The books of a day: each register's database, and what restored copies have made it forget. */
export type Books = { readonly dbs: readonly Database[]; readonly lost: readonly Lost[]; readonly kind: string; readonly proves: boolean; /** What the provider holds, by its own names. */ readonly held: readonly string[] };

type Posted = { readonly amount: number; readonly attempt: string };

const sumOf = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0);

const notWorthAnything = "(attempt.reference = '' AND (attempt.proof_released_at IS NOT NULL OR receipt.state <> 'completed'))";

/** What must hold when all is quiet: both sides count the same money. */
export function reconcile({ dbs, lost, kind, proves, held }: Books, ledger: Ledger, ownReference: (reference: string) => string): readonly Violation[] {
  const found: Violation[] = [];
  const posts = new Map<string, Posted>();
  const refunds: Row[] = [];
  const tasks = new Set<string>();
  for (const db of dbs) {
    for (const row of all(db, `SELECT post.reference, post.amount_minor, attempt.id FROM transaction_post AS post JOIN payment_attempt AS attempt ON attempt.id = post.attempt_id
      JOIN receipt ON receipt.id = post.receipt_id WHERE post.tender_kind = '${kind}' AND post.kind = 'payment' AND NOT ${notWorthAnything}`)) {
      const reference = String(row['reference']);
      if (posts.has(reference)) found.push({ rule: 'PAY-I3', what: `${reference} stands on two receipts` });
      posts.set(reference, { amount: Number(row['amount_minor']), attempt: String(row['id']) });
    }
    refunds.push(...all(db, `SELECT refund.amount_minor, refund.state, refund.provider_reference, coalesce(post.reference, task.reference) AS paid FROM refund
      LEFT JOIN transaction_post AS post ON post.id = refund.post_id LEFT JOIN task ON task.id = refund.task_id`));
    for (const row of all(db, "SELECT reference FROM task WHERE kind = 'late-money' AND state <> 'attached' AND reference <> ''")) tasks.add(String(row['reference']));
    for (const row of all(db, `SELECT id, state FROM payment_attempt WHERE ${unfinished}`)) found.push({ rule: 'PAY-I4', what: `payment ${String(row['id'])} is still ${String(row['state'])}` });
    for (const row of all(db, "SELECT id, state FROM refund WHERE state NOT IN ('refunded', 'refused')")) found.push({ rule: 'PAY-I4', what: `refund ${String(row['id'])} is still ${String(row['state'])}` });
  }
  const forgotten = (reference: string): boolean => lost.some(({ references, own }) => references.has(reference) || own.has(ownReference(reference)));
  // What a restored copy has forgotten stays held until the provider lets go of it.
  for (const reference of held) if (!forgotten(reference)) found.push({ rule: 'PAY-I3', what: `the provider holds the money of ${reference}, and nobody takes it or lets go of it` });
  // Where a restored copy has forgotten that a part went back, a person books what is left.
  const exempt = new Set(lost.flatMap((one) => [...one.refundedOf]));
  const forgottenRefunds = (reference: string): number =>
    exempt.has(reference) ? sumOf(ledger.filter((one) => one.of === reference).map((one) => one.amountMinor)) - sumOf(refunds.filter((row) => row['state'] === 'refunded' && row['paid'] === reference).map((row) => Number(row['amount_minor']))) : 0;
  const captured = new Map(ledger.filter((one) => one.kind === 'captured').map((one) => [one.reference, one]));
  for (const { reference, amountMinor: amount, foreign } of captured.values()) {
    const posted = posts.get(reference);
    // A proof that nobody has shown, another till's payment, and what a restored copy has forgotten are not ours to know.
    const known = proves || foreign === true || forgotten(reference);
    if (posted === undefined && !tasks.has(reference) && !known) found.push({ rule: 'PAY-I3', what: `the provider took ${amount} (${reference}), and no receipt knows of it` });
    if (posted !== undefined && tasks.has(reference)) found.push({ rule: 'PAY-I3', what: `${reference} is on a receipt and a task` });
    if (posted !== undefined && posted.amount !== amount && posted.amount !== amount - forgottenRefunds(reference)) found.push({ rule: 'PAY-I3', what: `the provider took ${amount} (${reference}), the receipt says ${posted.amount}` });
  }
  for (const [reference, { amount, attempt }] of posts) {
    if (!captured.has(reference)) found.push({ rule: 'PAY-I3', what: `a receipt says ${amount} (${reference}), and the provider has no such money` });
    if (lost.some((one) => one.references.has(reference) && !one.knownAttempts.has(attempt)) && !proves) found.push({ rule: 'PAY-I3', what: `after a restore ${reference}, which was another receipt's, pays a new one` });
  }
  return [...found, ...reconcileRefunds(refunds, ledger, (reference) => exempt.has(reference) || forgotten(reference))];
}

function reconcileRefunds(refunds: readonly Row[], ledger: Ledger, exempt: (reference: string) => boolean): readonly Violation[] {
  const found: Violation[] = [];
  const given = new Map<string, number>();
  for (const one of ledger) if (one.kind === 'refunded') given.set(one.of ?? '', (given.get(one.of ?? '') ?? 0) + one.amountMinor);
  const booked = new Map<string, number>();
  for (const row of refunds) if (row['state'] === 'refunded') booked.set(String(row['paid']), (booked.get(String(row['paid'])) ?? 0) + Number(row['amount_minor']));
  for (const reference of new Set([...given.keys(), ...booked.keys()])) {
    const [there, here] = [given.get(reference) ?? 0, booked.get(reference) ?? 0];
    if (there !== here && !exempt(reference)) found.push({ rule: 'PAY-I6', what: `of ${reference} the provider gave back ${there}, our books say ${here}` });
  }
  return found;
}
