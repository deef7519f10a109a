import { closeSync, existsSync, fdatasyncSync, mkdirSync, openSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { openDatabase, integer, text, type Database, type Row } from './database.ts';
import { checkPages } from './examine.ts';
import { storageFailureOf } from './failure.ts';
import { sidecars, syncFile, syncFolder } from './files.ts';
import { versionOf } from './migrate.ts';
import { migrations } from './migrations/index.ts';

/** Why a file can't take the place of a shop's database. */
export type BackupProblem = 'damaged' | 'newer' | 'journal' | 'no-shop';

const sentences: Readonly<Record<BackupProblem, string>> = {
  damaged: 'it is damaged and can\'t be read to its end',
  newer: 'it was written by a newer Kassa',
  journal: 'its journal is not whole: it is a copy that was made while the shop was writing, or a part of it is missing',
  'no-shop': 'there is no shop in it',
};

/** A file that was looked at and can't be used. */
export class UnusableBackupError extends Error {
  override readonly name = 'UnusableBackupError';
  readonly problem: BackupProblem;

  constructor(file: string, problem: BackupProblem, options?: ErrorOptions) {
    super(`${file} can't be used as a backup: ${sentences[problem]}.`, options);
    this.problem = problem;
  }
}

/** What a look into a backup finds in it. */
export type BackupContent = {
  readonly version: number;
  readonly receipts: number;
  readonly lastReceipt: { readonly number: number; readonly at: string } | null;
  readonly journalEntries: number;
  readonly language: string;
};

/** A backup that was made: every word of `content` was read from it. */
export type MadeBackup = { readonly file: string; readonly bytes: number; readonly content: BackupContent };

const hasTable = (db: Database, name: string): boolean => db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(name) !== undefined;

/** Registers whose journal does not end where its head says. From before heads were kept there is nothing to compare. */
function cutJournals(db: Database): number {
  if (!hasTable(db, 'journal_head')) return 0;
  const row = db
    .prepare(
      `WITH tail AS (SELECT register_id, seq, hash FROM journal AS one WHERE seq = (SELECT max(seq) FROM journal WHERE register_id = one.register_id))
       SELECT count(*) AS n FROM journal_head AS head FULL JOIN tail ON tail.register_id = head.register_id
       WHERE tail.seq IS NOT head.seq OR tail.hash IS NOT head.hash`,
    )
    .get() as Row;
  return integer(row, 'n');
}

function contentOf(db: Database): BackupContent {
  const last = db.prepare("SELECT number, completed_at FROM receipt WHERE state = 'completed' ORDER BY completed_at DESC, number DESC LIMIT 1").get() as Row | undefined;
  const count = (from: string): number => integer(db.prepare(`SELECT count(*) AS n FROM ${from}`).get() as Row, 'n');
  const shop = db.prepare('SELECT language FROM shop').get() as Row | undefined;
  return {
    version: versionOf(db),
    receipts: count("receipt WHERE state = 'completed'"),
    lastReceipt: last ? { number: integer(last, 'number'), at: text(last, 'completed_at') } : null,
    journalEntries: count('journal'),
    language: shop ? text(shop, 'language') : '',
  };
}

/** Checks an open database from its first page to its last. Throws UnusableBackupError. */
export function checkedContent(db: Database, file: string): BackupContent {
  try {
    if (versionOf(db) > (migrations.at(-1)?.version ?? 0)) throw new UnusableBackupError(file, 'newer');
    checkPages(db, 'integrity_check');
    if (!hasTable(db, 'receipt') || !hasTable(db, 'shop') || !hasTable(db, 'journal')) throw new UnusableBackupError(file, 'no-shop');
    const content = contentOf(db);
    if (content.language === '') throw new UnusableBackupError(file, 'no-shop');
    if (cutJournals(db) > 0) throw new UnusableBackupError(file, 'journal');
    return content;
  } catch (error) {
    if (storageFailureOf(error) === 'damaged') throw new UnusableBackupError(file, 'damaged', { cause: error });
    throw error;
  }
}

/** Looks into a backup without changing it. Throws UnusableBackupError. */
export function lookIntoBackup(file: string, nativeBinding?: string): BackupContent {
  let db: Database | null = null;
  try {
    db = openDatabase(file, { readonly: true, nativeBinding });
    return checkedContent(db, file);
  } catch (error) {
    if (storageFailureOf(error) === 'damaged') throw new UnusableBackupError(file, 'damaged', { cause: error });
    throw error;
  } finally {
    db?.close();
  }
}

/** Pages that are copied at once: few enough that writing them to the disk holds no sale up, and that an abandoned copy soon notices it. */
const pagesAtOnce = 1024;

/**
 * One moment of a database, which may be in use, as a file of its own. The snapshot is held from the first page to the last:
 * writers go on meanwhile, and none of them makes the copy begin anew.
 */
async function copyMoment(file: string, to: string, nativeBinding?: string): Promise<void> {
  const source = openDatabase(file, { readonly: true, nativeBinding });
  const written = openSync(to, 'w+');
  try {
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_master').get();
    await source.backup(to, {
      progress() {
        // A sale's commit waits for what others have given to the disk: little by little instead of all at the end.
        fdatasyncSync(written);
        return pagesAtOnce;
      },
    });
  } finally {
    closeSync(written);
    source.close();
  }
  const copy = openDatabase(to, { nativeBinding });
  try {
    // A backup is one file: without a log beside it there is none to be forgotten.
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
  syncFile(to);
}

/** A backup must not take the space that the next sales need. */
function refuseCrowding(file: string, folder: string, spareBytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  const needed = statSync(file).size + spareBytes;
  if (bavail * bsize < needed) throw Object.assign(new Error(`${folder} has too little space for a backup: ${bavail * bsize} bytes of ${needed}`), { code: 'ENOSPC' });
}

const removeAll = (file: string): void => {
  for (const end of [...sidecars, '-journal']) rmSync(`${file}${end}`, { force: true });
};

/**
 * Makes a backup of a database, which may be in use, and checks it before it gets its name: a file of that name is whole.
 * Throws for a name that is taken, UnusableBackupError if what was copied is damaged, or the disk's own errors; none of
 * them leaves anything behind.
 */
export async function makeBackup(file: string, to: string, options: { readonly spareBytes: number; readonly nativeBinding?: string | undefined }): Promise<MadeBackup> {
  if (existsSync(to)) throw new Error(`${to} is there already and is not overwritten. Name another file.`);
  const folder = dirname(to);
  mkdirSync(folder, { recursive: true });
  refuseCrowding(file, folder, options.spareBytes);
  const part = `${to}.part`;
  removeAll(part);
  try {
    await copyMoment(file, part, options.nativeBinding);
    const content = lookIntoBackup(part, options.nativeBinding);
    const bytes = statSync(part).size;
    renameSync(part, to);
    syncFolder(folder);
    return { file: to, bytes, content };
  } catch (error) {
    removeAll(part);
    throw error;
  }
}
