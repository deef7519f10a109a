import { z } from 'zod';
import { call, event, nothing } from './define.ts';
import { attemptState, customerAct } from './payment.ts';
import { providerField } from './providers.ts';
import { refundView } from './refunds.ts';
import {
  amountMinor,
  currency,
  id,
  instant,
  priceMinor,
  quantityMilli,
  serving,
  shortText,
  vatClass,
  vatRateBasisPoints,
  words,
} from './basics.ts';

/** A discount as it was given; `basisPoints` of the amount, or an amount in minor units. */
export const discount = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('percent'), basisPoints: z.int().min(1).max(10_000) }),
  z.strictObject({ kind: z.literal('amount'), amountMinor: amountMinor.min(1) }),
]);
export type Discount = z.infer<typeof discount>;

export const unit = z.enum(['piece', 'kg', 'g', 'l', 'm', 'h']);
export type Unit = z.infer<typeof unit>;

/** One line of the receipt as screens show it. */
export const lineView = z.strictObject({
  id,
  /** 1 for the first line, gapless over the lines shown; `line-N` in tests. */
  position: z.int().min(1),
  articleId: id.nullable(),
  name: z.string(),
  code: z.string(),
  unit,
  quantityMilli: z.int(),
  unitPriceMinor: priceMinor,
  /** Price before an override; equal to `unitPriceMinor` when there was none. */
  listPriceMinor: priceMinor,
  overrideReason: z.string(),
  discount: discount.nullable(),
  /** What the line's own discount takes off, at least 0. */
  discountMinor: amountMinor,
  /** Quantity times price less the line's own discount; the receipt's discount is not in it. */
  amountMinor,
  vatRateBasisPoints,
  labels: z.array(z.string()),
  note: z.string(),
  /** Revision of the receipt at which this line last changed; equal means unchanged. */
  revision: z.int(),
});
export type LineView = z.infer<typeof lineView>;

/** What is left on the receipt by a finished payment, or by change given back (negative). */
export const postView = z.strictObject({
  id,
  tenderId: z.string(),
  tenderKind: z.string(),
  kind: z.enum(['payment', 'change', 'cash-back', 'taken-back']),
  amountMinor,
  reference: z.string(),
  verified: z.boolean(),
  at: instant,
  /** Whether it can be taken back while the receipt is open. */
  removable: z.boolean(),
  /** A payment that only its provider can give back: what the customer has to tell for it, and how its newest refund stands. Null for others. */
  goesBack: z.strictObject({ asks: providerField.nullable(), refund: refundView.nullable() }).nullable(),
});
export type PostView = z.infer<typeof postView>;

export const totalsView = z.strictObject({
  /** Number of pieces; a weighed line counts as one. */
  articles: z.int(),
  /** Before any discount. */
  grossMinor: amountMinor,
  /** Line discounts and the receipt's discount together, at least 0. */
  discountMinor: amountMinor,
  totalMinor: amountMinor,
  vatMinor: amountMinor,
  paidMinor: amountMinor,
  dueMinor: amountMinor,
  /** What cash would have to cover: `dueMinor` after the country's rounding. */
  cashDueMinor: amountMinor,
});
export type TotalsView = z.infer<typeof totalsView>;

/** Why a tender can't be used now; each has a sentence `tender.reason.<code>` in every language. */
export const tenderReason = z.enum([
  'nothing-to-pay',
  'not-registered',
  'no-network',
  'not-eligible',
  'payment-active',
  'below-minimum',
  'above-maximum',
  'refund-only-cash',
  'no-terminal-number',
  'payment-going-back',
  'not-at-distance',
]);
export type TenderReason = z.infer<typeof tenderReason>;

/** A tender button of this register. */
export const tenderView = z.strictObject({
  id: z.string(),
  kind: z.string(),
  /** Name given by the shop; empty means the kind's own name in the screen's language. */
  name: z.string(),
  colour: z.string().nullable(),
  usable: z.boolean(),
  reason: tenderReason.nullable(),
  /** What it would take now, after rounding. */
  amountMinor,
  /** Whether the cashier types a reference. */
  asksReference: z.boolean(),
  /** Whether more than the amount may be given and change comes back. */
  givesChange: z.boolean(),
  /** Whether the customer shows a proof that is scanned; its amount is taken over. */
  asksProof: z.boolean(),
  /** Whether a provider proves it, and what it may take of what is due. */
  byProvider: z.boolean(),
  customerAct: customerAct.nullable(),
  /** Ways in which its provider can ask the customer, the usual one first; empty where there is no choice. `asks`: what has to be told first. */
  ways: z.array(z.strictObject({ id: z.string(), label: words, customerAct, asks: providerField.nullable() })),
  lessThanDue: z.boolean(),
  moreThanDue: z.boolean(),
});
export type TenderView = z.infer<typeof tenderView>;

/** A receipt that stands aside while its payment is waited for. `payment` is null once that came to nothing. */
const asideView = z.strictObject({
  receiptId: id,
  at: instant,
  lines: z.int(),
  totalMinor: amountMinor,
  dueMinor: amountMinor,
  payment: z.strictObject({ attemptId: id, tenderId: z.string(), tenderKind: z.string(), amountMinor, state: attemptState, question: z.boolean() }).nullable(),
});
export type AsideView = z.infer<typeof asideView>;

