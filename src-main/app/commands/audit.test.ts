import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../storage/database.ts';
import { handsOf } from '../../testing/hands.ts';
import { paymentIn, sellOne } from '../../testing/payments.ts';
import { registerSeqr } from '../../testing/seqr.ts';
import { tampered } from '../../testing/tampered.ts';
import { openTill } from '../../testing/till.ts';
import { dumpShop, verifyShop } from './audit.ts';

const folder = mkdtempSync(join(tmpdir(), 'kassa-audit-'));
const file = join(folder, 'kassa.sqlite');
const sticker = '009900027504';
let ledger: readonly { readonly reference: string; readonly amountMinor: number }[] = [];

/** A small day: cash, card, an app payment, a part by app with the rest in cash, one that came to nothing, a void. */
beforeAll(async () => {
  const till = await openTill({ dataDir: folder });
  const hands = handsOf(() => till.app.sandboxes()['seqr']?.control ?? '', sticker);
  await registerSeqr(till, sticker);
  let serial = 0;
  const pay = (tenderId: string, amountMinor: number, more: object = {}) => till.call('payment.start', { requestId: `audit-${(serial += 1)}`, tenderId, amountMinor, ...more });
  const byApp = async (amountMinor: number): Promise<void> => {
    const { attemptId } = await pay('seqr', amountMinor);
    await paymentIn(till, attemptId, 'waiting');
    await hands.phone('approve');
    await paymentIn(till, attemptId, 'paid');
  };
  await pay('cash', await sellOne(till));
  await pay('card', await sellOne(till), { reference: '4711' });
  await byApp(await sellOne(till));
  await byApp((await sellOne(till)) - 120);
  await pay('cash', 120);
  const { attemptId } = await pay('seqr', await sellOne(till));
  await paymentIn(till, attemptId, 'waiting');
  await hands.phone('decline');
  await paymentIn(till, attemptId, 'declined');
  await till.call('sale.void', { reason: 'changed their mind' });
  ledger = await hands.ledger();
  await till.close();
}, 30_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rulesOf = (change: (db: Database) => void): readonly string[] => tampered(file, change).map(({ rule }) => rule);

describe('verify', () => {
  test('C-1 PAY-I2 PAY-I7 finds nothing in a shop that nobody has touched, and says what it looked at', () => {
    const answer = verifyShop(file);
    expect(answer).toMatchObject({ found: { ok: true, findings: [], checked: { receipts: 4, payments: 6, series: 1 } } });
  });

  test('C-1 one changed letter of any journal entry is found, and where', () => {
    const count = Number(openDatabase(file, { readonly: true }).prepare('SELECT count(*) FROM journal').pluck().get());
    expect(count).toBeGreaterThan(15);
    for (let seq = 1; seq <= count; seq += 1) {
      const column = ['at', 'kind', 'detail'][seq % 3] ?? 'at';
      const change = column === 'detail' ? `json_set(detail, '$.x', 1)` : `replace(${column}, substr(${column}, 4, 1), '~')`;
      const found = tampered(file, (db) => db.exec(`UPDATE journal SET ${column} = ${change} WHERE seq = ${seq}`));
      expect(found.map(({ where }) => where).join()).toContain(`entry ${seq}`);
    }
  });

  test('C-1 a removed entry, a cut tail, a tail that was cut with its head, a chain that was reckoned anew', () => {
    expect(rulesOf((db) => db.exec('DELETE FROM journal WHERE seq = 7'))).toContain('journal-gap');
    expect(rulesOf((db) => db.exec('DELETE FROM journal WHERE seq > 12'))).toContain('journal-cut');
    // With its head the tail is gone for the journal, and its receipts are there without a word of it.
    expect(rulesOf((db) => {
      db.exec("DELETE FROM journal WHERE seq > (SELECT min(seq) FROM journal WHERE kind = 'sale-completed')");
      db.exec('UPDATE journal_head SET (seq, hash) = (SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1)');
    })).toContain('receipt-journal');
    expect(rulesOf((db) => db.exec('DELETE FROM journal_head'))).toContain('journal-head');
  });

  test('a receipt that says something else than when it was completed', () => {
    const done = "(SELECT id FROM receipt WHERE number = 2)";
    expect(rulesOf((db) => db.exec(`UPDATE receipt_line SET name = 'Something else' WHERE receipt_id = ${done}`))).toEqual(['receipt-changed']);
    expect(rulesOf((db) => db.exec(`UPDATE receipt_line SET unit_price_minor = 1 WHERE receipt_id = ${done}`))).toContain('receipt-total');
    expect(rulesOf((db) => db.exec(`UPDATE transaction_post SET amount_minor = amount_minor - 1 WHERE receipt_id = ${done}`))).toContain('PAY-I2');
    expect(rulesOf((db) => db.exec(`UPDATE receipt SET note = 'x' WHERE number = 3`))).toEqual(['receipt-changed']);
    expect(rulesOf((db) => db.exec('UPDATE receipt SET number = 9 WHERE number = 3'))).toContain('PAY-I7');
    expect(rulesOf((db) => db.exec('DELETE FROM receipt WHERE number = 4'))).toEqual(expect.arrayContaining(['PAY-I7', 'receipt-missing', 'reference']));
  });

  test('payments that do not agree with their posts', () => {
    expect(rulesOf((db) => db.exec("UPDATE payment_attempt SET state = 'declined' WHERE tender_kind = 'seqr' AND state = 'paid'"))).toEqual(expect.arrayContaining(['PAY-I3', 'attempt-transitions']));
    expect(rulesOf((db) => db.exec("UPDATE payment_attempt SET state = 'paid' WHERE state = 'declined'"))).toContain('PAY-I3');
    expect(rulesOf((db) => db.exec("UPDATE payment_attempt SET state = 'waiting' WHERE state = 'declined'"))).toContain('PAY-I2');
  });

  test('a guard that was taken away, a file that is none, and one of another program', () => {
    const copy = join(folder, 'guard.sqlite');
    copyFileSync(file, copy);
    const db = openDatabase(copy);
    db.exec('DROP TRIGGER journal_final');
    db.close();
    expect(verifyShop(copy)).toMatchObject({ found: { ok: false, findings: [{ rule: 'guard', where: 'trigger journal_final' }] } });
    writeFileSync(copy, 'this is no database, whatever it is called by those who do not know');
    expect(verifyShop(copy)).toMatchObject({ problem: expect.stringContaining('damaged') });
    rmSync(copy);
    const old = openDatabase(copy);
    old.pragma('user_version = 10');
    old.close();
    expect(verifyShop(copy)).toMatchObject({ problem: expect.stringContaining('older Kassa') });
  });
});

describe('dump', () => {
  type Dump = {
    readonly posts: readonly { readonly provider: string; readonly reference: string; readonly kind: string; readonly amountMinor: number; readonly verified: boolean }[];
    readonly receipts: readonly { readonly state: string; readonly number: number | null; readonly lines: readonly unknown[]; readonly posts: readonly unknown[] }[];
    readonly attempts: readonly { readonly state: string; readonly transitions: readonly { readonly to: string }[] }[];
    readonly journal: readonly unknown[];
  };
  const dump = (since = '1970-01-01T00:00:00.000Z'): Dump => {
    const answer = dumpShop(file, since);
    if ('problem' in answer) throw new Error(answer.problem);
    return answer.found as Dump;
  };

  test('PAY-I3 its posts lie beside the ledger of the provider, one for one', () => {
    const own = dump().posts.filter((post) => post.provider === 'seqr').map(({ reference, amountMinor, kind }) => ({ reference, amountMinor, kind }));
    expect(own).toEqual(ledger.map(({ reference, amountMinor }) => ({ reference, amountMinor, kind: 'captured' })));
    expect(dump().posts.filter((post) => !post.verified).map(({ provider, reference }) => [provider, reference])).toEqual([['manual-card', '4711']]);
  });

  test('receipts with their lines and posts, attempts with every transition, the journal', () => {
    const { receipts, attempts, journal } = dump();
    expect(receipts.map(({ state }) => state)).toEqual(['completed', 'completed', 'completed', 'completed', 'voided']);
    expect(receipts.every(({ lines }) => lines.length === 1)).toBe(true);
    expect(attempts.find(({ state }) => state === 'declined')?.transitions.map(({ to }) => to)).toEqual(['intended', 'starting', 'waiting', 'declined']);
    expect(journal.length).toBeGreaterThan(15);
    expect(dump('2999-01-01T00:00:00.000Z')).toMatchObject({ receipts: [], attempts: [], posts: [], journal: [] });
  });

  test('PAY-I10 no secret, sealed or open, is in it', () => {
    expect(JSON.stringify(dump())).not.toMatch(/sealed|password|pinHash|secret/i);
  });
});
