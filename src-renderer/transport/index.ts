import type { CallInput, CallName, CallOutput, EventName, EventPayload } from '../../src-main/contract/index.ts';
import type { ErrorCode, Result } from '../../src-main/contract/errors.ts';
import type { Bridge, Connection } from './bridge.ts';
import { lineOfPage } from './line.ts';
import { connectSocket } from './socket.ts';

export type { Connection } from './bridge.ts';
export { fromNetwork } from './line.ts';

declare global {
  interface Window {
    readonly kassa?: Bridge;
  }
}

const connectionListeners = new Set<(state: Connection) => void>();
let connection: Connection = 'connecting';

function setConnection(state: Connection): void {
  if (state === connection) return;
  connection = state;
  for (const listener of connectionListeners) listener(state);
}

/** Calls at once with the state as it is, and again whenever it changes. */
export function onConnection(listener: (state: Connection) => void): () => void {
  connectionListeners.add(listener);
  listener(connection);
  return () => {
    connectionListeners.delete(listener);
  };
}

function openBridge(): Bridge {
  if (window.kassa) {
    setConnection('open');
    return window.kassa;
  }
  return connectSocket(lineOfPage(), setConnection);
}

const bridge = openBridge();
const listeners = new Map<string, Set<(payload: never) => void>>();
bridge.subscribe((event, payload) => {
  for (const listener of listeners.get(event) ?? []) listener(payload as never);
});

/** A call to the main side. A lost connection answers `unreachable`; nothing is ever thrown. */
export async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<Result<CallOutput<N>>> {
  try {
    return (await bridge.call(name, input)) as Result<CallOutput<N>>;
  } catch {
    return { ok: false, error: { code: 'unreachable' satisfies ErrorCode, detail: {} } };
  }
}

/** Listens to an event; returns how to stop. */
export function subscribe<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void {
  const known = listeners.get(name) ?? new Set();
  listeners.set(name, known);
  known.add(listener as (payload: never) => void);
  return () => {
    known.delete(listener as (payload: never) => void);
  };
}
