import { fail, ok, type Result } from '../../contract/errors.ts';
import type { ParsedInput } from '../../contract/index.ts';
import type { RefundablePost, RefundView } from '../../contract/refunds.ts';
import { minor, subtract, sum, type Minor } from '../../core/money.ts';
import type { PaymentProvider, RefundAbility, RefundAnswer } from '../../core/payments/provider.ts';
import { learnRefund, mayRepeat, refundFinished, type Refund, type RefundLearned } from '../../core/payments/refund.ts';
import type { Attempt, Post } from '../../core/sales/model.ts';
import { journalEntry, nowIso, type ShopContext } from '../context.ts';
import type { CallsOf, Handlers } from '../handlers.ts';
import type { Session } from '../session.ts';
import { heldPosts } from '../sale-view.ts';
import { epochOf } from './epoch.ts';
import type { Links } from './links.ts';

/** Refunds of app payments: written down, then sent; in doubt they are resolved and never sent twice. */
export type Refunds = {
  readonly handlers: Handlers<CallsOf<'refund'>>;
  /** Finds every refund that was unfinished when the program ended. */
  recover(): void;
  close(): Promise<void>;
};

/** What a refund needs beside itself. */
type Paid = { readonly attempt: Attempt; readonly post: Post; readonly provider: PaymentProvider; readonly ability: RefundAbility };

/** From one try to resolve a doubt to the next, ms: the last one again and again. */
const pausesMs = [1_000, 2_000, 5_000, 15_000, 60_000] as const;

