import type { ProviderProblem } from '../../contract/payment.ts';
import type { ProviderReceiptState } from '../../contract/provider-receipts.ts';
import { isoInstant } from '../time.ts';

/** A completed receipt on its way to the provider of one of its payments. Written with the completion; sent when nobody waits. */
export type ProviderReceipt = {
  readonly attemptId: string;
  readonly receiptId: string;
  readonly registerId: string;
  readonly state: ProviderReceiptState;
  /** How often it was sent since it was queued. */
  readonly tries: number;
  /** Why it was not taken last. */
  readonly problem: ProviderProblem | null;
  /** ISO instants. */
  readonly queuedAt: string;
  readonly nextTryAt: string;
  readonly endedAt: string | null;
};

const firstWaitMs = 5_000;
const longestWaitMs = 60 * 60_000;
/** A week later no customer looks for it any more. */
const givenUpAfterMs = 7 * 24 * 60 * 60_000;
/** A word that will be the same tomorrow is believed after so many tries. */
const triesOfRefusals = 3;

/** The pause after so many tries, ms: five seconds, then twice as long each time, an hour at most. */
export const pauseMs = (tries: number): number => Math.min(longestWaitMs, firstWaitMs * 2 ** Math.max(0, Math.min(tries - 1, 10)));

export const queuedReceipt = (of: Pick<ProviderReceipt, 'attemptId' | 'receiptId' | 'registerId'>, nowMs: number): ProviderReceipt => ({
  ...of,
  state: 'waiting',
  tries: 0,
  problem: null,
  queuedAt: isoInstant(nowMs),
  nextTryAt: isoInstant(nowMs),
  endedAt: null,
});

const isRefusal = ({ code }: ProviderProblem): boolean => code === 'not-configured' || code === 'rejected';

/** What a provider's answer makes of it; null: it has the receipt. */
export function afterTry(receipt: ProviderReceipt, problem: ProviderProblem | null, nowMs: number): ProviderReceipt {
  const tries = receipt.tries + 1;
  if (problem === null) return { ...receipt, tries, state: 'sent', problem: null, endedAt: isoInstant(nowMs) };
  const over = (isRefusal(problem) && tries >= triesOfRefusals) || nowMs - Date.parse(receipt.queuedAt) >= givenUpAfterMs;
  if (over) return { ...receipt, tries, state: 'refused', problem, endedAt: isoInstant(nowMs) };
  return { ...receipt, tries, problem, nextTryAt: isoInstant(nowMs + pauseMs(tries)) };
}

/** Sent anew from the beginning: a person asked for it, or what it was refused for may be mended. */
export const queuedAnew = ({ attemptId, receiptId, registerId }: ProviderReceipt, nowMs: number): ProviderReceipt => queuedReceipt({ attemptId, receiptId, registerId }, nowMs);

/** Whether its time has come. One that a set-back clock would keep waiting for ever is due as well. */
export function isDue({ state, nextTryAt }: ProviderReceipt, nowMs: number): boolean {
  const atMs = Date.parse(nextTryAt);
  return state === 'waiting' && (atMs <= nowMs || atMs > nowMs + longestWaitMs);
}
