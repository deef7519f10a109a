import type { RefundOrder } from '../../core/payments/provider.ts';
import type { Stores } from '../../core/ports/stores.ts';
import type { Post } from '../../core/sales/model.ts';
import type { OriginShop } from './credentials.ts';

/** A payment of a store as its provider's adapter has to be told of it. It stays with whoever stands behind the chain's port. */
export type OriginPayment = { readonly post: Post; readonly completed: boolean; readonly payment: RefundOrder['payment']; readonly shop: OriginShop };

/** Finds it in the books of the store that took it. */
export function originPayment(stores: Stores, postId: string): OriginPayment | null {
  const receiptId = stores.sales.receiptOfPost(postId);
  const receipt = receiptId === null ? null : stores.sales.load(receiptId);
  const post = receipt?.posts.find((one) => one.id === postId && one.kind === 'payment' && one.amountMinor > 0);
  const attempt = post ? stores.sales.attempt(post.attemptId) : null;
  if (!receipt || receipt.kind !== 'sale' || !post || !attempt?.order) return null;
  const register = stores.shop.registers().find((one) => one.id === receipt.registerId);
  return {
    post,
    completed: receipt.state === 'completed',
    payment: { reference: post.reference, order: attempt.order, data: attempt.data },
    shop: { name: stores.shop.load()?.name ?? '', currency: receipt.currency, register: { number: register?.number ?? 0, name: register?.name ?? '' } },
  };
}
