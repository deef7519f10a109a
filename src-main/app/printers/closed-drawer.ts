import { fail, type Failed } from '../../contract/errors.ts';
import { countries } from '../../core/countries/index.ts';
import type { ShopContext } from '../context.ts';

/** The rule of some countries that nothing is sold over an open drawer (NO-14, SE-11). */
export type ClosedDrawer = {
  /** The printer has said how the drawer is. */
  seen(): void;
  /** A refusal while the drawer is known to stand open, where the country wants it shut; null: nothing is in the way. */
  refusal(): Failed | null;
};

export function createClosedDrawer(context: Pick<ShopContext, 'drawer' | 'shop' | 'training'>): ClosedDrawer {
  // A socket with no drawer in it reads as an open one: only who was seen shut can be known to be open.
  let seenShut = false;
  return {
    seen() {
      const state = context.drawer.state();
      if (state !== 'open') seenShut = state === 'closed';
    },
    refusal: () => (seenShut && context.drawer.state() === 'open' && countries[context.shop().country].closesDrawer && !context.training() ? fail('drawer-open') : null),
  };
}
