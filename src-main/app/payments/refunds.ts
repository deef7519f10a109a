import { fail, ok, type Result } from '../../contract/errors.ts';
import type { RefundablePost, RefundView } from '../../contract/refunds.ts';
import type { PostView } from '../../contract/sale.ts';
import { minor, type Minor } from '../../core/money.ts';
import { takenBack } from '../../core/payments/immediate.ts';
import type { RefundAnswer } from '../../core/payments/provider.ts';
import { refundAct, refundFinished, withoutIdentifier, type Refund, type RefundAct, type RefundLearned } from '../../core/payments/refund.ts';
import type { RefundLimits } from '../../core/ports/refund-limits.ts';
import type { JournalDraft } from '../../core/ports/stores.ts';
import type { Post, Receipt } from '../../core/sales/model.ts';
import { heldPosts } from '../../core/sales/totals.ts';
import { journalEntry, nowIso, type ShopContext } from '../context.ts';
import type { Counter } from '../counter.ts';
import type { CallsOf, Handlers } from '../handlers.ts';
import type { Session } from '../session.ts';
import type { ReturnsElsewhere } from '../returns/elsewhere.ts';
import { epochOf } from './epoch.ts';
import { withSaying } from './sayings.ts';
import type { Links } from './links.ts';
import { createSources, type Source } from './refund-sources.ts';

/** What a person asks to have given back. */
export type RefundWish = {
  readonly requestId: string;
  readonly source: () => Result<Source>;
  /** Null: all of it. */
  readonly amountMinor: number | null;
  readonly reason: string;
  readonly identifier: string;
  readonly approval: string | undefined;
  /** The return that it is a part of: who may do that was asked when the return was confirmed. */
  readonly returnId?: string;
};

/** Refunds of app payments and of late money: written down, then sent; in doubt they are resolved and never sent twice. */
export type Refunds = {
  readonly handlers: Handlers<CallsOf<'refund'>>;
  /** Writes a refund down and takes care of it from there on. */
  begin(wish: RefundWish): Promise<Result<RefundView>>;
  readonly sources: ReturnType<typeof createSources>;
  readonly elsewhere: ReturnsElsewhere;
  view(refund: Refund): RefundView;
  /** The newest refund of late money. */
  ofTask(taskId: string): RefundView | null;
  /** Whether a payment of a receipt that is not completed is on its way back. */
  goingBack(receipt: Receipt): boolean;
  goesBack(post: Post): PostView['goesBack'];
  /** The provider has just answered another question: what waits to ask it about a refund does so now. */
  wake(tenderKind: string): void;
  /** Finds every refund that was unfinished when the program ended. */
  recover(): void;
  close(): Promise<void>;
};

/** A refund that was sent and not answered may still arrive for so long, ms: nobody can say before that it never did. */
const absentAfterMs = 60_000;

/** From one try to resolve a doubt to the next, ms: the last one again and again. */
const pausesMs = [1_000, 2_000, 5_000, 15_000, 60_000] as const;
/** What the journal says of a refund in every entry. */
const aboutOf = ({ id: refund, taskId, returnId, paymentId, tenderKind: tender, amountMinor, currency }: Refund) => ({ refund, task: taskId ?? undefined, return: returnId ?? undefined, storePayment: paymentId ?? undefined, tender, amountMinor, currency });

/** A pause that has lasted this long is ended by an answer to another question. */
const shortestPauseMs = 1_000;

/** A refund's own names, made before it is reserved. */
type Named = { readonly id: string; readonly reference: string };

type Waiting = { readonly tenderKind: string; readonly sinceMs: number; readonly end: () => void };

/** Who gives back on behalf of other stores, and who knows what may still go back. */
export type RefundChain = { readonly limits: RefundLimits; readonly elsewhere: ReturnsElsewhere };

