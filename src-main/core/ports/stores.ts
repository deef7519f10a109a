import type { Country, Currency, Language, VatClass } from '../../contract/basics.ts';
import type { ArticleView, QuickKeyPage } from '../../contract/articles.ts';
import type { AttemptState, ProviderProblem } from '../../contract/payment.ts';
import type { Deeds } from '../payments/provider.ts';
import type { Role } from '../../contract/rights.ts';
import type { ParkedView } from '../../contract/sale.ts';
import type { ReceiptRow, PrintState } from '../../contract/receipts.ts';
import type { RegisterView, ShopMode, ShopView } from '../../contract/shop.ts';
import type { TaskDoubt, TaskState } from '../../contract/tasks.ts';
import type { Refund } from '../payments/refund.ts';
import type { Attempt, Line, Post, Receipt } from '../sales/model.ts';
import type { Minor } from '../money.ts';
import type { CustomerInfoStore, ProviderReceiptStore, SettlementStore } from './after-payment.ts';
import type { JournalDraft, JournalStore } from './journal.ts';
import type { LanDeviceStore } from './lan.ts';
import type { ReturnStore } from './return-store.ts';
import type { MailStore } from './mail.ts';
import type { UnprintedStore } from './unprinted-store.ts';
import type { AccountingStore } from './accounting-store.ts';
import type { PaperStore, ReportStore, ShiftStore } from './fiscal-stores.ts';

export type { JournalDraft, JournalEntry, JournalStore } from './journal.ts';

/** What core asks of the database. One implementation: `src-main/storage`. Every write is durable when it returns. */

/** A VAT rate of one class from one day (shop's calendar) on. */
export type VatRate = { readonly vatClass: VatClass; readonly from: string; readonly rateBasisPoints: number };

/** A means of payment that a register accepts. `settings` is the tender kind's own, without secrets. */
export type TenderConfig = {
  readonly id: string;
  readonly kind: string;
  /** Empty: the kind's own name in the language of the screen. */
  readonly name: string;
  readonly colour: string | null;
  readonly position: number;
};

export interface ShopStore {
  mode(): ShopMode;
  setMode(mode: ShopMode): void;
  /** Null before the shop is set up. */
  load(): ShopView | null;
  save(shop: ShopView): void;
  registers(): readonly RegisterView[];
  saveRegister(register: RegisterView): void;
  /** The register that this data folder is. */
  thisRegister(): RegisterView | null;
  setThisRegister(registerId: string): void;
  tenders(registerId: string): readonly TenderConfig[];
  saveTenders(registerId: string, tenders: readonly TenderConfig[]): void;
  vatRates(country: Country): readonly VatRate[];
  saveVatRates(country: Country, rates: readonly VatRate[]): void;
  setting(name: string): string | null;
  setSetting(name: string, value: string): void;
}

export type StaffRecord = {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly language: Language | null;
  readonly active: boolean;
  /** Salted slow hash; opaque to everything but the Crypto port. */
  readonly pinHash: string;
};

export interface StaffStore {
  all(): readonly StaffRecord[];
  byId(id: string): StaffRecord | null;
  save(record: StaffRecord): void;
  /** Who has the badge whose code has this hash. */
  byBadge(hash: string): StaffRecord | null;
  /** Ids of the people who have a badge. */
  withBadge(): ReadonlySet<string>;
  /** Null takes the badge away. */
  setBadge(staffId: string, hash: string | null): void;
}

/** An article as stored, with the price that holds on the day asked for. */
export type ArticleRecord = ArticleView;

/** What an import writes for one row. */
export type ArticleWrite = {
  readonly gtin: string;
  readonly name: string;
  readonly group: string;
  readonly priceMinor: Minor;
  readonly vatClass: VatClass;
  readonly labels: readonly string[];
  readonly plu?: string | undefined;
  readonly unit?: ArticleView['unit'] | undefined;
  readonly pricing?: ArticleView['pricing'] | undefined;
  readonly ageLimit?: number | null | undefined;
};

export interface ArticleStore {
  /** `day` is the shop's calendar day (YYYY-MM-DD) for which prices are wanted, in all of these. */
  byId(id: string, day: string): ArticleRecord | null;
  /** `gtin` in any written length; compared as GTIN-14. */
  byGtin(gtin: string, day: string): ArticleRecord | null;
  byPlu(plu: string, day: string): ArticleRecord | null;
  /** Articles on sale (and `inactive` ones if asked for): words by beginnings, then the middle of words; digits by GTIN and PLU beginnings. */
  search(text: string, limit: number, day: string, inactive?: boolean): readonly ArticleRecord[];
  count(): number;
  groups(): readonly string[];
  /** Inserts or replaces by id; a changed price becomes a dated price from `day`. */
  save(article: ArticleRecord, day: string): void;
  /** Writes rows in one transaction, updating by GTIN; the caller keeps batches small. Returns how many were new. */
  importBatch(rows: readonly ArticleWrite[], day: string, newId: () => string): { added: number; updated: number };
  quickKeys(day: string): readonly QuickKeyPage[];
  saveQuickKeys(pages: readonly { readonly name: string; readonly articleIds: readonly string[] }[], newId: () => string): void;
}

