import { integer, json, text, type Row, type Statements } from '../database.ts';
import { journalTotals, reportOf } from '../reports.ts';
import type { JournalTotals, Report } from '../../core/ports/fiscal-stores.ts';
import type { Checked, Finding } from './finding.ts';

const nameOf = ({ kind, number, registerId }: Report): string => `${kind.toUpperCase()} ${number} of register ${registerId}`;

/** What a report says is what was written: its own hash, and the one in the journal's entry that holds it whole. */
function unchanged(sql: Statements, sha256: (content: string) => string, row: Row, report: Report): readonly Finding[] {
  const where = nameOf(report);
  const findings: Finding[] = [];
  if (sha256(text(row, 'body')) !== report.hash) findings.push({ rule: 'report-changed', where, what: 'it does not say what it said when it was taken' });
  if (integer(row, 'net_minor') !== report.body.figures.totalMinor || report.body.number !== report.number) findings.push({ rule: 'report-changed', where, what: 'its row and its content differ' });
  const entry = sql("SELECT detail FROM journal WHERE register_id = ? AND kind = ? AND json_extract(detail, '$.number') = ? AND seq > ?").get(report.registerId, `${report.kind}-report`, report.number, report.toSeq) as Row | undefined;
  if (!entry) findings.push({ rule: 'report-journal', where, what: 'the journal knows nothing of it' });
  else if (json<{ hash?: unknown }>(entry, 'detail').hash !== report.hash) findings.push({ rule: 'report-journal', where, what: 'the journal tells of another one of this number' });
  return findings;
}

/** C-9, C-12: a Z follows the one before it without a gap, is anchored in the journal, and carries grand totals that the journal comes to. */
function follows(sql: Statements, report: Report, before: Report | null, rebuilt: JournalTotals): readonly Finding[] {
  const where = nameOf(report);
  const { anchor, grand, figures } = report.body;
  const findings: Finding[] = [];
  if (report.number !== (before?.number ?? 0) + 1) findings.push({ rule: 'z-gap', where, what: `Z ${(before?.number ?? 0) + 1} is missing` });
  if (report.fromSeq !== (before?.toSeq ?? 0)) findings.push({ rule: 'C-9', where, what: `it begins after entry ${report.fromSeq}, and the Z before it ended with ${before?.toSeq ?? 0}` });
  const link = sql('SELECT hash FROM journal WHERE register_id = ? AND seq = ?').get(report.registerId, report.toSeq) as Row | undefined;
  if (anchor === null || anchor.seq !== report.toSeq || link === undefined || anchor.hash !== text(link, 'hash')) findings.push({ rule: 'z-anchor', where, what: 'the entry of the journal that it names is not the one that is there' });
  if (anchor !== null && anchor.previousZ !== (before?.hash ?? '')) findings.push({ rule: 'z-chain', where, what: 'it does not follow the Z before it' });
  if (rebuilt.salesMinor !== grand.salesMinor || rebuilt.returnsMinor !== grand.returnsMinor || grand.netMinor !== grand.salesMinor - grand.returnsMinor) {
    findings.push({ rule: 'C-12', where, what: `its grand totals are ${grand.salesMinor} and ${grand.returnsMinor}, the journal comes to ${rebuilt.salesMinor} and ${rebuilt.returnsMinor}` });
  }
  const own = { sales: grand.salesMinor - (before?.body.grand.salesMinor ?? 0), returns: grand.returnsMinor - (before?.body.grand.returnsMinor ?? 0) };
  if (own.sales !== figures.sales.amountMinor || own.returns !== figures.returns.amountMinor) findings.push({ rule: 'C-9', where, what: 'what it counts is not what its grand totals rose by' });
  return findings;
}

/** Checks every X and Z, and the chain of Z. */
export function checkReports(sql: Statements, sha256: (content: string) => string): Checked {
  const findings: Finding[] = [];
  const last = new Map<string, Report>();
  const summed = new Map<string, ReturnType<typeof journalTotals>>();
  const rows = sql('SELECT * FROM report ORDER BY register_id, kind, number').all() as Row[];
  for (const row of rows) {
    const report = reportOf(row);
    findings.push(...unchanged(sql, sha256, row, report));
    if (report.kind === 'x') continue;
    const before = summed.get(report.registerId);
    const rebuilt = journalTotals(sql, report.registerId, report.toSeq, before && before.seq <= report.toSeq ? before : undefined);
    summed.set(report.registerId, rebuilt);
    findings.push(...follows(sql, report, last.get(report.registerId) ?? null, rebuilt));
    last.set(report.registerId, report);
  }
  const told = sql("SELECT register_id, json_extract(detail, '$.number') AS number FROM journal WHERE kind = 'z-report'").all() as Row[];
  for (const row of told) {
    const [registerId, number] = [text(row, 'register_id'), integer(row, 'number')];
    if ((last.get(registerId)?.number ?? 0) < number) findings.push({ rule: 'z-missing', where: `Z ${number} of register ${registerId}`, what: 'the journal tells of it, and it is not there' });
  }
  return { count: rows.length, findings };
}