export function createRefunds(context: ShopContext, session: Session, links: Links): Refunds {
  const { stores, clock, ids, bus, log } = context;
  const running = new Map<string, Promise<void>>();
  const wakes = new Set<() => void>();
  let closing = false;

  function paidOf(postId: string, receiptId: string): Paid | null {
    const post = stores.sales.load(receiptId)?.posts.find((one) => one.id === postId && one.kind === 'payment');
    const attempt = post ? stores.sales.attempt(post.attemptId) : null;
    const provider = attempt ? links.provider(attempt.tenderKind) : null;
    const ability = provider?.capabilities.refund;
    return post && attempt?.order && provider && ability ? { attempt, post, provider, ability } : null;
  }

  /** What of a payment has neither gone back nor may be on its way, without one refund. */
  function leftOf(post: Post, without: string | null = null): Minor {
    const taken = stores.refunds.ofPost(post.id).filter((one) => one.state !== 'refused' && one.id !== without);
    return subtract(post.amountMinor, sum(taken.map((one) => one.amountMinor)));
  }

  const repeatable = (refund: Refund, paid: Paid): boolean => mayRepeat(refund, leftOf(paid.post, refund.id), paid.ability);

  function viewOf(refund: Refund): RefundView {
    const paid = paidOf(refund.postId, refund.receiptId);
    const { id: refundId, receiptId, postId, tenderKind, state, amountMinor, currency, providerReference, problem, reason, updatedAt: at } = refund;
    const needsDecision = state === 'outcome-unknown' && (!paid || !repeatable(refund, paid));
    return { refundId, receiptId, postId, tenderKind, state, amountMinor, currency, providerReference, problem, reason, needsDecision, at };
  }

  /** Learns something: writes it, and only then lets it be seen. */
  function tell(before: Refund, learned: RefundLearned, detail: Readonly<Record<string, unknown>> = {}): Refund {
    const refund = learnRefund(before, learned, nowIso(context));
    if (refund === before) return before;
    const about = { refund: refund.id, tender: refund.tenderKind, amountMinor: refund.amountMinor, currency: refund.currency, state: refund.state, reference: refund.providerReference, problem: refund.problem?.code, ...detail };
    stores.refunds.save(refund, refund.state === before.state ? [] : [journalEntry(context, refund.staffId, 'payment-refund', about, refund.receiptId)]);
    bus.publish('refund.changed', viewOf(refund));
    return refund;
  }

  function send(refund: Refund, { attempt, provider, post }: Paid, repeated: boolean): Promise<RefundAnswer> {
    const link = links.link(attempt.tenderKind, links.terminal(attempt.tenderKind)?.id ?? attempt.terminalId);
    if (!link || !attempt.order) return Promise.resolve(repeated ? { kind: 'unknown', problem: { code: 'not-configured' } } : { kind: 'refused', problem: { code: 'not-configured' } });
    const cashier = stores.staff.byId(refund.staffId)?.name ?? '';
    const payment = { reference: post.reference, order: attempt.order, data: attempt.data };
    return provider.refund(link, { reference: refund.reference, amountMinor: refund.amountMinor, currency: refund.currency, payment, data: {}, identifier: '', repeated, cashier, title: link.shopName });
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        stop();
        wakes.delete(wake);
        resolve();
      };
      const stop = clock.after(ms, wake);
      wakes.add(wake);
    });
  }

  /** From the first try to its end, or to where only a person can tell. */
  async function drive(first: Refund): Promise<void> {
    const paid = paidOf(first.postId, first.receiptId);
    if (!paid) return;
    let repeated = first.state !== 'intended';
    let refund = tell(first, { kind: repeated ? 'found' : 'begin' });
    for (let tries = 0; !closing && !refundFinished(refund.state); tries += 1) {
      if (repeated) {
        if (!repeatable(refund, paid)) return;
        if (tries > 0) await pause(pausesMs[Math.min(tries, pausesMs.length) - 1] ?? 0);
        refund = stores.refunds.byId(refund.id) ?? refund;
        if (closing || refundFinished(refund.state)) return;
      }
      const answer = await send(refund, paid, repeated);
      // A till that closes leaves the answer to its next start, which asks again.
      if (closing) return;
      refund = tell(refund, { kind: 'answer', answer });
      repeated = true;
    }
  }

  /** A full disk or a bug must not leave a refund without an owner: what is stored of it is taken up again. */
  async function keepDriving(refundId: string): Promise<void> {
    while (!closing) {
      try {
        const stored = stores.refunds.byId(refundId);
        if (stored && !refundFinished(stored.state)) await drive(stored);
        return;
      } catch (error) {
        log.error('a step of a refund failed', { refund: refundId, error: error instanceof Error ? error.stack : String(error) });
        await pause(pausesMs[0]);
      }
    }
  }

  function own(refund: Refund): void {
    running.set(refund.id, keepDriving(refund.id).finally(() => running.delete(refund.id)));
  }

  function whyNot(post: Post, paid: Paid | null): RefundablePost['not'] {
    if (!paid) return 'not-by-provider';
    if (leftOf(post) <= 0) return 'nothing-left';
    if (stores.refunds.ofPost(post.id).some((one) => !refundFinished(one.state))) return 'under-way';
    return links.account(post.tenderKind) ? null : 'not-configured';
  }

  function postView(post: Post, receiptId: string): RefundablePost {
    const paid = paidOf(post.id, receiptId);
    const { id: postId, tenderId, tenderKind, amountMinor, reference } = post;
    return { postId, tenderId, tenderKind, amountMinor, leftMinor: leftOf(post), reference, not: whyNot(post, paid) };
  }

  function start(input: ParsedInput<'refund.start'>): Result<RefundView> {
    const before = stores.refunds.byRequest(input.requestId);
    if (before) return ok(viewOf(before));
    const receiptId = stores.sales.receiptOfPost(input.postId);
    const receipt = receiptId === null ? null : stores.sales.load(receiptId);
    const post = receipt?.posts.find((one) => one.id === input.postId && one.kind === 'payment');
    if (receipt?.state !== 'completed' || !post) return fail('receipt-unknown');
    const paid = paidOf(post.id, receipt.id);
    const not = whyNot(post, paid);
    if (not || !paid) return fail('payment-not-refundable', { reason: not ?? 'not-by-provider' });
    const leftMinor = leftOf(post);
    const leastMinor = paid.ability.partial ? 1 : leftMinor;
    if (input.amountMinor > leftMinor || input.amountMinor < leastMinor) return fail('amount-out-of-range', { minimumMinor: leastMinor, maximumMinor: leftMinor });
    const allowed = session.authorise('payment-refund', input.approval);
    if (!allowed.ok) return allowed;
    const at = nowIso(context);
    const id = ids.next();
    const refund: Refund = {
      id,
      requestId: input.requestId,
      receiptId: receipt.id,
      postId: post.id,
      attemptId: post.attemptId,
      tenderKind: post.tenderKind,
      state: 'intended',
      amountMinor: minor(input.amountMinor),
      currency: receipt.currency,
      reference: context.engine.referenceOf(epochOf(context), id),
      providerReference: '',
      problem: null,
      staffId: session.staffId(),
      reason: input.reason,
      createdAt: at,
      updatedAt: at,
    };
    const detail = { refund: id, tender: refund.tenderKind, amountMinor: refund.amountMinor, currency: refund.currency, reason: refund.reason, approvedBy: allowed.value.approvedBy };
    stores.refunds.save(refund, [journalEntry(context, refund.staffId, 'payment-refund-asked', detail, receipt.id)]);
    own(refund);
    return ok(viewOf(stores.refunds.byId(id) ?? refund));
  }

  return {
    handlers: {
      'refund.of-receipt': ({ receiptId }) => {
        const receipt = stores.sales.load(receiptId);
        if (receipt?.state !== 'completed') return fail('receipt-unknown');
        const posts = heldPosts(receipt.posts).filter((post) => post.kind === 'payment' && post.amountMinor > 0);
        return ok({ posts: posts.map((post) => postView(post, receiptId)), refunds: stores.refunds.ofReceipt(receiptId).map(viewOf) });
      },
      'refund.start': start,
      'refund.decide': ({ refundId, given, note, approval }) => {
        const refund = stores.refunds.byId(refundId);
        // One that is still being asked about needs nobody's word.
        if (!refund || !viewOf(refund).needsDecision) return fail('refund-unknown');
        const allowed = session.authorise('payment-refund', approval);
        if (!allowed.ok) return allowed;
        return ok(viewOf(tell(refund, { kind: 'decided', given }, { decidedBy: allowed.value.approvedBy ?? session.staffId(), note })));
      },
    },
    recover() {
      for (const refund of stores.refunds.unfinished(context.register.id)) own(refund);
    },
    async close() {
      closing = true;
      for (const wake of wakes) wake();
      await Promise.all(running.values());
    },
  };
}
