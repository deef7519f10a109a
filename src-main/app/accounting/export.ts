import type { ExportKind, ExportTotals } from '../../contract/accounting.ts';
import { createLedger, type Row } from '../../core/accounting/ledger.ts';
import { tenderName } from '../../core/payments/tenders.ts';
import type { BookedReceipt } from '../../core/ports/accounting-store.ts';
import { activeLines, heldPosts, totalsOf } from '../../core/sales/totals.ts';
import { dayIn, isoInstant, offsetMinutesIn } from '../../core/time.ts';
import type { ShopContext } from '../context.ts';
import { amountCell, cell, csvOf, percentCell, quantityCell } from './csv.ts';
import { planOf } from './plan.ts';

export type Exported = { readonly text: string; readonly totals: ExportTotals };

const pageSize = 100;
const dayMs = 86_400_000;

/** The first instant of a day of the shop's calendar. */
function startOf(timeZone: string, day: string): string {
  const asUtc = Date.parse(`${day}T00:00:00Z`);
  const guess = asUtc - offsetMinutesIn(timeZone, asUtc) * 60_000;
  return isoInstant(asUtc - offsetMinutesIn(timeZone, guess) * 60_000);
}

const nextDay = (day: string): string => isoInstant(Date.parse(`${day}T00:00:00Z`) + dayMs).slice(0, 10);

/** An instant as the shop's clock showed it, with its offset. */
function local(iso: string, offsetMinutes: number): string {
  const sign = offsetMinutes < 0 ? '-' : '+';
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const away = Math.abs(offsetMinutes);
  return `${isoInstant(Date.parse(iso) + offsetMinutes * 60_000).slice(0, 19)}${sign}${two(away / 60)}:${two(away % 60)}`;
}

type Period = { readonly from: string; readonly to: string };

/** Page after page, with a breath between two: the till sells and asks its providers meanwhile. */
async function* bookedReceipts(context: ShopContext, { from, to }: Period): AsyncGenerator<BookedReceipt> {
  let after: { readonly at: string; readonly id: string } | null = null;
  for (;;) {
    const page: readonly BookedReceipt[] = context.stores.accounting.receipts(from, to, after, pageSize);
    yield* page;
    const last = page.at(-1)?.receipt;
    if (!last || page.length < pageSize) return;
    after = { at: last.completedAt ?? '', id: last.id };
    await new Promise((resolve) => void setImmediate(resolve));
  }
}

/** Totals of what went by, whichever file it goes into. */
function totalling() {
  const days = new Set<string>();
  const tenders = new Map<string, number>();
  const sums = { receipts: 0, totalMinor: 0, vatMinor: 0 };
  return {
    add(day: string, { receipt }: BookedReceipt): void {
      const { totalMinor, vatMinor } = totalsOf(receipt);
      days.add(day);
      sums.receipts += 1;
      sums.totalMinor += totalMinor;
      sums.vatMinor += vatMinor;
      for (const post of receipt.posts) tenders.set(post.tenderKind, (tenders.get(post.tenderKind) ?? 0) + post.amountMinor);
    },
    so: (rows: number, debitMinor: number, creditMinor: number): ExportTotals => ({ ...sums, rows, days: days.size, debitMinor, creditMinor, tenders: [...tenders].map(([kind, amountMinor]) => ({ kind, amountMinor })) }),
  };
}

/** Names of tenders by kind, as the shop calls them. */
function kindNames({ stores, register, tenderKinds, words, shop }: ShopContext): (kind: string) => string {
  const { language } = shop();
  const own: Readonly<Record<string, string>> = { cash: words.text(language, 'export.cash'), 'manual-card': words.text(language, 'export.card') };
  const names = new Map(stores.shop.tenders(register.id).map((tender) => [tender.kind, tenderName(tender, tenderKinds)]));
  return (kind) => names.get(kind) || own[kind] || (tenderKinds.get(kind)?.name ?? kind);
}

