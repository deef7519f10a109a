import type { ReportBody, ReportKind } from '../../contract/reports.ts';
import type { ShopView, RegisterView } from '../../contract/shop.ts';
import type { JournalEntry } from '../../core/ports/journal.ts';
import type { ReportSource } from '../../core/ports/fiscal-stores.ts';
import type { Stores } from '../../core/ports/stores.ts';
import { figuresOf, grandAfter, operatorsOf, type ReportNames } from '../../core/reports/accumulate.ts';
import { isoInstant, offsetMinutesIn } from '../../core/time.ts';

/** What a report is taken over. */
export type Taking = {
  readonly stores: Stores;
  readonly shop: ShopView;
  readonly register: RegisterView;
  readonly nowMs: number;
  readonly staffName: string;
  readonly tenderName: (tenderId: string, kind: string) => string;
};

type ClosedShift = ReportBody['shifts'][number];

/** Shifts that ended in the period, as the journal wrote down how. */
function shiftsOf(entries: readonly JournalEntry[], nameOf: (staffId: string) => string): ClosedShift[] {
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

/** A report of everything since the last Z, as it is now. Reads only. */
export function takeReport(kind: ReportKind, { stores, shop, register, nowMs, staffName, tenderName }: Taking): { readonly body: ReportBody; readonly source: ReportSource; readonly fromSeq: number } {
  const last = stores.reports.lastZ(register.id);
  const fromSeq = last?.toSeq ?? 0;
  const source = stores.reports.source(register.id, fromSeq);
  const { receipts, entries, groups, head } = source;
  const nameOf = (staffId: string): string => (staffId === '' ? '' : (stores.staff.byId(staffId)?.name ?? ''));
  const names: ReportNames = { group: (line) => groups.get(line.id) ?? '', tender: tenderName };
  const figures = figuresOf(receipts, entries, names);
  const body: ReportBody = {
    kind,
    number: stores.reports.nextNumber(register.id, kind),
    shop: { name: shop.name, organisationNumber: shop.organisationNumber, vatNumber: shop.vatNumber, addressLines: shop.addressLines, country: shop.country, currency: shop.currency, timeZone: shop.timeZone },
    register: { id: register.id, number: register.number, name: register.name },
    at: isoInstant(nowMs),
    offsetMinutes: offsetMinutesIn(shop.timeZone, nowMs),
    staffName,
    since: last ? { number: last.number, at: last.at } : null,
    figures,
    operators: operatorsOf(receipts, entries, names).map(({ staffId, figures: own }) => ({ staffId, name: nameOf(staffId), figures: own })),
    shifts: shiftsOf(entries, nameOf),
    grand: grandAfter(last?.body.grand ?? null, figures),
    anchor: kind === 'x' ? null : { seq: head.seq, hash: head.hash, previousZ: last?.hash ?? '' },
  };
  return { body, source, fromSeq };
}
