import { parse } from 'csv-parse';
import type { RefusedRow } from '../../contract/articles.ts';
import type { VatClass } from '../../contract/basics.ts';
import { columnsOf, readable, type Column } from '../../core/articles/csv-columns.ts';
import { decimalOf, readRow, rowKey, type DecimalSign } from '../../core/articles/csv-row.ts';
import type { ArticleWrite } from '../../core/ports/stores.ts';

/** A file of articles, read and checked; nothing is written. */
export type ArticleFile = {
  readonly encoding: 'utf-8' | 'latin-1';
  readonly separator: ',' | ';' | '\t';
  readonly decimal: DecimalSign;
  readonly columns: readonly Column[];
  /** Rows after the header, good and refused. */
  readonly rows: number;
  /** Good rows with their line, counted from 1 with the header, as an editor does. */
  readonly good: readonly { readonly line: number; readonly write: ArticleWrite }[];
  readonly refused: readonly RefusedRow[];
};

/** What keeps a whole file from being read. */
export type FileProblem = 'file-unreadable' | 'file-without-header';

type CsvRow = { readonly line: number; readonly cells: readonly string[]; readonly raw: string };

/** UTF-8 where the bytes are valid UTF-8, else Latin-1, in which every byte is something. */
function decode(bytes: Uint8Array): { readonly content: string; readonly encoding: 'utf-8' | 'latin-1' } {
  try {
    return { content: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { content: new TextDecoder('windows-1252').decode(bytes), encoding: 'latin-1' };
  }
}

const separators = [';', '\t', ','] as const;

/** The separator that parts the first line into most columns that are known; ties go to the rarer sign. */
function separatorOf(firstLine: string): ',' | ';' | '\t' {
  const known = (separator: string): number =>
    columnsOf(firstLine.split(separator).map((cell) => cell.replaceAll('"', ''))).filter((column) => column.field !== null).length;
  let best: (typeof separators)[number] = ',';
  let most = 0;
  for (const separator of separators) {
    const count = known(separator);
    if (count > most) [best, most] = [separator, count];
  }
  return best;
}

const lineBreaks = (raw: string): number => raw.replace(/\r\n?/g, '\n').split('\n').length - 1;

/** How many rows are read before other work of the till gets its turn. */
const rowsPerTurn = 500;
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type Parsed = { readonly rows: readonly CsvRow[]; readonly unclosedLine: number | null };

async function parseRows(content: string, separator: string): Promise<readonly CsvRow[]> {
  const rows: CsvRow[] = [];
  let line = 1;
  const parser = parse({ delimiter: separator, bom: true, relax_column_count: true, relax_quotes: true, raw: true });
  parser.end(content);
  for await (const entry of parser as AsyncIterable<{ readonly record: readonly string[]; readonly raw: string }>) {
    rows.push({ line, cells: entry.record, raw: entry.raw });
    line += Math.max(lineBreaks(entry.raw), 1);
    if (rows.length % rowsPerTurn === 0) await nextTurn();
  }
  return rows;
}

/** The line on which a quote was opened that the parser saw no end of; null for other errors. */
function unclosedLineOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'CSV_QUOTE_NOT_CLOSED') return null;
  const named = /line (\d+)/.exec(error.message);
  return named ? Number(named[1]) : null;
}

/** Parses the rows, keeping the line each begins on. A quote that is never closed ends the file before its line. */
async function rowsOf(content: string, separator: string): Promise<Parsed> {
  try {
    return { rows: await parseRows(content, separator), unclosedLine: null };
  } catch (error) {
    const unclosedLine = unclosedLineOf(error);
    if (unclosedLine === null) throw error;
    const before = content.split('\n').slice(0, unclosedLine - 1).join('\n');
    return { rows: await parseRows(before, separator), unclosedLine };
  }
}

const shown = (raw: string): string => raw.trim().slice(0, 200);

/** Reads a file of articles: encoding, separator, header and decimal sign are found by themselves. */
export async function readArticleFile(
  bytes: Uint8Array,
  vatClassOfRate: ReadonlyMap<number, VatClass>,
): Promise<ArticleFile | FileProblem> {
  if (bytes.includes(0)) return 'file-unreadable';
  const { content, encoding } = decode(bytes);
  const firstLine = content.replace(/^\uFEFF/, '').split(/\r?\n|\r/, 1)[0] ?? '';
  const separator = separatorOf(firstLine);
  const { rows, unclosedLine } = await rowsOf(content, separator);
  const [header, ...body] = rows;
  const columns = columnsOf((header?.cells ?? []).map((cell) => cell.trim()));
  if (!readable(columns)) return 'file-without-header';
  const priceAt = columns.findIndex((column) => column.field === 'price');
  const decimal = decimalOf(body.map((row) => row.cells[priceAt] ?? ''));
  const { good, refused } = await check(body, { columns, decimal, vatClassOfRate });
  if (unclosedLine !== null) refused.push({ line: unclosedLine, reason: 'quote-unclosed', text: shown(content.split('\n')[unclosedLine - 1] ?? '') });
  return { encoding, separator, decimal, columns, rows: good.length + refused.length, good, refused };
}

async function check(body: readonly CsvRow[], reading: Parameters<typeof readRow>[1]) {
  const good: { line: number; write: ArticleWrite }[] = [];
  const refused: RefusedRow[] = [];
  const keys = new Set<string>();
  let done = 0;
  for (const row of body) {
    done += 1;
    if (done % rowsPerTurn === 0) await nextTurn();
    if (row.cells.every((cell) => cell.trim() === '')) continue;
    const read = readRow(row.cells, reading);
    const doubled = read.ok && keys.has(rowKey(read.write));
    if (read.ok && !doubled) {
      keys.add(rowKey(read.write));
      good.push({ line: row.line, write: read.write });
    } else {
      refused.push({ line: row.line, reason: read.ok ? 'gtin-doubled' : read.reason, text: shown(row.raw) });
    }
  }
  return { good, refused };
}
