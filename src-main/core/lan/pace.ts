/** How often something may be done: `burst` at once, then one more every `everyMs`. */
export type Pace = { readonly burst: number; readonly everyMs: number };

type Bucket = { readonly left: number; readonly atMs: number };

/** Keeps one pace for each of many; the one that was idle longest is forgotten when there are too many to remember. */
export function createPaces({ burst, everyMs }: Pace, remembered: number) {
  const buckets = new Map<string, Bucket>();
  return {
    /** Whether `who` may do it now; counts it if so. */
    take(who: string, nowMs: number): boolean {
      const before = buckets.get(who) ?? { left: burst, atMs: nowMs };
      const left = Math.min(burst, before.left + Math.max(0, nowMs - before.atMs) / everyMs);
      const may = left >= 1;
      buckets.delete(who);
      buckets.set(who, { left: may ? left - 1 : left, atMs: Math.max(before.atMs, nowMs) });
      const [oldest] = buckets.keys();
      if (buckets.size > remembered && oldest !== undefined) buckets.delete(oldest);
      return may;
    },
  };
}
