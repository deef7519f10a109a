import type { Machine } from './machine.ts';

/** One command after its first bytes: how many arguments it has (null: not known before more has come), and what it does. */
export type Command = {
  readonly size: (rest: Uint8Array) => number | null;
  readonly run: (machine: Machine, args: readonly number[]) => void;
};

/** By the hexadecimal text of its first one or two bytes. */
export type Commands = Readonly<Record<string, Command>>;

export const fixed = (count: number, run: Command['run'] = () => undefined): Command => ({ size: () => count, run });

export const latin = (bytes: readonly number[]): string => String.fromCharCode(...bytes);

type Numbers = Uint8Array | readonly number[];
/** The size of a picture in its head: bytes to a row, rows; each a number of two bytes. */
export const widthIn = (head: Numbers, at: number): number => (head[at] ?? 0) + 256 * (head[at + 1] ?? 0);
export const dotsIn = (head: Numbers, at: number): number => widthIn(head, at) * widthIn(head, at + 2);

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Carries out what stands at the front; answers how many bytes that were, 0 when the rest of it has not come yet. */
export function step(commands: Commands, machine: Machine, bytes: Uint8Array): number {
  const first = bytes[0] ?? 0;
  if (first >= 0x20) {
    machine.letter(first);
    return 1;
  }
  const single = commands[hex(bytes.subarray(0, 1))];
  if (!single && bytes.length < 2) return 0;
  const prefix = single ? 1 : 2;
  const command = single ?? commands[hex(bytes.subarray(0, 2))];
  if (!command) {
    machine.problem(`unknown command ${hex(bytes.subarray(0, 4))}`);
    return 2;
  }
  const count = command.size(bytes.subarray(prefix));
  if (count === null || bytes.length < prefix + count) return 0;
  command.run(machine, [...bytes.subarray(prefix, prefix + count)]);
  return prefix + count;
}
