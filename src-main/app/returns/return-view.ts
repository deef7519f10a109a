import type { ReturnStep, ReturnView } from '../../contract/returns.ts';
import { cashStepOf } from '../../core/countries/index.ts';
import { add, minor, negate, subtract, sum, zero, type Minor } from '../../core/money.ts';
import { roundCash } from '../../core/payments/cash.ts';
import { owedOf, planBack, type BackPlan, type PaidBy } from '../../core/payments/pay-back.ts';
import { refundFinished, type Refund } from '../../core/payments/refund.ts';
import type { Post, Receipt } from '../../core/sales/model.ts';
import { activeLines, heldPosts, totalsOf } from '../../core/sales/totals.ts';
import { registerNumberOf, type ShopContext } from '../context.ts';
import type { Source } from '../payments/refund-sources.ts';
import type { Refunds } from '../payments/refunds.ts';
import { paidBy, paidByStore, paidUnknown } from './paid-by.ts';
import { returnSettingsOf } from './settings.ts';

/** How a return's money stands: what may be given now, what is with a provider, and by what ways the rest goes. */
export type MoneyBack = { readonly owedMinor: Minor; readonly running: readonly Refund[]; readonly freeMinor: Minor; readonly paid: readonly PaidBy[]; readonly plan: BackPlan; readonly cash: ReturnView['cash'] };

export function moneyBack(context: ShopContext, refunds: Refunds, receipt: Receipt): MoneyBack {
  const owedMinor = owedOf(receipt);
  const running = context.stores.refunds.ofReturn(receipt.id).filter((one) => !refundFinished(one.state));
  const freeMinor = subtract(owedMinor, sum(running.map((one) => one.amountMinor)));
  const saleId = receipt.returned?.receiptId ?? null;
  const sale = saleId === null ? null : context.stores.sales.load(saleId);
  const known = context.stores.returns.known(receipt.id);
  const paid = sale ? paidBy(context, refunds, sale) : known ? paidByStore(context, refunds, receipt, known) : paidUnknown(owedMinor);
  const { inCash } = returnSettingsOf(context);
  const cameInCash = paid.find((one) => one.by === 'cash')?.leftMinor ?? zero;
  const allowed = inCash === 'always' || owedMinor <= cameInCash ? 'yes' : 'approval';
  return { owedMinor, running, freeMinor, paid, plan: planBack(freeMinor, paid, inCash), cash: inCash === 'never' || running.length > 0 ? 'no' : allowed };
}

/** The payment that a part of a return goes back by: of this store's sale, or of another's. */
export const sourceOfPart = ({ sources }: Refunds, receipt: Receipt, postId: string): Source | null => (receipt.returned?.origin ? sources.ofPayment(postId, receipt.id) : sources.ofPost(postId));

function ofView(context: ShopContext, { returned }: Receipt): ReturnView['of'] {
  if (returned?.origin) {
    const { storeId, storeName, receiptId, number, registerNumber, at } = returned.origin;
    return { store: { storeId, name: storeName }, receiptId, number, registerNumber, at };
  }
  const sale = returned?.receiptId == null ? null : context.stores.sales.load(returned.receiptId);
  return sale?.number == null ? null : { store: null, receiptId: sale.id, number: sale.number, registerNumber: registerNumberOf(context, sale.registerId), at: sale.completedAt ?? sale.openedAt };
}

export function returnView(context: ShopContext, refunds: Refunds, receipt: Receipt): ReturnView {
  const { stores } = context;
  const { returned } = receipt;
  if (!returned) throw new Error(`returns: receipt ${receipt.id} is none`);
  const totals = totalsOf(receipt);
  const amounts = new Map(totals.lines.map((line) => [line.lineId, line.payableMinor]));
  const { owedMinor, running, plan, cash } = moneyBack(context, refunds, receipt);
  const mine = stores.refunds.ofReturn(receipt.id);

  const wayOf = (post: Post): ReturnStep['way'] => {
    if (post.tenderKind === 'set-off') return 'set-off';
    const proof = context.tenderKinds.get(post.tenderKind)?.proof;
    return proof === 'cash' ? 'cash' : proof === 'manual' ? 'card' : 'refund';
  };
  const done = heldPosts(receipt.posts).map((post): ReturnStep => ({ way: wayOf(post), tenderId: post.tenderId, tenderKind: post.tenderKind, postId: null, amountMinor: negate(post.amountMinor), state: 'done', reference: post.reference, refund: null, asks: null }));
  const under = running.map((refund): ReturnStep => {
    const view = refunds.view(refund);
    const doubt = view.needsDecision || refund.state === 'outcome-unknown';
    return { way: 'refund', tenderId: refund.tenderKind, tenderKind: refund.tenderKind, postId: refund.postId ?? refund.paymentId, amountMinor: refund.amountMinor, state: doubt ? 'doubt' : 'running', reference: '', refund: view, asks: null };
  });
  const planned = receipt.state === 'paying' || receipt.state === 'open' ? plan.parts : [];
  const next = planned.map(({ by, tenderId, tenderKind, postId, amountMinor }): ReturnStep => {
    const before = mine.findLast((one) => postId !== null && (one.postId === postId || one.paymentId === postId));
    const waits = by === 'cash' && (under.length > 0 || planned.some((one) => one.by !== 'cash') || plan.otherMinor > 0);
    const source = postId === null ? null : sourceOfPart(refunds, receipt, postId);
    const state = waits ? 'later' : before?.state === 'refused' ? 'refused' : 'next';
    return { way: by === 'provider' ? 'refund' : by, tenderId, tenderKind, postId, amountMinor, state, reference: '', refund: before?.state === 'refused' ? refunds.view(before) : null, asks: source?.ability.asks ?? null };
  });

  return {
    returnId: receipt.id,
    revision: receipt.revision,
    state: receipt.state === 'parked' ? 'open' : receipt.state,
    number: receipt.number,
    registerNumber: registerNumberOf(context, receipt.registerId),
    of: ofView(context, receipt),
    purpose: returned.purpose,
    inExchange: returned.inExchange,
    reason: returned.reason,
    currency: receipt.currency,
    openedAt: receipt.openedAt,
    lines: activeLines(receipt).map((line) => ({
      lineId: line.id,
      ofLineId: line.back?.ofLineId ?? null,
      articleId: line.articleId,
      name: line.name,
      unit: line.unit,
      quantityMilli: line.quantityMilli,
      unitPriceMinor: line.unitPriceMinor,
      amountMinor: negate(amounts.get(line.id) ?? zero),
      vatRateBasisPoints: line.vatRateBasisPoints,
    })),
    totalMinor: negate(totals.totalMinor),
    owedMinor,
    cashMinor: roundCash(owedMinor, cashStepOf(context.shop())),
    steps: [...done, ...under, ...next],
    otherMinor: receipt.state === 'paying' || receipt.state === 'open' ? plan.otherMinor : zero,
    cash,
    followerId: receipt.state === 'completed' ? stores.returns.followerOf(receipt.id) : null,
  };
}

/** What may still go back on a card: what came that way, as far as the return is not settled otherwise. */
export const cameByCard = ({ paid }: MoneyBack, tenderId: string): Minor => paid.filter((one) => one.by === 'card' && one.tenderId === tenderId).reduce((all, one) => add(all, one.leftMinor), minor(0));