export function createRefunds(context: ShopContext, session: Session, counter: Counter, links: Links, { limits, elsewhere }: RefundChain): Refunds {
  const { stores, clock, ids, bus, log, secrets } = context;
  const sources = createSources(context, links, elsewhere);
  const running = new Map<string, Promise<void>>();
  const beginning = new Map<string, Promise<Result<RefundView>>>();
  const waiting = new Set<Waiting>();
  /** When each was sent last in this life, by the clock that only grows; for one of an earlier life this life's beginning counts. */
  const sentMs = new Map<string, number>();
  const openedMs = clock.monotonicMs();
  let closing = false;

  const actFor = (refund: Refund, source: Source): RefundAct => refundAct(refund, sources.left(source, refund.id), source.ability);

  function viewOf(refund: Refund): RefundView {
    const source = sources.of(refund);
    const { id: refundId, receiptId, postId, taskId, paymentId, tenderKind, state, amountMinor, currency, providerReference, reason, updatedAt: at } = refund;
    const problem = source ? withSaying(source.provider, refund.problem) : refund.problem;
    const needsDecision = !refundFinished(state) && (!source || actFor(refund, source) === 'person');
    return { refundId, receiptId, postId, taskId, paymentId, tenderKind, state, amountMinor, currency, providerReference, problem, reason, needsDecision, at };
  }

  /** The receipt that a refund is of, while it stands on the counter or beside it. */
  function standing(receiptId: string | null): Receipt | null {
    if (receiptId === null) return null;
    const onCounter = counter.onCounter();
    return onCounter?.id === receiptId ? onCounter : counter.aside(receiptId);
  }

  /** A part payment leaves its receipt in the moment in which it is known to have gone back. */
  function keepOnReceipt(refund: Refund, receipt: Receipt, journal: readonly JournalDraft[]): void {
    const post = receipt.posts.find((one) => one.id === refund.postId);
    if (!post || !heldPosts(receipt.posts).includes(post)) throw new Error(`refunds: the payment of refund ${refund.id} is not on its receipt`);
    const undone = takenBack(receipt, post, refund.amountMinor, { id: ids.next(), at: refund.updatedAt });
    counter.commit({ ...undone, refunds: [refund], journal });
  }

  function keepWithTask(refund: Refund, taskId: string, journal: readonly JournalDraft[]): void {
    const task = stores.tasks.byId(taskId);
    if (!task) throw new Error(`refunds: the late money of refund ${refund.id} is not there`);
    const { staffId, reason: note, updatedAt } = refund;
    stores.transaction(() => {
      stores.refunds.save(refund, journal);
      stores.tasks.save({ ...task, state: 'refunded', staffId, note, updatedAt, endedAt: updatedAt }, [
        journalEntry(context, staffId, 'late-money-refunded', { task: taskId, provider: task.provider, reference: task.reference, amountMinor: task.amountMinor, currency: task.currency, refund: refund.id }, task.receiptId),
      ]);
    });
  }

  function keep(refund: Refund, journal: readonly JournalDraft[]): void {
    const receipt = standing(refund.receiptId);
    if (refund.state === 'refunded' && refund.returnId !== null) context.links().returned(refund, journal);
    else if (refund.state === 'refunded' && refund.taskId !== null) keepWithTask(refund, refund.taskId, journal);
    else if (refund.state === 'refunded' && receipt) keepOnReceipt(refund, receipt, journal);
    else stores.refunds.save(refund, journal);
  }

  /** Whoever shows the receipt or the late money draws it again. */
  function show(refund: Refund): void {
    bus.publish('refund.changed', viewOf(refund));
    if (refund.taskId !== null) context.links().lateMoney(refund.taskId, 'changed');
    if (refund.returnId !== null) context.links().returnChanged(refund.returnId);
    if (standing(refund.receiptId)) counter.refresh();
  }

  /** Learns something: writes it, and only then lets it be seen. */
  function tell(before: Refund, learned: RefundLearned, detail: Readonly<Record<string, unknown>> = {}): Refund {
    const refund = context.engine.learnRefund(before, learned, nowIso(context));
    if (refund === before) return before;
    const about = { ...aboutOf(refund), state: refund.state, reference: refund.providerReference, problem: refund.problem?.code, ...detail };
    keep(refund, refund.state === before.state ? [] : [journalEntry(context, refund.staffId, 'payment-refund', about, refund.receiptId)]);
    show(refund);
    // Should the chain not hear of it, it asks at the next start.
    if (refundFinished(refund.state)) void limits.ended(refund.reference, refund.state === 'refunded');
    return refund;
  }

  /** One question about another store's payment, by the chain, which knows the steps of the provider itself. */
  async function askChain(refund: Refund, act: Exclude<RefundAct, 'person'>): Promise<RefundAnswer> {
    const { reference, amountMinor, currency } = refund;
    const identifier = refund.sealedIdentifier === '' ? '' : secrets.open(refund.sealedIdentifier);
    const cashier = stores.staff.byId(refund.staffId)?.name ?? '';
    const answer = await elsewhere.refund({ reference, amountMinor, currency, identifier, cashier }, act === 'ask');
    return withoutIdentifier(answer.kind === 'waiting' ? { ...answer, data: {} } : answer, identifier);
  }

  /** One question, by the adapter. `repeated`: this step was sent before. */
  async function ask(refund: Refund, { provider, payment, attempt, store }: Source, act: Exclude<RefundAct, 'person'>): Promise<RefundAnswer> {
    if (store) return askChain(refund, act);
    const repeated = act !== 'send';
    const { tenderKind, reference, amountMinor, currency, data } = refund;
    const link = links.link(tenderKind, links.terminal(tenderKind)?.id ?? attempt?.terminalId ?? null);
    // A first step that can't be sent has given nothing back; of a later one that is not known.
    const first = !repeated && Object.keys(data).length === 0;
    if (!link) return { kind: first ? 'refused' : 'unknown', problem: { code: 'not-configured' } };
    const identifier = refund.sealedIdentifier === '' ? '' : secrets.open(refund.sealedIdentifier);
    const cashier = stores.staff.byId(refund.staffId)?.name ?? '';
    const order = { reference, amountMinor, currency, payment, data, identifier, repeated, cashier, title: link.shopName };
    try {
      return withoutIdentifier(await (act === 'ask' ? provider.refundStatus(link, order) : provider.refund(link, order)), identifier);
    } catch (error) {
      // Adapters don't throw. Should one do so, its words may quote the customer's.
      log.error('an adapter failed at a refund', { refund: refund.id, error: error instanceof Error ? error.name : 'unknown' });
      return { kind: 'unknown', problem: { code: 'protocol' } };
    }
  }

  function pause(tenderKind: string, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const mine: Waiting = {
        tenderKind,
        sinceMs: clock.monotonicMs(),
        end: () => {
          stop();
          waiting.delete(mine);
          resolve();
        },
      };
      const stop = clock.after(ms, mine.end);
      waiting.add(mine);
    });
  }

  const pauseMs = (tries: number): number => pausesMs[Math.min(tries, pausesMs.length) - 1] ?? 0;

  /** What the provider has said is written down, however long the disk takes: it can't be asked for again everywhere. */
  async function insist(refund: Refund, answer: RefundAnswer): Promise<Refund> {
    for (let tries = 1; ; tries += 1) {
      try {
        return tell(refund, { kind: 'answer', answer });
      } catch (error) {
        failed(refund.id, error);
        await pause(refund.tenderKind, pauseMs(tries));
        // It may be written already, and only to show it has failed.
        const stored = stores.refunds.byId(refund.id);
        if (closing || (stored && refundFinished(stored.state))) return stored ?? refund;
      }
    }
  }

  /** What was sent may still be on its way: until it can't be, not to be known there is no proof. */
  function worth({ provider }: Source, act: Exclude<RefundAct, 'person'>, answer: RefundAnswer, sinceMs: number): RefundAnswer {
    const early = sinceMs < (provider.capabilities.lateStartMs ?? 0);
    return act === 'ask' && answer.kind === 'refused' && early ? { kind: 'unknown', problem: { code: 'unreachable' } } : answer;
  }

  /** From the first try to its end, or to where only a person can tell. */
  async function drive(first: Refund, source: Source): Promise<void> {
    let refund = tell(first, { kind: first.state === 'intended' ? 'begin' : 'found' });
    // What was found after a start is asked about at once; a fresh doubt gets a moment.
    let tries = first.state === 'intended' ? 1 : 0;
    while (!closing && !refundFinished(refund.state)) {
      const act = actFor(refund, source);
      if (act === 'person') return;
      if (act !== 'send') {
        if (tries > 0) await pause(refund.tenderKind, pauseMs(tries));
        tries += 1;
        refund = stores.refunds.byId(refund.id) ?? refund;
        if (closing || refundFinished(refund.state)) return;
      }
      if (act === 'send') sentMs.set(refund.id, clock.monotonicMs());
      const answer = worth(source, act, await ask(refund, source, act), clock.monotonicMs() - (sentMs.get(refund.id) ?? openedMs));
      // A till that closes leaves the answer to its next start, which asks again.
      if (closing) return;
      if (answer.kind === 'next') tries = 1;
      refund = await insist(refund, answer);
    }
  }

  const failed = (refundId: string, error: unknown): void => log.error('a step of a refund failed', { refund: refundId, error: error instanceof Error ? error.stack : String(error) });

  /** A full disk or a bug must not leave a refund without an owner: what is stored of it is taken up again. */
  async function keepDriving(refundId: string, tenderKind: string): Promise<void> {
    while (!closing) {
      try {
        const stored = stores.refunds.byId(refundId);
        const source = stored ? sources.of(stored) : null;
        if (stored && source && !refundFinished(stored.state)) await drive(stored, source);
        return;
      } catch (error) {
        failed(refundId, error);
        await pause(tenderKind, pausesMs[0]);
      }
    }
  }

  function own(refund: Refund): void {
    running.set(refund.id, keepDriving(refund.id, refund.tenderKind).finally(() => running.delete(refund.id)));
  }

  function postView(post: Post): RefundablePost {
    const source = sources.ofPost(post.id);
    const { id: postId, tenderId, tenderKind, amountMinor, reference } = post;
    const range = source ? sources.range(source) : { minimumMinor: minor(0), maximumMinor: minor(0) };
    return { postId, tenderId, tenderKind, amountMinor, leftMinor: range.maximumMinor, partial: range.minimumMinor < range.maximumMinor, reference, asks: source?.ability.asks ?? null, not: sources.whyNot(source) };
  }

  /** What a wish comes to now: what it is of and how much, or why not. */
  function checked({ source: find, amountMinor, identifier }: RefundWish): Result<{ readonly source: Source; readonly amount: Minor }> {
    const found = find();
    if (!found.ok) return found;
    const source = found.value;
    const not = sources.whyNot(source);
    if (not) return fail('payment-not-refundable', { reason: not });
    const range = sources.range(source);
    const amount = amountMinor === null ? range.maximumMinor : minor(amountMinor);
    if (amount > range.maximumMinor || amount < range.minimumMinor) return fail('amount-out-of-range', range);
    const wrong = sources.wrongIdentifier(source, identifier);
    return wrong === null ? ok({ source, amount }) : fail('refund-identifier', { field: wrong });
  }

  function refundOf({ requestId, reason, identifier, returnId = '' }: RefundWish, { id, reference }: Named, source: Source, amountMinor: Minor): Refund {
    const { payment, attempt, post, task, store, ability, provider, of } = source;
    const at = nowIso(context);
    return {
      id,
      requestId,
      receiptId: post?.receipt.id ?? null,
      postId: post?.post.id ?? null,
      taskId: task?.id ?? null,
      paymentId: store ? of.id : null,
      returnId: returnId === '' ? null : returnId,
      attemptId: attempt?.id ?? null,
      tenderKind: provider.capabilities.kind,
      state: 'intended',
      amountMinor,
      currency: payment.order.currency,
      reference,
      providerReference: '',
      data: {},
      sealedIdentifier: ability.asks === null || identifier === '' ? '' : secrets.seal(identifier),
      problem: null,
      staffId: session.staffId(),
      reason,
      createdAt: at,
      updatedAt: at,
    };
  }

  async function reserveAndWrite(wish: RefundWish): Promise<Result<RefundView>> {
    const before = checked(wish);
    if (!before.ok) return before;
    const allowed = wish.returnId === undefined ? session.authorise('payment-refund', wish.approval) : ok({ approvedBy: null });
    if (!allowed.ok) return allowed;
    const id = ids.next();
    const named: Named = { id, reference: context.engine.referenceOf(epochOf(context), id) };
    const reserved = await limits.reserve(before.value.source.of, before.value.amount, { reference: named.reference, returnId: wish.returnId ?? null });
    if (!reserved.ok) return 'unreachable' in reserved ? fail('chain-unreachable') : fail('amount-out-of-range', { ...sources.range(before.value.source), maximumMinor: reserved.leftMinor });
    try {
      const written = writeReserved(wish, named, allowed.value.approvedBy);
      if (!written.ok) await limits.ended(named.reference, false);
      return written;
    } catch (error) {
      // What could not be written was never sent. Whether it was written is asked of the disk, and else of the next start.
      if (stores.refunds.byId(id) === null) await limits.ended(named.reference, false);
      throw error;
    }
  }

  /** Writes down what was reserved, and takes care of it from there on. */
  function writeReserved(wish: RefundWish, named: Named, approvedBy: string | null): Result<RefundView> {
    if (closing) return fail('stopping');
    // While it was asked for, somebody may have taken or given something else.
    const now = checked(wish);
    if (!now.ok) return now;
    const refund = refundOf(wish, named, now.value.source, now.value.amount);
    const detail = { ...aboutOf(refund), reason: refund.reason, approvedBy };
    stores.refunds.save(refund, [journalEntry(context, refund.staffId, 'payment-refund-asked', detail, refund.receiptId)]);
    own(refund);
    return ok(viewOf(stores.refunds.byId(refund.id) ?? refund));
  }

  /** A second tap is the same refund, also while the first one is still being written. */
  function begin(wish: RefundWish): Promise<Result<RefundView>> {
    const before = stores.refunds.byRequest(wish.requestId);
    if (before) return Promise.resolve(ok(viewOf(before)));
    const already = beginning.get(wish.requestId);
    if (already) return already;
    const begun = reserveAndWrite(wish).finally(() => beginning.delete(wish.requestId));
    beginning.set(wish.requestId, begun);
    return begun;
  }

  /** Payments of a receipt that is completed, on the counter or beside it can go back. */
  function sourceOnReceipt(postId: string): Result<Source> {
    const receiptId = stores.sales.receiptOfPost(postId);
    const receipt = receiptId === null ? null : stores.sales.load(receiptId);
    if (receipt?.state !== 'completed' && !(receipt?.state === 'paying' && standing(receipt.id))) return fail('receipt-unknown');
    if (!heldPosts(receipt.posts).some((one) => one.id === postId)) return fail('payment-not-refundable', { reason: 'nothing-left' });
    const source = sources.ofPost(postId);
    return source ? ok(source) : fail('payment-not-refundable', { reason: 'not-by-provider' });
  }

  return {
    sources,
    elsewhere,
    begin,
    view: viewOf,
    handlers: {
      'refund.of-receipt': async ({ receiptId }) => {
        await elsewhere.look(receiptId);
        const receipt = stores.sales.load(receiptId);
        if (receipt?.state !== 'completed' && !standing(receiptId)) return fail('receipt-unknown');
        const posts = heldPosts(receipt?.posts ?? []).filter((post) => post.kind === 'payment' && post.amountMinor > 0);
        return ok({ posts: posts.map(postView), refunds: stores.refunds.ofReceipt(receiptId).map(viewOf) });
      },
      'refund.start': ({ requestId, postId, amountMinor, reason, identifier, approval }) => begin({ requestId, source: () => sourceOnReceipt(postId), amountMinor, reason, identifier: identifier ?? '', approval }),
      'refund.decide': ({ refundId, given, note, approval }) => {
        const refund = stores.refunds.byId(refundId);
        // One that is still being asked about needs nobody's word.
        if (!refund || !viewOf(refund).needsDecision) return fail('refund-unknown');
        // That it is there can be seen at once; that it is not only once it can't arrive any more.
        const leftMs = absentAfterMs - (clock.monotonicMs() - (sentMs.get(refundId) ?? openedMs));
        if (!given && leftMs > 0) return fail('refund-too-early', { seconds: Math.ceil(leftMs / 1_000) });
        const allowed = session.authorise('payment-refund', approval);
        if (!allowed.ok) return allowed;
        return ok(viewOf(tell(refund, { kind: 'decided', given }, { decidedBy: allowed.value.approvedBy ?? session.staffId(), note })));
      },
    },
    ofTask(taskId) {
      const newest = stores.refunds.ofTask(taskId).at(-1);
      return newest ? viewOf(newest) : null;
    },
    goingBack: (receipt) => receipt.state === 'paying' && stores.refunds.ofReceipt(receipt.id).some((one) => !refundFinished(one.state)),
    goesBack(post) {
      const source = sources.ofPost(post.id);
      if (!source) return null;
      const newest = sources.refunds(source).at(-1);
      return { asks: source.ability.asks, refund: newest ? viewOf(newest) : null };
    },
    wake(tenderKind) {
      const nowMs = clock.monotonicMs();
      for (const one of waiting) if (one.tenderKind === tenderKind && nowMs - one.sinceMs >= shortestPauseMs) one.end();
    },
    recover() {
      for (const refund of stores.refunds.unfinished(context.register.id)) own(refund);
    },
    async close() {
      closing = true;
      for (const one of waiting) one.end();
      await Promise.all(running.values());
    },
  };
}
