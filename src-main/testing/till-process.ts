import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { CallInput, CallName, CallOutput } from '../contract/index.ts';
import type { Result } from '../contract/errors.ts';

/** A till in a process of its own, over a folder that outlives it. */
export type TillProcess = {
  readonly sandboxes: Readonly<Record<string, { readonly control: string }>>;
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** Sends a call whose answer nobody waits for: the till is about to die. */
  send<N extends CallName>(name: N, input: CallInput<N>): void;
  /** SIGKILL, as a pulled plug. */
  kill(): Promise<void>;
  /** An orderly end. */
  close(): Promise<void>;
};

type Said = { readonly id: number; readonly result: Result<unknown> } | { readonly sandboxes: TillProcess['sandboxes'] };

const ended = (child: ChildProcessWithoutNullStreams): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

/** Starts it and waits until it answers. */
export function startTillProcess(dataDir: string): Promise<TillProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'till-child.ts'), dataDir]);
  const waiting = new Map<number, (result: Result<unknown>) => void>();
  let errors = '';
  let lastId = 0;
  child.stderr.on('data', (data: Buffer) => {
    errors += data.toString();
  });
  // A pipe whose reader was killed breaks; the kill is what is looked at.
  child.stdin.on('error', () => undefined);

  function send(name: string, input: unknown): number {
    lastId += 1;
    child.stdin.write(`${JSON.stringify({ id: lastId, name, input })}\n`);
    return lastId;
  }

  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the till ended with ${code}: ${errors}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as Said;
      if ('id' in said) {
        waiting.get(said.id)?.(said.result);
        waiting.delete(said.id);
        return;
      }
      resolve({
        sandboxes: said.sandboxes,
        async call<N extends CallName>(name: N, input: CallInput<N>) {
          const result = await new Promise<Result<unknown>>((answer) => waiting.set(send(name, input), answer));
          if (!result.ok) throw new Error(`${name}: ${result.error.code} ${JSON.stringify(result.error.detail)}`);
          return result.value as CallOutput<N>;
        },
        send: (name, input) => void send(name, input),
        async kill() {
          child.kill('SIGKILL');
          await ended(child);
        },
        async close() {
          child.stdin.end();
          await ended(child);
        },
      });
    });
  });
}
