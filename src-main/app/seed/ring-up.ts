import { cashStepOf, countries } from '../../core/countries/index.ts';
import { minor, zero, type Minor } from '../../core/money.ts';
import { payImmediately } from '../../core/payments/immediate.ts';
import { orderOf, underWay, withoutIt } from '../../core/payments/provider-payment.ts';
import type { ProviderAnswer } from '../../core/payments/provider.ts';
import type { ArticleRecord, JournalDraft, SaleWrite } from '../../core/ports/stores.ts';
import { addLine, discountLine, discountReceipt, openReceipt, type Change } from '../../core/sales/changes.ts';
import { withoutProvider, type Attempt, type Receipt } from '../../core/sales/model.ts';
import { activeLines, totalsOf } from '../../core/sales/totals.ts';
import type { Result } from '../../contract/errors.ts';
import { additionByArticle, usualServing } from '../add-to-sale.ts';
import { journalEntry, nowIso, type ShopContext } from '../context.ts';
import type { Chance } from './chance.ts';
import type { StandingClock } from './clock.ts';

/*
 * An ordinary customer: articles, now and then a discount, one or two payments, the paper. Each step is decided by the same functions of
 * core and written by the same functions of storage as at the counter; what is left out is that every scan is a step of its own, and the
 * windows that would be told. What is not ordinary goes through the counter's own calls (counter-calls.ts).
 */

export type RingUp = {
  readonly context: ShopContext;
  readonly clock: StandingClock;
  readonly chance: Chance;
  readonly basket: (chance: Chance) => readonly { readonly article: ArticleRecord; readonly quantityMilli: number }[];
  /** Kind and id of the app that customers pay by. */
  readonly app: string;
  /** What is left of the customer's time at the counter, ms. */
  readonly timeMs: number;
};

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`seed: ${result.error.code} ${JSON.stringify(result.error.detail)}`);
  return result.value;
}

const nothing = { lines: [], attempts: [], newPosts: [], refunds: [], tasks: [], assignNumber: false, journal: [] } as const;

function write(context: ShopContext, step: Partial<SaleWrite> & Pick<SaleWrite, 'receipt'>): void {
  context.stores.sales.commit({ ...nothing, expectRevision: step.receipt.revision - 1, ...step });
}

/** A discount of the kind that a cashier gives alone. */
function discounted(receipt: Receipt, chance: Chance): { readonly change: Change; readonly detail: Readonly<Record<string, unknown>> } | null {
  const reason = 'Member';
  const whole = chance.often(0.4);
  const line = chance.pick(activeLines(receipt));
  const discount = { kind: 'percent', basisPoints: whole ? 500 : chance.pick([500, 1000]) } as const;
  const change = whole ? discountReceipt(receipt, discount, reason) : discountLine(receipt, line.id, discount, reason);
  if (!change.ok) return null;
  const about = whole ? {} : { line: line.id, name: line.name, code: line.code, quantityMilli: line.quantityMilli, amountMinor: totalsOf(receipt).lines.find((one) => one.lineId === line.id)?.payableMinor };
  return { change: change.value, detail: { ...about, discount, reason, approvedBy: null } };
}

/** Puts a basket on a receipt and stores it: everything up to the first payment. */
function fill(by: RingUp, staffId: string): Receipt {
  const { context, chance } = by;
  let receipt = openReceipt({ id: context.ids.next(), registerId: context.register.id, staffId, currency: context.shop().currency, openedAt: nowIso(context) }, usualServing(context.shop()));
  for (const { article, quantityMilli } of by.basket(chance)) {
    const { line, ageLimit } = must(additionByArticle(context, { articleId: article.id, quantityMilli }, receipt.serving));
    receipt = must(addLine(receipt, line, ageLimit ?? 0)).receipt;
  }
  const journal: JournalDraft[] = [];
  const given = chance.often(0.03) ? discounted(receipt, chance) : null;
  if (given) {
    receipt = given.change.receipt;
    journal.push(journalEntry(context, staffId, 'discount', given.detail, receipt.id));
  }
  write(context, { receipt, expectRevision: null, lines: receipt.lines, journal });
  return receipt;
}

