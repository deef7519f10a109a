import type { ReportBody, ReportKind } from '../../contract/reports.ts';
import type { CashPieces, MovementKind } from '../../contract/shifts.ts';
import type { Minor } from '../money.ts';
import type { Receipt } from '../sales/model.ts';
import type { JournalDraft, JournalEntry } from './journal.ts';

/** What core asks of the database about papers, shifts and reports. */

/** A paper with a number of its own that is not a receipt: a copy, or one that is not for a purchase (C-3). */
export type IssuedPaper = {
  readonly registerId: string;
  readonly series: 'copy' | 'provisional' | 'delivery';
  readonly receiptId: string;
  readonly staffId: string | null;
  readonly at: string;
  readonly amountMinor: Minor;
};

export interface PaperStore {
  /** Gives the paper the next number of its series, and writes what `entries` make of it. A second copy throws. */
  issue(paper: IssuedPaper, entries: (number: number) => readonly JournalDraft[]): number;
  /** Number of a receipt's copy; null while there is none. */
  copyOf(receiptId: string): number | null;
}

/** A person's time with a drawer. */
export type Shift = {
  readonly id: string;
  readonly registerId: string;
  readonly number: number;
  readonly drawer: string;
  /** Who answers for it now; null for the demo's own. */
  readonly staffId: string | null;
  readonly openedBy: string | null;
  readonly openedAt: string;
  readonly floatMinor: Minor;
  /** The count by which it was handed over last; it has had its use. */
  readonly handedOverBy: string | null;
  readonly closing: ShiftClosing | null;
};

export type ShiftClosing = {
  readonly at: string;
  readonly by: string;
  readonly countedMinor: Minor;
  readonly expectedMinor: Minor;
  readonly explanation: string;
  readonly approvedBy: string | null;
  /** What stays in the drawer for the next shift. */
  readonly leftMinor: Minor;
};

export type CashMovement = {
  readonly id: string;
  readonly shiftId: string;
  readonly registerId: string;
  readonly number: number;
  readonly kind: MovementKind;
  /** What it adds to the drawer: below zero for what is taken out. */
  readonly amountMinor: Minor;
  readonly reason: string;
  readonly staffId: string | null;
  readonly approvedBy: string | null;
  readonly at: string;
  readonly printed: boolean;
};

export type CashCount = {
  readonly id: string;
  readonly shiftId: string;
  /** Null where only the sum was typed. */
  readonly pieces: CashPieces | null;
  readonly countedMinor: Minor;
  readonly expectedMinor: Minor;
  readonly staffId: string;
  readonly at: string;
};

export interface ShiftStore {
  byId(shiftId: string): Shift | null;
  /** Open shifts of a register, oldest first. */
  open(registerId: string): readonly Shift[];
  /** The newest that have ended, newest first. */
  closed(registerId: string, limit: number): readonly Shift[];
  /** The shift whose drawer takes the register's cash. */
  inUse(registerId: string): string | null;
  use(registerId: string, shiftId: string, journal: readonly JournalDraft[]): void;
  nextNumber(registerId: string): number;
  nextMovementNumber(registerId: string): number;
  /** Opens it with its float and puts its drawer in use. */
  start(shift: Shift, float: CashMovement, journal: readonly JournalDraft[]): void;
  move(movement: CashMovement, journal: readonly JournalDraft[]): void;
  movements(shiftId: string): readonly CashMovement[];
  movement(movementId: string): CashMovement | null;
  setMovementPrinted(movementId: string): void;
  count(count: CashCount, journal: readonly JournalDraft[]): void;
  lastCount(shiftId: string): CashCount | null;
  handOver(shiftId: string, toStaffId: string, countId: string, journal: readonly JournalDraft[]): void;
  close(shift: Shift, journal: readonly JournalDraft[]): void;
  /** What cash of receipts has added to the drawer. */
  cashMinor(shiftId: string): Minor;
  drawers(registerId: string): readonly string[];
}

export type Report = {
  readonly id: string;
  readonly registerId: string;
  readonly kind: ReportKind;
  readonly number: number;
  readonly at: string;
  /** Null for one that was taken from outside, by command. */
  readonly staffId: string | null;
  /** The journal's entries that it covers: those after `fromSeq`, up to `toSeq`. */
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly body: ReportBody;
  readonly hash: string;
  readonly printed: boolean;
};

/** What a report is reckoned from. */
export type ReportSource = {
  readonly entries: readonly JournalEntry[];
  readonly receipts: readonly Receipt[];
  /** Article groups of the receipts' lines, by line. */
  readonly groups: ReadonlyMap<string, string>;
  /** The end of the journal: the last entry there is. */
  readonly head: { readonly seq: number; readonly hash: string };
};

/** Sums that the journal's completions come to. */
export type JournalTotals = { readonly salesMinor: Minor; readonly returnsMinor: Minor };

export interface ReportStore {
  lastZ(registerId: string): Report | null;
  nextNumber(registerId: string, kind: ReportKind): number;
  /** Everything of a register's journal after an entry. */
  source(registerId: string, afterSeq: number): ReportSource;
  /** Sales and returns that the whole journal tells of, up to an entry: C-12. */
  journalTotals(registerId: string, toSeq: number): JournalTotals;
  save(report: Omit<Report, 'printed'>, bodyText: string, journal: readonly JournalDraft[]): void;
  list(registerId: string, limit: number): readonly Report[];
  byId(reportId: string): Report | null;
  byNumber(registerId: string, kind: ReportKind, number: number): Report | null;
  setPrinted(reportId: string, journal: readonly JournalDraft[]): void;
}
