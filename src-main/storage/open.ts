import type { Stores } from '../core/ports/stores.ts';
import { articleStore } from './articles.ts';
import { startCheckpoints } from './checkpoints.ts';
import { openDatabase, statementsOf, type Database } from './database.ts';
import { storageFailureOf } from './failure.ts';
import { paperStore } from './issued-papers.ts';
import { journalStore } from './journal.ts';
import { mailStore } from './mails.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { providerStore } from './providers.ts';
import { refundStore } from './refunds.ts';
import { reportStore } from './reports.ts';
import { saleStore } from './sales.ts';
import { shiftStore } from './shifts.ts';
import { shopStore, staffStore } from './shop.ts';
import { taskStore } from './tasks.ts';

export type StorageOptions = {
  /** Path of the database, or `:memory:` for tests. */
  readonly file: string;
  readonly sha256: (content: string) => string;
  readonly nowMs: () => number;
  readonly nativeBinding?: string | undefined;
  /** Off for short runs that write little, such as commands; the log is then moved at the end. On unless told. */
  readonly checkpoints?: boolean;
  /** Told when a transaction meets a page that can't be read, also one that no window asked for. */
  readonly damaged?: () => void;
};

/** The open database. `close` moves everything out of the write-ahead log first. */
export type Storage = Stores & { close(): Promise<void> };

/** Durable at each commit; the log is checkpointed by the worker and never by a sale. */
function configure(db: Database): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('wal_autocheckpoint = 0');
  db.pragma('cache_size = -16000');
  db.pragma('temp_store = MEMORY');
}

function transactionOf(db: Database, damaged: () => void): <T>(work: () => T) => T {
  return (work) => {
    if (db.inTransaction) return work();
    try {
      return db.transaction(work).immediate();
    } catch (error) {
      if (storageFailureOf(error) === 'damaged') damaged();
      throw error;
    }
  };
}

/** The stores over an open, migrated database. */
export function storesOf(db: Database, sha256: (content: string) => string, damaged: () => void = () => undefined): Stores {
  const sql = statementsOf(db);
  const transaction = transactionOf(db, damaged);
  const journal = journalStore(sql, sha256, transaction);
  const sales = saleStore(sql, journal, transaction, sha256);
  return {
    shop: shopStore(sql, transaction),
    staff: staffStore(sql),
    articles: articleStore(sql, transaction),
    sales,
    papers: paperStore(sql, journal, transaction),
    mails: mailStore(sql, journal, transaction),
    shifts: shiftStore(sql, journal, transaction),
    reports: reportStore(sql, journal, sales, transaction),
    refunds: refundStore(sql, journal, transaction),
    tasks: taskStore(sql, journal, transaction),
    journal,
    providers: providerStore(sql),
    transaction,
  };
}

/** Opens (and where needed migrates) the database of a register. Throws NewerDatabaseError, or SQLite's own errors. */
export function openStorage(options: StorageOptions): Storage {
  const inMemory = options.file === ':memory:';
  const db = openDatabase(options.file, { nativeBinding: options.nativeBinding });
  try {
    configure(db);
    migrate(db, migrations, inMemory ? null : options.file, options.nowMs());
  } catch (error) {
    db.close();
    throw error;
  }
  const stopCheckpoints =
    inMemory || options.checkpoints === false ? null : startCheckpoints(options.file, options.nativeBinding);
  return {
    ...storesOf(db, options.sha256, options.damaged),
    async close() {
      await stopCheckpoints?.();
      try {
        if (!inMemory) db.pragma('wal_checkpoint(TRUNCATE)');
      } finally {
        // On a full disk the log stays where it is, and the next start reads it.
        db.close();
      }
    },
  };
}
