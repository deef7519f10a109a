/**
 * Shifts of drawers: what was in them at first, what went in and out, each blind count, who answered for them, how they ended. Cash on
 * receipts belongs to the drawer that was in use at the register when it moved.
 */
export const shifts = {
  version: 160,
  name: 'shifts',
  sql: `
CREATE TABLE shift (
  id TEXT PRIMARY KEY,
  register_id TEXT NOT NULL REFERENCES register (id),
  number INTEGER NOT NULL CHECK (number > 0),
  drawer TEXT NOT NULL,
  staff_id TEXT REFERENCES staff (id),
  opened_by TEXT REFERENCES staff (id),
  opened_at TEXT NOT NULL,
  float_minor INTEGER NOT NULL CHECK (float_minor >= 0),
  closed_at TEXT,
  closed_by TEXT REFERENCES staff (id),
  counted_minor INTEGER,
  expected_minor INTEGER,
  explanation TEXT NOT NULL DEFAULT '',
  approved_by TEXT REFERENCES staff (id),
  left_minor INTEGER CHECK (left_minor >= 0),
  handed_over_by_count TEXT,
  UNIQUE (register_id, number),
  CHECK ((closed_at IS NULL) = (counted_minor IS NULL) AND (closed_at IS NULL) = (expected_minor IS NULL) AND (closed_at IS NULL) = (left_minor IS NULL)),
  CHECK (left_minor IS NULL OR left_minor <= counted_minor)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX shift_open ON shift (register_id, drawer) WHERE closed_at IS NULL;
CREATE TRIGGER shift_final BEFORE UPDATE ON shift WHEN old.closed_at IS NOT NULL OR new.float_minor <> old.float_minor OR new.number <> old.number
  OR new.drawer <> old.drawer OR new.opened_at <> old.opened_at BEGIN
  SELECT RAISE (ABORT, 'a shift that has ended is never changed, nor how it began');
END;
CREATE TRIGGER shift_stays BEFORE DELETE ON shift BEGIN
  SELECT RAISE (ABORT, 'shifts are never deleted');
END;

CREATE TABLE drawer_in_use (
  register_id TEXT PRIMARY KEY REFERENCES register (id),
  shift_id TEXT NOT NULL REFERENCES shift (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE cash_movement (
  id TEXT PRIMARY KEY,
  shift_id TEXT NOT NULL REFERENCES shift (id),
  register_id TEXT NOT NULL REFERENCES register (id),
  number INTEGER NOT NULL CHECK (number > 0),
  kind TEXT NOT NULL CHECK (kind IN ('float', 'pay-in', 'pay-out', 'safe-drop')),
  amount_minor INTEGER NOT NULL,
  reason TEXT NOT NULL,
  staff_id TEXT REFERENCES staff (id),
  approved_by TEXT REFERENCES staff (id),
  at TEXT NOT NULL,
  printed INTEGER NOT NULL DEFAULT 0 CHECK (printed IN (0, 1)),
  UNIQUE (register_id, number),
  CHECK ((amount_minor >= 0) = (kind IN ('float', 'pay-in')))
) STRICT, WITHOUT ROWID;
CREATE INDEX cash_movement_of ON cash_movement (shift_id, number);
CREATE TRIGGER cash_movement_gapless BEFORE INSERT ON cash_movement
WHEN new.number <> 1 + coalesce((SELECT max(number) FROM cash_movement WHERE register_id = new.register_id), 0) BEGIN
  SELECT RAISE (ABORT, 'papers of cash movements are numbered without a gap');
END;
CREATE TRIGGER cash_movement_open BEFORE INSERT ON cash_movement
WHEN (SELECT closed_at FROM shift WHERE id = new.shift_id) IS NOT NULL BEGIN
  SELECT RAISE (ABORT, 'nothing moves in the drawer of a shift that has ended');
END;
CREATE TRIGGER cash_movement_final BEFORE UPDATE ON cash_movement WHEN new.amount_minor <> old.amount_minor OR new.kind <> old.kind
  OR new.reason <> old.reason OR new.shift_id <> old.shift_id OR new.number <> old.number OR new.at <> old.at BEGIN
  SELECT RAISE (ABORT, 'cash movements are never changed');
END;
CREATE TRIGGER cash_movement_stays BEFORE DELETE ON cash_movement BEGIN
  SELECT RAISE (ABORT, 'cash movements are never deleted');
END;

CREATE TABLE cash_count (
  id TEXT PRIMARY KEY,
  shift_id TEXT NOT NULL REFERENCES shift (id),
  number INTEGER NOT NULL CHECK (number > 0),
  pieces TEXT CHECK (pieces IS NULL OR json_valid(pieces)),
  counted_minor INTEGER NOT NULL CHECK (counted_minor >= 0),
  expected_minor INTEGER NOT NULL,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  at TEXT NOT NULL,
  UNIQUE (shift_id, number)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER cash_count_final BEFORE UPDATE ON cash_count BEGIN
  SELECT RAISE (ABORT, 'counts are never changed');
END;
CREATE TRIGGER cash_count_stays BEFORE DELETE ON cash_count BEGIN
  SELECT RAISE (ABORT, 'counts are never deleted');
END;

CREATE TABLE shift_cash (
  post_id TEXT PRIMARY KEY REFERENCES transaction_post (id),
  shift_id TEXT NOT NULL REFERENCES shift (id),
  amount_minor INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX shift_cash_of ON shift_cash (shift_id);
CREATE TRIGGER shift_cash_final BEFORE UPDATE ON shift_cash BEGIN
  SELECT RAISE (ABORT, 'cash of a shift is never changed');
END;
CREATE TRIGGER shift_cash_stays BEFORE DELETE ON shift_cash BEGIN
  SELECT RAISE (ABORT, 'cash of a shift is never deleted');
END;
`,
} as const;
