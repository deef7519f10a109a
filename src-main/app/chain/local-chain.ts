import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../contract/errors.ts';
import type { ProviderProblem } from '../../contract/payment.ts';
import { reserveOf } from '../../core/chain/left.ts';
import type { PaymentProvider, RefundAnswer } from '../../core/payments/provider.ts';
import type { TenderRegistry } from '../../core/payments/tenders.ts';
import type { ChainRefundAnswer, ChainRefundOrder, ChainRefunds, ChainStore, Elsewhere, OwnBooks, PartOtherwise, ReceiptOf, ReserveOrder, ReturnHold } from '../../core/ports/chain-refunds.ts';
import type { Log } from '../../core/ports/world.ts';
import type { ChainBook, StoredClaim } from '../../storage/chain/chain-book.ts';
import { lookAtStore, type OtherStore } from '../../storage/chain/other-store.ts';
import type { Credentials } from './credentials.ts';
import { originPayment } from './origin-payment.ts';
import { asClaims, asOwn, claimedElsewhere, heldBeside, heldLines, partsOf, receiptOfStore } from './receipt-of-store.ts';
import type { ChainFile } from './schema.ts';

type Store = ChainFile['stores'][number];

export type LocalChainParts = {
  /** The folder that holds the stores' folders. */
  readonly root: string;
  readonly file: ChainFile;
  readonly me: Store;
  readonly book: ChainBook;
  readonly credentials: Credentials;
  readonly providers: readonly PaymentProvider[];
  readonly kinds: TenderRegistry;
  readonly now: () => string;
  readonly log: Log;
  readonly nativeBinding: string | undefined;
};

const named = ({ id, name }: Store): ChainStore => ({ storeId: id, name });

