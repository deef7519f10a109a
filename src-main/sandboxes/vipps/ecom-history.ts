import { refundableMinor, remainingMinor } from './movements.ts';
import type { EventName, Payment, PaymentEvent } from './state.ts';

export const summaryOf = (payment: Payment): object => ({
  capturedAmount: payment.capturedMinor,
  refundedAmount: payment.refundedMinor,
  // What was never reserved is nothing that could be captured, also where a cancel has counted it.
  remainingAmountToCapture: Math.max(0, remainingMinor(payment)),
  remainingAmountToRefund: refundableMinor(payment),
  ...(payment.authorizedAtMs === null ? {} : { bankIdentificationNumber: 540_185 }),
});

/** The words of eCom; a time that ran out shows as a reservation that failed (Vipps, section 3.2). */
const operations: Readonly<Record<EventName, string>> = { CREATED: 'INITIATE', AUTHORIZED: 'RESERVE', ABORTED: 'CANCEL', TERMINATED: 'CANCEL', EXPIRED: 'RESERVE', CANCELLED: 'VOID', CAPTURED: 'CAPTURE', REFUNDED: 'REFUND' };
const ofItsOwn = new Set<EventName>(['CAPTURED', 'REFUNDED']);

/** The whole history, newest first. An order's transaction has no number until somebody has opened it. */
export function historyOf(payment: Payment): readonly object[] {
  const entry = ({ name, amountMinor, atMs, key, success, text, pspReference }: PaymentEvent): object => ({
    amount: amountMinor,
    operation: name === 'AUTHORIZED' && payment.directCapture ? 'SALE' : operations[name],
    operationSuccess: success && name !== 'EXPIRED',
    ...(key === null ? {} : { requestId: key }),
    timeStamp: new Date(atMs).toISOString(),
    ...(payment.openedAtMs === null ? {} : { transactionId: ofItsOwn.has(name) ? pspReference : payment.pspReference }),
    transactionText: text,
  });
  // What is taken at once is one operation, not a reservation and a capture.
  const shown = payment.directCapture ? payment.events.filter(({ name }) => name !== 'CAPTURED') : payment.events;
  return shown.map(entry).toReversed();
}
