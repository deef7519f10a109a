import { fail, ok, type Result } from '../../contract/errors.ts';
import type { Paper } from '../../contract/receipts.ts';
import type { Obstacle, ReportKind, ReportRow } from '../../contract/reports.ts';
import { tenderName } from '../../core/payments/tenders.ts';
import type { Report } from '../../core/ports/fiscal-stores.ts';
import { reportPaper } from '../../core/reports/paper.ts';
import { paperHtml } from '../../core/receipts/html.ts';
import { activeLines, totalsOf } from '../../core/sales/totals.ts';
import { journalEntry, type ShopContext } from '../context.ts';
import type { Counter } from '../counter.ts';
import type { CallsOf, Handlers } from '../handlers.ts';
import type { ReceiptPrinting } from '../receipt-printing.ts';
import type { Session } from '../session.ts';
import { takeReport } from './take-report.ts';

/** Entries that say that something happened which a Z has to close; the report's own and sign-ins are not among them. */
const closable = new Set(['sale-completed', 'return-completed', 'training-completed', 'shift-opened', 'shift-closed', 'cash-moved', 'drawer-opened', 'receipt-voided', 'receipt-copied', 'payment-refund']);

/** X at any time, Z once for a period, both kept for ever. */
export function createReportService(context: ShopContext, session: Session, counter: Counter, printing: ReceiptPrinting): Handlers<CallsOf<'report'>> {
  const { stores, register, bus, ids, crypto, clock } = context;
  const { reports, sales, refunds, shifts } = stores;

  const rowOf = ({ id, kind, number, at, body, printed }: Report): ReportRow => ({
    reportId: id,
    kind,
    number,
    at,
    staffName: body.staffName,
    totalMinor: body.figures.totalMinor,
    receipts: body.figures.sales.count,
    currency: body.shop.currency,
    printed,
  });

  const obstacle = (kind: Obstacle['kind'], action: Obstacle['action'], about: Partial<Omit<Obstacle, 'kind' | 'action'>> = {}): Obstacle => ({ kind, action, name: '', at: null, amountMinor: null, receiptId: null, ...about });

  /** What stands before a Z: everything that could still change the period (C-10). */
  function obstacles(): Obstacle[] {
    const found: Obstacle[] = [];
    const onCounter = counter.onCounter();
    if (onCounter && (activeLines(onCounter).length > 0 || onCounter.posts.length > 0)) {
      const { totalMinor } = totalsOf(onCounter);
      found.push(obstacle('receipt-open', 'go-sale', { at: onCounter.openedAt, amountMinor: totalMinor, receiptId: onCounter.id }));
    }
    for (const one of counter.view().aside) found.push(obstacle('receipt-aside', 'bring-back', { at: one.at, amountMinor: one.dueMinor, receiptId: one.receiptId }));
    for (const one of sales.parked()) found.push(obstacle('receipt-parked', 'resume', { name: one.name, at: one.at, amountMinor: one.totalMinor, receiptId: one.receiptId }));
    for (const one of sales.unfinishedAttempts(register.id)) {
      if (found.some(({ receiptId }) => receiptId === one.receiptId)) continue;
      found.push(obstacle('payment-unfinished', 'go-sale', { name: context.tenderKinds.get(one.tenderKind)?.name ?? '', at: one.createdAt, amountMinor: one.amountMinor, receiptId: one.receiptId }));
    }
    for (const one of refunds.unfinished(register.id)) {
      found.push(obstacle('refund-unfinished', 'go-receipts', { name: context.tenderKinds.get(one.tenderKind)?.name ?? '', at: one.createdAt, amountMinor: one.amountMinor, receiptId: one.receiptId }));
    }
    for (const one of shifts.open(register.id)) found.push(obstacle('shift-open', 'go-shift', { name: one.drawer, at: one.openedAt }));
    return found;
  }

  function tenderNames(): (tenderId: string, kind: string) => string {
    const names = new Map(stores.shop.tenders(register.id).map((tender) => [tender.id, tenderName(tender, context.tenderKinds)]));
    return (tenderId, kind) => names.get(tenderId) ?? context.tenderKinds.get(kind)?.name ?? '';
  }

  const taken = (kind: ReportKind) =>
    takeReport(kind, { stores, shop: context.shop(), register, nowMs: clock.nowMs(), staffName: stores.staff.byId(session.staffId())?.name ?? '', tenderName: tenderNames() });

  /** Stored with the entry that holds it whole, in one transaction: what it covers can't change in between. */
  function take(kind: ReportKind, approvedBy: string | null): Result<Report> {
    return stores.transaction(() => {
      const { body, source, fromSeq } = taken(kind);
      if (kind === 'z') {
        if (!source.entries.some((entry) => closable.has(entry.kind))) return fail('z-nothing-new');
        // Carried from Z to Z and rebuilt from the journal, both have to come to the same (C-12).
        const rebuilt = reports.journalTotals(register.id, source.head.seq);
        if (rebuilt.salesMinor !== body.grand.salesMinor || rebuilt.returnsMinor !== body.grand.returnsMinor) return fail('grand-totals-differ');
      }
      const text = JSON.stringify(body);
      const report: Report = { id: ids.next(), registerId: register.id, kind, number: body.number, at: body.at, staffId: session.staffId(), fromSeq, toSeq: source.head.seq, body, hash: crypto.sha256(text), printed: false };
      reports.save(report, text, [journalEntry(context, session.staffId(), `${kind}-report`, { number: report.number, hash: report.hash, approvedBy, report: body })]);
      return ok(report);
    });
  }

  /** The paper comes out by itself; what it says is safe before, and it can be printed again. */
  function done(result: Result<Report>): Result<ReportRow> {
    if (!result.ok) return result;
    bus.publish('report.changed', {});
    void print(result.value.id, null).catch((error: unknown) => context.log.error('a report could not be printed', { error: String(error) }));
    return ok(rowOf(result.value));
  }

  const paperOf = (report: Report, copy: boolean): Paper =>
    reportPaper({ body: report.body, language: context.shop().language, copy, demo: context.mode === 'demo', kindName: (kind) => context.tenderKinds.get(kind)?.name ?? kind, words: context.words });

  /** Until one came out every paper is the original. */
  function keep(report: Report, staffId: string | null, how: object): void {
    reports.setPrinted(report.id, [journalEntry(context, staffId, 'report-printed', { kind: report.kind, number: report.number, copy: report.printed, ...how })]);
    bus.publish('report.changed', {});
  }

  const print = (reportId: string, staffId: string | null): Promise<Result<{ copy: boolean }>> =>
    printing.inTurn(async () => {
      const report = reports.byId(reportId);
      if (!report) return fail('report-unknown');
      const printed = await context.printer.print(paperOf(report, report.printed));
      if (!printed.ok) return fail('printer-failed', { problem: printed.problem });
      keep(report, staffId, {});
      return ok({ copy: report.printed });
    });

  return {
    'report.list': ({ limit }) => ok(reports.list(register.id, limit).map(rowOf)),
    'report.obstacles': () => ok(obstacles()),
    'report.x': ({ approval }) => {
      const allowed = session.authorise('report-x', approval);
      return allowed.ok ? done(take('x', allowed.value.approvedBy)) : allowed;
    },
    'report.z': ({ approval }) => {
      const inTheWay = obstacles().length;
      if (inTheWay > 0) return fail('z-not-yet', { count: inTheWay });
      const allowed = session.authorise('report-z', approval);
      if (!allowed.ok) return allowed;
      return done(take('z', allowed.value.approvedBy));
    },
    'report.paper': ({ reportId }) => {
      const report = reports.byId(reportId);
      return report ? ok({ report: rowOf(report), paper: paperOf(report, false) }) : fail('report-unknown');
    },
    'report.print': ({ reportId }) => print(reportId, session.staffId()),
    'report.pdf': ({ reportId }) => {
      const staffId = session.staffId();
      return printing.inTurn(async () => {
        const report = reports.byId(reportId);
        if (!report) return fail('report-unknown');
        const pdf = await context.pdf.render(paperHtml(paperOf(report, report.printed)));
        if (!pdf) return fail('pdf-not-available');
        keep(report, staffId, { pdf: true });
        return ok({ fileName: `kassa-${report.kind}-${register.number}-${report.number}.pdf`, base64: Buffer.from(pdf).toString('base64') });
      });
    },
  };
}