/** What a customer hands over for an amount: the sum itself, the next round one, or one note. */
function handedOver(by: RingUp, dueMinor: number): number {
  const { chance, context } = by;
  const pieces = countries[context.shop().country].cashPieces;
  if (dueMinor <= 0 || chance.often(0.25)) return dueMinor;
  const notes = pieces.filter((piece) => piece >= dueMinor);
  const smallest = notes.at(-1);
  if (smallest !== undefined && chance.often(0.6)) return smallest;
  const unit = chance.pick(pieces.filter((piece) => piece <= Math.max(dueMinor, pieces.at(-1) ?? 1)).slice(0, 3));
  return Math.ceil(dueMinor / unit) * unit;
}

const completedDetail = ({ tenderId: tender, amountMinor, currency }: Attempt, more: object = {}) => ({ tender, amountMinor, currency, ...more });

/** Cash or a card slip, as the payment service writes them. */
function payByHand(by: RingUp, receipt: Receipt, how: 'cash' | 'card', amountMinor: Minor | null): Receipt {
  const { context, chance } = by;
  const kind = context.tenderKinds.get(how === 'cash' ? 'cash' : 'manual-card');
  if (!kind) throw new Error(`seed: no tender ${how}`);
  const { dueMinor } = totalsOf(receipt);
  const stepMinor = cashStepOf(context.shop());
  const wanted = amountMinor ?? dueMinor;
  const rounded = Math.round(Math.abs(wanted) / stepMinor) * stepMinor * Math.sign(wanted);
  const outcome = must(
    payImmediately(receipt, {
      requestId: context.ids.next(),
      tenderId: how,
      kind,
      amountMinor: wanted,
      givenMinor: how === 'cash' ? minor(Math.max(rounded, handedOver(by, rounded))) : null,
      reference: how === 'card' ? `BAX ${chance.between(100_000, 999_999)}` : '',
      cashStepMinor: stepMinor,
      at: nowIso(context),
      attemptId: context.ids.next(),
      paymentPostId: context.ids.next(),
      changePostId: context.ids.next(),
    }),
  );
  const { attempt, newPosts, completed } = outcome;
  const { staffId } = receipt;
  const stored: Receipt = completed ? { ...outcome.receipt, printState: 'waiting' } : outcome.receipt;
  const opens = completed && stored.posts.some((post) => post.tenderKind === 'cash' && post.amountMinor !== 0);
  const paid = journalEntry(context, staffId, completed ? 'sale-completed' : 'part-paid', completedDetail(attempt), receipt.id);
  const drawer = journalEntry(context, staffId, 'drawer-opened', { sale: true }, receipt.id);
  write(context, { receipt: stored, attempts: [attempt], newPosts, assignNumber: completed, journal: opens ? [paid, drawer] : [paid] });
  return stored;
}

