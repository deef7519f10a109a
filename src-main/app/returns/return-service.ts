import { fail, ok, type Result } from '../../contract/errors.ts';
import type { ParsedInput } from '../../contract/index.ts';
import type { ReturnableView, ReturnView } from '../../contract/returns.ts';
import type { Right } from '../../contract/rights.ts';
import { cashStepOf } from '../../core/countries/index.ts';
import { minor, negate, type Minor } from '../../core/money.ts';
import { payBack, type PaidBack, type PayBackOutcome } from '../../core/payments/pay-back.ts';
import { refundFinished, type Refund } from '../../core/payments/refund.ts';
import type { JournalDraft } from '../../core/ports/stores.ts';
import { addLine, openReceipt, type Change } from '../../core/sales/changes.ts';
import type { Receipt, ReturnOf } from '../../core/sales/model.ts';
import { bothBack, cameBack, composeReturn, confirmReturn, dropReturn, linesBack, looseLinesBack, openReturn, returnOpen, sellAgain, type CameBack } from '../../core/sales/returns.ts';
import { activeLines, totalsOf } from '../../core/sales/totals.ts';
import { dayBounds } from '../../core/time.ts';
import { usualServing, additionByArticle, articleByCode } from '../add-to-sale.ts';
import { journalEntry, nowIso, type ShopContext } from '../context.ts';
import type { Counter } from '../counter.ts';
import type { CallsOf, Handlers } from '../handlers.ts';
import type { Source } from '../payments/refund-sources.ts';
import type { Refunds } from '../payments/refunds.ts';
import type { ReceiptPrinting } from '../receipt-printing.ts';
import type { Session } from '../session.ts';
import type { Drawers } from '../shifts/drawers.ts';
import { createExchange } from './exchange.ts';
import { partsOf } from './elsewhere.ts';
import { cameByCard, moneyBack, returnView, sourceOfPart, type MoneyBack } from './return-view.ts';
import { returnSettingsOf, saveReturnSettings } from './settings.ts';
import { createStoreReturns } from './store-returns.ts';

type Parts = { readonly session: Session; readonly counter: Counter; readonly refunds: Refunds; readonly printing: ReceiptPrinting; readonly drawers: Drawers };

export type Returns = {
  readonly handlers: Handlers<CallsOf<'return'>>;
  /** A refund of a return has gone through: its post, and the return's completion where it was the last, are written with it. */
  refunded(refund: Refund, journal: readonly JournalDraft[]): void;
  /** A sale that a return is set off against is being completed. */
  completing(sale: Receipt): () => void;
  /** How a return's refund stands has changed. */
  changed(returnId: string): void;
};

