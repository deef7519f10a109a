import { cashStepOf } from '../../core/countries/index.ts';
import { withoutIt } from '../../core/payments/provider-payment.ts';
import type { Stray } from '../../core/payments/provider.ts';
import type { JournalDraft, Task } from '../../core/ports/stores.ts';
import type { Attempt, Post, Receipt } from '../../core/sales/model.ts';
import { totalsOf } from '../../core/sales/totals.ts';
import { completionOf, journalEntry, nowIso, type ShopContext } from '../context.ts';
import type { Counter, Step } from '../counter.ts';
import type { ReceiptPrinting } from '../receipt-printing.ts';
import type { Links } from './links.ts';
import type { Keeper } from './runner.ts';

/** What is written together with a payment that was late: the task that ends with its post. */
type LateMoney = { readonly task: (newPosts: readonly Post[]) => Task; readonly journal: readonly JournalDraft[] };

/** Puts a payment that is paid on a receipt: post, number, completion, paper. Returns the attempt as stored. */
type Booking = {
  book(attempt: Attempt, to: Receipt, late?: LateMoney): Attempt;
  /** Writes that a payment lets its receipt go, and the task that it is from then on. */
  carryOver(attempt: Attempt, by: { readonly staffId: string; readonly note: string; readonly approvedBy: string | null }): void;
};