async function accounting(context: ShopContext, period: Period): Promise<Exported> {
  const { timeZone, language, currency } = context.shop();
  const dayOf = (iso: string): string => dayIn(timeZone, Date.parse(iso));
  const ledger = createLedger(planOf(context));
  const totals = totalling();
  for await (const booked of bookedReceipts(context, period)) {
    const day = dayOf(booked.receipt.completedAt ?? '');
    ledger.receipt(day, booked.receipt, (lineId) => booked.groups.get(lineId) ?? '');
    totals.add(day, booked);
  }
  for (const { at, kind, intoDrawerMinor } of context.stores.accounting.drawerCash(period.from, period.to)) ledger.move(dayOf(at), kind, 'cash', intoDrawerMinor);
  for (const { at, provider, intoProviderMinor } of context.stores.accounting.unsettled(period.from, period.to)) ledger.move(dayOf(at), 'unsettled', provider, intoProviderMinor);
  const rows = ledger.rows();
  const nameOf = kindNames(context);
  const say = (key: string): string => context.words.text(language, `export.${key}`);
  const text = ({ kind, about }: Row): string => [say(kind), kind === 'sales' || about === '' ? about : nameOf(about)].filter((part) => part !== '').join(' · ');
  const head = ['day', 'account', 'text', 'group', 'rate', 'debit', 'credit', 'currency'].map((name) => cell(say(`column.${name}`)));
  const lines = rows.map((row) => [
    row.day, cell(row.account), cell(text(row)), cell(row.kind === 'sales' ? row.about : ''), row.rateBasisPoints === null ? '' : percentCell(row.rateBasisPoints),
    row.debitMinor === 0 ? '' : amountCell(row.debitMinor), row.creditMinor === 0 ? '' : amountCell(row.creditMinor), currency,
  ]);
  const sum = (side: 'debitMinor' | 'creditMinor'): number => rows.reduce((all, row) => all + row[side], 0);
  return { text: csvOf([head, ...lines]), totals: totals.so(rows.length, sum('debitMinor'), sum('creditMinor')) };
}

/** One row for each line: what was sold, and how its receipt was paid. */
async function receipts(context: ShopContext, period: Period): Promise<Exported> {
  const { timeZone, language, currency } = context.shop();
  const nameOf = kindNames(context);
  const say = (key: string): string => context.words.text(language, `export.${key}`);
  const head = ['register', 'receipt', 'receiptKind', 'time', 'person', 'line', 'code', 'article', 'group', 'quantity', 'unit', 'price', 'discount', 'amount', 'rate', 'vat', 'tender', 'reference', 'currency'].map((name) => cell(say(`column.${name}`)));
  const rows: string[][] = [];
  const totals = totalling();
  for await (const booked of bookedReceipts(context, period)) {
    const { receipt, groups, registerNumber, staffName, offsetMinutes } = booked;
    const at = receipt.completedAt ?? '';
    totals.add(dayIn(timeZone, Date.parse(at)), booked);
    const amounts = new Map(totalsOf(receipt).lines.map((line) => [line.lineId, line]));
    const payments = heldPosts(receipt.posts).filter((post) => post.kind === 'payment');
    const tender = cell([...new Set(payments.map((post) => nameOf(post.tenderKind)))].join(' + '));
    const reference = cell(payments.map((post) => post.reference).filter((one) => one !== '').join(' '));
    for (const [index, line] of activeLines(receipt).entries()) {
      const own = amounts.get(line.id);
      if (!own) throw new Error(`export: line ${line.id} has no totals`);
      rows.push([
        String(registerNumber), String(receipt.number ?? ''), cell(say(`kind.${receipt.kind}`)), local(at, offsetMinutes), cell(staffName), String(index + 1), cell(line.code), cell(line.name), cell(groups.get(line.id) ?? ''),
        quantityCell(line.quantityMilli), line.unit, amountCell(line.unitPriceMinor), amountCell(own.discountMinor + own.shareMinor), amountCell(own.payableMinor), percentCell(line.vatRateBasisPoints), amountCell(own.vatMinor), tender, reference, currency,
      ]);
    }
  }
  return { text: csvOf([head, ...rows]), totals: totals.so(rows.length, 0, 0) };
}

/** A CSV file of the shop's days `from` to `to`, both included. Training is in none. */
export function exportCsv(context: ShopContext, what: ExportKind, from: string, to: string): Promise<Exported> {
  const { timeZone } = context.shop();
  const period = { from: startOf(timeZone, from), to: startOf(timeZone, nextDay(to)) };
  return what === 'accounting' ? accounting(context, period) : receipts(context, period);
}
