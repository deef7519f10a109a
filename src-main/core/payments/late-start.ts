import type { Attempt } from '../sales/model.ts';
import type { Asking } from './machine.ts';
import type { ProviderAnswer, ProviderCapabilities } from './provider.ts';

/**
 * A start that was sent and never answered may still be on its way. Until it can no longer arrive, the provider's ignorance of it
 * proves nothing: `again` sends it once more where that is the same payment, `wait` goes on asking. Nor does a refusal of one that was sent
 * once more: the first one may still arrive.
 */
export function lateStart(
  attempt: Attempt,
  of: Asking,
  answer: ProviderAnswer,
  by: { readonly capabilities: Pick<ProviderCapabilities, 'retry' | 'lateStartMs'>; readonly ownedForMs: number; readonly found: boolean },
): 'believe' | 'again' | 'wait' {
  const { lateStartMs, retry } = by.capabilities;
  // Still `starting` when it is asked about: that the answer was lost could not be written down.
  const unseen = attempt.state === 'outcome-unknown' || attempt.state === 'starting';
  const sentAgain = of === 'start' && attempt.state === 'outcome-unknown';
  if ((of !== 'poll' && !sentAgain) || answer.kind !== 'refused' || !unseen || lateStartMs === null) return 'believe';
  if (by.ownedForMs >= lateStartMs) return 'believe';
  if (sentAgain) return 'wait';
  // After a start of the program nobody stands there with a phone any more: it is not begun anew.
  return retry === 'same-reference' && !attempt.cancelAsked && !by.found ? 'again' : 'wait';
}
