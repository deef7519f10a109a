import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCode } from './codes.ts';

const GS = '\u001d';
/** Made-up numbers of GS1's own prefix for examples. */
const gtin = '09520000000011';

/** What came of a code at a Swedish till: the article with what is said of it, or why not. */
const read = (text: string): unknown => {
  const code = readCode(text, 'SE');
  return code.kind === 'unknown' ? code.problem : code;
};
const plain = { kind: 'gtin', gtin };
const measured = { kind: 'gtin-measure', gtin };

describe('element strings: where data ends', () => {
  test.each([
    ['data of fixed length needs no separator', `]C101${gtin}17271231`, { ...plain, expires: '2027-12-31' }],
    ['and one behind it does no harm', `]C101${gtin}${GS}17271231${GS}`, { ...plain, expires: '2027-12-31' }],
    ['data of variable length ends at FNC1', `]C110LOT-1${GS}01${gtin}`, plain],
    ['or at the end', `]C101${gtin}10LOT-1`, plain],
    ['without its separator it swallows the rest', `]C110LOT-101${gtin}`, 'gs1-broken'],
    ['a lot ends after 20 signs at the latest', `]C101${gtin}10${'A'.repeat(20)}`, plain],
    ['not after 21', `]C101${gtin}10${'A'.repeat(21)}`, 'gs1-broken'],
    ['data of fixed length that is no predefined one wants its separator', `]C101${gtin}422752${GS}10A`, plain],
    ['and is refused without', `]C101${gtin}42275210A`, 'gs1-broken'],
    ['FNC1 sent in front is no data', `${GS}01${gtin}`, plain],
    ['data that breaks off', `]C101${gtin.slice(0, 9)}`, 'gs1-broken'],
    ['an identifier without data', `]C101${gtin}10`, 'gs1-broken'],
    ['an identifier that GS1 has not given out', `]C101${gtin}05123`, 'gs1-broken'],
    ['nothing at all', ']C1', 'gs1-broken'],
    ['brackets as printed below a code', `(01)${gtin}(17)271231(10)A(1)B`, { ...plain, expires: '2027-12-31' }],
    ['brackets round what is too short', `(01)${gtin.slice(0, 13)}(10)A`, 'gs1-broken'],
    ['a sign that GS1 has not', `(01)${gtin}(10)Å`, 'gs1-broken'],
  ])('%s', (_rule, text, expected) => expect(read(text)).toEqual(expected));
});

describe('element strings: what they say', () => {
  test.each([
    ['a wrong check digit', `]C10109520000000012`, 'check-digit'],
    ['weight with three decimals', `]e001${gtin}3103000742`, { ...measured, weightMilli: 742 }],
    ['weight with two', `]e001${gtin}3102000074`, { ...measured, weightMilli: 740 }],
    ['weight in whole kilograms', `]e001${gtin}3100000002`, { ...measured, weightMilli: 2000 }],
    ['weight beyond grams is rounded', `]e001${gtin}3105000750`, { ...measured, weightMilli: 8 }],
    ['weight has six digits', `]e001${gtin}310300074`, 'gs1-broken'],
    ['a weight of zero says nothing', `]e001${gtin}3103000000`, plain],
    ['six decimals are none of GS1', `]e001${gtin}3106000742`, 'gs1-broken'],
    ['weight in pounds is left to the scale', `]e001${gtin}3203000742`, plain],
    ['price with two decimals', `]C101${gtin}39221999`, { ...measured, priceMinor: 1999 }],
    ['price with none', `]C101${gtin}392019`, { ...measured, priceMinor: 1900 }],
    ['price with three is rounded half up', `]C101${gtin}392319995`, { ...measured, priceMinor: 2000 }],
    ['price with nine', `]C101${gtin}3929123`, plain],
    ['a price beyond reason', `]C101${gtin}3920999999999999999`, 'gs1-value'],
    ['price in the currency of the shop', `]C101${gtin}39327521999`, { ...measured, priceMinor: 1999 }],
    ['price in another', `]C101${gtin}39329781999`, 'other-currency'],
    ['price in none', `]C101${gtin}39320011999`, 'gs1-value'],
    ['weight and price', `]C101${gtin}310300074239221999`, { ...measured, weightMilli: 742, priceMinor: 1999 }],
    ['number of pieces', `]C101${gtin}3012`, { ...measured, count: 12 }],
    ['best before', `]C101${gtin}15261231`, { ...plain, bestBefore: '2026-12-31' }],
    ['day 00 is the last of its month', `]C101${gtin}17280200`, { ...plain, expires: '2028-02-29' }],
    ['month 13', `]C101${gtin}17281300`, 'gs1-value'],
    ['30 February', `]C101${gtin}17280230`, 'gs1-value'],
    ['a country that is none', `]C101${gtin}422000`, 'gs1-value'],
    ['first of two pieces', `]C18006${gtin}0102`, plain],
    ['second of two pieces', `]C18006${gtin}0202`, 'not-article'],
    ['third of two pieces', `]C18006${gtin}0302`, 'gs1-value'],
    ['a parcel', ']C100095201234567890122', 'not-article'],
    ['what a parcel holds', `]C102${gtin}3712`, 'not-article'],
    ['a place', ']C14149520000000011', 'not-article'],
    ['a coupon', ']C12559520000000011', 'not-article'],
  ])('%s', (_rule, text, expected) => expect(read(text)).toEqual(expected));
});

