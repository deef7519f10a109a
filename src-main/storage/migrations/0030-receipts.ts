/**
 * Receipts and their lines, and the series that numbers them. What is completed or voided stays as it is: triggers refuse
 * every change but that of the paper's state.
 */
export const receipts = {
  version: 30,
  name: 'receipts',
  sql: `
CREATE TABLE receipt_series (
  register_id TEXT NOT NULL REFERENCES register (id),
  series TEXT NOT NULL,
  last_number INTEGER NOT NULL CHECK (last_number >= 0),
  PRIMARY KEY (register_id, series)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER receipt_series_rises BEFORE UPDATE ON receipt_series WHEN new.last_number <> old.last_number + 1 BEGIN
  SELECT RAISE (ABORT, 'receipt numbers rise by one');
END;
CREATE TRIGGER receipt_series_stays BEFORE DELETE ON receipt_series BEGIN
  SELECT RAISE (ABORT, 'a series of receipt numbers is never deleted');
END;

CREATE TABLE receipt (
  id TEXT PRIMARY KEY,
  register_id TEXT NOT NULL REFERENCES register (id),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  kind TEXT NOT NULL CHECK (kind IN ('sale')),
  state TEXT NOT NULL CHECK (state IN ('open', 'parked', 'paying', 'completed', 'voided')),
  revision INTEGER NOT NULL CHECK (revision > 0),
  currency TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  completed_at TEXT,
  series TEXT,
  number INTEGER,
  parked_name TEXT NOT NULL,
  note TEXT NOT NULL,
  customer_reference TEXT NOT NULL,
  discount TEXT CHECK (discount IS NULL OR json_valid(discount)),
  discount_reason TEXT NOT NULL,
  void_reason TEXT NOT NULL,
  age_confirmed_years INTEGER NOT NULL,
  rounding_minor INTEGER NOT NULL,
  total_minor INTEGER NOT NULL,
  print_state TEXT NOT NULL CHECK (print_state IN ('none', 'waiting', 'printed', 'failed', 'copied')),
  print_problem TEXT NOT NULL,
  CHECK ((state = 'completed') = (number IS NOT NULL AND completed_at IS NOT NULL AND series IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX receipt_number ON receipt (register_id, series, number) WHERE number IS NOT NULL;
CREATE INDEX receipt_number_alone ON receipt (number) WHERE number IS NOT NULL;
CREATE INDEX receipt_completed ON receipt (completed_at, id) WHERE state = 'completed';
CREATE INDEX receipt_total ON receipt (total_minor, completed_at) WHERE state = 'completed';
CREATE UNIQUE INDEX receipt_on_counter ON receipt (register_id) WHERE state IN ('open', 'paying');
CREATE INDEX receipt_parked ON receipt (opened_at) WHERE state = 'parked';
CREATE INDEX receipt_unprinted ON receipt (register_id, print_state) WHERE print_state IN ('waiting', 'failed');

CREATE TRIGGER receipt_final BEFORE UPDATE ON receipt WHEN old.state IN ('completed', 'voided') AND (
  new.state <> old.state OR new.revision <> old.revision OR new.number IS NOT old.number OR new.total_minor <> old.total_minor
  OR new.completed_at IS NOT old.completed_at OR new.discount IS NOT old.discount OR new.rounding_minor <> old.rounding_minor
  OR new.register_id <> old.register_id OR new.staff_id <> old.staff_id OR new.note <> old.note
) BEGIN
  SELECT RAISE (ABORT, 'a completed or voided receipt is never changed');
END;
CREATE TRIGGER receipt_stays BEFORE DELETE ON receipt BEGIN
  SELECT RAISE (ABORT, 'receipts are never deleted');
END;

CREATE TABLE receipt_line (
  id TEXT PRIMARY KEY,
  receipt_id TEXT NOT NULL REFERENCES receipt (id),
  position INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'removed')),
  revision INTEGER NOT NULL,
  article_id TEXT,
  name TEXT NOT NULL,
  code TEXT NOT NULL,
  unit TEXT NOT NULL,
  quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0),
  unit_price_minor INTEGER NOT NULL,
  list_price_minor INTEGER NOT NULL,
  override_reason TEXT NOT NULL,
  discount TEXT CHECK (discount IS NULL OR json_valid(discount)),
  discount_reason TEXT NOT NULL,
  vat_class TEXT NOT NULL,
  vat_rate_basis_points INTEGER NOT NULL,
  labels TEXT NOT NULL CHECK (json_valid(labels)),
  note TEXT NOT NULL,
  fixed_amount_minor INTEGER,
  age_limit INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_line_of ON receipt_line (receipt_id, position);
CREATE INDEX receipt_line_code ON receipt_line (code) WHERE code <> '';

CREATE TRIGGER receipt_line_final BEFORE UPDATE ON receipt_line
WHEN (SELECT state FROM receipt WHERE id = old.receipt_id) IN ('completed', 'voided') BEGIN
  SELECT RAISE (ABORT, 'lines of a completed or voided receipt are never changed');
END;
CREATE TRIGGER receipt_line_late BEFORE INSERT ON receipt_line
WHEN (SELECT state FROM receipt WHERE id = new.receipt_id) IN ('completed', 'voided') BEGIN
  SELECT RAISE (ABORT, 'a completed or voided receipt takes no more lines');
END;
CREATE TRIGGER receipt_line_stays BEFORE DELETE ON receipt_line BEGIN
  SELECT RAISE (ABORT, 'lines are marked as removed, never deleted');
END;
`,
} as const;
