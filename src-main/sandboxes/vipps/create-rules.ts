import { z } from 'zod';
import type { Problem } from './answers.ts';
import { knownScopes } from './users.ts';

/* The fields of a payment that is to be created (Vipps, section 5.1). What the documentation does not name is refused. */
const amount = z.strictObject({ value: z.int().min(0).max(65_000_000), currency: z.enum(['NOK', 'DKK', 'EUR']) });

/** https or a scheme of the shop's own app. */
const address = z.string().max(2048).regex(/^(?!http:)[a-zA-Z][a-zA-Z0-9+.-]*:\/\/[^\s]+$/);
const customer = z.strictObject({ phoneNumber: z.string().regex(/^\d{10,15}$/), personalQr: z.string().min(5).max(255), customerToken: z.string().min(1) }).partial();
const scope = z.string().refine((text) => text.split(' ').every((one) => knownScopes.has(one)), 'a list of known scopes with one space between them');

export const newPayment = z.strictObject({
  amount,
  paymentMethod: z.strictObject({ type: z.enum(['WALLET', 'CARD']), blockedSources: z.array(z.string()).optional() }),
  reference: z.string().regex(/^[a-zA-Z0-9-]{8,50}$/),
  userFlow: z.enum(['PUSH_MESSAGE', 'NATIVE_REDIRECT', 'WEB_REDIRECT', 'QR']),
  customer: customer.optional(),
  customerInteraction: z.enum(['CUSTOMER_PRESENT', 'CUSTOMER_NOT_PRESENT']).optional(),
  returnUrl: address.optional(),
  qrFormat: z.strictObject({ format: z.enum(['IMAGE/SVG+XML', 'IMAGE/PNG', 'TEXT/TARGETURL']), size: z.int().min(100).max(2000).nullish() }).nullish(),
  paymentDescription: z.string().min(3).max(100).optional(),
  receipt: z.unknown().optional(),
  expiresAt: z.iso.datetime({ offset: true }).nullish(),
  metadata: z.record(z.string().max(100), z.string().max(500)).refine((pairs) => Object.keys(pairs).length <= 5, 'at most five pairs').nullish(),
  profile: z.strictObject({ scope: scope.optional() }).nullish(),
  receiptUrl: address.nullish(),
  industryData: z.looseObject({}).nullish(),
  minimumUserAge: z.int().min(0).nullish(),
});
export type NewPayment = z.infer<typeof newPayment>;

/** `modificationAmount` is needed, also for the whole (Vipps, section 5.4). */
export const modification = z.strictObject({ modificationAmount: amount });
export const cancelWish = z.strictObject({ cancelTransactionOnly: z.boolean().optional() });
export const approval = z.strictObject({ customer: customer, token: z.string().optional() });

/** Numbers of fields that have one (Vipps, section 7.3); other wrong fields are only named. */
const numbers: readonly (readonly [RegExp, string])[] = [
  [/^(modificationAmount|amount)(\.value)?$/i, '4040'],
  [/^customer\.customerToken$/, '4050'],
  [/^customer\.personalQr$/, '4060'],
  [/^customer\.phoneNumber$/, '4070'],
  [/^profile\.scope$/, '4080'],
  [/^(returnUrl|receiptUrl)$/, '4090'],
  [/^metadata/, '4100'],
  [/^paymentMethod\.type$/, '4160'],
];

/** What is wrong with the first field that is. */
export function fieldProblem({ issues }: z.ZodError, sent: unknown): Problem {
  const [issue] = issues;
  if (!issue) return { status: 400, title: 'The body is not understood' };
  const names = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  const field = names.map(String).join('.');
  const value = names.reduce<unknown>((within, name) => (typeof within === 'object' && within !== null ? (within as Readonly<Record<PropertyKey, unknown>>)[name] : undefined), sent);
  if (value === undefined) return { status: 400, title: `${field} is missing`, code: '4140', field };
  const code = numbers.find(([pattern]) => pattern.test(field.replace(/^modificationAmount\.value$/, 'amount.value')))?.[1];
  return { status: 400, title: `${field}: ${issue.message}`, ...(code === undefined ? {} : { code }), field };
}
