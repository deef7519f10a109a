import { offsetMinutesIn } from '../../core/time.ts';
import type { Chance } from './chance.ts';

/** One day of a shop's calendar, with its opening hours by the shop's clock. */
export type OpeningDay = { readonly day: string; readonly opensMs: number; readonly closesMs: number; readonly weight: number };

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Sunday first: hours, and how busy it is. */
const week: readonly { readonly opens: number; readonly closes: number; readonly weight: number }[] = [
  { opens: 11, closes: 18, weight: 0.7 },
  { opens: 8, closes: 21, weight: 0.9 },
  { opens: 8, closes: 21, weight: 0.85 },
  { opens: 8, closes: 21, weight: 0.92 },
  { opens: 8, closes: 21, weight: 1 },
  { opens: 8, closes: 21, weight: 1.35 },
  { opens: 9, closes: 20, weight: 1.3 },
];
/** January first: summer is quiet, December is not. */
const year = [0.92, 0.94, 0.98, 1.02, 1.02, 1.04, 0.88, 0.95, 1, 1, 1.03, 1.3];
/** How busy the hours are: people buy lunch, and what they need after work. */
const hours: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 0, 4, 5, 6, 9, 12, 9, 7, 8, 12, 13, 9, 6, 4, 0, 0, 0];

/** The instant of an hour of a day by the clock of a zone; the offset is that of noon, so that no shop opens in a missing hour. */
function instantOf(timeZone: string, day: string, hour: number): number {
  const asUtc = Date.parse(`${day}T00:00:00Z`);
  return asUtc + hour * hourMs - offsetMinutesIn(timeZone, asUtc + 12 * hourMs) * 60_000;
}

/** The `count` days that end with `until`, oldest first. */
export function openingDays(timeZone: string, until: string, count: number, chance: Chance): readonly OpeningDay[] {
  const lastMs = Date.parse(`${until}T00:00:00Z`);
  return Array.from({ length: count }, (_, index) => {
    const date = new Date(lastMs - (count - 1 - index) * dayMs);
    const day = date.toISOString().slice(0, 10);
    const { opens, closes, weight } = week[date.getUTCDay()] ?? { opens: 9, closes: 18, weight: 1 };
    const season = year[date.getUTCMonth()] ?? 1;
    return { day, opensMs: instantOf(timeZone, day, opens), closesMs: instantOf(timeZone, day, closes), weight: weight * season * (0.9 + chance.next() * 0.2) };
  });
}

/** Hands `count` out by weights; the parts sum to it. */
export function shared(count: number, weights: readonly number[]): readonly number[] {
  const all = weights.reduce((sum, one) => sum + one, 0);
  let running = 0;
  let given = 0;
  return weights.map((weight) => {
    running += weight;
    const part = Math.round((count * running) / all) - given;
    given += part;
    return part;
  });
}

/** When customers come to the counter, in order. */
export function arrivals(timeZone: string, { opensMs, closesMs }: OpeningDay, count: number, chance: Chance): readonly number[] {
  const firstHour = Math.round(((opensMs + offsetMinutesIn(timeZone, opensMs) * 60_000) % dayMs) / hourMs);
  const open = Math.round((closesMs - opensMs) / hourMs);
  const weights = hours.slice(firstHour, firstHour + open);
  return Array.from({ length: count }, () => {
    const at = opensMs + (chance.weighted(weights) + chance.next()) * hourMs;
    return Math.min(Math.floor(at), closesMs - 60_000);
  }).sort((a, b) => a - b);
}
