import type { z } from 'zod';
import type { WireAnswer } from '../shared/types.ts';
import { json, problemAnswer, type Problem } from './answers.ts';
import type { Call } from './call.ts';
import { originOf } from './codes.ts';
import { createPayment } from './create.ts';
import { approval, cancelWish, fieldProblem, modification } from './create-rules.ts';
import { once } from './idempotency.ts';
import { authorize, cancel, capture, paymentOf, refund, type Refusal } from './movements.ts';
import { receiptProblem } from './receipt-rules.ts';
import type { Payment } from './state.ts';
import { isUser, shownSub } from './users.ts';

const amountOf = (payment: Payment, value: number): object => ({ currency: payment.currency, value });
const aggregateOf = (payment: Payment): object => ({
  authorizedAmount: amountOf(payment, payment.authorizedMinor),
  cancelledAmount: amountOf(payment, payment.cancelledMinor),
  capturedAmount: amountOf(payment, payment.capturedMinor),
  refundedAmount: amountOf(payment, payment.refundedMinor),
});

const refusalOf = ({ path }: Call['request'], problem: Problem): WireAnswer => problemAnswer(problem, path);
const notFound = ({ request }: Call): WireAnswer => refusalOf(request, { status: 404, title: 'There is no payment under this reference', code: '5090' });

/** The payment that the path names; one of another unit looks like none (Vipps, section 12). */
function withPayment(call: Call, act: (payment: Payment) => WireAnswer): WireAnswer {
  const payment = call.caller.foreign ? null : paymentOf(call.state, call.caller.unit.msn, call.reference, 'epayment');
  return payment ? act(payment) : notFound(call);
}

/** Numbers of what money refuses to do, by what was asked (Vipps, section 7.3). */
const numbers: Readonly<Record<'capture' | 'refund' | 'cancel', Partial<Record<Refusal, readonly [code: string, title: string]>>>> = {
  capture: {
    waiting: ['6080', 'The payment is not authorized yet'],
    ended: ['6200', 'The payment is in no state to be captured'],
    processing: ['6160', 'The payment is being processed'],
    cancelled: ['6070', 'The payment is cancelled'],
    taken: ['6170', 'Everything is captured already'],
    'too-much': ['6090', 'More than what is left to capture'],
    'too-late': ['6100', 'The time to capture is over'],
    'whole-only': ['6140', 'This sales unit captures the whole amount only'],
  },
  refund: {
    waiting: ['6020', 'Nothing has been reserved yet'],
    ended: ['6210', 'The payment is in no state to be refunded'],
    cancelled: ['6210', 'The payment is in no state to be refunded'],
    held: ['6150', 'Nothing has been captured yet'],
    returned: ['6180', 'Everything is refunded already'],
    'too-much': ['6150', 'More than what is left to refund'],
    'too-late': ['6220', 'The time to refund is over'],
    'no-account': ['5100', 'The user has no account that can receive money'],
  },
  cancel: {
    processing: ['6250', 'The user is confirming just now'],
    taken: ['6040', 'The payment is captured'],
    authorized: ['6060', 'The payment is authorized'],
    ended: ['6050', 'Nothing is reserved'],
    cancelled: ['6190', 'The payment is in no state to be cancelled'],
    'too-late': ['6030', 'The time to cancel is over'],
  },
};

/** What a second request with another body under a used key is told. */
const clashNumbers: Readonly<Record<string, string>> = { capture: '4010', refund: '4150' };

/** Calls that change something need a key, and each key stands for one request (Vipps, section 5.4). */
function keyed(call: Call, act: (key: string) => WireAnswer): WireAnswer {
  const { state, request, caller, operation } = call;
  const key = request.headers['idempotency-key'];
  if (!key) return refusalOf(request, { status: 400, title: 'Idempotency-Key is missing', code: '4140', field: 'Idempotency-Key' });
  if (key.length > 50) return refusalOf(request, { status: 400, title: 'Idempotency-Key is longer than 50 signs', field: 'Idempotency-Key' });
  const clash = (sameCall: boolean): WireAnswer => refusalOf(request, { status: 409, title: 'The key was used for another request', code: (sameCall ? clashNumbers[operation] : undefined) ?? '4020' });
  return once(state, caller.unit.msn, key, request, clash, () => act(key));
}

function read<Wanted extends z.ZodType>(schema: Wanted, { body, request }: Call): { readonly data: z.infer<Wanted> } | { readonly wrong: WireAnswer } {
  const found = schema.safeParse(body);
  return found.success ? { data: found.data } : { wrong: refusalOf(request, fieldProblem(found.error, body)) };
}