/** The life of an app payment, as the runner writes it; the provider's answers are made up, and its reference says so. */
function payByApp(by: RingUp, before: Receipt, amountMinor: Minor): Receipt {
  const { context, chance, clock, app } = by;
  const { engine, ids, stores } = context;
  const at = nowIso(context);
  const id = ids.next();
  const reference = engine.referenceOf('seed', id);
  const words = { title: context.shop().name, cashier: '', alreadyPaid: '-', paidOtherwise: '-', givenBack: '-' };
  let receipt = underWay(before);
  let attempt: Attempt = {
    ...withoutProvider,
    id,
    receiptId: receipt.id,
    requestId: ids.next(),
    tenderId: app,
    tenderKind: app,
    state: 'intended',
    amountMinor,
    currency: receipt.currency,
    givenMinor: zero,
    changeMinor: zero,
    roundingMinor: zero,
    reference,
    order: orderOf(receipt, amountMinor, reference, at, words),
    createdAt: at,
    updatedAt: at,
  };
  const started = { attempt: id, tender: app, amountMinor, currency: receipt.currency, reference };
  write(context, { receipt, attempts: [attempt], journal: [journalEntry(context, receipt.staffId, 'payment-started', started, receipt.id)] });
  const state = (): JournalDraft => journalEntry(context, null, 'payment-state', { attempt: id, state: attempt.state }, receipt.id);
  const answers = (of: 'start' | 'poll', answer: ProviderAnswer): void => {
    attempt = engine.learn(attempt, { kind: 'answer', of, answer }, nowIso(context)).attempt;
  };
  attempt = engine.learn(attempt, { kind: 'begin' }, at).attempt;
  stores.sales.saveAttempt(attempt, [state()]);
  answers('start', { kind: 'waiting', data: { seed: 'made up' }, cancellable: true });
  stores.sales.saveAttempt(attempt, [state()]);
  clock.set(clock.nowMs() + Math.floor(Math.min(by.timeMs / 4, chance.between(3_000, 12_000))));
  if (chance.often(0.03)) {
    answers('poll', { kind: 'ended', state: chance.often(0.6) ? 'declined' : 'expired', data: attempt.data });
    receipt = withoutIt(receipt);
    const ended = journalEntry(context, receipt.staffId, 'payment-ended', completedDetail(attempt, { state: attempt.state }), receipt.id);
    write(context, { receipt, attempts: [attempt], journal: [ended] });
    return receipt;
  }
  answers('poll', { kind: 'paid', data: attempt.data, reference: `seed-${id}`, amountMinor, currency: receipt.currency });
  const settled = engine.settle(receipt, attempt, {
    paymentPostId: ids.next(),
    changePostId: ids.next(),
    at: nowIso(context),
    postText: context.tenderKinds.get(app)?.provider?.postText ?? '',
    cashTenderId: 'cash',
    cashStepMinor: cashStepOf(context.shop()),
  });
  const { completed } = settled;
  const stored: Receipt = completed ? { ...settled.receipt, printState: 'waiting' } : settled.receipt;
  const taken = journalEntry(context, receipt.staffId, completed ? 'sale-completed' : 'part-paid', completedDetail(settled.attempt, { reference: settled.attempt.providerReference }), receipt.id);
  write(context, { receipt: stored, attempts: [settled.attempt], newPosts: settled.newPosts, assignNumber: completed, journal: [taken] });
  return stored;
}

/** A part of what is due, payable in coins. */
function partOf(by: RingUp, dueMinor: number): Minor | null {
  const stepMinor = Math.max(cashStepOf(by.context.shop()), 100);
  const part = Math.floor((dueMinor * by.chance.between(2, 7)) / 10 / stepMinor) * stepMinor;
  return part >= stepMinor && part < dueMinor ? minor(part) : null;
}

function settleBill(by: RingUp, filled: Receipt): Receipt {
  const { chance } = by;
  let receipt = filled;
  const { dueMinor } = totalsOf(receipt);
  const tender = chance.weighted([3, 5, 2]);
  const part = chance.often(0.015) ? partOf(by, dueMinor) : null;
  if (part !== null) receipt = chance.often(0.5) ? payByApp(by, receipt, part) : payByHand(by, receipt, 'cash', part);
  if (tender === 2 && receipt.state !== 'completed') receipt = payByApp(by, receipt, totalsOf(receipt).dueMinor);
  if (receipt.state === 'completed') return receipt;
  return payByHand(by, receipt, tender === 0 ? 'cash' : 'card', null);
}

/** Serves one customer from the first article to the paper. Answers with the completed receipt. */
export function ringUp(by: RingUp, staffId: string): Receipt {
  const { context, clock } = by;
  const startMs = clock.nowMs();
  const filled = fill(by, staffId);
  clock.set(startMs + Math.floor(by.timeMs / 2));
  const receipt = settleBill(by, filled);
  context.stores.sales.setPrintState(receipt.id, 'printed', '', [journalEntry(context, null, 'receipt-printed', {}, receipt.id)]);
  return receipt;
}
