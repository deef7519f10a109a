import { z } from 'zod';
import { call, event } from './define.ts';
import { id, instant } from './basics.ts';
import { providerProblem } from './payment.ts';

/** `refused` is given up, until a person has it tried again. */
export const providerReceiptState = z.enum(['waiting', 'sent', 'refused']);
export type ProviderReceiptState = z.infer<typeof providerReceiptState>;

/** How a receipt stands in the app that one of its payments was made with. */
export const providerReceiptView = z.strictObject({
  attemptId: id,
  tenderKind: z.string(),
  state: providerReceiptState,
  problem: providerProblem.nullable(),
  tries: z.int(),
  nextTryAt: instant,
});
export type ProviderReceiptView = z.infer<typeof providerReceiptView>;

export const providerReceiptCalls = {
  /** One for each of its payments whose provider shows receipts; none where no provider does. */
  'provider-receipt.of-receipt': call(z.strictObject({ receiptId: id }), z.array(providerReceiptView)),
  /** One that was refused, or waits, is sent now. Errors: payment-unknown. */
  'provider-receipt.again': call(z.strictObject({ attemptId: id }), providerReceiptView),
};

export const providerReceiptEvents = {
  'provider-receipt.changed': event(z.strictObject({ receiptId: id })),
};
