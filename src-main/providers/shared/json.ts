import type { z } from 'zod';
import type { ProviderProblem } from '../../contract/payment.ts';
import type { Http, HttpAnswer, HttpRequest } from '../../core/ports/http.ts';

/*
 * JSON over HTTP. What an answer holds is read by a schema of the adapter: unknown fields pass, and an answer that does not fit is
 * null, never half of something.
 */
export type JsonRequest = Pick<HttpRequest, 'method' | 'url' | 'headers' | 'timeoutMs'> & { readonly body?: object };

export type JsonAnswer =
  /** `json` is undefined where the body is empty or no JSON. */
  | { readonly ok: true; readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly json: unknown }
  /** `sent: false` proves that it never reached the other side. */
  | { readonly ok: false; readonly sent: boolean; readonly problem: ProviderProblem };

/** A body as JSON, whatever type it claims to have; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Why there is no answer, as one of the closed set of problems. */
export function silence({ reason }: Extract<HttpAnswer, { ok: false }>): ProviderProblem {
  const code = reason === 'sandbox-refused' || reason === 'bad-address' ? 'not-configured' : 'unreachable';
  return { code, text: reason };
}

export async function sendJson(http: Http, { body, headers, ...request }: JsonRequest): Promise<JsonAnswer> {
  const answer = await http.send({
    ...request,
    headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) return { ok: false, sent: answer.sent, problem: silence(answer) };
  return { ok: true, status: answer.status, headers: answer.headers, json: parseJson(answer.body) };
}

/** An answer as the schema says it; null where it breaks it. */
export function read<T>(schema: z.ZodType<T>, json: unknown): T | null {
  const parsed = schema.safeParse(json);
  return parsed.success ? parsed.data : null;
}
