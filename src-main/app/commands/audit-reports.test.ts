import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../storage/database.ts';
import { closeShift, pay } from '../../testing/fiscal.ts';
import { tampered } from '../../testing/tampered.ts';
import { openTill } from '../../testing/till.ts';
import { dumpShop, verifyShop } from './audit.ts';

const folder = mkdtempSync(join(tmpdir(), 'kassa-reports-'));
const file = join(folder, 'kassa.sqlite');

/** Two days, each with a sale in cash and its Z, and an X in between. */
beforeAll(async () => {
  const till = await openTill({ dataDir: folder });
  await till.signIn('Sofie Dahl');
  for (const day of [1, 2]) {
    if (day === 2) await till.call('shift.open', { drawer: '', counted: { by: 'sum', amountMinor: 5000 } });
    await till.call('sale.add-code', { code: '2910000000031', source: 'scan' });
    await pay(till, 'cash');
    await till.call('report.x', {});
    await closeShift(till);
    await till.call('report.z', {});
  }
  await till.close();
}, 20_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Rules that verify names for a copy that somebody has laid hands on, each once. */
const rulesOf = (change: (db: Database) => void): readonly string[] => [...new Set(tampered(file, change).map(({ rule }) => rule))];

describe('verify', () => {
  test('C-9 C-12 finds nothing in two days that nobody has touched', () => {
    expect(verifyShop(file)).toMatchObject({ found: { ok: true, findings: [], checked: { reports: 4, shifts: 2 } } });
  });

  test('C-9 a report that says something else, one that is gone, one whose period was moved', () => {
    expect(rulesOf((db) => db.exec("UPDATE report SET body = json_set(body, '$.figures.totalMinor', 1) WHERE kind = 'z' AND number = 1"))).toEqual(expect.arrayContaining(['report-changed']));
    expect(rulesOf((db) => db.exec("UPDATE report SET body = replace(body, 'Sofie', 'Somebody') WHERE kind = 'x' AND number = 1"))).toEqual(['report-changed']);
    expect(rulesOf((db) => db.exec("DELETE FROM report WHERE kind = 'z' AND number = 2"))).toEqual(['z-missing']);
    expect(rulesOf((db) => db.exec("DELETE FROM report WHERE kind = 'z' AND number = 1"))).toEqual(expect.arrayContaining(['z-gap', 'C-9', 'z-chain']));
    expect(rulesOf((db) => db.exec("UPDATE report SET from_seq = from_seq - 1 WHERE kind = 'z' AND number = 2"))).toEqual(['C-9']);
    expect(rulesOf((db) => db.exec("UPDATE report SET to_seq = to_seq - 1 WHERE kind = 'z' AND number = 2"))).toEqual(expect.arrayContaining(['z-anchor']));
  });

  test('C-12 grand totals that were lowered are found, hash or no hash', () => {
    const found = rulesOf((db) => db.exec("UPDATE report SET body = json_set(body, '$.grand.salesMinor', 1, '$.grand.netMinor', 1) WHERE kind = 'z' AND number = 2"));
    expect(found).toEqual(expect.arrayContaining(['report-changed', 'C-12']));
  });

  test('cash that was taken out of a shift, a movement made smaller, a shift that is gone', () => {
    expect(rulesOf((db) => db.exec('DELETE FROM shift_cash WHERE post_id = (SELECT min(post_id) FROM shift_cash)'))).toEqual(['shift-cash']);
    expect(rulesOf((db) => db.exec('UPDATE shift_cash SET amount_minor = amount_minor - 10'))).toEqual(['shift-cash']);
    expect(rulesOf((db) => db.exec('UPDATE cash_movement SET amount_minor = 1 WHERE number = 1'))).toEqual(['shift-cash']);
    expect(rulesOf((db) => db.exec('DELETE FROM shift WHERE number = 1'))).toEqual(expect.arrayContaining(['shift-gap', 'reference']));
  });
});

describe('older shops', () => {
  test('C-12 completions from before the journal carried totals are read with their receipts', () => {
    const findings = rulesOf((db) => db.exec("UPDATE journal SET detail = json_remove(detail, '$.totalMinor') WHERE kind = 'sale-completed'"));
    // The chain is broken by the change itself; what the journal comes to is not.
    expect(findings).toEqual(['journal-changed']);
  });
});

describe('dump', () => {
  test('tells shifts with what moved and what was counted, X and Z whole', () => {
    const answer = dumpShop(file, '1970-01-01T00:00:00.000Z');
    expect(answer).toMatchObject({
      found: {
        shifts: [{ number: 1, floatMinor: 15_000, receiptsCashMinor: 320, movements: [{ kind: 'float', amountMinor: 15_000 }], counts: [{ countedMinor: 0 }, { countedMinor: 15_320 }] }, { number: 2, floatMinor: 5000 }],
        z: [{ number: 1, body: { kind: 'z', figures: { totalMinor: 320 } } }, { number: 2, body: { grand: { salesMinor: 640 } } }],
        x: [{ number: 1 }, { number: 2 }],
      },
    });
  });
});
