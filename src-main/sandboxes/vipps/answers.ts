import type { WireAnswer } from '../shared/types.ts';

export const json = (status: number, value: unknown): WireAnswer => ({ status, type: 'application/json', body: JSON.stringify(value) });

const names: Readonly<Record<number, string>> = { 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 415: 'Unsupported Media Type', 422: 'Unprocessable', 423: 'Locked', 429: 'Too Many Requests', 500: 'Internal Server Error', 503: 'Service Unavailable' };
export const nameOf = (status: number): string => names[status] ?? `Status ${status}`;

/** What the gateway before the service says; two shapes are known (Vipps, section 7.2). */
export const keyRefused = (message: string): WireAnswer => json(401, { statusCode: 401, message });
export const gatewayError = (status: number, message: string): WireAnswer => json(status, { responseInfo: { responseCode: status, responseMessage: nameOf(status) }, result: { message } });

export const tooMany = (retryAfterS: number): WireAnswer => ({ ...gatewayError(429, `The limit of calls is reached. Come again in ${retryAfterS} seconds.`), headers: { 'Retry-After': String(retryAfterS) } });

/** A refusal of ePayment: its number, or the field that is wrong (Vipps, section 7.3). */
export type Problem = { readonly status: number; readonly title: string; readonly code?: string; readonly field?: string };

export function problemAnswer({ status, title, code, field }: Problem, path: string): WireAnswer {
  const details = [...(field === undefined ? [] : [{ name: field, reason: title }]), ...(code === undefined ? [] : [{ name: 'ErrorCode', reason: code }])];
  const instance = path.replace(/^\/epayment/, '');
  return {
    status,
    type: 'application/problem+json',
    body: JSON.stringify({ type: `https://httpstatuses.io/${status}`, title, detail: title, instance, status, traceId: `00-${Buffer.from(instance).toString('hex').slice(0, 32).padEnd(32, '0')}-01`, extraDetails: details }),
  };
}

export type EcomGroup = 'Authentication' | 'Payment' | 'InvalidRequest' | 'VippsError' | 'User' | 'Merchant';

/** Refusals of eCom are an array; the code is a text, for a wrong field its name (Vipps, section 7.1). */
export const ecomError = (errorGroup: EcomGroup, errorCode: string, errorMessage: string, status = 400): WireAnswer => json(status, [{ errorGroup, errorCode, errorMessage, contextId: `context-${errorCode}` }]);
