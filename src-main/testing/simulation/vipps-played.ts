import { customerActs } from '../../sandboxes/vipps/customer.ts';
import { targetText } from '../../sandboxes/vipps/codes.ts';
import { vippsModel } from '../../sandboxes/vipps/index.ts';
import { remainingMinor } from '../../sandboxes/vipps/movements.ts';
import type { Payment, State } from '../../sandboxes/vipps/state.ts';
import type { CustomerAction, CustomerAnswer, SandboxModel, WireAnswer, WireRequest } from '../../sandboxes/shared/types.ts';

/** The service and what its customers have seen of it: nobody scans a code that no screen has shown. */
export type Played = State & { /** References of payments that a customer was asked for, by a code or a push. */ asked: string[] };

/** Amount 201 is a bank without an answer, for an hour in the vendor's test environment; nobody waits so long at a counter, ms. */
const bankTakesMs = 90_000;

const begins = new Set(['create', 'ecom-initiate']);

/** Whether a customer gets to see this payment by what was just answered. */
function isSeen(payment: Payment, request: WireRequest, answer: WireAnswer, delivered: boolean): boolean {
  if (payment.userFlow === 'PUSH_MESSAGE') return begins.has(vippsModel.operationOf(request)) && request.body.includes(`"${payment.reference}"`);
  return delivered && (answer.body.includes(targetText(payment.token)) || (answer.bytes !== undefined && (request.query ?? '').includes(payment.token)));
}

/** The payment whose customer is asked by what was just answered, once; null where nobody is. */
export function newlyAsked(state: Played, request: WireRequest, answer: WireAnswer, delivered: boolean): Payment | null {
  const payment = state.payments.find((one) => !state.asked.includes(one.reference) && isSeen(one, request, answer, delivered)) ?? null;
  if (payment) state.asked.push(payment.reference);
  return payment;
}

/** The bank holds, or takes, another amount than was asked for. */
function approveMore(payment: Payment, moreMinor: number): void {
  payment.authorizedMinor += moreMinor;
  if (payment.capturedMinor > 0) payment.capturedMinor += moreMinor;
  for (const event of payment.events) if (event.name === 'AUTHORIZED' || event.name === 'CAPTURED') event.amountMinor += moreMinor;
}

/** A customer at the register whose references begin with `ref`: what they were asked for last and is still open, else what is newest. */
function acts(state: Played, action: CustomerAction, nowMs: number): CustomerAnswer {
  const own = state.payments.filter(({ reference }) => reference.startsWith(action.ref ?? '') && state.asked.includes(reference));
  const payment = own.findLast((one) => one.state === 'CREATED') ?? own.at(-1);
  const before = payment?.authorizedMinor;
  const answer = customerActs(state, { ...action, ref: payment?.reference ?? '' }, nowMs);
  if (!payment || !answer.ok) return answer;
  if (payment.authorizedMinor !== before && typeof action['moreMinor'] === 'number') approveMore(payment, action['moreMinor']);
  return answer;
}

/** Banks that say nothing do so for a while only. */
function hurry({ payments }: State, nowMs: number): void {
  for (const payment of payments) if (payment.unknownUntilMs !== null) payment.unknownUntilMs = Math.min(payment.unknownUntilMs, nowMs + bankTakesMs);
}

/** The sandbox's model, with customers who act on what they have seen. */
export const playedModel: SandboxModel<Played> = {
  ...vippsModel,
  fresh: (before) => ({ ...vippsModel.fresh(before), asked: [] }),
  customer: acts,
  tick(state, nowMs) {
    vippsModel.tick(state, nowMs);
    hurry(state, nowMs);
  },
};

/** Payments whose money is held, neither taken nor let go of. */
export const heldOf = ({ payments }: State): readonly string[] => payments.filter((one) => one.state === 'AUTHORIZED' && remainingMinor(one) > 0).map(({ reference }) => reference);
