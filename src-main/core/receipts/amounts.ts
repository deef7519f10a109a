import type { Currency, Language } from '../../contract/basics.ts';
import type { Unit } from '../../contract/sale.ts';

const locales: Readonly<Record<Language, string>> = {
  en: 'en-IE',
  sv: 'sv-SE',
  nb: 'nb-NO',
  da: 'da-DK',
  fi: 'fi-FI',
  nl: 'nl-NL',
};

const formats = new Map<string, Intl.NumberFormat>();

function format(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language}:${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locales[language], options);
  formats.set(key, made);
  return made;
}

/** `26,11` – an amount as papers show it in rows, without its currency. The decimal string is built from whole units. */
export function paperAmount(language: Language, amountMinor: number): string {
  const fixed = format(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return fixed.format(decimal(amountMinor));
}

/** `26,11 €` – an amount with its currency. */
export function paperMoney(language: Language, amountMinor: number, currency: Currency): string {
  return format(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(decimal(amountMinor));
}

/** `0,742` or `3` – a quantity in thousandths. */
export const paperQuantity = (language: Language, quantityMilli: number): string =>
  format(language, { maximumFractionDigits: 3 }).format(`${quantityMilli}e-3` as unknown as number);

/** `25,5 %` – a rate in basis points. */
export const paperRate = (language: Language, basisPoints: number): string =>
  format(language, { style: 'percent', maximumFractionDigits: 2 }).format(`${basisPoints}e-4` as unknown as number);

/** Units that quantities of weighed and measured articles are shown in. */
export const paperUnit = (unit: Unit): string => (unit === 'piece' ? '' : unit);

// Intl formats decimal strings exactly, so that no amount passes through a binary fraction; its types know numbers only.
const decimal = (amountMinor: number): number => `${amountMinor}e-2` as unknown as number;
