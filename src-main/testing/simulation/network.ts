import type { Http, HttpAnswer, HttpRequest } from '../../core/ports/http.ts';
import type { CustomerAction, CustomerAnswer, WireAnswer, WireRequest } from '../../sandboxes/shared/types.ts';
import type { Ledger, Move, OwnFault, SimulatedProvider } from './provider.ts';
import type { RunContext } from './run-context.ts';

/** The provider beyond the network, and the customers who pay there. */
export type Network = {
  /** The network as one life of a till sees it. */
  http(life: { readonly alive: () => boolean; readonly kill: () => void; readonly written: (what: Move) => boolean }): Http;
  ledger(): Ledger;
  /** Payments whose money is held, by the provider's names. */
  held(): readonly string[];
  /** Our own name of a payment, by the provider's. */
  ownReference(reference: string): string;
  customer(action: CustomerAction): CustomerAnswer;
  /** Called for each payment that begins at the provider. */
  onBegin(listener: (register: number, amountMinor: number) => void): void;
  /** Called with what the provider pushes to a register, or what somebody pretends that it does. */
  onNews(listener: (register: number, message: string) => void): void;
};

const headersOf = (message: HttpRequest | WireAnswer): Readonly<Record<string, string>> => Object.fromEntries(Object.entries(message.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));

/** One provider behind a network that loses, delays, doubles and breaks what is sent over it. */
export function createNetwork<State extends object>(run: RunContext, provider: SimulatedProvider<State>, registers: number): Network {
  const { timeline } = run;
  const random = run.random.stream('network');
  const own = run.random.stream('own-faults');
  const { model } = provider;
  let state = provider.fresh(random.stream('provider'), registers);
  let downUntilMs = 0;
  let begun: (register: number, amountMinor: number) => void = () => undefined;
  let deliver: (register: number, message: string) => void = () => undefined;
  let pushed: ReadonlySet<string> = new Set();

  /** What has changed is pushed: late, twice, out of order, or not at all. */
  function push(): void {
    const news = provider.news(state);
    for (const { register, message } of news) {
      if (pushed.has(message)) continue;
      const times = run.strikes('lost-news', random, 0.15) ? 0 : random.chance(0.1) ? 2 : 1;
      for (let time = 0; time < times; time += 1) timeline.after(random.between(20, 4_000), () => deliver(register, message));
      if (!run.strikes('forged-news', random, 0.02)) continue;
      const forged = message.replace(/"status":"\w+"/, '"status":"captured"');
      timeline.after(random.between(20, 4_000), () => {
        run.tell(`somebody pretends that a payment of register ${register} is through`);
        deliver(register, forged);
      });
    }
    if (news.length > 0) pushed = new Set(news.map(({ message }) => message));
  }

  /** What the provider says instead; null where it only does what it was asked. */
  function special(request: WireRequest, { answer, done = false }: OwnFault<State>): WireAnswer | null {
    if (!answer) return null;
    if (done) handle(request, false);
    return model.special?.(state, answer(own), request, run.trueMs()) ?? null;
  }

  function handle(request: WireRequest, delivered: boolean, fault?: OwnFault<State>): WireAnswer {
    model.tick(state, run.trueMs());
    // A restart of the provider forgets nothing that it has answered.
    if (run.strikes('provider-restart', random, 0.003)) state = structuredClone(state);
    fault?.before?.(state);
    const answer = (fault ? special(request, fault) : null) ?? model.handle(state, request, run.trueMs(), delivered);
    const began = answer.status >= 200 && answer.status < 300 ? provider.begins(request, answer, { state, delivered }) : null;
    if (began) begun(began.register, began.amountMinor);
    push();
    return answer;
  }

  function wireOf(request: HttpRequest): WireRequest {
    const { pathname, search } = new URL(request.url);
    return { method: request.method, path: pathname, query: search.slice(1), headers: headersOf(request), body: request.body ?? '' };
  }

  const told = (answer: WireAnswer): HttpAnswer => ({ ok: true, status: answer.status, headers: { 'x-kassa-sandbox': '1', 'content-type': answer.type, ...headersOf(answer) }, body: answer.bytes ? Buffer.from(answer.bytes).toString('base64') : answer.body });
  const plain = (status: number, body: string): HttpAnswer => ({ ok: true, status, headers: { 'content-type': 'text/plain' }, body });
  const silence: HttpAnswer = { ok: false, reason: 'timeout', sent: true };

  /** What becomes of one request: each way it can go wrong, and the plain one. Times are ms from now. */
  function fateOf(request: WireRequest, timeoutMs: number, alive: () => boolean): { readonly atMs: number; readonly answer: () => HttpAnswer } {
    const operation = model.operationOf(request);
    const there = random.between(5, 150);
    const back = there + random.between(5, 150);
    if (timeline.nowMs() < downUntilMs) return { atMs: there, answer: () => ({ ok: false, reason: 'unreachable', sent: false }) };
    if (run.strikes('outage', random, 0.002)) {
      downUntilMs = timeline.nowMs() + random.between(2_000, 90_000);
      run.tell(`the provider is not reachable for ${Math.round((downUntilMs - timeline.nowMs()) / 1000)} s`);
    }
    if (run.strikes('refused', random, 0.01)) return { atMs: there, answer: () => ({ ok: false, reason: 'unreachable', sent: false }) };
    if (run.strikes('drop-request', random, 0.015)) return { atMs: timeoutMs, answer: () => silence };
    if (run.strikes('late', random, provider.moves(operation) === null ? 0.01 : 0.04)) {
      const lateMs = timeoutMs + random.between(100, 45_000);
      timeline.after(lateMs, () => {
        run.tell(`a request that nobody waits for any more arrives: ${operation}`);
        handle(request, false);
      });
      return { atMs: timeoutMs, answer: () => silence };
    }
    if (run.strikes('status-503', random, 0.01)) return { atMs: back, answer: () => plain(503, 'busy') };
    if (run.strikes('status-429', random, 0.005)) return { atMs: back, answer: () => plain(429, 'slow down') };
    const [fault] = (provider.faults ?? []).filter(({ kind, probability, fits }) => run.strikes(kind, own, fits(operation) ? probability : 0));
    const lost = run.strikes('drop-answer', random, 0.025);
    const garbled = !lost && run.strikes('garbage', random, 0.008);
    const twice = run.strikes('duplicate', random, provider.once(operation) ? 0 : 0.01);
    let answer: HttpAnswer = silence;
    timeline.after(there, () => {
      // An answer counts as delivered when there is somebody to take it.
      if (twice) handle(request, false);
      const given = handle(request, !lost && !garbled && alive(), fault);
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
    held: () => provider.held?.(state) ?? [],
    ownReference: (reference) => provider.ownReference(state, reference),
    customer(action) {
      model.tick(state, run.trueMs());
      const answer = model.customer(state, action, run.trueMs());
      push();
      return answer;
    },
    onBegin(listener) {
      begun = listener;
    },
    onNews(listener) {
      deliver = listener;
    },
  };
}
