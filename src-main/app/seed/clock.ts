import type { Clock } from '../../core/ports/world.ts';

/** A clock that stands still until it is set. What is due at once happens in the same breath; what is due later never comes. */
export type StandingClock = Clock & { set(ms: number): void };

export function standingClock(startMs: number): StandingClock {
  let nowMs = startMs;
  return {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    after(ms, work) {
      if (ms === 0) queueMicrotask(work);
      return () => undefined;
    },
    set(ms) {
      nowMs = ms;
    },
  };
}

/** Until all that was begun in the background has ended: nothing of a seed waits for the world. */
export const quiet = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
