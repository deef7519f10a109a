import type { State } from './state.ts';

const minuteMs = 60_000;

/** Most calls of an operation within a minute; what is not here is not counted (Vipps, section 8). */
const most: Readonly<Record<string, number>> = {
  create: 5, capture: 5, cancel: 5, refund: 5, get: 120, events: 120,
  'ecom-initiate': 2, 'ecom-capture': 5, 'ecom-cancel': 5, 'ecom-refund': 5, 'ecom-details': 120,
};
/** These are counted by the subscription key, the others by the sales unit. */
const byKey = new Set(['get', 'events', 'ecom-details']);

/** Counts a call; answers after how many seconds to come again where it is one too many, else null. */
export function countCall(state: State, operation: string, reference: string, by: { readonly msn: string; readonly key: string }, nowMs: number): number | null {
  const limit = most[operation];
  if (limit === undefined || !state.options.rateLimits) return null;
  const id = `${operation} ${byKey.has(operation) ? by.key : by.msn} ${reference}`;
  const recent = (state.calls[id] ?? []).filter((atMs) => nowMs - atMs < minuteMs);
  const [oldest = nowMs] = recent;
  const full = recent.length >= limit;
  state.calls[id] = full ? recent : [...recent, nowMs];
  return full ? Math.max(1, Math.ceil((oldest + minuteMs - nowMs) / 1000)) : null;
}

/** Forgets what no limit looks at any more. */
export function forgetCalls(state: State, nowMs: number): void {
  for (const [id, times] of Object.entries(state.calls)) {
    if (nowMs - (times.at(-1) ?? 0) >= minuteMs) delete state.calls[id];
  }
}
