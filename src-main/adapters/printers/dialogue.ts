import { createConnection, type Socket } from 'node:net';
import type { Clock } from '../../core/ports/world.ts';
import { commandsOf, confirmCommand, markBytes } from '../../core/printers/commands.ts';
import type { PrinterModel } from '../../core/printers/models.ts';
import { escPosStatus, starStatus, type PrinterStatus } from '../../core/printers/status.ts';
import { framesOf, type Frame } from './frames.ts';

/** Questions and answers with a printer over one connection. */
export type Dialogue = {
  send(bytes: Iterable<number>): void;
  /** How the printer is; null when it does not say so in time. */
  ask(withinMs: number): Promise<PrinterStatus | null>;
  /** Asks to be told when all that was sent has had its turn; answers how to wait for that. */
  confirm(mark: number): (withinMs: number) => Promise<boolean>;
  closed(): boolean;
  /** Ends when what was sent is gone. */
  end(): Promise<void>;
};

/** Connects, or not within so many milliseconds: then null. */
function connected(host: string, port: number, withinMs: number, clock: Clock): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    const settle = (answer: Socket | null): void => {
      stop();
      if (!answer) socket.destroy();
      resolve(answer);
    };
    const stop = clock.after(withinMs, () => settle(null));
    socket.once('connect', () => settle(socket));
    socket.on('error', () => settle(null));
  });
}

export async function openDialogue(address: { readonly host: string; readonly port: number }, model: PrinterModel, clock: Clock, withinMs: number): Promise<Dialogue | null> {
  const socket = await connected(address.host, address.port, withinMs, clock);
  if (!socket) return null;
  socket.setNoDelay(true);
  let inbox: Uint8Array = new Uint8Array();
  let statusBytes: number[] = [];
  let report: Uint8Array | null = null;
  let etbCounter: number | null = null;
  let closed = false;
  const marks = new Set<string>();
  const waiting = new Set<() => void>();

  function take(frame: Frame): void {
    if (frame.kind === 'status') statusBytes.push(frame.byte);
    else if (frame.kind === 'done') marks.add(frame.mark);
    else {
      report = frame.bytes;
      ({ etbCounter } = starStatus(frame.bytes));
    }
  }
  const wake = (): void => [...waiting].forEach((look) => look());
  socket.on('data', (chunk) => {
    const { frames, rest } = framesOf(model, Buffer.concat([inbox, chunk]));
    inbox = rest;
    frames.forEach(take);
    wake();
  });
  socket.on('close', () => {
    closed = true;
    wake();
  });

  /** Whether it becomes so in time, while the connection stands. */
  function until(isSo: () => boolean, ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (): void => {
        waiting.delete(look);
        stop();
        resolve(isSo());
      };
      const look = (): void => {
        if (isSo() || closed) settle();
      };
      const stop = clock.after(ms, settle);
      waiting.add(look);
      look();
    });
  }

  const send = (bytes: Iterable<number>): void => {
    if (!closed) socket.write(Uint8Array.from(bytes));
  };

  function answered(): PrinterStatus | null {
    if (report) return starStatus(report);
    const [printer, offline, roll] = statusBytes;
    return printer === undefined || offline === undefined || roll === undefined ? null : escPosStatus(printer, offline, roll);
  }

  return {
    send,
    async ask(withinMs) {
      statusBytes = [];
      report = null;
      send(commandsOf(model).ask);
      await until(() => answered() !== null, withinMs);
      return answered();
    },
    confirm(mark) {
      marks.clear();
      const wanted = model.confirms === 'process-id' ? String.fromCharCode(...markBytes(mark)) : '';
      const countBefore = etbCounter;
      const counted = (): boolean => etbCounter !== null && countBefore !== null && etbCounter === (countBefore + 1) % 32;
      send(confirmCommand(model, mark));
      return (withinMs) => until(() => (model.confirms === 'etb' ? counted() : marks.has(wanted)), withinMs);
    },
    closed: () => closed,
    end: () =>
      new Promise((resolve) => {
        if (closed) return resolve();
        const stop = clock.after(1_000, () => socket.destroy());
        socket.once('close', () => {
          stop();
          resolve();
        });
        socket.end();
      }),
  };
}
