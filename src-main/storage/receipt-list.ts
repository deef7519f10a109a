import type { Currency } from '../contract/basics.ts';
import type { Delivery, MailState } from '../contract/mail-state.ts';
import type { PrintState, ReceiptRow } from '../contract/receipts.ts';
import type { ReceiptQuery } from '../core/ports/stores.ts';
import type { GivenWay } from '../core/ports/mail.ts';
import { integer, json, jsonOrNull, text, textOrNull, type Bindable, type Row, type Statements } from './database.ts';

const columns = `receipt.id, receipt.kind, receipt.number, receipt.completed_at, receipt.total_minor, receipt.currency, receipt.print_state,
  receipt.print_problem, register.number AS register_number, staff.name AS staff_name,
  (SELECT json_group_array(DISTINCT tender_kind) FROM transaction_post WHERE receipt_id = receipt.id AND kind = 'payment') AS tenders,
  (SELECT way FROM receipt_given WHERE receipt_id = receipt.id) AS given,
  (SELECT json_object('state', state, 'problem', nullif(problem, ''), 'tries', tries, 'nextTryAt', next_try_at, 'copy', copy) FROM outgoing_mail
    WHERE receipt_id = receipt.id ORDER BY outgoing_mail.id DESC LIMIT 1) AS mail`;
const joined = `receipt JOIN register ON register.id = receipt.register_id JOIN staff ON staff.id = receipt.staff_id`;

/** Exercises are listed while training is on, and nothing else then; they are nowhere among receipts when it is off. */
const ofNow = "(receipt.kind = 'training') = (coalesce((SELECT value FROM setting WHERE name = 'training'), 'off') = 'on')";

/** What became of the original, from all that may have happened to it. */
function deliveryOf(print: PrintState, given: GivenWay | null, mail: MailState | undefined): Delivery {
  if (given === 'sent' || given === 'shown') return given;
  if (print === 'printed' || print === 'copied') return 'printed';
  if (mail === 'queued' || mail === 'sending') return 'sending';
  if (given === 'declined') return 'declined';
  if (print === 'failed' || mail === 'failed') return 'failed';
  return print === 'waiting' ? 'waiting' : 'none';
}

type StoredMail = Omit<NonNullable<ReceiptRow['mail']>, 'copy'> & { readonly copy: number };

function mailOf(row: Row): ReceiptRow['mail'] {
  const stored = jsonOrNull<StoredMail>(row, 'mail');
  return stored && { ...stored, copy: stored.copy === 1 };
}

const rowOf = (row: Row): ReceiptRow => ({
  receiptId: text(row, 'id'),
  kind: text(row, 'kind') as ReceiptRow['kind'],
  number: integer(row, 'number'),
  registerNumber: integer(row, 'register_number'),
  at: text(row, 'completed_at'),
  staffName: text(row, 'staff_name'),
  totalMinor: integer(row, 'total_minor'),
  currency: text(row, 'currency') as Currency,
  tenders: json<string[]>(row, 'tenders'),
  printState: text(row, 'print_state') as PrintState,
  printProblem: text(row, 'print_problem'),
  delivery: deliveryOf(text(row, 'print_state') as PrintState, textOrNull(row, 'given') as GivenWay | null, mailOf(row)?.state),
  mail: mailOf(row),
});

type Condition = { readonly sql: string; readonly values: readonly Bindable[] };

const barcode = /^R(R?)(\d+)-(\d+)$/i;
const amountText = /^-?\d{1,9}([.,]\d{1,2})?$/;

/** `12,5` and `12.50` as minor units. Built from digits, so that no fraction is ever made. */
function typedMinor(typed: string): number {
  const [whole = '0', fraction = ''] = typed.replace('-', '').replace(',', '.').split('.');
  const minorUnits = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  return typed.startsWith('-') ? -minorUnits : minorUnits;
}

