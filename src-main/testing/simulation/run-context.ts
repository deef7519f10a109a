import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';

/** What can go wrong in a run; each can be left out, which is how a failing run is made smaller. */
export const faultKinds = [
  'refused', 'drop-request', 'drop-answer', 'late', 'duplicate', 'status-503', 'status-429', 'garbage', 'outage',
  'kill', 'kill-at-write', 'kill-at-send', 'disk-full', 'database-busy', 'restored-copy', 'clock-jump', 'provider-restart',
  'lost-news', 'forged-news', 'foreign-payment', 'late-status', 'locked', 'limited', 'other-amount', 'token-lost',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export type Violation = { readonly rule: string; readonly what: string };

/** What all parts of one run share. */
export type RunContext = {
  readonly random: Random;
  readonly timeline: Timeline;
  /** The time that is, ms since 1970: the provider's clock. */
  trueMs(): number;
  /** The wall clock of the shop, ms since 1970; it may be set. */
  wallMs(): number;
  setWall(byMs: number): void;
  /** Whether this fault happens now, counted when it does. */
  strikes(kind: FaultKind, random: Random, probability: number): boolean;
  /** Faults end before the books are looked at. */
  calm(): void;
  tell(line: string): void;
  violate(rule: string, what: string): void;
};

export type RunOptions = { readonly seed: number; readonly payments: number; readonly without: ReadonlySet<FaultKind>; readonly mutant: string | null };

/** What a till once knew and knows no more: by our own names of payments, and by the provider's names of what was refunded. */
export type Lost = { readonly own: Set<string>; readonly references: Set<string>; readonly refundedOf: Set<string>; readonly knownAttempts: Set<string> };
