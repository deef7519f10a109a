import type { Currency, Serving, VatClass } from '../../contract/basics.ts';
import type { Discount, Unit } from '../../contract/sale.ts';
import type { AttemptState, PaymentAlarm, ProviderProblem } from '../../contract/payment.ts';
import type { PrintState } from '../../contract/receipts.ts';
import type { Minor } from '../money.ts';
import type { PaymentOrder } from '../payments/order.ts';

/** States of a receipt. `completed` and `voided` are final. */
export type ReceiptState = 'open' | 'parked' | 'paying' | 'completed' | 'voided';

/** One article, or one open price, on a receipt. A removed line stays, for the journal's and the undo's sake. */
export type Line = {
  readonly id: string;
  readonly articleId: string | null;
  readonly name: string;
  /** GTIN or PLU as sold; empty for open prices. */
  readonly code: string;
  readonly unit: Unit;
  /** Thousandths: 1000 is one piece. */
  readonly quantityMilli: number;
  /** Per whole unit, VAT included. */
  readonly unitPriceMinor: Minor;
  readonly listPriceMinor: Minor;
  readonly overrideReason: string;
  readonly discount: Discount | null;
  readonly discountReason: string;
  readonly vatClass: VatClass;
  readonly vatRateBasisPoints: number;
  readonly labels: readonly string[];
  readonly note: string;
  /** Amount read from the code itself (price-embedded labels); null when quantity times price gives it. */
  readonly fixedAmountMinor: Minor | null;
  readonly ageLimit: number | null;
  readonly state: 'active' | 'removed';
  /** Order on the receipt. */
  readonly position: number;
  /** Revision of the receipt at which the line last changed. */
  readonly revision: number;
  /** On a return: what the line takes back. `fixedAmountMinor` is then the exact amount that goes back for it, below zero. */
  readonly back?: LineBack | undefined;
};

/** What goes back for a line, below zero like all of a return: to the cent what was paid for it, and the VAT that was in it. */
export type LineBack = {
  /** The line that was sold; null where it is returned without its receipt. */
  readonly ofLineId: string | null;
  /** Before discounts. */
  readonly grossMinor: Minor;
  readonly vatMinor: Minor;
};

/** What a return is of, and why. */
export type ReturnOf = {
  /** The sale; null for a return without a receipt. */
  readonly receiptId: string | null;
  readonly reason: string;
  /** `tender`: nothing came back, the sale is rung up again with the right means of payment. */
  readonly purpose: 'goods' | 'tender';
  /** It waits to be set off against a new sale. */
  readonly inExchange: boolean;
  /** A receipt of another store of the chain; `receiptId` is null then. */
  readonly origin?: ReturnOrigin | undefined;
};

/** The sale of another store that a return takes back, as papers name it. */
export type ReturnOrigin = {
  readonly storeId: string;
  readonly storeName: string;
  readonly receiptId: string;
  readonly number: number;
  readonly registerNumber: number;
  /** ISO instant of its completion. */
  readonly at: string;
};

/**
 * What a finished payment leaves on the receipt. Posts are never taken away: change is a post of its own below zero, and
 * so are what an app payment above the due gives back in cash (`cash-back`) and a part payment that was given back before
 * completion (`taken-back`).
 */
export type Post = {
  readonly id: string;
  readonly attemptId: string;
  readonly tenderId: string;
  readonly tenderKind: string;
  readonly kind: 'payment' | 'change' | 'cash-back' | 'taken-back';
  readonly amountMinor: Minor;
  readonly reference: string;
  readonly description: string;
  readonly verified: boolean;
  /** ISO instant. */
  readonly at: string;
};

/**
 * What a receipt is of. A return's lines and posts are below zero, each line with the exact amount that goes back, so that it adds up
 * like a sale. Each kind is numbered in a series of its own.
 */
export type ReceiptKind = 'sale' | 'return' | 'training';

