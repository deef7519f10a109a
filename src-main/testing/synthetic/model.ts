import { createHmac } from 'node:crypto';
import type { CustomerAction, CustomerAnswer, LedgerEntry, SandboxModel, WireAnswer, WireRequest } from '../../sandboxes/shared/types.ts';
import type { Shape } from './shapes.ts';
import { freshState, isOpen, leftOf, type Payment, type State } from './state.ts';

const json = (status: number, value: object): WireAnswer => ({ status, type: 'application/json', body: JSON.stringify(value) });
const problem = (status: number, code: string): WireAnswer => json(status, { code });

/** What the customer's application shows: everything about the payment, signed. */
export function proofOf(state: State, payment: Payment): string {
  const content = Buffer.from(JSON.stringify({ id: payment.id, amountMinor: payment.amountMinor, currency: payment.currency })).toString('base64url');
  return `${content}.${createHmac('sha256', state.key).update(content).digest('base64url')}`;
}

function told({ id, reference, terminal, status, amountMinor, tipMinor, currency }: Payment): object {
  return { id, reference, terminal, status, amountMinor: amountMinor + tipMinor, tipMinor, currency };
}

const nextId = (state: State, kind: string): string => `${kind}-${String((state.lastId += 1)).padStart(6, '0')}`;

function begin(shape: Shape, state: State, body: Record<string, unknown>, nowMs: number): WireAnswer {
  const { reference, terminal, amountMinor, currency } = body;
  const wantsAmount = !shape.prepares;
  if (typeof reference !== 'string' || !/^[\w-]{1,60}$/.test(reference) || typeof terminal !== 'string') return problem(400, 'malformed');
  if (wantsAmount && !(Number.isSafeInteger(amountMinor) && Number(amountMinor) > 0 && currency === 'EUR')) return problem(400, 'malformed');
  const same = state.payments.find((one) => one.reference === reference);
  if (same) return shape.idempotent && (!wantsAmount || same.amountMinor === amountMinor) ? json(200, told(same)) : problem(409, 'reference-used');
  const open = state.payments.find((one) => one.terminal === terminal && isOpen(one));
  if (shape.exclusive && open) return json(409, { code: 'terminal-busy', other: told(open) });
  const payment: Payment = {
    id: nextId(state, shape.kind),
    reference,
    terminal,
    foreign: body['foreign'] === true,
    amountMinor: wantsAmount ? Number(amountMinor) : 0,
    tipMinor: 0,
    currency: 'EUR',
    status: shape.prepares ? 'prepared' : 'pending',
    endsMs: nowMs + shape.expiresMs,
    at: new Date(nowMs).toISOString(),
  };
  state.payments.push(payment);
  return json(200, { ...told(payment), ...(shape.kind === 'handed' ? { handOver: `synthetic-pay://pay?token=${payment.id}` } : {}) });
}

function ready(payment: Payment, body: Record<string, unknown>): WireAnswer {
  if (!(Number.isSafeInteger(body['amountMinor']) && Number(body['amountMinor']) > 0 && body['currency'] === payment.currency)) return problem(400, 'malformed');
  if (payment.status !== 'prepared') return payment.amountMinor === body['amountMinor'] ? json(200, told(payment)) : problem(409, 'state');
  payment.amountMinor = Number(body['amountMinor']);
  payment.status = 'pending';
  return json(200, told(payment));
}

/** What may be asked of a payment that is known, by the last part of the path. */
function order(payment: Payment, verb: string, body: Record<string, unknown>): WireAnswer {
  switch (verb) {
    case 'ready':
      return ready(payment, body);
    case 'cancel':
      if (payment.status === 'confirming') return problem(409, 'confirming');
      if (isOpen(payment)) payment.status = 'cancelled';
      return payment.status === 'cancelled' ? json(200, told(payment)) : problem(409, 'state');
    case 'capture':
      if (payment.status === 'reserved') payment.status = 'captured';
      return payment.status === 'captured' ? json(200, told(payment)) : problem(409, 'state');
    case 'release':
      if (payment.status === 'reserved') payment.status = 'released';
      return payment.status === 'released' ? json(200, told(payment)) : problem(409, 'state');
    default:
      return problem(404, 'unknown');
  }
}

function refund(shape: Shape, state: State, body: Record<string, unknown>, nowMs: number): WireAnswer {
  const { reference, payment: id, amountMinor, phone } = body;
  const payment = state.payments.find((one) => one.id === id);
  if (typeof reference !== 'string' || !Number.isSafeInteger(amountMinor) || Number(amountMinor) < 1) return problem(400, 'malformed');
  if (shape.capabilities.refund?.asks && !(typeof phone === 'string' && /^\d{6,12}$/.test(phone))) return problem(400, 'malformed');
  const same = state.refunds.find((one) => one.reference === reference);
  if (same) return same.amountMinor === amountMinor ? json(200, same) : problem(409, 'reference-used');
  if (payment?.status !== 'captured') return problem(404, 'unknown');
  if (leftOf(state, payment) < Number(amountMinor)) return problem(409, 'too-much');
  const made = {
    id: nextId(state, 'refund'),
    reference,
    payment: payment.id,
    amountMinor: Number(amountMinor),
    status: shape.refundsInTwo ? ('reserved' as const) : shape.refundsLater ? ('pending' as const) : ('refunded' as const),
    dueMs: nowMs + 3_000,
    at: new Date(nowMs).toISOString(),
  };
  state.refunds.push(made);
  return json(200, made);
}