/** The receipt that this register works on; `receiptId` is null before its first line. */
export const saleView = z.strictObject({
  receiptId: id.nullable(),
  revision: z.int(),
  state: z.enum(['open', 'paying']),
  currency,
  parkedName: z.string(),
  note: z.string(),
  customerReference: z.string(),
  discount: discount.nullable(),
  discountReason: z.string(),
  /** How its food is served; null where the shop has no choice. */
  serving: serving.nullable(),
  /** The customer is somewhere else. */
  distance: z.boolean(),
  lines: z.array(lineView),
  newestLineId: id.nullable(),
  posts: z.array(postView),
  totals: totalsView,
  tenders: z.array(tenderView),
  parkedCount: z.int(),
  aside: z.array(asideView),
});
export type SaleView = z.infer<typeof saleView>;

/**
 * The receipt after a change, its lines by difference: with a hundred lines a scan costs what it costs with one.
 * `follows` is the revision of the same receipt that the lines continue; null when all of them are here. A window that
 * holds another revision reads `sale.current`.
 */
export const saleChange = saleView.omit({ lines: true }).extend({
  follows: z.int().nullable(),
  /** New lines and those that differ from before. */
  lines: z.array(lineView),
  /** How many lines the receipt has, so that a window can tell that it has them all. */
  lineCount: z.int(),
  removed: z.array(id),
});
export type SaleChange = z.infer<typeof saleChange>;

/** A receipt that was parked under a name. */
export const parkedView = z.strictObject({
  receiptId: id,
  name: z.string(),
  at: instant,
  registerNumber: z.int(),
  staffName: z.string(),
  totalMinor: amountMinor,
  lines: z.int(),
});
export type ParkedView = z.infer<typeof parkedView>;

/** Answer of every change: the receipt's new revision and the line it touched. The new receipt comes as `sale.changed`. */
const changed = z.strictObject({ revision: z.int(), lineId: id.nullable() });
export type SaleChanged = z.infer<typeof changed>;

const approval = id.optional();

export const saleCalls = {
  'sale.current': call(nothing, saleView),
  /**
   * A code as scanned or typed: EAN, UPC, GS1 element string or link, weight and price codes, PLU. `quantityMilli` from `3 *`.
   * Errors: unknown-code {code}, bad-code {code}, needs-age {articleId, years, name}, needs-price, needs-weight {articleId, name, unit}.
   */
  'sale.add-code': call(
    z.strictObject({
      code: z.string().min(1).max(500),
      source: z.enum(['scan', 'typed']),
      quantityMilli: quantityMilli.optional(),
      ageConfirmed: z.boolean().optional(),
    }),
    changed,
  ),
  'sale.add-article': call(
    z.strictObject({
      articleId: id,
      quantityMilli: quantityMilli.optional(),
      /** For open-price articles. */
      unitPriceMinor: priceMinor.optional(),
      ageConfirmed: z.boolean().optional(),
    }),
    changed,
  ),
  /** Something without an article: a name, a price, a VAT class. Right: open-price. */
  'sale.add-open-price': call(
    z.strictObject({
      name: z.string().trim().min(1).max(60),
      unitPriceMinor: priceMinor,
      vatClass: vatClass,
      quantityMilli: quantityMilli.optional(),
      code: z.string().max(50).optional(),
      approval,
    }),
    changed,
  ),
  'sale.set-quantity': call(z.strictObject({ lineId: id, quantityMilli }), changed),
  /** null takes the discount away. Right: discount-small up to the shop's limit, else discount-large. */
  'sale.discount-line': call(
    z.strictObject({ lineId: id, discount: discount.nullable(), reason: shortText.default(''), approval }),
    changed,
  ),
  'sale.discount-receipt': call(
    z.strictObject({ discount: discount.nullable(), reason: shortText.default(''), approval }),
    changed,
  ),
  /** Right: price-override; the reason is required. */
  'sale.override-price': call(
    z.strictObject({ lineId: id, unitPriceMinor: priceMinor, reason: shortText.min(1), approval }),
    changed,
  ),
  'sale.remove-line': call(z.strictObject({ lineId: id }), changed),
  /** Undo of a removal, while the receipt is open. */
  'sale.restore-line': call(z.strictObject({ lineId: id }), changed),
  /** Without `lineId` the note belongs to the receipt. */
  'sale.note': call(z.strictObject({ lineId: id.optional(), text: shortText }), changed),
  /** Eaten here or taken away: lines of food change their VAT, no price changes. Errors: serving-not-offered, receipt-has-payments. */
  'sale.set-serving': call(z.strictObject({ serving }), changed),
  /** The customer is not here and pays from afar: only tenders that can reach them are left. Errors: receipt-has-payments. */
  'sale.set-distance': call(z.strictObject({ distance: z.boolean() }), changed),
  'sale.customer-reference': call(z.strictObject({ text: shortText }), changed),
  /** Errors: receipt-empty, receipt-has-payments. */
  'sale.park': call(z.strictObject({ name: z.string().trim().min(1).max(40) }), changed),
  /** Clears the counter while a payment is waited for, or when a part of the receipt is paid. Errors: nothing-waits. */
  'sale.set-aside': call(nothing, changed),
  /** Puts it on the counter again; one that waits there goes aside for it. Errors: receipt-not-aside, receipt-not-empty (park the current one first). */
  'sale.bring-back': call(z.strictObject({ receiptId: id }), changed),
  'sale.parked': call(nothing, z.array(parkedView)),
  /** Errors: receipt-not-empty (park the current one first), receipt-held-elsewhere {registerNumber}, receipt-not-parked. */
  'sale.resume': call(z.strictObject({ receiptId: id }), changed),
  /** Right: receipt-void; the reason is required. */
  'sale.void': call(z.strictObject({ reason: shortText.min(1), approval }), changed),
};

export const saleEvents = {
  'sale.changed': event(saleChange),
};
