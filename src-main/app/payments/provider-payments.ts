import type { CustomerView } from '../../contract/customer.ts';
import { fail, ok, type Result } from '../../contract/errors.ts';
import type { ParsedInput } from '../../contract/index.ts';
import type { PaymentView } from '../../contract/payment.ts';
import type { AsideView } from '../../contract/sale.ts';
import { isFinished } from '../../core/payments/attempt.ts';
import { inDoubt } from '../../core/payments/carry-over.ts';
import { checkAmount, orderOf, underWay, type OrderWords } from '../../core/payments/provider-payment.ts';
import { waysFor, type Way } from '../../core/payments/provider.ts';
import { identifierFits } from '../../core/payments/refund.ts';
import { minor, zero } from '../../core/money.ts';
import { totalsOf } from '../../core/sales/totals.ts';
import { withoutProvider, type Attempt, type Receipt } from '../../core/sales/model.ts';
import { journalEntry, nowIso, type ShopContext } from '../context.ts';
import type { Counter } from '../counter.ts';
import type { Session } from '../session.ts';
import { epochOf } from './epoch.ts';
import { createAsking } from './asking.ts';
import { createFindings } from './findings.ts';
import { createKeeper } from './keeper.ts';
import type { Links } from './links.ts';
import type { ReceiptPrinting } from '../receipt-printing.ts';
import { createProofs } from './proofs.ts';
import { createRunner, type Runner } from './runner.ts';

/** How long the customer reads that it failed. */
const failedMs = 15_000;

/** A payment as it is asked for at the counter. */
type PaymentAsked = Pick<ParsedInput<'payment.start'>, 'requestId' | 'tenderId' | 'amountMinor' | 'way'>;

export type ProviderPayments = {
  start(input: ParsedInput<'payment.start'>, kind: string): Result<PaymentView>;
  /** Lets the customer type what the way asks for. */
  ask(input: ParsedInput<'payment.ask-customer'>, kind: string): Result<Record<string, never>>;
  /** What the customer typed: begins the payment. */
  tell(told: string): Result<PaymentView>;
  stopAsking(): void;
  /** Takes over what a customer has paid already and shows the proof of. */
  prove(input: ParsedInput<'payment.start'>, kind: string): Promise<Result<PaymentView>>;
  /** Deals with another payment that was found at the provider's terminal. */
  found(input: ParsedInput<'payment.found'>): Promise<Result<PaymentView>>;
  decide(input: ParsedInput<'payment.decide'>): Result<PaymentView>;
  carryOver(input: ParsedInput<'payment.carry-over'>): Result<PaymentView>;
  current(): PaymentView | null;
  view(attempt: Attempt): PaymentView | null;
  /** The payment under way for a receipt, as it is shown in a row. */
  shortView(receiptId: string): AsideView['payment'];
  readonly runner: Runner;
  close(): Promise<void>;
};

