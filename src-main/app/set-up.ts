import type { ParsedInput } from '../contract/index.ts';
import type { ShopView } from '../contract/shop.ts';
import type { Country, Language } from '../contract/basics.ts';
import { countries } from '../core/countries/index.ts';
import type { Stores } from '../core/ports/stores.ts';
import type { Crypto, Ids } from '../core/ports/world.ts';

/** A shop of a country with everything that the country fixes, and nothing else filled in. */
export const shopOfCountry = (country: Country, language: Language, name: string): ShopView => ({
  name,
  organisationNumber: '',
  vatNumber: '',
  addressLines: [],
  phone: '',
  country,
  currency: countries[country].currency,
  timeZone: countries[country].timeZone,
  language,
  receiptFooter: '',
  roundCash: false,
  cashierDiscountLimitBasisPoints: 1000,
  overPaymentCapMinor: 10_000,
  serves: 'none',
});

/** Tenders that every register starts with. */
export const firstTenders = [
  { id: 'cash', kind: 'cash', name: '', colour: null, position: 1 },
  { id: 'card', kind: 'manual-card', name: '', colour: null, position: 2 },
] as const;

/** Makes an empty data folder a shop: its country's rates, one register, one admin. All of it or nothing. */
export async function setUpShop(stores: Stores, crypto: Crypto, ids: Ids, input: ParsedInput<'shop.set-up'>): Promise<void> {
  const pinHash = await crypto.hashPin(input.adminPin);
  const register = { id: ids.next(), number: 1, name: '' };
  stores.transaction(() => {
    const shop = shopOfCountry(input.country, input.language, input.name);
    stores.shop.save({ ...shop, organisationNumber: input.organisationNumber });
    stores.shop.saveVatRates(input.country, countries[input.country].vat);
    stores.shop.saveRegister(register);
    stores.shop.setThisRegister(register.id);
    stores.shop.saveTenders(register.id, firstTenders);
    stores.staff.save({
      id: ids.next(),
      name: input.adminName,
      role: 'admin',
      language: input.language,
      active: true,
      pinHash,
    });
    stores.shop.setMode('live');
  });
}
