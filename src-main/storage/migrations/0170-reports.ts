/**
 * X and Z, each stored whole. A Z covers the journal's entries after the Z before it up to its anchor: numbers without a gap, periods
 * without a gap or an overlap.
 */
export const reports = {
  version: 170,
  name: 'reports',
  sql: `
CREATE TABLE report (
  id TEXT PRIMARY KEY,
  register_id TEXT NOT NULL REFERENCES register (id),
  kind TEXT NOT NULL CHECK (kind IN ('x', 'z')),
  number INTEGER NOT NULL CHECK (number > 0),
  at TEXT NOT NULL,
  staff_id TEXT REFERENCES staff (id),
  from_seq INTEGER NOT NULL CHECK (from_seq >= 0),
  to_seq INTEGER NOT NULL CHECK (to_seq > from_seq),
  body TEXT NOT NULL CHECK (json_valid(body)),
  hash TEXT NOT NULL,
  net_minor INTEGER NOT NULL,
  printed INTEGER NOT NULL DEFAULT 0 CHECK (printed IN (0, 1)),
  UNIQUE (register_id, kind, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_in_order ON report (register_id, to_seq);
CREATE TRIGGER report_gapless BEFORE INSERT ON report
WHEN new.number <> 1 + coalesce((SELECT max(number) FROM report WHERE register_id = new.register_id AND kind = new.kind), 0) BEGIN
  SELECT RAISE (ABORT, 'reports are numbered without a gap');
END;
CREATE TRIGGER report_covers BEFORE INSERT ON report
WHEN new.from_seq <> coalesce((SELECT to_seq FROM report WHERE register_id = new.register_id AND kind = 'z' ORDER BY number DESC LIMIT 1), 0) BEGIN
  SELECT RAISE (ABORT, 'a report begins where the Z before it ended');
END;
CREATE TRIGGER report_final BEFORE UPDATE ON report WHEN new.body <> old.body OR new.hash <> old.hash OR new.number <> old.number OR new.kind <> old.kind
  OR new.at <> old.at OR new.from_seq <> old.from_seq OR new.to_seq <> old.to_seq OR new.net_minor <> old.net_minor OR new.register_id <> old.register_id BEGIN
  SELECT RAISE (ABORT, 'reports are never changed');
END;
CREATE TRIGGER report_stays BEFORE DELETE ON report BEGIN
  SELECT RAISE (ABORT, 'reports are never deleted');
END;
`,
} as const;
