import type { ProviderProblem } from '../../contract/payment.ts';
import type { PaymentOrder } from '../../core/payments/order.ts';
import type { ProviderAnswer, Settings } from '../../core/payments/provider.ts';

/**
 * A code that nobody is shown can take no money, whenever its payment arrives: its absence is believed as soon as trying again is no
 * longer worth while, ms.
 */
export const lateCodeMs = 12_000;

/**
 * A request to a phone is another thing: one that arrives late, which the till believes never was, could be paid. What was sent and given
 * up after 10 s may be sent again by the network for about so long, ms.
 */
const latePushMs = 60_000;

const notYet: ProviderProblem = { code: 'unreachable', text: 'a request to the phone may still be on its way' };

/** What the service's not knowing a payment proves. `again`: for as long the engine sends an unseen start once more. */
export function ignorance(order: PaymentOrder, seen: Settings, problem: ProviderProblem, by: { readonly nowMs: number; readonly againMs: number }): ProviderAnswer {
  const ageMs = by.nowMs - Date.parse(order.at);
  const unseenPush = order.way === 'push' && Object.keys(seen).length === 0;
  return unseenPush && ageMs >= by.againMs && ageMs < latePushMs ? { kind: 'unknown', problem: notYet } : { kind: 'refused', problem };
}
