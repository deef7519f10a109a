/** The shop, its registers and people, its VAT table, and settings. */
export const shop = {
  version: 10,
  name: 'shop',
  sql: `
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE shop (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  organisation_number TEXT NOT NULL,
  vat_number TEXT NOT NULL,
  address_lines TEXT NOT NULL CHECK (json_valid(address_lines)),
  phone TEXT NOT NULL,
  country TEXT NOT NULL CHECK (country IN ('FI', 'SE', 'NO', 'DK', 'NL')),
  currency TEXT NOT NULL CHECK (currency IN ('EUR', 'SEK', 'NOK', 'DKK')),
  time_zone TEXT NOT NULL,
  language TEXT NOT NULL,
  receipt_footer TEXT NOT NULL,
  round_cash INTEGER NOT NULL CHECK (round_cash IN (0, 1)),
  cashier_discount_limit_basis_points INTEGER NOT NULL CHECK (cashier_discount_limit_basis_points BETWEEN 0 AND 10000)
) STRICT;

CREATE TABLE register (
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE CHECK (number > 0),
  name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tender (
  register_id TEXT NOT NULL REFERENCES register (id),
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  colour TEXT,
  position INTEGER NOT NULL,
  PRIMARY KEY (register_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('cashier', 'manager', 'admin')),
  language TEXT,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  pin_hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE vat_rate (
  country TEXT NOT NULL,
  vat_class TEXT NOT NULL CHECK (vat_class IN ('standard', 'low', 'lowest', 'zero')),
  valid_from TEXT NOT NULL,
  rate_basis_points INTEGER NOT NULL CHECK (rate_basis_points BETWEEN 0 AND 10000),
  PRIMARY KEY (country, vat_class, valid_from)
) STRICT, WITHOUT ROWID;
`,
} as const;
