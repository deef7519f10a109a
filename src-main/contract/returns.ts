import { z } from 'zod';
import { call, event, nothing } from './define.ts';
import { amountMinor, currency, id, instant, priceMinor, quantityMilli, shortText, vatRateBasisPoints } from './basics.ts';
import { providerField } from './providers.ts';
import { receiptRow } from './receipts.ts';
import { refundIdentifier, refundView } from './refunds.ts';
import { unit } from './sale.ts';

/** How a shop gives cash back: never, for what was paid in cash, or for everything. */
export const returnsInCash = z.enum(['never', 'when-paid-in-cash', 'always']);

export const returnSettings = z.strictObject({
  inCash: returnsInCash,
  /** The most that a cashier gives back alone; 0: a manager always approves. */
  cashierCapMinor: priceMinor.min(0),
});

/** A line of a completed sale, and what of it has not come back. All amounts of these views are above zero. */
const soldLine = z.strictObject({
  lineId: id,
  name: z.string(),
  code: z.string(),
  unit,
  quantityMilli: z.int(),
  leftMilli: z.int(),
  /** What was paid for the whole line, its discounts taken off. */
  payableMinor: amountMinor,
});

/** A store of the chain. */
export const chainStore = z.strictObject({ storeId: id, name: z.string() });
export type ChainStoreView = z.infer<typeof chainStore>;

/** A completed sale of another store, in a list. */
export const storeReceiptRow = z.strictObject({
  store: chainStore,
  receiptId: id,
  number: z.int(),
  registerNumber: z.int(),
  at: instant,
  totalMinor: amountMinor,
  currency,
  tenders: z.array(z.string()),
});
export type StoreReceiptRow = z.infer<typeof storeReceiptRow>;

/** A completed sale as the room of returns shows it. */
export const returnableView = z.strictObject({
  /** Where it was sold; null: in this store. */
  store: chainStore.nullable(),
  /** `staffName` is empty for another store's. */
  receipt: storeReceiptRow.omit({ store: true }).extend({ staffName: z.string() }),
  lines: z.array(soldLine),
  /** A return of it that has not ended. */
  openReturnId: id.nullable(),
  /** Numbers of the returns before. */
  returns: z.array(z.int()),
});
export type ReturnableView = z.infer<typeof returnableView>;

const returnLine = z.strictObject({
  lineId: id,
  /** The sold line; null without a receipt. */
  ofLineId: id.nullable(),
  articleId: id.nullable(),
  name: z.string(),
  unit,
  quantityMilli: z.int(),
  unitPriceMinor: priceMinor,
  amountMinor,
  vatRateBasisPoints,
});

/**
 * A part of the money. `done` has gone back; `running` and `doubt` are with the provider (`refund` tells how); `refused` can be tried again or
 * go another way; `next` waits for the person; `later` waits for the parts before it.
 */
export const returnStep = z.strictObject({
  way: z.enum(['refund', 'card', 'cash', 'set-off']),
  tenderId: z.string(),
  tenderKind: z.string(),
  postId: id.nullable(),
  amountMinor,
  state: z.enum(['done', 'running', 'doubt', 'refused', 'next', 'later']),
  reference: z.string(),
  refund: refundView.nullable(),
  /** What the customer has to tell for it. */
  asks: providerField.nullable(),
});
export type ReturnStep = z.infer<typeof returnStep>;

export const returnView = z.strictObject({
  returnId: id,
  revision: z.int(),
  state: z.enum(['open', 'paying', 'completed', 'voided']),
  /** In the series of returns, once it is completed. */
  number: z.int().nullable(),
  registerNumber: z.int(),
  /** Null: without a receipt. */
  of: z.strictObject({ store: chainStore.nullable(), receiptId: id, number: z.int(), registerNumber: z.int(), at: instant }).nullable(),
  purpose: z.enum(['goods', 'tender']),
  inExchange: z.boolean(),
  reason: z.string(),
  currency,
  openedAt: instant,
  lines: z.array(returnLine),
  totalMinor: amountMinor,
  /** What has not gone back yet, before cash is rounded. */
  owedMinor: amountMinor,
  /** What it would be in cash. */
  cashMinor: amountMinor,
  steps: z.array(returnStep),
  /** What has no way of its own back: a person chooses one. */
  otherMinor: amountMinor,
  /** Whether cash may be chosen for all that is owed: by everybody, with a manager, or not at all. */
  cash: z.enum(['yes', 'approval', 'no']),
  /** The sale that was rung up again after it. */
  followerId: id.nullable(),
});
export type ReturnView = z.infer<typeof returnView>;

const one = z.strictObject({ returnId: id });
const approval = id.optional();

