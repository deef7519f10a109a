import { step } from './command.ts';
import { escPosCommands, escPosRealTime } from './esc-pos.ts';
import type { Language } from './letters.ts';
import { createMachine, type Machine, type PrintedPaper } from './machine.ts';
import { starCommands, starReport } from './star-prnt.ts';

const clearBuffer = '\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08';

/** Takes commands that are carried out at once out of what came, and answers the rest; what came before a command that clears the buffer is gone. */
function realTime(machine: Machine, bytes: Buffer, clear: () => void): Buffer {
  const star = machine.language === 'star-prnt';
  // oxlint-disable-next-line no-control-regex
  const atOnce = star ? /\x1b\x06[\x01\x18]/g : /\x10\x04[\x01-\x04]|\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08/g;
  const came = bytes.toString('latin1');
  let rest = '';
  let from = 0;
  for (const { 0: command, index } of came.matchAll(atOnce)) {
    rest += came.slice(from, index);
    from = index + command.length;
    if (command === clearBuffer || command === '\x1b\x06\x18') {
      rest = '';
      clear();
    } else machine.answer(star ? starReport(machine) : [escPosRealTime(machine, command.charCodeAt(2))]);
  }
  return Buffer.from(rest + came.slice(from), 'latin1');
}

/** One paper after another from bytes alone, without a network: what a printer of this language would make of them. */
export function printedFrom(language: Language, bytes: Uint8Array): { readonly papers: readonly PrintedPaper[]; readonly problems: readonly string[] } {
  const machine = createMachine(language, () => undefined);
  work(machine, Buffer.from(bytes));
  return machine;
}

/** Carries out as much as it can; answers what has to wait. */
function work(machine: Machine, bytes: Buffer): Buffer {
  let rest = bytes;
  while (rest.length > 0 && !machine.blocked()) {
    const done = step(machine.language === 'star-prnt' ? starCommands : escPosCommands, machine, rest);
    if (done === 0) break;
    rest = rest.subarray(done);
  }
  return rest;
}

/** A printer with its buffer, whatever brings it bytes: some commands are carried out at once, the rest in its turn. */
export type BufferedPrinter = {
  readonly machine: Machine;
  take(bytes: Buffer): void;
  /** The cover is closed, paper is in: what waits in the buffer comes out. */
  resume(): void;
  /** Bytes that wait in its buffer. */
  waiting(): number;
};

export function createBufferedPrinter(language: Language, answer: (bytes: readonly number[]) => void): BufferedPrinter {
  const machine = createMachine(language, answer);
  let buffer: Buffer = Buffer.alloc(0);
  return {
    machine,
    take(bytes) {
      const kept = realTime(machine, bytes, () => {
        buffer = Buffer.alloc(0);
        machine.reset();
      });
      buffer = work(machine, Buffer.concat([buffer, kept]));
    },
    resume() {
      buffer = work(machine, buffer);
    },
    waiting: () => buffer.length,
  };
}
