import type { Country, Currency, Language, VatClass } from '../../contract/basics.ts';
import type { VatRate } from '../ports/stores.ts';

/** Papers that carry a heading of their own, in the country's words. */
export const paperKinds = ['sale', 'return', 'copy', 'training', 'provisional', 'delivery', 'x', 'z'] as const;
export type PaperKind = (typeof paperKinds)[number];

/** What a receipt of the country has to carry, as the parts that a paper is built from. */
export type ReceiptContent = 'name' | 'address' | 'phone' | 'organisation' | 'number' | 'time' | 'register' | 'cashier' | 'lines' | 'discounts' | 'total' | 'vat' | 'tenders' | 'references';

/**
 * What X and Z show, part by part. Letters are those of the Norwegian regulation (docs/fiscal.md has the table); parts without one are asked
 * for by Sweden, or are Kassa's own.
 */
export const reportFields = [
  'total-sales', // e
  'groups', // f
  'tenders', // g
  'operators', // h
  'tips', // i
  'vat', // j
  'float', // k
  'receipts', // l
  'drawer-openings', // m, SE: all of them
  'drawer-openings-without-sale', // m, NO
  'copies', // n
  'provisional', // o
  'returns', // p
  'returns-without-receipt',
  'distance-sales',
  'discounts', // q
  'abandoned', // r
  'line-corrections', // s
  'price-enquiries', // t
  'other-corrections', // u
  'delivery', // v
  'training', // w
  'grand-sales', // x
  'grand-returns', // y
  'grand-net', // z
  'credit-sales',
  'pay-ins',
  'pay-outs',
  'goods',
  'services',
  'rounding',
  'cash-back',
  'refunds',
  'shifts',
] as const;
export type ReportField = (typeof reportFields)[number];

/** Everything that a country fixes for a shop: data, and the few functions that data can't say. Screens know no country. */
export type CountryPack = {
  readonly country: Country;
  readonly currency: Currency;
  readonly timeZone: string;
  readonly language: Language;
  /** Rates of each class by the day from which they hold. */
  readonly vat: readonly VatRate[];
  /** Rates of what is eaten in, for the classes where they differ. */
  readonly eatInVat: readonly VatRate[];
  /** Cash is rounded to this many minor units; 1 is none. */
  readonly cashStepMinor: number;
  /** The step a shop may choose instead, where the law leaves it the choice. */
  readonly chosenCashStepMinor: number | null;
  /** Coins and notes in use, largest first, minor units. */
  readonly cashPieces: readonly number[];
  /** Lines of each heading, in the country's words whatever the language of the receipts. */
  readonly headings: Readonly<Record<PaperKind, readonly string[]>>;
  /** Heading of a receipt that goes out without paper (NO-1, SE-3). */
  readonly electronicHeadings: { readonly sale: readonly string[]; readonly return: readonly string[] };
  /** Whether a receipt counts as given out when it was shown to be taken by QR, and whether a customer may do without (NO-7). */
  readonly receiptMayBe: { readonly shown: boolean; readonly declined: boolean };
  /** A heading is at least this many times as large as the largest amount on the paper (NO-8, SE-9). */
  readonly headingFactor: 1.5 | 2;
  /** The organisation number as the law wants it written. */
  readonly organisationText: (organisationNumber: string, vatRegistered: boolean) => string;
  /** Whether the VAT number has a line of its own; where not, the organisation number tells it. */
  readonly vatNumberLine: boolean;
  readonly receiptContent: readonly ReceiptContent[];
  /** Parts of X and Z in their order. */
  readonly reportFields: readonly ReportField[];
  /** Whether nothing is sold while the drawer stands open, where that is known (NO-14, SE-11). */
  readonly closesDrawer: boolean;
  /** Years of age that goods are sold from. */
  readonly ageLimits: { readonly beer: number; readonly spirits: number; readonly tobacco: number };
  /** What the country calls the kinds of tenders in its reports (C-14). */
  readonly tenderWords: { readonly cash: string; readonly card: string; readonly app: string; /** What a return and a sale cancel out in an exchange (SE-7). */ readonly setOff: string };
};

const always = '1970-01-01';

/** A rate of a class in basis points, from a day on. */
export const rate = (vatClass: VatClass, rateBasisPoints: number, from = always): VatRate => ({ vatClass, from, rateBasisPoints });

export const euroPieces = [20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5] as const;

/** Parts of a receipt that all five countries want. */
export const commonContent: readonly ReceiptContent[] = ['name', 'organisation', 'number', 'time', 'register', 'lines', 'discounts', 'total', 'vat', 'tenders', 'references'];

/** The order of the Norwegian regulation, which holds all that the other countries ask for. */
export const lettered: readonly ReportField[] = [
  'total-sales', 'groups', 'tenders', 'rounding', 'operators', 'tips', 'vat', 'float', 'receipts', 'drawer-openings-without-sale', 'copies', 'provisional', 'returns', 'returns-without-receipt', 'distance-sales', 'discounts',
  'abandoned', 'line-corrections', 'price-enquiries', 'other-corrections', 'delivery', 'training', 'credit-sales', 'pay-ins', 'pay-outs', 'cash-back', 'refunds', 'shifts',
  'grand-sales', 'grand-returns', 'grand-net',
];
