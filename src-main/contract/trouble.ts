import { z } from 'zod';
import { nothing, openCall } from './define.ts';
import { instant, language } from './basics.ts';

/*
 * What windows may ask while the shop can't be opened. These calls answer then and at all times; every other call is
 * refused with `trouble` until the shop is open.
 */

/** Why the shop can't be opened. */
export const troubleKind = z.enum(['damaged', 'read-only', 'disk-full', 'newer']);
export type TroubleKind = z.infer<typeof troubleKind>;

export const troubleView = z.strictObject({
  kind: troubleKind,
  /** The database is not there at all, and backups of it are. */
  missing: z.boolean(),
  /** The data folder, for the person who has to mend it. */
  folder: z.string(),
  /** What the program was started with; null leaves it to the screen. */
  language: language.nullable(),
});
export type TroubleView = z.infer<typeof troubleView>;

/** A file among the backups. One with a `problem` can't be used. */
export const backupView = z.strictObject({
  name: z.string(),
  takenAt: instant,
  bytes: z.int(),
  problem: z.enum(['damaged', 'newer', 'journal', 'no-shop']).nullable(),
  /** Completed receipts in it, and the last of them. */
  receipts: z.int(),
  lastReceipt: z.strictObject({ number: z.int(), at: instant }).nullable(),
  /** The shop's language. */
  language: language.nullable(),
});
export type BackupView = z.infer<typeof backupView>;

export const restoredView = z.strictObject({
  /** Name of the file that was there before. */
  putAside: z.string().nullable(),
  /** Whether the providers' credentials in it can be read with this folder's key. */
  credentials: z.enum(['readable', 'unreadable', 'none']),
});
export type RestoredView = z.infer<typeof restoredView>;

export const troubleCalls = {
  /** Null when there is none. */
  'trouble.current': openCall(nothing, troubleView.nullable()),
  /** Tries to open the shop again; answers with what still keeps it from opening. */
  'trouble.retry': openCall(nothing, troubleView.nullable()),
  /** The backups of a damaged database, newest first, each of them read through. */
  'trouble.backups': openCall(nothing, z.array(backupView)),
  /** Puts a backup in the place of a damaged database, which is put aside, and opens the shop. */
  'trouble.restore': openCall(z.strictObject({ name: z.string().max(120).regex(/^[\w.-]+\.sqlite$/) }), restoredView),
};
