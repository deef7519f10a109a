import type { Currency, Words } from '../../contract/basics.ts';
import type { AttemptState, CustomerAct, ProviderProblem } from '../../contract/payment.ts';
import type { ProviderDescription, ProviderField } from '../../contract/providers.ts';
import type { Http } from '../ports/http.ts';
import type { Minor } from '../money.ts';
import type { Unit } from '../../contract/sale.ts';
import type { FoundPayment } from '../sales/model.ts';
import type { PaymentOrder } from './order.ts';

/**
 * What a payment provider can do, in its own words to the engine. Screens and engine ask these capabilities and never a
 * provider's name; adding a provider is one folder under `providers/` and one line in the application's list.
 */
export type ProviderCapabilities = {
  /** Kind of the tender buttons that pay through it, and the folder's name: `seqr`, `vipps`, ... */
  readonly kind: string;
  readonly currencies: readonly Currency[];
  /** Least and most that one payment may move, minor units. */
  readonly minimumMinor: number;
  readonly maximumMinor: number;
  readonly needsNetwork: boolean;
  /** Whether the register has to be known to the provider before it can take a payment. */
  readonly needsTerminal: boolean;
  /** Whether a provider terminal carries one unfinished payment only. */
  readonly oneActivePayment: boolean;
  /** How often an unfinished payment is asked about, ms from one question to the next. */
  readonly pollEveryMs: number;
  /** What a retry of a start may do: `ask-first` where a second start would be a second payment. */
  readonly retry: 'same-reference' | 'ask-first';
  /**
   * How long a start that was sent and not answered may still arrive, ms: until then the provider's not knowing it proves nothing.
   * Null where one that arrives so late can take no money, or shows itself (`stray`).
   */
  readonly lateStartMs: number | null;
  /**
   * How a payment comes about. `asked`: the till asks for it and the provider says how it ends. `scanned`: the customer has made
   * it already and shows a proof. Both are verified.
   */
  readonly proof: 'asked' | 'scanned';
  /** Steps beyond start, poll and cancel; the adapter has exactly the functions of those that are named here. */
  readonly steps: readonly ProviderStep[];
  /** Whether an unpaid payment can be ended by us. */
  readonly cancels: boolean;
  /** An unpaid payment is ended by us after so long, ms; null where the provider ends it by itself. */
  readonly endsAfterMs: number | null;
  /** Whether the customer may add a tip to what was asked. */
  readonly tips: boolean;
  /** Whether the cashier may take less or more than is due; more is given back in cash. */
  readonly lessThanDue: boolean;
  readonly moreThanDue: boolean;
  /** I8: a receipt that carries a part payment can't be parked, voided or have it taken back. */
  readonly partIsFinal: boolean;
  /** How a payment is given back through the provider; null where it can't be. */
  readonly refund: RefundAbility | null;
  /** What the customer does to pay; words for it are `customerAct.<act>` in every language. */
  readonly customerAct: CustomerAct;
  /** Ways to pay that the cashier chooses between, the usual one first; none where there is one only, `customerAct`. */
  readonly ways?: readonly Way[];
  /** What the post on the receipt says. */
  readonly postText: string;
};

/** One of several ways in which a customer can be asked by the same provider (a QR on the screen, a push to the phone). */
export type Way = {
  readonly id: string;
  readonly label: Words;
  readonly customerAct: CustomerAct;
  /** What has to be told first (a phone number); it is handed to `start` and kept nowhere. */
  readonly asks: ProviderField | null;
  /** Whether the customer may be somewhere else. */
  readonly distance: boolean;
};

/**
 * `ready`: start only prepares, ready gives it its amount. `capture`: an approved payment is ours only once it is captured, and
 * can be released instead. `listen`: the provider tells of news by itself; polling stays the truth.
 */
export type ProviderStep = 'ready' | 'capture' | 'listen';

/** How a payment goes back through its provider, and what may be done when an answer is lost. */
export type RefundAbility = {
  /** Less than the whole may go back. */
  readonly partial: boolean;
  /**
   * When an answer was lost: `same-key` is sent again for ever, the provider knows it by its reference; `when-all` only where it
   * was all that was left, so that a second one finds nothing to give; `ask`: `refundStatus` answers with authority what became of
   * it; `never`: a person looks at the provider's own pages.
   */
  readonly repeat: 'same-key' | 'when-all' | 'ask' | 'never';
  /** What the customer has to tell for a refund (a phone number, a code); null: nothing. */
  readonly asks: ProviderField | null;
};

/** The ways of a provider that can be used with this customer; none where it has no choice. */
export const waysFor = ({ ways = [] }: Pick<ProviderCapabilities, 'ways'>, distance: boolean): readonly Way[] => (distance ? ways.filter((way) => way.distance) : ways);

