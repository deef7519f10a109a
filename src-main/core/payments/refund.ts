import type { Currency } from '../../contract/basics.ts';
import type { ProviderProblem } from '../../contract/payment.ts';
import type { ProviderField } from '../../contract/providers.ts';
import type { RefundState } from '../../contract/refunds.ts';
import type { Minor } from '../money.ts';
import type { RefundAbility, RefundAnswer, Settings } from './provider.ts';

/*
 * One try to give money back the way it came (docs/payments.md, "Refunds"):
 *
 *   intended -> sending -> refunded | refused
 *                  |  ^ `next`: a step is done, another is sent
 *                  +-> waiting            the provider works on it
 *                  +-> outcome-unknown    no answer: resolved as the adapter's `repeat` says, or by a person
 */
export type Refund = {
  readonly id: string;
  /** Names the tap on the button: a second one is the same refund. */
  readonly requestId: string;
  /** Of a payment on a receipt, of late money, or of another store's payment: exactly one of `postId`, `taskId` and `paymentId` is there. */
  readonly receiptId: string | null;
  readonly postId: string | null;
  readonly taskId: string | null;
  /** As the store that took it names it; it goes back by the chain, as part of a return. */
  readonly paymentId: string | null;
  /** The return that it is a part of; null where money goes back without one. */
  readonly returnId: string | null;
  /** The attempt that the provider knows the payment by; null where this register knows none. */
  readonly attemptId: string | null;
  readonly tenderKind: string;
  readonly state: RefundState;
  readonly amountMinor: Minor;
  readonly currency: Currency;
  /** Our own name of it, the same in every step and repeat. */
  readonly reference: string;
  /** The provider's name of it, once it is given back and the provider has told us. */
  readonly providerReference: string;
  /** What the adapter wrote down in the steps so far. */
  readonly data: Settings;
  /** What the customer told, sealed; empty where nothing is asked, and once the refund has ended. */
  readonly sealedIdentifier: string;
  readonly problem: ProviderProblem | null;
  readonly staffId: string;
  readonly reason: string;
  readonly createdAt: string;
  readonly updatedAt: string;
};

export type RefundLearned =
  /** The step is written down; now it may reach the provider. */
  | { readonly kind: 'begin' }
  | { readonly kind: 'answer'; readonly answer: RefundAnswer }
  /** The program was started and found it unfinished. */
  | { readonly kind: 'found' }
  /** A person has looked at the provider's own pages and says what became of it. */
  | { readonly kind: 'decided'; readonly given: boolean };

export const refundFinished = (state: RefundState): boolean => state === 'refunded' || state === 'refused';

/** An end: what the customer told is forgotten with it. */
const end = (refund: Refund, state: 'refunded' | 'refused', problem: ProviderProblem | null): Refund => ({ ...refund, state, problem, sealedIdentifier: '' });

/** The refund after something was learned. A finished one learns nothing more; what tells nothing new leaves it as it is. */
export function learnRefund(refund: Refund, learned: RefundLearned, now: string): Refund {
  if (refundFinished(refund.state)) return refund;
  const next = after(refund, learned);
  return JSON.stringify(next) === JSON.stringify(refund) ? refund : { ...next, updatedAt: now };
}

function after(refund: Refund, learned: RefundLearned): Refund {
  switch (learned.kind) {
    case 'begin':
      return { ...refund, state: 'sending' };
    case 'found':
      // What was only intended has not been sent; what was being sent may have arrived.
      return refund.state === 'sending' ? { ...refund, state: 'outcome-unknown' } : refund;
    case 'decided':
      return end(refund, learned.given ? 'refunded' : 'refused', null);
    case 'answer':
      return answered(refund, learned.answer);
    default:
      return unknownEvent(learned);
  }
}

function answered(refund: Refund, answer: RefundAnswer): Refund {
  switch (answer.kind) {
    case 'refunded':
      return { ...end(refund, 'refunded', null), providerReference: answer.reference };
    case 'refused':
      return end(refund, 'refused', answer.problem);
    case 'next':
      return { ...refund, state: 'sending', data: answer.data, problem: null };
    case 'waiting':
      return { ...refund, state: 'waiting', data: answer.data, problem: null };
    case 'unknown':
      return { ...refund, state: 'outcome-unknown', problem: answer.problem };
    default:
      return unknownEvent(answer);
  }
}

function unknownEvent(learned: never): never {
  throw new Error(`refunds: unknown event ${JSON.stringify(learned)}`);
}

/**
 * What to do about a refund that has not ended. `send` a step that never left; `repeat` one that may have arrived, where a second
 * one can never give back twice; `ask` the provider what became of it; leave it to a `person`.
 */
export type RefundAct = 'send' | 'repeat' | 'ask' | 'person';

/** `leftBeforeMinor`: what of the payment had not gone back before this refund. */
export function refundAct(refund: Refund, leftBeforeMinor: Minor, { repeat }: RefundAbility): RefundAct {
  if (refund.state === 'intended' || refund.state === 'sending') return 'send';
  switch (repeat) {
    case 'same-key':
      return 'repeat';
    case 'when-all':
      // It was all that was left, so that a second one finds nothing to give.
      return refund.amountMinor === leftBeforeMinor ? 'repeat' : 'person';
    case 'ask':
      return 'ask';
    case 'never':
      return 'person';
    default:
      return unknownEvent(repeat);
  }
}

/** Whether what the customer told is as the provider's field says. Empty fits only where it need not be told. */
export function identifierFits(asks: ProviderField | null, told: string): boolean {
  if (asks === null) return true;
  if (told === '') return !asks.required;
  return told.length <= asks.maxLength && (asks.pattern === undefined || new RegExp(`^(?:${asks.pattern})$`, 'i').test(told));
}

/** A provider may quote what it was sent; what the customer told stays in nobody's words but the sealed ones. */
export function withoutIdentifier(answer: RefundAnswer, told: string): RefundAnswer {
  if (told === '') return answer;
  const digits = told.replaceAll(/\D/g, '');
  const quoted = [told, ...(digits.length > 3 ? [digits] : [])];
  const without = (said: string, all: readonly string[]): string => all.reduce((left, one) => left.replaceAll(one, '…'), said);
  // In words for people anything goes; what an adapter needs later is touched only for what can't be there by chance.
  const names = (said: string): string => without(said, quoted.filter((one) => one.length >= 8));
  const cleaned = (said: Settings, how: (value: string) => string): Settings => Object.fromEntries(Object.entries(said).map(([name, value]) => [name, how(value)]));
  switch (answer.kind) {
    case 'refunded':
      return { ...answer, reference: names(answer.reference) };
    case 'next':
    case 'waiting':
      return { ...answer, data: cleaned(answer.data, names) };
    case 'refused':
    case 'unknown':
      return { ...answer, problem: { ...answer.problem, ...cleaned(wordsOf(answer.problem), (said) => without(said, quoted)) } };
    default:
      return unknownEvent(answer);
  }
}

const wordsOf = ({ providerCode, text }: ProviderProblem): Settings => ({ ...(providerCode === undefined ? {} : { providerCode }), ...(text === undefined ? {} : { text }) });
