import type { ShopContext } from './context.ts';
import { journalEntry } from './context.ts';
import type { JournalDraft } from '../core/ports/journal.ts';
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
  const unwritten: JournalDraft[] = [];
  function look(): void {
    const expectedMs = wallMs + (clock.monotonicMs() - steadyMs);
    const nowMs = clock.nowMs();
    wallMs = nowMs;
    steadyMs = clock.monotonicMs();
    stop = clock.after(everyMs, look);
    const byMs = Math.round(nowMs - expectedMs);
    if (Math.abs(byMs) >= allowedMs) {
      unwritten.push(journalEntry(context, null, 'clock-changed', { expected: isoInstant(Math.round(expectedMs)), found: isoInstant(nowMs), byMs }));
      context.log.warn('the clock of this machine was set, or it slept', { byMs });
    }
    if (unwritten.length === 0) return;
    // A full disk may stand in the way: what was found is kept for the next look.
    stores.journal.append(unwritten);
    unwritten.length = 0;
  }
  let stop = clock.after(everyMs, look);
  return () => stop();
}
