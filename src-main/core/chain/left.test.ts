import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minor } from '../money.ts';
import { leftOver, reserveOf, type Claim, type OwnRefund } from './left.ts';

const claim = (reference: string, amountMinor: number, released = false): Claim => ({ reference, amountMinor: minor(amountMinor), released });
const own = (reference: string, amountMinor: number, refused = false): OwnRefund => ({ reference, amountMinor: minor(amountMinor), refused });

describe('what of a payment may still go back over all stores', () => {
  test('claims count until they are released; what a store gave back before the chain was there counts once', () => {
    expect(leftOver(minor(500), [claim('a', 100), claim('b', 50, true)], [own('a', 100), own('old', 30), own('no', 70, true)])).toBe(370);
    expect(leftOver(minor(100), [], [own('old', 80), own('older', 40)])).toBe(0);
  });

  test('a name is one refund: again the same is the same, another amount is refused, and what was given up never comes back', () => {
    const claims = [claim('a', 100), claim('gone', 50, true)];
    expect(reserveOf({ reference: 'a', amountMinor: minor(100) }, minor(500), claims, [])).toEqual({ kind: 'reserved', again: true });
    expect(reserveOf({ reference: 'a', amountMinor: minor(99) }, minor(500), claims, [])).toEqual({ kind: 'name-taken' });
    expect(reserveOf({ reference: 'gone', amountMinor: minor(50) }, minor(500), claims, [])).toEqual({ kind: 'name-taken' });
    expect(reserveOf({ reference: 'b', amountMinor: minor(401) }, minor(500), claims, [])).toEqual({ kind: 'too-much', leftMinor: 400 });
  });

  /** Stores that reserve, give back, are refused and ask again in any order; some refunds were there before the chain. */
  test('PAY-I6 however stores reserve, repeat and give up, what went back never exceeds the payment, and all of it can go back', () => {
    const step = fc.record({ act: fc.constantFrom('reserve', 'again', 'refuse', 'give'), name: fc.integer({ min: 0, max: 11 }), amountMinor: fc.integer({ min: 1, max: 700 }) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 3 }), fc.array(step, { maxLength: 40 }), (paid, before, steps) => {
        let left = paid;
        const old: OwnRefund[] = [];
        for (const amount of before) {
          if (amount > left) continue;
          left -= amount;
          old.push(own(`old-${old.length}`, amount));
        }
        let claims: readonly Claim[] = [];
        const given = new Set<string>();
        for (const { act, name, amountMinor } of steps) {
          const reference = `r-${name}`;
          if (act === 'reserve' || act === 'again') {
            const amount = act === 'again' ? (claims.find((one) => one.reference === reference)?.amountMinor ?? minor(amountMinor)) : minor(amountMinor);
            const reserved = reserveOf({ reference, amountMinor: amount }, minor(paid), claims, old);
            if (reserved.kind === 'reserved' && !reserved.again) claims = [...claims, claim(reference, amount)];
            if (reserved.kind === 'too-much') expect(reserved.leftMinor).toBe(leftOver(minor(paid), claims, old));
          } else if (act === 'give') {
            if (claims.some((one) => one.reference === reference && !one.released)) given.add(reference);
          } else if (!given.has(reference)) claims = claims.map((one) => (one.reference === reference ? { ...one, released: true } : one));
          const gone = claims.filter((one) => given.has(one.reference)).reduce((all, one) => all + one.amountMinor, 0) + old.reduce((all, one) => all + one.amountMinor, 0);
          expect(gone).toBeLessThanOrEqual(paid);
        }
        // What is left can be reserved to the last cent, and then nothing more.
        const rest = leftOver(minor(paid), claims, old);
        if (rest > 0) expect(reserveOf({ reference: 'rest', amountMinor: rest }, minor(paid), claims, old).kind).toBe('reserved');
        expect(reserveOf({ reference: 'more', amountMinor: minor(rest + 1) }, minor(paid), claims, old)).toEqual({ kind: 'too-much', leftMinor: rest });
      }),
      { numRuns: 300 },
    );
  });
});
