import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProviderField } from '../../contract/providers.ts';
import type { RefundState } from '../../contract/refunds.ts';
import { minor } from '../money.ts';
import type { RefundAnswer } from './provider.ts';
import { identifierFits, learnRefund, refundAct, refundFinished, withoutIdentifier, type Refund, type RefundLearned } from './refund.ts';

const refund: Refund = {
  id: 'r', requestId: 'q', receiptId: 'c', postId: 'p', taskId: null, paymentId: null, returnId: null, attemptId: 'a', tenderKind: 'x', state: 'intended', amountMinor: minor(300), currency: 'EUR', reference: 'own-1',
  providerReference: '', data: {}, sealedIdentifier: 'sealed', problem: null, staffId: 's', reason: 'why', createdAt: 't0', updatedAt: 't0',
};
const unreachable = { code: 'unreachable' } as const;
const answer = (one: RefundAnswer): RefundLearned => ({ kind: 'answer', answer: one });
const through = (...learned: readonly RefundLearned[]): Refund => learned.reduce((before, one) => learnRefund(before, one, 't1'), refund);
const everywhere = { 'same-key': 'repeat', 'when-all': 'repeat', ask: 'ask', never: 'person' } as const;

const anyAnswer = fc.oneof<fc.Arbitrary<RefundAnswer>[]>(
  fc.constant({ kind: 'refunded', reference: 'back' }),
  fc.constant({ kind: 'refused', problem: { code: 'declined' } }),
  fc.record({ kind: fc.constant('next' as const), data: fc.record({ step: fc.constantFrom('1', '2') }) }),
  fc.record({ kind: fc.constant('waiting' as const), data: fc.record({ job: fc.constantFrom('1', '2') }) }),
  fc.constant({ kind: 'unknown', problem: unreachable }),
);
const anyLearned = fc.oneof<fc.Arbitrary<RefundLearned>[]>(
  fc.constant({ kind: 'begin' }),
  fc.constant({ kind: 'found' }),
  fc.record({ kind: fc.constant('decided' as const), given: fc.boolean() }),
  anyAnswer.map(answer),
);

