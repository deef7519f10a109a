import { isFinished } from '../../core/payments/attempt.ts';
import type { Clock } from '../../core/ports/world.ts';
import type { Attempt } from '../../core/sales/model.ts';

/** How long people wait before they are asked, ms; the same for every provider (docs/payments.md). */
export const windowMs = 30_000;

/**
 * The windows of waiting. They are written down by the wall clock and measured by one that only grows: a clock that is
 * set, summer time or a sleeping machine neither shorten nor lengthen them.
 */
export type Windows = {
  /** What is left of an attempt's window, ms; a whole one before it has begun. */
  leftMs(attempt: Attempt): number;
  /** Whether people are asked: the window of an unfinished attempt is over. */
  over(attempt: Attempt): boolean;
  /** Calls when the window of an unfinished attempt ends; follows a new window of the same attempt. */
  watch(attempt: Attempt, onOver: () => void): void;
  forget(attemptId: string): void;
};

type Known = { readonly startedAt: string; readonly endsMs: number; stop: (() => void) | null };

export function createWindows(clock: Clock): Windows {
  const known = new Map<string, Known>();

  /** A window that was begun before this program was: as much of it is over as the wall clock says, and never more than all. */
  function windowOf(attempt: Attempt): Known | null {
    const { id, windowStartedAt } = attempt;
    if (windowStartedAt === null) return null;
    const before = known.get(id);
    if (before?.startedAt === windowStartedAt) return before;
    before?.stop?.();
    const goneMs = Math.min(windowMs, Math.max(0, clock.nowMs() - Date.parse(windowStartedAt)));
    const found: Known = { startedAt: windowStartedAt, endsMs: clock.monotonicMs() + windowMs - goneMs, stop: null };
    known.set(id, found);
    return found;
  }

  function leftMs(attempt: Attempt): number {
    const found = isFinished(attempt.state) ? null : windowOf(attempt);
    return found ? Math.max(0, Math.ceil(found.endsMs - clock.monotonicMs())) : windowMs;
  }

  return {
    leftMs,
    over: (attempt) => leftMs(attempt) === 0,
    watch(attempt, onOver) {
      const found = windowOf(attempt);
      if (!found || found.stop) return;
      // A timer may come a moment before its time: what is left is then waited for as well.
      const look = (): void => {
        const left = Math.ceil(found.endsMs - clock.monotonicMs());
        if (left > 0) found.stop = clock.after(left, look);
        else onOver();
      };
      if (leftMs(attempt) > 0) look();
    },
    forget(attemptId) {
      known.get(attemptId)?.stop?.();
      known.delete(attemptId);
    },
  };
}
