import { z } from 'zod';
import { unitWith, type State } from './state.ts';

const text = z.string().min(1).max(200);
const msn = z.string().regex(/^\d{5,6}$/);
const keys = { clientId: text, clientSecret: text, subscriptionKey: text };
const flags = {
  name: text.optional(),
  currencies: z.array(z.enum(['NOK', 'DKK', 'EUR'])).min(1).optional(),
  pushAllowed: z.boolean().optional(),
  blocked: z.boolean().optional(),
  partialCapture: z.boolean().optional(),
  lateCapture: z.boolean().optional(),
  longLiving: z.boolean().optional(),
  directCapture: z.boolean().optional(),
  ninAllowed: z.boolean().optional(),
};

/** What a seed file or `POST /options` may set; everything may be left out. */
const wanted = z.strictObject({
  /** All sales units there are, in place of those before. The first one's keys are shown as the credentials. */
  units: z.array(z.strictObject({ msn, ...keys, ...flags })).min(1).optional(),
  /** Changes of units that are there, each named by its number; without a number the first is meant. */
  change: z.array(z.strictObject({ msn: msn.optional(), clientId: text.optional(), clientSecret: text.optional(), subscriptionKey: text.optional(), ...flags })).optional(),
  partner: z.strictObject({ clientId: text.optional(), clientSecret: text.optional(), subscriptionKey: text.optional(), units: z.array(msn).optional() }).optional(),
  options: z
    .strictObject({
      /** Numbers of people who have no app. */
      notUsers: z.array(z.string().regex(/^\d{8,15}$/)),
      /** Whether the phone's owner shares the personal data that a shop asks for. */
      consents: z.boolean(),
      /** Whether calls are counted (Vipps, section 8). */
      rateLimits: z.boolean(),
      /** How long a token lives, s: an hour in the test environment, a day in production (Vipps, section 2). */
      tokenLifeS: z.int().min(1).max(86_400),
    })
    .partial()
    .optional(),
});

const given = <T extends object>(values: T | undefined): Partial<T> => Object.fromEntries(Object.entries(values ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>;

/** Sets what is wanted; answers the sentence that says what can't be read, and then nothing was set. */
export function configure(state: State, input: unknown): string | null {
  const read = wanted.safeParse(input);
  if (!read.success) return z.prettifyError(read.error);
  const { units, change = [], partner, options } = read.data;
  const all = units?.map((unit) => ({ ...unitWith(unit, unit.msn), ...given(unit) })) ?? state.units;
  const known = new Set(all.map((one) => one.msn));
  if (known.size !== all.length) return 'two sales units have the same msn';
  const stranger = [...change.map((one) => one.msn ?? all[0]?.msn ?? ''), ...(partner?.units ?? [])].find((one) => !known.has(one));
  if (stranger !== undefined) return `there is no sales unit ${stranger}`;
  state.units = all as State['units'];
  for (const one of change) Object.assign(state.units.find((unit) => unit.msn === one.msn) ?? state.units[0] ?? {}, given(one));
  // Keys of a partner without a word on its units act for all of them.
  Object.assign(state.partner, units ? { units: units.map((one) => one.msn) } : {}, given(partner));
  Object.assign(state.options, given(options));
  return null;
}