describe('element strings: what goes together', () => {
  test.each([
    ['the same said twice', `]C101${gtin}10A${GS}10A`, plain],
    ['two lots', `]C101${gtin}10A${GS}10B`, 'gs1-pair'],
    ['two weights', `]C101${gtin}31030007423102000074`, 'gs1-pair'],
    ['two articles', `]C101${gtin}0109520000000028`, 'gs1-pair'],
    ['an article and the content of a parcel', `]C101${gtin}02${gtin}3712`, 'gs1-pair'],
    ['a content without its count', `]C102${gtin}`, 'gs1-pair'],
    ['a count of a parcel beside an article', `]C101${gtin}3712`, 'gs1-pair'],
    ['prices with and without currency', `]C101${gtin}39221999${GS}39327521999`, 'gs1-pair'],
    ['a second serial number without a first', `]C101${gtin}250A`, 'gs1-pair'],
    ['two serial numbers', `]C101${gtin}21A${GS}250B`, plain],
    ['serial numbers of two kinds', `]C101${gtin}21A${GS}235B`, 'gs1-pair'],
  ])('%s', (_rule, text, expected) => expect(read(text)).toEqual(expected));
});

describe('Digital Links', () => {
  test.each([
    ['of GS1', `https://id.gs1.org/01/${gtin}`, plain],
    ['of any domain, with a path before the key', `https://www.example.org/some/where/01/${gtin}`, plain],
    ['with port, slash and fragment', `HTTP://example.org:8080/01/${gtin}/#top`, plain],
    ['with qualifiers', `https://example.org/01/${gtin}/22/2A/10/LOT/21/S1`, plain],
    ['with qualifiers in the wrong order', `https://example.org/01/${gtin}/21/S1/10/LOT`, 'unreadable'],
    ['with what is no qualifier', `https://example.org/01/${gtin}/17/271231`, 'unreadable'],
    ['with attributes', `https://example.org/01/${gtin}?17=271231&3103=000742`, { ...measured, expires: '2027-12-31', weightMilli: 742 }],
    ['with a price', `https://example.org/01/${gtin}?3922=1999`, { ...measured, priceMinor: 1999 }],
    ['with the owner’s own words', `https://example.org/01/${gtin}?linkType=all&lang=sv`, plain],
    ['with a number that is no identifier', `https://example.org/01/${gtin}?05=1`, 'gs1-broken'],
    ['with signs in percent', `https://example.org/01/${gtin}/10/A%2FB`, plain],
    ['with signs in broken percent', `https://example.org/01/${gtin}/10/A%2`, 'unreadable'],
    ['with signs in percent that GS1 has not', `https://example.org/01/${gtin}/10/A%20B`, 'gs1-broken'],
    ['of the first edition, with a word and 13 digits', `https://example.org/gtin/9520000000011`, plain],
    ['with too few digits', 'https://example.org/01/952000', 'gs1-broken'],
    ['with a wrong check digit', 'https://example.org/01/09520000000012', 'check-digit'],
    ['of a piece', `https://example.org/8006/${gtin}0102`, plain],
    ['of a parcel', 'https://example.org/00/095201234567890122', 'not-article'],
    ['of a place', 'https://example.org/414/9520000000011/254/A', 'not-article'],
    ['compressed', 'https://example.org/AQnYUc1gmiERBhQ', 'unreadable'],
    ['another address', 'https://example.org/hello', 'unreadable'],
    ['another scheme', `ftp://example.org/01/${gtin}`, 'unreadable'],
  ])('%s', (_rule, text, expected) => expect(read(text)).toEqual(expected));
});

test('no element string with one digit of its article changed names another article', () => {
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 17 }), fc.integer({ min: 1, max: 9 }), (place, by) => {
      const good = `]C101${gtin}3103000742`;
      const at = place + 1;
      const wrong = good.slice(0, at) + String((Number(good[at]) + by) % 10) + good.slice(at + 1);
      expect(readCode(wrong, 'SE').kind).toBe('unknown');
    }),
  );
});
