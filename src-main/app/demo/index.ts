import type { HelloView, ShopView } from '../../contract/shop.ts';
import type { ArticleRecord, Stores } from '../../core/ports/stores.ts';
import type { PaymentProvider } from '../../core/payments/provider.ts';
import type { Crypto, Ids } from '../../core/ports/world.ts';
import { checkDigit } from '../../core/articles/gtin.ts';
import { countries } from '../../core/countries/index.ts';
import { firstTenders, shopOfCountry } from '../set-up.ts';
import { demoArticles, demoPages, type DemoArticle } from './articles.ts';

/** People of the demo shops. Their PINs are shown on the sign-in screen: nobody should have to look for them. */
const people = [
  { name: 'Aino Lehtinen', role: 'cashier', pin: '1111' },
  { name: 'Mikael Berg', role: 'manager', pin: '2222' },
  { name: 'Sofie Dahl', role: 'admin', pin: '3333' },
] as const;

export const demoPins: HelloView['demoPins'] = people.map(({ name, pin }) => ({ name, pin }));

const shops: Readonly<Record<'FI' | 'NO', Partial<ShopView>>> = {
  FI: {
    name: 'Rantakylän Puoti',
    organisationNumber: '0000000-0',
    vatNumber: 'FI00000000',
    addressLines: ['Esimerkkikatu 4', '00000 Mallila'],
    phone: '+358 00 000 0000',
    receiptFooter: 'Kiitos käynnistä ja tervetuloa uudelleen!',
  },
  NO: {
    name: 'Fjordgløtt Handel',
    organisationNumber: '000 000 000',
    vatNumber: '000 000 000',
    addressLines: ['Eksempelveien 4', '0000 Eksempelvik'],
    phone: '+47 00 00 00 00',
    receiptFooter: 'Takk for besøket og velkommen igjen!',
    serves: 'take-away',
  },
};

/** Numbers from the range that shops give out themselves (prefix 29), so that no real article is ever meant. */
function demoGtin(index: number, country: 'FI' | 'NO'): string {
  const body = `29${country === 'FI' ? '1' : '2'}${String(index + 1).padStart(9, '0')}`;
  return `${body}${checkDigit(body)}`;
}

function articleOf(article: DemoArticle, index: number, country: 'FI' | 'NO', id: string): ArticleRecord {
  const open = article.pricing === 'open';
  return {
    id,
    gtin: open || article.pricing === 'weighed' ? '' : demoGtin(index, country),
    plu: article.plu,
    name: article[country],
    group: article.group[country],
    priceMinor: country === 'FI' ? article.cents : article.ore,
    vatClass: article.vatClass,
    unit: article.unit,
    pricing: article.pricing,
    ageLimit: article.ageLimit,
    labels: [...article.labels],
    active: true,
  };
}

/** The first day that prices of the demo hold from: long ago, whatever the clock says. */
const since = '2020-01-01';

/** Fills an empty database with the Finnish or the Norwegian demo shop, in one transaction. */
export async function seedDemo(
  stores: Stores,
  { crypto, ids }: { readonly crypto: Crypto; readonly ids: Ids },
  country: 'FI' | 'NO',
  providers: readonly PaymentProvider[],
): Promise<void> {
  const hashes = await Promise.all(people.map(({ pin }) => crypto.hashPin(pin)));
  const language = country === 'FI' ? 'fi' : 'nb';
  const register = { id: ids.next(), number: 1, name: '' };
  stores.transaction(() => {
    stores.shop.setMode('demo');
    stores.shop.save({ ...shopOfCountry(country, language, ''), ...shops[country] });
    stores.shop.saveVatRates(country, countries[country].vat);
    stores.shop.saveRegister(register);
    stores.shop.setThisRegister(register.id);
    const currency = shopOfCountry(country, language, '').currency;
    const apps = providers.map(({ capabilities }) => capabilities).filter((can) => can.currencies.includes(currency));
    stores.shop.saveTenders(register.id, [...firstTenders, ...apps.map(({ kind }, index) => ({ id: kind, kind, name: '', colour: null, position: firstTenders.length + 1 + index }))]);
    people.forEach(({ name, role }, index) => {
      stores.staff.save({ id: ids.next(), name, role, language: null, active: true, pinHash: hashes[index] ?? '' });
    });
    const idByName = new Map<string, string>();
    demoArticles.forEach((article, index) => {
      const id = ids.next();
      idByName.set(article.FI, id);
      stores.articles.save(articleOf(article, index, country, id), since);
    });
    const pages = demoPages.map((page) => ({
      name: page[country],
      articleIds: page.articles.map((name) => {
        const id = idByName.get(name);
        if (id === undefined) throw new Error(`demo: no article "${name}"`);
        return id;
      }),
    }));
    stores.articles.saveQuickKeys(pages, () => ids.next());
  });
}
