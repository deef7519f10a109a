import type { Currency } from '../../contract/basics.ts';
import type { Element, Elements, Gs1Problem } from './gs1-elements.ts';

/** What a GS1 code says of one article. */
export type Gs1Article = {
  readonly gtin: string;
  /** Net weight in grams (AI 310n). */
  readonly weightMilli?: number;
  /** Amount to pay in minor units of the shop's currency (AI 392n, 393n). */
  readonly priceMinor?: number;
  /** Pieces within (AI 30). */
  readonly count?: number;
  /** Days as `yyyy-mm-dd` (AI 15, 17). */
  readonly bestBefore?: string;
  readonly expires?: string;
};

/** Why a code sells nothing: it is wrong, names no article, or carries a price in another currency than the shop's. */
export type ArticleProblem = Gs1Problem | 'not-article' | 'other-currency';

const currencyNumbers: Readonly<Record<Currency, string>> = { EUR: '978', SEK: '752', NOK: '578', DKK: '208' };
/** The most that a label may ask for or weigh: a million in major units, a thousand kilograms. */
const most = { price: 100_000_000, weight: 1_000_000, count: 9999 } as const;

/** A number with `decimals` places in units of which `places` decimals make one, rounded half up; from its digits alone. */
function scaled(digits: string, decimals: number, places: number): number {
  const shift = decimals - places;
  if (shift <= 0) return Number(digits + '0'.repeat(-shift));
  const filled = digits.padStart(shift + 1, '0');
  return Number(filled.slice(0, -shift)) + (Number(filled.at(-shift)) >= 5 ? 1 : 0);
}

/** `yymmdd` as a day of this century; the day 00 stands for the month's last (General Specifications, 3.4). */
function dayOf(data: string): string {
  const [year, month, day] = [2000 + Number(data.slice(0, 2)), Number(data.slice(2, 4)), Number(data.slice(4, 6))];
  return new Date(day === 0 ? Date.UTC(year, month, 0) : Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

/** The GTIN of what lies on the counter. Of something in several pieces (AI 8006) the first alone sells the whole. */
function gtinOf(said: ReadonlyMap<string, string>): string | null {
  const pieces = said.get('8006');
  if (pieces !== undefined) return pieces.slice(14, 16) === '01' ? pieces.slice(0, 14) : null;
  return said.get('01') ?? null;
}

type Numbers = { readonly weightMilli?: number; readonly priceMinor?: number; readonly count?: number };

/** The numbers of the elements; a zero says nothing. */
function numbersOf(elements: readonly Element[]): Numbers {
  const numbers: { weightMilli?: number; priceMinor?: number; count?: number } = {};
  for (const { ai, data } of elements) {
    const decimals = Number(ai.at(-1));
    if (ai.startsWith('310')) numbers.weightMilli = scaled(data, decimals, 3);
    else if (ai.startsWith('392')) numbers.priceMinor = scaled(data, decimals, 2);
    else if (ai.startsWith('393')) numbers.priceMinor = scaled(data.slice(3), decimals, 2);
    else if (ai === '30') numbers.count = Number(data);
  }
  return Object.fromEntries(Object.entries(numbers).filter(([, value]) => value > 0));
}

const tooMuch = ({ weightMilli = 0, priceMinor = 0, count = 0 }: Numbers): boolean =>
  priceMinor > most.price || weightMilli > most.weight || count > most.count;

/** The article that checked elements name, with what they say of this piece of it. */
export function articleOf(read: Elements, currency: Currency): Gs1Article | { readonly problem: ArticleProblem } {
  if ('problem' in read) return read;
  const said = new Map(read.elements.map(({ ai, data }) => [ai, data]));
  const gtin = gtinOf(said);
  if (gtin === null) return { problem: 'not-article' };
  const priced = read.elements.find(({ ai }) => ai.startsWith('393'));
  if (priced && priced.data.slice(0, 3) !== currencyNumbers[currency]) return { problem: 'other-currency' };
  const numbers = numbersOf(read.elements);
  if (tooMuch(numbers)) return { problem: 'gs1-value' };
  const [best, last] = [said.get('15'), said.get('17')];
  return {
    gtin,
    ...numbers,
    ...(best === undefined ? {} : { bestBefore: dayOf(best) }),
    ...(last === undefined ? {} : { expires: dayOf(last) }),
  };
}
