import { minor, subtract, sum, type Minor } from '../../core/money.ts';
import type { PaymentProvider, RefundAbility, RefundOrder } from '../../core/payments/provider.ts';
import { identifierFits, refundFinished, type Refund } from '../../core/payments/refund.ts';
import type { RefundLimits, RefundSource } from '../../core/ports/refund-limits.ts';
import type { Stores, Task } from '../../core/ports/stores.ts';
import type { Attempt, Post, Receipt } from '../../core/sales/model.ts';
import type { RefundNot } from '../../contract/refunds.ts';
import type { ShopContext } from '../context.ts';
import type { ReturnsElsewhere } from '../returns/elsewhere.ts';
import type { Links } from './links.ts';

/** Money that a provider has taken and can give back: a payment on a receipt, or late money. */
export type Source = {
  readonly of: RefundSource;
  readonly provider: PaymentProvider;
  readonly ability: RefundAbility;
  readonly payment: RefundOrder['payment'];
  readonly attempt: Attempt | null;
  readonly post: { readonly receipt: Receipt; readonly post: Post } | null;
  readonly task: Task | null;
  /** A payment of another store: the chain gives it back, as a part of this return. */
  readonly store: { readonly returnId: string; readonly not: RefundNot | null } | null;
};

/** What has neither gone back nor may be on its way, without one refund. */
const leftOf = (amountMinor: Minor, refunds: readonly Refund[], without: string | null): Minor =>
  subtract(amountMinor, sum(refunds.filter((one) => one.state !== 'refused' && one.id !== without).map((one) => one.amountMinor)));

const refundsOf = (stores: Stores, { kind, id }: Pick<RefundSource, 'kind' | 'id'>): readonly Refund[] => {
  if (kind === 'post') return stores.refunds.ofPost(id);
  return kind === 'task' ? stores.refunds.ofTask(id) : stores.refunds.ofPayment(id);
};

/** This register's database alone says how much may still go back. */
export const localLimits = (stores: Stores): RefundLimits => ({
  reserve(source, amountMinor) {
    // Of another store's payment it knows nothing.
    if (source.kind === 'payment') return Promise.resolve({ ok: false, unreachable: true });
    const leftMinor = leftOf(source.amountMinor, refundsOf(stores, source), null);
    return Promise.resolve(amountMinor <= leftMinor ? { ok: true } : { ok: false, leftMinor });
  },
  ended: () => Promise.resolve(),
});

/** Finds what refunds are of, and what stands in their way. */
export function createSources(context: ShopContext, links: Links, elsewhere: ReturnsElsewhere) {
  const { stores } = context;

  function ofPost(postId: string): Source | null {
    const receiptId = stores.sales.receiptOfPost(postId);
    const receipt = receiptId === null ? null : stores.sales.load(receiptId);
    const post = receipt?.posts.find((one) => one.id === postId && one.kind === 'payment');
    const attempt = post ? stores.sales.attempt(post.attemptId) : null;
    const provider = attempt ? links.provider(attempt.tenderKind) : null;
    const ability = provider?.capabilities.refund;
    // An exercise's money was none.
    if (receipt?.kind === 'training') return null;
    if (!receipt || !post || !attempt?.order || !provider || !ability) return null;
    const payment = { reference: post.reference, order: attempt.order, data: attempt.data };
    return { of: { kind: 'post', id: post.id, amountMinor: post.amountMinor }, provider, ability, payment, attempt, post: { receipt, post }, task: null, store: null };
  }

  function ofTask(taskId: string): Source | null {
    const task = stores.tasks.byId(taskId);
    const provider = task ? links.provider(task.provider) : null;
    const ability = provider?.capabilities.refund;
    if (!task || !provider || !ability) return null;
    const attempt = task.attemptId === null ? null : stores.sales.attempt(task.attemptId);
    const order = attempt?.order ?? { reference: task.ownReference, amountMinor: task.amountMinor, currency: task.currency, cashier: '', title: context.shop().name, rows: [], at: task.openedAt };
    return { of: { kind: 'task', id: task.id, amountMinor: task.amountMinor }, provider, ability, payment: { reference: task.reference, order, data: attempt?.data ?? {} }, attempt, post: null, task, store: null };
  }

  /** What the chain knows of it stands beside the return; what this return has given back of it is in this register's refunds. */
  function ofPayment(paymentId: string, returnId: string): Source | null {
    const known = stores.returns.known(returnId);
    const paid = known?.payments.find((one) => one.paymentId === paymentId);
    const provider = paid ? links.provider(paid.tenderKind) : null;
    const ability = provider?.capabilities.refund;
    if (!known || !paid || !provider || !ability) return null;
    const { reference, amountMinor, leftMinor } = paid;
    const order = { reference, amountMinor, currency: known.currency, cashier: '', title: known.store.name, rows: [], at: known.at };
    return { of: { kind: 'payment', id: paymentId, amountMinor: leftMinor }, provider, ability, payment: { reference, order, data: {} }, attempt: null, post: null, task: null, store: { returnId, not: paid.not } };
  }

  /** Of another store's payment, refunds of this return alone: the chain has taken off what others did. */
  const refunds = ({ of, store }: Source): readonly Refund[] => refundsOf(stores, of).filter((one) => store === null || one.returnId === store.returnId);
  /** What other stores of the chain have of a payment of ours. */
  const awayOf = ({ of, post }: Source): Minor => (post ? elsewhere.known(post.receipt.id).payments.get(of.id) ?? minor(0) : minor(0));
  const left = (source: Source, without: string | null): Minor => subtract(leftOf(source.of.amountMinor, refunds(source), without), awayOf(source));

  return {
    ofPost,
    ofTask,
    ofPayment,
    of(refund: Refund): Source | null {
      if (refund.paymentId !== null) return ofPayment(refund.paymentId, refund.returnId ?? '');
      return refund.postId === null ? ofTask(refund.taskId ?? '') : ofPost(refund.postId);
    },
    refunds,
    left: (source: Source, without: string | null = null): Minor => left(source, without),
    /** The least and the most that may go back now. A part payment of a receipt that is not completed, and late money, go whole. */
    range(source: Source): { readonly minimumMinor: Minor; readonly maximumMinor: Minor } {
      const maximumMinor = left(source, null);
      const inParts = source.ability.partial && (source.store !== null || source.post?.receipt.state === 'completed');
      return { minimumMinor: inParts ? minor(1) : maximumMinor, maximumMinor };
    },
    whyNot(source: Source | null): RefundNot | null {
      if (!source) return 'not-by-provider';
      const before = refunds(source);
      if (before.some((one) => !refundFinished(one.state))) return 'under-way';
      if (source.task?.endedAt != null || source.task?.doubt === 'open' || left(source, null) <= 0) return 'nothing-left';
      // With what keys, if any, is the chain's.
      if (source.store) return source.store.not;
      const receipt = source.post?.receipt;
      if (receipt && receipt.state !== 'completed' && context.links().payment(receipt.id) !== null) return 'payment-active';
      return links.account(source.provider.capabilities.kind) ? null : 'not-configured';
    },
    /** The field that what the customer told does not fit; null where it does. */
    wrongIdentifier: ({ ability }: Source, told: string): string | null => (identifierFits(ability.asks, told) ? null : (ability.asks?.label[context.shop().language] ?? '')),
  };
}