/** What is to be given back, of a payment that the provider has taken. */
export type RefundOrder = {
  /** Ours, the same in every repeat. */
  readonly reference: string;
  readonly amountMinor: Minor;
  readonly currency: Currency;
  /** The provider's own name of the payment, and what the adapter wrote down of it. */
  readonly payment: { readonly reference: string; readonly order: PaymentOrder; readonly data: Settings };
  /** What the adapter wrote down in an earlier step of this refund; empty at first. */
  readonly data: Settings;
  /** What the customer told; empty where nothing is asked. Never to be written down, and in no problem's text. */
  readonly identifier: string;
  /** Whether this step was sent before and its answer was lost. */
  readonly repeated: boolean;
  readonly cashier: string;
  readonly title: string;
};

export type RefundAnswer =
  /** `reference` is the provider's own name of the refund; empty where only its having happened is proved. */
  | { readonly kind: 'refunded'; readonly reference: string }
  /** Nothing was given back, and the provider says so. */
  | { readonly kind: 'refused'; readonly problem: ProviderProblem }
  /** A step is done and another is needed (reserve, then capture): it is written down, then `refund` is called again with the data. */
  | { readonly kind: 'next'; readonly data: Settings }
  /** The provider works on it: it is asked again after a pause. */
  | { readonly kind: 'waiting'; readonly data: Settings }
  | { readonly kind: 'unknown'; readonly problem: ProviderProblem };

/** Settings of one account and one terminal as the adapter reads them. Secrets are open here and nowhere else. */
export type ProviderLink = {
  readonly account: { readonly id: string; readonly settings: Settings; readonly secrets: Settings };
  /** Null while the register is not registered; only terminal actions are called then. */
  readonly terminal: { readonly id: string; readonly externalId: string; readonly settings: Settings; readonly secrets: Settings } | null;
  readonly register: { readonly number: number; readonly name: string };
  readonly shopName: string;
  readonly currency: Currency;
};
export type Settings = Readonly<Record<string, string>>;

/**
 * Money that the provider has taken for another of our payments than the one asked about. Where that one is not known as paid,
 * it is late money: people decide what becomes of it.
 */
export type Stray = { readonly ownReference: string; readonly reference: string; readonly amountMinor: number; readonly currency: Currency };

/**
 * What a provider says that it has for us. It is compared with what was asked for before anything is booked: an answer that does
 * not fit raises an alarm.
 */
export type Claim = {
  /** The provider's own name of the payment. */
  readonly reference: string;
  /** All of it, the tip included. */
  readonly amountMinor: Minor;
  readonly currency: Currency;
  readonly tipMinor?: Minor;
  /** Our own name of it, where the answer carries it. */
  readonly ownReference?: string;
};

/**
 * A code for the customer's screen: its text, drawn here, or a picture (PNG, base64). It may carry a token: it is kept in memory while
 * the payment waits, and nowhere else. Another answer's takes its place; an answer without one leaves it.
 */
export type Shown = { readonly code: { readonly text: string } | { readonly png: string }; /** When it is no longer valid, ms since 1970 UTC. */ readonly untilMs: number };

/** What an answer means for the attempt. `data` replaces what the adapter had written down. */
export type ProviderAnswer =
  /** From start alone: nobody can pay it yet, `ready` gives it its amount. */
  | { readonly kind: 'prepared'; readonly data: Settings }
  /**
   * Not final. `cancellable` false: the customer is confirming just now. `handOver`: an address that another application on this
   * machine is opened with, once; it may carry a token and is stored nowhere.
   */
  | { readonly kind: 'waiting'; readonly data: Settings; readonly cancellable: boolean; readonly handOver?: string; readonly show?: Shown }
  /** The customer has agreed and the money is held for us; it is ours once it is captured. */
  | ({ readonly kind: 'approved'; readonly data: Settings } & Claim)
  /** The provider has the money for us. */
  | ({ readonly kind: 'paid'; readonly data: Settings } & Claim)
  /** It ended without money, and the provider says so. */
  | { readonly kind: 'ended'; readonly state: 'cancelled' | 'declined' | 'expired' | 'released' | 'reversed'; readonly data: Settings }
  /** From start alone: nothing began, for another payment that the till does not know is in its place. */
  | { readonly kind: 'occupied'; readonly problem: ProviderProblem; readonly found: FoundPayment }
  /** The provider refused to begin, or proves that it knows nothing of it: no money can move. */
  | { readonly kind: 'refused'; readonly problem: ProviderProblem; readonly stray?: Stray }
  /** Nothing can be said: no answer, an answer that breaks its own rules, a refusal of our credentials. */
  | { readonly kind: 'unknown'; readonly problem: ProviderProblem };

