import { z } from 'zod';
import { currency } from '../../contract/basics.ts';
import { minor } from '../../core/money.ts';
import type { PaymentOrder } from '../../core/payments/order.ts';
import type { ProviderAnswer, ProviderLink, Settings } from '../../core/payments/provider.ts';
import { codeKind, descriptionOf, scopeOf } from './account.ts';
import { nameOf } from './memory.ts';
import { msisdnOf } from './phone.ts';

/** How long a customer has in all (Vipps, section 6). */
export const lifeMs = 600_000;
/** Width of a picture; the screen makes it as large as it likes (Vipps, section 5.1: 100 to 2000). */
const pictureSize = 600;

export const path = (reference: string, operation = ''): string => `/epayment/v1/payments/${encodeURIComponent(reference)}${operation === '' ? '' : `/${operation}`}`;

type Flow = { readonly userFlow: 'QR'; readonly qrFormat: object } | { readonly userFlow: 'PUSH_MESSAGE'; readonly customer: object };

const qrFormat = (settings: Settings): object => (codeKind(settings) === 'text' ? { format: 'TEXT/TARGETURL' } : { format: 'IMAGE/PNG', size: pictureSize });

/** Null where the way wants a number and there is none that can be one. */
function flowOf({ account }: ProviderLink, order: PaymentOrder, told: string): Flow | null {
  if (order.way !== 'push') return { userFlow: 'QR', qrFormat: qrFormat(account.settings) };
  const phoneNumber = msisdnOf(told, order.currency);
  return phoneNumber === null ? null : { userFlow: 'PUSH_MESSAGE', customer: { phoneNumber } };
}

/** The same for the same order, to the letter: it is sent again under the same key (Vipps, section 5.1). */
export function createBody(link: ProviderLink, order: PaymentOrder, data: Settings, told: string): object | null {
  const flow = flowOf(link, order, told);
  const scope = scopeOf(link.account.settings);
  if (!flow) return null;
  return {
    amount: { currency: order.currency, value: order.amountMinor },
    paymentMethod: { type: 'WALLET' },
    customerInteraction: order.distance === true ? 'CUSTOMER_NOT_PRESENT' : 'CUSTOMER_PRESENT',
    ...flow,
    reference: nameOf(link, order, data),
    paymentDescription: descriptionOf(order.title),
    ...(scope === null ? {} : { profile: { scope } }),
  };
}

export const modification = (amountMinor: number, currencyCode: string): object => ({ modificationAmount: { currency: currencyCode, value: amountMinor } });

const value = z.int().min(0);
const amount = z.object({ currency, value });
const aggregate = z.object({ authorizedAmount: amount, cancelledAmount: amount, capturedAmount: amount, refundedAmount: amount });

export const created = z.object({ reference: z.string(), redirectUrl: z.string().nullish() });

/** What GET and every modification answer have in common (Vipps, sections 5.2 and 5.4). */
export const payment = z.object({ amount, state: z.string(), aggregate, pspReference: z.string().min(1), reference: z.string(), redirectUrl: z.string().nullish() });
export type Payment = z.infer<typeof payment>;

export const events = z.array(z.object({ name: z.string(), pspReference: z.string(), idempotencyKey: z.string().nullish(), success: z.boolean() }));

/** How a payment stands, by its state and what has moved of it. A state that the documentation doesn't know is not final. */
export function answerOf(link: ProviderLink, order: PaymentOrder, data: Settings, found: Payment): ProviderAnswer {
  switch (found.state) {
    case 'AUTHORIZED':
      return authorized(link, order, data, found);
    case 'ABORTED':
      // By the customer; what the shop ends is TERMINATED.
      return { kind: 'ended', state: 'declined', data };
    case 'EXPIRED':
      return { kind: 'ended', state: 'expired', data };
    case 'TERMINATED':
      return { kind: 'ended', state: 'cancelled', data };
    default:
      return { kind: 'waiting', data, cancellable: true };
  }
}

/** AUTHORIZED stays whatever happens to the money: only the sums move (Vipps, section 6). */
function authorized(link: ProviderLink, order: PaymentOrder, data: Settings, found: Payment): ProviderAnswer {
  const { authorizedAmount, cancelledAmount, capturedAmount, refundedAmount } = found.aggregate;
  const held = authorizedAmount.value - cancelledAmount.value - capturedAmount.value;
  const ours = capturedAmount.value - refundedAmount.value;
  const claim = {
    data,
    reference: nameOf(link, order, data),
    currency: found.amount.currency,
    ownReference: found.reference === nameOf(link, order, data) ? order.reference : found.reference,
  };
  if (held > 0) return { kind: 'approved', ...claim, amountMinor: minor(authorizedAmount.value - cancelledAmount.value) };
  if (ours > 0) return { kind: 'paid', ...claim, amountMinor: minor(ours) };
  return { kind: 'ended', state: capturedAmount.value > 0 ? 'reversed' : 'released', data };
}
