import type { ProviderProblem } from '../../contract/payment.ts';
import type { ProviderLink, RefundAnswer, RefundOrder } from '../../core/payments/provider.ts';
import { z } from 'zod';
import { read } from '../shared/json.ts';
import type { Called, Client, VippsRequest } from './client.ts';
import { changeBody, details, path as ecomPath } from './ecom-wire.ts';
import { events, modification, path } from './epayment-wire.ts';
import { memoryOf, nameOf, unitOf } from './memory.ts';

type Way = { readonly send: VippsRequest; readonly before: VippsRequest; readonly found: (json: unknown) => string | null; /** The refund's name by its answer; null where that is none of this payment's. */ readonly reference: (json: unknown) => string | null };

const modified = z.object({ reference: z.string(), pspReference: z.string() });
const refunded = z.object({ orderId: z.string(), transaction: z.object({ transactionId: z.union([z.string(), z.int()]).transform(String).nullish() }) });

/** eCom moves a krone and more (Vipps, section 3). */
const leastByEcom = 100;

/** ePayment also gives back what eCom has taken (Vipps, section 1), so that it is the way where nothing is known, and for less than a krone. */
function byEpayment(name: string, order: RefundOrder): Way {
  return {
    send: { method: 'POST', path: path(name, 'refund'), body: modification(order.amountMinor, order.currency), headers: { 'Idempotency-Key': order.reference.slice(-50) } },
    before: { method: 'GET', path: path(name, 'events') },
    found: (json) => read(events, json)?.find((one) => one.name === 'REFUNDED' && one.success && one.idempotencyKey === order.reference.slice(-50))?.pspReference ?? null,
    reference(json) {
      const answer = read(modified, json);
      return answer?.reference === name ? answer.pspReference : null;
    },
  };
}

function byEcom(name: string, unit: string, order: RefundOrder): Way {
  const id = order.reference.slice(-40);
  return {
    send: { method: 'POST', path: ecomPath(name, 'refund'), body: changeBody(unit, order.title, order.amountMinor), headers: { 'X-Request-Id': id } },
    before: { method: 'GET', path: ecomPath(name, 'details') },
    found(json) {
      const entry = read(details, json)?.transactionLogHistory.find((one) => one.operation === 'REFUND' && one.operationSuccess && one.requestId === id);
      return entry ? (entry.transactionId ?? '') : null;
    },
    reference(json) {
      const answer = read(refunded, json);
      return answer?.orderId === name ? (answer.transaction.transactionId ?? '') : null;
    },
  };
}

/** The service works on the payment just now: the same request under the same key, a little later (Vipps, section 7.3). */
const isLocked = (called: Called): boolean => called.kind === 'silent' && (called.status === 423 || called.code === '6160' || called.code === 'VippsError/94');

/** Another unit's payment looks like no payment at all: which unit was asked is what helps (Vipps, section 12). */
const ofUnit = (problem: ProviderProblem, unit: string): ProviderProblem => ({ ...problem, text: `sales unit ${unit} has no such payment`, notThere: true });

/**
 * Gives money back, of the sales unit and by the interface that took it. The key makes a repeat the same refund; how long keys are
 * remembered is not promised, so that a repeat first looks whether it has happened (Vipps, sections 8 and 16).
 */
export function createRefunds(call: Client): { refund(link: ProviderLink, order: RefundOrder): Promise<RefundAnswer> } {
  function wayOf(link: ProviderLink, order: RefundOrder): Way {
    const { data } = order.payment;
    const name = nameOf(link, order.payment.order, data);
    return memoryOf(data).api === 'ecom' && order.amountMinor >= leastByEcom ? byEcom(name, unitOf(link, data), order) : byEpayment(name, order);
  }

  return {
    async refund(link, order) {
      const way = wayOf(link, order);
      const unit = unitOf(link, order.payment.data);
      if (order.repeated) {
        const known = await call(link, { ...way.before, unit });
        if (known.kind !== 'done') return { kind: 'unknown', problem: known.problem };
        const reference = way.found(known.json);
        if (reference !== null) return { kind: 'refunded', reference };
      }
      const called = await call(link, { ...way.send, unit });
      if (called.kind === 'done') {
        // Whatever stands between may say 200 as well: what is no answer of the service proves nothing.
        const reference = way.reference(called.json);
        return reference === null ? { kind: 'unknown', problem: { code: 'protocol', text: 'a refund is not answered as it is documented' } } : { kind: 'refunded', reference };
      }
      if (isLocked(called)) return { kind: 'waiting', data: order.data };
      if (called.kind === 'silent') return called.sent || order.repeated ? { kind: 'unknown', problem: called.problem } : { kind: 'refused', problem: called.problem };
      const problem = called.notKnown ? ofUnit(called.problem, unit) : called.problem;
      // Of a repeat, only what the service says of the money proves anything of the first one.
      const proves = !order.repeated || (called.ofService && !called.notKnown && called.status !== 403);
      return { kind: proves ? 'refused' : 'unknown', problem };
    },
  };
}
