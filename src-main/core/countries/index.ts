import type { Country, Serving, VatClass } from '../../contract/basics.ts';
import type { VatRate } from '../ports/stores.ts';
import { denmark } from './dk.ts';
import { finland } from './fi.ts';
import { netherlands } from './nl.ts';
import { norway } from './no.ts';
import type { CountryPack } from './pack.ts';
import { sweden } from './se.ts';

/** The pack of each country. A country is one file, and one line here. */
export const countries: Readonly<Record<Country, CountryPack>> = { FI: finland, SE: sweden, NO: norway, DK: denmark, NL: netherlands };

/** The step cash is rounded to in a shop, in minor units. The shop chooses only where its country leaves the choice. */
export function cashStepOf(shop: { readonly country: Country; readonly roundCash: boolean }): number {
  const { cashStepMinor, chosenCashStepMinor } = countries[shop.country];
  return shop.roundCash && chosenCashStepMinor !== null ? chosenCashStepMinor : cashStepMinor;
}

function rateIn(table: readonly VatRate[], vatClass: VatClass, day: string): VatRate | null {
  let found: VatRate | null = null;
  for (const entry of table) {
    if (entry.vatClass !== vatClass || entry.from > day) continue;
    if (found === null || entry.from >= found.from) found = entry;
  }
  return found;
}

/** The rate of a class on a day (YYYY-MM-DD, the shop's calendar), in basis points. A class without a rate is a bug and throws. */
export function vatRateOn(table: readonly VatRate[], vatClass: VatClass, day: string): number {
  const found = rateIn(table, vatClass, day);
  if (found === null) throw new Error(`vat: no rate for ${vatClass} on ${day}`);
  return found.rateBasisPoints;
}

/** The rate by day and by how it is served (C-16), of a shop's own table. What is eaten in has a rate of its own in some countries only. */
export function vatRateServed(country: Country, table: readonly VatRate[], vatClass: VatClass, day: string, serving: Serving): number {
  const eaten = serving === 'eat-in' ? rateIn(countries[country].eatInVat, vatClass, day) : null;
  return eaten?.rateBasisPoints ?? vatRateOn(table, vatClass, day);
}

/** Whether it matters in a country how food is served. */
export const asksServing = (country: Country): boolean => countries[country].eatInVat.length > 0;
