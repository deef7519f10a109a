import { approveNow } from './customer.ts';
import { forgetCalls } from './limits.ts';
import { expire, settle } from './movements.ts';
import type { State } from './state.ts';

/** What happens by the clock alone: customers who pay late, banks that answer late, payments nobody reacted to. */
export function tick(state: State, nowMs: number): void {
  for (const payment of state.payments) {
    if (payment.state !== 'CREATED') continue;
    if (payment.unknownUntilMs !== null) {
      if (nowMs >= payment.unknownUntilMs) settle(state, payment, payment.unknownUntilMs);
      continue;
    }
    if (payment.payAtMs !== null && nowMs >= payment.payAtMs) {
      const atMs = payment.payAtMs;
      payment.payAtMs = null;
      // Somebody who pays after the time is over finds the payment gone.
      if (atMs < payment.expiresAtMs) approveNow(state, payment, {}, atMs);
    }
    if (payment.state === 'CREATED' && payment.unknownUntilMs === null && nowMs >= payment.expiresAtMs) expire(state, payment);
  }
  state.tokens = state.tokens.filter((one) => nowMs < one.expiresAtMs);
  state.customerTokens = state.customerTokens.filter((one) => nowMs < one.expiresAtMs);
  forgetCalls(state, nowMs);
}
