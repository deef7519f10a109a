import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import type { CallInput, CallName, CallOutput } from '../../src-main/contract/index.ts';
import type { Result } from '../../src-main/contract/errors.ts';

/** Starts a program in a process group of its own and waits for its ready line. */
export function startProgram<T>(args: readonly string[]): Promise<{ readonly ready: T; readonly child: ChildProcess; killGroup(): Promise<void> }> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const gone = once(child, 'exit');
  let errors = '';
  child.stderr.on('data', (data: Buffer) => {
    errors += data.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${args[0] ?? ''} ended with ${code}: ${errors}`)));
    createInterface({ input: child.stdout }).once('line', (line) => {
      resolve({
        ready: JSON.parse(line) as T,
        child,
        async killGroup() {
          // The whole group, as a pulled plug takes all of it.
          if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
          await gone;
        },
      });
    });
  });
}

/** The cashier's window of a running till, without its pages: the same socket, token and messages. */
export type Window = {
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** A call whose answer nobody waits for: the till is about to die. */
  send<N extends CallName>(name: N, input: CallInput<N>): void;
};

export async function openWindow(address: string): Promise<Window> {
  const { host, origin, searchParams } = new URL(address);
  const socket = new WebSocket(`ws://${host}/socket?token=${searchParams.get('token') ?? ''}`, { origin });
  const waiting = new Map<number, (result: Result<unknown>) => void>();
  let lastId = 0;
  socket.on('message', (data) => {
    const message = JSON.parse(String(data as Buffer)) as { readonly id?: number; readonly result?: Result<unknown> };
    if (message.id === undefined || !message.result) return;
    waiting.get(message.id)?.(message.result);
    waiting.delete(message.id);
  });
  // The end of the till is what this is about.
  socket.on('error', () => undefined);
  await once(socket, 'open');
  const post = (name: string, input: unknown): number => {
    lastId += 1;
    socket.send(JSON.stringify({ id: lastId, name, input }));
    return lastId;
  };
  return {
    async call<N extends CallName>(name: N, input: CallInput<N>) {
      const result = await new Promise<Result<unknown>>((answer) => waiting.set(post(name, input), answer));
      if (!result.ok) throw new Error(`${name}: ${result.error.code} ${JSON.stringify(result.error.detail)}`);
      return result.value as CallOutput<N>;
    },
    send: (name, input) => void post(name, input),
  };
}
