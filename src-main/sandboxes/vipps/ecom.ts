import type { z } from 'zod';
import type { WireAnswer } from '../shared/types.ts';
import { ecomError, json, type EcomGroup } from './answers.ts';
import type { Call } from './call.ts';
import { change, ending, forcing, wrongField } from './ecom-rules.ts';
import { historyOf, summaryOf } from './ecom-history.ts';
import { once } from './idempotency.ts';
import { authorize, cancel, capture, paymentOf, refund, refundableMinor, remainingMinor, type Refusal } from './movements.ts';
import type { Payment } from './state.ts';
import { isUser, shownSub } from './users.ts';

const notFound = ecomError('Merchant', '35', 'The order is not known for this sales unit');

/** The order that the path names; one of another unit looks like none (Vipps, section 12). */
function withOrder({ state, caller, reference }: Call, act: (payment: Payment) => WireAnswer): WireAnswer {
  const payment = caller.foreign ? null : paymentOf(state, caller.unit.msn, reference, 'ecom');
  return payment ? act(payment) : notFound;
}

type Numbers = Readonly<Record<'capture' | 'refund' | 'cancel', Partial<Record<Refusal, readonly [group: EcomGroup, code: string, message: string]>>>>;

/** Numbers of what money refuses to do, by what was asked (Vipps, section 7.1). */
const numbers: Numbers = {
  capture: {
    waiting: ['Payment', '62', 'Nothing is reserved'],
    ended: ['VippsError', '91', 'The order is over'],
    processing: ['VippsError', '94', 'The order is locked'],
    cancelled: ['VippsError', '91', 'The order is cancelled'],
    taken: ['VippsError', '92', 'Everything is captured already'],
    'too-much': ['Payment', '61', 'More than what is reserved'],
    'too-late': ['Payment', '98', 'The order is older than 180 days'],
    'whole-only': ['Payment', '63', 'This sales unit captures the whole amount only'],
  },
  refund: {
    waiting: ['Payment', '72', 'Nothing is captured'],
    ended: ['Payment', '73', 'The order is cancelled'],
    cancelled: ['Payment', '73', 'The order is cancelled'],
    held: ['Payment', '72', 'The order is only reserved'],
    returned: ['Payment', '71', 'Everything is refunded already'],
    'too-much': ['Payment', '71', 'More than what is captured'],
    'too-late': ['Payment', '95', 'The order is older than a year'],
    'no-account': ['Payment', '74', 'The refund did not go through'],
  },
  cancel: {
    processing: ['Payment', '52', 'The user is confirming just now'],
    taken: ['Payment', '51', 'The order is captured'],
    partly: ['Payment', '51', 'The order is captured in part'],
    ended: ['VippsError', '91', 'The order is over'],
    cancelled: ['VippsError', '92', 'The order is cancelled already'],
    'too-late': ['Payment', '52', 'The order is older than 180 days'],
  },
};

/** Where the sales unit of the body is another than the caller's, nothing is found (Vipps, section 12). */
function read<Wanted extends z.ZodType<{ readonly merchantInfo: { readonly merchantSerialNumber: string } }>>(schema: Wanted, { body, caller }: Call): { readonly data: z.infer<Wanted> } | { readonly wrong: WireAnswer } {
  const found = schema.safeParse(body);
  if (!found.success) return { wrong: wrongField(found.error) };
  return found.data.merchantInfo.merchantSerialNumber === caller.unit.msn ? { data: found.data } : { wrong: notFound };
}

/** A repeat under the same id does nothing again; what was refused may be tried under it once more (Vipps, section 2). */
function repeatable(call: Call, required: boolean, act: (key: string | null) => WireAnswer): WireAnswer {
  const { request, operation, reference, caller, state } = call;
  const id = request.headers['x-request-id'];
  if (id === undefined || id === '') return required ? ecomError('InvalidRequest', 'X-Request-Id', 'X-Request-Id is missing') : act(null);
  if (id.length > 40) return ecomError('InvalidRequest', 'X-Request-Id', 'X-Request-Id is longer than 40 signs');
  const clash = (): WireAnswer => ecomError('Payment', '93', 'The repeat is another request');
  return once(state, caller.unit.msn, `${operation} ${reference} ${id}`, request, clash, () => act(id), (status) => status === 200);
}

