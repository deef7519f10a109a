/**
 * More than is due, paid by app and given back in cash, is no change: it is a kind of post of its own with a cap that the
 * shop sets. The table is built again because a CHECK can't be changed.
 */
export const overPayment = {
  version: 80,
  name: 'over-payment',
  sql: `
ALTER TABLE shop ADD COLUMN over_payment_cap_minor INTEGER NOT NULL DEFAULT 10000 CHECK (over_payment_cap_minor >= 0);

CREATE TABLE transaction_post_80 (
  id TEXT PRIMARY KEY,
  receipt_id TEXT NOT NULL REFERENCES receipt (id),
  attempt_id TEXT NOT NULL REFERENCES payment_attempt (id),
  position INTEGER NOT NULL,
  tender_id TEXT NOT NULL,
  tender_kind TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('payment', 'change', 'cash-back', 'taken-back')),
  amount_minor INTEGER NOT NULL,
  reference TEXT NOT NULL,
  description TEXT NOT NULL,
  verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO transaction_post_80 SELECT id, receipt_id, attempt_id, position, tender_id, tender_kind, kind, amount_minor,
  reference, description, verified, at FROM transaction_post;
DROP TABLE transaction_post;
ALTER TABLE transaction_post_80 RENAME TO transaction_post;
CREATE INDEX transaction_post_of ON transaction_post (receipt_id, position);
CREATE INDEX transaction_post_reference ON transaction_post (reference) WHERE reference <> '';
CREATE TRIGGER transaction_post_final BEFORE UPDATE ON transaction_post BEGIN
  SELECT RAISE (ABORT, 'transaction posts are never changed');
END;
CREATE TRIGGER transaction_post_stays BEFORE DELETE ON transaction_post BEGIN
  SELECT RAISE (ABORT, 'transaction posts are never deleted');
END;
`,
} as const;
