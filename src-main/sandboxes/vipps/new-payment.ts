import { note } from './movements.ts';
import { nextPspReference, type Payment, type State } from './state.ts';

/** How long a user has in all (Vipps, section 6). */
export const lifeMs = 600_000;

type Given = Pick<Payment, 'api' | 'msn' | 'reference' | 'amountMinor' | 'currency' | 'userFlow' | 'customerPresent' | 'description' | 'phoneNumber' | 'token' | 'redirectUrl' | 'scope'> &
  Partial<Pick<Payment, 'onScreen' | 'expiresAtMs' | 'metadata' | 'callbackPrefix' | 'authToken' | 'directCapture'>> & { readonly nowMs: number };

/** A payment nobody has looked at yet. */
export function newPaymentOf(state: State, { nowMs, ...given }: Given): Payment {
  const payment: Payment = {
    state: 'CREATED',
    onScreen: false,
    expiresAtMs: nowMs + lifeMs,
    metadata: null,
    callbackPrefix: null,
    authToken: null,
    directCapture: false,
    ...given,
    pspReference: nextPspReference(state),
    createdAtMs: nowMs,
    openedAtMs: null,
    authorizing: false,
    payAtMs: null,
    unknownUntilMs: null,
    authorizedAtMs: null,
    authorizedMinor: 0,
    cancelledMinor: 0,
    capturedMinor: 0,
    refundedMinor: 0,
    sub: null,
    events: [],
  };
  note(state, payment, 'CREATED', nowMs);
  state.payments.push(payment);
  return payment;
}
