import type { ReportBody } from '../contract/reports.ts';
import { add, minor, zero } from '../core/money.ts';
import type { JournalTotals, Report, ReportStore } from '../core/ports/fiscal-stores.ts';
import type { JournalStore, SaleStore } from '../core/ports/stores.ts';
import type { Receipt } from '../core/sales/model.ts';
import { flag, integer, integerOrNull, json, text, textOrNull, type Row, type Statements } from './database.ts';
import { entryOf, firstLink } from './journal.ts';
import { completions } from './sales.ts';

export const reportOf = (row: Row): Report => ({
  id: text(row, 'id'),
  registerId: text(row, 'register_id'),
  kind: text(row, 'kind') as Report['kind'],
  number: integer(row, 'number'),
  at: text(row, 'at'),
  staffId: textOrNull(row, 'staff_id'),
  fromSeq: integer(row, 'from_seq'),
  toSeq: integer(row, 'to_seq'),
  body: json<ReportBody>(row, 'body'),
  hash: text(row, 'hash'),
  printed: flag(row, 'printed'),
});

/** Totals, and the last entry that is in them. */
type TotalsTo = JournalTotals & { readonly seq: number };

/**
 * What the journal's completions of a register come to, up to an entry; those up to `before` are summed already. Entries from before they
 * carried totals are read with their receipts.
 */
export function journalTotals(sql: Statements, registerId: string, toSeq: number, before: TotalsTo = { seq: 0, salesMinor: zero, returnsMinor: zero }): TotalsTo {
  const row = sql(
    `SELECT coalesce(sum(CASE WHEN journal.kind = 'sale-completed' THEN total END), 0) AS sales,
      coalesce(-sum(CASE WHEN journal.kind = 'return-completed' THEN total END), 0) AS returns, max(seq) AS last
     FROM (SELECT seq, journal.kind, coalesce(json_extract(journal.detail, '$.totalMinor'), (SELECT total_minor FROM receipt WHERE id = journal.receipt_id)) AS total
       FROM journal WHERE register_id = ? AND seq > ? AND seq <= ? AND kind IN ${completions}) AS journal`,
  ).get(registerId, before.seq, toSeq) as Row;
  return { seq: integerOrNull(row, 'last') ?? before.seq, salesMinor: add(before.salesMinor, minor(integer(row, 'sales'))), returnsMinor: add(before.returnsMinor, minor(integer(row, 'returns'))) };
}

/** X and Z, and what they are reckoned from. */
export function reportStore(sql: Statements, journal: JournalStore, sales: SaleStore, transaction: <T>(work: () => T) => T): ReportStore {
  // Entries are never changed: what was summed of them up to a report stays so, and a year of Z does not read the year each time.
  const summed = new Map<string, TotalsTo>();
  const one = (query: string, ...values: readonly (string | number)[]): Report | null => {
    const row = sql(query).get(...values) as Row | undefined;
    return row ? reportOf(row) : null;
  };

  function groupsOf(registerId: string, afterSeq: number): ReadonlyMap<string, string> {
    const rows = sql(
      `SELECT receipt_line.id, receipt_line.article_group FROM receipt_line
       WHERE receipt_id IN (SELECT receipt_id FROM journal WHERE register_id = ? AND seq > ? AND kind IN ${completions})`,
    ).all(registerId, afterSeq) as Row[];
    return new Map(rows.map((row) => [text(row, 'id'), text(row, 'article_group')]));
  }

  return {
    lastZ: (registerId) => one("SELECT * FROM report WHERE register_id = ? AND kind = 'z' ORDER BY number DESC LIMIT 1", registerId),
    nextNumber: (registerId, kind) => integer(sql('SELECT 1 + coalesce(max(number), 0) AS n FROM report WHERE register_id = ? AND kind = ?').get(registerId, kind) as Row, 'n'),
    source(registerId, afterSeq) {
      const rows = sql('SELECT * FROM journal WHERE register_id = ? AND seq > ? ORDER BY seq').all(registerId, afterSeq) as Row[];
      const entries = rows.map(entryOf);
      const receipts: Receipt[] = [];
      for (const row of sql(`SELECT receipt_id FROM journal WHERE register_id = ? AND seq > ? AND kind IN ${completions} ORDER BY seq`).all(registerId, afterSeq) as Row[]) {
        const receipt = sales.load(text(row, 'receipt_id'));
        if (receipt?.state !== 'completed') throw new Error(`reports: receipt ${text(row, 'receipt_id')} is not completed, and the journal says that it is`);
        receipts.push(receipt);
      }
      const head = sql('SELECT seq, hash FROM journal_head WHERE register_id = ?').get(registerId) as Row | undefined;
      return { entries, receipts, groups: groupsOf(registerId, afterSeq), head: head ? { seq: integer(head, 'seq'), hash: text(head, 'hash') } : { seq: 0, hash: firstLink } };
    },
    journalTotals(registerId, toSeq) {
      const before = summed.get(registerId);
      const totals = journalTotals(sql, registerId, toSeq, before && before.seq <= toSeq ? before : undefined);
      summed.set(registerId, totals);
      const { salesMinor, returnsMinor } = totals;
      return { salesMinor, returnsMinor };
    },
    save: (report, bodyText, entries) =>
      transaction(() => {
        sql('INSERT INTO report (id, register_id, kind, number, at, staff_id, from_seq, to_seq, body, hash, net_minor) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
          report.id, report.registerId, report.kind, report.number, report.at, report.staffId, report.fromSeq, report.toSeq, bodyText, report.hash, report.body.figures.totalMinor,
        );
        journal.append(entries);
      }),
    list: (registerId, limit) => (sql('SELECT * FROM report WHERE register_id = ? ORDER BY to_seq DESC LIMIT ?').all(registerId, limit) as Row[]).map(reportOf),
    byId: (reportId) => one('SELECT * FROM report WHERE id = ?', reportId),
    byNumber: (registerId, kind, number) => one('SELECT * FROM report WHERE register_id = ? AND kind = ? AND number = ?', registerId, kind, number),
    setPrinted: (reportId, entries) =>
      transaction(() => {
        sql('UPDATE report SET printed = 1 WHERE id = ?').run(reportId);
        journal.append(entries);
      }),
  };
}
