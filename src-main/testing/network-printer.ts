import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createBufferedPrinter } from './printers/buffered.ts';
import type { Language } from './printers/letters.ts';
import type { Hands, PrintedPaper } from './printers/machine.ts';

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

export async function startNetworkPrinter(language: Language, port = 0): Promise<NetworkPrinter> {
  const sockets = new Set<Socket>();
  const faults: NetworkPrinter['faults'] = { dropAfter: null, mute: false, silentAfterPaper: false };
  let current: Socket | null = null;
  let connections = 0;
  const printer = createBufferedPrinter(language, (bytes) => {
    if (!faults.mute && !(faults.silentAfterPaper && machine.papers.length > 0)) current?.write(Uint8Array.from(bytes));
  });
  const { machine } = printer;
  let received = 0;

  function take(socket: Socket, chunk: Buffer): void {
    current = socket;
    const room = faults.dropAfter === null ? chunk.length : Math.max(0, faults.dropAfter - received);
    received += chunk.length;
    printer.take(chunk.subarray(0, room));
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
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    papers: machine.papers,
    problems: machine.problems,
    hands: machine.hands,
    faults,
    connections: () => connections,
    pulses: machine.pulses,
    resume: printer.resume,
    waiting: printer.waiting,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
