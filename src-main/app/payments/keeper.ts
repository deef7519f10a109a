import { cashStepOf } from '../../core/countries/index.ts';
import { settle, withoutIt } from '../../core/payments/provider-payment.ts';
import type { Attempt, Receipt } from '../../core/sales/model.ts';
import { totalsOf } from '../../core/sales/totals.ts';
import { journalEntry, nowIso, type ShopContext } from '../context.ts';
import type { Counter, Step } from '../counter.ts';
import type { ReceiptPrinting } from '../receipt-printing.ts';
import type { Links } from './links.ts';
import type { Keeper } from './runner.ts';

/** Writes what becomes of providers' payments: onto the receipt on the counter, or onto one that was set aside. */
export function createKeeper(context: ShopContext, counter: Counter, links: Links, printing: ReceiptPrinting): Keeper {
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
    });
  }

  function paid(found: Attempt): Attempt {
    const before = receiptOf(found);
    const cashTender = stores.shop.tenders(before.registerId).find((tender) => tender.kind === 'cash');
    const { receipt, attempt, newPosts, completed } = settle(before, found, {
      paymentPostId: ids.next(),
      changePostId: ids.next(),
      at: nowIso(context),
      postText: links.provider(found.tenderKind)?.capabilities.postText ?? '',
      cashTenderId: cashTender?.id ?? 'cash',
      cashStepMinor: cashStepOf(context.shop()),
    });
    const taken = entry(attempt, receipt, completed ? 'sale-completed' : 'part-paid', { reference: attempt.providerReference });
    const opens = attempt.changeMinor > 0;
    const drawer = journalEntry(context, receipt.staffId, 'drawer-opened', { sale: true }, receipt.id);
    const stored: Receipt = completed ? { ...receipt, printState: printing.stateAfterSale() } : receipt;
    counter.commit({
      receipt: stored,
      attempts: [attempt],
      newPosts,
      assignNumber: completed,
      journal: opens ? [taken, drawer] : [taken],
      thanks: thanks(stored, attempt),
    });
    if (opens) context.drawer.open();
    if (completed) printing.printAfterSale(receipt.id);
    return attempt;
  }

  return {
    keep(attempt, before) {
      const asked = attempt.cancelAsked && !before.cancelAsked;
      const changed = attempt.state !== before.state;
      const detail = { attempt: attempt.id, state: attempt.state, problem: attempt.problem?.code };
      const kind = asked ? 'payment-cancel-asked' : 'payment-state';
      stores.sales.saveAttempt(attempt, asked || changed ? [journalEntry(context, null, kind, detail, attempt.receiptId)] : []);
    },
    stray({ ownReference, reference, amountMinor }, by) {
      const other = stores.sales.attemptByReference(by.tenderKind, ownReference);
      if (other?.state === 'paid' && other.providerReference === reference) return;
      if (stores.tasks.knows(by.tenderKind, reference)) return;
      const detail = { provider: by.tenderKind, reference, amountMinor, currency: by.currency, ownReference, attempt: other?.id, state: other?.state };
      const receiptId = other?.receiptId ?? null;
      stores.tasks.open({ id: ids.next(), registerId: context.register.id, kind: 'late-money', receiptId, detail, openedAt: nowIso(context) }, [journalEntry(context, null, 'late-money', detail, receiptId)]);
      context.log.warn('money was taken for a payment that had come to nothing', { provider: by.tenderKind, reference, amountMinor });
    },
    finish: (attempt) => (attempt.state === 'paid' ? paid(attempt) : nothing(attempt)),
  };
}
