/** What the database file or its disk has done to us, in the few kinds that people can do something about. */
export type StorageFailure = 'full' | 'read-only' | 'busy' | 'damaged' | 'failed';

/** The database can't be trusted any more: SQLite's own check found something, or the file is not there. */
export class DamagedDatabaseError extends Error {
  override readonly name = 'DamagedDatabaseError';
  readonly missing: boolean;

  constructor(message: string, missing = false) {
    super(message);
    this.missing = missing;
  }
}

/** Beginnings of the codes of SQLite and of the system; the first that fits decides. */
const kinds: readonly (readonly [string, StorageFailure])[] = [
  ['SQLITE_FULL', 'full'],
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_NOTADB', 'damaged'],
  ['SQLITE_FORMAT', 'damaged'],
  ['SQLITE_IOERR_CORRUPTFS', 'damaged'],
  ['SQLITE_IOERR_SHORT_READ', 'damaged'],
  ['SQLITE_READONLY', 'read-only'],
  ['SQLITE_CANTOPEN', 'read-only'],
  ['SQLITE_PERM', 'read-only'],
  ['EROFS', 'read-only'],
  ['EACCES', 'read-only'],
  ['EPERM', 'read-only'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_IOERR', 'failed'],
  ['EIO', 'failed'],
];

/** The kind of a failure of file or disk; null for everything else, which is a bug. */
export function storageFailureOf(error: unknown): StorageFailure | null {
  if (error instanceof DamagedDatabaseError) return 'damaged';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return kinds.find(([beginning]) => code.startsWith(beginning))?.[1] ?? null;
}