/** One sale, return or exercise at one register. */
export type Receipt = {
  readonly id: string;
  readonly registerId: string;
  readonly staffId: string;
  readonly kind: ReceiptKind;
  readonly state: ReceiptState;
  readonly revision: number;
  readonly currency: Currency;
  readonly openedAt: string;
  readonly completedAt: string | null;
  /** Given in the transaction that completes it; gapless per register and series. */
  readonly number: number | null;
  readonly parkedName: string;
  /** Not on the counter while its payment is waited for; the next customer is served meanwhile. Not the same as parked. */
  readonly aside: boolean;
  readonly note: string;
  readonly customerReference: string;
  readonly discount: Discount | null;
  readonly discountReason: string;
  readonly voidReason: string;
  /** Highest age that the cashier has confirmed for this customer, in years. */
  readonly ageConfirmedYears: number;
  /** How its food is served: lines of food are taxed by it. */
  readonly serving: Serving;
  /** The customer was somewhere else: a distance sale, with a report line of its own. */
  readonly distance: boolean;
  /** What cash rounding added (negative: took off); only set by a cash payment. */
  readonly roundingMinor: Minor;
  /** What customers gave on top by app or terminal; in the posts and in no line. */
  readonly tipMinor: Minor;
  readonly printState: PrintState;
  readonly printProblem: string;
  readonly lines: readonly Line[];
  readonly posts: readonly Post[];
  /** Of returns only. */
  readonly returned?: ReturnOf | undefined;
  /** A sale that was rung up again after a return: that return. */
  readonly followsId?: string | undefined;
};

/** A payment that a provider's terminal is busy with and that nobody here knows. `data` is its adapter's. */
export type FoundPayment = {
  readonly reference: string;
  /** Our own name of it, where the provider tells; empty else. */
  readonly ownReference: string;
  readonly amountMinor: Minor | null;
  readonly data: Readonly<Record<string, string>>;
};

/** One try to move one amount through one tender (PAYMENTS.md). */
export type Attempt = {
  readonly id: string;
  readonly receiptId: string;
  readonly requestId: string;
  readonly tenderId: string;
  readonly tenderKind: string;
  readonly state: AttemptState;
  readonly amountMinor: Minor;
  readonly currency: Currency;
  readonly givenMinor: Minor;
  readonly changeMinor: Minor;
  readonly roundingMinor: Minor;
  readonly tipMinor: Minor;
  readonly reference: string;
  readonly accountId: string | null;
  readonly terminalId: string | null;
  /** What a provider was asked for; null for tenders that the till proves itself. */
  readonly order: PaymentOrder | null;
  /** What the provider's answers told, as its adapter wrote it down. Never a secret. */
  readonly data: Readonly<Record<string, string>>;
  /** The provider's own name of the payment, once it is paid; what it says was paid. */
  readonly providerReference: string;
  readonly paidMinor: Minor;
  readonly problem: ProviderProblem | null;
  readonly cancelAsked: boolean;
  /** It was not paid in the provider's time and is being ended. */
  readonly overdue: boolean;
  /** The provider's word does not fit what was asked; a person decides. */
  readonly alarm: PaymentAlarm | null;
  /** Another payment that the provider has in this one's place. */
  readonly found: FoundPayment | null;
  /** A scanned proof that was given back to its owner before its receipt was completed: it may be used again. ISO instant. */
  readonly proofReleasedAt: string | null;
  /** A manager has carried it over: it holds its receipt no longer and is a task. ISO instant. */
  readonly carriedOverAt: string | null;
  /** When the present window of waiting began. */
  readonly windowStartedAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
};

/** What an attempt without a provider has of a provider's. */
export const withoutProvider = {
  accountId: null,
  terminalId: null,
  order: null,
  data: {},
  providerReference: '',
  paidMinor: 0 as Minor,
  problem: null,
  tipMinor: 0 as Minor,
  cancelAsked: false,
  overdue: false,
  alarm: null,
  found: null,
  proofReleasedAt: null,
  carriedOverAt: null,
  windowStartedAt: null,
} as const;
