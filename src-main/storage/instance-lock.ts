import { join } from 'node:path';
import { openDatabase } from './database.ts';

/** Another Kassa holds this data folder. */
export class InUseError extends Error {
  override readonly name = 'InUseError';
}

/**
 * Takes the data folder for this process: an exclusive lock on a small SQLite file, held until it is released. The
 * operating system frees it when the process ends in any way, so no stale lock can keep a shop closed.
 */
export function takeInstanceLock(dataDir: string, nativeBinding?: string): () => void {
  const db = openDatabase(join(dataDir, 'instance.sqlite'), { timeoutMs: 0, nativeBinding });
  try {
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('SQLITE_BUSY')) {
      throw new InUseError(`Kassa is already running with the data in ${dataDir}. Use that window, or start with another folder by --data.`);
    }
    throw error;
  }
  return () => {
    db.close();
  };
}
