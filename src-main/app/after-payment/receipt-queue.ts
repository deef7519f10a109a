import type { ProviderProblem } from '../../contract/payment.ts';
import { afterTry, isDue, queuedAnew, queuedReceipt, type ProviderReceipt } from '../../core/payments/provider-receipt.ts';
import { soldReceipt } from '../../core/payments/sold-receipt.ts';
import type { JournalDraft } from '../../core/ports/stores.ts';
import type { Receipt } from '../../core/sales/model.ts';
import { isoInstant } from '../../core/time.ts';
import { journalEntry, type ShopContext } from '../context.ts';
import { notConfigured, type Links } from '../payments/links.ts';
import { startBackground, type Life } from './background.ts';
import { questionOf, type AppPayment } from './paid-by-app.ts';

/** Receipts on their way to the providers of their payments, one at a time. Nothing of it touches a sale. */
export type ReceiptQueue = {
  /** Attempts of a sale whose providers are told its receipt. */
  wanted(payments: readonly AppPayment[]): readonly string[];
  /** Writes down that they are; in the transaction that completes the sale. */
  queue(sale: Receipt, attemptIds: readonly string[]): void;
  wake(): void;
  /** Sent anew, now. Null: there is none that could be. */
  again(attemptId: string, staffId: string): ProviderReceipt | null;
  /** The network is back, or an account is another now: all that waits is due. */
  mended(): void;
  close(): Promise<void>;
};

/** Requests go to sandboxes only while somebody trains: real receipts wait, and are looked for again after so long. */
const whileTrainingMs = 60_000;

/** `links` are the shop's own, also while somebody trains. */
export function createReceiptQueue(context: ShopContext, links: Links): ReceiptQueue {
  const { stores, clock, log, register, bus } = context;
  const { providerReceipts } = stores;
  const waiting = (): readonly ProviderReceipt[] => providerReceipts.waiting(register.id);

  async function handOver({ attemptId, receiptId }: ProviderReceipt): Promise<ProviderProblem | null> {
    const receipt = stores.sales.load(receiptId);
    const question = questionOf(context, links, attemptId);
    if (!receipt || !question?.provider.sendReceipt) return notConfigured;
    const { attempt, order, provider, link } = question;
    const sold = soldReceipt(receipt, attemptId, register.name || String(register.number));
    return (await provider.sendReceipt?.(link, order, attempt.data, sold)) ?? null;
  }

  /** A bug must not keep the others waiting: it counts as an answer that nobody understands. */
  async function tried(receipt: ProviderReceipt): Promise<ProviderProblem | null> {
    try {
      return await handOver(receipt);
    } catch (error) {
      log.error('a receipt could not be made for its provider', { attempt: receipt.attemptId, error: error instanceof Error ? error.stack : String(error) });
      return { code: 'protocol' };
    }
  }

  /** The journal keeps how it ended; tries in between are the log's. */
  function entriesOf({ state, attemptId, receiptId, tries, problem }: ProviderReceipt): readonly JournalDraft[] {
    if (state === 'waiting') return [];
    const detail = { attempt: attemptId, tries, problem: problem?.code, providerCode: problem?.providerCode };
    return [journalEntry(context, null, state === 'sent' ? 'app-receipt-sent' : 'app-receipt-refused', detail, receiptId)];
  }

  function keep(receipt: ProviderReceipt, entries: readonly JournalDraft[]): void {
    providerReceipts.save(receipt, entries);
    bus.publish('provider-receipt.changed', { receiptId: receipt.receiptId });
  }

  async function sendOne(receipt: ProviderReceipt, life: Life): Promise<void> {
    const problem = await tried(receipt);
    if (life.closed()) return;
    // A person may have had it queued anew meanwhile; the answer is as good for that one.
    const after = afterTry(providerReceipts.byAttempt(receipt.attemptId) ?? receipt, problem, clock.nowMs());
    if (problem) log.warn('a receipt was not taken by its provider', { attempt: receipt.attemptId, problem: problem.code, providerCode: problem.providerCode, tries: after.tries });
    keep(after, entriesOf(after));
  }

  async function round(life: Life): Promise<void> {
    const next = (): ProviderReceipt | undefined => (life.ending() || context.training() ? undefined : waiting().find((one) => isDue(one, clock.nowMs())));
    for (let due = next(); due; due = next()) await sendOne(due, life);
  }

  function nextAtMs(): number | null {
    const [first] = waiting();
    if (!first) return null;
    return context.training() ? clock.nowMs() + whileTrainingMs : Date.parse(first.nextTryAt);
  }

  function makeDue(): boolean {
    const all = waiting();
    const now = isoInstant(clock.nowMs());
    if (all.length > 0) stores.transaction(() => all.forEach((one) => providerReceipts.save({ ...one, nextTryAt: now }, [])));
    return all.length > 0;
  }

  // Whatever kept them waiting may have been mended while the program was off.
  makeDue();
  const background = startBackground(context, { name: 'receipts to providers', nextAtMs, round });

  return {
    wanted: (payments) => payments.filter(({ provider }) => provider.sendReceipt !== undefined).map(({ attemptId }) => attemptId),
    queue(sale, attemptIds) {
      for (const attemptId of attemptIds) providerReceipts.save(queuedReceipt({ attemptId, receiptId: sale.id, registerId: register.id }, clock.nowMs()), []);
    },
    wake: background.wake,
    again(attemptId, staffId) {
      const before = providerReceipts.byAttempt(attemptId);
      if (!before || before.state === 'sent') return null;
      const anew = queuedAnew(before, clock.nowMs());
      keep(anew, [journalEntry(context, staffId, 'app-receipt-again', { attempt: attemptId }, before.receiptId)]);
      background.wake();
      return anew;
    },
    mended() {
      if (makeDue()) background.wake();
    },
    close: background.close,
  };
}
