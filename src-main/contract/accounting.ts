import { z } from 'zod';
import { call, nothing } from './define.ts';
import { id, vatRateBasisPoints } from './basics.ts';

/** An account's number as the shop's accountant writes it; empty where nothing is booked on it. */
const account = z.string().trim().max(20);

/** The accounts that a shop's sums are booked on. */
export const accountPlan = z.strictObject({
  rates: z.array(z.strictObject({ rateBasisPoints: vatRateBasisPoints, sales: account, vat: account })).max(20),
  tenders: z.array(z.strictObject({ kind: z.string().max(40), account })).max(40),
  /** `unsettled`: app payments that are on no receipt (late money), and such as were given back without a return. */
  others: z.strictObject({ safe: account, rounding: account, cashDifference: account, payIn: account, payOut: account, tips: account, unsettled: account }),
});
export type AccountPlan = z.infer<typeof accountPlan>;

const day = z.iso.date();
export const exportKind = z.enum(['accounting', 'receipts']);
export type ExportKind = z.infer<typeof exportKind>;

/** What was exported, to hold against the books that it goes into. */
export const exportTotals = z.strictObject({
  rows: z.int(),
  days: z.int(),
  receipts: z.int(),
  /** Sales less returns, VAT included; the VAT in it. */
  totalMinor: z.int(),
  vatMinor: z.int(),
  /** Of the accounting file: both come to the same. */
  debitMinor: z.int(),
  creditMinor: z.int(),
  tenders: z.array(z.strictObject({ kind: z.string(), amountMinor: z.int() })),
});
export type ExportTotals = z.infer<typeof exportTotals>;

export const accountingCalls = {
  /** The accounts, with suggestions for what the shop has not set. */
  'accounting.plan': call(nothing, accountPlan),
  /** Right: shop-edit. */
  'accounting.save': call(accountPlan, accountPlan),
  /** A CSV file of the shop's days from one to another. Right: report-x. */
  'accounting.export': call(z.strictObject({ what: exportKind, from: day, to: day, approval: id.optional() }), z.strictObject({ fileName: z.string(), base64: z.string(), totals: exportTotals })),
};
