import type { ShopContext } from '../context.ts';

/** Chance of this installation, drawn once and again at every restore: a counter that went back in time never meets an old name. */
export function epochOf({ stores, randomHex }: ShopContext): string {
  const known = stores.shop.setting('epoch');
  if (known !== null) return known;
  const epoch = randomHex(4);
  stores.shop.setSetting('epoch', epoch);
  return epoch;
}