/** A chain whose stores are folders of one machine: their books are read beside their registers, and what is reserved is written into the chain's own book. */
export function createLocalChain({ root, file, me, book, credentials, providers, kinds, now, log, nativeBinding }: LocalChainParts): ChainRefunds {
  const storeOf = (storeId: string): Store | null => file.stores.find((one) => one.id === storeId) ?? null;
  const databaseOf = (store: Store): string => join(root, store.folder, 'kassa.sqlite');
  const sending = new Map<string, Promise<ChainRefundAnswer>>();

  /** Looks into a store's books. A store whose register was never started has none, and nothing to give back. */
  function at<T>(storeId: string, look: (books: OtherStore, store: Store) => T): Result<T> {
    const store = storeOf(storeId);
    if (!store || !existsSync(databaseOf(store))) return fail('store-unknown');
    return ok(lookAtStore(databaseOf(store), (books) => look(books, store), nativeBinding));
  }

  /** A damaged file, a full disk: nobody knows now what is left, and the answer says so. */
  function answered<T>(what: string, work: () => Result<T>): Promise<Result<T>> {
    try {
      return Promise.resolve(work());
    } catch (error) {
      log.error('the chain could not answer', { what, error: error instanceof Error ? error.message : String(error) });
      return Promise.resolve(fail('chain-unreachable'));
    }
  }

  const wayOf = (storeId: string) => ({ kinds, hasKeys: (kind: string) => credentials.has(storeId, kind) });
  const bookedOf = (of: ReceiptOf) => ({ holds: book.holdsOf(of), claimsOf: (paymentId: string) => book.claimsOf(of.storeId, paymentId) });

  function receipt(of: ReceiptOf, exceptReturnId: string | null) {
    const found = at(of.storeId, ({ stores }, store) => receiptOfStore(named(store), stores, of.receiptId, bookedOf(of), exceptReturnId, wayOf(of.storeId)));
    if (!found.ok) return found;
    return found.value ? ok(found.value) : fail('receipt-unknown');
  }

  function elsewhere(receiptId: string): Result<Elsewhere> {
    const of = { storeId: me.id, receiptId };
    return at(me.id, ({ stores }) => {
      const beside = heldBeside(stores, book.holdsOf(of), null).filter((one) => one.byStore !== me.id);
      const posts = stores.sales.load(receiptId)?.posts ?? [];
      const payments = new Map(posts.filter((post) => post.kind === 'payment').map((post) => [post.id, claimedElsewhere(book.claimsOf(me.id, post.id), me.id)]));
      return { lines: heldLines(beside), payments, otherwise: partsOf(beside), underWay: beside.some((one) => one.state === 'open') };
    });
  }

  function hold({ returnId, epoch, of, lines }: ReturnHold): Result<null> {
    const before = book.hold(returnId);
    if (before && before.state !== 'open') return fail('return-under-way');
    const found = receipt(of, returnId);
    if (!found.ok) return found;
    if (found.value.underWay) return fail('return-under-way');
    for (const { lineId, quantityMilli } of lines) {
      const sold = found.value.lines.find((one) => one.lineId === lineId);
      if (!sold) return fail('line-unknown');
      const leftMilli = sold.quantityMilli - sold.back.quantityMilli;
      if (quantityMilli > leftMilli) return fail('return-too-much', { name: sold.name, left: leftMilli / 1000 });
    }
    book.saveHold({ returnId, byStore: me.id, epoch, of, state: 'open', lines, parts: [] }, now());
    return ok(null);
  }

  function settle(returnId: string, state: 'completed' | 'dropped', parts: readonly PartOtherwise[]): Result<null> {
    const before = book.hold(returnId);
    if (before?.byStore === me.id && before.state === 'open') book.saveHold({ ...before, state, parts }, now());
    return ok(null);
  }

  function reserve(order: ReserveOrder): Result<null> {
    const found = at(order.of.storeId, ({ stores }) => ({ origin: originPayment(stores, order.of.paymentId), own: asOwn(stores.refunds.ofPost(order.of.paymentId)) }));
    if (!found.ok) return found;
    const { origin, own } = found.value;
    // What is paid in part of a receipt that is not completed goes back in its own store only.
    if (!origin || origin.shop.currency !== order.currency || (!origin.completed && order.of.storeId !== me.id)) return fail('payment-not-refundable', { reason: 'not-by-provider' });
    const paidMinor = origin.post.amountMinor;
    const reserved = reserveOf(order, paidMinor, asClaims(book.claimsOf(order.of.storeId, order.of.paymentId)), own);
    if (reserved.kind === 'name-taken') return fail('payment-not-refundable', { reason: 'nothing-left' });
    if (reserved.kind === 'too-much') return fail('amount-out-of-range', { minimumMinor: Math.min(1, reserved.leftMinor), maximumMinor: reserved.leftMinor });
    if (reserved.again) return ok(null);
    const { reference, epoch, of, amountMinor, currency, returnId } = order;
    book.insertClaim({ reference, byStore: me.id, epoch, ofStore: of.storeId, paymentId: of.paymentId, returnId, paidMinor, amountMinor, currency, state: 'reserved', providerReference: '', data: {}, problem: null }, now());
    return ok(null);
  }

  const write = (claim: StoredClaim): StoredClaim => {
    book.updateClaim(claim, now());
    return claim;
  };

  /** The provider's numbers of stores, its prefixes, and where a store is asked: a register is told the store's name instead. */
  function forRegister(problem: ProviderProblem, claim: StoredClaim, more: readonly string[]): ProviderProblem {
    const { text, ...rest } = problem;
    const name = storeOf(claim.ofStore)?.name ?? claim.ofStore;
    const hidden = [...credentials.numbers(), ...more.filter((one) => /^\d{4,}$/.test(one))];
    const said = hidden.reduce((left, one) => left.replaceAll(one, name), text ?? '');
    return { ...rest, ...(said === '' ? {} : { text: said.slice(0, 300) }), store: name.slice(0, 80) };
  }

  type Asking = { readonly act: 'refund' | 'refundStatus'; readonly order: ChainRefundOrder; readonly claim: StoredClaim; readonly repeated: boolean };

  /** One question to the provider on behalf of the origin, by its number and the chain's keys. */
  async function askProvider({ act, order, claim, repeated }: Asking): Promise<RefundAnswer> {
    const found = at(claim.ofStore, ({ stores }) => originPayment(stores, claim.paymentId));
    const origin = found.ok ? found.value : null;
    const provider = origin ? providers.find((one) => one.capabilities.kind === origin.post.tenderKind) : undefined;
    const link = origin ? credentials.link(claim.ofStore, origin.post.tenderKind, origin.shop) : null;
    if (!origin || !provider || !link) return { kind: repeated ? 'unknown' : 'refused', problem: forRegister({ code: 'not-configured' }, claim, []) };
    const numbers = Object.values(origin.payment.data);
    const { reference, amountMinor, currency, identifier, cashier } = order;
    const asked = { reference, amountMinor, currency, payment: origin.payment, data: claim.data, identifier, repeated, cashier, title: origin.shop.name };
    const used = provider.forAccount?.(link.account.settings) ?? provider;
    const answer = await (act === 'refund' ? used.refund(link, asked) : used.refundStatus(link, asked));
    return 'problem' in answer ? { ...answer, problem: forRegister(answer.problem, claim, numbers) } : answer;
  }

  /** What an answer is written down as, and what the register is told of it. `refused` of a question after the fact is for the asker to believe. */
  function learned(answer: RefundAnswer, claim: StoredClaim, act: Asking['act']): { readonly claim: StoredClaim; readonly answer: ChainRefundAnswer | null } {
    switch (answer.kind) {
      case 'refunded':
        return { claim: write({ ...claim, state: 'given', providerReference: answer.reference, problem: null }), answer };
      case 'refused':
        return { claim: act === 'refund' ? write({ ...claim, state: 'released', problem: answer.problem }) : claim, answer };
      case 'next':
        return { claim: write({ ...claim, data: answer.data }), answer: null };
      case 'waiting':
        return { claim: write({ ...claim, data: answer.data }), answer: { kind: 'waiting' } };
      case 'unknown':
        return { claim, answer };
      default:
        throw new Error(`chain: unknown answer ${JSON.stringify(answer satisfies never)}`);
    }
  }

  /** What the book says already; null: the provider has to be asked. */
  function endedAs({ state, providerReference, problem }: StoredClaim): ChainRefundAnswer | null {
    if (state === 'given') return { kind: 'refunded', reference: providerReference };
    return state === 'released' ? { kind: 'refused', problem: problem ?? { code: 'conflict' } } : null;
  }

  async function ask(act: Asking['act'], order: ChainRefundOrder): Promise<ChainRefundAnswer> {
    const stored = book.claim(order.reference);
    if (stored?.byStore !== me.id || stored.amountMinor !== order.amountMinor || stored.currency !== order.currency) return { kind: 'refused', problem: { code: 'conflict' } };
    const ended = endedAs(stored);
    if (ended) return ended;
    // Whether it may have arrived is known by what was written before it was sent.
    let repeated = stored.state === 'sending';
    let claim = repeated ? stored : write({ ...stored, state: 'sending' });
    for (;;) {
      const heard = learned(await askProvider({ act, order, claim, repeated }), claim, act);
      if (heard.answer) return heard.answer;
      claim = heard.claim;
      repeated = false;
    }
  }

  /** One at a time for each refund. What goes wrong in between leaves it in doubt, never as refused. */
  function once(act: Asking['act'], order: ChainRefundOrder): Promise<ChainRefundAnswer> {
    const running = sending.get(order.reference);
    if (running) return running;
    const asked = ask(act, order)
      .catch((error: unknown): ChainRefundAnswer => {
        log.error('a refund for another store could not be asked for', { refund: order.reference, error: error instanceof Error ? error.name : 'unknown' });
        return { kind: 'unknown', problem: { code: 'unreachable' } };
      })
      .finally(() => sending.delete(order.reference));
    sending.set(order.reference, asked);
    return asked;
  }

  function ended(reference: string, given: boolean): Result<null> {
    const claim = book.claim(reference);
    if (claim?.byStore === me.id && endedAs(claim) === null) write({ ...claim, state: given ? 'given' : 'released' });
    return ok(null);
  }

  /** What this installation never wrote down was never sent; what another epoch reserved may have been, and stays. */
  function reconcile(books: OwnBooks): Result<null> {
    for (const claim of book.running(me.id)) {
      const state = books.refund(claim.reference);
      const never = state === null && claim.state === 'reserved' && claim.epoch === books.epoch;
      if (state === 'given' || state === 'refused' || never) ended(claim.reference, state === 'given');
    }
    for (const { returnId, epoch } of book.openHolds(me.id)) {
      const known = books.return(returnId);
      if (known && known.state !== 'running') settle(returnId, known.state, known.parts);
      else if (!known && epoch === books.epoch) settle(returnId, 'dropped', []);
    }
    return ok(null);
  }

  const written = <T>(what: string, work: () => Result<T>): Promise<Result<T>> => answered(what, () => book.transaction(work));

  return {
    me: named(me),
    stores: () => Promise.resolve(ok(file.stores.filter((one) => one.id !== me.id).map(named))),
    find: ({ storeId, text, limit }) => answered('find', () => at(storeId, ({ find }, store) => find(text, limit).map((head) => ({ ...head, store: named(store) })))),
    receipt: (of, except) => answered('receipt', () => receipt(of, except)),
    elsewhere: (receiptId) => answered('elsewhere', () => elsewhere(receiptId)),
    givenForUs: (from, to) => answered('given', () => ok(book.givenFor(me.id, from, to).map(({ paymentId, providerReference, amountMinor, currency, at: when }) => ({ paymentId, reference: providerReference, amountMinor, currency, at: when })))),
    hold: (wanted) => written('hold', () => hold(wanted)),
    settle: (returnId, how, parts) => written('settle', () => settle(returnId, how, parts)),
    reserve: (order) => written('reserve', () => reserve(order)),
    refund: (order) => once('refund', order),
    refundStatus: (order) => once('refundStatus', order),
    ended: (reference, given) => written('ended', () => ended(reference, given)),
    reconcile: (books) => written('reconcile', () => reconcile(books)),
  };
}

