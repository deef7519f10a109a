import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFault, takeFault, wantedStatus, type Fault } from './faults.ts';
import { stateFile } from './state-file.ts';
import type { CustomerAction, SandboxModel, WireAnswer, WireRequest } from './types.ts';

export type SandboxOptions = { readonly port?: number | undefined; readonly stateFile?: string | undefined; /** What a new world begins with, as the provider's sandbox reads it. */ readonly seed?: unknown };

/** A running sandbox. `control` is the prefix of its control surface, `phone` the customer's phone. */
export type Sandbox = { readonly baseUrl: string; readonly control: string; readonly phone: string; close(): Promise<void> };

const largestBody = 2_000_000;
const tickMs = 250;
const json = (status: number, value: unknown): WireAnswer => ({ status, type: 'application/json', body: JSON.stringify(value) });

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largestBody) throw new Error('body too large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text === '' ? '{}' : text) as unknown;
  } catch {
    return undefined;
  }
};

/** Serves one provider's model over HTTP on loopback, with faults, an own clock, a phone and a control surface. */
export async function serveSandbox<State extends object>(model: SandboxModel<State>, options: SandboxOptions, specialFaults: readonly string[] = []): Promise<Sandbox> {
  const file = stateFile(options.stateFile);
  const stored = file.load() as { readonly state: State; readonly aheadMs: number } | null;
  let state = stored?.state ?? model.fresh();
  if (!stored && options.seed !== undefined) {
    const wrong = model.configure(state, options.seed);
    if (wrong !== null) throw new Error(wrong);
  }
  let aheadMs = stored?.aheadMs ?? 0;
  const faults: Fault[] = [];
  const requests: { readonly at: string; readonly operation: string; readonly method: string; readonly path: string; readonly query?: string | undefined; readonly headers: WireRequest['headers']; readonly body: string; readonly fault: string | null; /** What went back; null where the connection was broken. */ answer: { readonly status: number; readonly type: string; readonly body: string } | null }[] = [];
  const nowMs = (): number => Date.now() + aheadMs;
  const save = (): void => file.save({ state, aheadMs });

  function control(method: string, path: string, body: string): WireAnswer {
    const input = parsed(body);
    if (input === undefined) return json(400, { error: 'the body is not JSON' });
    switch (`${method} ${path}`) {
      case 'GET /state':
        model.tick(state, nowMs());
        return json(200, model.view(state, nowMs()));
      case 'GET /requests':
        return json(200, requests);
      case 'POST /options': {
        const wrong = model.configure(state, input);
        save();
        return wrong === null ? json(200, {}) : json(400, { error: wrong });
      }
      case 'POST /customer': {
        model.tick(state, nowMs());
        const answer = model.customer(state, input as CustomerAction, nowMs());
        save();
        return json(answer.ok ? 200 : 409, answer);
      }
      case 'POST /faults': {
        const fault = readFault(input, specialFaults);
        if (typeof fault === 'string') return json(400, { error: fault });
        faults.push(fault);
        return json(200, { faults: faults.length });
      }
      case 'DELETE /faults':
        faults.length = 0;
        return json(200, { faults: 0 });
      case 'POST /clock': {
        const { advanceMs } = input as { readonly advanceMs?: unknown };
        if (!Number.isSafeInteger(advanceMs) || Number(advanceMs) < 0) return json(400, { error: 'advanceMs is a whole number of ms' });
        aheadMs += Number(advanceMs);
        model.tick(state, nowMs());
        save();
        return json(200, { now: new Date(nowMs()).toISOString() });
      }
      case 'POST /reset':
        state = model.fresh(state);
        faults.length = 0;
        requests.length = 0;
        aheadMs = 0;
        save();
        return json(200, {});
      default:
        return json(404, { error: `the control surface has no ${method} ${path}` });
    }
  }

  function operate(request: WireRequest, delivered = true): WireAnswer {
    model.tick(state, nowMs());
    const answer = model.handle(state, request, nowMs(), delivered);
    // What is answered is on the disk first: a killed sandbox remembers every payment it has confirmed.
    save();
    return answer;
  }

  /** The answer to a request of the wire under a fault; null breaks the connection. */
  async function answerUnder(fault: Fault | null, request: WireRequest, gone: () => boolean): Promise<WireAnswer | null> {
    if (!fault) return operate(request);
    const special = model.special?.(state, fault, request, nowMs());
    if (special) return special;
    switch (fault.kind) {
      case 'drop-request':
        return null;
      case 'drop-answer':
        operate(request, false);
        return null;
      case 'restart':
        operate(request, false);
        state = (file.load() as { readonly state: State } | null)?.state ?? state;
        return null;
      case 'status':
        return { ...wantedStatus(fault.value), type: 'text/plain', body: 'fault' };
      case 'garbage':
        operate(request, false);
        return model.garbled ?? { status: 200, type: 'text/xml', body: '<half a message' };
      case 'duplicate':
        operate(request);
        return operate(request);
      case 'delay':
      case 'reorder':
        await new Promise((resolve) => setTimeout(resolve, Number(fault.value) || 1_000));
        // Whoever has stopped waiting hears nothing of it.
        return operate(request, !gone());
      default:
        return operate(request);
    }
  }

  async function wire(request: WireRequest, gone: () => boolean): Promise<WireAnswer | null> {
    const operation = model.operationOf(request);
    const fault = takeFault(faults, operation);
    const { method, path, query, headers, body } = request;
    const noted: (typeof requests)[number] = { at: new Date(nowMs()).toISOString(), operation, method, path, ...(query ? { query } : {}), headers, body, fault: fault?.kind ?? null, answer: null };
    requests.push(noted);
    const answer = await answerUnder(fault, request, gone);
    if (answer) noted.answer = { status: answer.status, type: answer.type, body: answer.body };
    return answer;
  }

  async function route(request: IncomingMessage): Promise<WireAnswer | null> {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    const method = request.method ?? 'GET';
    const body = await bodyOf(request);
    if (pathname.startsWith('/control/')) return control(method, pathname.slice('/control'.length), body);
    if (pathname === '/phone' || pathname.startsWith('/phone/')) {
      const page = await model.page(state, pathname.slice('/phone'.length) || '/');
      return page ? { status: 200, ...page } : json(404, { error: 'no such page' });
    }
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    return wire({ method, path: pathname, query: search.slice(1), headers, body }, () => request.socket.destroyed);
  }

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    route(request).then(
      (answer) => {
        if (!answer) {
          request.socket.destroy();
          return;
        }
        response.writeHead(answer.status, { 'Content-Type': answer.type.startsWith('text/') ? `${answer.type}; charset=utf-8` : answer.type, 'X-Kassa-Sandbox': '1', 'Cache-Control': 'no-store', ...answer.headers });
        response.end(answer.bytes ?? answer.body);
      },
      (error: unknown) => {
        response.writeHead(500, { 'Content-Type': 'text/plain', 'X-Kassa-Sandbox': '1' });
        response.end(error instanceof Error ? error.message : 'failed');
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const ticking = setInterval(() => model.tick(state, nowMs()), tickMs);
  ticking.unref();
  save();
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    baseUrl: `${address}${model.basePath}`,
    control: `${address}/control`,
    phone: `${address}/phone`,
    async close() {
      clearInterval(ticking);
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
