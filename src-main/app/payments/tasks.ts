import { fail, ok, type Result } from '../../contract/errors.ts';
import type { ParsedInput } from '../../contract/index.ts';
import type { PaymentView } from '../../contract/payment.ts';
import type { TaskView } from '../../contract/tasks.ts';
import { minor, zero } from '../../core/money.ts';
import { withoutProvider, type Attempt, type Post, type Receipt } from '../../core/sales/model.ts';
import { activeLines, totalsOf } from '../../core/sales/totals.ts';
import { refundFinished } from '../../core/payments/refund.ts';
import type { Task } from '../../core/ports/stores.ts';
import { journalEntry, nowIso, type ShopContext } from '../context.ts';
import type { Counter } from '../counter.ts';
import type { CallsOf, Handlers } from '../handlers.ts';
import type { ReceiptPrinting } from '../receipt-printing.ts';
import type { Session } from '../session.ts';
import type { Status } from '../status.ts';
import { createKeeper } from './keeper.ts';
import type { Links } from './links.ts';
import type { Refunds } from './refunds.ts';
import { paymentView } from './views.ts';

export type Tasks = {
  readonly handlers: Handlers<CallsOf<'task'>>;
  /** Late money was met, or its task stands otherwise than before: windows are told. */
  news(taskId: string, kind: 'opened' | 'changed'): void;
};

type Parts = { readonly session: Session; readonly counter: Counter; readonly links: Links; readonly printing: ReceiptPrinting; readonly status: Status; readonly refunds: Refunds };

/** How many ended ones are shown. */
const endedShown = 100;

