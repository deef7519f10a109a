import type { Stores } from '../core/ports/stores.ts';
import { accountingStore } from './accounting.ts';
import { articleStore } from './articles.ts';
import { customerInfoStore } from './customer-infos.ts';
import { startCheckpoints } from './checkpoints.ts';
import { openDatabase, statementsOf, type Database } from './database.ts';
import { storageFailureOf } from './failure.ts';
import { paperStore } from './issued-papers.ts';
import { journalStore } from './journal.ts';
import { mailStore } from './mails.ts';
import { lanDeviceStore } from './lan-devices.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { providerReceiptStore } from './provider-receipts.ts';
import { providerStore } from './providers.ts';
import { refundStore } from './refunds.ts';
import { reportStore } from './reports.ts';
import { returnStore } from './returns.ts';
import { saleStore } from './sales.ts';
import { settlementStore } from './settlements.ts';
import { shiftStore } from './shifts.ts';
import { shopStore, staffStore } from './shop.ts';
import { taskStore } from './tasks.ts';
import { unprintedStore } from './unprinted-papers.ts';

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
    unprinted: unprintedStore(sql),
    mails: mailStore(sql, journal, transaction),
    shifts: shiftStore(sql, journal, transaction),
    reports: reportStore(sql, journal, sales, transaction),
    accounting: accountingStore(sql, sales),
    refunds: refundStore(sql, journal, transaction),
    returns: returnStore(sql, sales),
    tasks: taskStore(sql, journal, transaction),
    journal,
    providers: providerStore(sql),
    providerReceipts: providerReceiptStore(sql, journal, transaction),
    customerInfos: customerInfoStore(sql, journal, transaction),
    settlements: settlementStore(sql),
    lanDevices: lanDeviceStore(sql, journal, transaction),
    transaction,
  };
}

/** A new database that is filled in bulk: durable when it is closed, and not before. */
export type FillingStorage = Storage & {
  /** Keeps what was written since the last time, in one piece. */
  keep(): void;
};

/**
 * Makes a new file to be filled in bulk: through the same stores, many steps in one transaction, and nothing waits for the disk until
 * `close`. A plug that is pulled meanwhile leaves no database that anybody could use, so nobody may be given the file before.
 */
export function openForFilling({ file, sha256, nowMs, nativeBinding }: Pick<StorageOptions, 'file' | 'sha256' | 'nowMs' | 'nativeBinding'>): FillingStorage {
  const db = openDatabase(file, { nativeBinding });
  try {
    configure(db);
    migrate(db, migrations, null, nowMs());
  } catch (error) {
    db.close();
    throw error;
  }
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -256000');
  db.pragma('wal_autocheckpoint = 10000');
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  begin.run();
  return {
    ...storesOf(db, sha256),
    keep() {
      commit.run();
      begin.run();
    },
    close() {
      if (db.inTransaction) commit.run();
      db.pragma('synchronous = FULL');
      db.pragma('wal_checkpoint(TRUNCATE)');
      db.close();
      return Promise.resolve();
    },
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
