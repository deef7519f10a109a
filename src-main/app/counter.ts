import type { CustomerView } from '../contract/customer.ts';
import type { SaleView, TenderView } from '../contract/sale.ts';
import type { JournalDraft, SaleWrite } from '../core/ports/stores.ts';
import { cashStepOf } from '../core/countries.ts';
import type { Minor } from '../core/money.ts';
import { tenderView, type TenderSituation } from '../core/payments/tenders.ts';
import { openReceipt } from '../core/sales/changes.ts';
import type { Receipt } from '../core/sales/model.ts';
import { activeLines, totalsOf, type ReceiptTotals } from '../core/sales/totals.ts';
import { nowIso, type ShopContext } from './context.ts';
import { saleChangeOf } from './sale-change.ts';
import { customerSelling, saleView } from './sale-view.ts';

/** What a step adds to the receipt it leaves; everything not named is empty. */
export type Step = Partial<Pick<SaleWrite, 'lines' | 'attempts' | 'newPosts' | 'assignNumber'>> & {
  readonly receipt: Receipt;
  readonly journal?: readonly JournalDraft[];
  /** What the customer reads when the step ends the sale, by the number it was given; kept until the next sale or for its time. */
  readonly thanks?: (number: number) => Thanks;
};

type Paying = Extract<CustomerView, { kind: 'paying' }>;

type Thanks = Extract<CustomerView, { kind: 'thanks' }>;

/** How long the customer keeps the thanks and the change before the screen rests. */
const thanksMs = 30_000;

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
  /** The receipt on the counter; null before its first line. */
  onCounter(): Receipt | null;
  /** What the customer is shown of a payment that a provider has to prove; null ends it. */
  showPaying(view: Paying | null): void;
  customerView(): CustomerView;
  /** Sends the current state to all windows, after something around the receipt changed. */
  refresh(): void;
  close(): void;
};

/** The counter of one open shop, with the receipt that was on it when the program ended. */
export function createCounter(context: ShopContext): Counter {
  const { stores, bus, ids } = context;
  let onCounter: Receipt | null = stores.sales.current(context.register.id);
  let thanks: Thanks | null = null;
  let thanksTimer: NodeJS.Timeout | null = null;
  let paying: Paying | null = null;
  let published: SaleView | null = null;
  let parkedCount = stores.sales.parkedCount();
  const tenders = stores.shop.tenders(context.register.id);

  const empty = (staffId: string): Receipt =>
    openReceipt({
      id: ids.next(),
      registerId: context.register.id,
      staffId,
      currency: context.shop().currency,
      openedAt: nowIso(context),
    });

  const situation = (dueMinor: Minor, hasLines: boolean): TenderSituation => ({
    dueMinor,
    hasLines,
    currency: context.shop().currency,
    cashStepMinor: cashStepOf(context.shop()),
    online: context.network.online(),
    missing: (kind) => context.links().missing(kind),
    busy: (kind) => context.links().busy(kind),
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

  const view = (): SaleView =>
    saleView(onCounter ?? empty(''), {
      currency: context.shop().currency,
      cashStepMinor: cashStepOf(context.shop()),
      parkedCount,
      tendersFor,
      removable: (post) =>
        onCounter?.state === 'paying' &&
        post.kind === 'payment' &&
        context.tenderKinds.get(post.tenderKind)?.proof !== 'provider',
    });

  function customerView(): CustomerView {
    if (paying && onCounter) return paying;
    if (onCounter) return customerSelling(onCounter, (id) => tenders.find((tender) => tender.id === id)?.name ?? '');
    return thanks ?? { kind: 'idle' };
  }

  function publish(): void {
    const shown = view();
    bus.publish('sale.changed', saleChangeOf(published, shown));
    published = shown;
    bus.publish('customer.changed', customerView());
  }

  function forgetThanks(): void {
    if (thanksTimer) clearTimeout(thanksTimer);
    thanksTimer = null;
    thanks = null;
  }

  function remember(shown: Thanks): void {
    forgetThanks();
    thanks = shown;
    thanksTimer = setTimeout(() => {
      forgetThanks();
      bus.publish('customer.changed', customerView());
    }, thanksMs);
    thanksTimer.unref();
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
      assignNumber: step.assignNumber ?? false,
      journal: step.journal ?? [],
    });
    return number;
  }

  return {
    receipt: (staffId) => onCounter ?? empty(staffId),
    commit(step) {
      let number: number | null;
      try {
        number = write(step);
      } catch (error) {
        onCounter = stores.sales.current(context.register.id);
        publish();
        throw error;
      }
      const { state } = step.receipt;
      const stays = state === 'open' || state === 'paying';
      onCounter = stays ? step.receipt : null;
      if (stays) forgetThanks();
      if (number !== null && step.thanks) remember(step.thanks(number));
      if (state === 'parked' || step.receipt.parkedName !== '') parkedCount = stores.sales.parkedCount();
      publish();
      return number;
    },
    view,
    onCounter: () => onCounter,
    showPaying(shown) {
      paying = shown;
      bus.publish('customer.changed', customerView());
    },
    tender,
    customerView,
    refresh: publish,
    close: forgetThanks,
  };
}
