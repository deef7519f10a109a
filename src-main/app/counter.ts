import type { CustomerView } from '../contract/customer.ts';
import type { AsideView, SaleView, TenderView } from '../contract/sale.ts';
import type { JournalDraft, SaleWrite } from '../core/ports/stores.ts';
import { cashStepOf } from '../core/countries/index.ts';
import type { Minor } from '../core/money.ts';
import { setOffKind } from '../core/payments/set-off.ts';
import { tenderName, tenderView, type TenderSituation } from '../core/payments/tenders.ts';
import { openReceipt } from '../core/sales/changes.ts';
import type { Receipt } from '../core/sales/model.ts';
import { activeLines, totalsOf, type ReceiptTotals } from '../core/sales/totals.ts';
import { usualServing } from './add-to-sale.ts';
import { nowIso, type ShopContext } from './context.ts';
import { saleChangeOf } from './sale-change.ts';
import { customerSelling, saleView } from './sale-view.ts';

/** What a step adds to the receipt it leaves; everything not named is empty. */
export type Step = Partial<Pick<SaleWrite, 'lines' | 'attempts' | 'newPosts' | 'refunds' | 'tasks' | 'newTasks' | 'assignNumber'>> & {
  readonly receipt: Receipt;
  readonly journal?: readonly JournalDraft[];
  /** What the customer reads when the step ends the sale, by the number it was given; kept until the next sale or for its time. */
  readonly thanks?: (number: number) => Thanks;
  /** What else is written in the same transaction. */
  readonly also?: () => void;
};

type Paying = Extract<CustomerView, { kind: 'paying' | 'asking' }>;

export type Thanks = Extract<CustomerView, { kind: 'thanks' }>;
type Returning = Extract<CustomerView, { kind: 'returning' }>;

/** How long the customer keeps the thanks and the change before the screen rests. */
const thanksMs = 30_000;
/** A customer needs longer to take out a phone. */
const receiptMs = 60_000;

/**
 * The receipt on this register's counter. Each step is committed before anybody is shown it; if the commit fails the
 * stored receipt is read again, so that screen and database never differ.
 */
export type Counter = {
  /** The receipt on the counter, or an empty one that is stored with its first line. */
  receipt(staffId: string): Receipt;
  /** Commits a step; a receipt that is no longer on the counter afterwards leaves it empty. Returns the number given, if any. */
  commit(step: Step): number | null;
  view(): SaleView;
  /** One tender button as it stands now; null for one that this register does not have. */
  tender(tenderId: string): TenderView | null;
  /** A tender's name without a look at the receipt; empty where the screen's language names it. */
  tenderName(tenderId: string): string;
  /** The receipt on the counter; null before its first line. */
  onCounter(): Receipt | null;
  /** A receipt of this register that was set aside, by its id. */
  aside(receiptId: string): Receipt | null;
  /** What the customer of a receipt is shown of a payment that a provider has to prove; null ends it. Only the counter's is on the screen. */
  showPaying(receiptId: string, view: (() => Paying) | null): void;
  /**
   * What the customer is shown of what goes back to them, while nothing is sold; one that is done rests after its time. What is not `fresh` only
   * changes what stands there: another customer may have come meanwhile.
   */
  showReturn(returnId: string, view: Returning | null, fresh: boolean): void;
  customerView(): CustomerView;
  /** Puts a receipt's QR code beside the thanks for it. */
  addReceiptText(receiptId: string, text: string): void;
  /** Thanks the customer of a receipt once more, with its QR code; only while nothing is on the counter. */
  showThanks(receiptId: string, thanks: Thanks): void;
  /** Told when the next customer's receipt begins. */
  whenNext(work: () => void): void;
  /** Sends the current state to all windows, after something around the receipt changed. */
  refresh(): void;
  close(): void;
};

