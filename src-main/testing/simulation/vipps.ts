import type { Country } from '../../contract/basics.ts';
import { createVipps } from '../../providers/vipps/index.ts';
import type { OwnFault, SimulatedProvider } from './provider.ts';
import type { Random } from './random.ts';
import { heldOf, newlyAsked, playedModel, type Played } from './vipps-played.ts';
import { customerOf } from './vipps-customers.ts';

/** One way to use Vipps MobilePay: a shop's country and the interface that its account is on. */
type Use = { readonly country: Country; readonly api: 'epayment' | 'ecom'; /** How customers tell their numbers; the last one has no app. */ readonly numbers: readonly string[] };

const msn = '123456';
const clientId = '00000000-0000-4000-8000-000000000001';
const clientSecret = 'a made-up secret';
const subscriptionKey = 'a made-up key';

/** The registers of a shop share its sales unit; their references begin with their own prefix. */
const prefixOf = (register: number): string => `till${register}-`;
const registerOf = (reference: string): number => Number(/^till(\d+)-/.exec(reference)?.[1]);

const moves: Readonly<Record<string, 'payment' | 'capture' | 'refund'>> = { create: 'payment', 'ecom-initiate': 'payment', capture: 'capture', 'ecom-capture': 'capture', refund: 'refund', 'ecom-refund': 'refund' };
const modifies = new Set(['capture', 'cancel', 'refund', 'ecom-capture', 'ecom-cancel', 'ecom-refund']);
const reads = new Set(['get', 'ecom-details']);
const isPayment = (operation: string): boolean => operation in moves || modifies.has(operation) || reads.has(operation);

const faultsOf = (directCapture: boolean): readonly OwnFault<Played>[] => [
  { kind: 'late-status', probability: 0.03, fits: (operation) => modifies.has(operation) || operation in moves, done: true, answer: (random) => ({ kind: 'status', value: random.pick([408, 500, 502, 503]) }) },
  { kind: 'locked', probability: 0.04, fits: (operation) => modifies.has(operation), answer: (random) => ({ kind: 'error-code', value: { status: 423, ...(random.chance(0.5) ? { code: 6160 } : {}) } }) },
  { kind: 'limited', probability: 0.01, fits: isPayment, answer: (random) => ({ kind: 'status', value: { status: 429, ...(random.chance(0.8) ? { retryAfter: random.between(1, 30) } : {}) } }) },
  // Money that is taken at once can't be let go of: there, what the provider says of it stays so (`moreMinor`).
  { kind: 'other-amount', probability: directCapture ? 0 : 0.002, fits: (operation) => reads.has(operation), answer: (random) => ({ kind: 'other-amount', value: random.between(1, 50) }) },
  { kind: 'token-lost', probability: 0.01, fits: isPayment, before: (state) => void state.tokens.splice(0) },
];

const simulated = (name: string, { country, api, numbers }: Use, directCapture: boolean): SimulatedProvider<Played> => ({
  name,
  kind: 'vipps',
  country,
  model: playedModel,
  create: (world) => createVipps(world),
  fresh(random) {
    const state = playedModel.fresh();
    const wrong = playedModel.configure(state, {
      units: [{ msn, clientId, clientSecret, subscriptionKey, name: 'Shop', directCapture }],
      partner: { clientId: 'partner', clientSecret: 'partner', subscriptionKey: 'partner' },
      options: { notUsers: numbers.slice(-1).map((number) => number.replaceAll(/\D/g, '')), rateLimits: random.chance(0.7), tokenLifeS: random.pick([20, 120, 3_600, 86_400]) },
    });
    if (wrong !== null) throw new Error(wrong);
    return state;
  },
  settle(stores, register, registerId, seal) {
    // One register's codes come as pictures, those of the others as text.
    const settings = { environment: 'own', baseUrl: 'http://vipps.example', clientId, merchantSerialNumber: msn, api, push: 'yes', qrPicture: register === 2 ? 'picture' : 'text', prefix: prefixOf(register) };
    stores.providers.saveAccount({ id: 'account', provider: 'vipps', name: 'Vipps', settings, sealedSecrets: { clientSecret: seal(clientSecret), subscriptionKey: seal(subscriptionKey) } });
    stores.providers.saveTerminal({ id: 'terminal', accountId: 'account', provider: 'vipps', registerId, externalId: msn, shared: false, settings: {}, sealedSecrets: {} });
  },
  begins(request, answer, { state, delivered }) {
    const payment = newlyAsked(state, request, answer, delivered);
    return payment && { register: registerOf(payment.reference), amountMinor: payment.amountMinor };
  },
  moves: (operation) => moves[operation] ?? null,
  once: () => false,
  ref: prefixOf,
  customer: customerOf,
  way: (random: Random) => (random.chance(0.6) ? { way: 'qr' } : { way: 'push', told: random.chance(0.05) ? (numbers.at(-1) ?? '') : random.pick(numbers.slice(0, -1)) }),
  faults: faultsOf(directCapture),
  held: heldOf,
  // Eleven minutes until a payment that says nothing is over, and a pause of a minute before it is asked about.
  settledMs: 780_000,
  exclusive: false,
  proves: false,
  foreigners: false,
  ownReference: (_state, reference) => reference.slice(prefixOf(registerOf(reference)).length),
  news: () => [],
});

const finnish = ['040 123 4567', '+358 50 765 4321', '+47 912 34 567', '+358 40 000 0000'] as const;
const norwegian = ['912 34 567', '+47 987 65 432', '+47 400 00 000'] as const;

const uses: readonly SimulatedProvider<Played>[] = [
  simulated('vipps-eur', { country: 'FI', api: 'epayment', numbers: finnish }, false),
  simulated('vipps-nok', { country: 'NO', api: 'epayment', numbers: norwegian }, false),
  simulated('vipps-ecom', { country: 'NO', api: 'ecom', numbers: norwegian }, false),
  simulated('vipps-ecom-direct', { country: 'NO', api: 'ecom', numbers: norwegian }, true),
];

/** Vipps MobilePay by either interface, in kroner and in euro; money that is held first, and money that is taken at once. */
export const simulatedVipps: Readonly<Record<string, SimulatedProvider>> = Object.fromEntries(uses.map((one) => [one.name, one as unknown as SimulatedProvider]));
