import { z } from 'zod';

/**
 * Every failure that a call may answer with. The renderer has one sentence for each in every language
 * (`errors.<code>`), filled from `detail`; adding a code without its sentences fails a test.
 */
export const errorCodes = [
  // the message itself
  'unknown-call',
  'bad-message',
  'forbidden',
  'stopping',
  'internal',
  // the database and its disk
  'storage-full',
  'storage-failed',
  'storage-busy',
  'trouble',
  'backup-unusable',
  // staff
  'not-signed-in',
  'locked',
  'wrong-pin',
  'too-many-tries',
  'needs-approval',
  'approval-spent',
  'staff-unknown',
  'pin-in-use',
  'last-admin',
  'badge-unknown',
  'badge-in-use',
  'badge-is-article',
  // articles and codes
  'unknown-code',
  'bad-code',
  'article-unknown',
  'article-not-for-sale',
  'needs-price',
  'needs-weight',
  'needs-age',
  'bad-check-digit',
  'gtin-in-use',
  'pattern-refused',
  // sale
  'no-open-receipt',
  'line-unknown',
  'quantity-out-of-range',
  'price-out-of-range',
  'discount-too-large',
  'receipt-full',
  'receipt-has-payments',
  'receipt-empty',
  'receipt-not-empty',
  'receipt-unknown',
  'receipt-held-elsewhere',
  'receipt-not-parked',
  'receipt-not-aside',
  'nothing-waits',
  'reason-missing',
  // payment
  'tender-unknown',
  'tender-not-usable',
  'nothing-to-pay',
  'amount-out-of-range',
  'amount-not-payable-in-cash',
  'reference-missing',
  'payment-unknown',
  'payment-active',
  'payment-not-removable',
  'proof-missing',
  'proof-refused',
  'proof-used',
  'payment-not-refundable',
  'refund-unknown',
  'refund-too-early',
  'refund-identifier',
  'told-wrong',
  'nothing-asked',
  'payment-going-back',
  'return-unknown',
  'return-too-much',
  'return-under-way',
  'return-nothing',
  'return-not-in-cash',
  'return-part-running',
  'return-exchange-busy',
  // other stores of the chain
  'chain-unreachable',
  'store-unknown',
  'store-abroad',
  'task-unknown',
  'task-busy',
  'task-in-doubt',
  'payment-not-in-doubt',
  'receipt-not-on-counter',
  'setting-invalid',
  'serving-not-offered',
  // the closed set of provider failures (PAYMENTS.md)
  'declined',
  'not-configured',
  'unauthorised',
  'unreachable',
  'rate-limited',
  'rejected',
  'conflict',
  'protocol',
  // shifts and reports
  'no-open-shift',
  'drawer-open',
  'shift-unknown',
  'shift-open-already',
  'shift-has-receipt',
  'movement-unknown',
  'drawer-has-less',
  'count-unreadable',
  'count-stale',
  'report-unknown',
  'z-not-yet',
  'z-nothing-new',
  'grand-totals-differ',
  // papers and devices
  'printer-failed',
  'paper-unknown',
  'already-copied',
  'pdf-not-available',
  'receipt-given',
  'not-in-country',
  'qr-too-long',
  'mail-not-set-up',
  'mail-address',
  'mail-busy',
  'lan-off',
  'device-unknown',
  'certificate-unusable',
  // files and setting up
  'file-unreadable',
  'file-without-header',
  'import-running',
  'import-unknown',
  'setup-done-already',
  'demo-only',
  'training-not-yet',
  'not-in-training',
  'training-receipt',
  'shop-invalid',
] as const;

export const errorCode = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCode>;

/** Values for the sentence of a failure: amounts as minor units, names, limits. Never a secret. */
export const errorDetail = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
export type ErrorDetail = z.infer<typeof errorDetail>;

/** A failure as a value: a stable code and what its sentence needs. */
export type Failure = { readonly code: ErrorCode; readonly detail: ErrorDetail };

/** What a call resolves to. Bugs throw; expected failures are values. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export type Failed = { readonly ok: false; readonly error: Failure };
export const fail = (code: ErrorCode, detail: ErrorDetail = {}): Failed => ({
  ok: false,
  error: { code, detail },
});
