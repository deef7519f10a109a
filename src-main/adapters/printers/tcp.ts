import { createConnection, type Socket } from 'node:net';
import type { Clock } from '../../core/ports/world.ts';
import type { Channel, OpenChannel } from './channel.ts';

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

function channelOver(socket: Socket, clock: Clock): Channel {
  let closed = false;
  socket.setNoDelay(true);
  socket.once('close', () => {
    closed = true;
  });
  return {
    write: (bytes) => {
      if (!closed) socket.write(bytes);
    },
    // What was written belongs to the system by now.
    drop: () => undefined,
    onData: (listener) => void socket.on('data', listener),
    onClosed: (listener) => void socket.once('close', listener),
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

/** A printer that is spoken to by its raw port in the network. */
export function tcpChannel({ host, port }: { readonly host: string; readonly port: number }, clock: Clock): OpenChannel {
  return async (withinMs) => {
    const socket = await connected(host, port, withinMs, clock);
    return socket ? channelOver(socket, clock) : 'unreachable';
  };
}
