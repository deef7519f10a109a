import type { AsideView, PostView } from '../contract/sale.ts';
import type { RegisterView, ShopMode, ShopView } from '../contract/shop.ts';
import type { Mailer } from '../core/ports/mail.ts';
import type { Clock, Barcodes, Crypto, Drawer, Ids, Log, Network, Pdf, Printer, Secrets, Words } from '../core/ports/world.ts';
import type { ProviderCapabilities } from '../core/payments/provider.ts';
import type { JournalDraft, Stores } from '../core/ports/stores.ts';
import type { TenderRegistry } from '../core/payments/tenders.ts';
import type { Refund } from '../core/payments/refund.ts';
import type { Post, Receipt } from '../core/sales/model.ts';
import { dayIn, isoInstant, offsetMinutesIn } from '../core/time.ts';
import type { Bus } from './bus.ts';
import type { Engine } from './payments/engine.ts';

/** Everything that the services of one open shop work with. */
export type ShopContext = {
  readonly stores: Stores;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly crypto: Crypto;
  readonly secrets: Secrets;
  readonly log: Log;
  readonly words: Words;
  readonly barcodes: Barcodes;
  readonly printer: Printer;
  readonly drawer: Drawer;
  readonly pdf: Pdf;
  readonly network: Network;
  readonly mailer: Mailer;
  readonly bus: Bus;
  readonly tenderKinds: TenderRegistry;
  /** Providers' accounts, terminals and payments as they are now; asked by the counter, which is built before them. */
  readonly links: () => {
    missing(kind: string): 'account' | 'terminal' | 'terminal-number' | null;
    busy(kind: string): boolean;
    /** What a provider can do as its account uses it; null for a tender of the till's own. */
    capabilities(kind: string): ProviderCapabilities | null;
    /** The payment that is under way for a receipt. */
    payment(receiptId: string): AsideView['payment'];
    /** Whether a payment of a receipt that is not completed is on its way back. */
    goingBack(receipt: Receipt): boolean;
    /** How a payment of the receipt on the counter goes back through its provider. */
    goesBack(post: Post): PostView['goesBack'];
    /** Late money was met and is a task now, or its task stands otherwise than before. */
    lateMoney(taskId: string, news: 'opened' | 'changed'): void;
    /** A refund of a return has gone through: the return's books are written with it. */
    returned(refund: Refund, journal: readonly JournalDraft[]): void;
    /** A sale that a return is set off against is being completed: the return with it. Answers what is done afterwards. */
    completing(sale: Receipt): () => void;
    /** What is written with the completion of a sale, and begins after it: what its payments' providers are told. Null: nothing. */
    sold(sale: Receipt): { write(): void; after(): void } | null;
    /** How a return's refund stands has changed. */
    returnChanged(returnId: string): void;
    /** A provider has just answered a question: refunds that wait to ask it do so now. */
    answered(kind: string): void;
  };
  /** What payments are decided by. */
  readonly engine: Engine;
  /** Opens another application of this machine with an address that a provider gave for it. */
  readonly openAddress: (address: string) => void;
  /** Chance as lower-case hexadecimal text. */
  readonly randomHex: (bytes: number) => string;
  /** Whether training is on: what happens now is no part of the books (C-11). */
  readonly training: () => boolean;
  readonly mode: ShopMode;
  readonly register: RegisterView;
  /** The shop as it is now; edits replace it. */
  shop(): ShopView;
  setShop(shop: ShopView): void;
};

/** Now as an ISO instant. */
export const nowIso = (context: ShopContext): string => isoInstant(context.clock.nowMs());

/** Today in the shop's calendar, by which prices and VAT rates are chosen. */
export const today = (context: ShopContext): string => dayIn(context.shop().timeZone, context.clock.nowMs());

/** What papers and messages call the register of an id; 0 for one that is not there any more. */
export const registerNumberOf = ({ stores }: ShopContext, registerId: string): number => stores.shop.registers().find((one) => one.id === registerId)?.number ?? 0;

/** How the journal calls the completion of a receipt of a kind. */
export const completionOf = ({ kind }: Receipt): string => `${kind}-completed`;

/** An entry for the journal, made now at this register. */
export function journalEntry(
  context: ShopContext,
  staffId: string | null,
  kind: string,
  detail: Readonly<Record<string, unknown>> = {},
  receiptId: string | null = null,
): JournalDraft {
  const nowMs = context.clock.nowMs();
  return {
    registerId: context.register.id,
    staffId,
    at: isoInstant(nowMs),
    offsetMinutes: offsetMinutesIn(context.shop().timeZone, nowMs),
    kind,
    receiptId,
    detail: context.training() ? { ...detail, training: true } : detail,
  };
}
