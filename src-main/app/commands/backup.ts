import { createClock } from '../../adapters/clock.ts';
import { createCrypto } from '../../adapters/crypto.ts';
import { secretsReadable } from '../../adapters/secrets.ts';
import { makeBackup, UnusableBackupError, type BackupContent } from '../../storage/backup.ts';
import { storageFailureOf, type StorageFailure } from '../../storage/failure.ts';
import { InUseError, takeInstanceLock } from '../../storage/instance-lock.ts';
import { restoreDatabase, type Restored } from '../../storage/restore.ts';

/** What a command answers, or the sentence why it could not be done; nothing was changed then. */
export type Attempted<T> = T | { readonly problem: string };

/** What was read from a backup to know that it is whole. */
export type CheckedBackup = { readonly pages: 'ok'; readonly journalHead: 'ok' } & Omit<BackupContent, 'language'>;

const checked = ({ version, receipts, lastReceipt, journalEntries }: BackupContent): CheckedBackup => ({ pages: 'ok', journalHead: 'ok', version, receipts, lastReceipt, journalEntries });

const sentences: Readonly<Record<StorageFailure, string>> = {
  full: 'the disk is full. Free some space, or name a file on another disk.',
  'read-only': 'the file or its folder can\'t be read or written by this user.',
  failed: 'the disk reports an error. Look at the disk before anything else.',
  busy: 'the database is busy. Try again.',
  damaged: 'the database is damaged. Leave it as it is and restore the newest backup.',
};

function problemOf(error: unknown): { readonly problem: string } {
  if (error instanceof UnusableBackupError || error instanceof InUseError) return { problem: error.message };
  const failure = storageFailureOf(error);
  if (failure) return { problem: `${sentences[failure]} (${error instanceof Error ? error.message : failure})` };
  return { problem: error instanceof Error ? error.message : String(error) };
}

/** Makes a backup of a shop, also beside a running till. */
export async function backUpShop(database: string, to: string): Promise<Attempted<{ readonly file: string; readonly bytes: number; readonly checked: CheckedBackup }>> {
  try {
    const { file, bytes, content } = await makeBackup(database, to, { spareBytes: 0 });
    return { file, bytes, checked: checked(content) };
  } catch (error) {
    return problemOf(error);
  }
}

/** Puts a backup in the place of a data folder's database, which is put aside. Refuses while a till runs on the folder. */
export function restoreShop(backup: string, dataDir: string, database: string): Attempted<{ readonly database: string; readonly putAside: string | null; readonly credentials: Restored['credentials']; readonly checked: CheckedBackup }> {
  let release: (() => void) | null = null;
  try {
    release = takeInstanceLock(dataDir);
    const { content, putAside, credentials } = restoreDatabase({
      file: database,
      backup,
      nowMs: createClock().nowMs(),
      sha256: createCrypto().sha256,
      canOpen: (sealed) => secretsReadable(dataDir, sealed),
    });
    return { database, putAside, credentials, checked: checked(content) };
  } catch (error) {
    return problemOf(error);
  } finally {
    release?.();
  }
}
