/** How an unfinished payment stands with its provider, as far as the next question's time depends on it. */
export type Standing = {
  readonly pollEveryMs: number;
  /** Questions in a row that nobody answered. */
  readonly silences: number;
  /** How long the payment has been under way, ms. */
  readonly ageMs: number;
  /** Whether people are being asked about it. It makes no difference here: a provider may take back a payment that nobody asks about. */
  readonly question: boolean;
};

/** While its customer may still stand at the counter, a silent provider is asked at least this often, ms; later each minute. */
const patientMs = 5_000;
const lateMs = 60_000;
const youngMs = 180_000;

/**
 * How much of a pause is left once `spentMs` of it have passed, ms; not beyond the provider's own time for an unpaid payment, which is so far
 * ahead (null: there is none). A time that is over shortens nothing: a payment that could not be ended by then is asked about at the usual pace.
 */
export function restMs(pause: number, spentMs: number, toLimitMs: number | null): number {
  const leftMs = Math.max(0, pause - spentMs);
  return toLimitMs !== null && toLimitMs > 0 ? Math.min(leftMs, toLimitMs) : leftMs;
}

/** How long to wait from one question to the next, ms. Silence is answered with patience, doubling each time. */
export function pauseMs({ pollEveryMs, silences, ageMs }: Standing): number {
  if (silences <= 2) return pollEveryMs;
  const longest = Math.max(pollEveryMs, ageMs < youngMs ? patientMs : lateMs);
  return Math.min(longest, pollEveryMs * 2 ** Math.min(silences - 2, 16));
}
