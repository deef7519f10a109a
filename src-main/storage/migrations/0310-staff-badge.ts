/** Badges: a person is known by what is scanned from one. Only a hash of the code is kept, so that the file makes nobody a badge. */
export const staffBadge = {
  version: 310,
  name: 'staff-badge',
  sql: `
CREATE TABLE staff_badge (
  staff_id TEXT PRIMARY KEY REFERENCES staff (id),
  hash TEXT NOT NULL UNIQUE CHECK (hash <> '')
) STRICT, WITHOUT ROWID;
`,
};
