/**
 * Articles with dated prices and labels, the two search indexes, and quick keys. `gtin14` is the GTIN padded to 14
 * digits, by which all written lengths are compared; `seq` stays the same through VACUUM, as the search indexes need.
 */
export const articles = {
  version: 20,
  name: 'articles',
  sql: `
CREATE TABLE article (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  gtin14 TEXT UNIQUE,
  gtin TEXT NOT NULL,
  plu TEXT UNIQUE,
  name TEXT NOT NULL,
  article_group TEXT NOT NULL,
  vat_class TEXT NOT NULL CHECK (vat_class IN ('standard', 'low', 'lowest', 'zero')),
  unit TEXT NOT NULL,
  pricing TEXT NOT NULL CHECK (pricing IN ('fixed', 'weighed', 'open')),
  age_limit INTEGER CHECK (age_limit BETWEEN 1 AND 99),
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;
CREATE INDEX article_gtin ON article (gtin);
CREATE INDEX article_group ON article (article_group);

CREATE TABLE article_price (
  article_seq INTEGER NOT NULL REFERENCES article (seq),
  valid_from TEXT NOT NULL,
  price_minor INTEGER NOT NULL,
  PRIMARY KEY (article_seq, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE article_label (
  article_seq INTEGER NOT NULL REFERENCES article (seq),
  label TEXT NOT NULL,
  PRIMARY KEY (article_seq, label)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE article_words USING fts5 (
  name, content = 'article', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4'
);
CREATE VIRTUAL TABLE article_trigrams USING fts5 (
  name, content = 'article', content_rowid = 'seq', tokenize = 'trigram remove_diacritics 1'
);
CREATE TRIGGER article_added AFTER INSERT ON article BEGIN
  INSERT INTO article_words (rowid, name) VALUES (new.seq, new.name);
  INSERT INTO article_trigrams (rowid, name) VALUES (new.seq, new.name);
END;
CREATE TRIGGER article_renamed AFTER UPDATE OF name ON article WHEN old.name <> new.name BEGIN
  INSERT INTO article_words (article_words, rowid, name) VALUES ('delete', old.seq, old.name);
  INSERT INTO article_trigrams (article_trigrams, rowid, name) VALUES ('delete', old.seq, old.name);
  INSERT INTO article_words (rowid, name) VALUES (new.seq, new.name);
  INSERT INTO article_trigrams (rowid, name) VALUES (new.seq, new.name);
END;
CREATE TRIGGER article_stays BEFORE DELETE ON article BEGIN
  SELECT RAISE (ABORT, 'articles are made inactive, never deleted');
END;

CREATE TABLE quick_key_page (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE quick_key (
  page_id TEXT NOT NULL REFERENCES quick_key_page (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  article_id TEXT NOT NULL REFERENCES article (id),
  PRIMARY KEY (page_id, position)
) STRICT, WITHOUT ROWID;
`,
} as const;
