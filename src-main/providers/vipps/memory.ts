import type { PaymentOrder } from '../../core/payments/order.ts';
import type { ProviderLink, Settings } from '../../core/payments/provider.ts';
import { environmentOf, salesUnitOf, wireReference, type Api } from './account.ts';

/**
 * What the adapter writes down of a payment: the interface and the sales unit that took it and its name there, so that a refund finds
 * it whatever the account says then; how many cancels were refused; whether it was of the real environment.
 */
export type Memory = { readonly api?: string; readonly reference?: string; readonly msn?: string; readonly refusedCancels?: string; readonly environment?: string };

export const memoryOf = (data: Settings): Memory => data;

/** The payment's name on the wire. */
export const nameOf = (link: ProviderLink, order: Pick<PaymentOrder, 'reference'>, data: Settings): string => memoryOf(data).reference ?? wireReference(link, order.reference);

/** The sales unit that the payment is of: only that one knows it (Vipps, section 12). */
export const unitOf = (link: ProviderLink, data: Settings): string => memoryOf(data).msn || salesUnitOf(link);

/** With all that is known; always in the same order, so that nothing new is nothing new. */
export function remembered(link: ProviderLink, order: Pick<PaymentOrder, 'reference'>, api: Api, data: Settings): Settings {
  return { api, reference: nameOf(link, order, data), msn: unitOf(link, data), environment: environmentOf(link.account.settings), ...data };
}

const countOf = (data: Settings): number => Number(memoryOf(data).refusedCancels ?? '0') || 0;

/** A refusal sticks to its key (Vipps, section 8): the next cancel goes under another one, which is known before it is sent. */
export const afterRefusedCancel = (data: Settings): Settings => ({ ...data, refusedCancels: String(countOf(data) + 1) });

/** At most 50 characters of our own (Vipps, section 2). */
export const keyOf = (order: Pick<PaymentOrder, 'reference'>, what: 'start' | 'capture'): string => `${order.reference}-${what}`.slice(-50);
export const cancelKeyOf = (order: Pick<PaymentOrder, 'reference'>, what: 'cancel' | 'release', data: Settings): string => `${order.reference}-${what}-${countOf(data)}`.slice(-50);
