import { createClock } from '../../adapters/clock.ts';
import { createCrypto } from '../../adapters/crypto.ts';
import { secretsReadable } from '../../adapters/secrets.ts';
import { makeBackup, type BackupContent } from '../../storage/backup.ts';
import { takeInstanceLock } from '../../storage/instance-lock.ts';
import { restoreDatabase, type Restored } from '../../storage/restore.ts';
import { problemOf, type Attempted } from './problem.ts';

/** What was read from a backup to know that it is whole. */
export type CheckedBackup = { readonly pages: 'ok'; readonly journalHead: 'ok' } & Omit<BackupContent, 'language'>;

const checked = ({ version, receipts, lastReceipt, journalEntries }: BackupContent): CheckedBackup => ({ pages: 'ok', journalHead: 'ok', version, receipts, lastReceipt, journalEntries });

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
