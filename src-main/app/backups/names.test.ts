import { expect, test } from 'vitest';
import { backupName, superseded, takenAtMs } from './names.ts';

const hour = 3_600_000;
const noon = Date.UTC(2026, 10, 26, 12);
const hoursAgo = (hours: number): string => backupName(noon - hours * hour);

test('a name says when, in UTC, and reads back; other names are nobody\'s business', () => {
  expect(backupName(Date.UTC(2026, 10, 26, 9, 5, 7))).toBe('kassa-20261126-090507.sqlite');
  expect(takenAtMs('kassa-20261126-090507.sqlite')).toBe(Date.UTC(2026, 10, 26, 9, 5, 7));
  for (const other of ['kassa.sqlite', 'my own.sqlite', 'kassa-20261126-090507.sqlite.part', 'kassa-put-aside-20261126-090507.sqlite']) expect(takenAtMs(other)).toBeNull();
});

test('the three newest and the last of each of seven days are kept', () => {
  const names = Array.from({ length: 40 }, (_, index) => hoursAgo(index * 6));
  const gone = superseded(names);
  const kept = names.filter((name) => !gone.includes(name));
  expect(kept).toEqual([hoursAgo(0), hoursAgo(6), hoursAgo(12), ...[18, 42, 66, 90, 114, 138].map((hours) => hoursAgo(hours))]);
});

test('few are all kept, whatever their order, and a stranger\'s file is never named', () => {
  expect(superseded([hoursAgo(1), hoursAgo(2), hoursAgo(0)])).toEqual([]);
  const gone = superseded(['holiday.sqlite', ...Array.from({ length: 6 }, (_, index) => hoursAgo(index))]);
  expect(gone).toEqual([hoursAgo(3), hoursAgo(4), hoursAgo(5)]);
});
