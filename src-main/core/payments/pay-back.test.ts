import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minor } from '../money.ts';
import { must, receiptWith, someLine } from '../../testing/receipt-builders.ts';
import { cameBack, composeReturn, confirmReturn, linesBack, openReturn } from '../sales/returns.ts';
import { activeLines } from '../sales/totals.ts';
import { owedOf, payBack, planBack, type PaidBack, type PaidBy } from './pay-back.ts';

const way = (by: PaidBy['by'], leftMinor: number, more: Partial<PaidBy> = {}): PaidBy => ({ tenderId: by, tenderKind: by, by, postId: by === 'provider' ? `post-${leftMinor}` : null, leftMinor: minor(leftMinor), whole: false, usable: true, ...more });
const told = (need: number, paid: readonly PaidBy[], cash: Parameters<typeof planBack>[2] = 'when-paid-in-cash') => {
  const plan = planBack(minor(need), paid, cash);
  return [...plan.parts.map(({ by, amountMinor }) => [by, amountMinor]), plan.otherMinor];
};

describe('how an amount goes back', () => {
  test('the way it came: oldest app payment first, then the card, then cash', () => {
    const paid = [way('cash', 500), way('provider', 200), way('card', 300), way('provider', 100)];
    expect(told(1_000, paid)).toEqual([['provider', 200], ['provider', 100], ['card', 300], ['cash', 400], 0]);
    expect(told(250, paid)).toEqual([['provider', 200], ['provider', 50], 0]);
  });

  test('cash as the shop has it: never, what came so, or all of the rest', () => {
    const paid = [way('card', 100), way('cash', 50)];
    expect(told(200, paid, 'never')).toEqual([['card', 100], 100]);
    expect(told(200, paid)).toEqual([['card', 100], ['cash', 50], 50]);
    expect(told(200, paid, 'always')).toEqual([['card', 100], ['cash', 100], 0]);
  });

  test('a payment that goes back whole or not at all is left out where less is owed, and one that can’t go back is', () => {
    expect(told(100, [way('provider', 200, { whole: true }), way('cash', 40)])).toEqual([['cash', 40], 60]);
    expect(told(200, [way('provider', 200, { whole: true })])).toEqual([['provider', 200], 0]);
    expect(told(100, [way('provider', 200, { usable: false })])).toEqual([100]);
  });

  test('PAY-I6 never more by any way than is left of it, and all of it adds up', () => {
    const ways = fc.array(fc.record({ by: fc.constantFrom('provider' as const, 'card' as const), left: fc.nat(1_000), whole: fc.boolean(), usable: fc.boolean() }), { maxLength: 5 });
    fc.assert(fc.property(fc.nat(3_000), ways, fc.nat(500), fc.constantFrom('never' as const, 'when-paid-in-cash' as const, 'always' as const), (need, others, cashLeft, rule) => {
      const paid = [...others.map(({ by, left, whole, usable }, index) => way(by, left, { whole, usable, tenderId: `t${index}`, postId: `p${index}` })), way('cash', cashLeft)];
      const { parts, otherMinor } = planBack(minor(need), paid, rule);
      expect(parts.reduce((all, one) => all + one.amountMinor, 0) + otherMinor).toBe(need);
      for (const one of parts) {
        const from = paid.find((two) => two.tenderId === one.tenderId);
        expect(one.amountMinor).toBeGreaterThan(0);
        if (one.by !== 'cash' || rule !== 'always') expect(one.amountMinor).toBeLessThanOrEqual(from?.leftMinor ?? -1);
      }
    }));
  });
});

describe('a part that has gone back', () => {
  let serial = 0;
  /** A confirmed return worth so much. */
  const returned = (amountMinor: number) => {
    const sold = receiptWith([someLine({ unitPriceMinor: minor(amountMinor) })]);
    const lines = must(linesBack(sold, cameBack([], null), [{ lineId: activeLines(sold)[0]?.id ?? '', quantityMilli: 1000 }], () => `l-${(serial += 1)}`));
    const opened = openReturn({ id: `r-${(serial += 1)}`, registerId: 'register-1', staffId: 'staff-1', currency: 'SEK', openedAt: '' }, { receiptId: sold.id, reason: 'x', purpose: 'goods', inExchange: false });
    return must(confirmReturn(must(composeReturn(opened, lines, 'x')).receipt));
  };
  const part = (amountMinor: number, more: Partial<PaidBack> = {}): PaidBack => ({ requestId: 'q', tenderId: 't', tenderKind: 'cash', amountMinor: minor(amountMinor), cash: false, cashStepMinor: 100, reference: '', description: '', verified: true, at: 'now', attemptId: `a-${(serial += 1)}`, postId: `p-${(serial += 1)}`, ...more });

  test('C-13 cash is rounded as the country rounds it, an app or card to the öre not at all', () => {
    const first = must(payBack(returned(1_249), part(500)));
    expect([first.post.amountMinor, first.completed, owedOf(first.receipt)]).toEqual([-500, false, 749]);
    const last = must(payBack(first.receipt, part(749, { cash: true })));
    expect([last.post.amountMinor, last.receipt.roundingMinor, last.receipt.state]).toEqual([-700, 49, 'completed']);
    const up = must(payBack(returned(1_250), part(1_250, { cash: true })));
    expect([up.post.amountMinor, up.receipt.roundingMinor]).toEqual([-1_300, -50]);
    expect(must(payBack(returned(1_250), part(1_250))).receipt.roundingMinor).toBe(0);
  });

  test('never more than is owed, cash only all of it, and nothing once it is complete', () => {
    const back = returned(1_000);
    expect(payBack(back, part(1_001))).toMatchObject({ error: { code: 'amount-out-of-range', detail: { maximumMinor: 1_000 } } });
    expect(payBack(back, part(0))).toMatchObject({ error: { code: 'amount-out-of-range' } });
    expect(payBack(back, part(900, { cash: true }))).toMatchObject({ error: { code: 'amount-out-of-range', detail: { minimumMinor: 1_000 } } });
    expect(payBack(must(payBack(back, part(1_000))).receipt, part(1))).toMatchObject({ error: { code: 'return-unknown' } });
  });
});
