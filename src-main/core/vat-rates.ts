import type { Country, VatClass } from '../contract/basics.ts';
import type { VatRate } from './ports/stores.ts';

const since = '1970-01-01';

const rate = (vatClass: VatClass, rateBasisPoints: number, from = since): VatRate => ({
  vatClass,
  from,
  rateBasisPoints,
});

/**
 * The rates that a new shop of a country starts with, by the day from which each holds. A stored sale keeps the rate it
 * was sold at, whatever becomes of this table (docs/payments.md, "VAT").
 */
const rates: Readonly<Record<Country, readonly VatRate[]>> = {
  FI: [
    rate('standard', 2400),
    rate('standard', 2550, '2024-09-01'),
    rate('low', 1400),
    rate('low', 1350, '2026-01-01'),
    rate('lowest', 1000),
    rate('zero', 0),
  ],
  // Food is taxed at 6 % from April 2026 to the end of 2027 and at 12 % before and after.
  SE: [
    rate('standard', 2500),
    rate('low', 1200),
    rate('low', 600, '2026-04-01'),
    rate('low', 1200, '2028-01-01'),
    rate('lowest', 600),
    rate('zero', 0),
  ],
  NO: [rate('standard', 2500), rate('low', 1500), rate('lowest', 1200), rate('zero', 0)],
  DK: [rate('standard', 2500), rate('low', 2500), rate('lowest', 2500), rate('zero', 0)],
  NL: [rate('standard', 2100), rate('low', 900), rate('lowest', 900), rate('zero', 0)],
};

/** The dated VAT table of a country. */
export const countryVatRates = (country: Country): readonly VatRate[] => rates[country];

/** The rate of a class on a day (YYYY-MM-DD, the shop's calendar), in basis points. A class without a rate is a bug and throws. */
export function vatRateOn(table: readonly VatRate[], vatClass: VatClass, day: string): number {
  let found: VatRate | null = null;
  for (const entry of table) {
    if (entry.vatClass !== vatClass || entry.from > day) continue;
    if (found === null || entry.from >= found.from) found = entry;
  }
  if (found === null) throw new Error(`vat: no rate for ${vatClass} on ${day}`);
  return found.rateBasisPoints;
}
