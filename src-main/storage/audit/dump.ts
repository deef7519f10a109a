import { jsonOrNull, statementsOf, text, textOrNull, type Row, type Statements } from '../database.ts';
import { readingDatabase } from './reading.ts';

/** A row as it is told outside: names in camel case, JSON columns as values, flags as booleans. */
type Told = Readonly<Record<string, unknown>>;

const camel = (name: string): string => name.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
const jsonColumns = new Set(['discount', 'labels', 'detail', 'problem', 'payment_order', 'provider_data', 'alarm', 'found', 'body', 'pieces']);
/** Sealed: nobody outside has any use for it. */
const sealedColumns = new Set(['sealed_identifier']);
const flagColumns = new Set(['verified', 'cancel_asked', 'overdue', 'aside', 'printed', 'in_exchange']);

function told(row: Row): Told {
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => !sealedColumns.has(name)).map(([name, value]) => {
      if (jsonColumns.has(name)) return [camel(name), jsonOrNull(row, name)];
      return [camel(name), flagColumns.has(name) ? value === 1 : value];
    }),
  );
}

/** Payments and refunds as a provider counts them, to lay beside its ledger. */
export type DumpedPost = {
  readonly provider: string;
  readonly reference: string;
  readonly kind: 'captured' | 'refunded' | 'returned' | 'task';
  readonly amountMinor: number;
  readonly currency: string;
  readonly at: string;
  readonly receipt: string | null;
  readonly verified: boolean;
  readonly of?: string;
};

const bySince = (sql: Statements, query: string, since: string): readonly Told[] => (sql(query).all({ since }) as Row[]).map(told);

function grouped(rows: readonly Told[], by: string): ReadonlyMap<unknown, readonly Told[]> {
  const groups = new Map<unknown, Told[]>();
  for (const row of rows) {
    const group = groups.get(row[by]);
    if (group) group.push(row);
    else groups.set(row[by], [row]);
  }
  return groups;
}

function receiptsOf(sql: Statements, since: string): readonly Told[] {
  const changed = 'SELECT id FROM receipt WHERE coalesce(completed_at, opened_at) >= $since';
  const lines = grouped(bySince(sql, `SELECT * FROM receipt_line WHERE receipt_id IN (${changed}) ORDER BY receipt_id, position`, since), 'receiptId');
  const posts = grouped(bySince(sql, `SELECT * FROM transaction_post WHERE receipt_id IN (${changed}) ORDER BY receipt_id, position`, since), 'receiptId');
  const origins = grouped(bySince(sql, `SELECT return_id, store_id, store_name, receipt_id, number, register_number, at FROM return_origin WHERE return_id IN (${changed})`, since), 'returnId');
  return bySince(sql, 'SELECT * FROM receipt WHERE coalesce(completed_at, opened_at) >= $since ORDER BY opened_at, id', since).map((receipt) => ({
    ...receipt,
    ...Object.fromEntries((origins.get(receipt['id']) ?? []).map((origin) => ['origin', origin])),
    lines: lines.get(receipt['id']) ?? [],
    posts: posts.get(receipt['id']) ?? [],
  }));
}

/** Shifts with what moved in their drawers, how they were counted, and what their receipts brought in cash. */
function shiftsOf(sql: Statements, since: string): readonly Told[] {
  const chosen = 'SELECT id FROM shift WHERE coalesce(closed_at, $since) >= $since';
  const movements = grouped(bySince(sql, `SELECT * FROM cash_movement WHERE shift_id IN (${chosen}) ORDER BY shift_id, number`, since), 'shiftId');
  const counts = grouped(bySince(sql, `SELECT * FROM cash_count WHERE shift_id IN (${chosen}) ORDER BY shift_id, number`, since), 'shiftId');
  return bySince(sql, `SELECT *, (SELECT coalesce(sum(amount_minor), 0) FROM shift_cash WHERE shift_id = shift.id) AS receipts_cash_minor FROM shift WHERE id IN (${chosen}) ORDER BY register_id, number`, since).map((shift) => ({
    ...shift,
    movements: movements.get(shift['id']) ?? [],
    counts: counts.get(shift['id']) ?? [],
  }));
}

