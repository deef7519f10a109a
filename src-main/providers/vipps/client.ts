import type { ProviderProblem } from '../../contract/payment.ts';
import type { ProviderLink, ProviderWorld } from '../../core/payments/provider.ts';
import type { HttpRequest } from '../../core/ports/http.ts';
import { sendJson, type JsonAnswer } from '../shared/json.ts';
import { baseOf } from './account.ts';
import { notKnown, problemOf, refusalOf, saysNothing } from './errors.ts';
import { systemHeaders, unitHeader } from './headers.ts';
import { createTokens, type Tokens } from './tokens.ts';

/** One request. `unit` is the sales unit that it is for, this register's where it is left out. */
export type VippsRequest = {
  readonly method: HttpRequest['method'];
  /** Below the host, with its leading slash. */
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly unit?: string;
  /** Userinfo is said to refuse a subscription key (Vipps, section 11). */
  readonly withoutKey?: boolean;
};

export type Called =
  | { readonly kind: 'done'; readonly status: number; readonly json: unknown }
  /** The service's own no. It holds for this request for ever. */
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly ofService: boolean; readonly notKnown: boolean; readonly problem: ProviderProblem }
  /** Nothing is said: no answer, a lock, a limit, a failure. `sent: false` proves that the request never left. `status` is 0 without an answer. */
  | { readonly kind: 'silent'; readonly sent: boolean; readonly status: number; readonly code: string; readonly problem: ProviderProblem };

export type Client = {
  (link: ProviderLink, request: VippsRequest): Promise<Called>;
  readonly tokens: Tokens;
};

/** At least 5 s are wanted (Vipps, section 8); the till asks again by itself. */
const timeoutMs = 10_000;
/** After a 429 that does not say how long, and the longest that one is believed, ms. */
const restMs = 5_000;
const longestRestMs = 60_000;

/** How long a limit holds, by its `Retry-After` in seconds, ms. */
export const restOf = (header: string | undefined): number => (header !== undefined && /^\d{1,6}$/.test(header.trim()) ? Math.min(Number(header) * 1_000, longestRestMs) : restMs);

/** Speaks with the service: token, headers, one new token after a 401, and no request before a limit is over. */
export function createClient(world: ProviderWorld): Client {
  const tokens = createTokens(world);
  /** Until when each address is left alone after a 429, ms by the clock that only grows. */
  const resting = new Map<string, number>();

  function send(link: ProviderLink, { method, path, body, headers, unit, withoutKey = false }: VippsRequest, token: string): Promise<JsonAnswer> {
    const { settings, secrets } = link.account;
    return sendJson(world.http, {
      method,
      url: `${baseOf(settings)}${path}`,
      headers: {
        Accept: 'application/json',
        Authorization: `Bearer ${token}`,
        ...(withoutKey ? {} : { 'Ocp-Apim-Subscription-Key': secrets['subscriptionKey'] ?? '' }),
        ...unitHeader(link, unit),
        ...systemHeaders(world.program),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
      timeoutMs,
    });
  }

  /** A first 401 drops the token: one more is fetched and tried, once (Vipps, section 2). */
  async function authorised(link: ProviderLink, request: VippsRequest): Promise<JsonAnswer> {
    const first = await tokens.get(link);
    // Without a token nothing was sent.
    if (!first.ok) return { ok: false, sent: false, problem: first.problem };
    const answer = await send(link, request, first.token);
    if (!answer.ok || answer.status !== 401) return answer;
    tokens.drop(link, first.token);
    const second = await tokens.get(link);
    return second.ok ? send(link, request, second.token) : answer;
  }

  function restsUntilMs(name: string): number {
    for (const [one, untilMs] of resting) if (untilMs <= world.monotonicMs()) resting.delete(one);
    return resting.get(name) ?? 0;
  }

  async function call(link: ProviderLink, request: VippsRequest): Promise<Called> {
    const name = `${request.method} ${link.account.id} ${request.path.split('?')[0] ?? ''}`;
    const limited: ProviderProblem = { code: 'rate-limited', providerCode: '429' };
    // An earlier request under the same name was sent, so that nothing is proven.
    if (restsUntilMs(name) > 0) return { kind: 'silent', sent: true, status: 429, code: '', problem: limited };
    const answer = await authorised(link, request);
    if (!answer.ok) return { kind: 'silent', sent: answer.sent, status: 0, code: '', problem: answer.problem };
    const { status, json } = answer;
    if (status === 429) resting.set(name, world.monotonicMs() + restOf(answer.headers['retry-after']));
    if (status >= 200 && status < 300) return { kind: 'done', status, json };
    const refusal = refusalOf(status, json);
    const problem = problemOf(refusal);
    const { code, ofService } = refusal;
    return saysNothing(refusal) ? { kind: 'silent', sent: true, status, code, problem } : { kind: 'refused', status, code, ofService, notKnown: notKnown(refusal), problem };
  }

  return Object.assign(call, { tokens });
}
