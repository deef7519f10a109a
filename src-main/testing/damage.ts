import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../storage/database.ts';

/** Turns over every bit of a stretch of a file, as a dying disk may. */
export function flipBytes(file: string, from: number, length: number): void {
  const handle = openSync(file, 'r+');
  const bytes = Buffer.alloc(length);
  readSync(handle, bytes, 0, length, from);
  writeSync(handle, bytes.map((byte) => byte ^ 0xff), 0, length, from);
  closeSync(handle);
}

/** Damages the first page of a table or index: its head says what the page is. */
export function damagePage(file: string, table: string): void {
  const db = openDatabase(file, { readonly: true });
  const { rootpage } = db.prepare('SELECT rootpage FROM sqlite_master WHERE name = ?').get(table) as { readonly rootpage: number };
  const size = Number(db.pragma('page_size', { simple: true }));
  db.close();
  flipBytes(file, (rootpage - 1) * size, 64);
}

/** What files say, by name; to see that nothing of them was touched. An empty one says nothing. */
export const fingerprints = (folder: string, pattern: RegExp): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => pattern.test(name) && statSync(join(folder, name)).size > 0 && statSync(join(folder, name)).isFile())
      .map((name) => [name, createHash('sha256').update(readFileSync(join(folder, name))).digest('hex')]),
  );

export const sizeOf = (file: string): number => (existsSync(file) ? statSync(file).size : 0);
