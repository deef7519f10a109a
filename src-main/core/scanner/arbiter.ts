/*
 * Two scans where a person made one. A scanner that sees a code for longer than its own pause sends it again, and two
 * scanners at one counter may see the same article, or two people scan at once: what was meant cannot be known, so the
 * second is refused and said so, and whoever meant it scans again.
 */

/** A scan as it came: from which device, what, and when by a clock that only ever grows. */
export type Arrival = { readonly device: string; readonly code: string; readonly atMs: number };

/** The same code from the same scanner sooner than this was never put down and taken up again. */
export const doubledMs = 500;
/** Two scanners closer together than this were not one person's doing. */
export const atOnceMs = 300;

export type ArbiterState = {
  /** The newest scan, taken or not, of each device. */
  readonly newest: ReadonlyMap<string, Arrival>;
  /** The newest scan that was taken. */
  readonly taken: Arrival | null;
};

export type ArbiterVerdict =
  | { readonly kind: 'take' }
  /** `doubled`: the same again; `at-once`: two scanners, two codes. */
  | { readonly kind: 'refuse'; readonly reason: 'doubled' | 'at-once' };

export const noArrivals: ArbiterState = { newest: new Map(), taken: null };

const within = (ms: number, now: number, then: number): boolean => now >= then && now - then < ms;

function verdictOn(state: ArbiterState, arrival: Arrival): ArbiterVerdict {
  const { device, code, atMs } = arrival;
  const last = state.newest.get(device);
  // Each repetition starts the wait anew: an article held before the glass for seconds is one article.
  if (last?.code === code && within(doubledMs, atMs, last.atMs)) return { kind: 'refuse', reason: 'doubled' };
  const { taken } = state;
  if (taken === null || taken.device === device || !within(atOnceMs, atMs, taken.atMs)) return { kind: 'take' };
  return { kind: 'refuse', reason: taken.code === code ? 'doubled' : 'at-once' };
}

/** Whether a scan counts, after those before it. */
export function arbitrate(state: ArbiterState, arrival: Arrival): { readonly state: ArbiterState; readonly verdict: ArbiterVerdict } {
  const verdict = verdictOn(state, arrival);
  const newest = new Map(state.newest).set(arrival.device, arrival);
  return { state: { newest, taken: verdict.kind === 'take' ? arrival : state.taken }, verdict };
}
