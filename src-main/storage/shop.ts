import type { Country, Language } from '../contract/basics.ts';
import type { ShopMode, ShopView } from '../contract/shop.ts';
import type { ShopStore, StaffStore, StaffRecord, VatRate, TenderConfig } from '../core/ports/stores.ts';
import { flag, integer, json, text, textOrNull, type Row, type Statements } from './database.ts';

const shopOf = (row: Row): ShopView => ({
  name: text(row, 'name'),
  organisationNumber: text(row, 'organisation_number'),
  vatNumber: text(row, 'vat_number'),
  addressLines: json<string[]>(row, 'address_lines'),
  phone: text(row, 'phone'),
  country: text(row, 'country') as Country,
  currency: text(row, 'currency') as ShopView['currency'],
  timeZone: text(row, 'time_zone'),
  language: text(row, 'language') as Language,
  receiptFooter: text(row, 'receipt_footer'),
  roundCash: flag(row, 'round_cash'),
  cashierDiscountLimitBasisPoints: integer(row, 'cashier_discount_limit_basis_points'),
  overPaymentCapMinor: integer(row, 'over_payment_cap_minor'),
  serves: text(row, 'serves') as ShopView['serves'],
});

const registerOf = (row: Row) => ({ id: text(row, 'id'), number: integer(row, 'number'), name: text(row, 'name') });

const tenderOf = (row: Row): TenderConfig => ({
  id: text(row, 'id'),
  kind: text(row, 'kind'),
  name: text(row, 'name'),
  colour: textOrNull(row, 'colour'),
  position: integer(row, 'position'),
});

const rateOf = (row: Row): VatRate => ({
  vatClass: text(row, 'vat_class') as VatRate['vatClass'],
  from: text(row, 'valid_from'),
  rateBasisPoints: integer(row, 'rate_basis_points'),
});

/** The shop, its registers with their tenders, its VAT table and settings. */
export function shopStore(sql: Statements, transaction: <T>(work: () => T) => T): ShopStore {
  const setting = (name: string): string | null => {
    const row = sql('SELECT value FROM setting WHERE name = ?').get(name) as Row | undefined;
    return row ? text(row, 'value') : null;
  };
  const setSetting = (name: string, value: string): void => {
    sql('INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value').run(name, value);
  };
  const rates = new Map<Country, readonly VatRate[]>();

  return {
    mode: () => (setting('mode') ?? 'setup') as ShopMode,
    setMode: (mode) => setSetting('mode', mode),
    load() {
      const row = sql('SELECT * FROM shop WHERE id = 1').get() as Row | undefined;
      return row ? shopOf(row) : null;
    },
    save(shop) {
      sql(
        `INSERT INTO shop VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
          name = excluded.name, organisation_number = excluded.organisation_number, vat_number = excluded.vat_number,
          address_lines = excluded.address_lines, phone = excluded.phone, country = excluded.country,
          currency = excluded.currency, time_zone = excluded.time_zone, language = excluded.language,
          receipt_footer = excluded.receipt_footer, round_cash = excluded.round_cash,
          cashier_discount_limit_basis_points = excluded.cashier_discount_limit_basis_points,
          over_payment_cap_minor = excluded.over_payment_cap_minor, serves = excluded.serves`,
      ).run(
        shop.name,
        shop.organisationNumber,
        shop.vatNumber,
        JSON.stringify(shop.addressLines),
        shop.phone,
        shop.country,
        shop.currency,
        shop.timeZone,
        shop.language,
        shop.receiptFooter,
        shop.roundCash ? 1 : 0,
        shop.cashierDiscountLimitBasisPoints,
        shop.overPaymentCapMinor,
        shop.serves,
      );
    },
    registers: () => (sql('SELECT * FROM register ORDER BY number').all() as Row[]).map(registerOf),
    saveRegister(register) {
      sql(
        'INSERT INTO register (id, number, name) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET number = excluded.number, name = excluded.name',
      ).run(register.id, register.number, register.name);
    },
    thisRegister() {
      const row = sql('SELECT * FROM register WHERE id = ?').get(setting('this-register') ?? '') as Row | undefined;
      return row ? registerOf(row) : null;
    },
    setThisRegister: (registerId) => setSetting('this-register', registerId),
    tenders: (registerId) =>
      (sql('SELECT * FROM tender WHERE register_id = ? ORDER BY position, id').all(registerId) as Row[]).map(tenderOf),
    saveTenders(registerId, tenders) {
      transaction(() => {
        sql('DELETE FROM tender WHERE register_id = ?').run(registerId);
        const insert = sql('INSERT INTO tender (register_id, id, kind, name, colour, position) VALUES (?, ?, ?, ?, ?, ?)');
        for (const tender of tenders) insert.run(registerId, tender.id, tender.kind, tender.name, tender.colour, tender.position);
      });
    },
    vatRates(country) {
      const known = rates.get(country);
      if (known) return known;
      const rows = sql('SELECT * FROM vat_rate WHERE country = ? ORDER BY vat_class, valid_from').all(country) as Row[];
      const found = rows.map(rateOf);
      rates.set(country, found);
      return found;
    },
    saveVatRates(country, table) {
      transaction(() => {
        sql('DELETE FROM vat_rate WHERE country = ?').run(country);
        const insert = sql('INSERT INTO vat_rate (country, vat_class, valid_from, rate_basis_points) VALUES (?, ?, ?, ?)');
        for (const rate of table) insert.run(country, rate.vatClass, rate.from, rate.rateBasisPoints);
      });
      rates.delete(country);
    },
    setting,
    setSetting,
  };
}

const staffOf = (row: Row): StaffRecord => ({
  id: text(row, 'id'),
  name: text(row, 'name'),
  role: text(row, 'role') as StaffRecord['role'],
  language: textOrNull(row, 'language') as Language | null,
  active: flag(row, 'active'),
  pinHash: text(row, 'pin_hash'),
});

/** The people of the shop. */
export const staffStore = (sql: Statements): StaffStore => ({
  all: () => (sql('SELECT * FROM staff ORDER BY name').all() as Row[]).map(staffOf),
  byId(id) {
    const row = sql('SELECT * FROM staff WHERE id = ?').get(id) as Row | undefined;
    return row ? staffOf(row) : null;
  },
  save(record) {
    sql(
      `INSERT INTO staff (id, name, role, language, active, pin_hash) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
        name = excluded.name, role = excluded.role, language = excluded.language, active = excluded.active,
        pin_hash = excluded.pin_hash`,
    ).run(record.id, record.name, record.role, record.language, record.active ? 1 : 0, record.pinHash);
  },
  byBadge(hash) {
    const row = sql('SELECT staff.* FROM staff JOIN staff_badge ON staff_badge.staff_id = staff.id WHERE hash = ?').get(hash) as Row | undefined;
    return row ? staffOf(row) : null;
  },
  withBadge: () => new Set((sql('SELECT staff_id FROM staff_badge').all() as Row[]).map((row) => text(row, 'staff_id'))),
  setBadge(staffId, hash) {
    if (hash === null) sql('DELETE FROM staff_badge WHERE staff_id = ?').run(staffId);
    else sql('INSERT INTO staff_badge (staff_id, hash) VALUES (?, ?) ON CONFLICT (staff_id) DO UPDATE SET hash = excluded.hash').run(staffId, hash);
  },
});
