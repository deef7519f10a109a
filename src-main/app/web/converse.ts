import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { WindowKind } from '../../contract/define.ts';
import { fail, type Result } from '../../contract/errors.ts';
import type { AnswerMessage, EventMessage } from '../../contract/index.ts';
import type { Listener } from '../bus.ts';

/** The till, as far as a window needs it. */
export type Caller = {
  call(window: WindowKind, name: string, input: unknown): Promise<Result<unknown>>;
  subscribe(window: WindowKind, listener: Listener): () => void;
};

const isCall = (message: unknown): message is { id: number; name: string; input: unknown } =>
  typeof message === 'object' &&
  message !== null &&
  'id' in message &&
  Number.isSafeInteger(message.id) &&
  'name' in message &&
  typeof message.name === 'string';

function parsed(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return null;
  }
}

/**
 * Speaks with one window: its calls are answered in their order, its events follow the answers' order too. `mayCall` is asked before
 * each message; where it says no, the message is dropped and whoever said so ends the socket.
 */
export function converse(till: Caller, socket: WebSocket, window: WindowKind, mayCall: () => boolean = () => true): void {
  const send = (message: AnswerMessage | EventMessage): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  const unsubscribe = till.subscribe(window, (event, payload) => send({ event, payload }));
  socket.on('message', (data, isBinary) => {
    if (!mayCall()) return;
    const message = isBinary ? null : parsed(String(data));
    if (!isCall(message)) {
      send({ id: -1, result: fail('bad-message', { call: '', place: '/' }) });
      return;
    }
    void till.call(window, message.name, message.input).then((result) => send({ id: message.id, result }));
  });
  socket.on('close', unsubscribe);
  // The close event follows; an error of one socket is no failure of the till.
  socket.on('error', () => undefined);
}

/** Answers an upgrade that is not to be, and lets the connection go. */
export function refuseUpgrade(socket: Duplex, status: '401 Unauthorized' | '403 Forbidden' | '429 Too Many Requests'): void {
  socket.on('error', () => undefined);
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
