import type { Country } from '../../contract/basics.ts';
import type { RegisterView, ShopView } from '../../contract/shop.ts';
import { countries } from '../../core/countries/index.ts';
import type { ArticleRecord, StaffRecord, Stores } from '../../core/ports/stores.ts';
import type { Crypto, Ids } from '../../core/ports/world.ts';
import { firstTenders, shopOfCountry } from '../set-up.ts';
import { assortment } from './assortment.ts';

const shops: Readonly<Record<Country, Partial<ShopView>>> = {
  FI: { name: 'Esimerkin Lähikauppa', organisationNumber: '0000000-0', vatNumber: 'FI00000000', addressLines: ['Esimerkkikatu 1', '00000 Mallila'], receiptFooter: 'Kiitos käynnistä!' },
  SE: { name: 'Exempelbutiken', organisationNumber: '000000-0000', vatNumber: 'SE000000000001', addressLines: ['Exempelgatan 1', '000 00 Exempelstad'], receiptFooter: 'Välkommen åter!' },
  NO: { name: 'Eksempelbutikken', organisationNumber: '000 000 000', vatNumber: '000 000 000', addressLines: ['Eksempelveien 1', '0000 Eksempelvik'], receiptFooter: 'Velkommen igjen!' },
  DK: { name: 'Eksempelkøbmanden', organisationNumber: '00000000', vatNumber: 'DK00000000', addressLines: ['Eksempelvej 1', '0000 Eksempelby'], receiptFooter: 'Velkommen igen!' },
  NL: { name: 'De Voorbeeldwinkel', organisationNumber: '00000000', vatNumber: 'NL000000000B00', addressLines: ['Voorbeeldstraat 1', '0000 AA Voorbeeld'], receiptFooter: 'Tot ziens!', roundCash: true },
};

/** The people of the demo, whose PINs stand on its sign-in page, and three more. */
const people = [
  { name: 'Mikael Berg', role: 'manager', pin: '2222' },
  { name: 'Sofie Dahl', role: 'admin', pin: '3333' },
  { name: 'Aino Lehtinen', role: 'cashier', pin: '1111' },
  { name: 'Elin Strand', role: 'cashier', pin: '4444' },
  { name: 'Jonas Holm', role: 'cashier', pin: '5555' },
  { name: 'Noor Visser', role: 'cashier', pin: '6666' },
] as const;

export type SeedShop = {
  readonly shop: ShopView;
  readonly registers: readonly RegisterView[];
  readonly manager: StaffRecord;
  readonly cashiers: readonly StaffRecord[];
  /** The most popular first. */
  readonly articles: readonly ArticleRecord[];
};

/** The first day that prices hold from: long before any history. */
const since = '2015-01-01';

/** Makes an empty database a shop of a country: people, registers, tenders (`app` is one of them), articles. */
export async function fillShop(stores: Stores, { crypto, ids }: { readonly crypto: Crypto; readonly ids: Ids }, country: Country, registerCount: number, app: string): Promise<SeedShop> {
  const hashes = await Promise.all(people.map(({ pin }) => crypto.hashPin(pin)));
  const { language } = countries[country];
  const shop = { ...shopOfCountry(country, language, ''), ...shops[country] };
  const registers = Array.from({ length: registerCount }, (_, index) => ({ id: ids.next(), number: index + 1, name: '' }));
  const staff = people.map(({ name, role }, index): StaffRecord => ({ id: ids.next(), name, role, language: null, active: true, pinHash: hashes[index] ?? '' }));
  const articles = assortment(country, () => ids.next());
  const [manager, , ...cashiers] = staff;
  const [first] = registers;
  if (!manager || !first) throw new Error('seed: a shop needs people and a register');
  stores.transaction(() => {
    // Its papers say that they are no real ones, and its people's PINs stand on the sign-in page.
    stores.shop.setMode('demo');
    stores.shop.save(shop);
    stores.shop.saveVatRates(country, countries[country].vat);
    for (const register of registers) {
      stores.shop.saveRegister(register);
      stores.shop.saveTenders(register.id, [...firstTenders, { id: app, kind: app, name: '', colour: null, position: firstTenders.length + 1 }]);
    }
    stores.shop.setThisRegister(first.id);
    for (const person of staff) stores.staff.save(person);
    for (const article of articles) stores.articles.save(article, since);
    stores.articles.saveQuickKeys([{ name: '1', articleIds: articles.slice(0, 20).map(({ id }) => id) }], () => ids.next());
  });
  return { shop, registers, manager, cashiers, articles };
}
