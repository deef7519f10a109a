import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttemptState } from '../../contract/payment.ts';
import { minor } from '../money.ts';
import { withoutProvider, type Attempt } from '../sales/model.ts';
import { isFinished } from './attempt.ts';
import { differs, learn, type Asking, type Learned } from './machine.ts';
import type { ProviderAnswer } from './provider.ts';

const attempt = (fields: Partial<Attempt> = {}): Attempt => ({
  ...withoutProvider, id: 'a', receiptId: 'r', requestId: 'q', tenderId: 'seqr', tenderKind: 'seqr', state: 'intended', amountMinor: minor(100), currency: 'EUR',
  givenMinor: minor(0), changeMinor: minor(0), roundingMinor: minor(0), reference: 'ref', createdAt: 't0', updatedAt: 't0', ...fields,
});
const unknown: ProviderAnswer = { kind: 'unknown', problem: { code: 'unreachable' } };
const waits: ProviderAnswer = { kind: 'waiting', data: { n: '1' }, cancellable: true };
const paid: ProviderAnswer = { kind: 'paid', data: {}, reference: 'ers', amountMinor: minor(100), currency: 'EUR' };
const approved: ProviderAnswer = { kind: 'approved', data: {}, reference: 'ers', amountMinor: minor(100), currency: 'EUR' };
const ends = (state: 'cancelled' | 'declined' | 'expired' | 'released' | 'reversed'): ProviderAnswer => ({ kind: 'ended', state, data: {} });
const refused: ProviderAnswer = { kind: 'refused', problem: { code: 'rejected' } };
const answer = (of: Asking, what: ProviderAnswer): Learned => ({ kind: 'answer', of, answer: what });
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

  test('an end that answers our cancel is not believed before the payment itself was asked about', () => {
    const cancelling = run(begin, answer('start', waits), cancel);
    expect(learn(cancelling, answer('cancel', ends('cancelled')), 't')).toMatchObject({ attempt: { state: 'cancelling' }, act: 'poll' });
    expect(run(begin, answer('start', waits), cancel, answer('cancel', ends('cancelled')), answer('poll', paid)).state).toBe('paid');
    expect(run(begin, answer('start', waits), cancel, answer('cancel', ends('cancelled')), answer('poll', ends('cancelled'))).state).toBe('cancelled');
  });

  test('the provider\'s time is over: it is ended by us, and that is nobody\'s refusal', () => {
    const overdue = run(begin, answer('start', waits), { kind: 'overdue' });
    expect(overdue).toMatchObject({ state: 'cancelling', overdue: true, cancelAsked: false });
    expect(learn(overdue, answer('poll', waits), 't').act).toBe('cancel');
    expect(learn(overdue, answer('poll', ends('cancelled')), 't').attempt.state).toBe('expired');
    expect(learn(overdue, answer('poll', paid), 't').attempt.state).toBe('paid');
  });

  test('a refusal after a start that was answered ends it; what is seldom seen stays told', () => {
    expect(run(begin, answer('start', waits), answer('poll', refused))).toMatchObject({ state: 'expired', problem: { code: 'rejected' } });
  });
});

describe('a payment that is prepared first', () => {
  const prepared: ProviderAnswer = { kind: 'prepared', data: { id: '1' } };

  test('gets its amount in the same breath', () => {
    expect(learn(run(begin), answer('start', prepared), 't')).toMatchObject({ attempt: { state: 'starting', data: { id: '1' } }, act: 'ready' });
    expect(run(begin, answer('start', prepared), answer('ready', waits)).state).toBe('waiting');
  });

  test('and is ended where that was lost, or cancelled meanwhile, or refused', () => {
    const lost = run(begin, answer('start', unknown));
    expect(learn(lost, answer('poll', prepared), 't')).toMatchObject({ attempt: { state: 'cancelling', cancelAsked: true }, act: 'cancel' });
    expect(learn(run(begin, cancel), answer('start', prepared), 't').act).toBe('cancel');
    const no = learn(run(begin, answer('start', prepared)), answer('ready', refused), 't');
    expect(no).toMatchObject({ attempt: { state: 'cancelling', problem: { code: 'rejected' } }, act: 'cancel' });
    expect(learn(no.attempt, answer('poll', ends('cancelled')), 't').attempt).toMatchObject({ state: 'cancelled', problem: { code: 'rejected' } });
  });
});

