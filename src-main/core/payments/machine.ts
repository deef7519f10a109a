import type { AttemptState, ProviderProblem } from '../../contract/payment.ts';
import type { Attempt } from '../sales/model.ts';
import { isFinished } from './attempt.ts';
import type { ProviderAnswer } from './provider.ts';

/*
 * What happens to a provider's attempt, as a pure function of what is known and what has just been learned. The runner
 * commits the attempt that comes out and only then does what `act` says.
 */

/** Something to ask the provider; each is begun only after the attempt is on the disk. */
export type Act = 'start' | 'poll' | 'cancel' | 'confirm';

export type Learned =
  /** The attempt is written down; now it may reach the provider. */
  | { readonly kind: 'begin' }
  | { readonly kind: 'answer'; readonly of: Exclude<Act, 'confirm'>; readonly answer: ProviderAnswer }
  | { readonly kind: 'cancel-asked' }
  /** Another window of waiting, on the same payment. */
  | { readonly kind: 'again' }
  /** The program was started and found the attempt unfinished. */
  | { readonly kind: 'found' };

export type Step = { readonly attempt: Attempt; readonly act: Act | null };

const at = (attempt: Attempt, now: string, fields: Partial<Attempt>): Attempt => ({ ...attempt, ...fields, updatedAt: now });
const stay = (attempt: Attempt): Step => ({ attempt, act: null });

/** A customer's own refusal and our cancel end alike at some providers; who asked tells them apart. */
const endOf = (attempt: Attempt, state: 'cancelled' | 'declined' | 'expired' | 'reversed'): AttemptState =>
  state === 'cancelled' && !attempt.cancelAsked ? 'declined' : state;

/** What a provider's refusal proves: of a start, that nothing began; later, that it knows the payment no more. */
const refusedState = (attempt: Attempt): AttemptState =>
  attempt.state === 'waiting' || attempt.state === 'cancelling' ? 'expired' : 'not-started';

/** No answer: a start may have arrived, a poll or a cancel has changed nothing that we know of. */
function withoutAnswer(attempt: Attempt, of: Act, problem: ProviderProblem, now: string): Step {
  const fields = { problem };
  if (of === 'start') return { attempt: at(attempt, now, { ...fields, state: 'outcome-unknown' }), act: 'poll' };
  return stay(at(attempt, now, fields));
}

function waiting(attempt: Attempt, of: Act, answer: Extract<ProviderAnswer, { kind: 'waiting' }>, now: string): Step {
  const state: AttemptState = attempt.cancelAsked ? 'cancelling' : 'waiting';
  const next = at(attempt, now, { state, data: answer.data, problem: null, windowStartedAt: attempt.windowStartedAt ?? now });
  // A cancel that came too early or too late is asked again as long as the payment waits; one of the two will win.
  const cancelsNow = attempt.cancelAsked && of !== 'cancel' && answer.cancellable;
  return { attempt: next, act: cancelsNow ? 'cancel' : null };
}

function answered(attempt: Attempt, of: Exclude<Act, 'confirm'>, answer: ProviderAnswer, now: string): Step {
  switch (answer.kind) {
    case 'waiting':
      return waiting(attempt, of, answer, now);
    case 'paid':
      // I5: whatever was asked meanwhile, money that is here is taken.
      return {
        attempt: at(attempt, now, { state: 'paid', data: answer.data, problem: null, providerReference: answer.reference, paidMinor: answer.amountMinor }),
        act: 'confirm',
      };
    case 'ended':
      return stay(at(attempt, now, { state: endOf(attempt, answer.state), data: answer.data, problem: null }));
    case 'refused':
      return stay(at(attempt, now, { state: refusedState(attempt), problem: answer.problem }));
    case 'unknown':
      return withoutAnswer(attempt, of, answer.problem, now);
    default:
      return unknownAnswer(answer);
  }
}

function unknownAnswer(answer: never): never {
  throw new Error(`payments: unknown answer ${JSON.stringify(answer)}`);
}

function cancelAsked(attempt: Attempt, now: string): Step {
  if (attempt.cancelAsked) return stay(attempt);
  // Not even the first step could be written: nothing has reached anybody.
  if (attempt.state === 'intended') return stay(at(attempt, now, { cancelAsked: true, state: 'not-started' }));
  const known = attempt.state === 'waiting';
  return { attempt: at(attempt, now, { cancelAsked: true, ...(known ? { state: 'cancelling' } : {}) }), act: known ? 'cancel' : null };
}

/** After a start of the program: what had not been sent is proven nothing, the rest is asked about at once. */
function found(attempt: Attempt, now: string): Step {
  if (attempt.state === 'intended') return stay(at(attempt, now, { state: 'not-started' }));
  const lost = attempt.state === 'starting';
  return { attempt: lost ? at(attempt, now, { state: 'outcome-unknown' }) : attempt, act: 'poll' };
}

/** The attempt after something was learned, and what to do next. A finished attempt learns nothing more. */
export function learn(attempt: Attempt, learned: Learned, now: string): Step {
  if (isFinished(attempt.state)) return stay(attempt);
  switch (learned.kind) {
    case 'begin':
      return { attempt: at(attempt, now, { state: 'starting' }), act: 'start' };
    case 'answer':
      return answered(attempt, learned.of, learned.answer, now);
    case 'cancel-asked':
      return cancelAsked(attempt, now);
    case 'again':
      return stay(at(attempt, now, { windowStartedAt: now }));
    case 'found':
      return found(attempt, now);
    default:
      return unknownEvent(learned);
  }
}

function unknownEvent(learned: never): never {
  throw new Error(`payments: unknown event ${JSON.stringify(learned)}`);
}

/** Whether it has to be written: an answer that tells nothing new is none. */
export const differs = (before: Attempt, after: Attempt): boolean =>
  before.state !== after.state ||
  before.cancelAsked !== after.cancelAsked ||
  before.windowStartedAt !== after.windowStartedAt ||
  before.providerReference !== after.providerReference ||
  JSON.stringify(before.data) !== JSON.stringify(after.data) ||
  JSON.stringify(before.problem) !== JSON.stringify(after.problem);
