import { createServer, type AddressInfo, type Socket } from 'node:net';
import { step } from './printers/command.ts';
import { escPosCommands, escPosRealTime } from './printers/esc-pos.ts';
import type { Language } from './printers/letters.ts';
import { createMachine, type Hands, type Machine, type PrintedPaper } from './printers/machine.ts';
import { starCommands, starReport } from './printers/star-prnt.ts';

/** A receipt printer in the network that is none: it understands what it is sent, and tells what would be on paper. */
export type NetworkPrinter = {
  readonly port: number;
  readonly papers: readonly PrintedPaper[];
  /** Bytes that are no command of its language. */
  readonly problems: readonly string[];
  /** What somebody does by hand: paper, cover, drawer. Call `resume` afterwards. */
  readonly hands: Hands;
  readonly faults: { /** Breaks the connection after so many bytes. */ dropAfter: number | null; /** Never says a word. */ mute: boolean; /** Says nothing more once something is on paper. */ silentAfterPaper: boolean };
  /** How often somebody connected. */
  connections(): number;
  pulses(): number;
  /** The cover is closed, paper is in: what waits in the buffer comes out. */
  resume(): void;
  /** Bytes that wait in its buffer. */
  waiting(): number;
  close(): Promise<void>;
};

const clearBuffer = '\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08';

/** Takes commands that are carried out at once out of what came; answers the rest. */
function realTime(machine: Machine, bytes: Buffer, clear: () => void): Buffer {
  const star = machine.language === 'star-prnt';
  // oxlint-disable-next-line no-control-regex
  const atOnce = star ? /\x1b\x06[\x01\x18]/g : /\x10\x04[\x01-\x04]|\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08/g;
  const rest = bytes.toString('latin1').replaceAll(atOnce, (command) => {
    if (command === clearBuffer || command === '\x1b\x06\x18') clear();
    else machine.answer(star ? starReport(machine) : [escPosRealTime(machine, command.charCodeAt(2))]);
    return '';
  });
  return Buffer.from(rest, 'latin1');
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

export async function startNetworkPrinter(language: Language): Promise<NetworkPrinter> {
  const sockets = new Set<Socket>();
  const faults: NetworkPrinter['faults'] = { dropAfter: null, mute: false, silentAfterPaper: false };
  let current: Socket | null = null;
  let connections = 0;
  let buffer: Buffer = Buffer.alloc(0);
  const machine = createMachine(language, (bytes) => {
    if (!faults.mute && !(faults.silentAfterPaper && machine.papers.length > 0)) current?.write(Uint8Array.from(bytes));
  });
  let received = 0;

  function take(socket: Socket, chunk: Buffer): void {
    current = socket;
    const room = faults.dropAfter === null ? chunk.length : Math.max(0, faults.dropAfter - received);
    received += chunk.length;
    const kept = realTime(machine, chunk.subarray(0, room), () => {
      buffer = Buffer.alloc(0);
      machine.reset();
    });
    buffer = work(machine, Buffer.concat([buffer, kept]));
    if (room < chunk.length) socket.destroy();
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    connections += 1;
    received = 0;
    socket.on('data', (chunk) => take(socket, chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    papers: machine.papers,
    problems: machine.problems,
    hands: machine.hands,
    faults,
    connections: () => connections,
    pulses: machine.pulses,
    resume() {
      buffer = work(machine, buffer);
    },
    waiting: () => buffer.length,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
