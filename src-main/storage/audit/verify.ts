import { statementsOf } from '../database.ts';
import { storesOf } from '../open.ts';
import { checkFile } from './file-check.ts';
import type { Checked, Finding } from './finding.ts';
import { checkJournal } from './journal-check.ts';
import { checkPayments, checkTasks } from './payment-check.ts';
import { readingDatabase } from './reading.ts';
import { checkNumbers, checkReceipts } from './receipt-check.ts';
import { checkReturns } from './return-check.ts';
import { checkReports } from './report-check.ts';
import { checkShifts } from './shift-check.ts';

export type Verified = { readonly ok: boolean; readonly checked: Readonly<Record<string, number>>; readonly findings: readonly Finding[] };

/** Checks a register's database without changing it, also beside a running shop. Throws UnreadableDatabaseError. */
export function verifyDatabase(file: string, sha256: (content: string) => string): Verified {
  return readingDatabase(file, (db) => {
    const sql = statementsOf(db);
    const { sales } = storesOf(db, sha256);
    const checks: Readonly<Record<string, () => Checked>> = {
      guards: () => checkFile(db, sql),
      journal: () => checkJournal(sql, sha256),
      series: () => checkNumbers(sql),
      receipts: () => checkReceipts(sql, sales, sha256),
      payments: () => checkPayments(sql),
      tasks: () => checkTasks(sql),
      returns: () => checkReturns(sql, sales),
      shifts: () => checkShifts(sql),
      reports: () => checkReports(sql, sha256),
    };
    const done = Object.entries(checks).map(([name, check]) => [name, check()] as const);
    const findings = done.flatMap(([, { findings: found }]) => found);
    return { ok: findings.length === 0, checked: Object.fromEntries(done.map(([name, { count }]) => [name, count])), findings };
  });
}
