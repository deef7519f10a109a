/** The append-only journal with a hash chain per register (C-1, C-2), and tasks for people. */
export const journal = {
  version: 50,
  name: 'journal',
  sql: `
CREATE TABLE journal (
  register_id TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq > 0),
  at TEXT NOT NULL,
  offset_minutes INTEGER NOT NULL,
  staff_id TEXT,
  kind TEXT NOT NULL,
  receipt_id TEXT,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (register_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_receipt ON journal (receipt_id) WHERE receipt_id IS NOT NULL;
CREATE TRIGGER journal_gapless BEFORE INSERT ON journal
WHEN new.seq <> 1 + coalesce((SELECT max(seq) FROM journal WHERE register_id = new.register_id), 0) BEGIN
  SELECT RAISE (ABORT, 'journal entries are numbered without a gap');
END;
CREATE TRIGGER journal_final BEFORE UPDATE ON journal BEGIN
  SELECT RAISE (ABORT, 'journal entries are never changed');
END;
CREATE TRIGGER journal_stays BEFORE DELETE ON journal BEGIN
  SELECT RAISE (ABORT, 'journal entries are never deleted');
END;

CREATE TABLE task (
  id TEXT PRIMARY KEY,
  register_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  receipt_id TEXT REFERENCES receipt (id),
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  opened_at TEXT NOT NULL,
  closed_at TEXT,
  closed_by TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX task_open ON task (register_id, opened_at) WHERE closed_at IS NULL;
`,
} as const;
