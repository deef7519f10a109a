import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayIn, offsetMinutesIn, paperTime } from './time.ts';

const zones = ['Europe/Helsinki', 'Europe/Stockholm', 'Europe/Oslo', 'Europe/Copenhagen', 'Europe/Amsterdam'] as const;

test('C-15 the offset follows summer time to the second', () => {
  const change = Date.parse('2026-03-29T01:00:00Z');
  expect(offsetMinutesIn('Europe/Helsinki', change - 1000)).toBe(120);
  expect(offsetMinutesIn('Europe/Helsinki', change)).toBe(180);
  expect(offsetMinutesIn('Europe/Amsterdam', change)).toBe(120);
});

test('C-15 the day is the calendar day of the shop, at midnight too', () => {
  expect(dayIn('Europe/Helsinki', Date.parse('2026-11-20T22:00:00Z'))).toBe('2026-11-21');
  expect(dayIn('Europe/Amsterdam', Date.parse('2026-11-20T22:59:59Z'))).toBe('2026-11-20');
});

test('the day agrees with the time that papers show, at any instant', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: 1_600_000_000_000, max: 2_000_000_000_000 }), (zone, ms) => {
      expect(paperTime(zone, new Date(ms).toISOString()).slice(0, 10)).toBe(dayIn(zone, ms));
    }),
  );
});
