import { fail, ok, type Failed, type Result } from '../contract/errors.ts';
import type { SaleChanged } from '../contract/sale.ts';
import type { Right } from '../contract/rights.ts';
import {
  addLine,
  atRates,
  bringBack,
  describe,
  discountBasisPoints,
  discountLine,
  discountReceipt,
  discountableOf,
  noteLine,
  overridePrice,
  park,
  removeLine,
  restoreLine,
  resume,
  sellFromAfar,
  serve,
  setAside,
  setQuantity,
  voidReceipt,
  type Change,
} from '../core/sales/changes.ts';
import type { Serving, VatClass } from '../contract/basics.ts';
import type { Receipt } from '../core/sales/model.ts';
import type { Discount } from '../contract/sale.ts';
import { minor } from '../core/money.ts';
import { activeLines, isBegun, totalsOf } from '../core/sales/totals.ts';
import { additionByArticle, additionByCode, openPriceLine, vatRateToday, type Addition } from './add-to-sale.ts';
import { journalEntry, registerNumberOf, type ShopContext } from './context.ts';
import type { Counter } from './counter.ts';
import type { CallsOf, Handlers } from './handlers.ts';
import type { ClosedDrawer } from './printers/closed-drawer.ts';
import type { Drawers } from './shifts/drawers.ts';
import type { Session } from './session.ts';

type JournalNote = { readonly kind: string; readonly detail: Readonly<Record<string, unknown>> };

type Cash = { readonly drawers: Drawers; readonly closedDrawer: ClosedDrawer };

