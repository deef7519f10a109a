/** Sales to customers who are somewhere else: they are asked from afar, and counted apart. */
export const distance = {
  version: 270,
  name: 'distance',
  sql: `
ALTER TABLE receipt ADD COLUMN distance INTEGER NOT NULL DEFAULT 0 CHECK (distance IN (0, 1));
CREATE TRIGGER receipt_distance_final BEFORE UPDATE ON receipt WHEN old.state IN ('completed', 'voided') AND new.distance <> old.distance BEGIN
  SELECT RAISE (ABORT, 'a completed or voided receipt is never changed');
END;
`,
} as const;
