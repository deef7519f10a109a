import { isoInstant } from '../time.ts';

/** A payment whose customer may have agreed to tell something; it is asked a few times, then no more. */
export type AwaitedInfo = {
  readonly attemptId: string;
  readonly registerId: string;
  readonly tries: number;
  /** ISO instant. */
  readonly nextTryAt: string;
};

/** What was told, sealed by the Secrets port. */
export type KeptInfo = { readonly attemptId: string; readonly sealed: string; /** ISO instant. */ readonly at: string };

/** Providers know it only a moment after the payment: the pauses before each question, ms. */
const pausesMs = [2_000, 5_000, 15_000, 60_000, 180_000, 600_000] as const;

export const awaitedInfo = (of: Pick<AwaitedInfo, 'attemptId' | 'registerId'>, nowMs: number): AwaitedInfo => ({ ...of, tries: 0, nextTryAt: isoInstant(nowMs + pausesMs[0]) });

/** After a question without an answer; null: it is asked no more. */
export function askedInVain(awaited: AwaitedInfo, nowMs: number): AwaitedInfo | null {
  const tries = awaited.tries + 1;
  const next = pausesMs[tries];
  return next === undefined ? null : { ...awaited, tries, nextTryAt: isoInstant(nowMs + next) };
}

/** Whether its time has come. One that a set-back clock would keep waiting for ever is due as well. */
export function isInfoDue({ nextTryAt }: AwaitedInfo, nowMs: number): boolean {
  const atMs = Date.parse(nextTryAt);
  return atMs <= nowMs || atMs > nowMs + pausesMs[5];
}
