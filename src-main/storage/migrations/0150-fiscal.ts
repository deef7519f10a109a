/**
 * Receipts are sales, returns or exercises, each numbered in its own series; copies, provisional and delivery papers have series of their
 * own as well. A sold line keeps the article group that it was sold in. The table is built again because a CHECK can't be changed; rows that
 * name it are looked at again at the end of the transaction.
 */
export const fiscal = {
  version: 150,
  name: 'fiscal',
  sql: `
PRAGMA defer_foreign_keys = ON;
CREATE TABLE receipt_150 AS SELECT * FROM receipt;
DROP TABLE receipt;
CREATE TABLE receipt (
  id TEXT PRIMARY KEY,
  register_id TEXT NOT NULL REFERENCES register (id),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  kind TEXT NOT NULL CHECK (kind IN ('sale', 'return', 'training')),
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
  aside INTEGER NOT NULL DEFAULT 0 CHECK (aside IN (0, 1)),
  tip_minor INTEGER NOT NULL DEFAULT 0 CHECK (tip_minor >= 0),
  CHECK ((state = 'completed') = (number IS NOT NULL AND completed_at IS NOT NULL AND series IS NOT NULL)),
  CHECK (series IS NULL OR series = kind)
) STRICT, WITHOUT ROWID;
INSERT INTO receipt SELECT * FROM receipt_150;
DROP TABLE receipt_150;
CREATE UNIQUE INDEX receipt_number ON receipt (register_id, series, number) WHERE number IS NOT NULL;
CREATE INDEX receipt_number_alone ON receipt (number) WHERE number IS NOT NULL;
CREATE INDEX receipt_completed ON receipt (completed_at, id) WHERE state = 'completed';
CREATE INDEX receipt_total ON receipt (total_minor, completed_at) WHERE state = 'completed';
CREATE UNIQUE INDEX receipt_on_counter ON receipt (register_id) WHERE state IN ('open', 'paying') AND aside = 0;
CREATE INDEX receipt_aside ON receipt (register_id, opened_at) WHERE state IN ('open', 'paying') AND aside = 1;
CREATE INDEX receipt_parked ON receipt (opened_at) WHERE state = 'parked';
CREATE INDEX receipt_unprinted ON receipt (register_id, print_state) WHERE print_state IN ('waiting', 'failed');
CREATE TRIGGER receipt_final BEFORE UPDATE ON receipt WHEN old.state IN ('completed', 'voided') AND (
  new.state <> old.state OR new.revision <> old.revision OR new.number IS NOT old.number OR new.total_minor <> old.total_minor
  OR new.completed_at IS NOT old.completed_at OR new.discount IS NOT old.discount OR new.rounding_minor <> old.rounding_minor
  OR new.register_id <> old.register_id OR new.staff_id <> old.staff_id OR new.note <> old.note OR new.kind <> old.kind
) BEGIN
  SELECT RAISE (ABORT, 'a completed or voided receipt is never changed');
END;
CREATE TRIGGER receipt_kind_stays BEFORE UPDATE OF kind ON receipt WHEN new.kind <> old.kind BEGIN
  SELECT RAISE (ABORT, 'what a receipt is of never changes');
END;
CREATE TRIGGER receipt_tip_final BEFORE UPDATE ON receipt WHEN old.state IN ('completed', 'voided') AND new.tip_minor <> old.tip_minor BEGIN
  SELECT RAISE (ABORT, 'a completed or voided receipt is never changed');
END;
CREATE TRIGGER receipt_waits_for_refund BEFORE UPDATE OF state ON receipt
WHEN new.state <> old.state AND new.state IN ('completed', 'parked', 'voided')
  AND EXISTS (SELECT 1 FROM refund WHERE receipt_id = new.id AND state NOT IN ('refunded', 'refused')) BEGIN
  SELECT RAISE (ABORT, 'a payment of this receipt is on its way back');
END;
CREATE TRIGGER receipt_stays BEFORE DELETE ON receipt BEGIN
  SELECT RAISE (ABORT, 'receipts are never deleted');
END;

ALTER TABLE receipt_line ADD COLUMN article_group TEXT NOT NULL DEFAULT '';

CREATE TABLE issued_paper (
  register_id TEXT NOT NULL REFERENCES register (id),
  series TEXT NOT NULL CHECK (series IN ('copy', 'provisional', 'delivery')),
  number INTEGER NOT NULL CHECK (number > 0),
  receipt_id TEXT NOT NULL REFERENCES receipt (id),
  staff_id TEXT REFERENCES staff (id),
  at TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  PRIMARY KEY (register_id, series, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX issued_paper_of ON issued_paper (receipt_id);
CREATE UNIQUE INDEX issued_paper_one_copy ON issued_paper (receipt_id) WHERE series = 'copy';
CREATE TRIGGER issued_paper_final BEFORE UPDATE ON issued_paper BEGIN
  SELECT RAISE (ABORT, 'an issued paper is never changed');
END;
CREATE TRIGGER issued_paper_stays BEFORE DELETE ON issued_paper BEGIN
  SELECT RAISE (ABORT, 'an issued paper is never deleted');
END;
`,
} as const;
