import { open, settle } from './invoices.ts';
import type { State } from './state.ts';

/** How long a payment waits for a poll before it is taken back, ms (SEQR, section 7). */
const reversalMs = 20_000;

/** Reverses payments that no register asked about in time. */
function reverseSilent(state: State, nowMs: number): void {
  for (const invoice of state.invoices) {
    if (invoice.status !== 'PAID' || invoice.paidAtMs === null || invoice.seenAtMs !== null) continue;
    if (nowMs - invoice.paidAtMs < reversalMs) continue;
    invoice.status = state.options.reversedStatus;
    invoice.reversedAtMs = invoice.paidAtMs + reversalMs;
    invoice.version += 1;
  }
}

/** What happens by the clock alone: customers who pay late, and payments that go back. */
export function tick(state: State, nowMs: number): void {
  for (const invoice of state.invoices) {
    if (invoice.payAtMs === null || nowMs < invoice.payAtMs) continue;
    if (open(invoice)) settle(state, invoice, invoice.payAtMs);
    invoice.payAtMs = null;
  }
  reverseSilent(state, nowMs);
}
