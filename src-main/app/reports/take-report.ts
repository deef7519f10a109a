import { fail, ok, type Result } from '../../contract/errors.ts';
import type { Paper } from '../../contract/receipts.ts';
import type { ReportBody, ReportKind } from '../../contract/reports.ts';
import { tenderName } from '../../core/payments/tenders.ts';
import type { Report, ReportSource } from '../../core/ports/fiscal-stores.ts';
import type { JournalEntry } from '../../core/ports/journal.ts';
import { figuresOf, grandAfter, operatorsOf, type ReportNames } from '../../core/reports/accumulate.ts';
import { reportPaper } from '../../core/reports/paper.ts';
import { isoInstant, offsetMinutesIn } from '../../core/time.ts';
import { journalEntry, type ShopContext } from '../context.ts';

type ClosedShift = ReportBody['shifts'][number];

/** Shifts that ended in the period, as the journal wrote down how. */
function shiftsOf(entries: readonly JournalEntry[], nameOf: (staffId: string | null) => string): ClosedShift[] {
  return entries
    .filter((entry) => entry.kind === 'shift-closed')
    .map(({ detail }) => {
      const of = (name: string): number => Number(detail[name] ?? 0);
      const said = (name: string): string => (typeof detail[name] === 'string' ? detail[name] : '');
      return {
        number: of('number'),
        drawer: said('drawer'),
        staffName: nameOf(said('staff')),
        floatMinor: of('floatMinor'),
        expectedMinor: of('expectedMinor'),
        countedMinor: of('countedMinor'),
        differenceMinor: of('differenceMinor'),
        explanation: said('explanation'),
        leftMinor: of('leftMinor'),
      };
    });
}

function tenderNames({ stores, register, tenderKinds }: ShopContext): ReportNames['tender'] {
  const names = new Map(stores.shop.tenders(register.id).map((tender) => [tender.id, tenderName(tender, tenderKinds)]));
  return (tenderId, kind) => names.get(tenderId) ?? tenderKinds.get(kind)?.name ?? '';
}

/** A report of everything since the last Z, as it is now. Reads only. */
function reportNow(context: ShopContext, kind: ReportKind, staffId: string | null): { readonly body: ReportBody; readonly source: ReportSource; readonly fromSeq: number } {
  const { stores, register, clock } = context;
  const shop = context.shop();
  const nowMs = clock.nowMs();
  const last = stores.reports.lastZ(register.id);
  const fromSeq = last?.toSeq ?? 0;
  const source = stores.reports.source(register.id, fromSeq);
  const { receipts, entries, groups, head } = source;
  const nameOf = (id: string | null): string => (id === null ? '' : (stores.staff.byId(id)?.name ?? ''));
  const names: ReportNames = { group: (line) => groups.get(line.id) ?? '', tender: tenderNames(context) };
  const figures = figuresOf(receipts, entries, names);
  const body: ReportBody = {
    kind,
    number: stores.reports.nextNumber(register.id, kind),
    shop: { name: shop.name, organisationNumber: shop.organisationNumber, vatNumber: shop.vatNumber, addressLines: shop.addressLines, country: shop.country, currency: shop.currency, timeZone: shop.timeZone },
    register: { id: register.id, number: register.number, name: register.name },
    at: isoInstant(nowMs),
    offsetMinutes: offsetMinutesIn(shop.timeZone, nowMs),
    staffName: nameOf(staffId),
    since: last ? { number: last.number, at: last.at } : null,
    figures,
    operators: operatorsOf(receipts, entries, names).map(({ staffId: id, figures: own }) => ({ staffId: id, name: nameOf(id), figures: own })),
    shifts: shiftsOf(entries, nameOf),
    grand: grandAfter(last?.body.grand ?? null, figures),
    anchor: kind === 'x' ? null : { seq: head.seq, hash: head.hash, previousZ: last?.hash ?? '' },
  };
  return { body, source, fromSeq };
}

/** Entries that say that something happened which a Z has to close; the report's own and sign-ins are not among them. */
const closable = new Set(['sale-completed', 'return-completed', 'training-completed', 'shift-opened', 'shift-closed', 'cash-moved', 'drawer-opened', 'receipt-voided', 'receipt-copied', 'payment-refund']);

/**
 * Takes a report: stored together with the journal's entry that holds it whole, in one transaction, so that what it covers can't change in
 * between. Errors of a Z: z-nothing-new, grand-totals-differ.
 */
export function takeReport(context: ShopContext, kind: ReportKind, staffId: string | null, approvedBy: string | null): Result<Report> {
  const { stores, register, ids, crypto } = context;
  return stores.transaction(() => {
    const { body, source, fromSeq } = reportNow(context, kind, staffId);
    if (kind === 'z') {
      if (!source.entries.some((entry) => closable.has(entry.kind))) return fail('z-nothing-new');
      // Carried from Z to Z and rebuilt from the journal, both have to come to the same (C-12).
      const rebuilt = stores.reports.journalTotals(register.id, source.head.seq);
      if (rebuilt.salesMinor !== body.grand.salesMinor || rebuilt.returnsMinor !== body.grand.returnsMinor) return fail('grand-totals-differ');
    }
    const text = JSON.stringify(body);
    const report: Report = { id: ids.next(), registerId: register.id, kind, number: body.number, at: body.at, staffId, fromSeq, toSeq: source.head.seq, body, hash: crypto.sha256(text), printed: false };
    stores.reports.save(report, text, [journalEntry(context, staffId, `${kind}-report`, { number: report.number, hash: report.hash, approvedBy, report: body })]);
    return ok(report);
  });
}

/** The paper of a stored report. */
export const paperOfReport = (context: ShopContext, report: Report, copy: boolean): Paper =>
  reportPaper({ body: report.body, language: context.shop().language, copy, demo: context.mode === 'demo', kindName: (kind) => context.tenderKinds.get(kind)?.name ?? kind, words: context.words });

/** Writes down that a report's paper came out; until one did, every paper is the original. */
export function keepPrinted(context: ShopContext, report: Report, staffId: string | null, how: object): void {
  context.stores.reports.setPrinted(report.id, [journalEntry(context, staffId, 'report-printed', { kind: report.kind, number: report.number, copy: report.printed, ...how })]);
}
