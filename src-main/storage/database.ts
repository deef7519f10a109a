import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';

/** An open SQLite file. */
export type Database = BetterSqlite3.Database;

/** A value that SQLite can bind. */
export type Bindable = string | number | null;

/** Node-API that the package's own binding needs; on an older one it ends the process without a word. */
const neededNapi = 10;

type Opening = { readonly readonly?: boolean; readonly timeoutMs?: number; readonly nativeBinding?: string | undefined };

/**
 * Opens an SQLite file, or the bytes of one, which then live in memory only. `nativeBinding` replaces the package's own binding. Throws on a Node that can't load SQLite,
 * before trying.
 */
export function openDatabase(file: string | Buffer, opening: Opening = {}): Database {
  const napi = Number(process.versions['napi'] ?? 0);
  if (opening.nativeBinding === undefined && napi < neededNapi) {
    throw new Error(`Kassa needs Node 22.18 or newer to open its database; this is ${process.version}. Install a newer Node and start again.`);
  }
  const Driver = createRequire(import.meta.url)('better-sqlite3') as typeof BetterSqlite3;
  return new Driver(file, {
    readonly: opening.readonly ?? false,
    timeout: opening.timeoutMs ?? 5_000,
    ...(opening.nativeBinding === undefined ? {} : { nativeBinding: opening.nativeBinding }),
  });
}

/** Prepares each statement once per database. */
export type Statements = (sql: string) => BetterSqlite3.Statement;

export function statementsOf(db: Database): Statements {
  const prepared = new Map<string, BetterSqlite3.Statement>();
  return (sql) => {
    const known = prepared.get(sql);
    if (known) return known;
    const made = db.prepare(sql);
    prepared.set(sql, made);
    return made;
  };
}

/** A row as SQLite gives it; each query file reads its own columns out of it. */
export type Row = Readonly<Record<string, string | number | null>>;

export const text = (row: Row, column: string): string => {
  const value = row[column];
  if (typeof value !== 'string') throw new Error(`storage: column ${column} is not text`);
  return value;
};
export const textOrNull = (row: Row, column: string): string | null => (row[column] === null ? null : text(row, column));
export const integer = (row: Row, column: string): number => {
  const value = row[column];
  if (typeof value !== 'number') throw new Error(`storage: column ${column} is not a number`);
  return value;
};
export const integerOrNull = (row: Row, column: string): number | null =>
  row[column] === null ? null : integer(row, column);
export const flag = (row: Row, column: string): boolean => integer(row, column) === 1;
export const json = <T>(row: Row, column: string): T => JSON.parse(text(row, column)) as T;
export const jsonOrNull = <T>(row: Row, column: string): T | null => (row[column] === null ? null : json<T>(row, column));
