import type { PaymentProvider, ProviderLink } from '../../core/payments/provider.ts';
import type { PaymentOrder } from '../../core/payments/order.ts';
import type { Attempt, Receipt } from '../../core/sales/model.ts';
import { heldPosts } from '../../core/sales/totals.ts';
import type { ShopContext } from '../context.ts';
import type { Links } from '../payments/links.ts';

/** A payment on a completed sale that a provider took. */
export type AppPayment = { readonly attemptId: string; readonly provider: PaymentProvider };

/** The app payments that are on a sale; none of an exercise's or a return's. */
export function appPayments(links: Links, { kind, posts }: Receipt): readonly AppPayment[] {
  if (kind !== 'sale') return [];
  const kinds = new Map(heldPosts(posts).filter((post) => post.kind === 'payment' && post.amountMinor > 0).map((post) => [post.attemptId, post.tenderKind]));
  return [...kinds].flatMap(([attemptId, tenderKind]) => {
    const provider = links.provider(tenderKind);
    return provider ? [{ attemptId, provider }] : [];
  });
}

/** What a provider is asked with about a payment that it took. */
export type Question = { readonly attempt: Attempt; readonly order: PaymentOrder; readonly provider: PaymentProvider; readonly link: ProviderLink };

/** Null where there is no such payment, its provider has no account any more, or its secrets can't be opened. */
export function questionOf({ stores }: Pick<ShopContext, 'stores'>, links: Links, attemptId: string): Question | null {
  const attempt = stores.sales.attempt(attemptId);
  const provider = attempt ? links.provider(attempt.tenderKind) : null;
  const link = attempt ? links.link(attempt.tenderKind, attempt.terminalId) : null;
  return attempt?.order && provider && link ? { attempt, order: attempt.order, provider, link } : null;
}