/** Writes what becomes of providers' payments: onto the receipt on the counter, or onto one that was set aside. */
export function createKeeper(context: ShopContext, counter: Counter, links: Links, printing: ReceiptPrinting): Keeper & Booking {
  const { stores, ids } = context;

  function receiptOf(attempt: Attempt): Receipt {
    const onCounter = counter.onCounter();
    const receipt = onCounter?.id === attempt.receiptId ? onCounter : counter.aside(attempt.receiptId);
    if (!receipt) throw new Error(`payments: attempt ${attempt.id} has lost its receipt`);
    if (receipt.state !== 'paying') throw new Error(`payments: receipt ${receipt.id} is ${receipt.state} while attempt ${attempt.id} runs`);
    return receipt;
  }

  const entry = (attempt: Attempt, receipt: Receipt, kind: string, detail: Readonly<Record<string, unknown>> = {}) =>
    journalEntry(context, receipt.staffId, kind, { tender: attempt.tenderId, amountMinor: attempt.amountMinor, currency: attempt.currency, ...detail }, receipt.id);

  function nothing(attempt: Attempt): Attempt {
    const receipt = receiptOf(attempt);
    const ended = entry(attempt, receipt, 'payment-ended', { state: attempt.state, problem: attempt.problem?.code });
    counter.commit({ receipt: withoutIt(receipt), attempts: [attempt], journal: [ended] });
    return attempt;
  }

  function thanks(receipt: Receipt, attempt: Attempt): NonNullable<Step['thanks']> {
    return (receiptNumber) => ({
      kind: 'thanks',
      currency: attempt.currency,
      totalMinor: totalsOf(receipt).totalMinor,
      givenMinor: attempt.givenMinor,
      changeMinor: attempt.changeMinor,
      receiptNumber,
      receiptText: null,
    });
  }

  function book(found: Attempt, before: Receipt, late: LateMoney | null = null): Attempt {
    const cashTender = stores.shop.tenders(before.registerId).find((tender) => tender.kind === 'cash');
    const { receipt, attempt, newPosts, completed } = context.engine.settle(before, found, {
      paymentPostId: ids.next(),
      changePostId: ids.next(),
      at: nowIso(context),
      postText: links.provider(found.tenderKind)?.capabilities.postText ?? '',
      cashTenderId: cashTender?.id ?? 'cash',
      cashStepMinor: cashStepOf(context.shop()),
    });
    const taken = entry(attempt, receipt, completed ? completionOf(receipt) : 'part-paid', { reference: attempt.providerReference });
    const opens = attempt.changeMinor > 0 && receipt.kind !== 'training';
    const drawer = journalEntry(context, receipt.staffId, 'drawer-opened', { sale: true }, receipt.id);
    const stored: Receipt = completed ? { ...receipt, printState: printing.stateAfterSale() } : receipt;
    counter.commit({
      receipt: stored,
      attempts: [attempt],
      newPosts,
      tasks: late ? [late.task(newPosts)] : [],
      assignNumber: completed,
      journal: [...(late?.journal ?? []), taken, ...(opens ? [drawer] : [])],
      thanks: thanks(stored, attempt),
    });
    if (opens) context.drawer.open();
    if (completed) printing.printAfterSale(receipt.id);
    return attempt;
  }

  function stray({ ownReference, reference, amountMinor, currency }: Stray, by: Attempt): void {
    const other = stores.sales.attemptByReference(by.tenderKind, ownReference);
    // Its task is there already, and its own provider will tell it.
    if (other && other.id !== by.id && stores.tasks.inDoubt(other.id)) return;
    if (other?.state === 'paid' && other.providerReference === reference) return;
    if (stores.tasks.knows(by.tenderKind, reference)) return;
    const detail = { provider: by.tenderKind, reference, amountMinor, currency, ownReference, attempt: other?.id, state: other?.state };
    const receiptId = other?.receiptId ?? null;
    const id = ids.next();
    stores.tasks.open({ id, registerId: context.register.id, kind: 'late-money', receiptId, detail, openedAt: nowIso(context) }, [journalEntry(context, null, 'late-money', detail, receiptId)]);
    context.log.warn('money was taken for a payment that had come to nothing', { provider: by.tenderKind, reference, amountMinor });
    context.links().lateMoney(id, 'opened');
  }

  function carryOver(attempt: Attempt, { staffId, note, approvedBy }: Parameters<Booking['carryOver']>[1]): void {
    const receipt = receiptOf(attempt);
    const { tenderKind: provider, amountMinor, currency, reference: ownReference } = attempt;
    const id = ids.next();
    const detail = { provider, reference: '', amountMinor, currency, ownReference, attempt: attempt.id, state: attempt.state };
    const carried = journalEntry(context, staffId, 'payment-carried-over', { ...detail, task: id, note, approvedBy }, receipt.id);
    counter.commit({
      receipt: withoutIt(receipt),
      newTasks: [{ id, registerId: context.register.id, kind: 'late-money', receiptId: receipt.id, detail, openedAt: attempt.updatedAt, doubt: 'open', note, staffId }],
      attempts: [attempt],
      journal: [carried],
    });
    // Nobody has taken any money that we know of: it is no news of late money yet.
    context.links().lateMoney(id, 'changed');
  }

  /** The doubt is over: it is late money, or nothing was paid and the task ends by itself. */
  function carriedOver(attempt: Attempt): Attempt {
    const task = stores.tasks.inDoubt(attempt.id);
    if (!task) throw new Error(`payments: attempt ${attempt.id} was carried over, and no task waits for it`);
    const updatedAt = nowIso(context);
    const { providerReference: reference, paidMinor: amountMinor, currency, state } = attempt;
    const known: Task = state === 'paid' ? { ...task, doubt: 'paid', reference, amountMinor, currency, updatedAt } : { ...task, doubt: 'nothing', state: 'closed', updatedAt, endedAt: updatedAt };
    const detail = { task: task.id, provider: task.provider, reference: known.reference, amountMinor: known.amountMinor, currency, attempt: attempt.id, state };
    stores.transaction(() => {
      stores.sales.saveAttempt(attempt, []);
      stores.tasks.save(known, [journalEntry(context, null, state === 'paid' ? 'late-money' : 'carried-over-nothing', detail, task.receiptId)]);
    });
    context.links().lateMoney(task.id, state === 'paid' ? 'opened' : 'changed');
    return attempt;
  }

  return {
    carryOver,
    keep(attempt, before) {
      const asked = attempt.cancelAsked && !before.cancelAsked;
      const changed = attempt.state !== before.state;
      const detail = { attempt: attempt.id, state: attempt.state, problem: attempt.problem?.code };
      const alarmed = attempt.alarm !== null && before.alarm === null;
      const kind = alarmed ? 'payment-alarm' : asked ? 'payment-cancel-asked' : 'payment-state';
      stores.sales.saveAttempt(attempt, asked || changed || alarmed ? [journalEntry(context, null, kind, alarmed ? { ...detail, alarm: attempt.alarm } : detail, attempt.receiptId)] : []);
      if (alarmed) context.log.warn('a provider says another thing of a payment than was asked for', { ...detail, alarm: attempt.alarm?.kind });
    },
    stray,
    book,
    finish(attempt) {
      if (attempt.state === 'paid' && attempt.carriedOverAt === null) return book(attempt, receiptOf(attempt));
      // Money that a person did not want to book as it is stays somebody's business; before anybody forgets it.
      if (attempt.alarm && attempt.state === 'declined') stray(attempt.alarm, attempt);
      return attempt.carriedOverAt === null ? nothing(attempt) : carriedOver(attempt);
    },
  };
}
