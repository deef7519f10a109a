import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Database } from './database.ts';
import type { Migration } from './migrations/index.ts';

/** The database was written by a newer program; opening it could lose what this one doesn't know. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError';
}

const copiesKept = 3;

export const versionOf = (db: Database): number => Number(db.pragma('user_version', { simple: true }));

function assertRising(migrations: readonly Migration[]): void {
  migrations.forEach((step, index) => {
    const before = migrations[index - 1];
    if (before && before.version >= step.version) throw new Error(`migration ${step.version} does not come after ${before.version}`);
  });
}

/** Copies the file as it is, after everything in the write-ahead log has been moved into it. Keeps the newest few copies. */
function copyBefore(db: Database, file: string, version: number, nowMs: number): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
  const stamp = new Date(nowMs).toISOString().replaceAll(':', '').slice(0, 17);
  const prefix = `${basename(file, '.sqlite')}-before-`;
  const folder = dirname(file);
  copyFileSync(file, join(folder, `${prefix}${String(version).padStart(4, '0')}-${stamp}.sqlite`));
  const copies = readdirSync(folder).filter((name) => name.startsWith(prefix)).sort((a, b) => stampOf(b).localeCompare(stampOf(a)));
  for (const old of copies.slice(copiesKept)) rmSync(join(folder, old));
}

const stampOf = (name: string): string => name.slice(name.lastIndexOf('-2') + 1);

/** Throws for a database that is newer than the last step. */
export function refuseNewer(db: Database, steps: readonly Migration[]): void {
  const newest = steps.at(-1)?.version ?? 0;
  const found = versionOf(db);
  if (found > newest) {
    throw new NewerDatabaseError(`This shop's database was written by a newer Kassa (${found}; this one knows ${newest}). Update Kassa and start it again; nothing was changed.`);
  }
}

/**
 * Brings a database to the newest version: each missing step in a transaction of its own, after a copy of the file.
 * A database that is newer than the last step is refused and left alone.
 */
export function migrate(db: Database, steps: readonly Migration[], file: string | null, nowMs: number): void {
  assertRising(steps);
  refuseNewer(db, steps);
  const found = versionOf(db);
  const missing = steps.filter((step) => step.version > found);
  const [next] = missing;
  if (!next) return;
  if (found > 0 && file !== null && existsSync(file)) copyBefore(db, file, next.version, nowMs);
  for (const step of missing) {
    db.transaction(() => {
      // Of a file that several programs open, another one may have done it meanwhile.
      if (versionOf(db) >= step.version) return;
      db.exec(step.sql);
      db.pragma(`user_version = ${step.version}`);
    }).exclusive();
  }
}
