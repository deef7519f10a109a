import type { Http, HttpAnswer } from '../core/ports/http.ts';

/** These say that no connection was made, so nothing can have arrived. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return '';
  const { cause } = error;
  if (typeof cause !== 'object' || cause === null) return '';
  // Ports that no browser speaks to are refused before anything is sent.
  if ('message' in cause && cause.message === 'bad port') return 'ECONNREFUSED';
  return 'code' in cause ? String(cause.code) : '';
};

function failureOf(error: unknown): HttpAnswer {
  if (error instanceof Error && error.name === 'TimeoutError') return { ok: false, reason: 'timeout', sent: true };
  return { ok: false, reason: 'unreachable', sent: !neverSent.has(codeOf(error)) };
}

/**
 * Requests to providers. `allowsSandbox` is asked at each answer: sandboxes say who they are, and a live shop takes no
 * money from one. `onlyOrigins` is asked before each request: while training is on, none goes anywhere but to a sandbox of its own.
 */
export const createHttp = (allowsSandbox: () => boolean, onlyOrigins: () => readonly string[] | null = () => null): Http => ({
  async send({ method, url, headers, body, timeoutMs, answerAs = 'text' }) {
    if (!URL.canParse(url) || !/^https?:/i.test(url)) return { ok: false, reason: 'bad-address', sent: false };
    const only = onlyOrigins();
    if (only && !only.includes(new URL(url).origin)) return { ok: false, reason: 'bad-address', sent: false };
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await fetch(url, { method, headers, signal, redirect: 'error', ...(body === undefined ? {} : { body }) });
      const text = answerAs === 'base64' ? Buffer.from(await response.arrayBuffer()).toString('base64') : await response.text();
      if (only && !response.headers.has('x-kassa-sandbox')) return { ok: false, reason: 'bad-address', sent: true };
      if (response.headers.has('x-kassa-sandbox') && !allowsSandbox()) return { ok: false, reason: 'sandbox-refused', sent: true };
      return { ok: true, status: response.status, headers: Object.fromEntries(response.headers), body: text };
    } catch (error) {
      return failureOf(error);
    }
  },
});
