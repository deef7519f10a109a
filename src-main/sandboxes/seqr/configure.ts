import { z } from 'zod';
import type { State } from './state.ts';

const name = z.string().min(1).max(100);

/** What a seed file or `POST /options` may set; everything may be left out. */
const wanted = z.strictObject({
  reseller: z
    .strictObject({ id: name, userId: name, password: name, currency: z.string().regex(/^[A-Z]{3}$/).nullable(), mayRefund: z.boolean() })
    .partial()
    .optional(),
  options: z
    .strictObject({
      /** What a payment that nobody asked about reads as afterwards. */
      reversedStatus: z.enum(['CANCELED', 'FAILED']),
      /** PAID counts as seen only when a later call carries its version. */
      needsVersionEcho: z.boolean(),
      /** Elements in any order, as the published examples have them. */
      lenient: z.boolean(),
    })
    .partial()
    .optional(),
  terminals: z.array(z.strictObject({ id: name, password: name, externalId: name, name, seqrId: z.string().regex(/^[a-zA-Z0-9]{1,40}$/).nullable().default(null) })).optional(),
});

const given = <T extends object>(values: T | undefined): Partial<T> => Object.fromEntries(Object.entries(values ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>;

/** Sets what is wanted; answers the sentence that says what can't be read, and then nothing was set. */
export function configure(state: State, input: unknown): string | null {
  const read = wanted.safeParse(input);
  if (!read.success) return z.prettifyError(read.error);
  const { reseller, options, terminals = [] } = read.data;
  Object.assign(state.reseller, given(reseller));
  Object.assign(state.options, given(options));
  for (const terminal of terminals) state.terminals.push({ ...terminal, current: null, gone: false });
  return null;
}
