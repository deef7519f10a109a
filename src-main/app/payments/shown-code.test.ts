import { expect, test } from 'vitest';
import type { Clock } from '../../core/ports/world.ts';
import { createCodeOnScreen } from './shown-code.ts';

function world() {
  const now = { wallMs: Date.parse('2026-10-25T00:59:50.000Z'), steadyMs: 0 };
  const timers = new Map<() => void, number>();
  const clock: Clock = {
    nowMs: () => now.wallMs,
    monotonicMs: () => now.steadyMs,
    after(ms, work) {
      timers.set(work, now.steadyMs + ms);
      return () => void timers.delete(work);
    },
  };
  const pass = (ms: number): void => {
    now.wallMs += ms;
    now.steadyMs += ms;
    for (const [work, atMs] of timers) if (atMs <= now.steadyMs && timers.delete(work)) work();
  };
  return { now, clock, pass };
}

test('a code is shown for as long as it is valid, however the clock is set', () => {
  const { now, clock, pass } = world();
  const screen = createCodeOnScreen(clock);
  let ended = 0;
  screen.show({ code: { text: 'one' }, untilMs: now.wallMs + 600_000 }, () => (ended += 1));
  now.wallMs += 7_200_000;
  pass(599_000);
  expect([screen.now(), ended]).toEqual([{ code: { text: 'one' }, leftMs: 1_000 }, 0]);
  now.wallMs -= 14_400_000;
  pass(1_000);
  expect([screen.now(), ended]).toEqual([null, 1]);
});

test('another one takes its place, and a stopped one ends nothing', () => {
  const { now, clock, pass } = world();
  const screen = createCodeOnScreen(clock);
  let ended = 0;
  screen.show({ code: { text: 'one' }, untilMs: now.wallMs + 1_000 }, () => (ended += 1));
  screen.show({ code: { text: 'two' }, untilMs: now.wallMs + 5_000 }, () => (ended += 1));
  pass(2_000);
  expect([screen.now()?.code, ended]).toEqual([{ text: 'two' }, 0]);
  screen.stop();
  pass(10_000);
  expect(ended).toBe(0);
});