/** The counter of one open shop, with the receipt that was on it when the program ended. */
export function createCounter(context: ShopContext): Counter {
  const { stores, bus, ids } = context;
  let onCounter: Receipt | null = stores.sales.current(context.register.id);
  const aside = new Map<string, Receipt>();
  let thanks: Thanks | Returning | null = null;
  let thanked = '';
  let next = (): void => undefined;
  let stopThanks: (() => void) | null = null;
  /** The return that the customer is shown. */
  let returning: string | null = null;
  const paying = new Map<string, () => Paying>();
  let published: SaleView | null = null;
  let parkedCount = stores.sales.parkedCount();
  const tenders = stores.shop.tenders(context.register.id);

  function readAside(): void {
    aside.clear();
    for (const receipt of stores.sales.aside(context.register.id)) aside.set(receipt.id, receipt);
  }
  readAside();

  function asideView(receipt: Receipt): AsideView {
    const { totalMinor, dueMinor } = totalsOf(receipt);
    return { receiptId: receipt.id, at: receipt.openedAt, lines: activeLines(receipt).length, totalMinor, dueMinor, payment: context.links().payment(receipt.id) };
  }

  const empty = (staffId: string): Receipt => ({
    ...openReceipt({ id: ids.next(), registerId: context.register.id, staffId, currency: context.shop().currency, openedAt: nowIso(context) }, usualServing(context.shop())),
    kind: context.training() ? 'training' : 'sale',
  });

  const situation = (dueMinor: Minor, hasLines: boolean): TenderSituation => ({
    distance: onCounter?.distance ?? false,
    capabilities: (kind) => context.links().capabilities(kind),
    dueMinor,
    hasLines,
    currency: context.shop().currency,
    cashStepMinor: cashStepOf(context.shop()),
    online: context.network.online(),
    missing: (kind) => context.links().missing(kind),
    busy: (kind) => context.links().busy(kind),
    goingBack: onCounter?.state === 'paying' && context.links().goingBack(onCounter),
  });

  function tendersFor(totals: ReceiptTotals, hasLines: boolean): readonly TenderView[] {
    const now = situation(totals.dueMinor, hasLines);
    return tenders.map((tender) => tenderView(tender, context.tenderKinds, now));
  }

  function tender(tenderId: string): TenderView | null {
    const config = tenders.find((one) => one.id === tenderId);
    if (!config) return null;
    const receipt = onCounter ?? empty('');
    return tenderView(config, context.tenderKinds, situation(totalsOf(receipt).dueMinor, activeLines(receipt).length > 0));
  }

  function nameOf(tenderId: string): string {
    const config = tenders.find((one) => one.id === tenderId);
    return config ? tenderName(config, context.tenderKinds) : '';
  }

  const view = (): SaleView =>
    saleView(onCounter ?? empty(''), {
      currency: context.shop().currency,
      asksServing: context.shop().serves !== 'none',
      cashStepMinor: cashStepOf(context.shop()),
      parkedCount,
      aside: [...aside.values()].map(asideView),
      tendersFor,
      removable: (post) =>
        onCounter?.state === 'paying' &&
        post.kind === 'payment' &&
        post.tenderKind !== setOffKind &&
        context.tenderKinds.get(post.tenderKind)?.proof !== 'provider',
      goesBack: (post) => (onCounter?.state === 'paying' && post.kind === 'payment' ? context.links().goesBack(post) : null),
    });

  function customerView(): CustomerView {
    const shown = onCounter ? paying.get(onCounter.id) : undefined;
    if (shown) return shown();
    if (onCounter) return customerSelling(onCounter, nameOf);
    return thanks ?? { kind: 'idle' };
  }

  function publish(): void {
    const shown = view();
    bus.publish('sale.changed', saleChangeOf(published, shown));
    published = shown;
    bus.publish('customer.changed', customerView());
  }

  function forgetThanks(): void {
    stopThanks?.();
    stopThanks = null;
    thanks = null;
  }

  /** `receiptId` is the receipt that is thanked for, if it is one; what does not rest by itself is ended by whoever showed it. */
  function remember(receiptId: string, shown: Thanks | Returning, rests = true): void {
    forgetThanks();
    thanks = shown;
    thanked = receiptId;
    if (!rests) return;
    stopThanks = context.clock.after(shown.kind === 'returning' || shown.receiptText === null ? thanksMs : receiptMs, () => {
      forgetThanks();
      bus.publish('customer.changed', customerView());
    });
  }

  /** A sale that is paid with what a return owes is completed together with that return. */
  function writeAll(step: Step): { readonly number: number | null; readonly after: () => void } {
    const exchanged = step.assignNumber === true && step.receipt.posts.some((post) => post.tenderKind === setOffKind);
    const sold = step.assignNumber === true ? context.links().sold(step.receipt) : null;
    if (!exchanged && !sold && !step.also) return { number: write(step), after: () => undefined };
    return stores.transaction(() => {
      const number = write(step);
      step.also?.();
      sold?.write();
      const completed = exchanged ? context.links().completing(step.receipt) : () => undefined;
      return {
        number,
        after() {
          completed();
          sold?.after();
        },
      };
    });
  }

  function write(step: Step): number | null {
    // Every step raises the revision by one; the first one makes the receipt.
    const before = step.receipt.revision - 1;
    const { number } = stores.sales.commit({
      receipt: step.receipt,
      expectRevision: before === 0 ? null : before,
      lines: step.lines ?? [],
      attempts: step.attempts ?? [],
      newPosts: step.newPosts ?? [],
      refunds: step.refunds ?? [],
      tasks: step.tasks ?? [],
      newTasks: step.newTasks ?? [],
      assignNumber: step.assignNumber ?? false,
      journal: step.journal ?? [],
    });
    return number;
  }

  /** Where the receipt is after a step: on the counter, aside, or gone. */
  function place(receipt: Receipt): void {
    const lives = receipt.state === 'open' || receipt.state === 'paying';
    if (lives && receipt.aside) aside.set(receipt.id, receipt);
    else aside.delete(receipt.id);
    if (!lives) paying.delete(receipt.id);
    if (!receipt.aside) onCounter = lives ? receipt : null;
    else if (onCounter?.id === receipt.id) onCounter = null;
    if (onCounter) forgetThanks();
    if (receipt.revision === 1) next();
  }

  return {
    receipt: (staffId) => onCounter ?? empty(staffId),
    commit(step) {
      let written: ReturnType<typeof writeAll>;
      try {
        written = writeAll(step);
      } catch (error) {
        onCounter = stores.sales.current(context.register.id);
        readAside();
        publish();
        throw error;
      }
      const { number, after } = written;
      place(step.receipt);
      // The thanks for a receipt that was aside would stand before another customer.
      if (number !== null && step.thanks && !step.receipt.aside) remember(step.receipt.id, step.thanks(number));
      const { state } = step.receipt;
      if (state === 'parked' || step.receipt.parkedName !== '') parkedCount = stores.sales.parkedCount();
      publish();
      after();
      return number;
    },
    view,
    onCounter: () => onCounter,
    aside: (receiptId) => aside.get(receiptId) ?? null,
    showPaying(receiptId, shown) {
      if (shown) paying.set(receiptId, shown);
      else if (!paying.delete(receiptId)) return;
      bus.publish('customer.changed', customerView());
    },
    showReturn(returnId, shown, fresh) {
      const stands = thanks?.kind === 'returning' && returning === returnId;
      if (!stands && (!fresh || shown === null)) return;
      returning = returnId;
      if (shown && !onCounter) remember('', shown, shown.done);
      else forgetThanks();
      bus.publish('customer.changed', customerView());
    },
    addReceiptText(receiptId, receiptText) {
      if (thanks?.kind === 'thanks' && thanked === receiptId) remember(receiptId, { ...thanks, receiptText });
      bus.publish('customer.changed', customerView());
    },
    showThanks(receiptId, shown) {
      remember(receiptId, shown);
      bus.publish('customer.changed', customerView());
    },
    whenNext(work) {
      next = work;
    },
    tender,
    tenderName: nameOf,
    customerView,
    refresh: publish,
    close: forgetThanks,
  };
}
