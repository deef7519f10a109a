import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { createBufferedPrinter, type BufferedPrinter } from '../printers/buffered.ts';
import type { Language } from '../printers/letters.ts';
import { sleep, until } from './cases.ts';
import type { Gadget } from './gadget.ts';

/** How often the printer looks for what came, in milliseconds. */
const lookEveryMs = 5;

/** How much it prints at once, in bytes: no printer takes a whole receipt in a moment. */
const mostAtOnce = 512;

/**
 * More than the kernel holds of what came. A transfer that is read in part and then unplugged leaves the gadget's driver with memory that
 * is not its own any more (f_printer.c keeps current_rx_req), and the machine dies of it.
 */
const allOfIt = 256 * 1024;

/** The printer of a composite device: it understands what the till sends over the cable, and answers. */
export type GadgetPrinter = Omit<BufferedPrinter, 'take'> & {
  /** Every byte that came. */
  received(): Buffer;
  readonly faults: { /** Pulls the plug after so many bytes. */ unplugAfter: number; /** Fetches nothing more after so many bytes: the till's stay in the cable. */ deafAfter: number };
  /** Plugs it in again. */
  plugIn(): Promise<void>;
  close(): Promise<void>;
};

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** What the port answers without waiting; null: nothing now. */
function now<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (['EAGAIN', 'ENODEV', 'ENXIO', 'EBUSY', 'ENOENT', 'ESHUTDOWN'].includes(codeOf(error))) return null;
    throw error;
  }
}

/** Plugs the device in with a printer of this language in it. */
export async function startGadgetPrinter(device: Gadget, language: Language): Promise<GadgetPrinter> {
  const faults: GadgetPrinter['faults'] = { unplugAfter: Number.POSITIVE_INFINITY, deafAfter: Number.POSITIVE_INFINITY };
  const inbox = Buffer.alloc(allOfIt);
  let port: number | null = null;
  let closed = false;
  let received = Buffer.alloc(0);
  let waiting = Buffer.alloc(0);
  const answers: Uint8Array[] = [];
  const printer = createBufferedPrinter(language, (bytes) => answers.push(Uint8Array.from(bytes)));

  function pullOut(): void {
    if (port !== null) closeSync(port);
    port = null;
    // A printer without power forgets.
    answers.length = 0;
    waiting = Buffer.alloc(0);
    device.pullOut();
  }

  function fetch(from: number): void {
    const room = Math.min(faults.unplugAfter, faults.deafAfter, received.length + mostAtOnce) - received.length;
    if (room <= 0) return;
    const count = now(() => readSync(from, inbox)) ?? 0;
    waiting = Buffer.concat([waiting, inbox.subarray(0, count)]);
    const bytes = waiting.subarray(0, room);
    if (bytes.length === 0) return;
    waiting = waiting.subarray(bytes.length);
    received = Buffer.concat([received, bytes]);
    printer.take(bytes);
  }

  function look(): void {
    if (port === null) return;
    const from = port;
    fetch(from);
    if (received.length >= faults.unplugAfter) return pullOut();
    for (let [first] = answers; first && port !== null; [first] = answers) {
      const answer = first;
      if (now(() => writeSync(from, answer)) === null) break;
      answers.shift();
    }
  }

  async function work(): Promise<void> {
    while (!closed) {
      look();
      await sleep(lookEveryMs);
    }
  }

  async function plugIn(): Promise<void> {
    device.plugIn();
    await until('the port of the printer', () => {
      port = now(() => openSync(device.printerPort, constants.O_RDWR | constants.O_NONBLOCK));
      return port !== null;
    });
  }

  await plugIn();
  const working = work();
  return {
    machine: printer.machine,
    resume: printer.resume,
    waiting: printer.waiting,
    received: () => received,
    faults,
    plugIn,
    async close() {
      closed = true;
      await working;
      pullOut();
    },
  };
}
