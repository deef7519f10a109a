import type { PaymentOrder } from '../../core/payments/order.ts';
import type { ProviderWorld } from '../../core/payments/provider.ts';

/**
 * How long payments have been under way, by the clock that only grows: setting the shop's clock makes nothing of them over. What was begun
 * in an earlier life of the program is as old as this life's first question about it.
 */
export type Ages = {
  /** A start is sent, once more perhaps. */
  begin(order: Named): void;
  /** It is asked about, whether or not anybody answers. */
  meet(order: Named): void;
  /** Since its start was sent first, ms; null where this life has sent none. */
  sinceBegin(order: Named): number | null;
  /** Since its start was sent last, ms: it may still arrive. */
  sinceSent(order: Named): number;
};
type Named = Pick<PaymentOrder, 'reference'>;
type Known = { readonly begunMs: number | null; readonly sentMs: number };

/** Longer than anything is waited for, ms. */
const keptMs = 86_400_000;

export function createAges(world: Pick<ProviderWorld, 'monotonicMs'>): Ages {
  const known = new Map<string, Known>();

  function note(reference: string, one: Known): void {
    for (const [other, { sentMs }] of known) if (one.sentMs - sentMs > keptMs) known.delete(other);
    known.set(reference, one);
  }

  function meet({ reference }: Named): void {
    if (!known.has(reference)) note(reference, { begunMs: null, sentMs: world.monotonicMs() });
  }

  return {
    begin({ reference }) {
      const nowMs = world.monotonicMs();
      note(reference, { begunMs: known.get(reference)?.begunMs ?? nowMs, sentMs: nowMs });
    },
    meet,
    sinceBegin({ reference }) {
      const begunMs = known.get(reference)?.begunMs ?? null;
      return begunMs === null ? null : world.monotonicMs() - begunMs;
    },
    sinceSent(order) {
      meet(order);
      const nowMs = world.monotonicMs();
      return nowMs - (known.get(order.reference)?.sentMs ?? nowMs);
    },
  };
}
