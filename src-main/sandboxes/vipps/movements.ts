import { nextPspReference, nextToken, type Callback, type EventName, type Payment, type State } from './state.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Why money does not move; each interface has its own numbers for these. */
export type Refusal =
  | 'waiting' | 'ended' | 'processing' | 'authorized' | 'held' | 'cancelled' | 'taken' | 'partly' | 'returned'
  | 'too-much' | 'too-late' | 'whole-only' | 'no-account';

type Asked = { readonly amountMinor: number; readonly key: string | null; readonly text: string };

export const remainingMinor = (payment: Payment): number => payment.authorizedMinor - payment.cancelledMinor - payment.capturedMinor;
export const refundableMinor = (payment: Payment): number => payment.capturedMinor - payment.refundedMinor;

/** The payment under this name at this unit; ePayment sees those of eCom too, eCom only its own (Vipps, section 1). */
export const paymentOf = (state: State, msn: string, reference: string, api: Payment['api']): Payment | null =>
  state.payments.find((one) => one.msn === msn && one.reference === reference && (api === 'epayment' || one.api === 'ecom')) ?? null;

/** A line of the event log; each has a number of its own (Vipps, section 5.3). */
export function note(state: State, payment: Payment, name: EventName, atMs: number, more: Partial<Asked> & { readonly success?: boolean } = {}): void {
  const { amountMinor = payment.amountMinor, key = null, text = payment.description, success = true } = more;
  payment.events.push({ name, pspReference: nextPspReference(state), amountMinor, atMs, key, success, text });
}

/** The notice that an eCom payment's shop would get: once, and never again (Vipps, section 3.7). */
function call(state: State, payment: Payment, status: string, atMs: number): void {
  if (payment.api !== 'ecom' || payment.callbackPrefix === null) return;
  const info = { amount: payment.amountMinor, status, timeStamp: new Date(atMs).toISOString(), transactionId: payment.pspReference };
  const body = { merchantSerialNumber: payment.msn, orderId: payment.reference, transactionInfo: info };
  const callback: Callback = { url: `${payment.callbackPrefix}/v2/payments/${payment.reference}`, authorization: payment.authToken, body, atMs };
  state.callbacks.push(callback);
}

export function abort(state: State, payment: Payment, nowMs: number): void {
  payment.state = 'ABORTED';
  payment.authorizing = false;
  note(state, payment, 'ABORTED', nowMs);
  call(state, payment, 'CANCELLED', nowMs);
}

export function expire(state: State, payment: Payment): void {
  payment.state = 'EXPIRED';
  payment.authorizing = false;
  note(state, payment, 'EXPIRED', payment.expiresAtMs);
  call(state, payment, 'REJECTED', payment.expiresAtMs);
}

/** The bank says no. The user may still take another card: the payment stays open until its time is over. */
export function refuseByBank(state: State, payment: Payment, nowMs: number): void {
  payment.authorizing = false;
  note(state, payment, 'AUTHORIZED', nowMs, { success: false });
  call(state, payment, payment.directCapture ? 'SALE_FAILED' : 'RESERVE_FAILED', nowMs);
}

/** The bank says yes: the money is held, or taken at once where the unit is set up so. */
export function settle(state: State, payment: Payment, nowMs: number): void {
  payment.state = 'AUTHORIZED';
  payment.authorizing = false;
  payment.unknownUntilMs = null;
  payment.authorizedAtMs = nowMs;
  payment.authorizedMinor = payment.amountMinor;
  if (payment.scope.length > 0) payment.sub = nextToken(state, payment.token).slice(0, 24);
  note(state, payment, 'AUTHORIZED', nowMs);
  if (payment.directCapture) {
    payment.capturedMinor = payment.amountMinor;
    note(state, payment, 'CAPTURED', nowMs);
  }
  call(state, payment, payment.directCapture ? 'SALE' : 'RESERVED', nowMs);
}

/** Amounts for which the vendor's test environment plays a bank that refuses; two of them in Norway only (Vipps, section 15). */
const refused = new Set([151, 182, 183, 184, 186, 187]);
const refusedInNorway = new Set([197, 202]);
const unknown = 201;
const noAccount = 123;
const refundTooLate = 124;