/** What a scanned proof says. Reading it moves no money: the customer's has moved before. */
export type ProofAnswer =
  | ({ readonly kind: 'proved'; readonly data: Settings } & Claim)
  /** It proves nothing here: forged, of another shop, too old. */
  | { readonly kind: 'refused'; readonly problem: ProviderProblem }
  | { readonly kind: 'unknown'; readonly problem: ProviderProblem };

/** A completed receipt as a provider that shows receipts to customers is told it. Lines sum to `totalMinor`, each with its VAT. */
export type SoldReceipt = {
  readonly number: string;
  readonly registerName: string;
  readonly currency: Currency;
  readonly totalMinor: Minor;
  readonly lines: readonly SoldLine[];
  /** What other tenders paid of it, zero and more. */
  readonly paidOtherwise: { readonly cashMinor: Minor; readonly cardMinor: Minor; readonly voucherMinor: Minor };
};
export type SoldLine = {
  readonly name: string;
  readonly code: string;
  readonly unit: Unit;
  readonly quantityMilli: number;
  /** Of one whole unit, VAT included, before discounts. */
  readonly unitPriceMinor: Minor;
  readonly discountMinor: Minor;
  /** VAT included, after discounts; below zero where the line takes something back. */
  readonly totalMinor: Minor;
  readonly vatMinor: Minor;
  readonly vatRateBasisPoints: number;
};

/** One row of a provider's own books. `reference` is our name of the payment at the provider; empty where the row is of none (a payout, a fee of the month). */
export type SettlementRow = {
  readonly reference: string;
  /** The provider's own name of this movement. */
  readonly entry: string;
  readonly kind: 'captured' | 'refunded' | 'fee' | 'payout' | 'other';
  /** Signed: what the shop gets is above zero. */
  readonly amountMinor: number;
  readonly currency: Currency;
  /** ISO instant. */
  readonly at: string;
  /** The provider's word for the kind, for the list. */
  readonly word: string;
};
export type SettlementAnswer = { readonly ok: true; readonly rows: readonly SettlementRow[] } | { readonly ok: false; readonly problem: ProviderProblem };

/** What a customer has agreed to tell the shop. Null fields were not agreed to. */
export type CustomerInfo = { readonly name: string | null; readonly email: string | null; readonly phoneNumber: string | null; readonly address: string | null };
export type CustomerInfoAnswer = { readonly ok: true; /** Null: nothing was agreed to, or not yet. */ readonly info: CustomerInfo | null } | { readonly ok: false; readonly problem: ProviderProblem };

/** What a check of the admin's page found: `yes`, `no`, `unknown` or a value, by names that the description has words for. */
export type CheckAnswer = { readonly ok: true; readonly facts: Settings } | { readonly ok: false; readonly problem: ProviderProblem };

/** What this register has really done with a provider, newest first; a list before going live ticks itself from it. */
export type Deeds = {
  readonly payments: readonly { readonly reference: string; readonly state: AttemptState; readonly way: string; readonly distance: boolean; readonly data: Settings; readonly receiptSent: boolean; /** ISO instant. */ readonly at: string }[];
  /** Money that went back; `whole`: all of its payment. */
  readonly refunds: readonly { readonly reference: string; readonly whole: boolean; readonly data: Settings; readonly at: string }[];
  /** Checks that found what they should. */
  readonly checks: readonly { readonly check: string; readonly facts: Settings; readonly at: string }[];
};
export type GoLiveItem = { readonly id: string; readonly label: Words; readonly help: Words; readonly done: { readonly at: string; readonly references: readonly string[] } | null };

/** What an action on a terminal leaves. */
export type TerminalChange = { readonly externalId: string; readonly settings: Settings; readonly secrets: Settings };
export type TerminalAnswer =
  | { readonly ok: true; readonly terminal: TerminalChange | null }
  | { readonly ok: false; readonly problem: ProviderProblem };

/** The world that an adapter works in. */
export type ProviderWorld = {
  readonly http: Http;
  /** The wall clock, ms since 1970 UTC. It may be set: how long something lasts is measured by the other one. */
  readonly nowMs: () => number;
  /** Milliseconds that only grow. */
  readonly monotonicMs: () => number;
  /** Random bytes as lower-case hexadecimal text, for passwords of terminals. */
  readonly randomHex: (bytes: number) => string;
  /** Name and version of this program, as providers are told. */
  readonly program: string;
};

