import { fail, ok, type Result } from '../../contract/errors.ts';
import type { ParsedInput } from '../../contract/index.ts';
import type { PaymentView } from '../../contract/payment.ts';
import type { Minor } from '../../core/money.ts';
import type { PaymentOrder } from '../../core/payments/order.ts';
import { checkProof, provedAttempt } from '../../core/payments/proof.ts';
import type { Attempt, Receipt } from '../../core/sales/model.ts';
import { nowIso, type ShopContext } from '../context.ts';
import type { Counter } from '../counter.ts';
import type { Links } from './links.ts';

/** What taking a proof needs of those who run payments. */
type Runs = {
  orderFor(receipt: Receipt, amountMinor: Minor, reference: string, at: string): PaymentOrder;
  /** Puts a paid attempt on the receipt that is on the counter. */
  book(attempt: Attempt): Attempt;
  view(attempt: Attempt): PaymentView | null;
};

/** Payments that the customer has made already and shows the proof of: read, compared, booked in one step. */
export function createProofs(context: ShopContext, counter: Counter, links: Links, staffId: () => string, runs: Runs) {
  const { stores, ids } = context;

  return {
    async prove(input: ParsedInput<'payment.start'>, kind: string): Promise<Result<PaymentView>> {
      const provider = links.provider(kind);
      const link = links.link(kind);
      if (!provider?.prove || !link) return fail('not-configured');
      if (input.proof === undefined) return fail('proof-missing');
      const { id: receiptId, revision } = counter.receipt(staffId());
      const read = await provider.prove(link, input.proof);
      if (read.kind === 'unknown') return fail(read.problem.code);
      if (read.kind === 'refused') return fail('proof-refused', { reason: read.problem.text ?? read.problem.code });
      const receipt = counter.receipt(staffId());
      // While it was read the counter may have gone on; nothing has been booked, and the proof can be shown again.
      if (receipt.id !== receiptId || receipt.revision !== revision) return fail('payment-active');
      if (stores.sales.attemptByProvider(kind, read.reference)) return fail('proof-used');
      const allowed = checkProof(receipt, read, provider.capabilities, context.shop().overPaymentCapMinor);
      if (!allowed.ok) return allowed;
      const at = nowIso(context);
      const named = { id: ids.next(), requestId: input.requestId, tenderId: input.tenderId, tenderKind: kind, accountId: link.account.id, terminalId: link.terminal?.id ?? null, at };
      const attempt = runs.book(provedAttempt(receipt, read, runs.orderFor(receipt, read.amountMinor, read.reference, at), named, receipt.currency));
      const view = runs.view(attempt);
      return view ? ok(view) : fail('payment-unknown');
    },
  };
}
