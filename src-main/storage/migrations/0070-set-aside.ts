/**
 * A receipt that waits for its payment may stand aside while the next customer is served: the counter holds one receipt,
 * the register any number beside it.
 */
export const setAside = {
  version: 70,
  name: 'set-aside',
  sql: `
ALTER TABLE receipt ADD COLUMN aside INTEGER NOT NULL DEFAULT 0 CHECK (aside IN (0, 1));
DROP INDEX receipt_on_counter;
CREATE UNIQUE INDEX receipt_on_counter ON receipt (register_id) WHERE state IN ('open', 'paying') AND aside = 0;
CREATE INDEX receipt_aside ON receipt (register_id, opened_at) WHERE state IN ('open', 'paying') AND aside = 1;
`,
} as const;