/** One durable step of a sale, written in one transaction. */
export type SaleWrite = {
  /** The receipt as it is after the step; its header is written whole. */
  readonly receipt: Receipt;
  /** Revision that the stored receipt must have; null for a new receipt. Another revision is a conflict and throws. */
  readonly expectRevision: number | null;
  /** Lines that are new or changed; written whole. */
  readonly lines: readonly Line[];
  readonly attempts: readonly Attempt[];
  readonly newPosts: readonly Post[];
  /** Refunds that end with this step: what they gave back leaves the receipt in the same moment. */
  readonly refunds: readonly Refund[];
  /** Late money that ends with this step: it is one of the new posts. */
  readonly tasks: readonly Task[];
  /** Gives the receipt the next number of its register's series, in this transaction. */
  readonly assignNumber: boolean;
  /** Tasks that begin with this step. */
  readonly newTasks?: readonly NewTask[];
  readonly journal: readonly JournalDraft[];
};

export type ReceiptQuery = {
  readonly text: string;
  readonly limit: number;
  readonly before: string | null;
  readonly kind?: ReceiptRow['kind'];
  /** Instants from which and until before which they were completed. */
  readonly between?: readonly [string, string];
};

export interface SaleStore {
  /** Returns the number given when `assignNumber` was set, else null. */
  commit(write: SaleWrite): { readonly number: number | null };
  load(receiptId: string): Receipt | null;
  /** The receipt that this register has on its counter (open or paying), if any. */
  current(registerId: string): Receipt | null;
  /** What this register has set aside while payments are waited for, oldest first. */
  aside(registerId: string): readonly Receipt[];
  parked(): readonly ParkedView[];
  parkedCount(): number;
  /** Id of the receipt that a post is on. */
  receiptOfPost(postId: string): string | null;
  attemptByRequest(requestId: string): Attempt | null;
  attempt(attemptId: string): Attempt | null;
  /** By our own name of it at its provider. */
  attemptByReference(kind: string, reference: string): Attempt | null;
  /** The paid one by the provider's own name of it; not one whose proof was given back. */
  attemptByProvider(kind: string, providerReference: string): Attempt | null;
  /** Writes an attempt that changes nothing on its receipt. */
  saveAttempt(attempt: Attempt, journal: readonly JournalDraft[]): void;
  /** Attempts of the register's receipts that have not ended, oldest first. */
  unfinishedAttempts(registerId: string): readonly Attempt[];
  /** The states that an attempt has been in, in their order. */
  transitions(attemptId: string): readonly { readonly state: AttemptState; readonly at: string }[];
  /** Completed receipts, newest first; `text` empty means all. `barcode` matches `R<register>-<number>`. */
  list(query: ReceiptQuery): readonly ReceiptRow[];
  row(receiptId: string): ReceiptRow | null;
  lastCompleted(registerId: string): ReceiptRow | null;
  setPrintState(receiptId: string, state: PrintState, problem: string, journal: readonly JournalDraft[]): void;
  /** Receipts of the register whose original has not come out. */
  unprinted(registerId: string): readonly string[];
  /** How many of them failed and wait for a person. */
  failedPrints(registerId: string): number;
}

/** A merchant's credentials at one provider; secrets are sealed by the caller before they come here. */
export type ProviderAccount = {
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  /** Not secret: addresses, merchant numbers. */
  readonly settings: Readonly<Record<string, string>>;
  /** Sealed by the Secrets port. */
  readonly sealedSecrets: Readonly<Record<string, string>>;
};

export type ProviderTerminal = {
  readonly id: string;
  readonly accountId: string;
  readonly provider: string;
  readonly registerId: string;
  /** The terminal's own number at the provider (SEQR ID, MobilePay PoS id, ...); empty until it has one. One register only, unless it is `shared`. */
  readonly externalId: string;
  /** Several registers may be this terminal (a sales unit). */
  readonly shared: boolean;
  readonly settings: Readonly<Record<string, string>>;
  /** Sealed by the Secrets port. */
  readonly sealedSecrets: Readonly<Record<string, string>>;
};

