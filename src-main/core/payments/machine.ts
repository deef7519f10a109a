import type { AttemptState, PaymentAlarm, ProviderProblem } from '../../contract/payment.ts';
import { zero } from '../money.ts';
import type { Attempt } from '../sales/model.ts';
import { isFinished } from './attempt.ts';
import type { Claim, ProviderAnswer } from './provider.ts';

/*
 * What happens to a provider's attempt, as a pure function of what is known and what has just been learned. The runner
 * commits the attempt that comes out and only then does what `act` says.
 */

/** Something to ask the provider; each is begun only after the attempt is on the disk. */
export type Act = 'start' | 'ready' | 'poll' | 'cancel' | 'capture' | 'release' | 'confirm';

/** What the provider answers; thanks (`confirm`) change nothing. */
export type Asking = Exclude<Act, 'confirm'>;

export type Learned =
  /** The attempt is written down; now it may reach the provider. */
  | { readonly kind: 'begin' }
  /** A payment that was found at the provider goes on as this attempt. */
  | { readonly kind: 'adopt' }
  /** The money that is held is about to be taken, or let go. */
  | { readonly kind: 'sending'; readonly act: 'capture' | 'release' }
  | { readonly kind: 'answer'; readonly of: Asking; readonly answer: ProviderAnswer }
  | { readonly kind: 'cancel-asked' }
  /** The provider's time for an unpaid payment is over. */
  | { readonly kind: 'overdue' }
  /** Another window of waiting, on the same payment. */
  | { readonly kind: 'again' }
  /** A person has decided what becomes of an alarm: the payment is booked as the provider says it, or it is not. */
  | { readonly kind: 'decided'; readonly take: boolean }
  /** The program was started and found the attempt unfinished. */
  | { readonly kind: 'found' };

export type Step = { readonly attempt: Attempt; readonly act: Act | null };

const at = (attempt: Attempt, now: string, fields: Partial<Attempt>): Attempt => ({ ...attempt, ...fields, updatedAt: now });
const stay = (attempt: Attempt): Step => ({ attempt, act: null });

type EndState = Extract<ProviderAnswer, { kind: 'ended' }>['state'];

/** A customer's own refusal and our cancel end alike at some providers; who asked tells them apart. */
function endOf(attempt: Attempt, state: EndState): AttemptState {
  if (state !== 'cancelled' || attempt.cancelAsked) return state;
  return attempt.overdue ? 'expired' : 'declined';
}

/** What a provider's refusal proves: of a start, that nothing began; later, that it knows the payment no more. */
const refusedState = ({ state, alarm }: Attempt): AttemptState =>
  alarm === null && (state === 'starting' || state === 'outcome-unknown') ? 'not-started' : 'expired';

/** A provider's own no, as against its silence. */
const isRefusal = (problem: ProviderProblem | null): boolean => problem !== null && (problem.code === 'rejected' || problem.code === 'declined' || problem.code === 'conflict');

/** Money is held or being moved: whatever else is learned, only how that ends is news. */
const isHeld = (state: AttemptState): boolean => state === 'approved' || state === 'capturing' || state === 'releasing';

/** How a claim differs from what was asked; null when it fits. Money that comes with the start's own answer was never asked for. */
function alarmOf(attempt: Attempt, of: Asking, claim: Claim): PaymentAlarm | null {
  const { reference, amountMinor, currency, tipMinor = zero, ownReference = '' } = claim;
  const alarm = (kind: PaymentAlarm['kind']): PaymentAlarm => ({ kind, reference, amountMinor, currency, tipMinor, ownReference });
  if (claim.currency !== attempt.currency) return alarm('currency');
  if (claim.ownReference !== undefined && claim.ownReference !== attempt.reference) return alarm('reference');
  if (amountMinor - tipMinor !== attempt.amountMinor || tipMinor < 0) return alarm('amount');
  return of === 'start' ? alarm('unasked') : null;
}

/** Whether an alarm's payment can be booked as the provider says it: it is ours and in our currency. */
export const mayTake = (alarm: PaymentAlarm): boolean => alarm.kind === 'amount' || alarm.kind === 'unasked';

