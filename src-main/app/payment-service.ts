import { fail, ok, type Result } from '../contract/errors.ts';
import type { ParsedInput } from '../contract/index.ts';
import type { PaymentView } from '../contract/payment.ts';
import { minor } from '../core/money.ts';
import { cashStepOf } from '../core/countries/index.ts';
import { payImmediately, takeBack, type ImmediateOutcome } from '../core/payments/immediate.ts';
import type { TenderKind } from '../core/payments/tenders.ts';
import type { Receipt } from '../core/sales/model.ts';
import { totalsOf } from '../core/sales/totals.ts';
import { completionOf, journalEntry, nowIso, type ShopContext } from './context.ts';
import type { Counter } from './counter.ts';
import type { CallsOf, Handlers } from './handlers.ts';
import type { ClosedDrawer } from './printers/closed-drawer.ts';
import type { ReceiptPrinting } from './receipt-printing.ts';
import type { ProviderPayments } from './payments/provider-payments.ts';
import { paymentView } from './payments/views.ts';
import type { Session } from './session.ts';

type Parts = { readonly printing: ReceiptPrinting; readonly provided: ProviderPayments; readonly closedDrawer: ClosedDrawer };

/** Takes payments for the receipt on the counter. Providers' payments join here through the registry of tenders. */
export function createPaymentService(
  context: ShopContext,
  session: Session,
  counter: Counter,
  { printing, provided, closedDrawer }: Parts,
): Handlers<CallsOf<'payment'> | 'customer.tell'> {
  const { stores, ids, bus, tenderKinds } = context;

  /** A second tap on Pay is the same attempt: it gets the first one's answer. */
  function answered(requestId: string): PaymentView | null {
    const attempt = stores.sales.attemptByRequest(requestId);
    const receipt = attempt ? stores.sales.load(attempt.receiptId) : null;
    if (!attempt || !receipt) return null;
    return attempt.order ? provided.view(attempt) : paymentView(attempt, receipt);
  }

  function usableKind(tenderId: string): Result<TenderKind> {
    const tender = counter.tender(tenderId);
    if (!tender) return fail('tender-unknown');
    const kind = tenderKinds.get(tender.kind);
    if (!kind || !tender.usable) return fail('tender-not-usable', { reason: tender.reason ?? 'not-registered' });
    return ok(kind);
  }

  function outcomeOf(input: ParsedInput<'payment.start'>, kind: TenderKind): Result<ImmediateOutcome> {
    return payImmediately(counter.receipt(session.staffId()), {
      requestId: input.requestId,
      tenderId: input.tenderId,
      kind,
      amountMinor: minor(input.amountMinor),
      givenMinor: input.givenMinor === undefined ? null : minor(input.givenMinor),
      reference: input.reference ?? '',
      cashStepMinor: cashStepOf(context.shop()),
      at: nowIso(context),
      attemptId: ids.next(),
      paymentPostId: ids.next(),
      changePostId: ids.next(),
    });
  }

  const movesCash = (receipt: Receipt): boolean =>
    receipt.posts.some((post) => tenderKinds.get(post.tenderKind)?.proof === 'cash' && post.amountMinor !== 0);

  /** Number, posts, attempt and journal are one transaction: a completed receipt without its number can't exist. */
  function commit(outcome: ImmediateOutcome): Receipt {
    const { receipt, attempt, newPosts, completed } = outcome;
    const staffId = session.staffId();
    const paid = journalEntry(
      context,
      staffId,
      completed ? completionOf(receipt) : 'part-paid',
      { tender: attempt.tenderId, amountMinor: attempt.amountMinor, currency: attempt.currency },
      receipt.id,
    );
    const opens = completed && movesCash(receipt) && receipt.kind !== 'training';
    const drawer = journalEntry(context, staffId, 'drawer-opened', { sale: true }, receipt.id);
    const stored: Receipt = completed ? { ...receipt, printState: printing.stateAfterSale() } : receipt;
    const number = counter.commit({
      receipt: stored,
      attempts: [attempt],
      newPosts,
      assignNumber: completed,
      journal: opens ? [paid, drawer] : [paid],
      thanks: (receiptNumber) => ({
        kind: 'thanks',
        currency: attempt.currency,
        totalMinor: totalsOf(stored).totalMinor,
        givenMinor: attempt.givenMinor,
        changeMinor: attempt.changeMinor,
        receiptNumber,
        receiptText: null,
      }),
    });
    if (opens) context.drawer.open();
    return { ...stored, number };
  }

  /** Steers an unfinished payment; one that has just ended answers with how it ended. */
  function steered(attemptId: string, steer: (attemptId: string) => boolean): Result<PaymentView> {
    steer(attemptId);
    const attempt = stores.sales.attempt(attemptId);
    const view = attempt?.order ? provided.view(attempt) : null;
    return view ? ok(view) : fail('payment-unknown');
  }

  return {
    'payment.start': (input) => {
      const before = answered(input.requestId);
      if (before) return ok(before);
      if (provided.runner.of(counter.receipt(session.staffId()).id)) return fail('payment-active');
      const open = closedDrawer.refusal();
      if (open) return open;
      const kind = usableKind(input.tenderId);
      if (!kind.ok) return kind;
      if (kind.value.proof === 'provider') return provided.start(input, kind.value.kind);
      if (kind.value.proof === 'scanned') return provided.prove(input, kind.value.kind);
      const outcome = outcomeOf(input, kind.value);
      if (!outcome.ok) return outcome;
      const receipt = commit(outcome.value);
      const view = paymentView(outcome.value.attempt, receipt);
      bus.publish('payment.changed', view);
      if (view.completed) printing.printAfterSale(receipt.id);
      return ok(view);
    },
    'payment.ask-customer': (input) => {
      const open = closedDrawer.refusal();
      if (open) return open;
      const kind = usableKind(input.tenderId);
      if (!kind.ok) return kind;
      return kind.value.proof === 'provider' ? provided.ask(input, kind.value.kind) : fail('nothing-asked');
    },
    'payment.stop-asking': () => {
      provided.stopAsking();
      return ok({});
    },
    'customer.tell': ({ told }) => {
      const started = provided.tell(told);
      return started.ok ? ok({}) : started;
    },
    'payment.current': () => ok(provided.current()),
    'payment.again': ({ attemptId }) => steered(attemptId, provided.runner.again),
    'payment.cancel': ({ attemptId }) => steered(attemptId, provided.runner.cancel),
    'payment.decide': provided.decide,
    'payment.carry-over': provided.carryOver,
    'payment.found': provided.found,
    'payment.remove': ({ postId, approval }) => {
      const before = counter.receipt(session.staffId());
      if (provided.runner.of(before.id)) return fail('payment-active');
      if (context.links().goingBack(before)) return fail('payment-going-back');
      const undone = takeBack(before, postId, { id: ids.next(), at: nowIso(context) }, (kind) => tenderKinds.get(kind));
      if (!undone.ok) return undone;
      const allowed = session.authorise('payment-remove', approval);
      if (!allowed.ok) return allowed;
      const { receipt, newPosts } = undone.value;
      const attempt = stores.sales.attempt(newPosts[0]?.attemptId ?? '');
      // A proof that is taken off was never used: its customer may show it again.
      const freed = attempt && tenderKinds.get(attempt.tenderKind)?.proof === 'scanned' ? [{ ...attempt, proofReleasedAt: nowIso(context) }] : [];
      const detail = { amountMinor: newPosts[0]?.amountMinor, approvedBy: allowed.value.approvedBy };
      const journal = [journalEntry(context, session.staffId(), 'payment-taken-back', detail, receipt.id)];
      counter.commit({ receipt, attempts: freed, newPosts, journal });
      return ok({ revision: receipt.revision });
    },
  };
}