describe('a payment whose money is held first', () => {
  const held = run(begin, answer('start', waits), answer('poll', approved));
  const capturing = learn(held, { kind: 'sending', act: 'capture' }, 't').attempt;

  test('is captured, each step written before it is sent', () => {
    expect(learn(run(begin, answer('start', waits)), answer('poll', approved), 't')).toMatchObject({ attempt: { state: 'approved' }, act: 'capture' });
    expect(capturing.state).toBe('capturing');
    expect(learn(capturing, answer('capture', paid), 't').attempt.state).toBe('paid');
  });

  test('PAY-I5 a cancel that was asked for meanwhile loses', () => {
    const cancelling = run(begin, answer('start', waits), cancel);
    expect(learn(cancelling, answer('poll', approved), 't')).toMatchObject({ attempt: { state: 'approved' }, act: 'capture' });
    expect(learn(held, cancel, 't').attempt.cancelAsked).toBe(false);
  });

  test('a capture without an answer is asked about, and sent again only where it did not arrive', () => {
    const silent = learn(capturing, answer('capture', unknown), 't');
    expect(silent).toMatchObject({ attempt: { state: 'capturing' }, act: null });
    expect(learn(silent.attempt, answer('poll', approved), 't')).toMatchObject({ attempt: { state: 'capturing' }, act: 'capture' });
    expect(learn(silent.attempt, answer('poll', paid), 't').attempt.state).toBe('paid');
    expect(learn({ ...capturing }, { kind: 'found' }, 't')).toMatchObject({ attempt: { state: 'capturing' }, act: 'poll' });
  });

  test('a capture that is refused lets go of the money', () => {
    expect(learn(capturing, answer('capture', refused), 't').act).toBe('release');
    const releasing = learn(capturing, { kind: 'sending', act: 'release' }, 't').attempt;
    expect(releasing.state).toBe('releasing');
    expect(learn(releasing, answer('release', ends('released')), 't').act).toBe('poll');
    expect(learn(releasing, answer('poll', ends('released')), 't').attempt.state).toBe('released');
    expect(learn(releasing, answer('poll', paid), 't').attempt.state).toBe('paid');
    expect(learn(releasing, answer('poll', approved), 't').act).toBe('release');
  });

  test('another amount than was asked for is never captured', () => {
    const step = learn(run(begin, answer('start', waits)), answer('poll', { ...approved, amountMinor: minor(101) }), 't');
    expect(step).toMatchObject({ attempt: { state: 'approved', alarm: { kind: 'amount' } }, act: 'release' });
  });
});

describe('a provider\'s word that does not fit what was asked', () => {
  const waiting = run(begin, answer('start', waits));

  test.each([
    ['amount', { amountMinor: minor(99) }],
    ['currency', { currency: 'SEK' as const }],
    ['reference', { ownReference: 'another' }],
  ])('%s: nothing is booked, and it stays unfinished until a person decides', (kind, wrong) => {
    const { attempt: now, act } = learn(waiting, answer('poll', { ...paid, ...wrong }), 't');
    expect(now).toMatchObject({ state: 'outcome-unknown', alarm: { kind, reference: 'ers' } });
    expect(act).toBeNull();
    expect(learn(now, cancel, 't').attempt.cancelAsked).toBe(false);
    expect(learn(now, { kind: 'decided', take: false }, 't').attempt.state).toBe('declined');
    const taken = learn(now, { kind: 'decided', take: true }, 't').attempt;
    if (kind === 'amount') expect(taken).toMatchObject({ state: 'paid', paidMinor: 99, providerReference: 'ers' });
    else expect(taken.state).toBe('outcome-unknown');
    expect(learn(now, answer('poll', paid), 't').attempt).toMatchObject({ state: 'paid', alarm: null });
  });

  test('money that comes with the start\'s own answer was there before anybody was asked', () => {
    expect(learn(run(begin), answer('start', paid), 't').attempt).toMatchObject({ state: 'outcome-unknown', alarm: { kind: 'unasked' } });
    expect(learn(run(begin, answer('start', unknown)), answer('poll', paid), 't').attempt.state).toBe('paid');
  });

  test('a tip is on top of what was asked', () => {
    const tipped = learn(waiting, answer('poll', { ...paid, amountMinor: minor(115), tipMinor: minor(15) }), 't').attempt;
    expect(tipped).toMatchObject({ state: 'paid', paidMinor: 115, tipMinor: 15 });
    expect(learn(waiting, answer('poll', { ...paid, amountMinor: minor(115), tipMinor: minor(14) }), 't').attempt.alarm?.kind).toBe('amount');
  });
});

describe('another payment in its place', () => {
  const other = { reference: 'theirs', ownReference: '', amountMinor: minor(100), data: { id: '9' } };

  test('nothing has begun, and what was found is kept', () => {
    const step = learn(run(begin), answer('start', { kind: 'occupied', problem: { code: 'conflict' }, found: other }), 't');
    expect(step).toMatchObject({ attempt: { state: 'not-started', found: other, problem: { code: 'conflict' } }, act: null });
  });

  test('going on with it begins with a question', () => {
    expect(learn(attempt({ data: other.data }), { kind: 'adopt' }, 't')).toMatchObject({ attempt: { state: 'waiting' }, act: 'poll' });
  });
});

describe('the life of an attempt as a whole', () => {
  test('whatever is learned in whatever order, an end is an end and paid needs the provider\'s word', () => {
    const wrong: ProviderAnswer = { ...paid, amountMinor: minor(1) };
    const answers = fc.constantFrom(unknown, waits, paid, approved, wrong, { kind: 'prepared' as const, data: {} }, ends('cancelled'), ends('declined'), ends('expired'), ends('released'), refused);
    const learned = fc.oneof(
      fc.record({ kind: fc.constant('answer' as const), of: fc.constantFrom<Asking>('start', 'ready', 'poll', 'cancel', 'capture', 'release'), answer: answers }),
      fc.constantFrom<Learned>(cancel, { kind: 'overdue' }, { kind: 'again' }, { kind: 'found' }, { kind: 'sending', act: 'capture' }, { kind: 'sending', act: 'release' }),
    );
    fc.assert(
      fc.property(fc.array(learned, { maxLength: 30 }), (steps) => {
        let now = learn(attempt(), begin, 't').attempt;
        let ended: AttemptState | null = null;
        let saidPaid = false;
        for (const step of steps) {
          saidPaid ||= ended === null && step.kind === 'answer' && step.answer === paid && step.of !== 'start';
          now = learn(now, step, 't').attempt;
          if (ended !== null) expect(now.state).toBe(ended);
          if (isFinished(now.state)) ended ??= now.state;
        }
        expect(now.state === 'paid').toBe(saidPaid);
      }),
    );
  });
});
