import { articleColumns } from './article-rows.ts';
import { integer, type Row, type Statements } from './database.ts';

/** Letters and digits of any language; everything else parts words. */
const wordPattern = /[\p{L}\p{N}]+/gu;
/** From this length on a text may also be found in the middle of a word. */
const middleFrom = 3;

const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"`;

/**
 * Rowids of articles by words' beginnings. Never ranked: with a million articles a short beginning matches most of
 * them, and ranking would read them all. The first of them come straight from the index.
 */
function byWords(sql: Statements, words: readonly string[], limit: number): readonly number[] {
  const match = words.map((word) => `${quoted(word)}*`).join(' AND ');
  const rows = sql('SELECT rowid AS seq FROM article_words WHERE article_words MATCH ? LIMIT ?').all(match, limit) as Row[];
  return rows.map((row) => integer(row, 'seq'));
}

function byMiddle(sql: Statements, words: readonly string[], limit: number): readonly number[] {
  const long = words.filter((word) => word.length >= middleFrom);
  if (long.length === 0 || long.length < words.length) return [];
  const match = long.map(quoted).join(' AND ');
  const rows = sql('SELECT rowid AS seq FROM article_trigrams WHERE article_trigrams MATCH ? LIMIT ?').all(match, limit) as Row[];
  return rows.map((row) => integer(row, 'seq'));
}

function byDigits(sql: Statements, digits: string, limit: number): readonly number[] {
  const upper = `${digits}:`; // ':' follows '9'
  const rows = sql(
    `SELECT seq FROM (SELECT seq FROM article WHERE plu >= ?1 AND plu < ?2 LIMIT ?3)
     UNION ALL SELECT seq FROM (SELECT seq FROM article WHERE gtin >= ?1 AND gtin < ?2 LIMIT ?3)`,
  ).all({ 1: digits, 2: upper, 3: limit }) as Row[];
  return rows.map((row) => integer(row, 'seq'));
}

function firstOnes(sql: Statements, limit: number, inactive: boolean): readonly number[] {
  const rows = sql(`SELECT seq FROM article ${inactive ? '' : 'WHERE active = 1'} ORDER BY seq LIMIT ?`).all(limit) as Row[];
  return rows.map((row) => integer(row, 'seq'));
}

/** More than are shown, so that a better match among the first few hundred can come first. */
const candidates = 4;

/** Articles whose names begin as the text does come first, then the shorter names. */
function ordered(rows: readonly Row[], typed: string): readonly Row[] {
  const wanted = typed.toLocaleLowerCase();
  const score = (row: Row): number => (String(row['name']).toLocaleLowerCase().startsWith(wanted) ? 0 : 1);
  return [...rows].sort((a, b) => score(a) - score(b) || String(a['name']).length - String(b['name']).length);
}

/** Rows of articles on sale (or of all) for a text: digits by PLU and GTIN, words by beginnings, then the middle of words. */
export function searchArticles(sql: Statements, typed: string, limit: number, day: string, inactive: boolean): readonly Row[] {
  const trimmed = typed.trim();
  const words = trimmed.match(wordPattern) ?? [];
  const seqs = new Set<number>();
  const take = (found: readonly number[]): void => {
    for (const seq of found) seqs.add(seq);
  };
  const wanted = limit * candidates;
  if (words.length === 0) take(firstOnes(sql, limit, inactive));
  else {
    if (/^\d+$/.test(trimmed)) take(byDigits(sql, trimmed, limit));
    take(byWords(sql, words, wanted));
    if (seqs.size < limit) take(byMiddle(sql, words, limit));
  }
  const rows = [...seqs]
    .map((seq) => sql(`SELECT ${articleColumns} FROM article a WHERE a.seq = ? AND (a.active = 1 OR ?)`).get(day, seq, inactive ? 1 : 0) as Row | undefined)
    .filter((row) => row !== undefined);
  return (words.length === 0 ? rows : ordered(rows, trimmed)).slice(0, limit);
}
