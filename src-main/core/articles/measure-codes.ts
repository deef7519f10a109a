import type { Country } from '../../contract/basics.ts';

/** What the digits of a number made in the store mean. */
type MeasureRule = {
  /** The first two digits. */
  readonly prefix: string;
  readonly measure: 'price' | 'weight';
  /** Decimals of the five value digits. */
  readonly decimals: number;
};

/**
 * Numbers made in the store: `PP IIIII VVVVV C`, two prefix digits, five of the item (its PLU), five of the value and
 * the check digit. The Nordic custom: 20, 21 and 22 carry a price with two, one and no decimals, 23, 24 and 25 a weight
 * in kilograms with three, two and one. The Netherlands use 21 to 23 for prices and 28 for weights. Other prefixes from
 * 20 to 29 are numbers of articles that the shop itself has given out.
 */
const nordic: readonly MeasureRule[] = [
  { prefix: '20', measure: 'price', decimals: 2 },
  { prefix: '21', measure: 'price', decimals: 1 },
  { prefix: '22', measure: 'price', decimals: 0 },
  { prefix: '23', measure: 'weight', decimals: 3 },
  { prefix: '24', measure: 'weight', decimals: 2 },
  { prefix: '25', measure: 'weight', decimals: 1 },
];

const rules: Readonly<Record<Country, readonly MeasureRule[]>> = {
  FI: nordic,
  SE: nordic,
  NO: nordic,
  DK: nordic,
  NL: [
    { prefix: '21', measure: 'price', decimals: 2 },
    { prefix: '22', measure: 'price', decimals: 2 },
    { prefix: '23', measure: 'price', decimals: 2 },
    { prefix: '28', measure: 'weight', decimals: 3 },
  ],
};

export type InStoreCode = {
  /** Item number without leading zeros: the article's PLU. */
  readonly item: string;
  readonly priceMinor?: number;
  readonly weightMilli?: number;
};

/** Reads a 13-digit number made in the store; null when its prefix carries no measure in that country. */
export function readInStoreCode(ean13: string, country: Country): InStoreCode | null {
  const rule = rules[country].find((one) => ean13.startsWith(one.prefix));
  if (!rule) return null;
  const item = ean13.slice(2, 7).replace(/^0+(?=\d)/, '');
  const value = Number(ean13.slice(7, 12));
  // A value of all zeros is a label of the item without a measure.
  if (value === 0) return { item };
  return rule.measure === 'price'
    ? { item, priceMinor: value * 10 ** (2 - rule.decimals) }
    : { item, weightMilli: value * 10 ** (3 - rule.decimals) };
}