const paidBy = (attempt: Attempt, now: string, claim: Pick<PaymentAlarm, 'reference' | 'amountMinor' | 'tipMinor'>, fields: Partial<Attempt> = {}): Step => ({
  attempt: at(attempt, now, {
    ...fields,
    state: 'paid',
    problem: null,
    providerReference: claim.reference,
    paidMinor: claim.amountMinor as Attempt['paidMinor'],
    tipMinor: claim.tipMinor as Attempt['tipMinor'],
  }),
  act: 'confirm',
});

/** No answer: a start may have arrived; anything else has changed nothing that we know of. */
function withoutAnswer(attempt: Attempt, of: Asking, problem: ProviderProblem, now: string): Step {
  const fields = { problem };
  if (of === 'start' || of === 'ready') return { attempt: at(attempt, now, { ...fields, state: 'outcome-unknown' }), act: 'poll' };
  return stay(at(attempt, now, fields));
}

function waiting(attempt: Attempt, of: Asking, answer: Extract<ProviderAnswer, { kind: 'waiting' }>, now: string): Step {
  // A capture or a release that is still being worked on.
  if (isHeld(attempt.state)) return stay(at(attempt, now, { data: answer.data, problem: null }));
  const ending = attempt.cancelAsked || attempt.overdue;
  const state: AttemptState = ending ? 'cancelling' : 'waiting';
  const next = at(attempt, now, { state, data: answer.data, problem: null, alarm: null, windowStartedAt: attempt.windowStartedAt ?? now });
  // A cancel that came too early or too late is asked again as long as the payment waits; one of the two will win.
  return { attempt: next, act: ending && of !== 'cancel' && answer.cancellable ? 'cancel' : null };
}

/** Only a start that is answered in its own breath goes on by itself; one that was lost has kept nobody waiting and is ended. */
function prepared(attempt: Attempt, of: Asking, answer: Extract<ProviderAnswer, { kind: 'prepared' }>, now: string): Step {
  const { data } = answer;
  // A payment that was paid or held can't be without its amount again: the provider breaks its own rules.
  if (isHeld(attempt.state) || attempt.alarm) return stay(at(attempt, now, { problem: { code: 'protocol' } }));
  if (of === 'start' && attempt.state === 'starting' && !attempt.cancelAsked) return { attempt: at(attempt, now, { data, problem: null }), act: 'ready' };
  return { attempt: at(attempt, now, { data, cancelAsked: true, state: 'cancelling' }), act: of === 'cancel' ? null : 'cancel' };
}

/** I5: whatever was asked meanwhile, money that is held for us is taken, unless it is not what was asked for. */
function approved(attempt: Attempt, of: Asking, answer: Extract<ProviderAnswer, { kind: 'approved' }>, now: string): Step {
  const { data } = answer;
  if (attempt.state === 'releasing') return { attempt: at(attempt, now, { data }), act: of === 'release' ? null : 'release' };
  const alarm = alarmOf(attempt, of, answer);
  if (alarm) return { attempt: at(attempt, now, { state: 'approved', data, alarm, problem: null }), act: 'release' };
  const state: AttemptState = attempt.state === 'capturing' ? 'capturing' : 'approved';
  return { attempt: at(attempt, now, { state, data, problem: null }), act: of === 'capture' ? null : 'capture' };
}

function paid(attempt: Attempt, of: Asking, answer: Extract<ProviderAnswer, { kind: 'paid' }>, now: string): Step {
  const { data } = answer;
  const alarm = alarmOf(attempt, of, answer);
  if (alarm) return stay(at(attempt, now, { state: 'outcome-unknown', data, alarm, problem: null }));
  return paidBy(attempt, now, { reference: answer.reference, amountMinor: answer.amountMinor, tipMinor: answer.tipMinor ?? zero }, { data, alarm: null });
}

/**
 * It is over without money. What answers an order of ours is not believed until the payment itself has been asked about once
 * more: the customer may have been faster.
 */
function ended(attempt: Attempt, of: Asking, answer: Extract<ProviderAnswer, { kind: 'ended' }>, now: string): Step {
  const { data } = answer;
  if (of === 'cancel' || of === 'capture' || of === 'release') return { attempt: at(attempt, now, { data }), act: 'poll' };
  const problem = isRefusal(attempt.problem) ? attempt.problem : null;
  return stay(at(attempt, now, { state: endOf(attempt, answer.state), data, problem }));
}

