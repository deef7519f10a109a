import type { Counted, ReportFigures } from '../../contract/reports.ts';
import type { JournalEntry } from '../ports/journal.ts';
import type { Line, Post, Receipt } from '../sales/model.ts';
import { activeLines, heldPosts, totalsOf } from '../sales/totals.ts';

/**
 * How X and Z come about: pure sums over the receipts that were completed in a period and over the journal's entries of that period.
 * Nothing is counted by hand along the way, so nothing can be forgotten after a crash.
 */

type Row = { count: number; amountMinor: number };

/** Sums by a key, in the order of their first coming. */
class Sums<T extends object> {
  readonly #rows = new Map<string, T & Row>();

  add(key: string, about: T, count: number, amountMinor: number): void {
    const row = this.#rows.get(key) ?? { ...about, count: 0, amountMinor: 0 };
    row.count += count;
    row.amountMinor += amountMinor;
    this.#rows.set(key, row);
  }

  rows(): (T & Row)[] {
    return [...this.#rows.values()];
  }
}

const none = (): Row => ({ count: 0, amountMinor: 0 });

function count(into: Row, amountMinor: number): void {
  into.count += 1;
  into.amountMinor += amountMinor;
}

const amountOf = (entry: JournalEntry, name: string): number => {
  const value = entry.detail[name];
  return typeof value === 'number' ? value : 0;
};
const textOf = (entry: JournalEntry, name: string): string => {
  const value = entry.detail[name];
  return typeof value === 'string' ? value : '';
};

/** What names things in a report: groups of lines, tenders as the shop calls them. */
export type ReportNames = {
  readonly group: (line: Line) => string;
  readonly tender: (tenderId: string, kind: string) => string;
};

/** Pieces and services count one by one, what is weighed or measured as one article. */
const piecesOf = (line: Line): number => (line.unit === 'piece' ? Math.round(line.quantityMilli / 1000) : 1);

type Draft = {
  readonly sales: Row;
  readonly returns: Row;
  readonly returnsWithoutReceipt: Row;
  readonly distanceSales: Row;
  readonly groups: Sums<{ readonly name: string }>;
  readonly tenders: Sums<{ readonly tenderId: string; readonly kind: string; readonly name: string }>;
  readonly vat: Map<number, { rateBasisPoints: number; grossMinor: number; netMinor: number; vatMinor: number }>;
  goods: number;
  services: number;
  roundingMinor: number;
  readonly discounts: Row;
  readonly cashBack: Row;
  readonly training: Row;
};

/** What was paid by each tender: notes given less change, and nothing of what went back before completion. */
function addPosts(draft: Draft, posts: readonly Post[], names: ReportNames): void {
  for (const post of heldPosts(posts)) {
    const { tenderId, tenderKind: kind } = post;
    draft.tenders.add(tenderId, { tenderId, kind, name: names.tender(tenderId, kind) }, post.kind === 'payment' ? 1 : 0, post.amountMinor);
    if (post.kind === 'cash-back') count(draft.cashBack, -post.amountMinor);
  }
}

function addReceipt(draft: Draft, receipt: Receipt, names: ReportNames): void {
  const totals = totalsOf(receipt);
  if (receipt.kind === 'training') {
    count(draft.training, totals.totalMinor);
    return;
  }
  const sign = receipt.kind === 'return' ? -1 : 1;
  count(sign < 0 ? draft.returns : draft.sales, sign * totals.totalMinor);
  if (receipt.returned?.receiptId === null && !receipt.returned.origin) count(draft.returnsWithoutReceipt, sign * totals.totalMinor);
  if (receipt.distance && sign > 0) count(draft.distanceSales, totals.totalMinor);
  draft.roundingMinor += receipt.roundingMinor;
  const byLine = new Map(totals.lines.map((line) => [line.lineId, line]));
  for (const line of activeLines(receipt)) {
    const amounts = byLine.get(line.id);
    if (!amounts) throw new Error(`reports: line ${line.id} has no totals`);
    const pieces = sign * piecesOf(line);
    draft.groups.add(names.group(line), { name: names.group(line) }, pieces, amounts.payableMinor);
    if (line.unit === 'h') draft.services += pieces;
    else draft.goods += pieces;
    // Discounts are counted as they are given; what comes back is counted at what goes back for it.
    if (sign > 0 && amounts.discountMinor !== 0) count(draft.discounts, amounts.discountMinor);
  }
  if (totals.receiptDiscountMinor !== 0) count(draft.discounts, totals.receiptDiscountMinor);
  for (const { rateBasisPoints, grossMinor, netMinor, vatMinor } of totals.vat) {
    const rate = draft.vat.get(rateBasisPoints) ?? { rateBasisPoints, grossMinor: 0, netMinor: 0, vatMinor: 0 };
    rate.grossMinor += grossMinor;
    rate.netMinor += netMinor;
    rate.vatMinor += vatMinor;
    draft.vat.set(rateBasisPoints, rate);
  }
  addPosts(draft, receipt.posts, names);
}

type Events = Pick<
  ReportFigures,
  | 'floatMinor' | 'drawerOpenings' | 'drawerOpeningsWithoutSale' | 'copies' | 'provisional' | 'delivery' | 'abandoned' | 'lineCorrections' | 'priceEnquiries'
  | 'otherCorrections' | 'payIns' | 'payOuts' | 'safeDrops' | 'refunds'
>;

/** Sums over what the journal tells beside completed receipts. */
function eventsOf(entries: readonly JournalEntry[], names: ReportNames): Events {
  let floatMinor = 0;
  let drawerOpenings = 0;
  let drawerOpeningsWithoutSale = 0;
  const rows = { copies: none(), provisional: none(), delivery: none(), abandoned: none(), 'pay-in': none(), 'pay-out': none(), 'safe-drop': none() };
  const lineCorrections = new Sums<{ readonly type: string }>();
  const otherCorrections = new Sums<{ readonly type: string }>();
  const priceEnquiries = new Sums<{ readonly name: string }>();
  const refunds = new Sums<{ readonly tenderId: string; readonly kind: string; readonly name: string }>();
  for (const entry of entries) {
    // What was done in training is counted by its receipts alone (C-11).
    if (entry.detail['training'] === true) continue;
    switch (entry.kind) {
      case 'shift-opened':
        floatMinor += amountOf(entry, 'floatMinor');
        break;
      case 'drawer-opened':
        drawerOpenings += 1;
        if (entry.detail['sale'] === false) drawerOpeningsWithoutSale += 1;
        break;
      case 'receipt-copied':
        count(rows.copies, amountOf(entry, 'totalMinor'));
        break;
      case 'provisional-printed':
        count(rows.provisional, amountOf(entry, 'totalMinor'));
        break;
      case 'delivery-printed':
        count(rows.delivery, amountOf(entry, 'totalMinor'));
        break;
      case 'receipt-voided':
        // A receipt whose lines were all taken off one by one was no sale; its lines are counted as corrections.
        if (textOf(entry, 'reason') !== 'empty') count(rows.abandoned, amountOf(entry, 'totalMinor'));
        break;
      case 'line-removed':
        lineCorrections.add('removed', { type: 'removed' }, 1, -amountOf(entry, 'amountMinor'));
        break;
      case 'line-corrected':
        lineCorrections.add('lowered', { type: 'lowered' }, 1, -amountOf(entry, 'correctedMinor'));
        break;
      case 'line-restored':
        lineCorrections.add('restored', { type: 'restored' }, 1, amountOf(entry, 'amountMinor'));
        break;
      case 'price-override':
        otherCorrections.add('price-override', { type: 'price-override' }, 1, -amountOf(entry, 'correctedMinor'));
        break;
      case 'return-completed':
        if (textOf(entry, 'purpose') === 'tender') otherCorrections.add('tender-corrected', { type: 'tender-corrected' }, 1, amountOf(entry, 'totalMinor'));
        break;
      case 'payment-taken-back':
        otherCorrections.add('payment-taken-back', { type: 'payment-taken-back' }, 1, amountOf(entry, 'amountMinor'));
        break;
      case 'price-enquiry':
        priceEnquiries.add(textOf(entry, 'group'), { name: textOf(entry, 'group') }, 1, amountOf(entry, 'amountMinor'));
        break;
      case 'cash-moved': {
        const kind = textOf(entry, 'kind');
        if (kind === 'pay-in' || kind === 'pay-out' || kind === 'safe-drop') count(rows[kind], Math.abs(amountOf(entry, 'amountMinor')));
        break;
      }
      case 'payment-refund': {
        const kind = textOf(entry, 'tender');
        // What belongs to a return is among its tenders.
        if (textOf(entry, 'state') === 'refunded' && textOf(entry, 'return') === '') refunds.add(kind, { tenderId: kind, kind, name: names.tender(kind, kind) }, 1, amountOf(entry, 'amountMinor'));
        break;
      }
      default:
        break;
    }
  }
  return {
    floatMinor,
    drawerOpenings,
    drawerOpeningsWithoutSale,
    copies: rows.copies,
    provisional: rows.provisional,
    delivery: rows.delivery,
    abandoned: rows.abandoned,
    lineCorrections: lineCorrections.rows(),
    otherCorrections: otherCorrections.rows(),
    priceEnquiries: priceEnquiries.rows(),
    payIns: rows['pay-in'],
    payOuts: rows['pay-out'],
    safeDrops: rows['safe-drop'],
    refunds: refunds.rows(),
  };
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
const nothing: Counted = { count: 0, amountMinor: 0 };

/** The figures of some receipts and entries. They add up: groups, VAT and (but for rounding) tenders come to the same total. */
export function figuresOf(receipts: readonly Receipt[], entries: readonly JournalEntry[], names: ReportNames): ReportFigures {
  const draft: Draft = {
    sales: none(),
    returns: none(),
    returnsWithoutReceipt: none(),
    distanceSales: none(),
    groups: new Sums(),
    tenders: new Sums(),
    vat: new Map(),
    goods: 0,
    services: 0,
    roundingMinor: 0,
    discounts: none(),
    cashBack: none(),
    training: none(),
  };
  for (const receipt of receipts) addReceipt(draft, receipt, names);
  const figures: ReportFigures = {
    totalMinor: draft.sales.amountMinor - draft.returns.amountMinor,
    sales: draft.sales,
    returns: draft.returns,
    returnsWithoutReceipt: draft.returnsWithoutReceipt,
    distanceSales: draft.distanceSales,
    groups: draft.groups.rows().sort(byName),
    goods: draft.goods,
    services: draft.services,
    tenders: draft.tenders.rows(),
    roundingMinor: draft.roundingMinor,
    tipsMinor: 0,
    vat: [...draft.vat.values()].sort((a, b) => b.rateBasisPoints - a.rateBasisPoints),
    discounts: draft.discounts,
    cashBack: draft.cashBack,
    training: draft.training,
    creditSales: nothing,
    ...eventsOf(entries, names),
  };
  assertAddsUp(figures);
  return figures;
}

const sumOf = (rows: readonly { readonly amountMinor: number }[]): number => rows.reduce((all, row) => all + row.amountMinor, 0);

function assertAddsUp({ totalMinor, groups, vat, tenders, roundingMinor }: ReportFigures): void {
  const gross = vat.reduce((all, rate) => all + rate.grossMinor, 0);
  const paid = sumOf(tenders) - roundingMinor;
  if (sumOf(groups) !== totalMinor || gross !== totalMinor || paid !== totalMinor) {
    throw new Error(`reports: ${totalMinor} in all, ${sumOf(groups)} by groups, ${gross} by rates, ${paid} paid`);
  }
}

/** The same figures for each person, by what each did. Who rang a receipt up answers for it. */
export function operatorsOf(receipts: readonly Receipt[], entries: readonly JournalEntry[], names: ReportNames): readonly { readonly staffId: string; readonly figures: ReportFigures }[] {
  const people = [...new Set([...receipts.map((receipt) => receipt.staffId), ...entries.flatMap((entry) => entry.staffId ?? [])])];
  return people
    .map((staffId) => ({
      staffId,
      figures: figuresOf(
        receipts.filter((receipt) => receipt.staffId === staffId),
        entries.filter((entry) => entry.staffId === staffId),
        names,
      ),
    }))
    .filter(({ figures }) => didSomething(figures));
}

/** Whether there is anything to tell. */
function didSomething(figures: ReportFigures): boolean {
  const { sales, returns, abandoned, copies, provisional, delivery, training, drawerOpenings, payIns, payOuts, safeDrops, floatMinor } = figures;
  const counts = [sales, returns, abandoned, copies, provisional, delivery, training, payIns, payOuts, safeDrops].some((row) => row.count > 0);
  return counts || drawerOpenings > 0 || floatMinor !== 0 || figures.lineCorrections.length > 0 || figures.otherCorrections.length > 0 || figures.refunds.length > 0;
}

/** Grand totals after a period: those of the Z before it and what has come since. They never go back to zero (C-12). */
export const grandAfter = (before: { readonly salesMinor: number; readonly returnsMinor: number } | null, { sales, returns }: Pick<ReportFigures, 'sales' | 'returns'>) => {
  const salesMinor = (before?.salesMinor ?? 0) + sales.amountMinor;
  const returnsMinor = (before?.returnsMinor ?? 0) + returns.amountMinor;
  return { salesMinor, returnsMinor, netMinor: salesMinor - returnsMinor };
};
