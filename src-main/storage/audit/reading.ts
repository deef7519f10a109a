import { openDatabase, type Database } from '../database.ts';
import { versionOf } from '../migrate.ts';
import { migrations } from '../migrations/index.ts';

/** A database that can't be looked at, in one sentence with the remedy. */
export class UnreadableDatabaseError extends Error {
  override readonly name = 'UnreadableDatabaseError';
}

function refuseOther(db: Database, file: string): void {
  const newest = migrations.at(-1)?.version ?? 0;
  const found = versionOf(db);
  if (found < newest) throw new UnreadableDatabaseError(`${file} is of an older Kassa (${found}; this one knows ${newest}). Open the shop once with this Kassa, which brings it up to date, and try again.`);
  if (found > newest) throw new UnreadableDatabaseError(`${file} was written by a newer Kassa (${found}; this one knows ${newest}). Use that one to look at it.`);
}

/** Looks at one moment of a database, which may be in use, and changes nothing of it. */
export function readingDatabase<T>(file: string, look: (db: Database) => T, nativeBinding?: string): T {
  let db: Database | null = null;
  try {
    const opened = openDatabase(file, { readonly: true, nativeBinding });
    db = opened;
    refuseOther(opened, file);
    return opened.transaction(() => look(opened))();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
      throw new UnreadableDatabaseError(`${file} is damaged and can't be read to its end: ${error instanceof Error ? error.message : code}. Leave it as it is and restore the newest backup.`, { cause: error });
    }
    throw error;
  } finally {
    db?.close();
  }
}
