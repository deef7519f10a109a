import type { AccountPlan } from '../../contract/accounting.ts';
import type { Receipt } from '../sales/model.ts';
import { activeLines, totalsOf } from '../sales/totals.ts';

/**
 * The day's sums as an accountant books them: what was sold by rate and article group, its VAT, what was paid by each tender, and what
 * moved in the drawers. Everything is booked as a whole that balances, so each day does.
 */
export type EntryKind = 'sales' | 'vat' | 'tender' | 'rounding' | 'tips' | 'cash-difference' | 'pay-in' | 'pay-out' | 'safe' | 'unsettled';

export type Row = {
  readonly day: string;
  readonly account: string;
  readonly kind: EntryKind;
  /** A group, a tender's kind; empty where there is none. */
  readonly about: string;
  readonly rateBasisPoints: number | null;
  readonly debitMinor: number;
  readonly creditMinor: number;
};

type Side = Omit<Row, 'day' | 'debitMinor' | 'creditMinor'>;
type Sum = Side & { readonly day: string; minor: number };

const kinds: readonly EntryKind[] = ['sales', 'vat', 'tender', 'rounding', 'tips', 'cash-difference', 'pay-in', 'pay-out', 'safe', 'unsettled'];

export type Ledger = {
  receipt(day: string, receipt: Receipt, groupOf: (lineId: string) => string): void;
  /** Money that goes from one account to another: what it was for, and the tender on the other side. */
  move(day: string, kind: Exclude<EntryKind, 'sales' | 'vat' | 'tender' | 'tips' | 'rounding'>, tenderKind: string, intoTenderMinor: number): void;
  /** All sums, day by day. Throws where a day does not balance. */
  rows(): readonly Row[];
};

export function createLedger(plan: AccountPlan): Ledger {
  const sums = new Map<string, Sum>();
  const rates = new Map(plan.rates.map((rate) => [rate.rateBasisPoints, rate]));
  const tenders = new Map(plan.tenders.map(({ kind, account }) => [kind, account]));
  const { others } = plan;
  const otherAccounts: Readonly<Record<Exclude<EntryKind, 'sales' | 'vat' | 'tender'>, string>> = {
    rounding: others.rounding, tips: others.tips, 'cash-difference': others.cashDifference, 'pay-in': others.payIn, 'pay-out': others.payOut, safe: others.safe, unsettled: others.unsettled,
  };

  /** Above zero is debit. */
  function book(day: string, side: Side, minor: number): void {
    const key = [day, side.kind, side.account, side.about, side.rateBasisPoints].join('\t');
    const sum = sums.get(key) ?? { day, ...side, minor: 0 };
    sum.minor += minor;
    sums.set(key, sum);
  }
  const tenderSide = (kind: string): Side => ({ kind: 'tender', account: tenders.get(kind) ?? '', about: kind, rateBasisPoints: null });
  const plain = (kind: keyof typeof otherAccounts): Side => ({ kind, account: otherAccounts[kind], about: '', rateBasisPoints: null });

  return {
    receipt(day, receipt, groupOf) {
      const totals = totalsOf(receipt);
      const amounts = new Map(totals.lines.map((line) => [line.lineId, line]));
      let booked = 0;
      const both = (side: Side, minor: number): void => {
        book(day, side, minor);
        booked += minor;
      };
      for (const line of activeLines(receipt)) {
        const { payableMinor = 0, vatMinor = 0 } = amounts.get(line.id) ?? {};
        const { vatRateBasisPoints: rateBasisPoints } = line;
        const accounts = rates.get(rateBasisPoints);
        both({ kind: 'sales', account: accounts?.sales ?? '', about: groupOf(line.id), rateBasisPoints }, vatMinor - payableMinor);
        if (vatMinor !== 0) both({ kind: 'vat', account: accounts?.vat ?? '', about: '', rateBasisPoints }, -vatMinor);
      }
      for (const post of receipt.posts) both(tenderSide(post.tenderKind), post.amountMinor);
      if (receipt.roundingMinor !== 0) both(plain('rounding'), -receipt.roundingMinor);
      if (receipt.tipMinor !== 0) both(plain('tips'), -receipt.tipMinor);
      if (booked !== 0) throw new Error(`accounting: receipt ${receipt.id} is ${booked} out of balance`);
    },
    move(day, kind, tenderKind, intoTenderMinor) {
      if (intoTenderMinor === 0) return;
      // Both sides are told under what it was, so that what customers paid stays to be seen.
      book(day, { ...tenderSide(tenderKind), kind }, intoTenderMinor);
      book(day, plain(kind), -intoTenderMinor);
    },
    rows() {
      const all = [...sums.values()].filter(({ minor }) => minor !== 0);
      const days = new Map<string, number>();
      for (const { day, minor } of all) days.set(day, (days.get(day) ?? 0) + minor);
      for (const [day, rest] of days) if (rest !== 0) throw new Error(`accounting: ${day} is ${rest} out of balance`);
      const order = (a: Sum, b: Sum): number =>
        a.day.localeCompare(b.day) || kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || (b.rateBasisPoints ?? -1) - (a.rateBasisPoints ?? -1) || a.about.localeCompare(b.about) || a.account.localeCompare(b.account);
      return all.sort(order).map(({ minor, ...side }) => ({ ...side, debitMinor: Math.max(0, minor), creditMinor: Math.max(0, -minor) }));
    },
  };
}
