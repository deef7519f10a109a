import type { Country, Currency, Language } from '../contract/basics.ts';

/** What a country fixes for a shop. */
export type CountryFacts = {
  readonly currency: Currency;
  readonly timeZone: string;
  readonly language: Language;
  /** Cash is rounded to this many minor units; 1 is none. NL may choose 5. */
  readonly cashStepMinor: number;
  /** Coins and notes in use, largest first, minor units. */
  readonly cashPieces: readonly number[];
};

const euroPieces = [20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5];

export const countries: Readonly<Record<Country, CountryFacts>> = {
  FI: { currency: 'EUR', timeZone: 'Europe/Helsinki', language: 'fi', cashStepMinor: 5, cashPieces: euroPieces },
  SE: {
    currency: 'SEK',
    timeZone: 'Europe/Stockholm',
    language: 'sv',
    cashStepMinor: 100,
    cashPieces: [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100],
  },
  NO: {
    currency: 'NOK',
    timeZone: 'Europe/Oslo',
    language: 'nb',
    cashStepMinor: 100,
    cashPieces: [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 100],
  },
  DK: {
    currency: 'DKK',
    timeZone: 'Europe/Copenhagen',
    language: 'da',
    cashStepMinor: 50,
    cashPieces: [50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50],
  },
  NL: { currency: 'EUR', timeZone: 'Europe/Amsterdam', language: 'nl', cashStepMinor: 1, cashPieces: [...euroPieces, 2, 1] },
};

/** The step cash is rounded to in a shop, in minor units. Only NL leaves the choice to the shop. */
export const cashStepOf = (shop: { readonly country: Country; readonly roundCash: boolean }): number =>
  shop.country === 'NL' && shop.roundCash ? 5 : countries[shop.country].cashStepMinor;
