import { z } from 'zod';

/** ISO 4217 codes of the five countries. All of them have two decimals. */
export const currency = z.enum(['EUR', 'SEK', 'NOK', 'DKK']);
export type Currency = z.infer<typeof currency>;

/** ISO 3166 codes of the countries that Kassa serves. */
export const country = z.enum(['FI', 'SE', 'NO', 'DK', 'NL']);
export type Country = z.infer<typeof country>;

/** Languages of screens and receipts. */
export const language = z.enum(['en', 'sv', 'nb', 'da', 'fi', 'nl']);
export type Language = z.infer<typeof language>;

/** One text in all languages; the compiler misses none. Adapters bring their own words, so that a provider is one folder. */
export const words = z.record(language, z.string().min(1));
export type Words = Readonly<Record<Language, string>>;

/** An amount in minor units (cents, øre); may be negative. One million in major units is the till's limit. */
export const amountMinor = z.int().min(-100_000_000).max(100_000_000);

/** A price in minor units, VAT included. Negative for deposits given back. */
export const priceMinor = z.int().min(-100_000_000).max(100_000_000);

/** A quantity in thousandths: 1000 is one piece, 742 is 0.742 kg. */
export const quantityMilli = z.int().min(1).max(9_999_000);

/** A VAT rate in basis points: 2550 is 25.5 %. */
export const vatRateBasisPoints = z.int().min(0).max(10_000);

/**
 * VAT classes that articles carry; a dated table per country gives the rate. `low` is the rate of food (FI 13.5, SE 12 or
 * 6, NO 15, NL 9 %), `lowest` the second reduced rate (FI 10, SE 6, NO 12 %); a country without one uses the next above.
 */
export const vatClass = z.enum(['standard', 'low', 'lowest', 'zero']);
export type VatClass = z.infer<typeof vatClass>;

/** How food is served; it decides the VAT rate in some countries (C-16). */
export const serving = z.enum(['take-away', 'eat-in']);
export type Serving = z.infer<typeof serving>;

/** An instant, ISO 8601 in UTC with milliseconds. */
export const instant = z.iso.datetime({ offset: true });

/** Identifier of a stored thing: opaque to windows. */
export const id = z.string().min(1).max(64);

/** Short text typed by people: a name, a reason, a note. */
export const shortText = z.string().trim().max(200);