/** Everything that happens to the receipt on the counter before it is paid. */
export function createSaleService(context: ShopContext, session: Session, counter: Counter, { drawers, closedDrawer }: Cash): Handlers<CallsOf<'sale'>> {
  const { stores } = context;
  const current = (): Receipt => counter.receipt(session.staffId());

  /** What stands before a line: no drawer for the cash (an exercise moves none); before the first one also a drawer that stands open. */
  function hindered(): Failed | null {
    if (drawers.needed() && !context.training()) return fail('no-open-shift');
    return isBegun(current()) ? null : closedDrawer.refusal();
  }

  /** What is on its way back is waited for before the receipt leaves the counter for good. */
  const goingBack = () => (context.links().goingBack(current()) ? fail('payment-going-back') : null);

  /** Commits a change that the rules allowed, with what the journal says about it. */
  function keep(change: Result<Change>, note: JournalNote | null = null): Result<SaleChanged> {
    if (!change.ok) return change;
    const { receipt, lines, lineId } = change.value;
    const journal = note ? [journalEntry(context, session.staffId(), note.kind, note.detail, receipt.id)] : [];
    counter.commit({ receipt, lines, journal });
    return ok({ revision: receipt.revision, lineId });
  }

  /** As `keep`, for what not everybody may do. The right is asked last, so that a refused change spends no approval. */
  function keepIfAllowed(
    change: Result<Change>,
    right: Right,
    approval: string | undefined,
    note: JournalNote,
  ): Result<SaleChanged> {
    if (!change.ok) return change;
    const allowed = session.authorise(right, approval);
    if (!allowed.ok) return allowed;
    return keep(change, { kind: note.kind, detail: { ...note.detail, approvedBy: allowed.value.approvedBy } });
  }

  function add(addition: Result<Addition>, ageConfirmed: boolean | undefined): Result<SaleChanged> {
    if (!addition.ok) return addition;
    const hindrance = hindered();
    if (hindrance) return hindrance;
    const { line, ageLimit, article } = addition.value;
    const receipt = current();
    const asksAge = ageLimit !== null && receipt.ageConfirmedYears < ageLimit;
    if (asksAge && ageConfirmed !== true) {
      return fail('needs-age', { articleId: article?.id ?? '', name: line.name, years: ageLimit });
    }
    return keep(addLine(receipt, line, asksAge ? ageLimit : 0));
  }

  const discountRight = (discount: Discount | null, receipt: Receipt, lineId: string | null): Right => {
    const share = discount ? discountBasisPoints(discount, discountableOf(receipt, lineId)) : 0;
    return share > context.shop().cashierDiscountLimitBasisPoints ? 'discount-large' : 'discount-small';
  };

  const lineDetail = (lineId: string): Readonly<Record<string, unknown>> => {
    const receipt = current();
    const line = receipt.lines.find((one) => one.id === lineId);
    const amount = totalsOf(receipt).lines.find((one) => one.lineId === lineId)?.payableMinor;
    return { line: lineId, name: line?.name, code: line?.code, quantityMilli: line?.quantityMilli, amountMinor: amount };
  };

  const lineAmount = (receipt: Receipt, lineId: string): number => totalsOf(receipt).lines.find((one) => one.lineId === lineId)?.amountMinor ?? 0;
  /** What a change takes off a line: corrections are counted by it (NO-12). */
  const takenOff = (change: Result<Change>, lineId: string): number => (change.ok ? lineAmount(current(), lineId) - lineAmount(change.value.receipt, lineId) : 0);

  const rateToday = (vatClass: VatClass, serving: Serving): number => vatRateToday(context, vatClass, serving);

  function takeParked(receiptId: string): Result<SaleChanged> {
    const onCounter = current();
    if (isBegun(onCounter)) return fail('receipt-not-empty');
    const stored = stores.sales.load(receiptId);
    if (!stored) return fail('receipt-unknown');
    const change = resume(stored, context.register.id, session.staffId());
    if (!change.ok) return stored.state === 'open' ? fail('receipt-held-elsewhere', { registerNumber: registerNumberOf(context, stored.registerId) }) : change;
    discardEmpty(onCounter);
    // VAT follows the day of the sale: a receipt parked over a change of rates takes the new ones.
    return keep(ok({ ...atRates(change.value.receipt, rateToday), lineId: null }), { kind: 'receipt-resumed', detail: { name: stored.parkedName } });
  }

  /** A receipt whose lines were all removed is voided when another takes its place: its number of nothing is nothing. */
  function discardEmpty(receipt: Receipt): void {
    if (receipt.revision === 0) return;
    const voided = voidReceipt(receipt, 'empty');
    if (!voided.ok) throw new Error('sale: an empty receipt could not be voided');
    const entry = journalEntry(context, session.staffId(), 'receipt-voided', { reason: 'empty' }, receipt.id);
    counter.commit({ receipt: voided.value.receipt, journal: [entry] });
  }

  return {
    'sale.current': () => ok(counter.view()),
    'sale.add-code': (input) => add(additionByCode(context, input, current().serving), input.ageConfirmed),
    'sale.add-article': (input) => add(additionByArticle(context, input, current().serving), input.ageConfirmed),
    'sale.add-open-price': (input) => {
      const hindrance = hindered();
      if (hindrance) return hindrance;
      const line = openPriceLine(context, input, current().serving);
      const detail = { name: line.name, unitPriceMinor: line.unitPriceMinor };
      return keepIfAllowed(addLine(current(), line), 'open-price', input.approval, { kind: 'open-price', detail });
    },
    'sale.set-quantity': ({ lineId, quantityMilli }) => {
      const before = current().lines.find((line) => line.id === lineId);
      const lowered = before !== undefined && quantityMilli < before.quantityMilli;
      const change = setQuantity(current(), lineId, quantityMilli);
      const note = { kind: 'line-corrected', detail: { ...lineDetail(lineId), newQuantityMilli: quantityMilli, correctedMinor: takenOff(change, lineId) } };
      return keep(change, lowered ? note : null);
    },
    'sale.discount-line': ({ lineId, discount, reason, approval }) =>
      keepIfAllowed(
        discountLine(current(), lineId, discount, reason),
        discountRight(discount, current(), lineId),
        approval,
        { kind: 'discount', detail: { ...lineDetail(lineId), discount, reason } },
      ),
    'sale.discount-receipt': ({ discount, reason, approval }) =>
      keepIfAllowed(
        discountReceipt(current(), discount, reason),
        discountRight(discount, current(), null),
        approval,
        { kind: 'discount', detail: { discount, reason } },
      ),
    'sale.override-price': ({ lineId, unitPriceMinor, reason, approval }) => {
      const change = overridePrice(current(), lineId, minor(unitPriceMinor), reason);
      const detail = { ...lineDetail(lineId), unitPriceMinor, reason, correctedMinor: takenOff(change, lineId) };
      return keepIfAllowed(change, 'price-override', approval, { kind: 'price-override', detail });
    },
    'sale.remove-line': ({ lineId }) =>
      keep(removeLine(current(), lineId), { kind: 'line-removed', detail: lineDetail(lineId) }),
    'sale.restore-line': ({ lineId }) => {
      const change = restoreLine(current(), lineId);
      return keep(change, { kind: 'line-restored', detail: { line: lineId, amountMinor: -takenOff(change, lineId) } });
    },
    'sale.note': ({ lineId, text }) => {
      const receipt = current();
      if (receipt.revision === 0) return fail('no-open-receipt');
      return keep(lineId === undefined ? describe(receipt, { note: text }) : noteLine(receipt, lineId, text));
    },
    'sale.set-serving': ({ serving }) => {
      if (context.shop().serves === 'none') return fail('serving-not-offered');
      return keep(serve(current(), serving, rateToday), { kind: 'serving-changed', detail: { serving } });
    },
    'sale.set-distance': ({ distance }) => keep(sellFromAfar(current(), distance), { kind: 'distance-changed', detail: { distance } }),
    'sale.customer-reference': ({ text }) => {
      const receipt = current();
      return receipt.revision === 0 ? fail('no-open-receipt') : keep(describe(receipt, { customerReference: text }));
    },
    'sale.park': ({ name }) => goingBack() ?? keep(park(current(), name), { kind: 'receipt-parked', detail: { name } }),
    'sale.set-aside': () => keep(setAside(current()), { kind: 'receipt-set-aside', detail: {} }),
    'sale.bring-back': ({ receiptId }) => {
      const change = bringBack(counter.aside(receiptId) ?? current());
      if (!change.ok) return change;
      const before = current();
      if (before.state === 'paying') {
        const cleared = keep(setAside(before), { kind: 'receipt-set-aside', detail: {} });
        if (!cleared.ok) return cleared;
      } else if (activeLines(before).length > 0) return fail('receipt-not-empty');
      else discardEmpty(before);
      return keep(change, { kind: 'receipt-brought-back', detail: {} });
    },
    'sale.parked': () => ok([...stores.sales.parked()]),
    'sale.resume': ({ receiptId }) => (drawers.needed() ? fail('no-open-shift') : (closedDrawer.refusal() ?? takeParked(receiptId))),
    'sale.void': ({ reason, approval }) => {
      const receipt = current();
      if (receipt.revision === 0) return fail('no-open-receipt');
      const waits = goingBack();
      if (waits) return waits;
      const { totalMinor } = totalsOf(receipt);
      const note = { kind: 'receipt-voided', detail: { reason, totalMinor, lines: activeLines(receipt).length } };
      return keepIfAllowed(voidReceipt(receipt, reason), 'receipt-void', approval, note);
    },
  };
}