/** Late money: what people do with a payment that the provider took and that had come to nothing here. */
export function createTasks(context: ShopContext, { session, counter, links, printing, status, refunds }: Parts): Tasks {
  const { stores, ids, bus } = context;
  const keeper = createKeeper(context, counter, links, printing);

  function wasOf({ receiptId, attemptId }: Task): TaskView['was'] {
    const receipt = receiptId === null ? null : stores.sales.load(receiptId);
    const attempt = attemptId === null ? null : stores.sales.attempt(attemptId);
    if (!receipt || !attempt) return null;
    const { number: receiptNumber, state: receiptState } = receipt;
    return { receiptId: receipt.id, receiptNumber, receiptState, totalMinor: totalsOf(receipt).totalMinor, attemptState: attempt.state, askedMinor: attempt.amountMinor, at: attempt.createdAt };
  }

  function attachedTo({ postId }: Task): TaskView['attachedTo'] {
    const receiptId = postId === null ? null : stores.sales.receiptOfPost(postId);
    const receipt = receiptId === null ? null : stores.sales.load(receiptId);
    return receipt ? { receiptId: receipt.id, number: receipt.number } : null;
  }

  function viewOf(task: Task): TaskView {
    const { id: taskId, state, provider, reference, ownReference, amountMinor, currency, openedAt, note, staffId, updatedAt, endedAt } = task;
    const source = refunds.sources.ofTask(taskId);
    return {
      taskId,
      state,
      doubt: task.doubt,
      provider,
      reference,
      ownReference,
      amountMinor,
      currency,
      openedAt,
      was: wasOf(task),
      note,
      staffName: staffId === null ? '' : (stores.staff.byId(staffId)?.name ?? ''),
      updatedAt,
      endedAt,
      refund: refunds.ofTask(taskId),
      refundNot: refunds.sources.whyNot(source),
      asks: source?.ability.asks ?? null,
      attachedTo: attachedTo(task),
    };
  }

  function news(taskId: string, kind: 'opened' | 'changed'): void {
    const task = stores.tasks.byId(taskId);
    if (!task) return;
    bus.publish(kind === 'opened' ? 'task.opened' : 'task.changed', viewOf(task));
    status.changed();
  }

  /** Late money that waits for a person. */
  function known(taskId: string): Result<Task> {
    const task = stores.tasks.byId(taskId);
    if (!task || task.endedAt !== null) return fail('task-unknown');
    return task.doubt === 'open' ? fail('task-in-doubt') : ok(task);
  }

  /** The same, and its refund is not on its way. */
  function waiting(taskId: string): Result<Task> {
    const task = known(taskId);
    if (!task.ok) return task;
    return stores.refunds.ofTask(taskId).some((one) => !refundFinished(one.state)) ? fail('task-busy') : task;
  }

  const about = (task: Task, detail: Readonly<Record<string, unknown>>) => ({ task: task.id, provider: task.provider, reference: task.reference, amountMinor: task.amountMinor, currency: task.currency, ...detail });

  /** How it stands after somebody has looked at it. */
  function noted(task: Task, state: Task['state'], note: string): Task {
    const updatedAt = nowIso(context);
    return { ...task, state, note, staffId: session.staffId(), updatedAt, endedAt: state === 'closed' || state === 'attached' ? updatedAt : null };
  }

  function write(task: Task, kind: string, detail: Readonly<Record<string, unknown>>): TaskView {
    stores.tasks.save(task, [journalEntry(context, session.staffId(), kind, about(task, detail), task.receiptId)]);
    news(task.id, 'changed');
    return viewOf(task);
  }

  /** Whether this much may be put on the receipt on the counter: up to what is due, and the shop's cap above it. */
  function fits(task: Task, receipt: Receipt | null, receiptId: string): Result<Receipt> {
    if (receipt?.id !== receiptId) return fail('receipt-not-on-counter');
    const { dueMinor } = totalsOf(receipt);
    if (activeLines(receipt).length === 0 || dueMinor <= 0) return fail('nothing-to-pay');
    if (context.links().payment(receipt.id) !== null) return fail('payment-active');
    if (context.links().goingBack(receipt)) return fail('payment-going-back');
    const most = dueMinor + context.shop().overPaymentCapMinor;
    return task.amountMinor > 0 && task.amountMinor <= most && task.currency === receipt.currency ? ok(receipt) : fail('amount-out-of-range', { minimumMinor: 1, maximumMinor: most });
  }

  /** The payment as an attempt of the receipt that it is attached to: paid from the start, by the provider's word. */
  function attemptOf(task: Task, receipt: Receipt): Attempt {
    const at = nowIso(context);
    const before = task.attemptId === null ? null : stores.sales.attempt(task.attemptId);
    const tender = stores.shop.tenders(context.register.id).find((one) => one.kind === task.provider);
    const order = before?.order ?? { reference: task.ownReference, amountMinor: task.amountMinor, currency: task.currency, cashier: '', title: context.shop().name, rows: [], at: task.openedAt };
    return {
      ...withoutProvider,
      id: ids.next(),
      receiptId: receipt.id,
      requestId: task.id,
      tenderId: before?.tenderId ?? tender?.id ?? task.provider,
      tenderKind: task.provider,
      state: 'paid',
      amountMinor: task.amountMinor,
      currency: task.currency,
      givenMinor: zero,
      changeMinor: zero,
      roundingMinor: zero,
      // The provider knows it by this name for ever.
      reference: task.ownReference,
      accountId: before?.accountId ?? links.account(task.provider)?.id ?? null,
      terminalId: before?.terminalId ?? null,
      order,
      data: before?.data ?? {},
      providerReference: task.reference,
      paidMinor: minor(task.amountMinor),
      createdAt: at,
      updatedAt: at,
    };
  }

  function attach({ taskId, receiptId, note, approval }: ParsedInput<'task.attach'>): Result<{ readonly task: TaskView; readonly payment: PaymentView }> {
    const task = waiting(taskId);
    if (!task.ok) return task;
    const receipt = fits(task.value, counter.onCounter(), receiptId);
    if (!receipt.ok) return receipt;
    const allowed = session.authorise('late-money', approval);
    if (!allowed.ok) return allowed;
    const attached = noted(task.value, 'attached', note);
    const ending = (newPosts: readonly Post[]): Task => ({ ...attached, postId: newPosts.find((post) => post.kind === 'payment')?.id ?? null });
    const entry = journalEntry(context, session.staffId(), 'late-money-attached', about(attached, { note, approvedBy: allowed.value.approvedBy }), receiptId);
    const attempt = keeper.book(attemptOf(task.value, receipt.value), receipt.value, { task: ending, journal: [entry] });
    news(taskId, 'changed');
    const stored = stores.sales.load(receiptId);
    const now = stores.tasks.byId(taskId);
    if (!stored || !now) throw new Error(`tasks: ${taskId} was attached to a receipt that is not there`);
    return ok({ task: viewOf(now), payment: paymentView(attempt, stored) });
  }

  return {
    news,
    handlers: {
      'task.list': ({ ended }) => ok((ended ? stores.tasks.ended(endedShown) : stores.tasks.waiting()).map(viewOf)),
      'task.attach': attach,
      'task.refund': async ({ requestId, taskId, note, identifier, approval }) => {
        const source = () => {
          const task = known(taskId);
          if (!task.ok) return task;
          const found = refunds.sources.ofTask(taskId);
          return found ? ok(found) : fail('payment-not-refundable', { reason: 'not-by-provider' });
        };
        const begun = await refunds.begin({ requestId, source, amountMinor: null, reason: note, identifier: identifier ?? '', approval });
        if (!begun.ok) return begun;
        const task = stores.tasks.byId(taskId);
        return task ? ok(viewOf(task)) : fail('task-unknown');
      },
      'task.hand-over': ({ taskId, note }) => {
        // A doubt can be handed over as well: the manager may know who paid.
        const doubted = stores.tasks.byId(taskId);
        const task = doubted?.doubt === 'open' ? ok(doubted) : waiting(taskId);
        return task.ok ? ok(write(noted(task.value, 'handed-over', note), 'late-money-handed-over', { note })) : task;
      },
      'task.close': ({ taskId, note, approval }) => {
        const task = waiting(taskId);
        if (!task.ok) return task;
        const allowed = session.authorise('late-money', approval);
        if (!allowed.ok) return allowed;
        return ok(write(noted(task.value, 'closed', note), 'late-money-closed', { note, approvedBy: allowed.value.approvedBy }));
      },
    },
  };
}
