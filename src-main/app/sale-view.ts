import type { AsideView, LineView, PostView, SaleView, TenderView } from '../contract/sale.ts';
import type { CustomerView } from '../contract/customer.ts';
import type { Currency } from '../contract/basics.ts';
import { roundCash } from '../core/payments/cash.ts';
import { newestLine } from '../core/sales/changes.ts';
import type { Line, Post, Receipt } from '../core/sales/model.ts';
import { activeLines, heldPosts, totalsOf, type LineTotals, type ReceiptTotals } from '../core/sales/totals.ts';
import { sum, zero } from '../core/money.ts';

const lineView = (line: Line, totals: LineTotals, position: number): LineView => ({
  id: line.id,
  position,
  articleId: line.articleId,
  name: line.name,
  code: line.code,
  unit: line.unit,
  quantityMilli: line.quantityMilli,
  unitPriceMinor: line.unitPriceMinor,
  listPriceMinor: line.listPriceMinor,
  overrideReason: line.overrideReason,
  discount: line.discount,
  discountMinor: totals.discountMinor,
  amountMinor: totals.amountMinor,
  vatRateBasisPoints: line.vatRateBasisPoints,
  labels: [...line.labels],
  note: line.note,
  revision: line.revision,
});

const postView = (post: Post, removable: boolean, goesBack: PostView['goesBack']): PostView => ({
  id: post.id,
  tenderId: post.tenderId,
  tenderKind: post.tenderKind,
  kind: post.kind,
  amountMinor: post.amountMinor,
  reference: post.reference,
  verified: post.verified,
  at: post.at,
  removable,
  goesBack,
});

/** Pieces count one by one, a weighed or measured line as one article. */
const articleCount = (lines: readonly Line[]): number =>
  lines.reduce((count, line) => count + (line.unit === 'piece' ? Math.round(line.quantityMilli / 1000) : 1), 0);

export type SaleSurroundings = {
  readonly currency: Currency;
  /** Whether the shop serves in two ways. */
  readonly asksServing: boolean;
  readonly cashStepMinor: number;
  readonly parkedCount: number;
  readonly aside: readonly AsideView[];
  readonly tendersFor: (totals: ReceiptTotals, hasLines: boolean) => readonly TenderView[];
  readonly removable: (post: Post) => boolean;
  readonly goesBack: (post: Post) => PostView['goesBack'];
};

function linesOf(receipt: Receipt, totals: ReceiptTotals): LineView[] {
  return activeLines(receipt).map((line, index) => {
    const amounts = totals.lines[index];
    if (amounts?.lineId !== line.id) throw new Error('sale view: totals are of other lines');
    return lineView(line, amounts, index + 1);
  });
}

/** The receipt as the cashier's screen draws it. */
export function saleView(receipt: Receipt, around: SaleSurroundings): SaleView {
  const totals = totalsOf(receipt);
  const active = activeLines(receipt);
  return {
    receiptId: receipt.revision === 0 ? null : receipt.id,
    revision: receipt.revision,
    state: receipt.state === 'paying' ? 'paying' : 'open',
    currency: around.currency,
    parkedName: receipt.parkedName,
    note: receipt.note,
    customerReference: receipt.customerReference,
    discount: receipt.discount,
    discountReason: receipt.discountReason,
    serving: around.asksServing ? receipt.serving : null,
    distance: receipt.distance,
    lines: linesOf(receipt, totals),
    newestLineId: newestLine(receipt)?.id ?? null,
    posts: heldPosts(receipt.posts).map((post) => postView(post, around.removable(post), around.goesBack(post))),
    totals: {
      articles: articleCount(active),
      grossMinor: totals.grossMinor,
      discountMinor: totals.lineDiscountMinor + totals.receiptDiscountMinor,
      totalMinor: totals.totalMinor,
      vatMinor: totals.vatMinor,
      paidMinor: totals.paidMinor,
      dueMinor: totals.dueMinor,
      cashDueMinor: roundCash(totals.dueMinor, around.cashStepMinor),
    },
    tenders: [...around.tendersFor(totals, active.length > 0)],
    parkedCount: around.parkedCount,
    aside: [...around.aside],
  };
}

type PaidPart = Extract<CustomerView, { kind: 'selling' }>['paid'][number];

/** What each payment really moved: notes given less change. */
function paidParts(posts: readonly Post[], tenderName: (tenderId: string) => string): PaidPart[] {
  const held = heldPosts(posts);
  return held
    .filter((post) => post.kind === 'payment')
    .map((post) => ({
      tenderKind: post.tenderKind,
      tenderName: tenderName(post.tenderId),
      amountMinor: sum(held.filter((one) => one.attemptId === post.attemptId).map((one) => one.amountMinor)),
    }));
}

/** What the customer sees of the receipt on the counter: nothing but this sale. */
export function customerSelling(receipt: Receipt, tenderName: (tenderId: string) => string): CustomerView {
  const totals = totalsOf(receipt);
  const active = activeLines(receipt);
  if (active.length === 0) return { kind: 'idle' };
  const amounts = new Map(totals.lines.map((line) => [line.lineId, line.amountMinor]));
  return {
    kind: 'selling',
    currency: receipt.currency,
    lines: active.map((line) => ({
      id: line.id,
      name: line.name,
      quantityMilli: line.quantityMilli,
      unit: line.unit,
      amountMinor: amounts.get(line.id) ?? zero,
    })),
    discountMinor: totals.receiptDiscountMinor,
    paid: paidParts(receipt.posts, tenderName),
    totalMinor: totals.totalMinor,
    dueMinor: totals.dueMinor,
  };
}
