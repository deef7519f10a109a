import type { Asking } from '../../core/payments/machine.ts';
import type { PaymentOrder } from '../../core/payments/order.ts';
import type { PaymentProvider, ProviderAnswer, ProviderLink, Settings } from '../../core/payments/provider.ts';

/** A step that an answer led to and that the adapter does not have: `checkProvider` and the machine leave none. */
const missing = (act: Asking): never => {
  throw new Error(`payments: the provider has no step "${act}"`);
};

/** Asks a provider one question of the payment machine. */
export function ask(provider: PaymentProvider, act: Asking, link: ProviderLink, order: PaymentOrder, data: Settings, told: string): Promise<ProviderAnswer> {
  switch (act) {
    case 'start':
      return provider.start(link, order, told);
    case 'ready':
      return provider.ready?.(link, order, data) ?? missing(act);
    case 'poll':
      return provider.poll(link, order, data);
    case 'cancel':
      return provider.cancel(link, order, data);
    case 'capture':
      return provider.capture?.(link, order, data) ?? missing(act);
    case 'release':
      return provider.release?.(link, order, data) ?? missing(act);
    default:
      return missing(act);
  }
}