/** A payment provider as the application knows it. Nothing here throws: what can go wrong is an answer. */
export type PaymentProvider = {
  readonly capabilities: ProviderCapabilities;
  readonly description: ProviderDescription;
  /** The same provider as this account in this currency uses it, where its settings choose between interfaces; absent: as it is. */
  forAccount?(settings: Settings, currency?: Currency): PaymentProvider;
  /** What of an account's settings does not fit this shop: the field's name; null: it fits. */
  checkSettings?(settings: Settings, currency: Currency): string | null;
  /**
   * Begins the payment. It is written down before; what the answer says is written before anybody sees it. `told` is what the order's
   * way asks for, absent where it asks for nothing and when it is known no more; it may be in no data and in no problem's text.
   */
  start(link: ProviderLink, order: PaymentOrder, told?: string): Promise<ProviderAnswer>;
  /** Asks how the payment stands; also after a start whose answer was lost, then without a reference of the provider's. */
  poll(link: ProviderLink, order: PaymentOrder, data: Settings): Promise<ProviderAnswer>;
  /** Asks the provider to end it. A payment that is through already comes back as `paid`. */
  cancel(link: ProviderLink, order: PaymentOrder, data: Settings): Promise<ProviderAnswer>;
  /** `ready`: gives a prepared payment its amount; from here on it can be paid. */
  ready?(link: ProviderLink, order: PaymentOrder, data: Settings): Promise<ProviderAnswer>;
  /** `capture`: takes what is held. Safe to repeat. */
  capture?(link: ProviderLink, order: PaymentOrder, data: Settings): Promise<ProviderAnswer>;
  /** `capture`: lets go of what is held. Safe to repeat. */
  release?(link: ProviderLink, order: PaymentOrder, data: Settings): Promise<ProviderAnswer>;
  /** `listen`: calls `onNews` with the provider's word, for the log, whenever asking is worth while; answers how to stop. */
  listen?(link: ProviderLink, order: PaymentOrder, data: Settings, onNews: (word: string) => void): () => void;
  /** `proof: 'scanned'`: reads what the customer shows. */
  prove?(link: ProviderLink, proof: string): Promise<ProofAnswer>;
  /** After `paid` is durable: tells the provider that we have it. Its failure never undoes the sale. */
  confirm(link: ProviderLink, order: PaymentOrder, data: Settings): Promise<ProviderProblem | null>;
  /** Gives money back. Called only where `capabilities.refund` is not null. */
  refund(link: ProviderLink, order: RefundOrder): Promise<RefundAnswer>;
  /**
   * What became of a refund whose answer was lost, or that the provider works on. Called only where `capabilities.refund.repeat` is
   * `ask`. `refused`: proven that it never was and never will be.
   */
  refundStatus(link: ProviderLink, order: RefundOrder): Promise<RefundAnswer>;
  /**
   * Hands the completed receipt to the provider, which shows it to the customer. Safe to repeat: a receipt that is there already is no
   * problem. Its failure never touches the sale; it is tried again later.
   */
  sendReceipt?(link: ProviderLink, order: PaymentOrder, data: Settings, receipt: SoldReceipt): Promise<ProviderProblem | null>;
  /** The provider's books of one day (`2026-11-26`), all its terminals of the account. */
  settlementRows?(link: ProviderLink, day: string): Promise<SettlementAnswer>;
  /** What the customer agreed to tell with this payment. Called after it is paid. */
  customerInfo?(link: ProviderLink, order: PaymentOrder, data: Settings): Promise<CustomerInfoAnswer>;
  /** Carries out one of the description's checks. */
  check?(link: ProviderLink, check: string): Promise<CheckAnswer>;
  /** What the provider wants to have seen before real customers pay. */
  goLive?(link: ProviderLink, deeds: Deeds): readonly GoLiveItem[];
  /** Whether the account's settings work. */
  test(link: ProviderLink): Promise<ProviderProblem | null>;
  /**
   * An account of the demo shop, by the made-up credentials that the provider's sandbox shows; null when they can't be read. With
   * `terminal` the demo's register can take payments at once; without, it is made known by hand, as a shop does it.
   */
  demoAccount(baseUrl: string, credentials: unknown): { readonly settings: Settings; readonly secrets: Settings; readonly terminal?: TerminalChange } | null;
  /** Carries out one of the description's terminal actions. A null terminal in the answer: it is gone. */
  terminalAction(link: ProviderLink, action: string, values: Settings): Promise<TerminalAnswer>;
};

/** A capability without its function, or the other way round, is a bug that shows when the program starts. */
export function checkProvider(provider: PaymentProvider): PaymentProvider {
  const { capabilities } = provider;
  const has: Readonly<Record<string, boolean>> = {
    ready: provider.ready !== undefined,
    capture: provider.capture !== undefined && provider.release !== undefined,
    listen: provider.listen !== undefined,
  };
  for (const [step, there] of Object.entries(has)) {
    if (there !== capabilities.steps.some((one) => one === step)) throw new Error(`providers: ${capabilities.kind} and its step "${step}" do not agree`);
  }
  if ((provider.prove !== undefined) !== (capabilities.proof === 'scanned')) throw new Error(`providers: ${capabilities.kind} and its proof do not agree`);
  return provider;
}
