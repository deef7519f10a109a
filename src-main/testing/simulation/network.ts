import type { Http, HttpAnswer, HttpRequest } from '../../core/ports/http.ts';
import type { WireAnswer, WireRequest } from '../../sandboxes/shared/types.ts';
import type { Ledger, SimulatedProvider } from './provider.ts';
import type { RunContext } from './run-context.ts';

/** The provider beyond the network, and the customers who pay there. */
export type Network = {
  /** The network as one life of a till sees it. */
  http(life: { readonly alive: () => boolean; readonly kill: () => void; readonly written: (what: 'payment' | 'refund') => boolean }): Http;
  ledger(): Ledger;
  customer(action: { readonly action: string; readonly ref: string; readonly [name: string]: unknown }): boolean;
  /** Called for each payment that begins at the provider. */
  onBegin(listener: (register: number) => void): void;
};

const headersOf = (request: HttpRequest): Readonly<Record<string, string>> => Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));

/** One provider behind a network that loses, delays, doubles and breaks what is sent over it. */
export function createNetwork<State extends object>(run: RunContext, provider: SimulatedProvider<State>, registers: number): Network {
  const { timeline } = run;
  const random = run.random.stream('network');
  const { model } = provider;
  let state = provider.fresh(random.stream('provider'), registers);
  let downUntilMs = 0;
  let begun: (register: number) => void = () => undefined;

  function handle(request: WireRequest, delivered: boolean): WireAnswer {
    model.tick(state, run.trueMs());
    // A restart of the provider forgets nothing that it has answered.
    if (run.strikes('provider-restart', random, 0.003)) state = structuredClone(state);
    const answer = model.handle(state, request, run.trueMs(), delivered);
    const register = provider.begins(request);
    if (register !== null) begun(register);
    return answer;
  }

  function wireOf(request: HttpRequest): WireRequest {
    return { method: request.method, path: new URL(request.url).pathname, headers: headersOf(request), body: request.body ?? '' };
  }

  const told = (answer: WireAnswer): HttpAnswer => ({ ok: true, status: answer.status, headers: { 'x-kassa-sandbox': '1', 'content-type': answer.type }, body: answer.body });
  const plain = (status: number, body: string): HttpAnswer => ({ ok: true, status, headers: { 'content-type': 'text/plain' }, body });
  const silence: HttpAnswer = { ok: false, reason: 'timeout', sent: true };

  /** What becomes of one request: each way it can go wrong, and the plain one. Times are ms from now. */
  function fateOf(request: WireRequest, timeoutMs: number, alive: () => boolean): { readonly atMs: number; readonly answer: () => HttpAnswer } {
    const there = random.between(5, 150);
    const back = there + random.between(5, 150);
    if (timeline.nowMs() < downUntilMs) return { atMs: there, answer: () => ({ ok: false, reason: 'unreachable', sent: false }) };
    if (run.strikes('outage', random, 0.002)) {
      downUntilMs = timeline.nowMs() + random.between(2_000, 90_000);
      run.tell(`the provider is not reachable for ${Math.round((downUntilMs - timeline.nowMs()) / 1000)} s`);
    }
    if (run.strikes('refused', random, 0.01)) return { atMs: there, answer: () => ({ ok: false, reason: 'unreachable', sent: false }) };
    if (run.strikes('drop-request', random, 0.015)) return { atMs: timeoutMs, answer: () => silence };
    if (run.strikes('late', random, provider.moves(model.operationOf(request)) === 'payment' ? 0.04 : 0.01)) {
      const lateMs = timeoutMs + random.between(100, 45_000);
      timeline.after(lateMs, () => {
        run.tell(`a request that nobody waits for any more arrives: ${model.operationOf(request)}`);
        handle(request, false);
      });
      return { atMs: timeoutMs, answer: () => silence };
    }
    if (run.strikes('status-503', random, 0.01)) return { atMs: back, answer: () => plain(503, 'busy') };
    if (run.strikes('status-429', random, 0.005)) return { atMs: back, answer: () => plain(429, 'slow down') };
    const lost = run.strikes('drop-answer', random, 0.025);
    const garbled = !lost && run.strikes('garbage', random, 0.008);
    const twice = run.strikes('duplicate', random, provider.once(model.operationOf(request)) ? 0 : 0.01);
    let answer: HttpAnswer = silence;
    timeline.after(there, () => {
      // An answer counts as delivered when there is somebody to take it.
      if (twice) handle(request, false);
      const given = handle(request, !lost && !garbled && alive());
      answer = lost ? silence : garbled ? plain(200, '<half a mess') : told(given);
    });
    return { atMs: lost ? timeoutMs : back, answer: () => answer };
  }

  return {
    http: ({ alive, kill, written }) => ({
      send(request) {
        const operation = model.operationOf(wireOf(request));
        return new Promise((resolve) => {
          if (!alive()) return;
          const moves = provider.moves(operation);
          if (moves !== null && !written(moves)) run.violate('written-before-done', `${operation} is sent, and the database knows of nothing that is being sent`);
          if (run.strikes('kill-at-send', random, 0.002)) {
            run.tell(`the plug is pulled just before ${operation} is sent`);
            kill();
            return;
          }
          const { atMs, answer } = fateOf(wireOf(request), request.timeoutMs, alive);
          timeline.after(atMs, () => {
            if (alive()) resolve(answer());
          });
        });
      },
    }),
    ledger: () => {
      model.tick(state, run.trueMs());
      return (model.view(state, run.trueMs()) as { readonly ledger: Ledger }).ledger;
    },
    customer(action) {
      model.tick(state, run.trueMs());
      return model.customer(state, action, run.trueMs()).ok;
    },
    onBegin(listener) {
      begun = listener;
    },
  };
}
