import type { ShopContext } from './context.ts';
import { journalEntry } from './context.ts';
import { isoInstant } from '../core/time.ts';

/** How often the two clocks are compared, and how far apart they may drift meanwhile, ms. */
const everyMs = 10_000;
const allowedMs = 30_000;

/**
 * Notices a clock that was set: the wall clock is compared with the one that only grows (C-4). A machine that slept looks the same, and is
 * written down the same. Answers how to stop.
 */
export function watchClock(context: ShopContext): () => void {
  const { clock, stores } = context;
  let wallMs = clock.nowMs();
  let steadyMs = clock.monotonicMs();
  function look(): void {
    const expectedMs = wallMs + (clock.monotonicMs() - steadyMs);
    const nowMs = clock.nowMs();
    // Taken first: an entry that can't be written is not tried at every look.
    wallMs = nowMs;
    steadyMs = clock.monotonicMs();
    stop = clock.after(everyMs, look);
    const byMs = Math.round(nowMs - expectedMs);
    if (Math.abs(byMs) < allowedMs) return;
    stores.journal.append([journalEntry(context, null, 'clock-changed', { expected: isoInstant(Math.round(expectedMs)), found: isoInstant(nowMs), byMs })]);
    context.log.warn('the clock of this machine was set, or it slept', { byMs });
  }
  let stop = clock.after(everyMs, look);
  return () => stop();
}
