import type { ArticleRecord, StaffRecord, Stores } from '../../core/ports/stores.ts';
import type { Clock, Crypto, Ids, Secrets } from '../../core/ports/world.ts';
import { countries } from '../../core/countries/index.ts';
import { dayIn } from '../../core/time.ts';
import { storeLan } from '../lan/settings.ts';
import { storePrinter } from '../printers/settings.ts';
import { shopOfCountry } from '../set-up.ts';
import { isShared, type Provisioning } from './schema.ts';

export type Provisioner = { readonly crypto: Crypto; readonly secrets: Secrets; readonly ids: Ids; readonly clock: Clock };

/** The file can't be applied to this database; the sentence says why and what to do. */
export class ProvisioningError extends Error {
  override readonly name = 'ProvisioningError';
}

/** PINs are hashed slowly and outside the transaction; one that still fits keeps its hash, so that a second run changes nothing. */
async function staffRecords(stores: Stores, { crypto, ids }: Provisioner, file: Provisioning): Promise<readonly StaffRecord[]> {
  const known = new Map(stores.staff.all().map((one) => [one.name.toLowerCase(), one]));
  return Promise.all(
    file.staff.map(async ({ name, role, pin, language }) => {
      const before = known.get(name.toLowerCase());
      const keeps = before !== undefined && (await crypto.checkPin(pin, before.pinHash));
      const pinHash = keeps ? before.pinHash : await crypto.hashPin(pin);
      return { id: before?.id ?? ids.next(), name, role, language, active: true, pinHash };
    }),
  );
}

function applyShop(stores: Stores, { shop }: Provisioning): void {
  const before = stores.shop.load();
  if (before && before.country !== shop.country) {
    throw new ProvisioningError(`This data folder is a shop in ${before.country}; the file is for ${shop.country}. Use another folder by --data.`);
  }
  const { country, language, ...fields } = shop;
  const base = shopOfCountry(country, language ?? countries[country].language, shop.name);
  stores.shop.save({ ...base, ...fields });
  if (stores.shop.vatRates(country).length === 0) stores.shop.saveVatRates(country, countries[country].vat);
}

function applyRegisters(stores: Stores, { ids }: Provisioner, file: Provisioning): void {
  for (const { number, name, tenders, network, printer } of file.registers) {
    const before = stores.shop.registers().find((one) => one.number === number);
    const register = { id: before?.id ?? ids.next(), number, name };
    stores.shop.saveRegister(register);
    stores.shop.saveTenders(register.id, tenders.map((tender, index) => ({ ...tender, position: index + 1 })));
    if (network) storeLan(stores, register.id, network);
    if (printer) storePrinter(stores, register.id, printer);
  }
  const own = file.thisRegister ?? file.registers[0]?.number;
  const register = stores.shop.registers().find((one) => one.number === own);
  if (!register) throw new ProvisioningError(`There is no register ${own ?? ''} to be.`);
  stores.shop.setThisRegister(register.id);
}

function applyArticles(stores: Stores, { ids, clock }: Provisioner, file: Provisioning): void {
  const day = dayIn(countries[file.shop.country].timeZone, clock.nowMs());
  const find = (gtin: string, plu: string): ArticleRecord | null =>
    gtin === '' ? stores.articles.byPlu(plu, day) : stores.articles.byGtin(gtin, day);
  for (const article of file.articles) {
    const before = find(article.gtin, article.plu);
    stores.articles.save({ ...article, labels: [...article.labels], id: before?.id ?? ids.next(), active: true }, day);
  }
  if (!file.quickKeys) return;
  const pages = file.quickKeys.map(({ name, articles }) => ({
    name,
    articleIds: articles.map((code) => {
      const article = stores.articles.byGtin(code, day) ?? stores.articles.byPlu(code, day);
      if (!article) throw new ProvisioningError(`The quick key "${code}" on the page "${name}" is no article of this shop.`);
      return article.id;
    }),
  }));
  const now = stores.articles.quickKeys(day).map((page) => ({ name: page.name, articleIds: page.keys.map((key) => key.articleId) }));
  if (JSON.stringify(now) !== JSON.stringify(pages)) stores.articles.saveQuickKeys(pages, () => ids.next());
}

/** What was sealed with another folder's key equals nothing. */
function opens(secrets: Secrets, sealedText: string, plain: string): boolean {
  try {
    return secrets.open(sealedText) === plain;
  } catch {
    return false;
  }
}

/** A secret that is sealed already stays as it is: sealing it anew would look like a change. */
function sealed(secrets: Secrets, wanted: Readonly<Record<string, string>>, before: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(wanted).map(([name, plain]) => {
      const old = before[name];
      return [name, old !== undefined && opens(secrets, old, plain) ? old : secrets.seal(plain)];
    }),
  );
}

function applyProviders(stores: Stores, { ids, secrets }: Provisioner, file: Provisioning): void {
  for (const { provider, name, settings, secrets: plain } of file.providerAccounts) {
    const before = stores.providers.accounts().find((one) => one.provider === provider && one.name === name);
    const sealedSecrets = { ...before?.sealedSecrets, ...sealed(secrets, plain, before?.sealedSecrets ?? {}) };
    stores.providers.saveAccount({ id: before?.id ?? ids.next(), provider, name, settings, sealedSecrets });
  }
  const registers = new Map(stores.shop.registers().map((one) => [one.number, one.id]));
  for (const { provider, account, register, externalId, settings, secrets: plain } of file.providerTerminals) {
    const shared = isShared(provider);
    const registerId = registers.get(register);
    const before = stores.providers.terminals().find((one) => one.provider === provider && one.externalId === externalId && (!shared || one.registerId === registerId));
    const owner = stores.providers.accounts().find((one) => one.provider === provider && one.name === account);
    if (!owner || registerId === undefined) throw new ProvisioningError(`The terminal ${externalId} names an account or register that is not there.`);
    const sealedSecrets = { ...before?.sealedSecrets, ...sealed(secrets, plain, before?.sealedSecrets ?? {}) };
    stores.providers.saveTerminal({ id: before?.id ?? ids.next(), accountId: owner.id, provider, registerId, externalId, shared, settings, sealedSecrets });
  }
}

/** Makes the database what the file says. Adds and changes, never deletes; a second time changes nothing. All of it or nothing. */
export async function applyProvisioning(stores: Stores, tools: Provisioner, file: Provisioning): Promise<void> {
  const staff = await staffRecords(stores, tools, file);
  stores.transaction(() => {
    applyShop(stores, file);
    applyRegisters(stores, tools, file);
    for (const record of staff) stores.staff.save(record);
    applyArticles(stores, tools, file);
    applyProviders(stores, tools, file);
    stores.shop.setMode('live');
  });
}
