import type { Clock } from '../../core/ports/world.ts';
import { commandsOf, confirmCommand, markBytes } from '../../core/printers/commands.ts';
import type { PrinterModel } from '../../core/printers/models.ts';
import { escPosStatus, starStatus, type PrinterStatus } from '../../core/printers/status.ts';
import type { Channel } from './channel.ts';
import { framesOf, type Frame } from './frames.ts';

/** Questions and answers with a printer over one connection. */
export type Dialogue = {
  send(bytes: Iterable<number>): void;
  /** How the printer is; null when it does not say so in time. */
  ask(withinMs: number): Promise<PrinterStatus | null>;
  /** Asks to be told when all that was sent has had its turn; answers how to wait for that. */
  confirm(mark: number): (withinMs: number) => Promise<boolean>;
  /** Throws away what waits, here and in the printer: nothing of it comes out later unasked. */
  forget(): void;
  closed(): boolean;
  /** Ends when what was sent is gone. */
  end(): Promise<void>;
};

/** A conversation with a printer of this model, whatever it goes over. */
export function dialogueOver(channel: Channel, model: PrinterModel, clock: Clock): Dialogue {
  let inbox: Uint8Array = new Uint8Array();
  let statusBytes: number[] = [];
  let report: Uint8Array | null = null;
  let etbCounter: number | null = null;
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
  channel.onData((chunk) => {
    const { frames, rest } = framesOf(model, Buffer.concat([inbox, chunk]));
    inbox = rest;
    frames.forEach(take);
    wake();
  });
  channel.onClosed(wake);

  /** Whether it becomes so in time, while the connection stands. */
  function until(isSo: () => boolean, ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (): void => {
        waiting.delete(look);
        stop();
        resolve(isSo());
      };
      const look = (): void => {
        if (isSo() || channel.closed()) settle();
      };
      const stop = clock.after(ms, settle);
      waiting.add(look);
      look();
    });
  }

  const send = (bytes: Iterable<number>): void => channel.write(Uint8Array.from(bytes));

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
    forget() {
      channel.drop();
      send(commandsOf(model).forget);
    },
    closed: channel.closed,
    end: channel.end,
  };
}
