import { createHash } from 'node:crypto';
import { isoInstant } from '../../core/time.ts';
import { minor } from '../../core/money.ts';
import { countries } from '../../core/countries/index.ts';
import type { Stores } from '../../core/ports/stores.ts';
import { shopOfCountry } from '../../app/set-up.ts';
import { openDatabase, type Database } from '../../storage/database.ts';
import { migrate } from '../../storage/migrate.ts';
import { migrations } from '../../storage/migrations/index.ts';
import { storesOf } from '../../storage/open.ts';
import type { SimulatedProvider } from './provider.ts';

export const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');
export const seal = (plain: string): string => `sealed:${Buffer.from(plain).toString('base64')}`;
export const unseal = (sealed: string): string => Buffer.from(sealed.slice('sealed:'.length), 'base64').toString();

/** Codes of the articles on sale. Prices with odd cents, so that roundings show. */
export const codes = ['2900000000018', '2900000000025', '2900000000032', '2900000000049', '2900000000056'] as const;
export const staffId = 'person';

const templates = new Map<string, Buffer>();

function fill(stores: Stores, register: number, provider: SimulatedProvider, nowMs: number): void {
  const registerId = `register-${register}`;
  stores.transaction(() => {
    stores.shop.setMode('demo');
    stores.shop.save({ ...shopOfCountry(provider.country, countries[provider.country].language, ''), name: 'Shop' });
    stores.shop.saveVatRates(provider.country, countries[provider.country].vat);
    stores.shop.saveRegister({ id: registerId, number: register, name: '' });
    stores.shop.setThisRegister(registerId);
    stores.shop.saveTenders(registerId, ['cash', 'manual-card', provider.kind].map((kind, index) => ({ id: kind, kind, name: '', colour: null, position: index + 1 })));
    stores.staff.save({ id: staffId, name: 'Person', role: 'admin', language: null, active: true, pinHash: 'plain' });
    codes.forEach((gtin, index) => {
      stores.articles.save({ id: `article-${index}`, gtin, plu: '', name: `Article ${index}`, group: 'Group', priceMinor: minor([199, 345, 1290, 2, 5678][index] ?? 100), vatClass: 'low', unit: 'piece', pricing: 'fixed', ageLimit: null, labels: [], active: true }, isoInstant(nowMs).slice(0, 10));
    });
    provider.settle(stores, register, registerId, seal);
  });
}

/** A register's database, in memory: made once for a kind of register, copied for each run. */
export function registerDatabase(register: number, provider: SimulatedProvider, nowMs: number): Database {
  const key = `${provider.name}-${register}`;
  let template = templates.get(key);
  if (!template) {
    const db = openDatabase(':memory:');
    migrate(db, migrations, null, nowMs);
    fill(storesOf(db, sha256), register, provider, nowMs);
    template = db.serialize();
    db.close();
    templates.set(key, template);
  }
  const db = openDatabase(template);
  db.pragma('foreign_keys = ON');
  return db;
}