function withTransitions(rows: readonly Told[], transitions: readonly Told[], by: string): readonly Told[] {
  const groups = grouped(transitions, by);
  return rows.map((row) => ({ ...row, transitions: (groups.get(row['id']) ?? []).map(({ fromState, toState, at }) => ({ from: fromState, to: toState, at })) }));
}

/**
 * Every payment that was taken by other means than cash, unless it was given back before its receipt was completed; and every
 * refund, on behalf of another store too (`of` is then that store's payment, and `receipt` the return), and what a cashier gave back on a card terminal by a return. What is set off moves no money. A scanned proof, which is an attempt without a reference of ours, counts from the completion of its receipt.
 */
function postsOf(sql: Statements, since: string): readonly DumpedPost[] {
  const taken = sql(
    `SELECT post.tender_kind, post.reference, post.amount_minor, receipt.currency, post.at, post.receipt_id, post.verified,
      EXISTS (SELECT 1 FROM transaction_post AS back WHERE back.attempt_id = post.attempt_id AND back.kind = 'taken-back') AS returned
     FROM transaction_post AS post JOIN receipt ON receipt.id = post.receipt_id JOIN payment_attempt AS attempt ON attempt.id = post.attempt_id
     WHERE NOT (attempt.reference = '' AND attempt.provider_reference <> '' AND (receipt.state <> 'completed' OR attempt.proof_released_at IS NOT NULL)) AND post.kind = 'payment' AND post.tender_kind NOT IN ('cash', 'set-off') AND receipt.kind = 'sale' AND post.at >= $since ORDER BY post.at, post.id`,
  ).all({ since }) as Row[];
  const refunded = sql(
    `SELECT refund.tender_kind, refund.provider_reference, refund.amount_minor, refund.currency, refund.updated_at, CASE WHEN refund.payment_id IS NULL THEN refund.receipt_id ELSE refund.return_id END AS receipt_id,
      coalesce(post.reference, task.reference, away.reference) AS paid
     FROM refund LEFT JOIN transaction_post AS post ON post.id = refund.post_id LEFT JOIN task ON task.id = refund.task_id LEFT JOIN store_payment AS away ON away.id = refund.payment_id
     WHERE refund.state = 'refunded' AND refund.updated_at >= $since ORDER BY refund.updated_at, refund.id`,
  ).all({ since }) as Row[];
  const onCard = sql(
    `SELECT post.tender_kind, post.reference, -post.amount_minor AS amount_minor, receipt.currency, post.at, post.receipt_id FROM transaction_post AS post JOIN receipt ON receipt.id = post.receipt_id
     WHERE receipt.kind = 'return' AND post.tender_kind = 'manual-card' AND post.at >= $since ORDER BY post.at, post.id`,
  ).all({ since }) as Row[];
  // Of a doubt nobody knows whether there is money. What was attached is a post of its receipt; what was refunded was taken, and given back, and is on none.
  const late = sql("SELECT * FROM task WHERE kind = 'late-money' AND state <> 'attached' AND coalesce(doubt, 'paid') = 'paid' AND opened_at >= $since ORDER BY opened_at, id").all({ since }) as Row[];
  const tasks = late.map((row): DumpedPost => ({
    provider: text(row, 'provider'),
    reference: text(row, 'reference'),
    kind: row['state'] === 'refunded' ? 'returned' : 'task',
    amountMinor: Number(row['amount_minor']),
    currency: text(row, 'currency'),
    at: text(row, 'opened_at'),
    receipt: null,
    verified: true,
  }));
  return [
    ...tasks,
    ...taken.map((row): DumpedPost => ({
      provider: text(row, 'tender_kind'),
      reference: text(row, 'reference'),
      kind: row['returned'] === 1 ? 'returned' : 'captured',
      amountMinor: Number(row['amount_minor']),
      currency: text(row, 'currency'),
      at: text(row, 'at'),
      receipt: row['returned'] === 1 ? null : text(row, 'receipt_id'),
      verified: row['verified'] === 1,
    })),
    ...onCard.map((row): DumpedPost => ({ provider: text(row, 'tender_kind'), reference: text(row, 'reference'), kind: 'refunded', amountMinor: Number(row['amount_minor']), currency: text(row, 'currency'), at: text(row, 'at'), receipt: text(row, 'receipt_id'), verified: false })),
    ...refunded.map((row): DumpedPost => ({
      provider: text(row, 'tender_kind'),
      reference: text(row, 'provider_reference'),
      kind: 'refunded',
      amountMinor: Number(row['amount_minor']),
      currency: text(row, 'currency'),
      at: text(row, 'updated_at'),
      receipt: textOrNull(row, 'receipt_id'),
      verified: true,
      of: text(row, 'paid'),
    })),
  ];
}

