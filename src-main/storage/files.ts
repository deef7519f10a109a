import { closeSync, existsSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A database and what SQLite keeps beside it. The log before the file: without its log a database is an older one. */
export const sidecars = ['-wal', '-shm', ''] as const;

/** What was written to a file is on the disk when this returns. */
export function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** So are the names in a folder. Windows has no such thing and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** `20261126-105748`, in UTC, so that names sort by time and no clock change makes two of one. */
export const stampOf = (nowMs: number): string => {
  const digits = new Date(nowMs).toISOString().replaceAll(/\D/g, '');
  return `${digits.slice(0, 8)}-${digits.slice(8, 14)}`;
};

/** A dated name beside a database under which it can be put aside; never one that is taken. */
export function asideName(file: string, nowMs: number): string {
  const name = `${basename(file, '.sqlite')}-put-aside-${stampOf(nowMs)}`;
  const free = (candidate: string): boolean => sidecars.every((end) => !existsSync(join(dirname(file), `${candidate}.sqlite${end}`)));
  let candidate = name;
  for (let n = 2; !free(candidate); n += 1) candidate = `${name}-${n}`;
  return `${candidate}.sqlite`;
}

/** Moves a closed database with all that belongs to it to another name in its folder; may be called again after it was cut off. */
export function moveDatabase(file: string, to: string, step?: () => void): void {
  for (const end of sidecars) {
    if (existsSync(`${file}${end}`)) renameSync(`${file}${end}`, `${to}${end}`);
    step?.();
  }
}
