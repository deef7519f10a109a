import { z } from 'zod';
import { call, event, nothing } from './define.ts';
import { country, currency, id, instant, vatRateBasisPoints } from './basics.ts';
import { paper } from './receipts.ts';

export const reportKind = z.enum(['x', 'z']);
export type ReportKind = z.infer<typeof reportKind>;

/** Sums over a day may be larger than one receipt may be. */
const total = z.int();
const counted = z.strictObject({ count: z.int(), amountMinor: total });
export type Counted = z.infer<typeof counted>;

const groupTotal = z.strictObject({ name: z.string(), count: z.int(), amountMinor: total });
const tenderTotal = z.strictObject({ tenderId: z.string(), kind: z.string(), name: z.string(), count: z.int(), amountMinor: total });
const vatTotal = z.strictObject({ rateBasisPoints: vatRateBasisPoints, grossMinor: total, netMinor: total, vatMinor: total });
const typed = z.strictObject({ type: z.string(), count: z.int(), amountMinor: total });

/** What is counted for the register and for each of its people. */
const figures = z.strictObject({
  /** Sales less returns, without rounding. */
  totalMinor: total,
  sales: counted,
  returns: counted,
  /** Of the returns, those without a receipt. Reports from before there were any have no line of it. */
  returnsWithoutReceipt: counted.optional(),
  /** Sales to customers who were somewhere else; they are among the sales as well. */
  distanceSales: counted.optional(),
  groups: z.array(groupTotal),
  /** Articles sold: goods by the piece or weight, services by the hour. */
  goods: z.int(),
  services: z.int(),
  tenders: z.array(tenderTotal),
  roundingMinor: total,
  tipsMinor: total,
  vat: z.array(vatTotal),
  floatMinor: total,
  drawerOpenings: z.int(),
  drawerOpeningsWithoutSale: z.int(),
  copies: counted,
  provisional: counted,
  delivery: counted,
  training: counted,
  discounts: counted,
  abandoned: counted,
  /** `removed`, `lowered`, `restored`. */
  lineCorrections: z.array(typed),
  priceEnquiries: z.array(groupTotal),
  /** `price-override`, `payment-taken-back`, `tender-corrected`. */
  otherCorrections: z.array(typed),
  creditSales: counted,
  payIns: counted,
  payOuts: counted,
  safeDrops: counted,
  cashBack: counted,
  /** App payments given back, by tender. */
  refunds: z.array(tenderTotal),
});
export type ReportFigures = z.infer<typeof figures>;

const shiftTotal = z.strictObject({
  number: z.int(),
  drawer: z.string(),
  staffName: z.string(),
  floatMinor: total,
  expectedMinor: total,
  countedMinor: total,
  differenceMinor: total,
  explanation: z.string(),
  leftMinor: total,
});

/** A report as it is stored, whole: every later look at it shows this and nothing reckoned anew. */
export const reportBody = z.strictObject({
  kind: reportKind,
  number: z.int(),
  shop: z.strictObject({ name: z.string(), organisationNumber: z.string(), vatNumber: z.string(), addressLines: z.array(z.string()), country, currency, timeZone: z.string() }),
  register: z.strictObject({ id, number: z.int(), name: z.string() }),
  at: instant,
  offsetMinutes: z.int(),
  staffName: z.string(),
  /** Since when: the Z before it; null is the beginning. */
  since: z.strictObject({ number: z.int(), at: instant }).nullable(),
  figures,
  operators: z.array(z.strictObject({ staffId: z.string(), name: z.string(), figures })),
  shifts: z.array(shiftTotal),
  grand: z.strictObject({ salesMinor: total, returnsMinor: total, netMinor: total }),
  /** Z only: the end of the journal that it covers, and the hash of the Z before it. */
  anchor: z.strictObject({ seq: z.int(), hash: z.string(), previousZ: z.string() }).nullable(),
});
export type ReportBody = z.infer<typeof reportBody>;

export const reportRow = z.strictObject({
  reportId: id,
  kind: reportKind,
  number: z.int(),
  at: instant,
  staffName: z.string(),
  totalMinor: total,
  receipts: z.int(),
  currency,
  printed: z.boolean(),
});
export type ReportRow = z.infer<typeof reportRow>;

/** Something that has to be cleared before a Z, and the button that leads there. */
export const obstacle = z.strictObject({
  kind: z.enum(['receipt-open', 'receipt-parked', 'receipt-aside', 'payment-unfinished', 'payment-in-doubt', 'refund-unfinished', 'return-open', 'training-on', 'shift-open']),
  /** What it is called: a parked name, a drawer. */
  name: z.string(),
  at: instant.nullable(),
  amountMinor: total.nullable(),
  receiptId: id.nullable(),
  /** The payment in doubt. */
  attemptId: id.nullable(),
  /** What the button does: takes the receipt to the counter, or goes to where it is cleared. */
  action: z.enum(['resume', 'bring-back', 'go-sale', 'go-receipts', 'go-returns', 'go-tasks', 'go-shift', 'carry-over', 'end-training']),
});
export type Obstacle = z.infer<typeof obstacle>;

export const reportCalls = {
  /** Stored reports of this register, newest first. */
  'report.list': call(z.strictObject({ limit: z.int().min(1).max(400) }), z.array(reportRow)),
  /** What stands before a Z now. */
  'report.obstacles': call(nothing, z.array(obstacle)),
  /** Takes an X: changes nothing but its own count. Right: report-x. */
  'report.x': call(z.strictObject({ approval: id.optional() }), reportRow),
  /** Closes the period. Right: report-z. Errors: z-not-yet {count}, z-nothing-new, grand-totals-differ. */
  'report.z': call(z.strictObject({ approval: id.optional() }), reportRow),
  /** Errors: report-unknown. */
  'report.paper': call(z.strictObject({ reportId: id }), z.strictObject({ report: reportRow, paper })),
  /** Prints; a report that came out before comes out as a copy. Errors: report-unknown, printer-failed {problem}. */
  'report.print': call(z.strictObject({ reportId: id }), z.strictObject({ copy: z.boolean() })),
  /** Errors: report-unknown, pdf-not-available. */
  'report.pdf': call(z.strictObject({ reportId: id }), z.strictObject({ fileName: z.string(), base64: z.string() })),
};

export const reportEvents = {
  /** A report was taken or printed: ask again. */
  'report.changed': event(nothing),
};
