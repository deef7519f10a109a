import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCode } from './codes.ts';
import { checkDigit, expandUpcE, gtinProblem } from './gtin.ts';

const GS = '\u001d';
const withCheck = (body: string): string => `${body}${checkDigit(body)}`;

describe('GTINs', () => {
  test('every number with its own check digit is good, and no single wrong digit passes', () => {
    fc.assert(
      fc.property(fc.constantFrom(7, 11, 12, 13), fc.infiniteStream(fc.integer({ min: 0, max: 9 })), fc.nat(), (length, stream, at) => {
        const body = [...stream.take(length)].join('');
        const gtin = withCheck(body);
        expect(gtinProblem(gtin)).toBeNull();
        const place = at % gtin.length;
        const wrong = (Number(gtin[place]) + 1) % 10;
        expect(gtinProblem(gtin.slice(0, place) + wrong + gtin.slice(place + 1))).toBe('check-digit');
      }),
    );
  });

  test('letters and odd lengths are named', () => {
    expect(gtinProblem('64a0000000000')).toBe('not-digits');
    expect(gtinProblem('12345')).toBe('length');
  });

  test('a UPC-E stands for its UPC-A', () => {
    expect(expandUpcE('04252614')).toBe('042100005264');
    expect(expandUpcE('01234505')).toBe('012000003455');
    expect(expandUpcE('04252615')).toBeNull();
  });
});

describe('reading codes', () => {
  const ean = withCheck('731234500001');

  test('an EAN is read with and without its symbology identifier', () => {
    expect(readCode(ean, 'SE')).toEqual({ kind: 'gtin', gtin: ean });
    expect(readCode(`]E0${ean}`, 'SE')).toEqual({ kind: 'gtin', gtin: ean });
  });

  test('a wrong check digit is named, not searched for', () => {
    const wrong = ean.slice(0, -1) + ((Number(ean.at(-1)) + 1) % 10);
    expect(readCode(wrong, 'SE')).toMatchObject({ kind: 'unknown', problem: 'check-digit' });
  });

  test('price and weight labels follow the custom of the country', () => {
    expect(readCode(withCheck('200123401999'), 'FI')).toMatchObject({ kind: 'in-store', item: '1234', priceMinor: 1999 });
    expect(readCode(withCheck('230123400742'), 'NO')).toMatchObject({ kind: 'in-store', item: '1234', weightMilli: 742 });
    expect(readCode(withCheck('280123400742'), 'NL')).toMatchObject({ kind: 'in-store', weightMilli: 742 });
    expect(readCode(withCheck('280123400742'), 'FI')).toMatchObject({ kind: 'gtin' });
  });

  test('GS1 element strings give GTIN, weight and price', () => {
    const gtin = withCheck('0731234500001');
    expect(readCode(`]C101${gtin}3103000742`, 'SE')).toEqual({ kind: 'gtin-measure', gtin, weightMilli: 742 });
    expect(readCode(`01${gtin}10AB-12${GS}3922${'1999'}`, 'SE')).toEqual({ kind: 'gtin-measure', gtin, priceMinor: 1999 });
    expect(readCode(`(01)${gtin}(17)271231(10)X`, 'SE')).toEqual({ kind: 'gtin', gtin });
    expect(readCode(`]d201${gtin}17271231`, 'SE')).toEqual({ kind: 'gtin', gtin });
    expect(readCode(`]C101${gtin.slice(0, 9)}`, 'SE')).toMatchObject({ kind: 'unknown' });
  });

  test('a Digital Link gives its GTIN and weight', () => {
    const gtin = withCheck('0731234500001');
    expect(readCode(`https://id.example.org/01/${gtin}/10/LOT?3103=000742`, 'SE')).toEqual({ kind: 'gtin-measure', gtin, weightMilli: 742 });
    expect(readCode('https://example.org/hello', 'SE')).toMatchObject({ kind: 'unknown' });
  });

  test('short digits are PLUs and our own barcodes are receipts', () => {
    expect(readCode('4011', 'SE')).toEqual({ kind: 'plu', plu: '4011' });
    expect(readCode('R2-1042', 'SE')).toEqual({ kind: 'receipt', registerNumber: 2, number: 1042 });
  });

  test('whatever is scanned, reading never throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        expect(readCode(text, 'DK').kind).toBeTypeOf('string');
      }),
      { numRuns: 1000 },
    );
  });
});
