import { stampOf } from '../../storage/files.ts';

/*
 * Names of the backups that the program makes by itself, and which of them are kept. Only files of exactly this form are ever
 * removed; what a person puts beside them stays.
 */
const pattern = /^kassa-(\d{4})(\d{2})(\d{2})-(\d{2})(\d{2})(\d{2})\.sqlite$/;

/** The newest ones, whatever their day. */
const newestKept = 3;
/** Days of which the last backup is kept. */
const daysKept = 7;

/** `kassa-20261126-105748.sqlite`, in UTC. */
export const backupName = (nowMs: number): string => `kassa-${stampOf(nowMs)}.sqlite`;

/** When a backup of this name was taken; null for a name of another form. */
export function takenAtMs(name: string): number | null {
  const found = pattern.exec(name);
  if (!found) return null;
  const [year = 0, month = 0, ...rest] = found.slice(1).map(Number);
  const [day = 0, hour = 0, minute = 0, second = 0] = rest;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Which of a folder's files have had their time: neither among the newest nor the last of one of the last days. */
export function superseded(names: readonly string[]): readonly string[] {
  const own = names.filter((name) => takenAtMs(name) !== null).sort().reverse();
  const dayOf = (name: string): string => name.slice(0, 'kassa-20261126'.length);
  const days = [...new Set(own.map(dayOf))].slice(0, daysKept);
  const kept = new Set([...own.slice(0, newestKept), ...days.flatMap((day) => own.find((name) => dayOf(name) === day) ?? [])]);
  return own.filter((name) => !kept.has(name));
}
