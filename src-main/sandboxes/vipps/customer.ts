import type { CustomerAction, CustomerAnswer } from '../shared/types.ts';
import { abort, authorize, refuseByBank } from './movements.ts';
import type { Payment, State } from './state.ts';
import { checkIn, msisdn, personalCode } from './users.ts';

const refuse = (error: string): CustomerAnswer => ({ ok: false, error });

/** The newest of several that is still open, else the newest. */
const pick = (payments: readonly Payment[]): Payment | null => payments.findLast((one) => one.state === 'CREATED') ?? payments.at(-1) ?? null;

/** A payment by its reference (`till2-*`: the newest that begins so), by its code as text or as picture's address, or by the phone that a push went to. */
function paymentOf(state: State, ref: string): Payment | null {
  const named = state.payments.filter((one) => one.reference === ref);
  if (named.length > 0) return pick(named);
  if (ref.endsWith('*')) return pick(state.payments.filter((one) => one.reference.startsWith(ref.slice(0, -1))));
  const shown = state.payments.find((one) => ref.includes(one.token));
  if (shown) return shown;
  if (!/^\+?[\d ]{8,16}$/.test(ref)) return null;
  return pick(state.payments.filter((one) => one.userFlow === 'PUSH_MESSAGE' && one.phoneNumber !== null && msisdn(one.phoneNumber) === msisdn(ref)));
}

const told = (state: State, payment: Payment): CustomerAnswer => ({
  ok: true,
  ref: payment.reference,
  status: payment.state,
  amountMinor: payment.amountMinor,
  currency: payment.currency,
  shop: state.units.find((one) => one.msn === payment.msn)?.name ?? '',
  description: payment.description,
  scope: payment.scope,
  /** Whether the bank has refused what was last tried. */
  refused: payment.state === 'CREATED' && payment.events.at(-1)?.success === false,
  confirming: payment.authorizing || payment.unknownUntilMs !== null,
});

/** The user says yes. Where the shop asks for personal data and the user shares none, that ends the payment (Vipps, section 11). */
export function approveNow(state: State, payment: Payment, { money, consent }: { readonly money?: unknown; readonly consent?: unknown }, nowMs: number): void {
  payment.openedAtMs ??= nowMs;
  if (payment.scope.length > 0 && (consent === false || !state.options.consents)) abort(state, payment, nowMs);
  else if (money === 'refused') refuseByBank(state, payment, nowMs);
  else authorize(state, payment, nowMs);
}

/** What needs no payment: a code of one's own, a sticker that is scanned. */
function withoutPayment(state: State, { action, ref }: CustomerAction, nowMs: number): CustomerAnswer | null {
  if (action === 'show-code') return { ok: true, text: personalCode(ref ?? '') };
  return action === 'check-in' ? { ok: true, customerToken: checkIn(state, ref ?? '', nowMs) } : null;
}

/**
 * What the customer does on the phone: `scan` and `open`, `confirm` (3-D Secure: nothing can be cancelled now), `approve` (`money: "refused"`
 * where the bank says no, `consent: false` where no personal data is shared), `decline`, `cancel` (puts the phone away), `ignore`, `pay-late` (with `afterMs` by itself so much later, without
 * it now); `show-code` and `check-in` with a phone number.
 */
export function customerActs(state: State, action: CustomerAction, nowMs: number): CustomerAnswer {
  const free = withoutPayment(state, action, nowMs);
  if (free) return free;
  const payment = paymentOf(state, (action.ref ?? '').trim());
  if (!payment) return refuse('nothing is waiting for payment here');
  if (action.action === 'ignore') return told(state, payment);
  if (payment.state !== 'CREATED') return refuse(`the payment is ${payment.state}`);
  if (payment.unknownUntilMs !== null) return refuse('the bank has not answered yet');
  switch (action.action) {
    case 'scan':
    case 'open':
      break;
    case 'confirm':
      payment.authorizing = true;
      break;
    case 'pay-late':
      if (typeof action['afterMs'] === 'number') payment.payAtMs = nowMs + action['afterMs'];
      else approveNow(state, payment, { money: action['money'], consent: action['consent'] }, nowMs);
      break;
    case 'approve':
      approveNow(state, payment, { money: action['money'], consent: action['consent'] }, nowMs);
      break;
    case 'decline':
      abort(state, payment, nowMs);
      break;
    case 'cancel':
      payment.authorizing = false;
      break;
    case 'tip':
      return refuse('tips are not supported');
    default:
      return refuse(`the phone has no action ${action.action}`);
  }
  if (typeof action['afterMs'] !== 'number') payment.openedAtMs ??= nowMs;
  return told(state, payment);
}
