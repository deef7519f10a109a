import type { z } from 'zod';
import { returnsInCash, type returnSettings } from '../../contract/returns.ts';
import type { ShopContext } from '../context.ts';

export type ReturnSettings = z.infer<typeof returnSettings>;

const inCashSetting = 'returns-in-cash';
const capSetting = 'returns-cashier-cap';

/** What the shop allows about returns; until it says otherwise cash goes back for cash, and a cashier gives back up to 100 euros or 1,000 kronor alone. */
export function returnSettingsOf({ stores, shop }: ShopContext): ReturnSettings {
  const inCash = returnsInCash.safeParse(stores.shop.setting(inCashSetting));
  const cap = stores.shop.setting(capSetting);
  return { inCash: inCash.success ? inCash.data : 'when-paid-in-cash', cashierCapMinor: cap === null ? (shop().currency === 'EUR' ? 10_000 : 100_000) : Number(cap) };
}

export function saveReturnSettings({ stores }: ShopContext, { inCash, cashierCapMinor }: ReturnSettings): void {
  stores.shop.setSetting(inCashSetting, inCash);
  stores.shop.setSetting(capSetting, String(cashierCapMinor));
}
