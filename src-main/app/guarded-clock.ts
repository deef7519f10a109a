import type { Clock, Log } from '../core/ports/world.ts';
import { storageFailureOf } from '../storage/failure.ts';

/**
 * The shop's clock: what is done later, when nobody waits for an answer, may meet a bad disk as well. It is logged, a page that
 * can't be read is told, and the till goes on.
 */
export const guardedClock = (clock: Clock, log: Log, damaged: () => void): Clock => ({
  ...clock,
  after: (ms, work) =>
    clock.after(ms, () => {
      try {
        work();
      } catch (error) {
        log.error('something that was to be done later failed', { error: error instanceof Error ? error.stack : String(error) });
        if (storageFailureOf(error) === 'damaged') damaged();
      }
    }),
});
