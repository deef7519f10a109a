import type { Currency, Language } from '../../../src-main/contract/basics.ts';
import type { Unit } from '../../../src-main/contract/sale.ts';

const locales: Readonly<Record<Language, string>> = { en: 'en-IE', sv: 'sv-SE', nb: 'nb-NO', da: 'da-DK', fi: 'fi-FI', nl: 'nl-NL' };

const made = new Map<string, Intl.NumberFormat>();

function numberFormat(language: Language, key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const name = `${language} ${key}`;
  const known = made.get(name);
  if (known) return known;
  const format = new Intl.NumberFormat(locales[language], options);
  made.set(name, format);
  return format;
}

// Intl reads decimal strings exactly: no amount becomes a binary fraction on its way to the screen.
const exact = (digits: string): number => digits as unknown as number;

/** `26,11` – an amount in minor units, without its currency. */
export const amount = (language: Language, minor: number): string =>
  numberFormat(language, 'amount', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(exact(`${minor}e-2`));

/** `26,11 €` – an amount in minor units with its currency. */
export const money = (language: Language, minor: number, currency: Currency): string =>
  numberFormat(language, currency, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(exact(`${minor}e-2`));

/** `0,742` – a quantity in thousandths. */
export const quantity = (language: Language, milli: number): string =>
  numberFormat(language, 'quantity', { maximumFractionDigits: 3 }).format(exact(`${milli}e-3`));

/** `12,5 %` – a share in basis points. */
export const percent = (language: Language, basisPoints: number): string =>
  numberFormat(language, 'percent', { style: 'percent', maximumFractionDigits: 2 }).format(exact(`${basisPoints}e-4`));

export const count = (language: Language, value: number): string => numberFormat(language, 'count', {}).format(value);

/** `3,4 Mt` – the size of a file. */
export const fileSize = (language: Language, bytes: number): string =>
  numberFormat(language, 'megabyte', { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1, minimumFractionDigits: 1 }).format(bytes / 1_000_000);

/** The unit as written after a quantity; pieces have none. */
export const unitSign = (unit: Unit): string => (unit === 'piece' ? '' : unit);

/** The hour on the clock, in the shop's zone. */
export const clockTime = (language: Language, ms: number, timeZone: string): string =>
  new Intl.DateTimeFormat(locales[language], { hour: '2-digit', minute: '2-digit', timeZone }).format(ms);

/** Day and hour of something that happened, in the shop's zone. */
export const dayTime = (language: Language, iso: string, timeZone: string): string =>
  new Intl.DateTimeFormat(locales[language], { dateStyle: 'short', timeStyle: 'short', timeZone }).format(Date.parse(iso));

/** A calendar day, `2026-07-01`, as it is written in a language. */
export const calendarDay = (language: Language, day: string): string =>
  new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(day));

/** The second on the clock, in the shop's zone: steps of a payment are seconds apart. */
export const secondTime = (language: Language, iso: string, timeZone: string): string =>
  new Intl.DateTimeFormat(locales[language], { timeStyle: 'medium', timeZone }).format(Date.parse(iso));
