/**
 * What happens after an app payment is paid: receipts that go to its provider, which shows them to the customer, and what customers agreed
 * to tell, sealed. App payments are found by their time for a look at a provider's books.
 */
export const afterPayment = {
  version: 280,
  name: 'after-payment',
  sql: `
CREATE TABLE provider_receipt (
  attempt_id TEXT PRIMARY KEY REFERENCES payment_attempt (id),
  receipt_id TEXT NOT NULL REFERENCES receipt (id),
  register_id TEXT NOT NULL REFERENCES register (id),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'refused')),
  tries INTEGER NOT NULL CHECK (tries >= 0),
  problem TEXT CHECK (problem IS NULL OR json_valid(problem)),
  queued_at TEXT NOT NULL,
  next_try_at TEXT NOT NULL,
  ended_at TEXT,
  CHECK ((ended_at IS NULL) = (state = 'waiting'))
) STRICT, WITHOUT ROWID;
CREATE INDEX provider_receipt_of ON provider_receipt (receipt_id);
CREATE INDEX provider_receipt_waits ON provider_receipt (register_id, next_try_at) WHERE state = 'waiting';
CREATE TRIGGER provider_receipt_completed BEFORE INSERT ON provider_receipt
WHEN NOT EXISTS (SELECT 1 FROM payment_attempt AS attempt JOIN receipt ON receipt.id = attempt.receipt_id
  WHERE attempt.id = new.attempt_id AND attempt.state = 'paid' AND receipt.id = new.receipt_id AND receipt.state = 'completed' AND receipt.kind = 'sale') BEGIN
  SELECT RAISE (ABORT, 'only a completed sale is told to the provider of one of its payments');
END;
CREATE TRIGGER provider_receipt_final BEFORE UPDATE ON provider_receipt
WHEN old.state = 'sent' OR new.receipt_id <> old.receipt_id OR new.register_id <> old.register_id BEGIN
  SELECT RAISE (ABORT, 'a receipt is told once, and what it is of never changes');
END;
CREATE TRIGGER provider_receipt_stays BEFORE DELETE ON provider_receipt BEGIN
  SELECT RAISE (ABORT, 'what was told to a provider is never deleted');
END;

CREATE TABLE customer_info (
  attempt_id TEXT PRIMARY KEY REFERENCES payment_attempt (id),
  sealed TEXT NOT NULL CHECK (sealed <> ''),
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_info_since ON customer_info (at);
CREATE TABLE customer_info_awaited (
  attempt_id TEXT PRIMARY KEY REFERENCES payment_attempt (id),
  register_id TEXT NOT NULL REFERENCES register (id),
  tries INTEGER NOT NULL CHECK (tries >= 0),
  next_try_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX transaction_post_by_app ON transaction_post (tender_kind, at) WHERE kind = 'payment' AND tender_kind NOT IN ('cash', 'manual-card', 'set-off');
CREATE INDEX refund_by_day ON refund (tender_kind, updated_at) WHERE state = 'refunded';
`,
} as const;