/** Steps that ask the chain in between: one after the other, so that none is made of what another has just changed. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** Returns: composed, confirmed, given back part by part, each step on the disk before it is shown. */
export function createReturns(context: ShopContext, { session, counter, refunds, printing, drawers }: Parts): Returns {
  const { stores, ids, bus, register } = context;
  const { elsewhere } = refunds;
  const inTurn = createTurns();

  const viewOf = (receipt: Receipt): ReturnView => returnView(context, refunds, receipt);

  function found(returnId: string): Result<Receipt> {
    const receipt = stores.sales.load(returnId);
    return receipt?.kind === 'return' && receipt.returned && receipt.registerId === register.id ? ok(receipt) : fail('return-unknown');
  }

  const moneyRunning = (returnId: string): boolean => stores.refunds.ofReturn(returnId).some((one) => !refundFinished(one.state));

  /** Draws it anew for everybody; `fresh`: a person is at it, so that its customer stands here. */
  function shown(receipt: Receipt, fresh = true): ReturnView {
    const view = viewOf(receipt);
    elsewhere.settle(receipt, receipt.returned?.origin ? partsOf(context.tenderKinds, receipt, stores.returns.known(receipt.id)) : []);
    bus.publish('return.changed', view);
    const { currency, totalMinor } = view;
    const parts = view.steps.map((step) => ({ tenderKind: step.tenderKind, tenderName: counter.tenderName(step.tenderId) || (context.tenderKinds.get(step.tenderKind)?.name ?? ''), amountMinor: step.amountMinor, done: step.state === 'done' }));
    const told = view.state === 'paying' || view.state === 'completed';
    counter.showReturn(receipt.id, told ? { kind: 'returning', currency, totalMinor, parts, done: view.state === 'completed' } : null, fresh);
    return view;
  }

  function changed(returnId: string): void {
    const receipt = stores.sales.load(returnId);
    if (receipt) shown(receipt, false);
  }

  type Step = Partial<Pick<PayBackOutcome, 'attempt' | 'post'>> & { readonly lines?: Change['lines']; readonly refunds?: readonly Refund[]; readonly journal: readonly JournalDraft[] };

  /** Commits a step of a return; one that completes it gives it its number and lets its paper come out. */
  function commit(receipt: Receipt, { lines = [], attempt, post, refunds: ended = [], journal }: Step): Receipt {
    const completes = receipt.state === 'completed';
    const stored: Receipt = completes ? { ...receipt, printState: printing.stateAfterSale() } : receipt;
    const before = receipt.revision - 1;
    const { number } = stores.sales.commit({ receipt: stored, expectRevision: before === 0 ? null : before, lines, attempts: attempt ? [attempt] : [], newPosts: post ? [post] : [], refunds: ended, tasks: [], assignNumber: completes, journal });
    if (completes) printing.printAfterSale(receipt.id);
    return { ...stored, number };
  }

  const entry = (kind: string, receipt: Receipt, detail: Readonly<Record<string, unknown>> = {}, staffId: string | null = session.staffId()): JournalDraft =>
    journalEntry(context, staffId, kind, { of: receipt.returned?.receiptId ?? null, ...(receipt.returned?.origin ? { store: receipt.returned.origin.storeId, ofElsewhere: receipt.returned.origin.receiptId } : {}), purpose: receipt.returned?.purpose, reason: receipt.returned?.reason, ...detail }, receipt.id);

  /** Writes a composed return; `around` is written before it and after it in the same transaction. */
  function keep(before: Receipt | null, composed: Result<Change>, detail: Readonly<Record<string, unknown>> = {}, around?: { readonly first: () => void; readonly last: () => void }): Result<ReturnView> {
    if (!composed.ok) return composed;
    const { receipt, lines } = composed.value;
    const kept = stores.transaction(() => {
      around?.first();
      const stored = commit(receipt, { lines, journal: before ? [] : [entry('return-opened', receipt, detail)] });
      around?.last();
      return stored;
    });
    return ok(shown(kept));
  }

  const opened = (returned: ReturnOf): Receipt => openReturn({ id: ids.next(), registerId: register.id, staffId: session.staffId(), currency: context.shop().currency, openedAt: nowIso(context) }, returned);

  function saleOf(receiptId: string): Result<Receipt> {
    const sale = stores.sales.load(receiptId);
    return sale?.state === 'completed' && sale.kind === 'sale' ? ok(sale) : fail('receipt-unknown');
  }

  async function compose(input: ParsedInput<'return.compose'>): Promise<Result<ReturnView>> {
    const { returnId, receiptId, storeId, lines, reason } = input;
    if (storeId !== undefined && storeId !== elsewhere.chain?.me.storeId) return storeReturns.compose({ ...input, storeId });
    const sale = saleOf(receiptId);
    if (!sale.ok) return sale;
    const looked = await elsewhere.look(receiptId);
    if (!looked.ok) return looked;
    const before = returnId === null ? ok(null) : found(returnId);
    if (!before.ok) return before;
    const others = stores.returns.of(receiptId);
    // One at a time: what is left of a payment is known when the return before has ended.
    if (elsewhere.known(receiptId).underWay || others.some((one) => one.state !== 'completed' && one.id !== returnId)) return fail('return-under-way');
    if (before.value && before.value.returned?.receiptId !== receiptId) return fail('return-unknown');
    if (returnId !== null && moneyRunning(returnId)) return fail('return-under-way');
    const back = linesBack(sale.value, beforeOf(others, returnId, receiptId), lines, ids.next);
    if (!back.ok) return back;
    const receipt = before.value ?? opened({ receiptId, reason, purpose: 'goods', inExchange: false });
    const held = await holdLines(receipt, composeReturn(receipt, back.value, reason), null, receiptId);
    return held.ok ? keep(before.value, held, { number: sale.value.number }) : held;
  }

  /** What has come back of a line here and in other stores. */
  function beforeOf(returns: readonly Receipt[], exceptId: string | null, receiptId: string): (lineId: string) => CameBack {
    const here = cameBack(returns, exceptId);
    const away = elsewhere.back(receiptId);
    return (lineId) => bothBack(here(lineId), away(lineId));
  }

  /** In a chain what comes back is held with it before it is written here. */
  async function holdLines(receipt: Receipt, composed: Result<Change>, storeId: string | null, receiptId: string): Promise<Result<Change>> {
    if (!composed.ok) return composed;
    const held = await elsewhere.hold(receipt.id, { storeId, receiptId }, activeLines(composed.value.receipt));
    return held.ok ? composed : held;
  }

  /** Lines as they would be sold today, or at a lower price that was typed. */
  function asSoldToday(lines: ParsedInput<'return.compose-loose'>['lines']): Result<Receipt> {
    if (new Set(lines.map((line) => line.articleId)).size !== lines.length) return fail('line-unknown');
    let receipt = openReceipt({ id: 'loose', registerId: register.id, staffId: session.staffId(), currency: context.shop().currency, openedAt: nowIso(context) }, usualServing(context.shop()));
    for (const { articleId, quantityMilli, unitPriceMinor } of lines) {
      const addition = additionByArticle(context, { articleId, quantityMilli, ...(unitPriceMinor === null ? {} : { unitPriceMinor }) }, receipt.serving);
      if (!addition.ok) return addition;
      const { line, article } = addition.value;
      if (unitPriceMinor !== null && article?.pricing !== 'open' && unitPriceMinor > line.listPriceMinor) return fail('price-out-of-range');
      const added = addLine(receipt, { ...line, id: articleId });
      if (!added.ok) return added;
      receipt = added.value.receipt;
    }
    return ok(receipt);
  }

  function composeLoose({ returnId, lines, reason, approval }: ParsedInput<'return.compose-loose'>): Result<ReturnView> {
    const before = returnId === null ? ok(null) : found(returnId);
    if (!before.ok) return before;
    if (before.value && (before.value.returned?.receiptId !== null || before.value.returned.origin)) return fail('return-unknown');
    const asSold = asSoldToday(lines);
    if (!asSold.ok) return asSold;
    if (totalsOf(asSold.value).totalMinor < 0) return fail('return-nothing');
    const allowed = before.value ? ok({ approvedBy: null }) : session.authorise('return-without-receipt', approval);
    if (!allowed.ok) return allowed;
    const receipt = before.value ?? opened({ receiptId: null, reason, purpose: 'goods', inExchange: false });
    // Each article has one line; its id is the return's own.
    const known = new Map(receipt.lines.map((line) => [line.articleId, line.id]));
    const back = looseLinesBack(asSold.value).map((line) => ({ ...line, id: known.get(line.articleId) ?? ids.next() }));
    return keep(before.value, composeReturn(receipt, back, reason), { withoutReceipt: true, approvedBy: allowed.value.approvedBy });
  }

  function confirm({ returnId, approval }: ParsedInput<'return.confirm'>): Result<ReturnView> {
    const before = found(returnId);
    if (!before.ok) return before;
    const confirmed = confirmReturn(before.value);
    if (!confirmed.ok) return confirmed;
    const totalMinor = negate(totalsOf(confirmed.value).totalMinor);
    const right: Right = totalMinor > returnSettingsOf(context).cashierCapMinor ? 'return-large' : 'return';
    const allowed = session.authorise(right, approval);
    if (!allowed.ok) return allowed;
    const detail = { totalMinor, lines: activeLines(confirmed.value).length, approvedBy: allowed.value.approvedBy };
    const kept = stores.transaction(() => {
      const receipt = commit(confirmed.value, { journal: [entry('return-confirmed', confirmed.value, detail)] });
      return totalMinor === 0 ? settledByNothing(receipt) : receipt;
    });
    return ok(shown(kept));
  }

  /** What comes to nothing is complete when it is confirmed. */
  function settledByNothing(receipt: Receipt): Receipt {
    const completed: Receipt = { ...receipt, state: 'completed', completedAt: nowIso(context), revision: receipt.revision + 1 };
    return commit(completed, { journal: [entry('return-completed', completed)] });
  }

  /** Books a part that has gone back, together with what proves it. */
  function book(receipt: Receipt, part: Omit<PaidBack, 'at' | 'attemptId' | 'postId' | 'cashStepMinor'>, by: { readonly staffId: string; readonly approvedBy: string | null; readonly refunds?: readonly Refund[]; readonly journal?: readonly JournalDraft[] }): Result<Receipt> {
    const paid = payBack(receipt, { ...part, at: nowIso(context), attemptId: ids.next(), postId: ids.next(), cashStepMinor: cashStepOf(context.shop()) });
    if (!paid.ok) return paid;
    const { attempt, post, completed } = paid.value;
    const detail = { tender: part.tenderId, amountMinor: post.amountMinor, currency: receipt.currency, approvedBy: by.approvedBy };
    // Nobody is handed anything where only the books were wrong.
    const moved = part.cash && post.amountMinor !== 0 && receipt.returned?.purpose !== 'tender';
    const journal = [
      ...(by.journal ?? []),
      entry(completed ? 'return-completed' : 'return-part', paid.value.receipt, detail, by.staffId),
      ...(moved ? [journalEntry(context, by.staffId, 'drawer-opened', { sale: true }, receipt.id)] : []),
    ];
    const stored = commit(paid.value.receipt, { attempt, post, refunds: by.refunds ?? [], journal });
    if (moved) context.drawer.open();
    return ok(stored);
  }

  /** The payment of its sale that a part goes back by. */
  function sourceOf(receipt: Receipt, postId: string | undefined): Result<Source> {
    const source = postId === undefined ? null : sourceOfPart(refunds, receipt, postId);
    const its = source !== null && (source.store ? source.store.returnId === receipt.id : source.post?.receipt.id === receipt.returned?.receiptId);
    return its ? ok(source) : fail('payment-not-refundable', { reason: 'not-by-provider' });
  }

  async function payByRefund(receipt: Receipt, { requestId, postId, amountMinor, identifier }: ParsedInput<'return.pay'>): Promise<Result<Receipt>> {
    const begun = await refunds.begin({ requestId, source: () => sourceOf(receipt, postId), amountMinor, reason: receipt.returned?.reason ?? '', identifier: identifier ?? '', approval: undefined, returnId: receipt.id });
    return begun.ok ? found(receipt.id) : begun;
  }

  function payByCard(receipt: Receipt, money: MoneyBack, input: ParsedInput<'return.pay'>): Result<Receipt> {
    const tenders = stores.shop.tenders(register.id).filter((one) => context.tenderKinds.get(one.kind)?.proof === 'manual');
    // A slip of another register's terminal is counted by that tender: what is left of it stays known.
    const paid = money.paid.find((one) => one.by === 'card' && one.tenderId === input.tenderId);
    const tender = paid ? { id: paid.tenderId, kind: paid.tenderKind } : input.tenderId === undefined ? tenders[0] : tenders.find((one) => one.id === input.tenderId);
    if (!tender) return fail('tender-unknown');
    if (input.reference === undefined || input.reference === '') return fail('reference-missing');
    if (input.amountMinor < 1) return fail('amount-out-of-range', { minimumMinor: 1, maximumMinor: money.freeMinor });
    const loose = receipt.returned?.receiptId === null && !receipt.returned.origin;
    const cameSo = loose || input.amountMinor <= cameByCard(money, tender.id);
    const allowed = cameSo ? ok({ approvedBy: null }) : session.authorise('return-cash', input.approval);
    if (!allowed.ok) return allowed;
    const part = { requestId: input.requestId, tenderId: tender.id, tenderKind: tender.kind, amountMinor: minor(input.amountMinor), cash: false, reference: input.reference, description: '', verified: false };
    return book(receipt, part, { staffId: session.staffId(), approvedBy: allowed.value.approvedBy });
  }

  function payInCash(receipt: Receipt, { cash, running, owedMinor }: MoneyBack, input: ParsedInput<'return.pay'>): Result<Receipt> {
    if (drawers.needed()) return fail('no-open-shift');
    if (running.length > 0) return fail('return-part-running');
    if (cash === 'no') return fail('return-not-in-cash');
    if (input.amountMinor !== owedMinor) return fail('amount-out-of-range', { minimumMinor: owedMinor, maximumMinor: owedMinor });
    const allowed = cash === 'yes' ? ok({ approvedBy: null }) : session.authorise('return-cash', input.approval);
    if (!allowed.ok) return allowed;
    const tender = stores.shop.tenders(register.id).find((one) => context.tenderKinds.get(one.kind)?.proof === 'cash');
    const part = { requestId: input.requestId, tenderId: tender?.id ?? 'cash', tenderKind: 'cash', amountMinor: owedMinor, cash: true, reference: '', description: '', verified: true };
    return book(receipt, part, { staffId: session.staffId(), approvedBy: allowed.value.approvedBy });
  }

  /** What other stores did meanwhile. Should nobody answer, what was known last holds; what goes back by a provider is reserved with the chain anyway. */
  async function fresh(receipt: Receipt): Promise<void> {
    if (receipt.returned?.origin) await storeReturns.fresh(receipt);
    else if (receipt.returned?.receiptId != null) await elsewhere.look(receipt.returned.receiptId);
  }

  async function pay(input: ParsedInput<'return.pay'>): Promise<Result<ReturnView>> {
    const before = found(input.returnId);
    if (!before.ok) return before;
    // A second tap is the same part.
    if (stores.refunds.byRequest(input.requestId) || stores.sales.attemptByRequest(input.requestId)) return ok(viewOf(before.value));
    if (before.value.state !== 'paying' || before.value.returned?.inExchange === true) return fail('return-unknown');
    await fresh(before.value);
    const money = moneyBack(context, refunds, before.value);
    const { freeMinor } = money;
    if (input.amountMinor > freeMinor) return input.way === 'cash' ? fail('return-part-running') : fail('amount-out-of-range', { minimumMinor: Math.min(1, freeMinor), maximumMinor: freeMinor });
    const paid = input.way === 'refund' ? await payByRefund(before.value, input) : input.way === 'card' ? payByCard(before.value, money, input) : payInCash(before.value, money, input);
    return paid.ok ? ok(shown(paid.value)) : paid;
  }

  async function returnable(receiptId: string): Promise<Result<ReturnableView>> {
    const looked = await elsewhere.look(receiptId);
    if (!looked.ok) return looked;
    const sale = saleOf(receiptId);
    const row = stores.sales.row(receiptId);
    if (!sale.ok || !row) return fail('receipt-unknown');
    const returns = stores.returns.of(receiptId);
    const open = returns.find((one) => one.state !== 'completed') ?? null;
    const back = beforeOf(returns, open && returnOpen(open) ? open.id : null, receiptId);
    const amounts = new Map(totalsOf(sale.value).lines.map((line) => [line.lineId, line.payableMinor]));
    const lines = activeLines(sale.value).map((line) => ({
      lineId: line.id,
      name: line.name,
      code: line.code,
      unit: line.unit,
      quantityMilli: line.quantityMilli,
      leftMilli: line.quantityMilli - back(line.id).quantityMilli,
      payableMinor: amounts.get(line.id) ?? (0 as Minor),
    }));
    const { number, registerNumber, at, totalMinor, currency, tenders, staffName } = row;
    return ok({ store: null, receipt: { receiptId, number, registerNumber, at, totalMinor, currency, tenders, staffName }, lines, openReturnId: open?.id ?? null, returns: returns.flatMap((one) => one.number ?? []) });
  }

  /** All of a receipt, to be rung up again with the right means of payment. */
  async function correct({ receiptId, reason }: ParsedInput<'return.correct'>): Promise<Result<ReturnView>> {
    const sale = saleOf(receiptId);
    if (!sale.ok) return sale;
    const looked = await elsewhere.look(receiptId);
    if (!looked.ok) return looked;
    if (stores.returns.of(receiptId).length > 0 || elsewhere.known(receiptId).underWay || elsewhere.known(receiptId).lines.size > 0) return fail('return-under-way');
    const all = activeLines(sale.value).map((line) => ({ lineId: line.id, quantityMilli: line.quantityMilli }));
    const back = linesBack(sale.value, cameBack([], null), all, ids.next);
    if (!back.ok) return back;
    const receipt = opened({ receiptId, reason, purpose: 'tender', inExchange: false });
    const held = await holdLines(receipt, composeReturn(receipt, back.value, reason), null, receiptId);
    return held.ok ? keep(null, held, { number: sale.value.number }) : held;
  }

  function sellAgainAfter(returnId: string): Result<{ receiptId: string }> {
    const back = found(returnId);
    if (!back.ok) return back;
    const sold = back.value.returned?.receiptId == null ? null : stores.sales.load(back.value.returned.receiptId);
    if (!sold || back.value.state !== 'completed' || back.value.returned?.purpose !== 'tender' || stores.returns.followerOf(returnId) !== null) return fail('return-unknown');
    if (drawers.needed()) return fail('no-open-shift');
    const onCounter = counter.onCounter();
    if (onCounter) return fail('receipt-not-empty');
    const opening = { id: ids.next(), registerId: register.id, staffId: session.staffId(), currency: sold.currency, openedAt: nowIso(context) };
    const receipt = sellAgain(sold, opening, returnId, ids.next);
    counter.commit({ receipt, lines: receipt.lines, journal: [journalEntry(context, session.staffId(), 'sale-again', { of: sold.id, number: sold.number, after: returnId, totalMinor: totalsOf(receipt).totalMinor }, receipt.id)] });
    changed(returnId);
    return ok({ receiptId: receipt.id });
  }

  const storeReturns = createStoreReturns(context, { elsewhere, found, keep, opened, moneyRunning, holdLines });
  const exchange = createExchange(context, { session, counter, printing, found, shown, entry, running: moneyRunning });

  return {
    changed,
    completing: exchange.completing,
    refunded(refund, journal) {
      const receipt = refund.returnId === null ? null : stores.sales.load(refund.returnId);
      if (!receipt) throw new Error(`returns: the return of refund ${refund.id} is not there`);
      const tender = stores.shop.tenders(register.id).find((one) => one.kind === refund.tenderKind);
      const part = {
        requestId: refund.id,
        tenderId: tender?.id ?? refund.tenderKind,
        tenderKind: refund.tenderKind,
        amountMinor: refund.amountMinor,
        cash: false,
        reference: refund.providerReference || refund.reference,
        description: '',
        verified: true,
      };
      const booked = book(receipt, part, { staffId: refund.staffId, approvedBy: null, refunds: [refund], journal });
      if (!booked.ok) throw new Error(`returns: refund ${refund.id} could not be booked: ${booked.error.code}`);
    },
    handlers: {
      'return.find': ({ text, day, limit }) => {
        const between = day === null ? {} : { between: dayBounds(context.shop().timeZone, day) };
        return ok([...stores.sales.list({ text, limit, before: null, kind: 'sale', ...between })]);
      },
      'return.of-receipt': ({ receiptId, storeId }) => (storeId === undefined || storeId === elsewhere.chain?.me.storeId ? returnable(receiptId) : storeReturns.returnable({ storeId, receiptId })),
      'return.stores': storeReturns.stores,
      'return.find-elsewhere': storeReturns.find,
      'return.unfinished': () => ok(stores.returns.unfinished(register.id).filter((one) => activeLines(one).length > 0).map(viewOf)),
      'return.view': async ({ returnId }) => {
        const receipt = found(returnId);
        if (!receipt.ok) return receipt;
        await fresh(receipt.value);
        const now = found(returnId);
        return now.ok ? ok(viewOf(now.value)) : now;
      },
      'return.compose': (input) => inTurn(() => compose(input)),
      'return.compose-loose': composeLoose,
      'return.article': ({ code }) => {
        const article = articleByCode(context, code);
        if (!article.ok) return article;
        const { id: articleId, name, unit, priceMinor } = article.value;
        return ok({ articleId, name, unit, priceMinor });
      },
      'return.confirm': confirm,
      'return.pay': (input) => inTurn(() => pay(input)),
      ...exchange.handlers,
      'return.correct': (input) => inTurn(() => correct(input)),
      'return.sell-again': ({ returnId }) => sellAgainAfter(returnId),
      'return.drop': ({ returnId }) => {
        const before = found(returnId);
        if (!before.ok) return before;
        if (moneyRunning(returnId)) return fail('return-under-way');
        const dropped = dropReturn(before.value);
        if (!dropped.ok) return dropped;
        shown(commit(dropped.value, { journal: [entry('return-dropped', dropped.value)] }));
        return ok({});
      },
      'return.settings': () => ok(returnSettingsOf(context)),
      'return.save-settings': (input) => {
        const allowed = session.authorise('shop-edit', undefined);
        if (!allowed.ok) return allowed;
        stores.transaction(() => {
          saveReturnSettings(context, input);
          stores.journal.append([journalEntry(context, session.staffId(), 'settings-changed', { page: 'returns', ...input })]);
        });
        return ok(input);
      },
    },
  };
}
