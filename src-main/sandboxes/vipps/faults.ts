import { wantedStatus } from '../shared/faults.ts';
import type { WireAnswer, WireRequest } from '../shared/types.ts';
import { ecomError, gatewayError, nameOf, problemAnswer } from './answers.ts';
import { handle } from './routes.ts';
import type { State } from './state.ts';

/** What can be asked for beyond the faults that every sandbox knows. */
export const faults: readonly string[] = ['late-status', 'error-code', 'other-amount'];

/** A refusal in the words of the interface that was called. */
function refusalIn(path: string, status: number, code?: string): WireAnswer {
  if (path.startsWith('/ecomm/')) return ecomError('VippsError', code ?? (status === 423 ? '94' : '99'), nameOf(status), status);
  if (path.startsWith('/epayment/')) return problemAnswer({ status, title: nameOf(status), ...(code === undefined ? {} : { code }) }, path);
  return gatewayError(status, nameOf(status));
}

/** Adds to the amounts that a payment says of itself, wherever its answer names them. */
function more(value: unknown, moreMinor: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => more(one, moreMinor));
  const entries = Object.entries(value).map(([name, inner]): [string, unknown] => {
    if (name === 'amount' && typeof inner === 'number') return [name, inner + moreMinor];
    if ((name === 'amount' || name === 'authorizedAmount') && typeof inner === 'object' && inner !== null) return [name, { ...inner, value: Number((inner as { readonly value?: unknown }).value) + moreMinor }];
    return [name, more(inner, moreMinor)];
  });
  return Object.fromEntries(entries);
}

/**
 * `status` (a number, or `{status, retryAfter}`) refuses without doing anything; `late-status` does what was asked and answers so all the same;
 * `error-code` refuses with `{status?, code}`; `other-amount` answers with so many minor units more.
 */
export function special(state: State, { kind, value }: { readonly kind: string; readonly value?: unknown }, request: WireRequest, nowMs: number): WireAnswer | null {
  if (kind === 'status' || kind === 'late-status') {
    if (kind === 'late-status') handle(state, request, nowMs);
    const { status, headers } = wantedStatus(value ?? 500);
    return { ...([401, 403, 429].includes(status) ? gatewayError(status, nameOf(status)) : refusalIn(request.path, status)), headers };
  }
  if (kind === 'error-code') {
    const { status = 400, code } = (value ?? {}) as { readonly status?: number; readonly code?: string | number };
    return refusalIn(request.path, status, code === undefined ? undefined : String(code));
  }
  if (kind !== 'other-amount') return null;
  const answer = handle(state, request, nowMs);
  return answer.status < 300 && answer.body !== '' ? { ...answer, body: JSON.stringify(more(JSON.parse(answer.body), Number(value))) } : answer;
}