/** The user has approved; what the bank makes of it. */
export function authorize(state: State, payment: Payment, nowMs: number): void {
  const { amountMinor, currency } = payment;
  if (refused.has(amountMinor) || (currency === 'NOK' && refusedInNorway.has(amountMinor))) refuseByBank(state, payment, nowMs);
  else if (amountMinor === unknown) payment.unknownUntilMs = nowMs + hourMs;
  else settle(state, payment, nowMs);
}

/** How long money may be taken: 180 days in Norway, 14 elsewhere unless that is agreed otherwise (Vipps, section 6). */
export function captureDays(payment: Payment, lateCapture: boolean): number {
  return payment.currency === 'NOK' || lateCapture ? 180 : 14;
}

type Unitlike = { readonly lateCapture: boolean; readonly partialCapture: boolean };

export function capture(state: State, payment: Payment, unit: Unitlike, asked: Asked, nowMs: number): Refusal | null {
  if (payment.unknownUntilMs !== null) return 'processing';
  if (payment.state === 'CREATED') return 'waiting';
  if (payment.state !== 'AUTHORIZED') return 'ended';
  const left = remainingMinor(payment);
  if (left === 0) return payment.capturedMinor > 0 ? 'taken' : 'cancelled';
  if (nowMs - (payment.authorizedAtMs ?? nowMs) > captureDays(payment, unit.lateCapture) * dayMs) return 'too-late';
  if (asked.amountMinor > left) return 'too-much';
  if (!unit.partialCapture && asked.amountMinor !== left) return 'whole-only';
  payment.capturedMinor += asked.amountMinor;
  note(state, payment, 'CAPTURED', nowMs, asked);
  return null;
}

export function refund(state: State, payment: Payment, asked: Asked, nowMs: number): Refusal | null {
  if (payment.state === 'CREATED') return 'waiting';
  if (payment.state !== 'AUTHORIZED') return 'ended';
  if (payment.capturedMinor === 0) return payment.cancelledMinor > 0 ? 'cancelled' : 'held';
  if (refundableMinor(payment) === 0) return 'returned';
  // The texts differ on whether the year runs from the reservation or from the capture: here from the earlier (Vipps, section 16).
  if (nowMs - (payment.authorizedAtMs ?? nowMs) > 365 * dayMs || asked.amountMinor === refundTooLate) return 'too-late';
  if (asked.amountMinor === noAccount) return 'no-account';
  if (asked.amountMinor > refundableMinor(payment)) return 'too-much';
  payment.refundedMinor += asked.amountMinor;
  note(state, payment, 'REFUNDED', nowMs, asked);
  return null;
}

type CancelAsked = { readonly key: string | null; readonly text: string; /** Only a payment that nobody has approved yet. */ readonly transactionOnly: boolean; /** What is left after a part was taken goes too. */ readonly rest: boolean };

export function cancel(state: State, payment: Payment, asked: CancelAsked, unit: Unitlike, nowMs: number): Refusal | null {
  if (payment.authorizing || payment.unknownUntilMs !== null) return 'processing';
  if (payment.state === 'CREATED') {
    payment.state = 'TERMINATED';
    payment.cancelledMinor = payment.amountMinor;
    note(state, payment, 'TERMINATED', nowMs, asked);
    return null;
  }
  if (payment.state === 'TERMINATED') return 'cancelled';
  if (payment.state !== 'AUTHORIZED') return 'ended';
  if (asked.transactionOnly) return 'authorized';
  const left = remainingMinor(payment);
  if (left === 0) return payment.cancelledMinor > 0 ? 'cancelled' : 'taken';
  if (nowMs - (payment.authorizedAtMs ?? nowMs) > captureDays(payment, unit.lateCapture) * dayMs) return 'too-late';
  if (payment.capturedMinor > 0 && !asked.rest) return 'partly';
  payment.cancelledMinor += left;
  note(state, payment, 'CANCELLED', nowMs, { ...asked, amountMinor: left });
  return null;
}
