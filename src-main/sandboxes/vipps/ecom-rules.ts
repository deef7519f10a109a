import { z } from 'zod';
import type { WireAnswer } from '../shared/types.ts';
import { ecomError } from './answers.ts';

/* The fields of eCom (Vipps, section 3). What the documentation does not name is refused. */
const allowedPorts = new Set(['', '443', '80', '8080']);

/** An address that the service would call: https, a usual port, and no name of this machine. */
function reachable(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, port, hostname } = new URL(text);
  return protocol === 'https:' && allowedPorts.has(port) && !/^(localhost|127\.|10\.|192\.168\.|\[::1\])/.test(hostname);
}

const anyAddress = z.string().min(1).max(255);
const callbackAddress = anyAddress.refine(reachable, 'must be https, on a usual port, and open to the world');
const returnAddress = anyAddress.regex(/^(?!http:)[a-zA-Z][a-zA-Z0-9+.-]*:\/\/[^\s]+$/, 'must be https or a scheme of an own app');
const serialNumber = z.string().regex(/^\d{5,6}$/);
const text = z.string().max(100);

export const initiation = z.strictObject({
  customerInfo: z.strictObject({ mobileNumber: z.string().optional() }),
  merchantInfo: z
    .strictObject({
      merchantSerialNumber: serialNumber,
      callbackPrefix: anyAddress,
      fallBack: anyAddress,
      authToken: z.string().max(255).optional(),
      isApp: z.boolean().optional(),
      // Express checkout asks for addresses and shipping: nothing that a till does, so it is not here.
      paymentType: z.literal('eComm Regular Payment').optional(),
    })
    // Addresses that belong to an app are not looked at as those of the web are (Vipps, section 3.1).
    .refine(({ isApp, callbackPrefix }) => isApp === true || callbackAddress.safeParse(callbackPrefix).success, { path: ['callbackPrefix'] })
    .refine(({ isApp, fallBack }) => isApp === true || returnAddress.safeParse(fallBack).success, { path: ['fallBack'] }),
  transaction: z.strictObject({
    orderId: z.string().regex(/^[a-zA-Z0-9-]{1,50}$/),
    amount: z.int().min(100),
    transactionText: text,
    skipLandingPage: z.boolean().optional(),
    scope: z.string().optional(),
    useExplicitCheckoutFlow: z.boolean().optional(),
    timeStamp: z.string().optional(),
  }),
});
export type Initiation = z.infer<typeof initiation>;

const merchantInfo = z.strictObject({ merchantSerialNumber: serialNumber });
/** Nothing and zero mean all that is left (Vipps, section 3.3); else the least is one krone. */
export const change = z.strictObject({ merchantInfo, transaction: z.strictObject({ amount: z.int().refine((amount) => amount === 0 || amount >= 100).nullish(), transactionText: text }) });
export const ending = z.strictObject({ merchantInfo, transaction: z.strictObject({ transactionText: text }), shouldReleaseRemainingFunds: z.boolean().optional() });
export const forcing = z.strictObject({ customerPhoneNumber: z.string().regex(/^\d{8}$/), token: z.string().min(1) });

/** Mistakes that the service answers with an internal error of its own (Vipps, section 3.1). */
export function breaksService(body: unknown): boolean {
  const { merchantInfo: info } = (body ?? {}) as { readonly merchantInfo?: { readonly merchantSerialNumber?: unknown; readonly fallback?: unknown; readonly fallBack?: unknown } | null };
  return typeof info?.merchantSerialNumber === 'number' || (info?.fallback !== undefined && info.fallBack === undefined);
}

/** The first wrong field, by its name; an amount and a phone number have numbers of their own. */
export function wrongField({ issues }: z.ZodError): WireAnswer {
  const [issue] = issues;
  const names = [...(issue?.path ?? []), ...(issue?.code === 'unrecognized_keys' ? issue.keys : [])].map(String);
  const field = names.at(-1) ?? 'body';
  return field === 'amount' ? ecomError('Payment', '43', 'The amount is not valid') : ecomError('InvalidRequest', names.join('.') || field, `${field}: ${issue?.message ?? 'is wrong'}`);
}
