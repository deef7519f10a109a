import type { WireAnswer, WireRequest } from '../shared/types.ts';
import { ecomError, gatewayError, problemAnswer, tooMany } from './answers.ts';
import type { Call } from './call.ts';
import { image } from './codes.ts';
import * as epayment from './epayment.ts';
import { callerOf, systemRefusal, type Wants } from './gateway.ts';
import { countCall } from './limits.ts';
import type { State } from './state.ts';
import { giveToken } from './tokens.ts';

type Open = (state: State, request: WireRequest, nowMs: number) => WireAnswer;
type Guarded = { readonly wants: Wants; readonly act: (call: Call) => WireAnswer; /** How a body that is no JSON is refused. */ readonly api: 'epayment' | 'ecom' | 'other' };
type Route = { readonly operation: string; readonly method: string; readonly path: RegExp } & ({ readonly open: Open } | Guarded);

const epaymentWants = { wants: { serialNumber: true, subscriptionKey: true, body: false }, api: 'epayment' } as const;
const epaymentBody = { wants: { serialNumber: true, subscriptionKey: true, body: true }, api: 'epayment' } as const;
const onPayment = (rest: string): RegExp => new RegExp(`^/epayment/v1/payments/([^/]+)${rest}$`);

const routes: readonly Route[] = [
  // The vendor's own files write this path in two ways (Vipps, section 2).
  { operation: 'token', method: 'POST', path: /^\/accesstoken\/get$/i, open: (state, request, nowMs) => systemRefusal(request) ?? giveToken(state, request, nowMs) },
  { operation: 'qr-image', method: 'GET', path: /^\/generate\/qr\.(?:png|svg)$/, open: image },
  { operation: 'create', method: 'POST', path: /^\/epayment\/v1\/payments$/, ...epaymentBody, act: epayment.create },
  { operation: 'get', method: 'GET', path: onPayment(''), ...epaymentWants, act: epayment.get },
  { operation: 'events', method: 'GET', path: onPayment('/events'), ...epaymentWants, act: epayment.events },
  { operation: 'capture', method: 'POST', path: onPayment('/capture'), ...epaymentBody, act: epayment.capturePayment },
  { operation: 'refund', method: 'POST', path: onPayment('/refund'), ...epaymentBody, act: epayment.refundPayment },
  { operation: 'cancel', method: 'POST', path: onPayment('/cancel'), ...epaymentWants, act: epayment.cancelPayment },
  { operation: 'approve', method: 'POST', path: /^\/epayment\/v1\/test\/payments\/([^/]+)\/approve$/, ...epaymentBody, act: epayment.approve },
];

const routeOf = ({ method, path }: WireRequest): Route | null => routes.find((one) => one.method === method && one.path.test(path)) ?? null;

export const operationOf = (request: WireRequest): string => routeOf(request)?.operation ?? 'unknown';

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function notJson(api: Guarded['api'], path: string): WireAnswer {
  if (api === 'epayment') return problemAnswer({ status: 400, title: 'The body is not JSON' }, path);
  // eCom answers nearly every broken request with its internal error (Vipps, section 7.1).
  return api === 'ecom' ? ecomError('VippsError', '99', 'The request can not be read', 500) : gatewayError(400, 'The body is not JSON.');
}

/** A reference that stands in the body, for the calls that make one. */
function referenceIn(body: unknown): string {
  const { reference, transaction } = (body ?? {}) as { readonly reference?: unknown; readonly transaction?: { readonly orderId?: unknown } | null };
  return String(reference ?? transaction?.orderId ?? '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** One request to whatever interface its path belongs to. */
export function handle(state: State, request: WireRequest, nowMs: number): WireAnswer {
  const route = routeOf(request);
  if (!route) return gatewayError(404, 'There is no such resource.');
  if ('open' in route) return route.open(state, request, nowMs);
  const caller = callerOf(state, request, route.wants, nowMs);
  if ('status' in caller) return caller;
  const body = request.body === '' ? undefined : parsed(request.body);
  if (request.body !== '' && body === undefined) return notJson(route.api, request.path);
  const named = route.path.exec(request.path)?.[1];
  const reference = named === undefined ? referenceIn(body) : decoded(named);
  const waitS = countCall(state, route.operation, reference, { msn: caller.unit.msn, key: caller.key }, nowMs);
  if (waitS !== null) return tooMany(waitS);
  return route.act({ state, request, operation: route.operation, reference, body, caller, nowMs });
}
