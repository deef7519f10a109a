import { expect, test } from 'vitest';
import type { JournalDraft } from '../core/ports/journal.ts';
import type { ShopContext } from './context.ts';
import { watchClock } from './clock-watch.ts';

/** Two clocks that a test moves apart. */
function clocks() {
  const written: JournalDraft[] = [];
  const disk = { full: false };
  const timers: { readonly atMs: number; readonly work: () => void }[] = [];
  const now = { wallMs: Date.parse('2026-10-25T00:59:00Z'), steadyMs: 0 };
  const context = {
    clock: { nowMs: () => now.wallMs, monotonicMs: () => now.steadyMs, after: (ms: number, work: () => void) => { timers.push({ atMs: now.steadyMs + ms, work }); return () => undefined; } },
    stores: { journal: { append: (entries: readonly JournalDraft[]) => {
      if (disk.full) throw new Error('database or disk is full');
      written.push(...entries);
    } } },
    log: { warn: () => undefined },
    training: () => false,
    register: { id: 'r' },
    shop: () => ({ timeZone: 'Europe/Helsinki' }),
  } as unknown as ShopContext;
  const pass = (ms: number): void => {
    now.wallMs += ms;
    now.steadyMs += ms;
    for (const timer of timers.splice(0)) if (timer.atMs <= now.steadyMs) timer.work();
  };
  return { context, now, pass, written, disk };
}

test('C-4 a clock that was set is written down once, with how far', () => {
  const { context, now, pass, written } = clocks();
  watchClock(context);
  pass(10_000);
  expect(written).toEqual([]);
  now.wallMs -= 7_200_000;
  pass(10_000);
  pass(10_000);
  expect(written).toMatchObject([{ kind: 'clock-changed', detail: { byMs: -7_200_000 } }]);
});

test('C-4 what a full disk kept from being written is written at the next look', () => {
  const { context, now, pass, written, disk } = clocks();
  watchClock(context);
  disk.full = true;
  now.wallMs += 3_600_000;
  expect(() => pass(10_000)).toThrow('full');
  disk.full = false;
  pass(10_000);
  pass(10_000);
  expect(written).toMatchObject([{ kind: 'clock-changed', detail: { byMs: 3_600_000 } }]);
});

test('neither summer time nor a few seconds’ correction is a clock that was set', () => {
  const { context, now, pass, written } = clocks();
  watchClock(context);
  now.wallMs += 2_000;
  for (let minutes = 0; minutes < 200; minutes += 1) pass(60_000);
  expect(written).toEqual([]);
});
