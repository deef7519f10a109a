import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { language as languages } from '../../contract/basics.ts';
import type { BackupView } from '../../contract/trouble.ts';
import { lookIntoBackup, UnusableBackupError } from '../../storage/backup.ts';
import { superseded, takenAtMs } from './names.ts';

/** Where a data folder keeps its backups. */
export const backupFolder = (dataDir: string): string => join(dataDir, 'backups');

const namesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.sqlite')) : []);

/** Whether there is anything to go back to. */
export const hasBackups = (dataDir: string): boolean => namesIn(backupFolder(dataDir)).length > 0;

/** When the newest backup was taken that the program made itself; null without one. */
export function newestMs(folder: string): number | null {
  const times = namesIn(folder).flatMap((name) => takenAtMs(name) ?? []);
  return times.length === 0 ? null : Math.max(...times);
}

/** Removes what has had its time, and what a backup that was cut off left behind. */
export function tidy(folder: string): void {
  for (const name of superseded(namesIn(folder))) rmSync(join(folder, name), { force: true });
  for (const name of readdirSync(folder)) if (name.includes('.sqlite.part')) rmSync(join(folder, name), { force: true });
}

function viewOf(folder: string, name: string, nativeBinding: string | undefined): BackupView {
  const file = join(folder, name);
  const { size, mtimeMs } = statSync(file);
  const takenAt = new Date(takenAtMs(name) ?? mtimeMs).toISOString();
  try {
    const { receipts, lastReceipt, language } = lookIntoBackup(file, nativeBinding);
    return { name, takenAt, bytes: size, problem: null, receipts, lastReceipt, language: languages.safeParse(language).data ?? null };
  } catch (error) {
    const problem = error instanceof UnusableBackupError ? error.problem : 'damaged';
    return { name, takenAt, bytes: size, problem, receipts: 0, lastReceipt: null, language: null };
  }
}

/** Every backup of a folder with what is in it, the newest first. Each is read from its first page to its last. */
export function listBackups(folder: string, nativeBinding: string | undefined): readonly BackupView[] {
  const views = namesIn(folder).map((name) => viewOf(folder, name, nativeBinding));
  return views.sort((a, b) => b.takenAt.localeCompare(a.takenAt));
}
