import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMoney, allocate, minor, scale, sum } from './money.ts';

const amounts = fc.integer({ min: -100_000_000, max: 100_000_000 }).map(minor);
const weights = fc.array(fc.integer({ min: 0, max: 100_000_000 }).map(minor), { minLength: 1, maxLength: 50 });

describe('I9 amounts', () => {
  test('PAY-I9 a fraction of a minor unit is refused', () => {
    expect(() => minor(12.5)).toThrow(/whole number/);
    expect(() => minor(Number.NaN)).toThrow(/whole number/);
    expect(() => minor(2 ** 60)).toThrow(/whole number/);
  });

  test('PAY-I9 amounts of two currencies cannot be added', () => {
    const euro = { amountMinor: minor(1), currency: 'EUR' } as const;
    expect(() => addMoney(euro, { amountMinor: minor(1), currency: 'SEK' })).toThrow(/EUR/);
    expect(addMoney(euro, euro).amountMinor).toBe(2);
  });

  test('there is no negative zero', () => {
    expect(Object.is(minor(-0), 0)).toBe(true);
    expect(Object.is(scale(minor(-1), 1, 1000), 0)).toBe(true);
  });
});

describe('scaling', () => {
  test('rounds half away from zero', () => {
    expect(scale(minor(1), 1, 2)).toBe(1);
    expect(scale(minor(-1), 1, 2)).toBe(-1);
    expect(scale(minor(3), 1, 2)).toBe(2);
    expect(scale(minor(219), 742, 1000)).toBe(162);
  });

  test('a million times ten thousand loses nothing', () => {
    expect(scale(minor(100_000_000), 9_999_000, 1000)).toBe(999_900_000_000);
  });

  test('is never further than half a unit from the exact value', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 10_000 }), (amount, basisPoints) => {
        const exact = BigInt(amount) * BigInt(basisPoints);
        const twice = (BigInt(scale(amount, basisPoints, 10_000)) * 10_000n - exact) * 2n;
        expect(twice >= -10_000n && twice <= 10_000n).toBe(true);
      }),
    );
  });
});

describe('allocation', () => {
  test('the parts sum to the whole', () => {
    fc.assert(
      fc.property(amounts, weights, (amount, parts) => {
        fc.pre(parts.some((weight) => weight > 0));
        expect(sum(allocate(amount, parts))).toBe(amount);
      }),
    );
  });

  test('no part of a smaller whole exceeds its weight, and none differs from its share by a unit or more', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 0, max: 10_000 }), (parts, basisPoints) => {
        const total = sum(parts);
        fc.pre(total > 0);
        const whole = scale(total, basisPoints, 10_000);
        allocate(whole, parts).forEach((part, index) => {
          const weight = parts[index] ?? 0;
          expect(part).toBeLessThanOrEqual(weight);
          expect(Math.abs(part - (whole * weight) / total)).toBeLessThan(1 + 1e-6);
        });
      }),
    );
  });

  test('ties go to the earlier place', () => {
    expect(allocate(minor(1), [minor(5), minor(5), minor(5)])).toEqual([1, 0, 0]);
    expect(allocate(minor(-2), [minor(1), minor(1), minor(1)])).toEqual([-1, -1, 0]);
  });
});
