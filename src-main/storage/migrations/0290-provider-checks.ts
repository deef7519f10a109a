/**
 * What an admin had looked at with a provider, kept: a list before going live ticks itself by it. And terminals that several registers
 * share, such as a sales unit: their number is no register's own.
 */
export const providerChecks = {
  version: 290,
  name: 'provider-checks',
  sql: `
CREATE TABLE provider_check (
  id TEXT PRIMARY KEY,
  provider TEXT NOT NULL,
  register_id TEXT NOT NULL REFERENCES register (id),
  check_name TEXT NOT NULL,
  at TEXT NOT NULL,
  problem TEXT CHECK (problem IS NULL OR json_valid(problem)),
  facts TEXT NOT NULL CHECK (json_valid(facts))
) STRICT, WITHOUT ROWID;
CREATE INDEX provider_check_of ON provider_check (provider, register_id, id);
CREATE TRIGGER provider_check_final BEFORE UPDATE ON provider_check BEGIN
  SELECT RAISE (ABORT, 'what a check found is never changed');
END;

ALTER TABLE provider_terminal ADD COLUMN shared INTEGER NOT NULL DEFAULT 0 CHECK (shared IN (0, 1));
DROP INDEX provider_terminal_number;
CREATE UNIQUE INDEX provider_terminal_number ON provider_terminal (provider, external_id) WHERE external_id <> '' AND removed_at IS NULL AND shared = 0;
`,
} as const;