describe('a refund', () => {
  test('goes in steps: each is written down with what the adapter noted, and sent as a first one', () => {
    const reserved = through({ kind: 'begin' }, answer({ kind: 'next', data: { reservation: '7' } }));
    expect(reserved).toMatchObject({ state: 'sending', data: { reservation: '7' }, sealedIdentifier: 'sealed' });
    expect(refundAct(reserved, minor(300), { partial: true, repeat: 'never', asks: null })).toBe('send');
    const found = learnRefund(reserved, { kind: 'found' }, 't2');
    expect(found).toMatchObject({ state: 'outcome-unknown', data: { reservation: '7' } });
    expect(through({ kind: 'begin' }, answer({ kind: 'next', data: { reservation: '7' } }), answer({ kind: 'refunded', reference: 'back' }))).toMatchObject({ state: 'refunded', providerReference: 'back' });
  });

  test.each(Object.entries(everywhere))('in doubt, a provider of the shape %s: %s', (repeat, act) => {
    const ability = { partial: true, repeat: repeat as keyof typeof everywhere, asks: null };
    for (const doubt of [through({ kind: 'begin' }, { kind: 'found' }), through({ kind: 'begin' }, answer({ kind: 'unknown', problem: unreachable })), through({ kind: 'begin' }, answer({ kind: 'waiting', data: {} }))]) {
      expect(refundAct(doubt, minor(300), ability)).toBe(act);
    }
  });

  test('in doubt and not all that was left, where only a whole one may be repeated: a person', () => {
    expect(refundAct(through({ kind: 'begin' }, { kind: 'found' }), minor(301), { partial: true, repeat: 'when-all', asks: null })).toBe('person');
  });

  test('what had not been sent when the program ended is sent; what may have arrived is in doubt', () => {
    expect(through({ kind: 'found' })).toBe(refund);
    expect(through({ kind: 'begin' }, { kind: 'found' }).state).toBe('outcome-unknown');
    expect(through({ kind: 'begin' }, answer({ kind: 'waiting', data: { job: '1' } }), { kind: 'found' }).state).toBe('waiting');
  });

  test('whatever is learned: an end is an end, what it is for never changes, and what the customer told is forgotten exactly then', () => {
    fc.assert(
      fc.property(fc.array(anyLearned, { maxLength: 12 }), (learned) => {
        let now: Refund = refund;
        let ended: RefundState | null = null;
        for (const one of learned) {
          const before: Refund = now;
          now = learnRefund(before, one, 't1');
          if (ended !== null) expect(now).toBe(before);
          if (refundFinished(now.state)) ended ??= now.state;
          expect(now.sealedIdentifier === '').toBe(refundFinished(now.state));
          expect([now.id, now.amountMinor, now.reference, now.postId]).toEqual([refund.id, refund.amountMinor, refund.reference, refund.postId]);
          if (now.state === 'refused') expect(one.kind === 'decided' || (one.kind === 'answer' && one.answer.kind === 'refused') || ended === 'refused').toBe(true);
        }
      }),
    );
  });

  test('in any state a step that may have arrived is sent again only where a second one can never give back twice', () => {
    fc.assert(
      fc.property(fc.array(anyLearned, { maxLength: 8 }), fc.constantFrom('same-key' as const, 'when-all' as const, 'ask' as const, 'never' as const), fc.integer({ min: 300, max: 302 }), (learned, repeat, left) => {
        const now = through(...learned);
        if (refundFinished(now.state)) return;
        const act = refundAct(now, minor(left), { partial: true, repeat, asks: null });
        if (act === 'send') expect(['intended', 'sending']).toContain(now.state);
        if (act === 'repeat') expect(repeat === 'same-key' || (repeat === 'when-all' && left === 300)).toBe(true);
        if (act === 'ask') expect(repeat).toBe('ask');
      }),
    );
  });

  test('an answer that tells nothing new is none', () => {
    const doubt = through({ kind: 'begin' }, answer({ kind: 'unknown', problem: unreachable }));
    expect(learnRefund(doubt, answer({ kind: 'unknown', problem: unreachable }), 't9')).toBe(doubt);
  });
});

describe('what the customer told', () => {
  const words = { en: 'Phone', sv: 'x', nb: 'x', da: 'x', fi: 'x', nl: 'x' };
  const phone: ProviderField = { name: 'phone', kind: 'text', label: words, help: words, required: true, pattern: '\\+?[0-9]{6,15}', maxLength: 16 };

  test('fits its field or not', () => {
    expect(['+358401234567', '0401234567'].map((told) => identifierFits(phone, told))).toEqual([true, true]);
    expect(['', '12345', 'x0401234567', '+3584012345678901'].map((told) => identifierFits(phone, told))).toEqual([false, false, false, false]);
    expect(identifierFits(null, '')).toBe(true);
    expect(identifierFits({ ...phone, required: false }, '')).toBe(true);
  });

  test('PAY-I10 is in no problem, however the provider quotes it', () => {
    const quoted = withoutIdentifier({ kind: 'refused', problem: { code: 'rejected', providerCode: 'user-358401234567', text: 'no user +358401234567 (358401234567)' } }, '+358401234567');
    expect(JSON.stringify(quoted)).not.toContain('358401234567');
    expect(quoted).toMatchObject({ kind: 'refused', problem: { code: 'rejected' } });
    expect(withoutIdentifier({ kind: 'waiting', data: { job: '7', who: 'user-+358401234567' } }, '+358401234567')).toEqual({ kind: 'waiting', data: { job: '7', who: 'user-…' } });
    const kept: RefundAnswer = { kind: 'unknown', problem: unreachable };
    expect(withoutIdentifier(kept, '')).toBe(kept);
  });
});
