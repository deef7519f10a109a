import { expect, test } from 'vitest';
import type { Attempt } from '../../core/sales/model.ts';
import type { Clock } from '../../core/ports/world.ts';
import { createWindows, windowMs } from './windows.ts';

/** A clock whose wall and whose steady time are moved apart. */
function movable(): Clock & { wall: number; steady: number; pass(ms: number): void } {
  const timers = new Set<{ atMs: number; work: () => void }>();
  return {
    wall: Date.parse('2026-10-25T00:59:50.000Z'),
    steady: 0,
    nowMs() {
      return this.wall;
    },
    monotonicMs() {
      return this.steady;
    },
    after(ms, work) {
      const timer = { atMs: this.steady + ms, work };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    pass(ms) {
      this.wall += ms;
      this.steady += ms;
      for (const timer of timers) {
        if (timer.atMs > this.steady) continue;
        timers.delete(timer);
        timer.work();
      }
    },
  };
}

const waiting = (startedMs: number): Attempt => ({ id: 'a', state: 'waiting', windowStartedAt: new Date(startedMs).toISOString() }) as Attempt;

test('a window is as long as it is, however the wall clock is set', () => {
  const clock = movable();
  const windows = createWindows(clock);
  const attempt = waiting(clock.wall);
  let asked = 0;
  windows.watch(attempt, () => {
    asked += 1;
  });
  clock.pass(10_000);
  clock.wall -= 3_600_000;
  expect([windows.leftMs(attempt), windows.over(attempt), asked]).toEqual([20_000, false, 0]);
  clock.wall += 7_200_000;
  expect(windows.leftMs(attempt)).toBe(20_000);
  clock.pass(20_000);
  expect([windows.over(attempt), asked]).toEqual([true, 1]);
});

test('a timer that comes a moment too early asks nobody before the time', () => {
  const clock = movable();
  const windows = createWindows(clock);
  const attempt = waiting(clock.wall);
  const set: { ms: number; work: () => void }[] = [];
  clock.after = (ms, work) => {
    set.push({ ms, work });
    return () => undefined;
  };
  let asked = 0;
  windows.watch(attempt, () => {
    asked += 1;
  });
  clock.steady = windowMs - 0.4;
  set[0]?.work();
  expect([asked, set[1]?.ms]).toEqual([0, 1]);
  clock.steady = windowMs;
  set[1]?.work();
  expect([asked, windows.over(attempt)]).toEqual([1, true]);
});

test('another window of the same payment begins anew', () => {
  const clock = movable();
  const windows = createWindows(clock);
  expect(windows.leftMs(waiting(clock.wall))).toBe(windowMs);
  clock.pass(31_000);
  expect(windows.leftMs(waiting(clock.wall))).toBe(windowMs);
});

test('a window from before the start of the program goes on from where it was, and never beyond its ends', () => {
  const clock = movable();
  expect(createWindows(clock).leftMs(waiting(clock.wall - 12_000))).toBe(18_000);
  expect(createWindows(clock).leftMs(waiting(clock.wall + 3_600_000))).toBe(windowMs);
  expect(createWindows(clock).over(waiting(clock.wall - 3_600_000))).toBe(true);
});
