import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openDatabase, statementsOf, type Database } from './database.ts';
import { migrate, NewerDatabaseError, versionOf } from './migrate.ts';
import { migrations, type Migration } from './migrations/index.ts';
import { InUseError, takeInstanceLock } from './instance-lock.ts';
import { unprintedStore } from './unprinted-papers.ts';

const folder = mkdtempSync(join(tmpdir(), 'kassa-migrate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const upTo = (version: number): readonly Migration[] => migrations.filter((step) => step.version <= version);

/** A database at a version, with the rows that the version before it could hold. */
function at(version: number, rows: (db: Database) => void = () => undefined): Database {
  const db = openDatabase(':memory:');
  db.pragma('foreign_keys = ON');
  migrate(db, upTo(version), null, 0);
  rows(db);
  return db;
}

const shopRows = (db: Database): void => {
  db.exec("INSERT INTO register VALUES ('r', 1, 'Till'); INSERT INTO staff VALUES ('s', 'Aino', 'cashier', NULL, 1, 'hash')");
};
const receiptRow = (id: string, state: string, number: number | null): string =>
  `INSERT INTO receipt VALUES ('${id}', 'r', 's', 'sale', '${state}', 1, 'EUR', 't0', ${number === null ? 'NULL, NULL, NULL' : `'t1', 'sale', ${number}`}, '', '', '', NULL, '', '', 0, 0, 100, 'none', '')`;
const plan = (db: Database, sql: string): string =>
  (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { readonly detail: string }[]).map((row) => row.detail).join('; ');

describe('migrations, one by one', () => {
  test('10 holds shop, register, staff, VAT rates and settings, and refuses a second shop', () => {
    const db = at(10, shopRows);
    expect(db.prepare('SELECT name FROM staff').get()).toEqual({ name: 'Aino' });
    expect(() => db.exec("INSERT INTO register VALUES ('r2', 1, 'again')")).toThrow(/UNIQUE/);
    expect(() => db.exec("INSERT INTO vat_rate VALUES ('FI', 'standard', '2024-09-01', 10001)")).toThrow(/CHECK/);
  });

  test('20 keeps what 10 held and finds articles by words, by their middle and by GTIN with its index', () => {
    const db = at(10, shopRows);
    migrate(db, upTo(20), null, 0);
    db.exec("INSERT INTO article VALUES (1, 'a', '07310000000012', '7310000000012', NULL, 'Blåbärssoppa', 'Mat', 'low', 'piece', 'fixed', NULL, 1)");
    expect(db.prepare('SELECT name FROM register').get()).toEqual({ name: 'Till' });
    expect(db.prepare("SELECT rowid FROM article_words WHERE article_words MATCH '\"blab\"*'").get()).toEqual({ rowid: 1 });
    expect(db.prepare("SELECT rowid FROM article_trigrams WHERE article_trigrams MATCH '\"ssop\"'").get()).toEqual({ rowid: 1 });
    db.exec("UPDATE article SET name = 'Nyponsoppa'");
    expect(db.prepare("SELECT rowid FROM article_words WHERE article_words MATCH '\"blab\"*'").get()).toBeUndefined();
    expect(() => db.exec('DELETE FROM article')).toThrow(/never deleted/);
    expect(plan(db, "SELECT * FROM article WHERE gtin14 = 'x'")).toContain('INDEX');
  });

  test('PAY-I7 30 lets numbers only rise by one and never repeats one', () => {
    const db = at(20, shopRows);
    migrate(db, upTo(30), null, 0);
    db.exec("INSERT INTO receipt_series VALUES ('r', 'sale', 1)");
    expect(() => db.exec('UPDATE receipt_series SET last_number = 3')).toThrow(/rise by one/);
    db.exec(receiptRow('one', 'completed', 1));
    expect(() => db.exec(receiptRow('two', 'completed', 1))).toThrow(/UNIQUE/);
    expect(() => db.exec(receiptRow('three', 'completed', null))).toThrow(/CHECK/);
    expect(plan(db, "SELECT * FROM receipt WHERE register_id = 'r' AND series = 'sale' AND number = 1")).toContain('receipt_number');
  });

  test('C-5 30 refuses every change of a completed receipt and its lines', () => {
    const db = at(30, (fresh) => {
      shopRows(fresh);
      fresh.exec(receiptRow('one', 'open', null));
      fresh.exec("INSERT INTO receipt_line VALUES ('l', 'one', 1, 'active', 1, NULL, 'Bun', '', 'piece', 1000, 100, 100, '', NULL, '', 'low', 1350, '[]', '', NULL, NULL)");
      fresh.exec("UPDATE receipt SET state = 'completed', completed_at = 't', series = 'sale', number = 1 WHERE id = 'one'");
    });
    expect(() => db.exec("UPDATE receipt SET total_minor = 1 WHERE id = 'one'")).toThrow(/never changed/);
    expect(() => db.exec("UPDATE receipt_line SET name = 'Bread'")).toThrow(/never changed/);
    expect(() => db.exec('DELETE FROM receipt_line')).toThrow(/never deleted/);
    db.exec("UPDATE receipt SET print_state = 'printed'");
  });

  test('PAY-I1 40 allows one unfinished attempt per receipt, and posts that are never changed', () => {
    const db = at(30, (fresh) => {
      shopRows(fresh);
      fresh.exec(receiptRow('one', 'open', null));
    });
    migrate(db, upTo(40), null, 0);
    const attempt = (id: string, state: string): string =>
      `INSERT INTO payment_attempt VALUES ('${id}', 'one', 'q-${id}', 'cash', 'cash', '${state}', 100, 'EUR', 100, 0, 0, '', NULL, NULL, 't', 't')`;
    db.exec(attempt('a', 'waiting'));
    expect(() => db.exec(attempt('b', 'starting'))).toThrow(/UNIQUE/);
    db.exec(attempt('c', 'declined'));
    db.exec("INSERT INTO transaction_post VALUES ('p', 'one', 'a', 1, 'cash', 'cash', 'payment', 100, '', '', 1, 't')");
    expect(() => db.exec('UPDATE transaction_post SET amount_minor = 1')).toThrow(/never changed/);
    expect(() => db.exec('DELETE FROM transaction_post')).toThrow(/never deleted/);
  });

  test('C-1 C-2 50 numbers the journal without a gap and never changes it', () => {
    const db = at(40, shopRows);
    migrate(db, upTo(50), null, 0);
    const entry = (seq: number): string => `INSERT INTO journal VALUES ('r', ${seq}, 't', 120, NULL, 'x', NULL, '{}', '0', 'h')`;
    db.exec(entry(1));
    expect(() => db.exec(entry(3))).toThrow(/without a gap/);
    db.exec(entry(2));
    expect(() => db.exec("UPDATE journal SET kind = 'y'")).toThrow(/never changed/);
    expect(() => db.exec('DELETE FROM journal')).toThrow(/never deleted/);
  });

  test('100 gives receipts and payments their tips, and lets a proof that was given back be used again', () => {
    const db = at(90, (fresh) => {
      shopRows(fresh);
      fresh.exec(receiptRow('one', 'paying', null).replace("'none', '')", "'none', '', 0)"));
      fresh.exec("INSERT INTO payment_attempt (id, receipt_id, request_id, tender_id, tender_kind, state, amount_minor, currency, given_minor, change_minor, rounding_minor, reference, provider_reference, created_at, updated_at) VALUES ('a', 'one', 'q', 'app', 'app', 'paid', 100, 'EUR', 100, 0, 0, '', 'theirs', 't', 't')");
    });
    migrate(db, upTo(100), null, 0);
    expect(db.prepare('SELECT tip_minor, alarm, found, overdue FROM payment_attempt').get()).toEqual({ tip_minor: 0, alarm: null, found: null, overdue: 0 });
    const again = "INSERT INTO payment_attempt (id, receipt_id, request_id, tender_id, tender_kind, state, amount_minor, currency, given_minor, change_minor, rounding_minor, reference, provider_reference, created_at, updated_at) SELECT 'b', receipt_id, 'r', tender_id, tender_kind, state, amount_minor, currency, given_minor, change_minor, rounding_minor, reference, provider_reference, created_at, updated_at FROM payment_attempt";
    expect(() => db.exec(again)).toThrow(/UNIQUE/);
    db.exec("UPDATE payment_attempt SET proof_released_at = 't'");
    db.exec(again);
    db.exec("UPDATE receipt SET state = 'completed', completed_at = 't', series = 'sale', number = 1 WHERE id = 'one'");
    expect(() => db.exec("UPDATE receipt SET tip_minor = 5 WHERE id = 'one'")).toThrow(/never changed/);
  });

  test('C-3 150 keeps receipts with all that hangs on them, knows returns, and issues one copy only', () => {
    const db = at(90, (fresh) => {
      shopRows(fresh);
      fresh.exec(receiptRow('one', 'open', null).replace("'none', '')", "'none', '', 0)"));
      fresh.exec("INSERT INTO receipt_line VALUES ('l', 'one', 1, 'active', 1, NULL, 'Bun', '', 'piece', 1000, 100, 100, '', NULL, '', 'low', 1350, '[]', '', NULL, NULL)");
      fresh.exec("INSERT INTO payment_attempt (id, receipt_id, request_id, tender_id, tender_kind, state, amount_minor, currency, given_minor, change_minor, rounding_minor, reference, created_at, updated_at) VALUES ('a', 'one', 'q', 'cash', 'cash', 'paid', 100, 'EUR', 100, 0, 0, '', 't', 't')");
      fresh.exec("UPDATE receipt SET state = 'completed', completed_at = 't', series = 'sale', number = 1 WHERE id = 'one'");
    });
    migrate(db, upTo(150), null, 0);
    expect(db.pragma('foreign_key_check')).toEqual([]);
    expect(db.prepare('SELECT kind, number, total_minor FROM receipt').get()).toEqual({ kind: 'sale', number: 1, total_minor: 100 });
    expect(db.prepare('SELECT name, article_group FROM receipt_line').get()).toEqual({ name: 'Bun', article_group: '' });
    expect(() => db.exec("UPDATE receipt SET total_minor = 1 WHERE id = 'one'")).toThrow(/never changed/);
    expect(() => db.exec("INSERT INTO receipt_line SELECT 'l2', receipt_id, 2, state, revision, article_id, name, code, unit, quantity_milli, unit_price_minor, list_price_minor, override_reason, discount, discount_reason, vat_class, vat_rate_basis_points, labels, note, fixed_amount_minor, age_limit, '' FROM receipt_line")).toThrow(/no more lines/);
    db.exec(receiptRow('back', 'completed', 1).replace("'none', '')", "'none', '', 0, 0)").replaceAll("'sale'", "'return'"));
    expect(() => db.exec(receiptRow('mixed', 'completed', 2).replace("'none', '')", "'none', '', 0, 0)").replace("'sale'", "'return'"))).toThrow(/CHECK/);
    const copy = (number: number): string => `INSERT INTO issued_paper VALUES ('r', 'copy', ${number}, 'one', 's', 't', 100)`;
    db.exec(copy(1));
    expect(() => db.exec(copy(2))).toThrow(/UNIQUE/);
    expect(plan(db, "SELECT * FROM receipt WHERE register_id = 'r' AND series = 'sale' AND number = 1")).toContain('receipt_number');
  });

  test('160 one open shift for a drawer, papers without a gap, and what has ended stays as it ended', () => {
    const db = at(150, shopRows);
    migrate(db, upTo(160), null, 0);
    const shift = (id: string, number: number, drawer: string): string => `INSERT INTO shift (id, register_id, number, drawer, opened_at, float_minor) VALUES ('${id}', 'r', ${number}, '${drawer}', 't', 100)`;
    db.exec(shift('a', 1, ''));
    expect(() => db.exec(shift('b', 2, ''))).toThrow(/UNIQUE/);
    db.exec(shift('b', 2, 'Bar'));
    const moved = (number: number, kind: string, amount: number): string => `INSERT INTO cash_movement VALUES ('m${number}', 'a', 'r', ${number}, '${kind}', ${amount}, '', NULL, NULL, 't', 0)`;
    expect(() => db.exec(moved(2, 'float', 100))).toThrow(/without a gap/);
    db.exec(moved(1, 'float', 100));
    expect(() => db.exec(moved(2, 'pay-out', 100))).toThrow(/CHECK/);
    expect(() => db.exec("UPDATE cash_movement SET amount_minor = 1")).toThrow(/never changed/);
    db.exec("UPDATE shift SET closed_at = 't', counted_minor = 100, expected_minor = 100, left_minor = 100 WHERE id = 'a'");
    expect(() => db.exec("UPDATE shift SET counted_minor = 1 WHERE id = 'a'")).toThrow(/never changed/);
    expect(() => db.exec(moved(2, 'pay-in', 100))).toThrow(/has ended/);
  });

  test('C-9 NO-16 170 Z reports are numbered without a gap and cover the journal without a gap or an overlap', () => {
    const db = at(160, shopRows);
    migrate(db, upTo(170), null, 0);
    const report = (id: string, kind: string, number: number, from: number, to: number): string => `INSERT INTO report VALUES ('${id}', 'r', '${kind}', ${number}, 't', 's', ${from}, ${to}, '{}', 'h', 0, 0)`;
    db.exec(report('x1', 'x', 1, 0, 5));
    db.exec(report('z1', 'z', 1, 0, 9));
    expect(() => db.exec(report('z3', 'z', 3, 9, 12))).toThrow(/without a gap/);
    expect(() => db.exec(report('z2', 'z', 2, 8, 12))).toThrow(/where the Z before it ended/);
    expect(() => db.exec(report('z2', 'z', 2, 10, 12))).toThrow(/where the Z before it ended/);
    db.exec(report('z2', 'z', 2, 9, 12));
    expect(() => db.exec("UPDATE report SET body = '{\"a\":1}'")).toThrow(/never changed/);
    expect(() => db.exec('DELETE FROM report')).toThrow(/never deleted/);
    db.exec("UPDATE report SET printed = 1 WHERE id = 'z2'");
  });

  test('320 keeps what 300 held, knows devices by their token, and lets none be what it was not or come back', () => {
    const db = at(300, shopRows);
    migrate(db, upTo(320), null, 0);
    const add = (id: string, hash: string, role = 'customer'): unknown => db.prepare("INSERT INTO lan_device (id, register_id, name, role, token_hash, made_at, made_by) VALUES (?, 'r', 'Tablet', ?, ?, 't', 's')").run(id, role, hash.repeat(64));
    add('one', 'a');
    expect(db.prepare('SELECT name FROM register').get()).toEqual({ name: 'Till' });
    expect(() => add('two', 'a')).toThrow(/UNIQUE/);
    expect(() => add('two', 'b', 'cashier')).toThrow(/CHECK/);
    for (const change of ["role = 'manager'", `token_hash = '${'c'.repeat(64)}'`, "register_id = 'other'"]) expect(() => db.exec(`UPDATE lan_device SET ${change}`)).toThrow(/never changes/);
    expect(() => db.exec('DELETE FROM lan_device')).toThrow(/never deleted/);
    db.exec("UPDATE lan_device SET name = 'Left', last_seen_at = 't'");
    db.exec("UPDATE lan_device SET revoked_at = 't'");
    expect(() => db.exec('UPDATE lan_device SET revoked_at = NULL')).toThrow(/stays revoked/);
    expect(plan(db, "SELECT * FROM lan_device WHERE token_hash = 'x'")).toContain('INDEX');
  });
});

/** A completed receipt and one that is being paid, each with an app payment of 100, at version 90 or later. */
const paidRows = (db: Database): void => {
  shopRows(db);
  const receipt = (id: string, state: string, number: number | null): string =>
    receiptRow(id, state, number).replace('INSERT INTO receipt VALUES', 'INSERT INTO receipt (id, register_id, staff_id, kind, state, revision, currency, opened_at, completed_at, series, number, parked_name, note, customer_reference, discount, discount_reason, void_reason, age_confirmed_years, rounding_minor, total_minor, print_state, print_problem) VALUES');
  for (const [id, state, number] of [['done', 'completed', 1], ['part', 'paying', null]] as const) {
    db.exec(receipt(id, state, number));
    db.exec(`INSERT INTO payment_attempt (id, receipt_id, request_id, tender_id, tender_kind, state, amount_minor, currency, given_minor, change_minor, rounding_minor, reference, created_at, updated_at, payment_order)
      VALUES ('a-${id}', '${id}', 'q-${id}', 'seqr', 'seqr', 'paid', 100, 'EUR', 100, 0, 0, 'own-${id}', 't', 't', '{}')`);
    db.exec(`INSERT INTO transaction_post VALUES ('p-${id}', '${id}', 'a-${id}', 1, 'seqr', 'seqr', 'payment', 100, 'ers-${id}', '', 1, 't')`);
  }
};
const refundRow = (id: string, of: 'post' | 'task', named: string, state = 'intended', amount = 100): string =>
  `INSERT INTO refund (id, request_id, receipt_id, post_id, task_id, attempt_id, tender_kind, state, amount_minor, currency, reference, provider_reference, staff_id, reason, created_at, updated_at)
   VALUES ('${id}', 'q-${id}', ${of === 'post' ? `'${named}', 'p-${named}', NULL, 'a-${named}'` : `NULL, NULL, '${named}', NULL`}, 'seqr', '${state}', ${amount}, 'EUR', 'r-${id}', '', 's', 'why', 't', 't')`;
const taskRow = (id: string): string =>
  `INSERT INTO task (id, register_id, kind, state, provider, reference, own_reference, amount_minor, currency, detail, note, opened_at, updated_at) VALUES ('${id}', 'r', 'late-money', 'open', 'seqr', 'ers-${id}', 'own', 100, 'EUR', '{}', '', 't', 't')`;

describe('120: late money, and refunds in steps', () => {
  test('what was there survives: refunds with their transitions, open tasks, and closed ones', () => {
    const db = at(90, (fresh) => {
      paidRows(fresh);
      fresh.exec("INSERT INTO refund VALUES ('old', 'q', 'done', 'p-done', 'a-done', 'seqr', 'refunded', 40, 'EUR', 'r-1', 'ers-9', NULL, 's', 'why', 't1', 't2')");
      fresh.exec("INSERT INTO refund_transition (refund_id, from_state, to_state, at) VALUES ('old', NULL, 'intended', 't1'), ('old', 'intended', 'refunded', 't2')");
      const detail = JSON.stringify({ provider: 'seqr', reference: 'ers-late', amountMinor: 250, currency: 'EUR', ownReference: 'own-part', attempt: 'a-part', state: 'cancelled' });
      fresh.prepare("INSERT INTO task VALUES ('t-open', 'r', 'late-money', 'part', ?, 't0', NULL, NULL)").run(detail);
      fresh.prepare("INSERT INTO task VALUES ('t-closed', 'r', 'late-money', NULL, ?, 't0', 't3', 's')").run(detail.replace('ers-late', 'ers-older').replace('a-part', 'a-unknown'));
    });
    migrate(db, upTo(120), null, 0);
    expect(db.prepare('SELECT id, post_id, task_id, state, amount_minor, provider_reference, provider_data, sealed_identifier FROM refund').all()).toEqual([
      { id: 'old', post_id: 'p-done', task_id: null, state: 'refunded', amount_minor: 40, provider_reference: 'ers-9', provider_data: '{}', sealed_identifier: '' },
    ]);
    expect(db.prepare('SELECT seq, to_state FROM refund_transition WHERE refund_id = ? ORDER BY seq').all('old')).toEqual([{ seq: 1, to_state: 'intended' }, { seq: 2, to_state: 'refunded' }]);
    expect(db.prepare('SELECT id, state, provider, reference, own_reference, amount_minor, attempt_id, receipt_id, staff_id, ended_at FROM task ORDER BY id').all()).toEqual([
      { id: 't-closed', state: 'closed', provider: 'seqr', reference: 'ers-older', own_reference: 'own-part', amount_minor: 250, attempt_id: null, receipt_id: null, staff_id: 's', ended_at: 't3' },
      { id: 't-open', state: 'open', provider: 'seqr', reference: 'ers-late', own_reference: 'own-part', amount_minor: 250, attempt_id: 'a-part', receipt_id: 'part', staff_id: null, ended_at: null },
    ]);
    expect(db.pragma('foreign_key_check')).toEqual([]);
    expect(plan(db, "SELECT 1 FROM task WHERE provider = 'seqr' AND reference = 'x'")).toContain('task_reference');
    expect(plan(db, "SELECT * FROM refund WHERE receipt_id = 'x' ORDER BY created_at")).toContain('refund_of_receipt');
  });

  test('PAY-I6 a refund is of a post or of a task, never above it, one at a time, and forgets what the customer told', () => {
    const db = at(120, paidRows);
    db.exec(taskRow('late'));
    expect(() => db.exec(refundRow('x', 'post', 'done', 'intended', 101))).toThrow(/never exceed their payment/);
    expect(() => db.exec(refundRow('x', 'task', 'late', 'intended', 101))).toThrow(/never exceed their late money/);
    expect(() => db.exec(refundRow('x', 'post', 'part', 'intended', 99))).toThrow(/goes back whole/);
    db.exec(refundRow('one', 'post', 'done', 'waiting', 60));
    expect(() => db.exec(refundRow('two', 'post', 'done', 'intended', 40))).toThrow(/UNIQUE/);
    expect(() => db.exec(refundRow('two', 'post', 'done', 'intended', 41))).toThrow(/never exceed/);
    db.exec(refundRow('late', 'task', 'late'));
    expect(() => db.exec(refundRow('again', 'task', 'late', 'intended', 1))).toThrow(/never exceed|UNIQUE/);
    db.exec("UPDATE refund SET sealed_identifier = 'sealed' WHERE id = 'one'");
    expect(() => db.exec("UPDATE refund SET state = 'refunded' WHERE id = 'one'")).toThrow(/CHECK/);
    db.exec("UPDATE refund SET state = 'refunded', sealed_identifier = '' WHERE id = 'one'");
    expect(() => db.exec("UPDATE refund SET state = 'refused' WHERE id = 'one'")).toThrow(/nor how it ended/);
    expect(() => db.exec("UPDATE refund SET task_id = 'late', post_id = NULL, receipt_id = NULL WHERE id = 'one'")).toThrow(/never changes/);
  });

  test('PAY-I8 a part payment leaves its receipt by a refund that went through, and meanwhile nothing else happens to it', () => {
    const db = at(120, paidRows);
    const back = "INSERT INTO transaction_post VALUES ('back', 'part', 'a-part', 2, 'seqr', 'seqr', 'taken-back', -100, 'ers-part', '', 1, 't')";
    expect(() => db.exec(back)).toThrow(/by a refund only/);
    db.exec(refundRow('one', 'post', 'part'));
    for (const state of ['parked', 'voided']) expect(() => db.exec(`UPDATE receipt SET state = '${state}' WHERE id = 'part'`)).toThrow(/on its way back/);
    expect(() => db.exec("UPDATE receipt SET state = 'completed', completed_at = 't', series = 'sale', number = 2 WHERE id = 'part'")).toThrow(/on its way back/);
    expect(() => db.exec("INSERT INTO payment_attempt (id, receipt_id, request_id, tender_id, tender_kind, state, amount_minor, currency, given_minor, change_minor, rounding_minor, reference, created_at, updated_at) VALUES ('b', 'part', 'q-b', 'cash', 'cash', 'paid', 1, 'EUR', 1, 0, 0, '', 't', 't')")).toThrow(/on its way back/);
    db.exec("UPDATE receipt SET aside = 1 WHERE id = 'part'");
    expect(() => db.exec(back)).toThrow(/by a refund only/);
    db.exec("UPDATE refund SET state = 'refunded' WHERE id = 'one'");
    db.exec(back);
    db.exec("UPDATE receipt SET state = 'voided' WHERE id = 'part'");
  });

  test('PAY-I3 late money ends once, and by what it says', () => {
    const db = at(120, paidRows);
    for (const id of ['a', 'b', 'c', 'done']) db.exec(taskRow(id));
    const set = (id: string, fields: string): void => void db.exec(`UPDATE task SET ${fields} WHERE id = '${id}'`);
    expect(() => db.exec(taskRow('a2').replace('ers-a2', 'ers-a'))).toThrow(/UNIQUE/);
    expect(() => set('a', 'amount_minor = 1')).toThrow(/never changes/);
    expect(() => set('a', "state = 'closed'")).toThrow(/CHECK/);
    set('a', "state = 'handed-over', note = 'x'");
    set('a', "state = 'closed', ended_at = 't'");
    expect(() => set('a', "note = 'y'")).toThrow(/nor how it ended/);
    expect(() => set('b', "state = 'refunded', ended_at = 't'")).toThrow(/refunded when its refund is/);
    db.exec(refundRow('one', 'task', 'b'));
    expect(() => set('b', "state = 'closed', ended_at = 't'")).toThrow(/nothing else meanwhile/);
    db.exec("UPDATE refund SET state = 'refunded' WHERE id = 'one'");
    expect(() => set('b', "state = 'closed', ended_at = 't'")).toThrow(/refunded when its refund is/);
    set('b', "state = 'refunded', ended_at = 't'");
    expect(() => db.exec(refundRow('two', 'task', 'a'))).toThrow(/never exceed/);
    expect(() => set('c', "state = 'attached', ended_at = 't', post_id = 'p-done'")).toThrow(/by the post that it leaves/);
    set('done', "state = 'attached', ended_at = 't', post_id = 'p-done'");
    expect(() => db.exec("DELETE FROM task WHERE id = 'c'")).toThrow(/never deleted/);
    // The attempt that had come to nothing may name the payment that was attached later; two paid ones may not.
    db.exec("UPDATE payment_attempt SET provider_reference = 'ers-done'  WHERE id = 'a-done'");
    db.exec("UPDATE payment_attempt SET provider_reference = 'ers-done', state = 'released' WHERE id = 'a-part'");
    expect(() => db.exec("UPDATE payment_attempt SET state = 'paid' WHERE id = 'a-part'")).toThrow(/UNIQUE/);
  });
});

describe('200, returns', () => {
  const line = (id: string, receiptId: string, milli: number, ofLineId: string | null): string =>
    `INSERT INTO receipt_line (id, receipt_id, position, state, revision, name, code, unit, quantity_milli, unit_price_minor, list_price_minor, override_reason, discount_reason, vat_class, vat_rate_basis_points, labels, note${ofLineId === null ? '' : ', of_line_id'})
     VALUES ('${id}', '${receiptId}', 1, 'active', 1, 'Bun', '', 'piece', ${milli}, 100, 100, '', '', 'low', 1350, '[]', ''${ofLineId === null ? '' : `, '${ofLineId}'`})`;
  const back = (id: string, ofId: string | null, state = 'open'): string =>
    `INSERT INTO receipt (id, register_id, staff_id, kind, state, revision, currency, opened_at, parked_name, note, customer_reference, discount_reason, void_reason, age_confirmed_years, rounding_minor, total_minor, print_state, print_problem, of_receipt_id, return_reason, return_purpose)
     VALUES ('${id}', 'r', 's', 'return', '${state}', 1, 'EUR', 't', '', '', '', '', '', 0, 0, -300, 'none', '', ${ofId === null ? 'NULL' : `'${ofId}'`}, 'x', 'goods')`;

  /** What the version before could hold: a sale of three buns that is completed, one that is open, and a refund. */
  function before(): Database {
    const db = at(170, paidRows);
    db.exec(line('sold', 'part', 3000, null));
    db.exec("UPDATE receipt SET state = 'completed', completed_at = 't', series = 'sale', number = 2 WHERE id = 'part'");
    db.exec(refundRow('old', 'post', 'part'));
    migrate(db, upTo(200), null, 0);
    return db;
  }

  test('keeps what there was, and finds returns by their sale with an index', () => {
    const db = before();
    expect(db.prepare("SELECT return_id FROM refund WHERE id = 'old'").get()).toEqual({ return_id: null });
    expect(db.prepare("SELECT of_receipt_id, return_purpose FROM receipt WHERE id = 'part'").get()).toEqual({ of_receipt_id: null, return_purpose: '' });
    expect(plan(db, "SELECT id FROM receipt WHERE of_receipt_id = 'x'")).toContain('INDEX');
    expect(plan(db, "SELECT id FROM receipt_line WHERE of_line_id = 'x'")).toContain('INDEX');
  });

  test('C-5 no more of a line comes back than was sold, over all returns; one that was given up counts no more', () => {
    const db = before();
    for (const id of ['one', 'two']) db.exec(back(id, 'part'));
    db.exec(line('b1', 'one', 2000, 'sold'));
    expect(() => db.exec(line('b2', 'two', 2000, 'sold'))).toThrow(/no more comes back/);
    db.exec(line('b2', 'two', 1000, 'sold'));
    expect(() => db.exec("UPDATE receipt_line SET quantity_milli = 2000 WHERE id = 'b2'")).toThrow(/no more comes back/);
    expect(() => db.exec("UPDATE receipt_line SET of_line_id = NULL WHERE id = 'b2'")).toThrow(/never changes/);
    db.exec("UPDATE receipt SET state = 'voided' WHERE id = 'one'");
    db.exec("UPDATE receipt_line SET quantity_milli = 3000 WHERE id = 'b2'");
  });

  test('a return is of a completed sale and takes back its lines alone', () => {
    const db = before();
    expect(() => db.exec(back('one', 'nothing'))).toThrow(/of a completed sale/);
    db.exec(back('one', null));
    expect(() => db.exec(line('b1', 'one', 1000, 'sold'))).toThrow(/its own receipt/);
    expect(() => db.exec("UPDATE receipt SET of_receipt_id = 'part' WHERE id = 'one'")).toThrow(/never changes/);
    expect(() => db.exec("UPDATE receipt SET state = 'parked' WHERE id = 'one'")).toThrow(/not parked/);
  });

  test('PAY-I6 its refunds are of its own sale and within what it owes, and it waits for them', () => {
    const db = before();
    db.exec("UPDATE refund SET state = 'refused' WHERE id = 'old'");
    db.exec(back('one', 'part', 'paying'));
    const refund = (id: string, amount: number): string => refundRow(id, 'post', 'part').replace(/INSERT INTO refund \(/, 'INSERT INTO refund (return_id, ').replace(/VALUES \(/, "VALUES ('one', ").replace(/, 100, 'EUR'/, `, ${amount}, 'EUR'`);
    db.exec(refund('r1', 100));
    for (const state of ['completed', 'voided', 'open']) expect(() => db.exec(`UPDATE receipt SET state = '${state}', completed_at = 't', series = 'return', number = 1 WHERE id = 'one'`)).toThrow(/on its way back/);
    expect(() => db.exec("UPDATE refund SET return_id = NULL WHERE id = 'r1'")).toThrow(/never changes/);
    db.exec("UPDATE refund SET state = 'refunded' WHERE id = 'r1'");
  });
});

describe('300, returns of receipts of other stores', () => {
  const back = (id: string, state = 'open', totalMinor = -200): string =>
    `INSERT INTO receipt (id, register_id, staff_id, kind, state, revision, currency, opened_at, parked_name, note, customer_reference, discount_reason, void_reason, age_confirmed_years, rounding_minor, total_minor, print_state, print_problem, return_reason, return_purpose)
     VALUES ('${id}', 'r', 's', 'return', '${state}', 1, 'EUR', 't', '', '', '', '', '', 0, 0, ${totalMinor}, 'none', '', 'x', 'goods')`;
  const origin = (id: string, receiptId = 'far'): string => `INSERT INTO return_origin VALUES ('${id}', 'bergen', 'Bergen', '${receiptId}', 7, 1, 't', 'null')`;
  const line = (id: string, receiptId: string, milli: number, column = 'of_store_line_id', of: string | null = 'l-far'): string =>
    `INSERT INTO receipt_line (id, receipt_id, position, state, revision, name, code, unit, quantity_milli, unit_price_minor, list_price_minor, override_reason, discount_reason, vat_class, vat_rate_basis_points, labels, note, ${column})
     VALUES ('${id}', '${receiptId}', 1, 'active', 1, 'Bun', '', 'piece', ${milli}, 100, 100, '', '', 'low', 1350, '[]', '', ${of === null ? 'NULL' : `'${of}'`})`;
  const refund = (id: string, amount: number, { payment = 'p-far', returnId = 'one', kind = 'vipps' } = {}): string =>
    `INSERT INTO refund (id, request_id, tender_kind, state, amount_minor, currency, reference, provider_reference, staff_id, reason, created_at, updated_at, return_id, payment_id)
     VALUES ('${id}', 'q-${id}', '${kind}', 'intended', ${amount}, 'EUR', 'r-${id}', '', 's', 'why', 't', 't', '${returnId}', '${payment}')`;

  /** What the version before could hold: refunds with their transitions; then what is known of a receipt far away. */
  function before(): Database {
    const db = at(170, paidRows);
    db.exec("UPDATE receipt SET state = 'completed', completed_at = 't', series = 'sale', number = 2 WHERE id = 'part'");
    migrate(db, upTo(220), null, 0);
    db.exec(refundRow('old', 'post', 'done', 'intended', 60));
    db.exec(taskRow('late'));
    db.exec("INSERT INTO refund_transition (refund_id, from_state, to_state, at) VALUES ('old', NULL, 'intended', 't')");
    migrate(db, upTo(300), null, 0);
    db.exec("INSERT INTO store_line VALUES ('l-far', 'bergen', 'far', 3000, 300, 36), ('l-else', 'bergen', 'else', 1000, 100, 12)");
    db.exec("INSERT INTO store_payment VALUES ('p-far', 'bergen', 'far', 'vipps', 'psp-1', 250, 'EUR'), ('p-else', 'bergen', 'else', 'vipps', 'psp-2', 100, 'EUR')");
    return db;
  }

  test('keeps refunds with all that hangs on them and every guard of theirs, and finds what it is asked with an index', () => {
    const db = before();
    expect(db.prepare("SELECT id, post_id, amount_minor, payment_id FROM refund").all()).toEqual([{ id: 'old', post_id: 'p-done', amount_minor: 60, payment_id: null }]);
    expect(db.prepare("SELECT to_state FROM refund_transition WHERE refund_id = 'old'").all()).toEqual([{ to_state: 'intended' }]);
    expect(db.pragma('foreign_key_check')).toEqual([]);
    expect(() => db.exec(refundRow('more', 'post', 'done', 'intended', 41))).toThrow(/never exceed their payment/);
    expect(() => db.exec(refundRow('same', 'post', 'done', 'intended', 40))).toThrow(/UNIQUE/);
    expect(() => db.exec(refundRow('late', 'task', 'late', 'intended', 101))).toThrow(/never exceed their late money/);
    expect(() => db.exec('DELETE FROM refund')).toThrow(/never deleted/);
    expect(() => db.exec("UPDATE refund SET amount_minor = 1 WHERE id = 'old'")).toThrow(/never changes/);
    expect(plan(db, "SELECT * FROM refund WHERE payment_id = 'x'")).toContain('refund_of_payment');
    expect(plan(db, "SELECT id FROM receipt_line WHERE of_store_line_id = 'x'")).toContain('receipt_line_of_store');
  });

  test('C-5 a return of another store takes back lines of its one receipt, no more than was sold, and is of it from its beginning', () => {
    const db = before();
    db.exec(back('loose'));
    db.exec(line('x', 'loose', 1000, 'of_store_line_id', null));
    expect(() => db.exec(origin('loose'))).toThrow(/from its beginning/);
    expect(() => db.exec(origin('done'))).toThrow(/from its beginning/);
    expect(() => db.exec(line('y', 'loose', 1000))).toThrow(/its own receipt/);
    db.exec(`${back('one')}; ${origin('one')}`);
    expect(() => db.exec(`${back('two')}; ${origin('two')}`)).toThrow(/one unfinished return/);
    expect(() => db.exec(line('b', 'one', 1000, 'of_store_line_id', 'l-else'))).toThrow(/its own receipt/);
    expect(() => db.exec(line('b', 'one', 1000, 'of_store_line_id', null))).toThrow(/its receipt only/);
    expect(() => db.exec(line('b', 'one', 4000))).toThrow(/no more comes back/);
    db.exec(line('b', 'one', 2000));
    expect(() => db.exec("UPDATE receipt_line SET quantity_milli = 4000 WHERE id = 'b'")).toThrow(/no more comes back/);
    expect(() => db.exec("UPDATE receipt_line SET of_store_line_id = 'l-else' WHERE id = 'b'")).toThrow(/never changes/);
    expect(() => db.exec("UPDATE return_origin SET number = 8 WHERE return_id = 'one'")).toThrow(/never changes/);
    db.exec("UPDATE return_origin SET known = '{}' WHERE return_id = 'one'");
    for (const table of ['return_origin', 'store_line', 'store_payment']) expect(() => db.exec(`DELETE FROM ${table}`)).toThrow(/never deleted/);
    for (const table of ['store_line', 'store_payment']) expect(() => db.exec(`UPDATE ${table} SET store_id = 'x'`)).toThrow(/never changed/);
  });

  test('PAY-I6 its refunds are of a payment of its receipt, within that payment and within what it owes, one at a time', () => {
    const db = before();
    db.exec(`${back('one', 'open', -300)}; ${origin('one')}; UPDATE receipt SET state = 'paying' WHERE id = 'one'`);
    expect(() => db.exec(refund('a', 251))).toThrow(/never exceed their payment/);
    expect(() => db.exec(refund('a', 100, { payment: 'p-else' }))).toThrow(/its own receipt/);
    expect(() => db.exec(refund('a', 100, { kind: 'seqr' }))).toThrow(/never exceed their payment/);
    expect(() => db.exec(refund('a', 100).replace("'one', 'p-far'", "NULL, 'p-far'"))).toThrow(/CHECK/);
    db.exec(refund('a', 150));
    expect(() => db.exec(refund('b', 100))).toThrow(/UNIQUE/);
    expect(() => db.exec("UPDATE receipt SET state = 'voided' WHERE id = 'one'")).toThrow(/on its way back/);
    expect(() => db.exec("UPDATE refund SET payment_id = 'p-else' WHERE id = 'a'")).toThrow(/never changes/);
    db.exec("UPDATE refund SET state = 'refunded' WHERE id = 'a'");
    expect(() => db.exec(refund('b', 101))).toThrow(/never exceed their payment/);
    db.exec("UPDATE receipt SET total_minor = -90 WHERE id = 'one'");
    expect(() => db.exec(refund('b', 100))).toThrow(/no more than it owes/);
    db.exec("UPDATE receipt SET total_minor = -300 WHERE id = 'one'");
    db.exec(refund('b', 100));
  });
});

describe('220 carries payments over', () => {
  const attempt = (id: string, receipt: string, state: string): string =>
    `INSERT INTO payment_attempt (id, receipt_id, request_id, tender_id, tender_kind, state, amount_minor, currency, given_minor, change_minor, rounding_minor, reference, created_at, updated_at, payment_order)
     VALUES ('${id}', '${receipt}', 'q-${id}', 'seqr', 'seqr', '${state}', 100, 'EUR', 0, 0, 0, 'own-${id}', 't', 't', '{}')`;
  const doubt = (id: string, of: string | null): string =>
    `INSERT INTO task (id, register_id, kind, state, provider, reference, own_reference, amount_minor, currency, receipt_id, attempt_id, detail, note, opened_at, updated_at, doubt)
     VALUES ('${id}', 'r', 'late-money', 'open', 'seqr', '', 'own', 100, 'EUR', NULL, ${of === null ? 'NULL' : `'${of}'`}, '{}', '', 't', 't', 'open')`;
  const receipt = (id: string, state: string): string =>
    `INSERT INTO receipt (id, register_id, staff_id, kind, state, revision, currency, opened_at, parked_name, note, customer_reference, discount_reason, void_reason, age_confirmed_years, rounding_minor, total_minor, print_state, print_problem, aside)
     VALUES ('${id}', 'r', 's', 'sale', '${state}', 1, 'EUR', 't0', '', '', '', '', '', 0, 0, 100, 'none', '', 1)`;

  test('PAY-I1 once, together with a task that is in doubt; then another payment may be under way', () => {
    const db = at(170, (rows) => {
      shopRows(rows);
      rows.exec(`${receipt('one', 'paying')}; ${attempt('a', 'one', 'outcome-unknown')}`);
    });
    migrate(db, upTo(220), null, 0);
    expect(() => db.exec("UPDATE payment_attempt SET carried_over_at = 't'")).toThrow(/together with its task/);
    expect(() => db.exec(attempt('b', 'one', 'starting'))).toThrow(/UNIQUE/);
    expect(() => db.exec(doubt('none', null))).toThrow(/in doubt about one payment/);
    db.exec(doubt('t', 'a'));
    expect(() => db.exec(doubt('again', 'a'))).toThrow(/UNIQUE/);
    db.exec("UPDATE payment_attempt SET carried_over_at = 't'");
    expect(() => db.exec('UPDATE payment_attempt SET carried_over_at = NULL')).toThrow(/carried over once/);
    db.exec(attempt('b', 'one', 'starting'));
    expect(() => db.exec(attempt('c', 'one', 'starting'))).toThrow(/UNIQUE/);
  });

  test('PAY-I3 a doubt ends once, with money or with nothing, and what it was about stays', () => {
    const db = at(220, (rows) => {
      shopRows(rows);
      for (const id of ['x', 'y', 'z']) rows.exec(`${receipt(id, 'paying')}; ${attempt(`a-${id}`, id, 'waiting')}; ${doubt(id, `a-${id}`)}`);
    });
    const set = (id: string, what: string): unknown => db.exec(`UPDATE task SET ${what} WHERE id = '${id}'`);
    expect(() => set('x', "state = 'closed', ended_at = 't'")).toThrow(/a doubt ends once/);
    expect(() => set('x', "reference = 'ers'")).toThrow(/a doubt ends once|never changes/);
    expect(() => set('x', "doubt = 'paid'")).toThrow(/a doubt ends once/);
    expect(() => set('x', 'amount_minor = 50')).toThrow(/never changes/);
    set('x', "doubt = 'paid', reference = 'ers', amount_minor = 90");
    expect(() => set('x', "reference = 'other'")).toThrow(/never changes/);
    expect(() => set('x', "doubt = 'nothing', reference = '', state = 'closed', ended_at = 't'")).toThrow(/a doubt ends once|never changes/);
    expect(() => set('y', "doubt = 'nothing'")).toThrow(/a doubt ends once/);
    set('y', "doubt = 'nothing', state = 'closed', ended_at = 't'");
    expect(() => set('z', "doubt = 'paid', reference = 'ers'")).toThrow(/UNIQUE/);
    db.exec("UPDATE payment_attempt SET carried_over_at = 't' WHERE id = 'a-z'");
    expect(() => db.exec("INSERT INTO transaction_post VALUES ('p', 'z', 'a-z', 1, 'seqr', 'seqr', 'payment', 100, 'ers-2', '', 1, 't')")).toThrow(/pays no receipt by itself/);
  });
});

describe('240, how receipts are given out', () => {
  test('C-6 the original is given out once, a mail is one at a time, and an address does not outlive its mail', () => {
    const db = at(30, (fresh) => {
      shopRows(fresh);
      fresh.exec(receiptRow('one', 'open', null));
    });
    migrate(db, upTo(240), null, 0);
    const give = (way: string): string => `INSERT INTO receipt_given VALUES ('one', '${way}', 's', 't') ON CONFLICT (receipt_id) DO UPDATE SET way = excluded.way`;
    expect(() => db.exec(give('shown'))).toThrow(/only a completed/);
    db.exec("UPDATE receipt SET state = 'completed', completed_at = 't', series = 'sale', number = 1 WHERE id = 'one'");
    db.exec(give('declined'));
    db.exec(give('sent'));
    expect(() => db.exec(give('shown'))).toThrow(/once/);
    expect(() => db.exec('DELETE FROM receipt_given')).toThrow(/never deleted/);
    const mail = (id: string): string => `INSERT INTO outgoing_mail VALUES ('${id}', 'one', 'r', 's', 'sealed', 0, 0, 'queued', 0, '', 't', 't', NULL)`;
    db.exec(mail('m1'));
    expect(() => db.exec(mail('m2'))).toThrow(/UNIQUE/);
    expect(() => db.exec("UPDATE outgoing_mail SET state = 'sent', ended_at = 't'")).toThrow(/CHECK/);
    db.exec("UPDATE outgoing_mail SET state = 'sent', ended_at = 't', sealed_recipient = NULL");
    expect(() => db.exec("UPDATE outgoing_mail SET state = 'failed'")).toThrow(/never changed/);
    expect(() => db.exec('DELETE FROM outgoing_mail')).toThrow(/never deleted/);
    expect(plan(db, "SELECT * FROM outgoing_mail WHERE receipt_id = 'one' ORDER BY id DESC LIMIT 1")).toContain('outgoing_mail_of');
  });
});

describe('260, how food is served', () => {
  test('C-16 shops and receipts from before serve as they did, and a completed receipt keeps how it was served', () => {
    const db = at(30, (old) => {
      shopRows(old);
      old.exec(receiptRow('old', 'open', null));
    });
    migrate(db, upTo(260), null, 0);
    expect(db.prepare('SELECT serving FROM receipt').get()).toEqual({ serving: 'take-away' });
    db.exec("UPDATE receipt SET serving = 'eat-in' WHERE id = 'old'");
    expect(() => db.exec("UPDATE receipt SET serving = 'standing'")).toThrow(/CHECK/);
    db.exec("UPDATE receipt SET state = 'completed', completed_at = 't', series = 'sale', number = 1 WHERE id = 'old'");
    expect(() => db.exec("UPDATE receipt SET serving = 'take-away'")).toThrow(/never changed/);
  });
});

describe('280, after a payment', () => {
  test('280 a receipt is told to a provider only when it is completed, once, and what a customer told can be deleted', () => {
    const db = at(260, (old) => {
      shopRows(old);
      old.exec("INSERT INTO receipt (id, register_id, staff_id, kind, state, revision, currency, opened_at, parked_name, note, customer_reference, discount_reason, void_reason, age_confirmed_years, rounding_minor, total_minor, print_state, print_problem) VALUES ('one', 'r', 's', 'sale', 'paying', 1, 'EUR', 't0', '', '', '', '', '', 0, 0, 100, 'none', '')");
      old.exec("INSERT INTO payment_attempt (id, receipt_id, request_id, tender_id, tender_kind, state, amount_minor, currency, given_minor, change_minor, rounding_minor, reference, provider_reference, created_at, updated_at) VALUES ('a', 'one', 'q', 'app', 'app', 'paid', 100, 'EUR', 100, 0, 0, 'ours', 'theirs', 't', 't')");
      old.exec("INSERT INTO transaction_post VALUES ('p', 'one', 'a', 1, 'app', 'app', 'payment', 100, 'theirs', '', 1, 't')");
    });
    migrate(db, upTo(280), null, 0);
    expect(db.pragma('foreign_key_check')).toEqual([]);
    const told = "INSERT INTO provider_receipt VALUES ('a', 'one', 'r', 'waiting', 0, NULL, 't', 't', NULL)";
    expect(() => db.exec(told)).toThrow(/only a completed sale/);
    db.exec("UPDATE receipt SET state = 'completed', completed_at = 't', series = 'sale', number = 1 WHERE id = 'one'");
    db.exec(told);
    expect(() => db.exec("UPDATE provider_receipt SET ended_at = 't'")).toThrow(/CHECK/);
    db.exec("UPDATE provider_receipt SET state = 'refused', ended_at = 't', problem = '{}'");
    db.exec("UPDATE provider_receipt SET state = 'waiting', ended_at = NULL, problem = NULL");
    db.exec("UPDATE provider_receipt SET state = 'sent', ended_at = 't'");
    expect(() => db.exec("UPDATE provider_receipt SET state = 'waiting', ended_at = NULL")).toThrow(/told once/);
    expect(() => db.exec('DELETE FROM provider_receipt')).toThrow(/never deleted/);
    expect(() => db.exec("INSERT INTO customer_info VALUES ('a', '', 't')")).toThrow(/CHECK/);
    db.exec("INSERT INTO customer_info VALUES ('a', 'sealed', 't')");
    db.exec('DELETE FROM customer_info');
    expect(plan(db, "SELECT * FROM provider_receipt WHERE register_id = 'r' AND state = 'waiting' ORDER BY next_try_at")).toContain('provider_receipt_waits');
    expect(plan(db, "SELECT * FROM transaction_post WHERE kind = 'payment' AND tender_kind NOT IN ('cash', 'manual-card', 'set-off') AND tender_kind = 'app' AND at >= 'a' AND at < 'z'")).toContain('transaction_post_by_app');
    expect(plan(db, "SELECT * FROM refund WHERE state = 'refunded' AND tender_kind = 'app' AND updated_at >= 'a' AND updated_at < 'z'")).toContain('refund_by_day');
  });
});

describe('migrating a file', () => {
  test('copies the file first, keeps three copies, and runs in order', () => {
    const file = join(folder, 'shop.sqlite');
    const db = openDatabase(file);
    migrate(db, upTo(10), file, 0);
    shopRows(db);
    migrate(db, upTo(20), file, Date.parse('2026-01-01'));
    const [copy] = readdirSync(folder).filter((name) => name.includes('before-0020'));
    const old = openDatabase(join(folder, copy ?? ''), { readonly: true });
    expect(versionOf(old)).toBe(10);
    expect(old.prepare('SELECT name FROM register').get()).toEqual({ name: 'Till' });
    old.close();
    migrate(db, upTo(30), file, Date.parse('2026-01-02'));
    migrate(db, upTo(40), file, Date.parse('2026-01-03'));
    migrate(db, upTo(50), file, Date.parse('2026-01-04'));
    expect(readdirSync(folder).filter((name) => name.includes('before-'))).toHaveLength(3);
    expect(versionOf(db)).toBe(50);
    db.close();
  });

  test('a newer file is refused and left alone', () => {
    const file = join(folder, 'newer.sqlite');
    const db = openDatabase(file);
    db.pragma('user_version = 9990');
    expect(() => migrate(db, migrations, file, 0)).toThrow(NewerDatabaseError);
    expect(versionOf(db)).toBe(9990);
    db.close();
  });

  test('steps that do not rise are a bug', () => {
    const db = openDatabase(':memory:');
    expect(() => migrate(db, [...migrations].reverse(), null, 0)).toThrow(/does not come after/);
  });

  test('a folder is held by one process at a time', () => {
    const release = takeInstanceLock(folder);
    expect(() => takeInstanceLock(folder)).toThrow(InUseError);
    release();
    takeInstanceLock(folder)();
    expect(existsSync(join(folder, 'instance.sqlite'))).toBe(true);
  });
});

test('330, papers that did not come out: one row to a paper, gone when it is out, not known when the program ended meanwhile', () => {
  const db = at(300, paidRows);
  migrate(db, upTo(330), null, 0);
  const store = unprintedStore(statementsOf(db));
  const content = { title: 'Z 7', language: 'fi', blocks: [] };
  const z = { kind: 'report', ofId: 'z7', paper: content, at: '2026-11-26T10:00:00.000Z' } as const;
  store.begin(z, 'r');
  store.begin({ ...z, kind: 'movement', ofId: 'm1' }, 'r');
  expect(store.list('r')).toEqual([]);
  store.fail('report', 'z7', 'out-of-paper');
  expect(store.list('r')).toEqual([{ ...z, problem: 'out-of-paper' }]);
  store.begin(z, 'r');
  expect(store.count('r')).toBe(0);
  expect(store.interrupted('r')).toBe(2);
  expect(store.list('r').map(({ problem }) => problem)).toEqual(['unknown', 'unknown']);
  store.end('report', 'z7');
  expect(store.count('r')).toBe(1);
  expect(() => db.exec("INSERT INTO unprinted_paper VALUES ('receipt', 'x', 'r', '{}', '', 't')")).toThrow(/CHECK/);
  db.close();
});
