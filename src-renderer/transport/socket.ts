import type { AnswerMessage, CallMessage, EventMessage } from '../../src-main/contract/index.ts';
import type { Result } from '../../src-main/contract/errors.ts';
import type { Bridge, Connection } from './bridge.ts';

const retryMs = 400;
const unreachable: Result<unknown> = { ok: false, error: { code: 'unreachable', detail: {} } };

type Waiting = (result: Result<unknown>) => void;

/**
 * The browser host's bridge: one socket for calls and events. When it breaks, calls in flight are answered
 * `unreachable` (whether they were carried out, the window learns when it loads the state again), and it is opened
 * again until it works. Calls made meanwhile wait for it.
 */
export function connectSocket(address: string, onState: (state: Connection) => void): Bridge {
  const listeners = new Set<(event: string, payload: unknown) => void>();
  const waiting = new Map<number, Waiting>();
  const queue: CallMessage[] = [];
  let socket: WebSocket | null = null;
  let lastId = 0;

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

  function open(): void {
    const opening = new WebSocket(address);
    opening.addEventListener('open', () => {
      socket = opening;
      for (const message of queue.splice(0)) opening.send(JSON.stringify(message));
      onState('open');
    });
    opening.addEventListener('message', ({ data }) => answer(JSON.parse(String(data)) as AnswerMessage | EventMessage));
    opening.addEventListener('close', () => {
      socket = null;
      giveUp();
      onState('lost');
      setTimeout(open, retryMs);
    });
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
