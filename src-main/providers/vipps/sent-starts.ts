import type { ProviderAnswer, ProviderWorld } from '../../core/payments/provider.ts';

/**
 * Which starts of this life may have reached the service. One that was sent may have begun the payment, so that a later try of it that
 * never left, or is refused, proves nothing: asking does.
 */
export type SentStarts = {
  sent(reference: string): void;
  /** A refusal of this try, worth what it can be. */
  refused(reference: string, answer: Extract<ProviderAnswer, { kind: 'refused' }>): ProviderAnswer;
};

/** Longer than a start can be tried again, ms. */
const keptMs = 3_600_000;

export function createSentStarts(world: ProviderWorld): SentStarts {
  const sentMs = new Map<string, number>();
  return {
    sent(reference) {
      for (const [one, atMs] of sentMs) if (world.monotonicMs() - atMs > keptMs) sentMs.delete(one);
      sentMs.set(reference, world.monotonicMs());
    },
    refused: (reference, answer) => (sentMs.has(reference) ? { kind: 'unknown', problem: answer.problem } : answer),
  };
}
