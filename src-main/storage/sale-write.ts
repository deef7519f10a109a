import type { SaleWrite } from '../core/ports/stores.ts';
import type { Attempt, Line, Post, Receipt } from '../core/sales/model.ts';
import { totalsOf } from '../core/sales/totals.ts';
import { integer, text, type Row, type Statements } from './database.ts';
import { insertOrigin } from './returns.ts';
import { writeRefund } from './refunds.ts';
import { insertTask, writeTask } from './tasks.ts';

/** The stored receipt is not the one the step was made from: somebody else changed it first. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
}

/** The next number of a register's series; the row's trigger lets it rise by one only. */
export function nextNumber(sql: Statements, registerId: string, series: string): number {
  const row = sql(
    `INSERT INTO receipt_series (register_id, series, last_number) VALUES (?, ?, 1)
     ON CONFLICT (register_id, series) DO UPDATE SET last_number = last_number + 1 RETURNING last_number`,
  ).get(registerId, series) as Row;
  return integer(row, 'last_number');
}

const places = (count: number): string => Array(count).fill('?').join(', ');

const jsonOrNothing = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));

const headerValues = (receipt: Receipt, number: number | null) => [
  receipt.registerId,
  receipt.staffId,
  receipt.state,
  receipt.revision,
  receipt.completedAt,
  number === null ? null : receipt.kind,
  number,
  receipt.parkedName,
  receipt.aside ? 1 : 0,
  receipt.note,
  receipt.customerReference,
  jsonOrNothing(receipt.discount),
  receipt.discountReason,
  receipt.voidReason,
  receipt.ageConfirmedYears,
  receipt.roundingMinor,
  receipt.tipMinor,
  totalsOf(receipt).totalMinor,
  receipt.printState,
  receipt.printProblem,
  receipt.returned?.reason ?? '',
  receipt.returned?.inExchange === true ? 1 : 0,
  receipt.serving,
  receipt.distance ? 1 : 0,
];

function insertHeader(sql: Statements, receipt: Receipt, number: number | null): void {
  sql(
    `INSERT INTO receipt (id, kind, currency, opened_at, register_id, staff_id, state, revision, completed_at, series, number,
      parked_name, aside, note, customer_reference, discount, discount_reason, void_reason, age_confirmed_years, rounding_minor,
      tip_minor, total_minor, print_state, print_problem, return_reason, in_exchange, serving, distance, of_receipt_id, return_purpose, follows_receipt_id) VALUES (${places(31)})`,
  ).run(receipt.id, receipt.kind, receipt.currency, receipt.openedAt, ...headerValues(receipt, number), receipt.returned?.receiptId ?? null, receipt.returned?.purpose ?? '', receipt.followsId ?? null);
}

function updateHeader(sql: Statements, receipt: Receipt, number: number | null, expectRevision: number): void {
  const { changes } = sql(
    `UPDATE receipt SET register_id = ?, staff_id = ?, state = ?, revision = ?, completed_at = ?, series = ?, number = ?,
      parked_name = ?, aside = ?, note = ?, customer_reference = ?, discount = ?, discount_reason = ?, void_reason = ?,
      age_confirmed_years = ?, rounding_minor = ?, tip_minor = ?, total_minor = ?, print_state = ?, print_problem = ?, return_reason = ?, in_exchange = ?, serving = ?, distance = ?
     WHERE id = ? AND revision = ?`,
  ).run(...headerValues(receipt, number), receipt.id, expectRevision);
  if (changes !== 1) throw new ConflictError(`receipt ${receipt.id} is no longer at revision ${expectRevision}`);
}

function writeLine(sql: Statements, receipt: Receipt, line: Line): void {
  const ofLineId = line.back?.ofLineId ?? null;
  const ofStore = receipt.returned?.origin !== undefined;
  sql(
    `INSERT INTO receipt_line (id, receipt_id, position, state, revision, article_id, name, code, unit, quantity_milli,
      unit_price_minor, list_price_minor, override_reason, discount, discount_reason, vat_class, vat_rate_basis_points,
      labels, note, fixed_amount_minor, age_limit, of_line_id, of_store_line_id, back_gross_minor, back_vat_minor, article_group)
     VALUES (${places(25)}, coalesce((SELECT article_group FROM receipt_line WHERE id = ?), (SELECT article_group FROM article WHERE id = ?), ''))
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, revision = excluded.revision,
      quantity_milli = excluded.quantity_milli, unit_price_minor = excluded.unit_price_minor,
      override_reason = excluded.override_reason, discount = excluded.discount, discount_reason = excluded.discount_reason,
      vat_rate_basis_points = excluded.vat_rate_basis_points, note = excluded.note,
      fixed_amount_minor = excluded.fixed_amount_minor, back_gross_minor = excluded.back_gross_minor, back_vat_minor = excluded.back_vat_minor`,
  ).run(
    line.id,
    receipt.id,
    line.position,
    line.state,
    line.revision,
    line.articleId,
    line.name,
    line.code,
    line.unit,
    line.quantityMilli,
    line.unitPriceMinor,
    line.listPriceMinor,
    line.overrideReason,
    jsonOrNothing(line.discount),
    line.discountReason,
    line.vatClass,
    line.vatRateBasisPoints,
    JSON.stringify(line.labels),
    line.note,
    line.fixedAmountMinor,
    line.ageLimit,
    ofStore ? null : ofLineId,
    ofStore ? ofLineId : null,
    line.back?.grossMinor ?? null,
    line.back?.vatMinor ?? null,
    ofLineId,
    line.articleId,
  );
}

