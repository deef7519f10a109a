import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttemptState } from '../../contract/payment.ts';
import { minor } from '../money.ts';
import { withoutProvider, type Attempt } from '../sales/model.ts';
import { isFinished } from './attempt.ts';
import { differs, learn, type Learned } from './machine.ts';
import type { ProviderAnswer } from './provider.ts';

const attempt = (fields: Partial<Attempt> = {}): Attempt => ({
  ...withoutProvider, id: 'a', receiptId: 'r', requestId: 'q', tenderId: 'seqr', tenderKind: 'seqr', state: 'intended', amountMinor: minor(100), currency: 'EUR',
  givenMinor: minor(0), changeMinor: minor(0), roundingMinor: minor(0), reference: 'ref', createdAt: 't0', updatedAt: 't0', ...fields,
});
const unknown: ProviderAnswer = { kind: 'unknown', problem: { code: 'unreachable' } };
const waits: ProviderAnswer = { kind: 'waiting', data: { n: '1' }, cancellable: true };
const paid: ProviderAnswer = { kind: 'paid', data: {}, reference: 'ers', amountMinor: minor(100) };
const ends = (state: 'cancelled' | 'declined' | 'expired' | 'reversed'): ProviderAnswer => ({ kind: 'ended', state, data: {} });
const refused: ProviderAnswer = { kind: 'refused', problem: { code: 'rejected' } };
const answer = (of: 'start' | 'poll' | 'cancel', what: ProviderAnswer): Learned => ({ kind: 'answer', of, answer: what });
const run = (...steps: readonly Learned[]): Attempt => steps.reduce((now, step, index) => learn(now, step, `t${index + 1}`).attempt, attempt());
const begin: Learned = { kind: 'begin' };
const cancel: Learned = { kind: 'cancel-asked' };

describe('the life of a provider\'s attempt', () => {
  test('is begun only after it is written down', () => {
    expect(learn(attempt(), begin, 't')).toMatchObject({ attempt: { state: 'starting' }, act: 'start' });
  });

  test('PAY-I4 a start without an answer is asked about, never called nothing', () => {
    expect(learn(attempt({ state: 'starting' }), answer('start', unknown), 't')).toMatchObject({ attempt: { state: 'outcome-unknown' }, act: 'poll' });
    expect(run(begin, answer('start', refused)).state).toBe('not-started');
    expect(learn(attempt({ state: 'starting' }), { kind: 'found' }, 't')).toMatchObject({ attempt: { state: 'outcome-unknown' }, act: 'poll' });
    expect(learn(attempt(), { kind: 'found' }, 't').attempt.state).toBe('not-started');
  });

  test('PAY-I5 paid beats cancelled, whichever answer comes first', () => {
    expect(run(begin, answer('start', waits), cancel, answer('cancel', paid)).state).toBe('paid');
    expect(run(begin, answer('start', waits), cancel, answer('poll', paid), answer('cancel', ends('cancelled'))).state).toBe('paid');
  });

  test('a cancel is asked again as long as the payment waits', () => {
    const cancelling = run(begin, answer('start', waits), cancel, answer('cancel', { ...waits, cancellable: false }));
    expect(cancelling.state).toBe('cancelling');
    expect(learn(cancelling, answer('poll', waits), 't').act).toBe('cancel');
    expect(learn(cancelling, answer('poll', { ...waits, cancellable: false }), 't').act).toBeNull();
    expect(learn(cancelling, cancel, 't').act).toBeNull();
  });

  test('an end that we did not ask for is the customer\'s', () => {
    expect(run(begin, answer('start', waits), answer('poll', ends('cancelled'))).state).toBe('declined');
    expect(run(begin, answer('start', waits), cancel, answer('poll', ends('cancelled'))).state).toBe('cancelled');
  });

  test('a poll without an answer changes the problem only, and the next answer clears it', () => {
    const waiting = run(begin, answer('start', waits));
    const silent = learn(waiting, answer('poll', unknown), 't').attempt;
    expect(silent).toMatchObject({ state: 'waiting', problem: { code: 'unreachable' } });
    expect(learn(silent, answer('poll', waits), 't').attempt.problem).toBeNull();
    expect(differs(waiting, learn(waiting, answer('poll', waits), 't').attempt)).toBe(false);
  });

  test('another window begins anew and asks nothing', () => {
    const waiting = run(begin, answer('start', waits));
    expect(learn(waiting, { kind: 'again' }, 't9')).toMatchObject({ attempt: { state: 'waiting', windowStartedAt: 't9' }, act: null });
  });

  test('whatever is learned in whatever order, an end is an end and paid needs the provider\'s word', () => {
    const answers = fc.constantFrom(unknown, waits, paid, ends('cancelled'), ends('declined'), ends('expired'), refused);
    const learned = fc.oneof(
      fc.record({ kind: fc.constant('answer' as const), of: fc.constantFrom('start' as const, 'poll' as const, 'cancel' as const), answer: answers }),
      fc.constantFrom<Learned>(cancel, { kind: 'again' }, { kind: 'found' }),
    );
    fc.assert(
      fc.property(fc.array(learned, { maxLength: 30 }), (steps) => {
        let now = learn(attempt(), begin, 't').attempt;
        let ended: AttemptState | null = null;
        let saidPaid = false;
        for (const step of steps) {
          saidPaid ||= ended === null && step.kind === 'answer' && step.answer.kind === 'paid';
          now = learn(now, step, 't').attempt;
          if (ended !== null) expect(now.state).toBe(ended);
          if (isFinished(now.state)) ended ??= now.state;
        }
        expect(now.state === 'paid').toBe(saidPaid);
      }),
    );
  });
});
