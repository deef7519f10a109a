import type { Migration } from '../migrations/index.ts';

/**
 * The chain's own file: what every store has reserved of the payments of all, and which lines returns hold. A refund's row is written before
 * anything is sent for it, and says how far it has come; none is ever deleted.
 */
export const chainMigrations: readonly Migration[] = [
  {
    version: 10,
    name: 'claims',
    sql: `
CREATE TABLE claim (
  reference TEXT PRIMARY KEY,
  by_store TEXT NOT NULL,
  epoch TEXT NOT NULL,
  of_store TEXT NOT NULL,
  payment_id TEXT NOT NULL,
  return_id TEXT,
  paid_minor INTEGER NOT NULL CHECK (paid_minor > 0),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  currency TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('reserved', 'sending', 'given', 'released')),
  provider_reference TEXT NOT NULL DEFAULT '',
  data TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(data)),
  problem TEXT CHECK (problem IS NULL OR json_valid(problem)),
  at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_of ON claim (of_store, payment_id);
CREATE INDEX claim_given ON claim (of_store, updated_at) WHERE state = 'given';
CREATE INDEX claim_running ON claim (by_store) WHERE state IN ('reserved', 'sending');
CREATE TRIGGER claim_within BEFORE INSERT ON claim
WHEN new.amount_minor + coalesce((SELECT sum(amount_minor) FROM claim WHERE of_store = new.of_store AND payment_id = new.payment_id AND state <> 'released'), 0) > new.paid_minor BEGIN
  SELECT RAISE (ABORT, 'refunds of all stores never exceed their payment');
END;
CREATE TRIGGER claim_final BEFORE UPDATE ON claim
WHEN new.reference <> old.reference OR new.by_store <> old.by_store OR new.of_store <> old.of_store OR new.payment_id <> old.payment_id OR new.return_id IS NOT old.return_id
  OR new.amount_minor <> old.amount_minor OR new.currency <> old.currency OR new.paid_minor <> old.paid_minor OR (old.state IN ('given', 'released') AND new.state <> old.state) BEGIN
  SELECT RAISE (ABORT, 'what a claim is for never changes, nor how it ended');
END;
CREATE TRIGGER claim_stays BEFORE DELETE ON claim BEGIN
  SELECT RAISE (ABORT, 'claims are never deleted');
END;

CREATE TABLE hold (
  return_id TEXT PRIMARY KEY,
  by_store TEXT NOT NULL,
  epoch TEXT NOT NULL,
  of_store TEXT NOT NULL,
  receipt_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'completed', 'dropped')),
  lines TEXT NOT NULL CHECK (json_valid(lines)),
  parts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(parts)),
  at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX hold_of ON hold (of_store, receipt_id);
CREATE INDEX hold_open ON hold (by_store) WHERE state = 'open';
CREATE UNIQUE INDEX hold_one_open ON hold (of_store, receipt_id) WHERE state = 'open';
CREATE TRIGGER hold_final BEFORE UPDATE ON hold
WHEN new.by_store <> old.by_store OR new.of_store <> old.of_store OR new.receipt_id <> old.receipt_id
  OR (old.state <> 'open' AND (new.state <> old.state OR new.lines <> old.lines)) BEGIN
  SELECT RAISE (ABORT, 'what a return holds is settled once');
END;
CREATE TRIGGER hold_stays BEFORE DELETE ON hold BEGIN
  SELECT RAISE (ABORT, 'holds are never deleted');
END;
`,
  },
];
