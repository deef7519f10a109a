import type { WireAnswer, WireRequest } from '../shared/types.ts';
import { ecomError, gatewayError, problemAnswer, tooMany } from './answers.ts';
import type { Call } from './call.ts';
import { image } from './codes.ts';
import * as ecom from './ecom.ts';
import { initiate } from './ecom-initiate.ts';
import * as epayment from './epayment.ts';
import { callerOf, systemRefusal, type Wants } from './gateway.ts';
import { countCall } from './limits.ts';
import { salesUnit, userinfo } from './management.ts';
import * as orders from './orders.ts';
import { oneTimeCode } from './qr.ts';
import * as reports from './reports.ts';
import type { State } from './state.ts';
import { giveToken } from './tokens.ts';

type Open = (state: State, request: WireRequest, nowMs: number) => WireAnswer;
type Guarded = { readonly wants: Wants; readonly act: (call: Call) => WireAnswer; /** How a body that is no JSON is refused. */ readonly api: 'epayment' | 'ecom' | 'other' };
type Route = { readonly operation: string; readonly method: string; readonly path: RegExp } & ({ readonly open: Open } | Guarded);

const payments = { serialNumber: 'always', subscriptionKey: true, body: false } as const;
const withBody = { ...payments, body: true } as const;
/** Interfaces that believe the keys where no unit is named; partners name one all the same. */
const loose = { ...withBody, serialNumber: 'partners' } as const;
const looseRead = { ...loose, body: false } as const;
/** These don't ask for a subscription key in their descriptions, or are told both ways (Vipps, section 11). */
const keyless = { serialNumber: 'nobody', subscriptionKey: false, body: false } as const;

const onPayment = (rest: string): RegExp => new RegExp(`^/epayment/v1/payments/([^/]+)${rest}$`);
const onOrder = (rest: string): RegExp => new RegExp(`^/ecomm/v2/payments/([^/]+)/${rest}$`);

const routes: readonly Route[] = [
  // The vendor's own files write this path in two ways (Vipps, section 2).
  { operation: 'token', method: 'POST', path: /^\/accesstoken\/get$/i, open: (state, request, nowMs) => systemRefusal(request) ?? giveToken(state, request, nowMs) },
  { operation: 'qr-image', method: 'GET', path: /^\/generate\/qr\.(?:png|svg)$/, open: image },
  { operation: 'create', method: 'POST', path: /^\/epayment\/v1\/payments$/, api: 'epayment', wants: withBody, act: epayment.create },
  { operation: 'get', method: 'GET', path: onPayment(''), api: 'epayment', wants: payments, act: epayment.get },
  { operation: 'events', method: 'GET', path: onPayment('/events'), api: 'epayment', wants: payments, act: epayment.events },
  { operation: 'capture', method: 'POST', path: onPayment('/capture'), api: 'epayment', wants: withBody, act: epayment.capturePayment },
  { operation: 'refund', method: 'POST', path: onPayment('/refund'), api: 'epayment', wants: withBody, act: epayment.refundPayment },
  { operation: 'cancel', method: 'POST', path: onPayment('/cancel'), api: 'epayment', wants: payments, act: epayment.cancelPayment },
  { operation: 'approve', method: 'POST', path: /^\/epayment\/v1\/test\/payments\/([^/]+)\/approve$/, api: 'epayment', wants: withBody, act: epayment.approve },
  { operation: 'ecom-initiate', method: 'POST', path: /^\/ecomm\/v2\/payments\/?$/, api: 'ecom', wants: loose, act: initiate },
  { operation: 'ecom-details', method: 'GET', path: onOrder('details'), api: 'ecom', wants: looseRead, act: ecom.details },
  { operation: 'ecom-capture', method: 'POST', path: onOrder('capture'), api: 'ecom', wants: loose, act: ecom.captureOrder },
  { operation: 'ecom-cancel', method: 'PUT', path: onOrder('cancel'), api: 'ecom', wants: loose, act: ecom.cancelOrder },
  { operation: 'ecom-refund', method: 'POST', path: onOrder('refund'), api: 'ecom', wants: loose, act: ecom.refundOrder },
  { operation: 'ecom-approve', method: 'POST', path: /^\/ecomm\/v2\/integration-test\/payments\/([^/]+)\/approve$/, api: 'ecom', wants: loose, act: ecom.approveOrder },
  { operation: 'qr', method: 'POST', path: /^\/qr\/v1\/?$/, api: 'other', wants: loose, act: oneTimeCode },
  { operation: 'receipt', method: 'POST', path: /^\/order-management\/v2\/[^/]+\/receipts\/([^/]+)$/, api: 'other', wants: withBody, act: orders.addReceipt },
  { operation: 'category', method: 'PUT', path: /^\/order-management\/v2\/[^/]+\/categories\/([^/]+)$/, api: 'other', wants: withBody, act: orders.putCategory },
  { operation: 'order', method: 'GET', path: /^\/order-management\/v2\/[^/]+\/([^/]+)$/, api: 'other', wants: payments, act: orders.getOrder },
  { operation: 'ledgers', method: 'GET', path: /^\/settlement\/v1\/ledgers$/, api: 'other', wants: keyless, act: reports.ledgers },
  { operation: 'report', method: 'GET', path: /^\/report\/v2\/ledgers\/([^/]+)\/[^/]+\/dates\/[^/]+$/, api: 'other', wants: keyless, act: reports.report },
  { operation: 'sales-unit', method: 'GET', path: /^\/management\/v1\/sales-units\/([^/]+)$/, api: 'other', wants: { ...looseRead, serialNumber: 'nobody' }, act: salesUnit },
  { operation: 'userinfo', method: 'GET', path: /^\/vipps-userinfo-api\/userinfo\/([^/]+)$/, api: 'other', wants: { ...keyless, serialNumber: 'partners' }, act: userinfo },
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
