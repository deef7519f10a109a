import type { ProviderProblem } from '../../contract/payment.ts';
import type { PaymentOrder } from '../../core/payments/order.ts';
import type { ProviderAnswer, Settings } from '../../core/payments/provider.ts';
import type { Ages } from './ages.ts';

/**
 * A code that nobody is shown can take no money, whenever its payment arrives: its absence is believed as soon as trying again is no
 * longer worth while, ms.
 */
export const lateCodeMs = 12_000;

/** The engine sends an unseen start once more until then; a little earlier nothing is left to it, ms. */
const againMs = lateCodeMs - 1_000;

/**
 * A request to a phone is another thing: one that arrives late, which the till believes never was, could be paid. What was sent and given
 * up after 10 s may be sent again by the network for about so long, ms.
 */
const latePushMs = 60_000;

const notYet: ProviderProblem = { code: 'unreachable', text: 'a request to the phone may still be on its way' };

/** What the service's not knowing a payment proves. `repeats`: the engine may send its start once more, which is the same payment. */
export function ignorance(order: PaymentOrder, seen: Settings, problem: ProviderProblem, { ages, repeats }: { readonly ages: Ages; readonly repeats: boolean }): ProviderAnswer {
  const refused: ProviderAnswer = { kind: 'refused', problem };
  if (order.way !== 'push' || Object.keys(seen).length > 0) return refused;
  if (repeats && (ages.sinceBegin(order) ?? againMs) < againMs) return refused;
  return ages.sinceSent(order) < latePushMs ? { kind: 'unknown', problem: notYet } : refused;
}
