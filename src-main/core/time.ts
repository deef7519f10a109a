/** Parts of an instant in a zone, as calendars and receipts show them. */
type ZonedParts = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
};

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formatters.set(timeZone, made);
  return made;
}

function partsIn(timeZone: string, ms: number): ZonedParts {
  const found: Record<string, number> = {};
  for (const part of formatterOf(timeZone).formatToParts(ms)) found[part.type] = Number(part.value);
  const part = (name: string): number => found[name] ?? 0;
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  };
}

const two = (value: number): string => String(value).padStart(2, '0');

/** The calendar day of an instant in a zone, YYYY-MM-DD. */
export const dayIn = (timeZone: string, ms: number): string =>
  new Date(ms + offsetMinutesIn(timeZone, ms) * 60_000).toISOString().slice(0, 10);

/** The instants between which a calendar day of a zone lies: its first, and the first of the next. */
export function dayBounds(timeZone: string, day: string): readonly [string, string] {
  const startMs = (utcMs: number): number => {
    const first = utcMs - offsetMinutesIn(timeZone, utcMs) * 60_000;
    // Near a change of the clocks the offset of the guess is not the offset of the day's beginning.
    return utcMs - offsetMinutesIn(timeZone, first) * 60_000;
  };
  const utcMs = Date.parse(`${day}T00:00:00.000Z`);
  return [isoInstant(startMs(utcMs)), isoInstant(startMs(utcMs + 86_400_000))];
}

/** Offsets change at whole quarters of an hour at most; within one they are remembered. */
const quarterMs = 900_000;
const offsets = new Map<string, { readonly quarter: number; readonly minutes: number }>();

/** The zone's offset at an instant, in minutes east of UTC. */
export function offsetMinutesIn(timeZone: string, ms: number): number {
  const quarter = Math.floor(ms / quarterMs);
  const known = offsets.get(timeZone);
  if (known?.quarter === quarter) return known.minutes;
  const minutes = offsetAt(timeZone, ms);
  offsets.set(timeZone, { quarter, minutes });
  return minutes;
}

function offsetAt(timeZone: string, ms: number): number {
  const parts = partsIn(timeZone, ms);
  const asUtc = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
  return Math.round((asUtc - Math.floor(ms / 1000) * 1000) / 60_000);
}

/** An instant as ISO 8601 in UTC with milliseconds. */
export const isoInstant = (ms: number): string => new Date(ms).toISOString();

/** Date and time of a paper in a zone, `2026-11-21 14:32`: the same in every language, so that no day is read as a month. */
export function paperTime(timeZone: string, iso: string): string {
  const parts = partsIn(timeZone, Date.parse(iso));
  return `${parts.year}-${two(parts.month)}-${two(parts.day)} ${two(parts.hour)}:${two(parts.minute)}`;
}
