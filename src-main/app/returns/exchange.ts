import { fail, ok, type Result } from '../../contract/errors.ts';
import type { ReturnView } from '../../contract/returns.ts';
import { setOff, setOffHeld, setOffKind, setOffUndone, type SetOffSide } from '../../core/payments/set-off.ts';
import { owedOf } from '../../core/payments/pay-back.ts';
import type { JournalDraft } from '../../core/ports/stores.ts';
import type { Post, Receipt } from '../../core/sales/model.ts';
import { inExchange } from '../../core/sales/returns.ts';
import { totalsOf } from '../../core/sales/totals.ts';
import { journalEntry, nowIso, type ShopContext } from '../context.ts';
import type { Counter } from '../counter.ts';
import type { CallsOf, Handlers } from '../handlers.ts';
import type { ReceiptPrinting } from '../receipt-printing.ts';
import type { Session } from '../session.ts';

type Parts = {
  readonly session: Session;
  readonly counter: Counter;
  readonly printing: ReceiptPrinting;
  readonly found: (returnId: string) => Result<Receipt>;
  readonly shown: (receipt: Receipt) => ReturnView;
  readonly entry: (kind: string, receipt: Receipt, detail?: Readonly<Record<string, unknown>>) => JournalDraft;
  readonly running: (returnId: string) => boolean;
};

export type Exchange = {
  readonly handlers: Pick<Handlers<CallsOf<'return'>>, 'return.exchange' | 'return.set-off' | 'return.set-off-undo'>;
  /** Completes, in the transaction that completes a sale, the return that was set off against it. Answers what is done after it. */
  completing(sale: Receipt): () => void;
};

/** Exchanges: a return that waits for a new sale, both settled against each other (SE-7). */
export function createExchange(context: ShopContext, { session, counter, printing, found, shown, entry, running }: Parts): Exchange {
  const { stores, ids, register } = context;

  const waiting = (): Receipt | null => stores.returns.unfinished(register.id).find((one) => one.returned?.inExchange === true) ?? null;

  function write(receipt: Receipt, newPosts: readonly Post[], attempt: SetOffSide['attempt'] | null, journal: readonly JournalDraft[]): void {
    const completes = receipt.state === 'completed';
    stores.sales.commit({ receipt, expectRevision: receipt.revision - 1, lines: [], attempts: attempt ? [attempt] : [], newPosts, refunds: [], tasks: [], assignNumber: completes, journal });
  }

  /** The return after its sale: complete, or with what the sale left of it still to go back. */
  function ended(back: Receipt): Receipt {
    const free = inExchange(back, false);
    return owedOf(back) === 0 ? { ...free, state: 'completed', completedAt: nowIso(context), printState: printing.stateAfterSale() } : free;
  }

  function completing(sale: Receipt): () => void {
    const back = waiting();
    if (setOffHeld(sale) === 0) return () => undefined;
    if (!back || setOffHeld(back) + setOffHeld(sale) !== 0) throw new Error(`returns: the return set off against receipt ${sale.id} is not there`);
    const after = ended(back);
    write(after, [], null, [entry(after.state === 'completed' ? 'return-completed' : 'return-exchanged', after, { sale: sale.id })]);
    return () => {
      shown(stores.sales.load(after.id) ?? after);
      if (after.state === 'completed') printing.printAfterSale(after.id);
    };
  }

  function exchange(returnId: string, on: boolean): Result<ReturnView> {
    const before = found(returnId);
    if (!before.ok) return before;
    if (before.value.state !== 'paying' || before.value.returned?.inExchange === on || running(returnId)) return fail('return-under-way');
    if (!on && setOffHeld(before.value) !== 0) return fail('return-under-way');
    if (on && (owedOf(before.value) === 0 || before.value.returned?.purpose !== 'goods' || waiting())) return fail('return-exchange-busy');
    const changed = inExchange(before.value, on);
    write(changed, [], null, [entry(on ? 'return-exchange' : 'return-exchange-ended', changed)]);
    return ok(shown(changed));
  }

  function settle(requestId: string): Result<ReturnView> {
    const back = waiting();
    const already = stores.sales.attemptByRequest(requestId);
    if (already) {
      const pair = stores.sales.attemptByRequest(`${requestId}-back`);
      const receipt = pair ? stores.sales.load(pair.receiptId) : null;
      return receipt ? ok(shown(receipt)) : fail('return-unknown');
    }
    const sale = counter.onCounter();
    if (!back || !sale) return fail('return-unknown');
    if (context.links().payment(sale.id) !== null) return fail('payment-active');
    if (context.links().goingBack(sale)) return fail('payment-going-back');
    const at = nowIso(context);
    const done = setOff(sale, back, { requestId, at, newId: ids.next });
    if (!done.ok) return done;
    const { sale: paid, back: given, saleCompleted } = done.value;
    const detail = { tender: setOffKind, amountMinor: paid.post.amountMinor, currency: sale.currency };
    const receipt: Receipt = saleCompleted ? { ...paid.receipt, printState: printing.stateAfterSale() } : paid.receipt;
    counter.commit({
      receipt,
      attempts: [paid.attempt],
      newPosts: [paid.post],
      assignNumber: saleCompleted,
      journal: [journalEntry(context, session.staffId(), saleCompleted ? 'sale-completed' : 'part-paid', detail, sale.id)],
      thanks: (receiptNumber) => ({ kind: 'thanks', currency: sale.currency, totalMinor: totalsOf(sale).totalMinor, givenMinor: paid.post.amountMinor, changeMinor: 0, receiptNumber, receiptText: null }),
      // The return's side, and the pair, are of the same moment; where the sale is completed its completion comes after them.
      also: () => {
        write(given.receipt, [given.post], given.attempt, [entry('return-part', given.receipt, { ...detail, amountMinor: given.post.amountMinor, sale: sale.id })]);
        stores.returns.setOff(given.post.id, paid.post.id);
      },
    });
    if (saleCompleted) printing.printAfterSale(sale.id);
    const after = found(back.id);
    return after.ok ? ok(shown(after.value)) : after;
  }

  function undo(): Result<ReturnView> {
    const back = waiting();
    const sale = counter.onCounter();
    if (!back || !sale || context.links().payment(sale.id) !== null) return fail('return-unknown');
    const names = { at: nowIso(context), newId: ids.next };
    const onSale = setOffUndone(sale, names);
    const onReturn = setOffUndone(back, names);
    if (!onSale.ok) return onSale;
    if (!onReturn.ok) return onReturn;
    // A return whose parts are undone still waits for its money.
    const receipt: Receipt = { ...onReturn.value.receipt, state: 'paying' };
    const [salePost] = onSale.value.newPosts;
    const [returnPost] = onReturn.value.newPosts;
    counter.commit({
      ...onSale.value,
      journal: [journalEntry(context, session.staffId(), 'payment-taken-back', { tender: setOffKind, amountMinor: salePost?.amountMinor }, sale.id)],
      also: () => {
        write(receipt, onReturn.value.newPosts, null, [entry('return-part', receipt, { tender: setOffKind, amountMinor: returnPost?.amountMinor })]);
        if (salePost && returnPost) stores.returns.setOff(returnPost.id, salePost.id);
      },
    });
    return ok(shown(receipt));
  }

  return {
    completing,
    handlers: {
      'return.exchange': ({ returnId, on }) => exchange(returnId, on),
      'return.set-off': ({ requestId }) => settle(requestId),
      'return.set-off-undo': () => undo(),
    },
  };
}
