/**
 * What a provider's payment needs to outlive a crash: what was asked for, what the answers told, the window of waiting.
 * Terminals keep secrets of their own and may be registered before they have a number.
 */
export const providerPayments = {
  version: 60,
  name: 'provider-payments',
  sql: `
ALTER TABLE payment_attempt ADD COLUMN payment_order TEXT CHECK (payment_order IS NULL OR json_valid(payment_order));
ALTER TABLE payment_attempt ADD COLUMN provider_data TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(provider_data));
ALTER TABLE payment_attempt ADD COLUMN provider_reference TEXT NOT NULL DEFAULT '';
ALTER TABLE payment_attempt ADD COLUMN paid_minor INTEGER NOT NULL DEFAULT 0;
ALTER TABLE payment_attempt ADD COLUMN problem TEXT CHECK (problem IS NULL OR json_valid(problem));
ALTER TABLE payment_attempt ADD COLUMN cancel_asked INTEGER NOT NULL DEFAULT 0 CHECK (cancel_asked IN (0, 1));
ALTER TABLE payment_attempt ADD COLUMN window_started_at TEXT;
CREATE UNIQUE INDEX payment_attempt_provider ON payment_attempt (tender_kind, provider_reference) WHERE provider_reference <> '';

CREATE TABLE provider_terminal_60 (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES provider_account (id),
  provider TEXT NOT NULL,
  register_id TEXT NOT NULL REFERENCES register (id),
  external_id TEXT NOT NULL,
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  sealed_secrets TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(sealed_secrets)),
  removed_at TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO provider_terminal_60 (id, account_id, provider, register_id, external_id, settings)
  SELECT id, account_id, provider, register_id, external_id, settings FROM provider_terminal;
DROP TABLE provider_terminal;
ALTER TABLE provider_terminal_60 RENAME TO provider_terminal;
CREATE UNIQUE INDEX provider_terminal_number ON provider_terminal (provider, external_id) WHERE external_id <> '' AND removed_at IS NULL;
CREATE UNIQUE INDEX provider_terminal_register ON provider_terminal (provider, register_id) WHERE removed_at IS NULL;
`,
} as const;