function handle(shape: Shape, state: State, request: WireRequest, nowMs: number): WireAnswer {
  if (request.headers['authorization'] !== `Key ${state.key}`) return problem(401, 'key');
  let body: Record<string, unknown>;
  try {
    body = (request.body === '' ? {} : JSON.parse(request.body)) as Record<string, unknown>;
  } catch {
    return problem(400, 'malformed');
  }
  const [, what = '', by = '', verb = ''] = request.path.split('/');
  if (what === 'payments') {
    if (by === '') return request.method === 'POST' ? begin(shape, state, body, nowMs) : problem(404, 'unknown');
    const payment = state.payments.find((one) => one.id === by || (verb === 'by-reference' && one.reference === by));
    if (!payment) return problem(404, 'unknown');
    return request.method === 'GET' ? json(200, told(payment)) : order(payment, verb, body);
  }
  if (what !== 'refunds') return problem(404, 'unknown');
  if (by === '') return refund(shape, state, body, nowMs);
  const found = state.refunds.find((one) => one.id === by || (verb === 'by-reference' && one.reference === by));
  if (!found) return problem(404, 'unknown');
  if (verb === 'capture' && found.status === 'reserved') found.status = 'refunded';
  return json(200, found);
}

/** What the customer does. `ref` is the terminal. `pay`: in the application, before the till is asked; the answer is the proof. */
function customer(shape: Shape, state: State, { action, ref = '', ...more }: CustomerAction, nowMs: number): CustomerAnswer {
  if (action === 'foreign') {
    const answer = begin(shape, state, { reference: `foreign-${state.lastId}`, terminal: ref, amountMinor: more['amountMinor'], currency: 'EUR', foreign: true }, nowMs);
    const made = state.payments.at(-1);
    if (answer.status !== 200 || !made) return { ok: false, error: answer.body };
    if (shape.prepares) ready(made, { amountMinor: more['amountMinor'], currency: 'EUR' });
    return { ok: true };
  }
  if (action === 'pay') {
    const payment: Payment = { id: nextId(state, shape.kind), reference: '', terminal: ref, foreign: false, amountMinor: Number(more['amountMinor']), tipMinor: 0, currency: 'EUR', status: 'captured', endsMs: nowMs, at: new Date(nowMs).toISOString() };
    state.payments.push(payment);
    return { ok: true, proof: proofOf(state, payment), reference: payment.id };
  }
  const payment = state.payments.findLast((one) => one.terminal === ref && (one.status === 'pending' || one.status === 'confirming'));
  if (!payment) return { ok: false, error: 'there is nothing to pay here' };
  switch (action) {
    case 'confirm':
      payment.status = 'confirming';
      break;
    case 'decline':
    case 'cancel':
      payment.status = 'declined';
      break;
    case 'approve':
      payment.status = shape.holds ? 'reserved' : 'captured';
      payment.at = new Date(nowMs).toISOString();
      if (shape.capabilities.tips) payment.tipMinor = Number(more['tipMinor'] ?? 0);
      // A provider that gets it wrong: not what was asked for.
      if (typeof more['amountMinor'] === 'number') payment.amountMinor = more['amountMinor'];
      break;
    default:
      return { ok: false, error: `the customer can't ${action}` };
  }
  return { ok: true, reference: payment.reference, status: payment.status };
}

function ledgerOf(shape: Shape, state: State): readonly LedgerEntry[] {
  const provider = shape.kind;
  const taken = state.payments.filter((one) => one.status === 'captured');
  return [
    ...taken.map((one): LedgerEntry => ({ provider, reference: one.id, kind: 'captured', amountMinor: one.amountMinor + one.tipMinor, currency: one.currency, at: one.at, ...(one.foreign ? { foreign: true } : {}) })),
    ...state.refunds.filter((one) => one.status !== 'reserved').map((one): LedgerEntry => ({ provider, reference: one.id, kind: 'refunded', amountMinor: one.amountMinor, currency: 'EUR', at: one.at, of: one.payment })),
  ];
}

/** The stand-in of a shape: strict about what it is sent, and with the control surface that every sandbox has. */
export const syntheticModel = (shape: Shape): SandboxModel<State> => ({
  basePath: '',
  fresh: (before) => freshState(before?.key ?? 'made-up-key'),
  configure(state, input) {
    const { key } = input as { readonly key?: unknown };
    if (typeof key !== 'string') return 'key is a text';
    state.key = key;
    return null;
  },
  operationOf({ method, path }) {
    const [, what = '', by = '', verb = ''] = path.split('/');
    const name = verb === '' || verb === 'by-reference' ? (method === 'GET' ? 'get' : 'post') : verb;
    return by === '' ? `${what}-post` : `${what}-${name}`;
  },
  handle: (state, request, nowMs) => handle(shape, state, request, nowMs),
  tick(state, nowMs) {
    for (const payment of state.payments) if (isOpen(payment) && nowMs >= payment.endsMs) payment.status = 'expired';
    for (const one of state.refunds) if (one.status === 'pending' && nowMs >= one.dueMs) one.status = 'refunded';
  },
  customer: (state, action, nowMs) => customer(shape, state, action, nowMs),
  view: (state) => ({ payments: state.payments, refunds: state.refunds, credentials: { key: state.key }, ledger: ledgerOf(shape, state) }),
  page: () => Promise.resolve(null),
});