function refused(attempt: Attempt, of: Asking, problem: ProviderProblem, now: string): Step {
  switch (of) {
    case 'ready':
      // It is prepared and can't be paid: nothing may stay behind at the provider.
      return { attempt: at(attempt, now, { problem, cancelAsked: true, state: 'cancelling' }), act: 'cancel' };
    case 'capture':
      return { attempt: at(attempt, now, { problem }), act: 'release' };
    case 'cancel':
    case 'release':
      return { attempt: at(attempt, now, { problem }), act: 'poll' };
    case 'start':
    case 'poll':
      return stay(at(attempt, now, { state: refusedState(attempt), problem }));
    default:
      return unknownEvent(of);
  }
}

function answered(attempt: Attempt, of: Asking, answer: ProviderAnswer, now: string): Step {
  switch (answer.kind) {
    case 'prepared':
      return prepared(attempt, of, answer, now);
    case 'waiting':
      return waiting(attempt, of, answer, now);
    case 'approved':
      return approved(attempt, of, answer, now);
    case 'paid':
      return paid(attempt, of, answer, now);
    case 'ended':
      return ended(attempt, of, answer, now);
    case 'occupied':
      return stay(at(attempt, now, { state: 'not-started', problem: answer.problem, found: answer.found }));
    case 'refused':
      return refused(attempt, of, answer.problem, now);
    case 'unknown':
      return withoutAnswer(attempt, of, answer.problem, now);
    default:
      return unknownEvent(answer);
  }
}

function cancelAsked(attempt: Attempt, now: string, fields: Partial<Attempt>): Step {
  // Not even the first step could be written: nothing has reached anybody.
  if (attempt.state === 'intended') return stay(at(attempt, now, { ...fields, state: 'not-started' }));
  // What is held is taken: the customer has agreed already.
  if (isHeld(attempt.state) || attempt.alarm) return stay(attempt);
  const known = attempt.state === 'waiting';
  return { attempt: at(attempt, now, { ...fields, ...(known ? { state: 'cancelling' } : {}) }), act: known ? 'cancel' : null };
}

/** After a start of the program: what had not been sent is proven nothing, the rest is asked about at once. */
function found(attempt: Attempt, now: string): Step {
  if (attempt.state === 'intended') return stay(at(attempt, now, { state: 'not-started' }));
  const lost = attempt.state === 'starting';
  return { attempt: lost ? at(attempt, now, { state: 'outcome-unknown' }) : attempt, act: 'poll' };
}

/** An alarm in a person's hands: booked as the provider says, or not; then its money is a task of its own. */
function decided(attempt: Attempt, take: boolean, now: string): Step {
  const { alarm } = attempt;
  if (!alarm || isHeld(attempt.state)) return stay(attempt);
  if (take && mayTake(alarm)) return paidBy(attempt, now, alarm);
  return take ? stay(attempt) : stay(at(attempt, now, { state: 'declined' }));
}

/** The attempt after something was learned, and what to do next. A finished attempt learns nothing more. */
export function learn(attempt: Attempt, learned: Learned, now: string): Step {
  if (isFinished(attempt.state)) return stay(attempt);
  switch (learned.kind) {
    case 'begin':
      return { attempt: at(attempt, now, { state: 'starting' }), act: 'start' };
    case 'adopt':
      return { attempt: at(attempt, now, { state: 'waiting', windowStartedAt: now }), act: 'poll' };
    case 'sending':
      return { attempt: at(attempt, now, { state: learned.act === 'capture' ? 'capturing' : 'releasing' }), act: learned.act };
    case 'answer':
      return answered(attempt, learned.of, learned.answer, now);
    case 'cancel-asked':
      return attempt.cancelAsked ? stay(attempt) : cancelAsked(attempt, now, { cancelAsked: true });
    case 'overdue':
      return attempt.overdue || attempt.cancelAsked ? stay(attempt) : cancelAsked(attempt, now, { overdue: true });
    case 'again':
      return stay(at(attempt, now, { windowStartedAt: now }));
    case 'decided':
      return decided(attempt, learned.take, now);
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
  before.overdue !== after.overdue ||
  before.windowStartedAt !== after.windowStartedAt ||
  before.providerReference !== after.providerReference ||
  JSON.stringify([before.data, before.problem, before.alarm, before.found]) !== JSON.stringify([after.data, after.problem, after.alarm, after.found]);
