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
    expect(readCode(`(01)${gtin}(17)271231(10)X`, 'SE')).toEqual({ kind: 'gtin', gtin, expires: '2027-12-31' });
    expect(readCode(`]d201${gtin}17271231`, 'SE')).toEqual({ kind: 'gtin', gtin, expires: '2027-12-31' });
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

describe('what each symbology may carry', () => {
  const gtin14 = '09520000000011';
  const found = (gtin: string): object => ({ kind: 'gtin', gtin });
  const refused = (problem: string): object => ({ kind: 'unknown', problem });

  test.each([
    ['EAN-13', ']E09520000000011', found('9520000000011')],
    ['EAN-13 with the two digits of a magazine', ']E3952000000001105', found('9520000000011')],
    ['EAN-13 with the five digits of a book', ']E3952000000001151299', found('9520000000011')],
    ['the digits of a magazine alone', ']E105', refused('not-article')],
    ['EAN-13 with a wrong check digit', ']E09520000000012', refused('check-digit')],
    ['EAN-13 half read', ']E0952000', refused('unreadable')],
    ['UPC-A sent as 13 digits', ']E00952000000019', found('0952000000019')],
    ['UPC-A as it is', ']E0952000000019', found('952000000019')],
    ['UPC-A without a mark', '952000000019', found('952000000019')],
    ['UPC-E as it is', ']E001234505', found('012000003455')],
    ['UPC-E without a mark', '01234505', found('012000003455')],
    ['UPC-E is no Code 128', ']C001234505', refused('check-digit')],
    ['UPC-E with a wrong check digit', ']E001234506', refused('check-digit')],
    ['EAN-8', ']E495200019', found('95200019')],
    ['EAN-8 without a mark', '95200019', found('95200019')],
    ['what is marked as EAN-8 is no UPC-E', ']E401234505', refused('check-digit')],
    ['ITF-14', ']I119520000000018', found('19520000000018')],
    ['ITF-14 of which the check digit was not looked at', ']I019520000000019', refused('check-digit')],
    ['ITF-14 sent without its check digit', ']I31952000000001', found('19520000000018')],
    ['ITF read in part', ']I1952000', refused('unreadable')],
    ['GTIN-14 without a mark', '19520000000018', found('19520000000018')],
    ['Code 128 with an EAN', ']C09520000000011', found('9520000000011')],
    ['Code 128 with the number of an article', ']C04011', { kind: 'plu', plu: '4011' }],
    ['Code 128 with a receipt of ours', ']C0R2-1042', { kind: 'receipt', registerNumber: 2, number: 1042 }],
    ['Code 128 without FNC1 holds no elements', `]C001${gtin14}`, refused('unreadable')],
    ['Code 128 with FNC1 in second place', `]C201${gtin14}`, refused('unreadable')],
    ['Code 39 with the number of an article', ']A0AB-12', { kind: 'plu', plu: 'AB-12' }],
    ['GS1-128', `]C101${gtin14}`, found(gtin14)],
    ['GS1 DataBar', `]e001${gtin14}`, found(gtin14)],
    ['GS1 DataMatrix', `]d201${gtin14}`, found(gtin14)],
    ['GS1 QR', `]Q301${gtin14}`, found(gtin14)],
    ['GS1 DotCode', `]J101${gtin14}`, found(gtin14)],
    ['DataMatrix without FNC1 holds no elements', `]d101${gtin14}`, refused('unreadable')],
    ['QR with a Digital Link', `]Q1https://example.org/01/${gtin14}`, found(gtin14)],
    ['QR with another address', ']Q1https://example.org/', refused('unreadable')],
    ['QR with the number of an article', ']Q14011', refused('unreadable')],
    ['a GS1 code holds no receipt', ']C1R2-1042', refused('gs1-broken')],
    ['GS1-128 holds no bare EAN', ']C19520000000011', refused('not-article')],
  ])('reads %s', (_rule, text, expected) => expect(readCode(text, 'SE')).toMatchObject(expected));

  test('an in-store number reads as such by every way it comes', () => {
    for (const mark of ['', ']E0', ']C0']) {
      expect(readCode(`${mark}${withCheck('230123400742')}`, 'SE')).toMatchObject({ kind: 'in-store', item: '1234', weightMilli: 742 });
      expect(readCode(`${mark}2912345000011`, 'SE')).toMatchObject({ kind: 'gtin', gtin: '2912345000011' });
    }
  });
});
