import type { Drawer } from '../core/ports/world.ts';

/** A drawer that is opened by hand. */
export const absentDrawer: Drawer = { open: () => undefined, state: () => 'unknown' };

/** The demo's drawer: counts how often it was asked to open. */
export function createVirtualDrawer(): Drawer & { openings(): number } {
  let openings = 0;
  return {
    open: () => {
      openings += 1;
    },
    state: () => 'unknown',
    openings: () => openings,
  };
}
