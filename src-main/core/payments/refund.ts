import type { Currency } from '../../contract/basics.ts';
import type { ProviderProblem } from '../../contract/payment.ts';
import type { RefundState } from '../../contract/refunds.ts';
import type { Minor } from '../money.ts';
import type { RefundAbility, RefundAnswer } from './provider.ts';

/** One try to give a payment, or a part of it, back the way it came. Written down before anything is sent. */
export type Refund = {
  readonly id: string;
  /** Names the tap on the button: a second one is the same refund. */
  readonly requestId: string;
  readonly receiptId: string;
  readonly postId: string;
  readonly attemptId: string;
  readonly tenderKind: string;
  readonly state: RefundState;
  readonly amountMinor: Minor;
  readonly currency: Currency;
  /** Our own name of it, the same in every repeat. */
  readonly reference: string;
  /** The provider's name of it, once it is given back and the provider has told us. */
  readonly providerReference: string;
  readonly problem: ProviderProblem | null;
  readonly staffId: string;
  readonly reason: string;
  readonly createdAt: string;
  readonly updatedAt: string;
};

export type RefundLearned =
  | { readonly kind: 'begin' }
  | { readonly kind: 'answer'; readonly answer: RefundAnswer }
  /** The program was started and found it unfinished. */
  | { readonly kind: 'found' }
  /** A person has looked at the provider's own pages and says what became of it. */
  | { readonly kind: 'decided'; readonly given: boolean };

export const refundFinished = (state: RefundState): boolean => state === 'refunded' || state === 'refused';

/** The refund after something was learned. A finished one learns nothing more. */
export function learnRefund(refund: Refund, learned: RefundLearned, now: string): Refund {
  if (refundFinished(refund.state)) return refund;
  const at = (fields: Partial<Refund>): Refund => ({ ...refund, ...fields, updatedAt: now });
  switch (learned.kind) {
    case 'begin':
      return at({ state: 'sending' });
    case 'found':
      // What was only intended has not been sent; what was being sent may have arrived.
      return refund.state === 'sending' ? at({ state: 'outcome-unknown' }) : refund;
    case 'decided':
      return at(learned.given ? { state: 'refunded', problem: null } : { state: 'refused', problem: null });
    case 'answer':
      return answered(refund, learned.answer, now);
    default:
      return unknownEvent(learned);
  }
}

function answered(refund: Refund, answer: RefundAnswer, now: string): Refund {
  switch (answer.kind) {
    case 'refunded':
      return { ...refund, state: 'refunded', providerReference: answer.reference, problem: null, updatedAt: now };
    case 'refused':
      return { ...refund, state: 'refused', problem: answer.problem, updatedAt: now };
    case 'next':
    case 'waiting':
      return { ...refund, state: 'outcome-unknown', updatedAt: now };
    case 'unknown':
      return { ...refund, state: 'outcome-unknown', problem: answer.problem, updatedAt: now };
    default:
      return unknownEvent(answer);
  }
}

function unknownEvent(learned: never): never {
  throw new Error(`refunds: unknown event ${JSON.stringify(learned)}`);
}

/**
 * Whether one that is in doubt may be sent once more without ever giving back twice: the provider knows it by its key, or
 * it was all that was left, so that a second one finds nothing to give.
 */
export function mayRepeat(refund: Refund, leftBeforeMinor: Minor, ability: RefundAbility): boolean {
  return ability.repeat === 'same-key' || (ability.repeat === 'when-all' && refund.amountMinor === leftBeforeMinor);
}