/** Payments that a provider has to prove: begun here, run by the runner, shown on both screens as one state. */
export function createProviderPayments(context: ShopContext, session: Session, counter: Counter, links: Links, printing: ReceiptPrinting): ProviderPayments {
  const { stores, ids, bus, clock } = context;
  const failed = new Map<string, () => void>();

  function customerState(view: PaymentView): Extract<CustomerView, { kind: 'paying' }>['state'] | null {
    if (view.state === 'paid') return null;
    if (isFinished(view.state)) return 'failed';
    if (view.wait?.question === true) return 'question';
    return view.state === 'waiting' ? 'waiting' : 'confirming';
  }

  function showCustomer(view: PaymentView, tenderName: string): void {
    const { receiptId } = view;
    // Its receipt goes on without it, and so does the customer.
    if (view.carriedOver) {
      if (runner.of(receiptId) === null) counter.showPaying(receiptId, null);
      return;
    }
    failed.get(receiptId)?.();
    failed.delete(receiptId);
    const state = customerState(view);
    if (!view.wait || state === null) {
      counter.showPaying(receiptId, null);
      return;
    }
    const { act, windowMs } = view.wait;
    const endsMs = clock.monotonicMs() + view.wait.windowLeftMs;
    const { show } = view.wait;
    const showEndsMs = clock.monotonicMs() + (show?.leftMs ?? 0);
    const shown = () => (show ? { ...show, leftMs: Math.max(0, Math.ceil(showEndsMs - clock.monotonicMs())) } : null);
    const windowLeftMs = (): number => Math.max(0, Math.ceil(endsMs - clock.monotonicMs()));
    counter.showPaying(receiptId, () => ({ kind: 'paying', currency: view.currency, amountMinor: view.amountMinor, tenderName, tenderKind: view.tenderKind, act, show: shown(), state, windowLeftMs: windowLeftMs(), windowMs }));
    if (state !== 'failed') return;
    failed.set(receiptId, clock.after(failedMs, () => counter.showPaying(receiptId, null)));
  }

  function changed(attempt: Attempt): void {
    const view = runner.view(attempt);
    if (!view) return;
    bus.publish('payment.changed', view);
    showCustomer(view, counter.tenderName(attempt.tenderId));
    // The tenders' buttons and what stands aside show how payments stand.
    if (isFinished(attempt.state) || view.carriedOver || counter.aside(attempt.receiptId)) counter.refresh();
  }

  const keeper = createKeeper(context, counter, links, printing);
  const runner: Runner = createRunner(context, links, keeper, changed);

  function wordsOf(receipt: Receipt): OrderWords {
    const { language, name } = context.shop();
    const text = (key: string): string => context.words.text(language, key);
    return {
      title: name,
      cashier: stores.staff.byId(session.staffId())?.name ?? stores.staff.byId(receipt.staffId)?.name ?? '',
      alreadyPaid: text('order.alreadyPaid'),
      paidOtherwise: text('order.paidOtherwise'),
      givenBack: text('order.givenBack'),
    };
  }

  function attemptOf(input: PaymentAsked, kind: string, receipt: Receipt): Attempt {
    const at = nowIso(context);
    const id = ids.next();
    const amountMinor = minor(input.amountMinor);
    const reference = context.engine.referenceOf(epochOf(context), id);
    return {
      ...withoutProvider,
      id,
      receiptId: receipt.id,
      requestId: input.requestId,
      tenderId: input.tenderId,
      tenderKind: kind,
      state: 'intended',
      amountMinor,
      currency: receipt.currency,
      givenMinor: zero,
      changeMinor: zero,
      roundingMinor: zero,
      reference,
      accountId: links.account(kind)?.id ?? null,
      terminalId: links.terminal(kind)?.id ?? null,
      order: orderOf(receipt, amountMinor, reference, at, wordsOf(receipt), input.way),
      createdAt: at,
      updatedAt: at,
    };
  }

  function viewNow(attemptId: string): Result<PaymentView> {
    const attempt = stores.sales.attempt(attemptId);
    const view = attempt ? runner.view(attempt) : null;
    return view ? ok(view) : fail('payment-unknown');
  }

  /** Writes an attempt down with its receipt, and hands it to the runner. */
  function begin(receipt: Receipt, attempt: Attempt, how: 'begin' | 'adopt', told = ''): Result<PaymentView> {
    const detail = { attempt: attempt.id, tender: attempt.tenderId, amountMinor: attempt.amountMinor, currency: attempt.currency, reference: attempt.reference };
    const kind = how === 'adopt' ? 'payment-taken-over' : 'payment-started';
    counter.commit({ receipt: underWay(receipt), attempts: [attempt], journal: [journalEntry(context, session.staffId(), kind, detail, receipt.id)] });
    runner.begin(attempt, how, told);
    return viewNow(attempt.id);
  }

  const findings = createFindings(context, session, counter, links, { attemptOf, begin, viewNow, stray: keeper.stray, busy: (receiptId) => runner.of(receiptId) !== null });
  const proofs = createProofs(context, counter, links, session.staffId, {
    orderFor: (receipt, amountMinor, reference, at) => orderOf(receipt, amountMinor, reference, at, wordsOf(receipt)),
    book: (attempt) => keeper.book(attempt, counter.receipt(session.staffId())),
    view: (attempt) => runner.view(attempt),
  });

  /** Whether a payment can be asked for like this, and the way it is asked for. */
  function checked(input: PaymentAsked, kind: string, approval: string | undefined): Result<{ readonly receipt: Receipt; readonly way: Way | null }> {
    const provider = links.provider(kind);
    const receipt = counter.receipt(session.staffId());
    if (!provider || receipt.revision === 0) return fail('nothing-to-pay');
    if (runner.of(receipt.id)) return fail('payment-active');
    const allowed = checkAmount(receipt, minor(input.amountMinor), provider.capabilities, context.shop().overPaymentCapMinor);
    if (!allowed.ok) return allowed;
    const ways = waysFor(provider.capabilities, receipt.distance);
    const way = input.way === undefined ? ways[0] : ways.find((one) => one.id === input.way);
    if (!way && (input.way !== undefined || receipt.distance)) return fail('tender-not-usable', { reason: receipt.distance ? 'not-at-distance' : 'not-registered' });
    if (input.amountMinor > totalsOf(receipt).dueMinor) {
      const may = session.authorise('over-payment', approval);
      if (!may.ok) return may;
    }
    return ok({ receipt, way: way ?? null });
  }

  function start(input: ParsedInput<'payment.start'>, kind: string): Result<PaymentView> {
    const may = checked(input, kind, input.approval);
    if (!may.ok) return may;
    const { receipt, way } = may.value;
    const told = input.told ?? '';
    if (way?.asks && !identifierFits(way.asks, told)) return fail('told-wrong', { field: way.asks.label[context.shop().language] });
    asking.end();
    return begin(receipt, attemptOf({ ...input, way: way?.id }, kind, receipt), 'begin', way?.asks ? told : '');
  }

  const asking = createAsking(context, counter);

  return {
    runner,
    ask(input, kind) {
      const may = checked(input, kind, undefined);
      if (!may.ok) return may;
      const { receipt, way } = may.value;
      if (!way?.asks) return fail('nothing-asked');
      asking.begin({ receipt, tenderName: counter.tenderName(input.tenderId), tenderKind: kind, amountMinor: minor(input.amountMinor), field: way.asks, start: (told) => start({ ...input, told }, kind) });
      return ok({});
    },
    tell: (told) => asking.tell(told),
    stopAsking: () => asking.end(),
    view: (attempt) => runner.view(attempt),
    shortView(receiptId) {
      const attempt = runner.of(receiptId);
      if (!attempt) return null;
      const { id: attemptId, tenderId, tenderKind, amountMinor, state } = attempt;
      return { attemptId, tenderId, tenderKind, amountMinor, state, question: runner.asks(attempt) };
    },
    start,
    prove: (input, kind) => proofs.prove(input, kind),
    found: (input) => findings.resolve(input),
    decide({ attemptId, take, note, approval }) {
      const attempt = stores.sales.attempt(attemptId);
      if (!attempt?.alarm || isFinished(attempt.state)) return fail('payment-unknown');
      if (take && stores.sales.attemptByProvider(attempt.tenderKind, attempt.alarm.reference)) return fail('proof-used');
      const may = session.authorise('payment-decide', approval);
      if (!may.ok) return may;
      const detail = { attempt: attempt.id, alarm: attempt.alarm.kind, reference: attempt.alarm.reference, take, note, approvedBy: may.value.approvedBy };
      stores.journal.append([journalEntry(context, session.staffId(), 'payment-decided', detail, attempt.receiptId)]);
      runner.decide(attemptId, take);
      return viewNow(attemptId);
    },
    carryOver({ attemptId, note, approval }) {
      const attempt = stores.sales.attempt(attemptId);
      if (!attempt || isFinished(attempt.state) || attempt.carriedOverAt !== null) return fail('payment-unknown');
      if (!inDoubt(attempt)) return fail('payment-not-in-doubt');
      const may = session.authorise('payment-decide', approval);
      if (!may.ok) return may;
      const by = { staffId: session.staffId(), note, approvedBy: may.value.approvedBy };
      if (!runner.carryOver(attemptId, (carried) => keeper.carryOver(carried, by))) return fail('payment-unknown');
      return viewNow(attemptId);
    },
    current() {
      const receipt = counter.onCounter();
      const attempt = receipt ? runner.of(receipt.id) : null;
      return attempt ? runner.view(attempt) : null;
    },
    async close() {
      for (const stop of failed.values()) stop();
      await runner.close();
    },
  };
}
