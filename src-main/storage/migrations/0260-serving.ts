/** How a shop serves food, and how each receipt's was served: VAT depends on it in some countries (C-16). */
export const serving = {
  version: 260,
  name: 'serving',
  sql: `
ALTER TABLE shop ADD COLUMN serves TEXT NOT NULL DEFAULT 'none' CHECK (serves IN ('none', 'take-away', 'eat-in'));
ALTER TABLE receipt ADD COLUMN serving TEXT NOT NULL DEFAULT 'take-away' CHECK (serving IN ('take-away', 'eat-in'));
CREATE TRIGGER receipt_serving_final BEFORE UPDATE ON receipt WHEN old.state IN ('completed', 'voided') AND new.serving <> old.serving BEGIN
  SELECT RAISE (ABORT, 'a completed or voided receipt is never changed');
END;
`,
} as const;
