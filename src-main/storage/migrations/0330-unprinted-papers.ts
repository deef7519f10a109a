/**
 * Papers that are no receipts and are on their way to the printer, or did not come out: written down before the first byte goes, gone when
 * the paper is out. `problem` is empty while it is on its way; one that the program's end cut off is not known.
 */
export const unprintedPapers = {
  version: 330,
  name: 'unprinted-papers',
  sql: `
CREATE TABLE unprinted_paper (
  kind TEXT NOT NULL CHECK (kind IN ('report', 'movement', 'shift', 'other')),
  of_id TEXT NOT NULL CHECK (of_id <> ''),
  register_id TEXT NOT NULL REFERENCES register (id),
  paper TEXT NOT NULL CHECK (json_valid(paper)),
  problem TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (kind, of_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX unprinted_paper_at ON unprinted_paper (register_id, at);
`,
} as const;
