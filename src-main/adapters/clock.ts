import type { Clock } from '../core/ports/world.ts';

/** The machine's clock. */
export const createClock = (): Clock => ({ nowMs: () => Date.now() });
