import { fail, ok, type Result } from '../../contract/errors.ts';
import type { Obstacle, ReportRow } from '../../contract/reports.ts';
import { inDoubt } from '../../core/payments/carry-over.ts';
import type { Refund } from '../../core/payments/refund.ts';
import type { Report } from '../../core/ports/fiscal-stores.ts';
import { paperHtml } from '../../core/receipts/html.ts';
import { activeLines, isBegun, totalsOf } from '../../core/sales/totals.ts';
import type { ShopContext } from '../context.ts';
import type { Counter } from '../counter.ts';
import type { CallsOf, Handlers } from '../handlers.ts';
import type { Papers } from '../printers/papers.ts';
import type { ReceiptPrinting } from '../receipt-printing.ts';
import type { Session } from '../session.ts';
import { keepPrinted, paperOfReport, takeReport } from './take-report.ts';

type Parts = { readonly printing: ReceiptPrinting; readonly papers: Papers };

/** X at any time, Z once for a period, both kept for ever. */
export function createReportService(context: ShopContext, session: Session, counter: Counter, { printing, papers }: Parts): Handlers<CallsOf<'report'>> {
  const { stores, register, bus } = context;
  const { reports, returns, sales, refunds, shifts } = stores;

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

  const obstacle = (kind: Obstacle['kind'], action: Obstacle['action'], about: Partial<Omit<Obstacle, 'kind' | 'action'>> = {}): Obstacle => ({ kind, action, name: '', at: null, amountMinor: null, receiptId: null, attemptId: null, ...about });

  const moneyOf = ({ tenderKind, createdAt: at, amountMinor, receiptId }: Pick<Refund, 'tenderKind' | 'createdAt' | 'amountMinor' | 'receiptId'>) => ({ name: context.tenderKinds.get(tenderKind)?.name ?? '', at, amountMinor, receiptId });

  /** Where people can say what became of a refund: late money, a part of the receipt that is rung up, or a receipt that is done. */
  function whereDecided({ taskId, receiptId }: Refund): Obstacle['action'] {
    if (taskId !== null) return 'go-tasks';
    return receiptId !== null && sales.load(receiptId)?.state === 'completed' ? 'go-receipts' : 'go-sale';
  }

  /** What stands before a Z: everything that could still change the period (C-10). */
  function obstacles(): Obstacle[] {
    const found: Obstacle[] = [];
    if (context.training()) found.push(obstacle('training-on', 'end-training'));
    const onCounter = counter.onCounter();
    if (onCounter && isBegun(onCounter)) {
      const { totalMinor } = totalsOf(onCounter);
      found.push(obstacle('receipt-open', 'go-sale', { at: onCounter.openedAt, amountMinor: totalMinor, receiptId: onCounter.id }));
    }
    for (const one of counter.view().aside) found.push(obstacle('receipt-aside', 'bring-back', { at: one.at, amountMinor: one.dueMinor, receiptId: one.receiptId }));
    for (const one of sales.parked()) found.push(obstacle('receipt-parked', 'resume', { name: one.name, at: one.at, amountMinor: one.totalMinor, receiptId: one.receiptId }));
    for (const one of sales.unfinishedAttempts(register.id)) {
      if (one.carriedOverAt !== null) continue;
      if (inDoubt(one)) {
        found.push(obstacle('payment-in-doubt', 'carry-over', { ...moneyOf(one), attemptId: one.id }));
        continue;
      }
      if (found.some(({ receiptId }) => receiptId === one.receiptId)) continue;
      found.push(obstacle('payment-unfinished', 'go-sale', moneyOf(one)));
    }
    for (const one of returns.unfinished(register.id).filter((back) => activeLines(back).length > 0)) found.push(obstacle('return-open', 'go-returns', { at: one.openedAt, amountMinor: -totalsOf(one).totalMinor, receiptId: one.id }));
    for (const one of refunds.unfinished(register.id)) {
      if (one.returnId !== null) continue;
      found.push(obstacle('refund-unfinished', whereDecided(one), moneyOf(one)));
    }
    for (const one of shifts.open(register.id)) found.push(obstacle('shift-open', 'go-shift', { name: one.drawer, at: one.openedAt }));
    return found;
  }

  /** The paper comes out by itself; what it says is safe before, and it can be printed again. */
  function done(result: Result<Report>): Result<ReportRow> {
    if (!result.ok) return result;
    bus.publish('report.changed', {});
    void print(result.value.id, null).catch((error: unknown) => context.log.error('a report could not be printed', { error: String(error) }));
    return ok(rowOf(result.value));
  }

  function keep(report: Report, staffId: string | null, how: object): void {
    keepPrinted(context, report, staffId, how);
    bus.publish('report.changed', {});
  }

  const print = (reportId: string, staffId: string | null): Promise<Result<{ copy: boolean }>> =>
    printing.inTurn(async () => {
      const report = reports.byId(reportId);
      if (!report) return fail('report-unknown');
      const problem = await papers.print({ kind: 'report', ofId: report.id }, paperOfReport(context, report, report.printed), () => keep(report, staffId, {}));
      return problem ? fail('printer-failed', { problem }) : ok({ copy: report.printed });
    });
  papers.whenOut('report', (reportId, staffId) => {
    const report = reports.byId(reportId);
    if (report) keep(report, staffId, {});
  });

  return {
    'report.list': ({ limit }) => ok(reports.list(register.id, limit).map(rowOf)),
    'report.obstacles': () => ok(obstacles()),
    'report.x': ({ approval }) => {
      const allowed = session.authorise('report-x', approval);
      return allowed.ok ? done(takeReport(context, 'x', session.staffId(), allowed.value.approvedBy)) : allowed;
    },
    'report.z': ({ approval }) => {
      const inTheWay = obstacles().length;
      if (inTheWay > 0) return fail('z-not-yet', { count: inTheWay });
      const allowed = session.authorise('report-z', approval);
      if (!allowed.ok) return allowed;
      return done(takeReport(context, 'z', session.staffId(), allowed.value.approvedBy));
    },
    'report.paper': ({ reportId }) => {
      const report = reports.byId(reportId);
      return report ? ok({ report: rowOf(report), paper: paperOfReport(context, report, false) }) : fail('report-unknown');
    },
    'report.print': ({ reportId }) => print(reportId, session.staffId()),
    'report.pdf': ({ reportId }) => {
      const staffId = session.staffId();
      return printing.inTurn(async () => {
        const report = reports.byId(reportId);
        if (!report) return fail('report-unknown');
        const pdf = await context.pdf.render(paperHtml(paperOfReport(context, report, report.printed), 'a4'));
        if (!pdf) return fail('pdf-not-available');
        papers.end({ kind: 'report', ofId: report.id });
        keep(report, staffId, { pdf: true });
        return ok({ fileName: `kassa-${report.kind}-${register.number}-${report.number}.pdf`, base64: Buffer.from(pdf).toString('base64') });
      });
    },
  };
}
