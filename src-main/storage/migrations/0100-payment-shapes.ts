/**
 * What providers of other shapes than ask-and-poll need: tips, alarms about answers that do not fit, payments found in another's
 * place, time limits of ours, and scanned proofs, which may be used again when they were given back before their receipt was
 * completed.
 */
export const paymentShapes = {
  version: 100,
  name: 'payment-shapes',
  sql: `
ALTER TABLE receipt ADD COLUMN tip_minor INTEGER NOT NULL DEFAULT 0 CHECK (tip_minor >= 0);
ALTER TABLE payment_attempt ADD COLUMN tip_minor INTEGER NOT NULL DEFAULT 0 CHECK (tip_minor >= 0);
ALTER TABLE payment_attempt ADD COLUMN alarm TEXT CHECK (alarm IS NULL OR json_valid(alarm));
ALTER TABLE payment_attempt ADD COLUMN found TEXT CHECK (found IS NULL OR json_valid(found));
ALTER TABLE payment_attempt ADD COLUMN overdue INTEGER NOT NULL DEFAULT 0 CHECK (overdue IN (0, 1));
ALTER TABLE payment_attempt ADD COLUMN proof_released_at TEXT;
DROP INDEX payment_attempt_provider;
CREATE UNIQUE INDEX payment_attempt_provider ON payment_attempt (tender_kind, provider_reference)
  WHERE provider_reference <> '' AND proof_released_at IS NULL;
CREATE TRIGGER receipt_tip_final BEFORE UPDATE ON receipt WHEN old.state IN ('completed', 'voided') AND new.tip_minor <> old.tip_minor BEGIN
  SELECT RAISE (ABORT, 'a completed or voided receipt is never changed');
END;
`,
} as const;
