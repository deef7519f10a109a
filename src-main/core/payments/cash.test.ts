import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { must } from '../../testing/receipt-builders.ts';
import { cashStepOf } from '../countries/index.ts';
import { minor } from '../money.ts';
import { planCash, roundCash } from './cash.ts';

describe('C-13 cash rounding', () => {
  test.each([
    ['FI', 5, [[2611, 2610], [2612, 2610], [2613, 2615], [2617, 2615], [2618, 2620], [2, 0], [3, 5]]],
    ['SE', 100, [[2649, 2600], [2650, 2700], [2651, 2700]]],
    ['NO', 100, [[2649, 2600], [2650, 2700], [2699, 2700]]],
    ['DK', 50, [[2624, 2600], [2625, 2650], [2674, 2650], [2675, 2700]]],
    ['NL', 1, [[2611, 2611]]],
  ] as const)('C-13 %s rounds cash to %i minor units', (country, step, cases) => {
    expect(cashStepOf({ country, roundCash: false })).toBe(step);
    for (const [due, rounded] of cases) {
      expect(roundCash(minor(due), step)).toBe(rounded);
      expect(roundCash(minor(-due), step)).toBe(rounded === 0 ? 0 : -rounded);
    }
  });

  test('C-13 the Netherlands round to five cents where the shop chose it', () => {
    expect(cashStepOf({ country: 'NL', roundCash: true })).toBe(5);
    expect(cashStepOf({ country: 'FI', roundCash: true })).toBe(5);
  });
});

describe('a cash payment', () => {
  test('paying the exact amount settles the rounded one and books the rounding', () => {
    const plan = must(planCash(minor(2611), minor(2611), minor(3000), 5));
    expect(plan).toEqual({ takenMinor: 3000, changeMinor: 390, roundingMinor: -1, leftMinor: 0 });
  });

  test('a part payment is not rounded and leaves the rest', () => {
    const plan = must(planCash(minor(2611), minor(1000), minor(1000), 5));
    expect(plan).toEqual({ takenMinor: 1000, changeMinor: 0, roundingMinor: 0, leftMinor: 1611 });
  });

  test('a part payment has to be payable in coins', () => {
    expect(planCash(minor(2611), minor(1003), null, 5)).toMatchObject({ error: { code: 'amount-not-payable-in-cash' } });
  });

  test('less handed over than asked for is refused', () => {
    expect(planCash(minor(2611), minor(2611), minor(2000), 5)).toMatchObject({ error: { code: 'amount-out-of-range' } });
  });

  test('what the shop owes is given out', () => {
    expect(must(planCash(minor(-42), minor(-40), null, 5))).toEqual({
      takenMinor: -40,
      changeMinor: 0,
      roundingMinor: 2,
      leftMinor: 0,
    });
  });

  test('PAY-I2 whatever is due and handed over, what is kept is what was due and its rounding', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -100_000, max: 1_000_000 }).map(minor),
        fc.integer({ min: 0, max: 500_000 }),
        fc.constantFrom(1, 5, 50, 100),
        (due, extra, step) => {
          const rounded = roundCash(due, step);
          const given = rounded > 0 ? minor(rounded + extra) : null;
          const plan = must(planCash(due, rounded, given, step));
          expect(plan.takenMinor - plan.changeMinor).toBe(due + plan.roundingMinor);
          expect(Math.abs(plan.roundingMinor) * 2).toBeLessThanOrEqual(step);
        },
      ),
    );
  });
});
