import type { VatClass } from '../../contract/basics.ts';
import type { VatRate } from '../../core/ports/stores.ts';
import { vatRateOn } from '../../core/countries/index.ts';

const classes: readonly VatClass[] = ['lowest', 'low', 'standard', 'zero'];

/** Classes by the rate that each has on a day. Of two classes with one rate the more usual one is taken. */
export function vatClassesByRate(table: readonly VatRate[], day: string): ReadonlyMap<number, VatClass> {
  const byRate = new Map<number, VatClass>();
  for (const vatClass of classes) byRate.set(vatRateOn(table, vatClass, day), vatClass);
  return byRate;
}
