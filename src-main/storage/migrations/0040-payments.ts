/** Provider accounts and terminals, payment attempts with each of their transitions, and the posts they leave. */
export const payments = {
  version: 40,
  name: 'payments',
  sql: `
CREATE TABLE provider_account (
  id TEXT PRIMARY KEY,
  provider TEXT NOT NULL,
  name TEXT NOT NULL,
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  sealed_secrets TEXT NOT NULL CHECK (json_valid(sealed_secrets)),
  UNIQUE (provider, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE provider_terminal (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES provider_account (id),
  provider TEXT NOT NULL,
  register_id TEXT NOT NULL REFERENCES register (id),
  external_id TEXT NOT NULL,
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  UNIQUE (provider, external_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE payment_attempt (
  id TEXT PRIMARY KEY,
  receipt_id TEXT NOT NULL REFERENCES receipt (id),
  request_id TEXT NOT NULL UNIQUE,
  tender_id TEXT NOT NULL,
  tender_kind TEXT NOT NULL,
  state TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  given_minor INTEGER NOT NULL,
  change_minor INTEGER NOT NULL,
  rounding_minor INTEGER NOT NULL,
  reference TEXT NOT NULL,
  account_id TEXT REFERENCES provider_account (id),
  terminal_id TEXT REFERENCES provider_terminal (id),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_attempt_of ON payment_attempt (receipt_id);
CREATE INDEX payment_attempt_unfinished ON payment_attempt (state) WHERE state NOT IN
  ('paid', 'cancelled', 'declined', 'expired', 'released', 'reversed', 'not-started');
CREATE UNIQUE INDEX payment_attempt_one_unfinished ON payment_attempt (receipt_id) WHERE state NOT IN
  ('paid', 'cancelled', 'declined', 'expired', 'released', 'reversed', 'not-started');

CREATE TABLE attempt_transition (
  seq INTEGER PRIMARY KEY,
  attempt_id TEXT NOT NULL REFERENCES payment_attempt (id),
  from_state TEXT,
  to_state TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX attempt_transition_of ON attempt_transition (attempt_id, seq);

CREATE TABLE transaction_post (
  id TEXT PRIMARY KEY,
  receipt_id TEXT NOT NULL REFERENCES receipt (id),
  attempt_id TEXT NOT NULL REFERENCES payment_attempt (id),
  position INTEGER NOT NULL,
  tender_id TEXT NOT NULL,
  tender_kind TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('payment', 'change', 'taken-back')),
  amount_minor INTEGER NOT NULL,
  reference TEXT NOT NULL,
  description TEXT NOT NULL,
  verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
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
