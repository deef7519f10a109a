import type { PaymentProvider, ProviderWorld } from '../../core/payments/provider.ts';
import { createClient } from './client.ts';
import { description } from './description.ts';
import { createPayments } from './payments.ts';
import { createTerminals } from './terminals.ts';

/** SEQR: the customer scans the till's sticker; the register asks each second until the service says how it ended. */
export function createSeqr(world: ProviderWorld): PaymentProvider {
  const call = createClient(world);
  return {
    capabilities: {
      kind: 'seqr',
      currencies: ['SEK', 'EUR', 'NOK', 'DKK'],
      minimumMinor: 1,
      maximumMinor: 99_999_999,
      needsNetwork: true,
      needsTerminal: true,
      oneActivePayment: true,
      pollEveryMs: 1_000,
      retry: 'ask-first',
      // A late invoice shows itself when the terminal's next one is asked about, which ends it.
      lateStartMs: null,
      proof: 'asked',
      steps: [],
      cancels: true,
      // The service itself reverses a payment that nobody asks about (SEQR, section 8).
      endsAfterMs: null,
      tips: false,
      lessThanDue: true,
      moreThanDue: true,
      partIsFinal: true,
      // Not idempotent and never to be asked about; a whole one that is repeated is refused with 98 (SEQR, section 5).
      refund: { partial: true, repeat: 'when-all', asks: null },
      customerAct: 'scan-sticker',
      postText: 'SEQR payment',
    },
    description,
    ...createPayments(call),
    ...createTerminals(call, world),
  };
}
