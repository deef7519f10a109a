import { randomBytes } from 'node:crypto';
import type { Clock, Ids } from '../core/ports/world.ts';

/** Chance is fetched for many ids at once: a call for each costs more than everything else about it. */
function createChance(): (bytes: number) => Buffer {
  const poolBytes = 4096;
  let pool = Buffer.alloc(0);
  return (bytes) => {
    if (pool.length < bytes) pool = randomBytes(poolBytes);
    const taken = Buffer.from(pool.subarray(0, bytes));
    pool = pool.subarray(bytes);
    return taken;
  };
}

/**
 * UUIDs of version 7: 48 bits of milliseconds, then a counter and chance. Later ones sort after earlier ones, also
 * within a millisecond and when the clock is set back. `chanceOf` is for histories that have to come out alike twice.
 */
export function createIds(clock: Clock, chanceOf: (bytes: number) => Buffer = createChance()): Ids {
  let lastMs = 0;
  let counter = 0;

  return {
    next() {
      const nowMs = clock.nowMs();
      if (nowMs > lastMs) {
        lastMs = nowMs;
        counter = chanceOf(2).readUInt16BE() & 0x07ff;
      } else {
        counter += 1;
        if (counter > 0x0fff) {
          lastMs += 1;
          counter = 0;
        }
      }
      const time = lastMs.toString(16).padStart(12, '0');
      const chance = chanceOf(8);
      chance[0] = ((chance[0] ?? 0) & 0x3f) | 0x80;
      const tail = chance.toString('hex');
      const middle = `7${counter.toString(16).padStart(3, '0')}`;
      return `${time.slice(0, 8)}-${time.slice(8)}-${middle}-${tail.slice(0, 4)}-${tail.slice(4)}`;
    },
  };
}
