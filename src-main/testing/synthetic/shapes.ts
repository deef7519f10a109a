import type { ProviderCapabilities } from '../../core/payments/provider.ts';

/*
 * Providers that do not exist, one for each shape that the engine has to serve and that no real adapter has brought yet: small,
 * strict, and spoken with over the same ports as the real ones.
 */

/** What a synthetic provider is like, on the wire and as its adapter declares it. */
export type Shape = {
  readonly kind: 'held' | 'prepared' | 'handed' | 'proved';
  /** A payment is made without its amount, which it gets by `ready`. */
  readonly prepares: boolean;
  /** An approved payment is only held, until it is captured. */
  readonly holds: boolean;
  /** A second payment on a terminal is refused while one is open. */
  readonly exclusive: boolean;
  /** A payment with a reference that was used already is the same payment; else it is refused. */
  readonly idempotent: boolean;
  /** Refunds are reserved, then captured. */
  readonly refundsInTwo: boolean;
  /** A refund is taken in at once and given out later. */
  readonly refundsLater: boolean;
  /** An unpaid payment ends by itself after so long, ms. */
  readonly expiresMs: number;
  readonly capabilities: ProviderCapabilities;
};

const common = {
  currencies: ['EUR'],
  minimumMinor: 1,
  maximumMinor: 9_999_999,
  needsNetwork: true,
  needsTerminal: true,
  oneActivePayment: false,
  pollEveryMs: 1_000,
  retry: 'same-reference',
  lateStartMs: 60_000,
  proof: 'asked',
  steps: [],
  cancels: true,
  endsAfterMs: null,
  tips: false,
  lessThanDue: true,
  moreThanDue: false,
  partIsFinal: true,
  customerAct: 'open-app',
  postText: 'App payment',
} as const;

const plain = { prepares: false, holds: false, exclusive: false, idempotent: true, refundsInTwo: false, refundsLater: false, expiresMs: 600_000 } as const;

/** The money is held first and captured then; news comes by itself; an unpaid payment is ended by us. */
const held: Shape = {
  ...plain,
  kind: 'held',
  holds: true,
  capabilities: { ...common, kind: 'held', steps: ['capture', 'listen'], endsAfterMs: 120_000, refund: { partial: true, repeat: 'same-key', asks: null } },
};

/** Made ready in two steps, one payment at a time for each terminal; refunds in two steps, which can be asked about. */
const prepared: Shape = {
  ...plain,
  kind: 'prepared',
  prepares: true,
  exclusive: true,
  refundsInTwo: true,
  capabilities: { ...common, kind: 'prepared', steps: ['ready'], oneActivePayment: true, refund: { partial: true, repeat: 'ask', asks: null } },
};

/** Handed over to an application on this machine, which calls back; it takes tips, and nobody but its customer can end it. */
const handed: Shape = {
  ...plain,
  kind: 'handed',
  idempotent: false,
  refundsLater: true,
  expiresMs: 90_000,
  capabilities: { ...common, kind: 'handed', steps: ['listen'], retry: 'ask-first', cancels: false, tips: true, refund: { partial: true, repeat: 'ask', asks: null } },
};

/** The customer has paid before and shows a signed proof; a refund needs a word of the customer's. */
const proved: Shape = {
  ...plain,
  kind: 'proved',
  capabilities: {
    ...common,
    kind: 'proved',
    proof: 'scanned',
    partIsFinal: false,
    needsTerminal: false,
    customerAct: 'show-code',
    refund: {
      partial: true,
      repeat: 'same-key',
      asks: {
        name: 'phone',
        kind: 'text',
        label: { en: 'Phone', sv: 'Telefon', nb: 'Telefon', da: 'Telefon', fi: 'Puhelin', nl: 'Telefoon' },
        help: { en: 'Digits.', sv: 'Siffror.', nb: 'Sifre.', da: 'Cifre.', fi: 'Numerot.', nl: 'Cijfers.' },
        required: true,
        pattern: '\\d{6,12}',
        maxLength: 12,
      },
    },
  },
};

export const shapes = { held, prepared, handed, proved } as const;