export function create(call: Call): WireAnswer {
  const { state, request, body, caller, nowMs } = call;
  if (caller.foreign) return refusalOf(request, { status: 403, title: 'Invalid MSN: these keys belong to another sales unit' });
  return keyed(call, () => {
    const made = createPayment(state, caller.unit, body, { origin: originOf(request), receiptProblem }, nowMs);
    if ('status' in made) return refusalOf(request, made);
    return json(201, { reference: made.reference, ...(made.redirectUrl === null ? {} : { redirectUrl: made.redirectUrl }) });
  });
}

export const get = (call: Call): WireAnswer =>
  withPayment(call, (payment) => {
    const sub = shownSub(payment, call.nowMs);
    return json(200, {
      aggregate: aggregateOf(payment),
      amount: amountOf(payment, payment.amountMinor),
      state: payment.state,
      paymentMethod: { type: 'WALLET', ...(payment.authorizedAtMs === null ? {} : { cardBin: '540185' }) },
      profile: sub === null ? {} : { sub },
      pspReference: payment.pspReference,
      reference: payment.reference,
      ...(payment.redirectUrl === null ? {} : { redirectUrl: payment.redirectUrl }),
      ...(payment.metadata === null ? {} : { metadata: payment.metadata }),
    });
  });

export const events = (call: Call): WireAnswer =>
  withPayment(call, (payment) =>
    json(
      200,
      payment.events.map(({ name, pspReference, amountMinor, atMs, key, success }) => ({
        reference: payment.reference,
        pspReference,
        name,
        amount: amountOf(payment, amountMinor),
        timestamp: new Date(atMs).toISOString(),
        ...(key === null ? {} : { idempotencyKey: key }),
        success,
      })),
    ),
  );

/** The answer to a movement: what it was refused for, or the sums as they are now. */
function moved(call: Call, kind: 'capture' | 'refund' | 'cancel', payment: Payment, refusal: Refusal | null): WireAnswer {
  if (refusal !== null) {
    const [code, title] = numbers[kind][refusal] ?? ['3010', 'Internal'];
    return refusalOf(call.request, { status: 400, title, code });
  }
  const { pspReference = payment.pspReference } = payment.events.at(-1) ?? {};
  return json(200, { amount: amountOf(payment, payment.amountMinor), state: payment.state, aggregate: aggregateOf(payment), pspReference, reference: payment.reference });
}

function modify(call: Call, kind: 'capture' | 'refund'): WireAnswer {
  const { state, caller, nowMs } = call;
  return keyed(call, (key) =>
    withPayment(call, (payment) => {
      const wish = read(modification, call);
      if ('wrong' in wish) return wish.wrong;
      const { value, currency } = wish.data.modificationAmount;
      if (currency !== payment.currency) return refusalOf(call.request, { status: 400, title: `The payment is in ${payment.currency}`, code: '5040' });
      if (value === 0) return refusalOf(call.request, { status: 400, title: 'The amount is too small', code: '6010' });
      const asked = { amountMinor: value, key, text: payment.description };
      return moved(call, kind, payment, kind === 'capture' ? capture(state, payment, caller.unit, asked, nowMs) : refund(state, payment, asked, nowMs));
    }),
  );
}

export const capturePayment = (call: Call): WireAnswer => modify(call, 'capture');
export const refundPayment = (call: Call): WireAnswer => modify(call, 'refund');

export function cancelPayment(call: Call): WireAnswer {
  const { state, caller, request, nowMs } = call;
  return keyed(call, (key) =>
    withPayment(call, (payment) => {
      const wish = request.body === '' ? { data: {} as z.infer<typeof cancelWish> } : read(cancelWish, call);
      if ('wrong' in wish) return wish.wrong;
      const asked = { key, text: payment.description, transactionOnly: wish.data.cancelTransactionOnly === true, rest: true };
      return moved(call, 'cancel', payment, cancel(state, payment, asked, caller.unit, nowMs));
    }),
  );
}

/** Approves without a phone; exists in the vendor's test environment only (Vipps, section 5.6). */
export const approve = (call: Call): WireAnswer =>
  withPayment(call, (payment) => {
    const wish = read(approval, call);
    if ('wrong' in wish) return wish.wrong;
    const { customer, token } = wish.data;
    const refuse = (code: string, title: string): WireAnswer => refusalOf(call.request, { status: 400, title, code });
    if (payment.state !== 'CREATED') return refuse('10010', 'The payment is not waiting for its user');
    if (customer.phoneNumber === undefined || !isUser(call.state, customer.phoneNumber)) return refuse('10020', 'This user can not approve');
    if (payment.redirectUrl !== null && token !== payment.token) return refuse('10030', 'The token is not the one of this payment');
    payment.openedAtMs ??= call.nowMs;
    authorize(call.state, payment, call.nowMs);
    return { status: 200, type: 'application/json', body: '' };
  });
