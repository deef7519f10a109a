import { existsSync, statSync } from 'node:fs';
import { openDatabase, type Row } from './database.ts';
import { DamagedDatabaseError } from './failure.ts';
import { refuseNewer } from './migrate.ts';
import { migrations } from './migrations/index.ts';

const sizeOf = (file: string): number => (existsSync(file) ? statSync(file).size : 0);

/**
 * Looks at a database before anything writes to it: only a connection that can't write leaves a damaged or newer file, and
 * the log beside it, as they are. After an end without order (the log is still there) all of its pages are checked.
 * Throws DamagedDatabaseError, NewerDatabaseError, or SQLite's own errors.
 */
export function examineDatabase(file: string, nativeBinding?: string): void {
  const endedWithoutOrder = sizeOf(`${file}-wal`) > 0;
  if (sizeOf(file) === 0) {
    // SQLite would begin an empty database and play the log of the lost one into it.
    if (endedWithoutOrder) throw new DamagedDatabaseError(`${file} is empty, and its write-ahead log is not`, !existsSync(file));
    return;
  }
  const db = openDatabase(file, { readonly: true, nativeBinding });
  try {
    refuseNewer(db, migrations);
    if (endedWithoutOrder) checkPages(db, 'quick_check');
  } finally {
    db.close();
  }
}

/** SQLite's own look at every page; `integrity_check` also compares the indexes with their tables. */
export function checkPages(db: ReturnType<typeof openDatabase>, how: 'quick_check' | 'integrity_check'): void {
  const [first] = db.pragma(`${how}(1)`) as Row[];
  const said = String(first?.[how]);
  if (said !== 'ok') throw new DamagedDatabaseError(said);
}
