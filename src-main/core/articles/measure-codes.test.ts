import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCode } from './codes.ts';
import { checkDigit } from './gtin.ts';
import { patternProblem, readInStoreCode, usualPatterns } from './measure-codes.ts';
import { valueCheckDigit } from './value-check-digit.ts';

const withCheck = (body: string): string => `${body}${checkDigit(body)}`;

describe('labels of the shop’s own scale', () => {
  test('the examples of the standard: 2875 has 9 behind it, 14685 has 6', () => {
    expect(valueCheckDigit('2875')).toBe('9');
    expect(valueCheckDigit('14685')).toBe('6');
    expect(() => valueCheckDigit('123')).toThrow('four or five');
  });

  test('no single wrong digit of a value passes its check digit', () => {
    fc.assert(
      fc.property(fc.constantFrom(4, 5), fc.nat({ max: 99_999 }), fc.nat(), fc.integer({ min: 1, max: 9 }), (length, value, at, by) => {
        const digits = String(value % 10 ** length).padStart(length, '0');
        const place = at % length;
        const wrong = digits.slice(0, place) + String((Number(digits[place]) + by) % 10) + digits.slice(place + 1);
        expect(valueCheckDigit(wrong)).not.toBe(valueCheckDigit(digits));
      }),
    );
  });

  test('every pattern of a country is one that a shop could write itself', () => {
    for (const patterns of Object.values(usualPatterns)) {
      for (const [index, pattern] of patterns.entries()) expect(patternProblem(pattern, patterns.slice(0, index))).toBeNull();
    }
  });

  test.each([
    ['20IIIIPPPPPC', 2, 'length'],
    ['50IIIIIPPPPPC', 2, 'prefix'],
    ['2IIIIIIPPPPPC', 2, 'prefix'],
    ['20PPPPPIIIIIC', 2, 'order'],
    ['20IIIIIPPWWWC', 2, 'order'],
    ['20IIIIVPPPPVC', 2, 'order'],
    ['20IIIVPPPPPPC', 2, 'check-length'],
    ['20IIIIIPPPPPC', 3, 'decimals'],
    ['23IIIIIPPPPPC', 2, 'same-prefix'],
    ['231IIIIPPPPPC', 2, 'same-prefix'],
    ['231IIIIWWWWWC', 3, 'same-prefix'],
  ] as const)('%s with %i decimals is refused: %s', (signs, decimals, problem) => {
    expect(patternProblem({ signs, decimals }, [{ signs: '23IIIIIWWWWWC', decimals: 3 }])).toBe(problem);
  });

  test('a shop’s pattern is read by its own places, and the price’s check digit holds', () => {
    const patterns = [{ signs: '24IIIIVPPPPPC', decimals: 2 }, { signs: '02IIIIIVPPPPC', decimals: 2 }];
    const label = withCheck(`241234${valueCheckDigit('14685')}14685`);
    expect(readInStoreCode(label, patterns)).toEqual({ item: '1234', priceMinor: 14_685 });
    expect(readCode(withCheck('241234514685'), 'FI', patterns)).toMatchObject({ kind: 'unknown', problem: 'check-digit' });
    // A UPC-A of number system 2 is the same number without its zero.
    const upc = withCheck(`212345${valueCheckDigit('2875')}2875`);
    expect(readCode(upc, 'FI', patterns)).toMatchObject({ kind: 'in-store', item: '12345', priceMinor: 2875 });
    expect(readCode(`]E0${upc}`, 'FI', patterns)).toMatchObject({ kind: 'in-store', item: '12345', priceMinor: 2875 });
    // What the country would have read is an article's own number here.
    expect(readCode(withCheck('200123401999'), 'FI', patterns)).toMatchObject({ kind: 'gtin' });
  });

  test('whatever a pattern is and whatever the digits are, item and value are those of its places', () => {
    const pattern = fc.record({ item: fc.integer({ min: 3, max: 6 }), weight: fc.boolean(), decimals: fc.integer({ min: 0, max: 2 }) });
    fc.assert(
      fc.property(pattern, fc.nat({ max: 999_999 }), fc.nat({ max: 9_999_999 }), ({ item, weight, decimals }, itemNumber, value) => {
        const places = 10 - item;
        const signs = `21${'I'.repeat(item)}${(weight ? 'W' : 'P').repeat(places)}C`;
        expect(patternProblem({ signs, decimals }, [])).toBeNull();
        const [ownItem, ownValue] = [itemNumber % 10 ** item, value % 10 ** places];
        const label = withCheck(`21${String(ownItem).padStart(item, '0')}${String(ownValue).padStart(places, '0')}`);
        const scaled = ownValue * 10 ** ((weight ? 3 : 2) - decimals);
        const measure = ownValue === 0 ? {} : weight ? { weightMilli: scaled } : { priceMinor: scaled };
        expect(readInStoreCode(label, [{ signs, decimals }])).toEqual({ item: String(ownItem), ...measure });
      }),
    );
  });
});