/**
 * Everything about money in one register's database, for somebody who audits it without reading code. Nothing sealed is
 * read: accounts and terminals are told by their names. Works beside a running shop. Throws
 * UnreadableDatabaseError.
 */
export function dumpDatabase(file: string, since: string): object {
  return readingDatabase(file, (db) => {
    const sql = statementsOf(db);
    const attempts = bySince(sql, 'SELECT * FROM payment_attempt WHERE updated_at >= $since ORDER BY created_at, id', since);
    const refunds = bySince(sql, 'SELECT * FROM refund WHERE updated_at >= $since ORDER BY created_at, id', since);
    const shop = sql('SELECT name, country, currency, time_zone FROM shop').get() as Row | undefined;
    return {
      shop: shop ? told(shop) : null,
      registers: (sql('SELECT * FROM register ORDER BY number').all() as Row[]).map(told),
      staff: (sql('SELECT id, name, role, active FROM staff ORDER BY id').all() as Row[]).map(told),
      providers: (sql('SELECT id, provider, name FROM provider_account ORDER BY provider, name').all() as Row[]).map(told),
      receipts: receiptsOf(sql, since),
      attempts: withTransitions(attempts, bySince(sql, 'SELECT * FROM attempt_transition WHERE attempt_id IN (SELECT id FROM payment_attempt WHERE updated_at >= $since) ORDER BY seq', since), 'attemptId'),
      refunds: withTransitions(refunds, bySince(sql, 'SELECT * FROM refund_transition WHERE refund_id IN (SELECT id FROM refund WHERE updated_at >= $since) ORDER BY seq', since), 'refundId'),
      posts: postsOf(sql, since),
      tasks: bySince(sql, 'SELECT * FROM task WHERE updated_at >= $since ORDER BY opened_at, id', since),
      storePayments: (sql('SELECT * FROM store_payment ORDER BY id').all() as Row[]).map(told),
      providerReceipts: bySince(sql, 'SELECT * FROM provider_receipt WHERE coalesce(ended_at, queued_at) >= $since ORDER BY queued_at, attempt_id', since),
      setOffs: (sql('SELECT * FROM set_off ORDER BY return_post_id').all() as Row[]).map(told),
      shifts: shiftsOf(sql, since),
      z: bySince(sql, "SELECT * FROM report WHERE kind = 'z' AND at >= $since ORDER BY register_id, number", since),
      x: bySince(sql, "SELECT * FROM report WHERE kind = 'x' AND at >= $since ORDER BY register_id, number", since),
      issuedPapers: bySince(sql, 'SELECT * FROM issued_paper WHERE at >= $since ORDER BY register_id, series, number', since),
      journal: bySince(sql, 'SELECT * FROM journal WHERE at >= $since ORDER BY register_id, seq', since),
    };
  });
}
