import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { Clock } from '../../core/ports/world.ts';
import type { Channel, NoChannel, OpenChannel } from './channel.ts';
import { linuxRoots, usbPathOf, type UsbRoots } from './usb-found.ts';

/** How often the printer's file is looked at while it is spoken with, in milliseconds. */
const lookEveryMs = 5;

/** For so long nothing may come before a conversation begins: an answer to an earlier one would be taken for an answer to this one. */
const silenceMs = 40;

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** Not now: the driver is at work, or a signal came. */
const isLater = (error: unknown): boolean => ['EAGAIN', 'EINTR'].includes(codeOf(error));

/** What the file takes at once; null: nothing now. Anything else that goes wrong means that the printer is gone. */
async function attempt(work: () => Promise<number>): Promise<number | null> {
  try {
    return await work();
  } catch (error) {
    if (isLater(error)) return null;
    throw error;
  }
}

/**
 * A conversation over the file of a printer. The file never blocks (O_NONBLOCK): a read or a write that waits would hold one of the few threads that
 * the whole program does its files with, for as long as the printer has no paper.
 */
function channelOver(file: FileHandle, clock: Clock): { readonly channel: Channel; readonly silence: (withinMs: number) => Promise<void> } {
  let queue: Uint8Array[] = [];
  let closed = false;
  let ending = false;
  let heardAt = clock.monotonicMs();
  let onData: (bytes: Uint8Array) => void = () => undefined;
  const closers: (() => void)[] = [];
  const inbox = new Uint8Array(4_096);
  const pause = (): Promise<void> => new Promise((resolve) => void clock.after(lookEveryMs, resolve));

  async function read(): Promise<void> {
    const count = await attempt(async () => (await file.read(inbox, 0, inbox.length, null)).bytesRead);
    // None is no end: some printers answer with empty packets while they have nothing to say.
    if (!count) return;
    heardAt = clock.monotonicMs();
    onData(inbox.slice(0, count));
  }

  async function write(): Promise<void> {
    const [first] = queue;
    if (!first) return;
    const count = await attempt(async () => (await file.write(first)).bytesWritten);
    // It may have been thrown away meanwhile.
    if (!count || queue[0] !== first) return;
    queue = count < first.length ? [first.subarray(count), ...queue.slice(1)] : queue.slice(1);
  }

  /** Whether the driver has handed over all it took: closing before that takes it back. A write of nothing waits for the one before. */
  const handedOver = async (): Promise<boolean> => (await attempt(async () => (await file.write(new Uint8Array())).bytesWritten)) !== null;

  async function converse(): Promise<void> {
    try {
      for (;;) {
        await write();
        await read();
        if (closed || (ending && queue.length === 0 && (await handedOver()))) return;
        await pause();
      }
    } catch {
      // Unplugged, or the driver gave it up.
    } finally {
      closed = true;
      await file.close().catch(() => undefined);
      closers.forEach((closer) => closer());
    }
  }
  void converse();

  const channel: Channel = {
    write: (bytes) => {
      if (!closed && !ending) queue.push(bytes);
    },
    drop: () => {
      queue = [];
    },
    onData: (listener) => {
      onData = listener;
    },
    onClosed: (listener) => void closers.push(listener),
    closed: () => closed,
    end: () =>
      new Promise((resolve) => {
        if (closed) return resolve();
        ending = true;
        const stop = clock.after(1_000, () => {
          closed = true;
        });
        closers.push(() => {
          stop();
          resolve();
        });
      }),
  };
  return {
    channel,
    async silence(withinMs) {
      const giveUpAt = clock.monotonicMs() + withinMs;
      while (!closed && clock.monotonicMs() - heardAt < silenceMs && clock.monotonicMs() < giveUpAt) await pause();
    },
  };
}

/** The system says that the printer is there and that this program may not have it: another one holds it, or the user has no right to it. */
const isDenied = (error: unknown): boolean => ['EACCES', 'EPERM', 'EBUSY'].includes(codeOf(error));

async function opened(id: string, roots: UsbRoots): Promise<FileHandle | NoChannel> {
  const path = await usbPathOf(id, roots);
  if (path === null) return 'unreachable';
  try {
    return await open(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch (error) {
    return isDenied(error) ? 'denied' : 'unreachable';
  }
}

/** A printer at a USB port, through the file that the Linux kernel makes of it (printer class, usblp); found anew for each conversation. */
export function usbChannel(id: string, clock: Clock, roots: UsbRoots = linuxRoots): OpenChannel {
  return async (withinMs) => {
    const opening = opened(id, roots);
    const late = new Promise<'late'>((resolve) => void clock.after(withinMs, () => resolve('late')));
    const file = await Promise.race([opening, late]);
    if (file === 'late') {
      void opening.then((found) => (typeof found === 'string' ? undefined : found.close()));
      return 'unreachable';
    }
    if (typeof file === 'string') return file;
    const { channel, silence } = channelOver(file, clock);
    await silence(withinMs);
    return channel;
  };
}
