import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { offsetMinutesIn, isoInstant } from '../core/time.ts';
import { checkedContent, UnusableBackupError, type BackupContent } from './backup.ts';
import { openDatabase, type Database } from './database.ts';
import { storageFailureOf } from './failure.ts';
import { asideName, moveDatabase, sidecars, syncFile, syncFolder } from './files.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { storesOf } from './open.ts';

/*
 * A backup takes a database's place in two halves. First it is copied beside the database and made ready: checked, brought
 * to this program's version, given a new epoch and its journal entry. Then one small file, the plan, is renamed into
 * place, and from that moment on the exchange is finished by whoever comes next: this program or the next start. A kill
 * before the plan leaves the old database untouched, a kill after it the new one complete.
 */

/** What a restore works with. */
export type RestoreInput = {
  /** The database whose place the backup takes; it may be missing or damaged. Nobody has it open. */
  readonly file: string;
  readonly backup: string;
  readonly nowMs: number;
  readonly sha256: (content: string) => string;
  /** Whether what was sealed in the backup can be opened with this folder's key. */
  readonly canOpen: (sealed: readonly string[]) => boolean;
  readonly nativeBinding?: string | undefined;
  /** Called between any two steps; tests end the program there. */
  readonly step?: () => void;
};

export type Restored = {
  readonly content: BackupContent;
  /** Name of the database that was there before; null where there was none. */
  readonly putAside: string | null;
  /** Providers' credentials: sealed with this folder's key, with another one, or none stored. */
  readonly credentials: 'readable' | 'unreadable' | 'none';
};

type Plan = { readonly aside: string };

const readyFile = (file: string): string => join(dirname(file), `${basename(file, '.sqlite')}-restoring.sqlite`);
const planFile = (file: string): string => join(dirname(file), `${basename(file, '.sqlite')}-restoring.json`);

/** Whether a restore was cut off after its database was ready: the next start finishes it. */
export const restoreIsUnfinished = (file: string): boolean => existsSync(planFile(file));

function credentialsIn(db: Database, input: RestoreInput): Restored['credentials'] {
  const { providers } = storesOf(db, input.sha256);
  const sealed = [...providers.accounts(), ...providers.terminals()].flatMap((one) => Object.values(one.sealedSecrets));
  if (sealed.length === 0) return 'none';
  return input.canOpen(sealed) ? 'readable' : 'unreadable';
}

/** A new epoch, so that no reference of this installation meets a payment made after the backup; and a word of it in the journal. */
function mark(db: Database, input: RestoreInput, content: BackupContent, aside: string | null, credentials: Restored['credentials']): void {
  const { shop, journal, transaction } = storesOf(db, input.sha256);
  transaction(() => {
    db.prepare("DELETE FROM setting WHERE name = 'epoch'").run();
    const register = shop.thisRegister();
    const zone = shop.load()?.timeZone;
    if (!register || zone === undefined) return;
    const detail = { backup: basename(input.backup), receipts: content.receipts, lastReceipt: content.lastReceipt?.number ?? null, putAside: aside, credentials };
    journal.append([{ registerId: register.id, staffId: null, at: isoInstant(input.nowMs), offsetMinutes: offsetMinutesIn(zone, input.nowMs), kind: 'restored', receiptId: null, detail }]);
  });
}

/** The backup as this program's own database beside the present one. A log that lies beside the backup belongs to it. */
function makeReady(input: RestoreInput, ready: string, aside: string | null): Omit<Restored, 'putAside'> {
  copyFileSync(input.backup, ready);
  if (existsSync(`${input.backup}-wal`)) copyFileSync(`${input.backup}-wal`, `${ready}-wal`);
  input.step?.();
  const db = openDatabase(ready, { nativeBinding: input.nativeBinding });
  try {
    db.pragma('journal_mode = DELETE');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    const content = checkedContent(db, input.backup);
    migrate(db, migrations, null, input.nowMs);
    const credentials = credentialsIn(db, input);
    mark(db, input, content, aside, credentials);
    input.step?.();
    return { content, credentials };
  } finally {
    db.close();
  }
}

function forget(ready: string): void {
  for (const end of [...sidecars, '-journal']) rmSync(`${ready}${end}`, { force: true });
}

/**
 * Puts a backup in the place of a database, which is put aside under a dated name with all that belongs to it and never
 * overwritten. Throws UnusableBackupError, or the disk's own errors, with the present database untouched.
 */
export function restoreDatabase(input: RestoreInput): Restored {
  const { file } = input;
  mkdirSync(dirname(file), { recursive: true });
  finishRestore(file);
  const putAside = sidecars.some((end) => existsSync(`${file}${end}`)) ? asideName(file, input.nowMs) : null;
  const ready = readyFile(file);
  try {
    const made = makeReady(input, ready, putAside);
    syncFile(ready);
    const plan: Plan = { aside: putAside ?? asideName(file, input.nowMs) };
    writeFileSync(`${planFile(file)}.part`, JSON.stringify(plan));
    syncFile(`${planFile(file)}.part`);
    input.step?.();
    renameSync(`${planFile(file)}.part`, planFile(file));
    syncFolder(dirname(file));
    input.step?.();
    finishRestore(file, input.step);
    return { ...made, putAside };
  } catch (error) {
    if (!restoreIsUnfinished(file)) forget(ready);
    if (storageFailureOf(error) === 'damaged') throw new UnusableBackupError(input.backup, 'damaged', { cause: error });
    throw error;
  }
}

/**
 * Finishes a restore that was cut off, or clears away one that had not come to its plan. Called with the folder's lock
 * held, before its database is opened.
 */
export function finishRestore(file: string, step?: () => void): void {
  const [ready, plan] = [readyFile(file), planFile(file)];
  if (!existsSync(plan)) {
    forget(ready);
    rmSync(`${plan}.part`, { force: true });
    return;
  }
  if (existsSync(ready)) {
    const { aside } = JSON.parse(readFileSync(plan, 'utf8')) as Plan;
    moveDatabase(file, join(dirname(file), aside), step);
    syncFolder(dirname(file));
    renameSync(ready, file);
    syncFolder(dirname(file));
    step?.();
  }
  rmSync(plan);
}