/** What an operation answers: what it moved, and the sums as they are now. */
function moved(kind: keyof Numbers, payment: Payment, refusal: Refusal | null, amountMinor: number): WireAnswer {
  if (refusal !== null) {
    const [group, code, message] = numbers[kind][refusal] ?? ['VippsError', '99', 'Internal'];
    return ecomError(group, code, message);
  }
  const event = payment.events.at(-1);
  const status = { capture: 'Captured', refund: 'Refund', cancel: 'Cancelled' }[kind];
  const info = { amount: amountMinor, status, timeStamp: new Date(event?.atMs ?? 0).toISOString(), transactionId: event?.pspReference, transactionText: event?.text };
  const instrument = kind === 'refund' || payment.authorizedAtMs === null ? {} : { paymentInstrument: 'Mastercard' };
  // A refund calls this `transaction`, the others `transactionInfo` (Vipps, section 3.5).
  return json(200, { orderId: payment.reference, ...instrument, [kind === 'refund' ? 'transaction' : 'transactionInfo']: info, transactionSummary: summaryOf(payment) });
}

function moves(call: Call, kind: 'capture' | 'refund'): WireAnswer {
  const { state, caller, nowMs } = call;
  return repeatable(call, true, (key) =>
    withOrder(call, (payment) => {
      const wish = read(change, call);
      if ('wrong' in wish) return wish.wrong;
      const { amount, transactionText } = wish.data.transaction;
      const amountMinor = amount || (kind === 'capture' ? remainingMinor(payment) : refundableMinor(payment));
      const asked = { amountMinor, key, text: transactionText };
      return moved(kind, payment, kind === 'capture' ? capture(state, payment, caller.unit, asked, nowMs) : refund(state, payment, asked, nowMs), amountMinor);
    }),
  );
}

export const captureOrder = (call: Call): WireAnswer => moves(call, 'capture');
export const refundOrder = (call: Call): WireAnswer => moves(call, 'refund');

export function cancelOrder(call: Call): WireAnswer {
  const { state, caller, nowMs } = call;
  return repeatable(call, false, (key) =>
    withOrder(call, (payment) => {
      const wish = read(ending, call);
      if ('wrong' in wish) return wish.wrong;
      const asked = { key, text: wish.data.transaction.transactionText, transactionOnly: false, rest: wish.data.shouldReleaseRemainingFunds === true };
      const before = payment.cancelledMinor;
      const refusal = cancel(state, payment, asked, caller.unit, nowMs);
      return moved('cancel', payment, refusal, payment.cancelledMinor - before);
    }),
  );
}

export const details = (call: Call): WireAnswer =>
  withOrder(call, (payment) => {
    const sub = shownSub(payment, call.nowMs);
    const reacted = payment.state !== 'CREATED' || payment.events.some(({ name }) => name === 'AUTHORIZED');
    return json(200, { orderId: payment.reference, ...(reacted ? { transactionSummary: summaryOf(payment) } : {}), transactionLogHistory: historyOf(payment), ...(sub === null ? {} : { sub }) });
  });

/** Approves without a phone; exists in the vendor's test environment only (Vipps, section 3.6). */
export const approveOrder = (call: Call): WireAnswer =>
  withOrder(call, (payment) => {
    const wish = forcing.safeParse(call.body);
    if (!wish.success) return wrongField(wish.error);
    if (payment.state !== 'CREATED' || payment.userFlow === 'PUSH_MESSAGE') return ecomError('VippsError', '91', 'This order can not be approved so');
    if (!isUser(call.state, wish.data.customerPhoneNumber)) return ecomError('Payment', '1082', 'This user has never approved by hand');
    if (wish.data.token !== payment.token) return ecomError('InvalidRequest', 'token', 'The token is not the one of this order');
    payment.openedAtMs ??= call.nowMs;
    authorize(call.state, payment, call.nowMs);
    return { status: 200, type: 'application/json', body: '' };
  });
