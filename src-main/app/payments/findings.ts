import { fail, type Result } from '../../contract/errors.ts';
import type { ParsedInput } from '../../contract/index.ts';
import type { PaymentView } from '../../contract/payment.ts';
import type { PaymentProvider, ProviderLink, Stray } from '../../core/payments/provider.ts';
import type { PaymentOrder } from '../../core/payments/order.ts';
import { totalsOf } from '../../core/sales/totals.ts';
import type { Attempt, FoundPayment, Receipt } from '../../core/sales/model.ts';
import { journalEntry, type ShopContext } from '../context.ts';
import type { Counter } from '../counter.ts';
import type { Session } from '../session.ts';
import type { Links } from './links.ts';

/** What dealing with a found payment needs of those who run payments. */
type Runs = {
  attemptOf(input: { readonly requestId: string; readonly tenderId: string; readonly amountMinor: number }, kind: string, receipt: Receipt): Attempt;
  begin(receipt: Receipt, attempt: Attempt, how: 'begin' | 'adopt'): Result<PaymentView>;
  viewNow(attemptId: string): Result<PaymentView>;
  stray(met: Stray, by: Attempt): void;
  busy(receiptId: string): boolean;
};

/** How long the provider may take to end a payment that was found, ms. */
const patienceMs = 20_000;

/** Goes by the name that the provider knows it by. */
function adopted(fresh: Attempt, { ownReference, data }: FoundPayment): Attempt {
  const reference = ownReference || fresh.reference;
  return { ...fresh, data, reference, order: fresh.order && { ...fresh.order, reference } };
}

/**
 * Another payment that stands in ours' place at the provider: left there by a copy of this register, or by a database that was
 * restored. People choose: end it there and ask for ours, or go on with it as ours.
 */
export function createFindings(context: ShopContext, session: Session, counter: Counter, links: Links, runs: Runs) {
  const { stores, clock } = context;

  const pause = (ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve));

  /** Ends it and asks once more what became of it. True: it is gone, or its money has become a task. */
  async function end(provider: PaymentProvider, link: ProviderLink, order: PaymentOrder, found: FoundPayment, by: Attempt): Promise<boolean> {
    const endMs = clock.monotonicMs() + patienceMs;
    while (clock.monotonicMs() < endMs) {
      await provider.cancel(link, order, found.data);
      const answer = await provider.poll(link, order, found.data);
      if (answer.kind === 'ended' || answer.kind === 'refused') return true;
      if (answer.kind === 'approved') await provider.release?.(link, order, answer.data);
      if (answer.kind === 'paid') {
        runs.stray({ ownReference: answer.ownReference ?? '', reference: answer.reference, amountMinor: answer.amountMinor, currency: answer.currency }, by);
        return true;
      }
      await pause(provider.capabilities.pollEveryMs);
    }
    return false;
  }

  async function resolve({ attemptId, what, requestId }: ParsedInput<'payment.found'>): Promise<Result<PaymentView>> {
    const again = stores.sales.attemptByRequest(requestId);
    if (again) return runs.viewNow(again.id);
    const attempt = stores.sales.attempt(attemptId);
    const provider = attempt ? links.provider(attempt.tenderKind) : null;
    const link = attempt ? links.link(attempt.tenderKind, attempt.terminalId) : null;
    if (!attempt?.found || !attempt.order || !provider || !link) return fail('payment-unknown');
    const { found, order } = attempt;
    if (what === 'take-over' && found.amountMinor !== attempt.amountMinor) return fail('payment-unknown');
    const detail = { attempt: attempt.id, reference: found.reference, what };
    stores.journal.append([journalEntry(context, session.staffId(), 'payment-found', detail, attempt.receiptId)]);
    if (what === 'cancel' && !(await end(provider, link, order, found, attempt))) return fail('unreachable');
    // Time has passed: the counter may have gone on to something else.
    const receipt = counter.onCounter();
    if (receipt?.id !== attempt.receiptId || runs.busy(receipt.id) || totalsOf(receipt).dueMinor < attempt.amountMinor) return fail('payment-unknown');
    const { tenderId, tenderKind, amountMinor } = attempt;
    const fresh = runs.attemptOf({ requestId, tenderId, amountMinor }, tenderKind, receipt);
    return what === 'cancel' ? runs.begin(receipt, fresh, 'begin') : runs.begin(receipt, adopted(fresh, found), 'adopt');
  }

  return { resolve };
}
