import { z } from 'zod';
import { minor } from '../../core/money.ts';
import type { PaymentOrder } from '../../core/payments/order.ts';
import type { ProviderAnswer, ProviderLink, Settings } from '../../core/payments/provider.ts';
import { codeKind, descriptionOf, scopeOf } from './account.ts';
import { nameOf, unitOf } from './memory.ts';
import { norwegianOf } from './phone.ts';

/** How long a customer has in all, and after how long nobody can pay any more whatever the history says (Vipps, section 6). */
export const lifeMs = 600_000;
export const overMs = lifeMs + 60_000;

export const path = (orderId: string, operation: 'details' | 'capture' | 'cancel' | 'refund'): string => `/ecomm/v2/payments/${encodeURIComponent(orderId)}/${operation}`;

/** Where the phone goes afterwards. The vendor's own page stands in for a shop without one (Vipps, section 3.1). */
const fallBackOf = ({ fallBack }: Settings): string => fallBack || 'https://www.vipps.no/';

/** The interface wants an address to call back, and tries it once. The till asks instead (Vipps, section 3.7). */
const callbackOf = (settings: Settings): string => (settings['callbackPrefix'] || fallBackOf(settings)).replace(/\/+$/, '');

/** Null where the way wants a number and there is none that can be one. */
export function initiateBody(link: ProviderLink, order: PaymentOrder, data: Settings, told: string): object | null {
  const { settings } = link.account;
  const push = order.way === 'push';
  const mobileNumber = push ? norwegianOf(told) : null;
  const scope = scopeOf(settings);
  if (push && mobileNumber === null) return null;
  return {
    customerInfo: mobileNumber === null ? {} : { mobileNumber },
    merchantInfo: {
      merchantSerialNumber: unitOf(link, data),
      callbackPrefix: callbackOf(settings),
      fallBack: fallBackOf(settings),
      isApp: false,
      paymentType: 'eComm Regular Payment',
    },
    transaction: {
      orderId: nameOf(link, order, data),
      amount: order.amountMinor,
      transactionText: descriptionOf(order.title),
      skipLandingPage: push,
      ...(scope === null ? {} : { scope }),
    },
  };
}

/** The body of a capture, a cancel and a refund. The unit is a text: a number breaks the service (Vipps, section 3.1). */
export const changeBody = (unit: string, title: string, amountMinor?: number): { readonly merchantInfo: object; readonly transaction: object } => ({
  merchantInfo: { merchantSerialNumber: unit },
  transaction: { ...(amountMinor === undefined ? {} : { amount: amountMinor }), transactionText: descriptionOf(title) },
});

/** What the QR API is asked for the code as (Vipps, section 4.1). */
export const qrHeaders = (settings: Settings): Readonly<Record<string, string>> => (codeKind(settings) === 'text' ? { Accept: 'text/targetUrl' } : { Accept: 'image/png', Size: '600' });

export const initiated = z.object({ orderId: z.string(), url: z.string().min(1) });
export const qrCode = z.object({ url: z.string().min(1), expiresIn: z.number() });

const sumOf = z.int().min(0);
const summary = z.object({ capturedAmount: sumOf, refundedAmount: sumOf });
const entry = z.object({
  operation: z.string(),
  operationSuccess: z.boolean(),
  amount: sumOf.nullish(),
  requestId: z.string().nullish(),
  transactionId: z.union([z.string(), z.int()]).transform(String).nullish(),
});
export const details = z.object({ orderId: z.string(), transactionSummary: summary.nullish(), transactionLogHistory: z.array(entry) });
export type Details = z.infer<typeof details>;

/** What has come of a payment, read from its whole history: only what succeeded counts (Vipps, section 3.2). */
export type History = { readonly promisedMinor: number; readonly heldMinor: number; readonly capturedMinor: number; readonly refundedMinor: number; readonly transactionId: string; readonly ended: ReadonlySet<string> };

export function historyOf({ transactionLogHistory, transactionSummary }: Details): History {
  const done = transactionLogHistory.filter(({ operationSuccess }) => operationSuccess);
  const sumBy = (...operations: readonly string[]): number => done.filter(({ operation }) => operations.includes(operation)).reduce((all, { amount }) => all + (amount ?? 0), 0);
  const words = new Set(done.map(({ operation }) => operation));
  const sold = sumBy('SALE');
  const capturedMinor = Math.max(sold, transactionSummary?.capturedAmount ?? sumBy('CAPTURE', 'SALE'));
  const promisedMinor = Math.max(sold, sumBy('RESERVE'));
  const letGo = words.has('VOID') || words.has('CANCEL');
  const named = done.find(({ operation, transactionId }) => (operation === 'RESERVE' || operation === 'SALE') && transactionId);
  return {
    promisedMinor,
    heldMinor: letGo ? 0 : Math.max(0, promisedMinor - capturedMinor),
    capturedMinor,
    refundedMinor: transactionSummary?.refundedAmount ?? sumBy('REFUND'),
    transactionId: (named ?? transactionLogHistory.find(({ transactionId }) => transactionId))?.transactionId ?? '',
    ended: words,
  };
}

/** Whether the customer has opened it: only then has it a number (Vipps, section 3.2). */
export const isOpened = ({ transactionLogHistory }: Details): boolean =>
  transactionLogHistory.some(({ transactionId, operation }) => Boolean(transactionId) || operation !== 'INITIATE');

/** How a payment stands. Words that the documentation doesn't know end nothing. `over`: nobody can pay it any more. */
export function answerOf(link: ProviderLink, order: PaymentOrder, data: Settings, found: Details, over: boolean): ProviderAnswer {
  const history = historyOf(found);
  if (history.promisedMinor > 0) return taken(link, order, data, found, history);
  const { ended } = history;
  // Who ended it can't be told: the till knows whether it was itself.
  if (ended.has('CANCEL')) return { kind: 'ended', state: 'cancelled', data };
  if (ended.has('VOID')) return { kind: 'ended', state: 'released', data };
  if (ended.has('USER_CANCEL')) return { kind: 'ended', state: 'declined', data };
  if (ended.has('REJECT') || ended.has('REJECTED') || over) return { kind: 'ended', state: 'expired', data };
  return { kind: 'waiting', data, cancellable: true };
}

function taken(link: ProviderLink, order: PaymentOrder, data: Settings, found: Details, history: History): ProviderAnswer {
  const { heldMinor, capturedMinor, refundedMinor, promisedMinor } = history;
  const claim = { data, reference: nameOf(link, order, data), currency: 'NOK' as const, ownReference: found.orderId === nameOf(link, order, data) ? order.reference : found.orderId };
  if (heldMinor > 0) return { kind: 'approved', ...claim, amountMinor: minor(promisedMinor) };
  const ours = capturedMinor - refundedMinor;
  if (ours > 0) return { kind: 'paid', ...claim, amountMinor: minor(ours) };
  return { kind: 'ended', state: capturedMinor > 0 ? 'reversed' : 'released', data };
}