export function writeAttempt(sql: Statements, attempt: Attempt): void {
  const before = sql('SELECT state FROM payment_attempt WHERE id = ?').get(attempt.id) as Row | undefined;
  sql(
    `INSERT INTO payment_attempt (id, receipt_id, request_id, tender_id, tender_kind, state, amount_minor, currency,
      given_minor, change_minor, rounding_minor, reference, account_id, terminal_id, payment_order, provider_data,
      provider_reference, paid_minor, tip_minor, problem, cancel_asked, overdue, alarm, found, proof_released_at,
      window_started_at, created_at, updated_at, carried_over_at) VALUES (${places(29)})
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, reference = excluded.reference, change_minor = excluded.change_minor,
      rounding_minor = excluded.rounding_minor, provider_data = excluded.provider_data,
      provider_reference = excluded.provider_reference, paid_minor = excluded.paid_minor, tip_minor = excluded.tip_minor,
      problem = excluded.problem, cancel_asked = excluded.cancel_asked, overdue = excluded.overdue, alarm = excluded.alarm,
      found = excluded.found, proof_released_at = excluded.proof_released_at, window_started_at = excluded.window_started_at,
      updated_at = excluded.updated_at, carried_over_at = excluded.carried_over_at`,
  ).run(
    attempt.id,
    attempt.receiptId,
    attempt.requestId,
    attempt.tenderId,
    attempt.tenderKind,
    attempt.state,
    attempt.amountMinor,
    attempt.currency,
    attempt.givenMinor,
    attempt.changeMinor,
    attempt.roundingMinor,
    attempt.reference,
    attempt.accountId,
    attempt.terminalId,
    jsonOrNothing(attempt.order),
    JSON.stringify(attempt.data),
    attempt.providerReference,
    attempt.paidMinor,
    attempt.tipMinor,
    jsonOrNothing(attempt.problem),
    attempt.cancelAsked ? 1 : 0,
    attempt.overdue ? 1 : 0,
    jsonOrNothing(attempt.alarm),
    jsonOrNothing(attempt.found),
    attempt.proofReleasedAt,
    attempt.windowStartedAt,
    attempt.createdAt,
    attempt.updatedAt,
    attempt.carriedOverAt,
  );
  const from = before ? text(before, 'state') : null;
  if (from === attempt.state) return;
  sql('INSERT INTO attempt_transition (attempt_id, from_state, to_state, at) VALUES (?, ?, ?, ?)').run(
    attempt.id,
    from,
    attempt.state,
    attempt.updatedAt,
  );
}

function writePost(sql: Statements, receipt: Receipt, post: Post): void {
  const position = receipt.posts.findIndex((one) => one.id === post.id) + 1;
  if (position === 0) throw new Error(`storage: post ${post.id} is not on its receipt`);
  sql(
    `INSERT INTO transaction_post (id, receipt_id, attempt_id, position, tender_id, tender_kind, kind, amount_minor,
      reference, description, verified, at) VALUES (${places(12)})`,
  ).run(
    post.id,
    receipt.id,
    post.attemptId,
    position,
    post.tenderId,
    post.tenderKind,
    post.kind,
    post.amountMinor,
    post.reference,
    post.description,
    post.verified ? 1 : 0,
    post.at,
  );
  // Cash is in the drawer that is in use, if there is one: its shift answers for it.
  if (post.tenderKind !== 'cash' || receipt.kind === 'training') return;
  sql('INSERT INTO shift_cash (post_id, shift_id, amount_minor) SELECT ?, shift_id, ? FROM drawer_in_use WHERE register_id = ?').run(post.id, post.amountMinor, receipt.registerId);
}

/**
 * Writes one step of a sale. Runs inside a transaction. Lines go before the header, since a completed receipt takes no
 * more of them; a new receipt's header goes first, since lines belong to it. A refund that has ended goes before the post that
 * it leaves, late money after the post that it becomes.
 */
export function writeSale(sql: Statements, write: SaleWrite): number | null {
  const { receipt, expectRevision } = write;
  const number = write.assignNumber ? nextNumber(sql, receipt.registerId, receipt.kind) : null;
  if (expectRevision === null) {
    insertHeader(sql, receipt, number);
    insertOrigin(sql, receipt);
  }
  for (const task of write.newTasks ?? []) insertTask(sql, task);
  for (const line of write.lines) writeLine(sql, receipt, line);
  for (const refund of write.refunds) writeRefund(sql, refund);
  if (expectRevision !== null) updateHeader(sql, receipt, number, expectRevision);
  for (const attempt of write.attempts) writeAttempt(sql, attempt);
  for (const post of write.newPosts) writePost(sql, receipt, post);
  for (const task of write.tasks) writeTask(sql, task);
  return number;
}
