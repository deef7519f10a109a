import type { AnswerMessage, CallMessage, EventMessage } from '../../src-main/contract/index.ts';
import type { Result } from '../../src-main/contract/errors.ts';
import type { Bridge, Connection } from './bridge.ts';

/** Where the till is, and how patiently it is looked for. */
export type Line = {
  readonly address: string;
  /** How long to wait before the Nth try in a row. */
  readonly retryMs: (tries: number) => number;
  /** The till speaks at least this often; silence for so long is a lost line, whatever the socket says. Null: it may be silent. */
  readonly silentMs: number | null;
  /** Asked before each new try; where this screen has no business at the till any more, it goes elsewhere. */
  readonly beforeRetry?: () => Promise<void>;
};

const lookMs = 1_000;
const unreachable: Result<unknown> = { ok: false, error: { code: 'unreachable', detail: {} } };

type Waiting = (result: Result<unknown>) => void;

/**
 * One socket for calls and events. When it breaks, calls in flight are answered `unreachable` (whether they were carried
 * out, the window learns when it loads the state again), and it is opened again until it works. Calls made meanwhile wait for it.
 */
export function connectSocket(line: Line, onState: (state: Connection) => void): Bridge {
  const listeners = new Set<(event: string, payload: unknown) => void>();
  const waiting = new Map<number, Waiting>();
  const queue: CallMessage[] = [];
  let socket: WebSocket | null = null;
  let lastId = 0;
  let tries = 0;

  function answer(message: AnswerMessage | EventMessage): void {
    if ('event' in message) {
      for (const listener of listeners) listener(message.event, message.payload);
      return;
    }
    waiting.get(message.id)?.(message.result);
    waiting.delete(message.id);
  }

  function giveUp(): void {
    const unsent = new Set(queue.map((message) => message.id));
    for (const [id, settle] of waiting) {
      if (unsent.has(id)) continue;
      settle(unreachable);
      waiting.delete(id);
    }
  }

  async function again(): Promise<void> {
    await line.beforeRetry?.();
    setTimeout(open, line.retryMs(tries));
    tries += 1;
  }

  function open(): void {
    const opening = new WebSocket(line.address);
    let lost = false;
    let heardMs = performance.now();
    const lose = (): void => {
      if (lost) return;
      lost = true;
      clearInterval(watch);
      socket = null;
      giveUp();
      onState('lost');
      void again();
    };
    const watch = setInterval(() => {
      if (line.silentMs === null || performance.now() - heardMs < line.silentMs) return;
      // A line that was cut somewhere between stays open on paper for minutes.
      opening.close();
      lose();
    }, lookMs);
    opening.addEventListener('open', () => {
      if (lost) return;
      socket = opening;
      tries = 0;
      heardMs = performance.now();
      for (const message of queue.splice(0)) opening.send(JSON.stringify(message));
      onState('open');
    });
    opening.addEventListener('message', ({ data }) => {
      if (lost) return;
      heardMs = performance.now();
      answer(JSON.parse(String(data)) as AnswerMessage | EventMessage);
    });
    opening.addEventListener('close', lose);
  }
  open();

  return {
    call(name, input) {
      lastId += 1;
      const message = { id: lastId, name, input };
      return new Promise((resolve) => {
        waiting.set(message.id, resolve);
        if (socket) socket.send(JSON.stringify(message));
        else queue.push(message);
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
