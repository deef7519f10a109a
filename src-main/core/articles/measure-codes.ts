import type { MeasurePattern } from '../../contract/articles.ts';
import type { Country } from '../../contract/basics.ts';
import { valueCheckDigit } from './value-check-digit.ts';

/*
 * Numbers made in the store. The Nordic custom: 20, 21 and 22 carry a price with two, one and no decimals, 23, 24 and 25 a weight in kilograms
 * with three, two and one. The Netherlands use 21 to 23 for prices and 28 for weights. A shop whose scale prints otherwise says so. Other
 * prefixes from 20 to 29 are numbers of articles that the shop itself has given out.
 */
const nordic: readonly MeasurePattern[] = [
  { signs: '20IIIIIPPPPPC', decimals: 2 },
  { signs: '21IIIIIPPPPPC', decimals: 1 },
  { signs: '22IIIIIPPPPPC', decimals: 0 },
  { signs: '23IIIIIWWWWWC', decimals: 3 },
  { signs: '24IIIIIWWWWWC', decimals: 2 },
  { signs: '25IIIIIWWWWWC', decimals: 1 },
];

/** The custom of each country, for shops that say nothing else. */
export const usualPatterns: Readonly<Record<Country, readonly MeasurePattern[]>> = {
  FI: nordic,
  SE: nordic,
  NO: nordic,
  DK: nordic,
  NL: [
    { signs: '21IIIIIPPPPPC', decimals: 2 },
    { signs: '22IIIIIPPPPPC', decimals: 2 },
    { signs: '23IIIIIPPPPPC', decimals: 2 },
    { signs: '28IIIIIWWWWWC', decimals: 3 },
  ],
};

/** Why a pattern can't be used; each has words of its own. */
export type PatternProblem = 'length' | 'prefix' | 'order' | 'check-length' | 'decimals' | 'same-prefix';

/** What a number read by a pattern says. */
export type InStoreCode = {
  /** Item number without leading zeros: the article's PLU. */
  readonly item: string;
  readonly priceMinor?: number;
  readonly weightMilli?: number;
};

const shape = /^(\d+)(?:I+V?)(?:(P+)|(W+))V?C$/;
const prefixOf = (signs: string): string => /^\d*/.exec(signs)?.[0] ?? '';

/** The digits of a number that stand where the pattern has this sign. */
const digitsAt = (signs: string, digits: string, sign: string): string => [...digits].filter((_, index) => signs[index] === sign).join('');

/** What is wrong with a pattern among those before it; null: nothing. The check digit `V` is of four or five digits (GS1 General Specifications 7.9). */
export function patternProblem(pattern: MeasurePattern, before: readonly MeasurePattern[]): PatternProblem | null {
  const { signs, decimals } = pattern;
  if (signs.length !== 13) return 'length';
  const prefix = prefixOf(signs);
  if (!/^(?:2\d{1,3}|0[24]\d{0,2})$/.test(prefix)) return 'prefix';
  const read = shape.exec(signs);
  const [price, weight] = [read?.[2] ?? '', read?.[3] ?? ''];
  if (!read || (signs.match(/V/g)?.length ?? 0) > 1) return 'order';
  if (signs.includes('V') && ![4, 5].includes(price.length + weight.length)) return 'check-length';
  if (decimals > (price === '' ? 3 : 2)) return 'decimals';
  return before.some((other) => prefixOf(other.signs).startsWith(prefix) || prefix.startsWith(prefixOf(other.signs))) ? 'same-prefix' : null;
}

/** Reads a 13-digit number by the shop's patterns: null when no pattern has its prefix, `check-digit` when the digit behind its value is wrong. */
export function readInStoreCode(ean13: string, patterns: readonly MeasurePattern[]): InStoreCode | 'check-digit' | null {
  const pattern = patterns.find(({ signs }) => ean13.startsWith(prefixOf(signs)));
  if (!pattern) return null;
  const { signs, decimals } = pattern;
  const item = digitsAt(signs, ean13, 'I').replace(/^0+(?=\d)/, '');
  const price = digitsAt(signs, ean13, 'P');
  const text = price === '' ? digitsAt(signs, ean13, 'W') : price;
  const verifier = digitsAt(signs, ean13, 'V');
  if (verifier !== '' && valueCheckDigit(text) !== verifier) return 'check-digit';
  const value = Number(text);
  // A value of all zeros is a label of the item without a measure.
  if (value === 0) return { item };
  return price === '' ? { item, weightMilli: value * 10 ** (3 - decimals) } : { item, priceMinor: value * 10 ** (2 - decimals) };
}