const escaped = (typed: string): string => typed.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** SQLite's LIKE knows the two cases of A to Z only: for `ärt` it is asked for `Ärt` and `ÄRT` as well. */
function writings(typed: string): readonly string[] {
  const lower = typed.toLocaleLowerCase();
  const [first = '', ...rest] = lower;
  return [...new Set([typed, lower, typed.toLocaleUpperCase(), first.toLocaleUpperCase() + rest.join('')])];
}

/** What a text can mean, from the surest to the widest: barcode; number or amount; names, codes and references. */
function conditionOf(typed: string): Condition {
  const code = barcode.exec(typed);
  if (code) return { sql: 'register.number = ? AND receipt.number = ? AND receipt.kind = ?', values: [Number(code[2]), Number(code[3]), code[1] === '' ? 'sale' : 'return'] };
  const numbers: Condition[] = [];
  if (/^\d{1,9}$/.test(typed)) numbers.push({ sql: 'receipt.number = ?', values: [Number(typed)] });
  if (amountText.test(typed)) numbers.push({ sql: 'receipt.total_minor = ?', values: [typedMinor(typed)] });
  const likes = writings(typed).map((one) => `%${escaped(one)}%`);
  const like = (column: string): string => `(${likes.map(() => `${column} LIKE ? ESCAPE '\\'`).join(' OR ')})`;
  const words: Condition = {
    sql: `receipt.id IN (SELECT receipt_id FROM receipt_line WHERE state = 'active' AND (${like('name')} OR code = ?)
      UNION SELECT receipt_id FROM transaction_post WHERE reference <> '' AND ${like('reference')}
      UNION SELECT id FROM receipt WHERE customer_reference <> '' AND ${like('customer_reference')})`,
    values: [...likes, typed, ...likes, ...likes],
  };
  const all = [...numbers, words];
  return { sql: `(${all.map((one) => one.sql).join(' OR ')})`, values: all.flatMap((one) => one.values) };
}

/** Completed receipts, newest first, `limit` of them after the receipt `before`. */
export function listReceipts(
  sql: Statements,
  query: ReceiptQuery,
): readonly ReceiptRow[] {
  const conditions: Condition[] = [{ sql: `receipt.state = 'completed' AND ${ofNow}`, values: [] }];
  if (query.text !== '') conditions.push(conditionOf(query.text));
  if (query.kind !== undefined) conditions.push({ sql: 'receipt.kind = ?', values: [query.kind] });
  if (query.between !== undefined) conditions.push({ sql: 'receipt.completed_at >= ? AND receipt.completed_at < ?', values: [...query.between] });
  if (query.before !== null) {
    conditions.push({
      sql: '(receipt.completed_at, receipt.id) < (SELECT completed_at, id FROM receipt WHERE id = ?)',
      values: [query.before],
    });
  }
  const where = conditions.map((one) => one.sql).join(' AND ');
  const rows = sql(
    `SELECT ${columns} FROM ${joined} WHERE ${where} ORDER BY receipt.completed_at DESC, receipt.id DESC LIMIT ?`,
  ).all(...conditions.flatMap((one) => one.values), query.limit) as Row[];
  return rows.map(rowOf);
}

export function receiptRow(sql: Statements, receiptId: string): ReceiptRow | null {
  const row = sql(`SELECT ${columns} FROM ${joined} WHERE receipt.id = ? AND receipt.state = 'completed'`).get(receiptId) as Row | undefined;
  return row ? rowOf(row) : null;
}

/** The newest completed receipt of a register. */
export function lastReceipt(sql: Statements, registerId: string): ReceiptRow | null {
  const row = sql(
    `SELECT ${columns} FROM ${joined} WHERE receipt.register_id = ? AND receipt.number IS NOT NULL AND receipt.series IN ('sale', 'training') AND ${ofNow}
     ORDER BY receipt.number DESC LIMIT 1`,
  ).get(registerId) as Row | undefined;
  return row ? rowOf(row) : null;
}