export const returnCalls = {
  /** Completed sales by barcode, number, amount, article, reference; `day` (YYYY-MM-DD, the shop's) narrows it. Newest first. */
  'return.find': call(z.strictObject({ text: z.string().trim().max(100), day: z.iso.date().nullable(), limit: z.int().min(1).max(100) }), z.array(receiptRow)),
  /** Errors: receipt-unknown; of another store also store-unknown, chain-unreachable, store-abroad. */
  'return.of-receipt': call(z.strictObject({ receiptId: id, storeId: id.optional() }), returnableView),
  /** The other stores of the chain; none where this register is in no chain. Errors: chain-unreachable. */
  'return.stores': call(nothing, z.array(chainStore)),
  /** Completed sales of another store by barcode, number or any name that a payment has at its provider, newest first. Errors: store-unknown, chain-unreachable. */
  'return.find-elsewhere': call(z.strictObject({ storeId: id, text: z.string().trim().min(1).max(100), limit: z.int().min(1).max(100) }), z.array(storeReceiptRow)),
  /** This register's returns that have not ended. */
  'return.unfinished': call(nothing, z.array(returnView)),
  'return.view': call(one, returnView),
  /**
   * Begins a return of a receipt, or says anew what comes back of it and why; each call is durable. Errors: receipt-unknown, line-unknown,
   * return-too-much {name, left}, quantity-out-of-range, return-under-way, return-unknown; in a chain also chain-unreachable, and of another
   * store's receipt (`storeId`) store-unknown, store-abroad.
   */
  'return.compose': call(
    z.strictObject({ returnId: id.nullable(), receiptId: id, storeId: id.optional(), lines: z.array(z.strictObject({ lineId: id, quantityMilli })).max(1000), reason: shortText }),
    returnView,
  ),
  /** As `return.compose` without a receipt, at today's prices or lower ones. Right: return-without-receipt, when it begins. Errors: article-unknown, price-out-of-range. */
  'return.compose-loose': call(
    z.strictObject({
      returnId: id.nullable(),
      lines: z.array(z.strictObject({ articleId: id, quantityMilli, unitPriceMinor: priceMinor.min(0).nullable() })).max(200),
      reason: shortText,
      approval,
    }),
    returnView,
  ),
  /** The article of a scanned or typed code, for a return without a receipt. Errors: unknown-code, bad-code. */
  'return.article': call(z.strictObject({ code: z.string().min(1).max(500) }), z.strictObject({ articleId: id, name: z.string(), unit, priceMinor })),
  /** Lets its money go back. Right: return up to the shop's cap, else return-large. Errors: receipt-empty, reason-missing, return-nothing. */
  'return.confirm': call(z.strictObject({ returnId: id, approval }), returnView),
  /**
   * Gives a part back. `refund`: `amountMinor` of an app payment through its provider, answered when it is written down. `card`: it was done on
   * the terminal, `reference` is the slip's. `cash`: all that is owed. `requestId` makes a second tap the same part. Right: return-cash for what did not
   * come that way. Errors: return-unknown, amount-out-of-range, reference-missing, return-not-in-cash, return-part-running, no-open-shift, tender-unknown, and those of refund.start. Of another store's receipt
   * `postId` is the payment as that store names it.
   */
  'return.pay': call(
    z.strictObject({
      requestId: id,
      returnId: id,
      way: z.enum(['refund', 'card', 'cash']),
      postId: id.optional(),
      tenderId: z.string().max(40).optional(),
      amountMinor: amountMinor.min(0),
      reference: z.string().trim().max(60).optional(),
      identifier: refundIdentifier,
      approval,
    }),
    returnView,
  ),
  /**
   * Lets a confirmed return wait for a new sale instead of going back (SE-7), or no more. One at a time at a register. Errors: return-unknown,
   * return-under-way, return-exchange-busy.
   */
  'return.exchange': call(z.strictObject({ returnId: id, on: z.boolean() }), returnView),
  /** Pays the sale on the counter with what the waiting return owes, as far as both reach. Errors: return-unknown, nothing-to-pay, payment-active, payment-going-back. */
  'return.set-off': call(z.strictObject({ requestId: id }), returnView),
  /** Undoes it before the sale is completed. Errors: return-unknown, payment-not-removable. */
  'return.set-off-undo': call(nothing, returnView),
  /** Begins the return of a whole receipt that was paid by the wrong means (C-5, SE-8). Errors: receipt-unknown, return-under-way. */
  'return.correct': call(z.strictObject({ receiptId: id, reason: shortText.min(1) }), returnView),
  /** Puts the sale of a completed correction on the counter again, at the same prices. Errors: return-unknown, receipt-not-empty, no-open-shift. */
  'return.sell-again': call(one, z.strictObject({ receiptId: id })),
  /** Gives it up before any money left. Errors: return-under-way. */
  'return.drop': call(one, nothing),
  'return.settings': call(nothing, returnSettings),
  /** Right: shop-edit. */
  'return.save-settings': call(returnSettings, returnSettings),
};

export const returnEvents = {
  'return.changed': event(returnView),
};