/** What a check of a provider found, once. */
export type ProviderCheck = { readonly id: string; readonly provider: string; readonly registerId: string; readonly check: string; readonly at: string; readonly problem: ProviderProblem | null; readonly facts: Readonly<Record<string, string>> };

export interface ProviderStore {
  accounts(): readonly ProviderAccount[];
  terminals(): readonly ProviderTerminal[];
  saveAccount(account: ProviderAccount): void;
  saveTerminal(terminal: ProviderTerminal): void;
  /** It stays for its payments' sake and is nobody's terminal any more. */
  removeTerminal(terminalId: string, at: string): void;
  /** Also one that was removed: unfinished payments may still need it. */
  terminal(terminalId: string): ProviderTerminal | null;
  saveCheck(found: ProviderCheck): void;
  /** What a register has done with a provider, newest first: as many of each as are asked for. */
  deeds(provider: string, registerId: string, limit: number): { readonly checks: readonly ProviderCheck[]; readonly payments: Deeds['payments']; readonly refunds: Deeds['refunds'] };
}

/** Refunds. `save` throws when it would exceed its payment, or when another one of the same payment is unfinished. */
export interface RefundStore {
  byId(refundId: string): Refund | null;
  byRequest(requestId: string): Refund | null;
  byReference(reference: string): Refund | null;
  ofReceipt(receiptId: string): readonly Refund[];
  ofPost(postId: string): readonly Refund[];
  ofTask(taskId: string): readonly Refund[];
  /** Of another store's payment. */
  ofPayment(paymentId: string): readonly Refund[];
  /** Of a return's money. */
  ofReturn(returnId: string): readonly Refund[];
  /** Of the register's receipts and tasks, oldest first. */
  unfinished(registerId: string): readonly Refund[];
  save(refund: Refund, journal: readonly JournalDraft[]): void;
}

/** Something that a person has to look at. `detail` of late money: provider, reference, amountMinor, currency, ownReference, attempt. */
export type NewTask = {
  readonly id: string;
  readonly registerId: string;
  readonly kind: 'late-money';
  readonly receiptId: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly openedAt: string;
  /** A payment that was carried over: nobody knows yet whether it was paid. */
  readonly doubt?: 'open';
  readonly note?: string;
  readonly staffId?: string;
};

/** Late money: a payment that the provider took and that came to nothing here. */
export type Task = {
  readonly id: string;
  readonly registerId: string;
  readonly kind: 'late-money';
  readonly state: TaskState;
  /** Null for what was late money from the beginning. */
  readonly doubt: TaskDoubt | null;
  readonly provider: string;
  /** The provider's name of the payment (empty while in doubt, and where nothing was paid), and ours of the attempt that it was for. */
  readonly reference: string;
  readonly ownReference: string;
  readonly amountMinor: Minor;
  readonly currency: Currency;
  /** What it had been for, as far as this register knows. */
  readonly receiptId: string | null;
  readonly attemptId: string | null;
  /** What people wrote about it last, and who. */
  readonly note: string;
  readonly staffId: string | null;
  /** Where it was attached. */
  readonly postId: string | null;
  readonly openedAt: string;
  readonly updatedAt: string;
  readonly endedAt: string | null;
};

export interface TaskStore {
  open(task: NewTask, journal: readonly JournalDraft[]): void;
  /** Whether there is, or ever was, a task about a provider's payment. */
  knows(provider: string, reference: string): boolean;
  byId(taskId: string): Task | null;
  /** The task of a payment that was carried over and is still in doubt. */
  inDoubt(attemptId: string): Task | null;
  /** Those that wait for a person, oldest first. */
  waiting(): readonly Task[];
  waitingCount(): number;
  /** Those that have ended, newest first. */
  ended(limit: number): readonly Task[];
  /** A finished one never changes: `save` throws. */
  save(task: Task, journal: readonly JournalDraft[]): void;
}

/** The whole database. */
export interface Stores {
  readonly shop: ShopStore;
  readonly staff: StaffStore;
  readonly articles: ArticleStore;
  readonly sales: SaleStore;
  readonly papers: PaperStore;
  readonly unprinted: UnprintedStore;
  readonly mails: MailStore;
  readonly shifts: ShiftStore;
  readonly reports: ReportStore;
  readonly accounting: AccountingStore;
  readonly refunds: RefundStore;
  readonly returns: ReturnStore;
  readonly tasks: TaskStore;
  readonly journal: JournalStore;
  readonly providers: ProviderStore;
  readonly providerReceipts: ProviderReceiptStore;
  readonly customerInfos: CustomerInfoStore;
  readonly settlements: SettlementStore;
  readonly lanDevices: LanDeviceStore;
  /** Runs `work` in one transaction; all of it or nothing is kept. */
  transaction<T>(work: () => T): T;
}
