import type { Currency } from '../../contract/basics.ts';
import { minor, type Minor } from '../../core/money.ts';
import type { Stores } from '../../core/ports/stores.ts';
import { readingDatabase } from '../audit/reading.ts';
import { integer, json, statementsOf, text, type Row, type Statements } from '../database.ts';
import { storesOf } from '../open.ts';

/** A completed sale, as a list of another store shows it. */
export type SaleHead = { readonly receiptId: string; readonly number: number; readonly registerNumber: number; readonly at: string; readonly currency: Currency; readonly totalMinor: Minor; readonly tenderKinds: readonly string[] };

/** A store's database at one moment, beside its running register. Nothing of it can be written. */
export type OtherStore = {
  readonly stores: Stores;
  /** Completed sales by barcode, number, or any name that a payment has at its provider, newest first. */
  find(typed: string, limit: number): readonly SaleHead[];
};

const barcode = /^R(\d{1,6})-(\d{1,9})$/i;
/** Shorter pieces of a reference would find half the day. */
const shortestReference = 6;

const headOf = (row: Row): SaleHead => ({
  receiptId: text(row, 'id'),
  number: integer(row, 'number'),
  registerNumber: integer(row, 'register_number'),
  at: text(row, 'completed_at'),
  currency: text(row, 'currency') as Currency,
  totalMinor: minor(integer(row, 'total_minor')),
  tenderKinds: json<string[]>(row, 'tenders'),
});

/** What a text names at once, by an index. */
const named = `SELECT receipt_id FROM transaction_post WHERE kind = 'payment' AND reference <> '' AND reference = $typed
  UNION SELECT receipt_id FROM payment_attempt WHERE reference <> '' AND reference = $typed AND state = 'paid'`;
/** What it may be a piece of: all payments are looked through. */
const partly = `SELECT receipt_id FROM transaction_post WHERE kind = 'payment' AND reference <> '' AND reference LIKE $like ESCAPE '\\'
  UNION SELECT receipt_id FROM payment_attempt WHERE state = 'paid' AND reference <> '' AND (reference LIKE $like ESCAPE '\\'
    OR EXISTS (SELECT 1 FROM json_each(provider_data) WHERE json_each.value LIKE $like ESCAPE '\\'))`;

type Values = Readonly<Record<string, string | number>>;

function salesWhere(sql: Statements, where: string, values: Values): readonly SaleHead[] {
  const rows = sql(
    `SELECT receipt.id, receipt.number, register.number AS register_number, receipt.completed_at, receipt.currency, receipt.total_minor,
      (SELECT json_group_array(DISTINCT tender_kind) FROM transaction_post WHERE receipt_id = receipt.id AND kind = 'payment') AS tenders
     FROM receipt JOIN register ON register.id = receipt.register_id
     WHERE receipt.state = 'completed' AND receipt.kind = 'sale' AND (${where}) ORDER BY receipt.completed_at DESC, receipt.id DESC LIMIT $limit`,
  ).all(values) as Row[];
  return rows.map(headOf);
}

/** From the surest to the widest; the widest only where nothing else fits. */
function find(sql: Statements, typed: string, limit: number): readonly SaleHead[] {
  const code = barcode.exec(typed);
  if (code) return salesWhere(sql, 'register.number = $register AND receipt.number = $number', { register: Number(code[1]), number: Number(code[2]), limit });
  const number = /^\d{1,9}$/.test(typed) ? Number(typed) : -1;
  const sure = salesWhere(sql, `receipt.number = $number OR receipt.id IN (${named})`, { number, typed, limit });
  if (sure.length > 0 || typed.length < shortestReference) return sure;
  return salesWhere(sql, `receipt.id IN (${partly})`, { like: `%${typed.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`, limit });
}

/** Looks at a store's database. Throws UnreadableDatabaseError, and SQLite's own errors where there is none. */
export function lookAtStore<T>(file: string, look: (store: OtherStore) => T, nativeBinding?: string): T {
  return readingDatabase(
    file,
    (db) => {
      const sql = statementsOf(db);
      // Nothing is written, so nothing is hashed.
      return look({ stores: storesOf(db, (content) => content), find: (typed, limit) => find(sql, typed, limit) });
    },
    nativeBinding,
  );
}
