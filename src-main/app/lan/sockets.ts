import type { WebSocket } from 'ws';
import { createPaces } from '../../core/lan/pace.ts';
import { converse, type Caller } from '../web/converse.ts';
import type { KnownDevice } from './desk.ts';

type SocketsInput = {
  readonly till: Caller;
  readonly monotonicMs: () => number;
  readonly came: (deviceId: string) => void;
  readonly gone: (deviceId: string) => void;
  /** How often screens are asked whether they are there; a test has less patience. */
  readonly everyMs?: number;
};

/** Messages of one screen: it asks little, and a customer types slowly. */
const messagePace = { burst: 20, everyMs: 200 };
/** How often a screen hears that the till is there. One that hears nothing for twice as long says that it is not. */
const beatMs = 5_000;
const mostSockets = 32;
/** A screen that comes again before its old connection was missed. */
const mostOfDevice = 4;
/** What a screen that reads no more may leave unread. */
const mostUnreadBytes = 4 * 1024 * 1024;
/** How the end of a connection is explained to its screen. */
export const closeCodes = { restarting: 1001, tooMuch: 1008, revoked: 4401 } as const;
/** Time for the reason to arrive before the line is cut. */
const lastWordMs = 200;

type Live = { readonly deviceId: string; heard: boolean };

/** The connections of devices. They are asked for a sign of life at every beat; one that gave none since the last is cut. */
export function createSockets({ till, monotonicMs, came, gone, everyMs = beatMs }: SocketsInput) {
  const live = new Map<WebSocket, Live>();
  const ofDevice = (deviceId: string): readonly WebSocket[] => [...live].filter(([, one]) => one.deviceId === deviceId).map(([socket]) => socket);

  function end(socket: WebSocket, code: number): void {
    const known = live.get(socket);
    if (!known) return;
    // From here on nothing that it says counts.
    live.delete(socket);
    socket.close(code);
    setTimeout(() => socket.terminate(), lastWordMs).unref();
    if (ofDevice(known.deviceId).length === 0) gone(known.deviceId);
  }

  const beat = setInterval(() => {
    for (const [socket, one] of live) {
      if (!one.heard || socket.bufferedAmount > mostUnreadBytes) {
        end(socket, closeCodes.restarting);
        continue;
      }
      one.heard = false;
      socket.ping();
      socket.send('{"event":"lan.beat","payload":{}}');
    }
  }, everyMs);
  beat.unref();

  return {
    connected: (): ReadonlySet<string> => new Set([...live.values()].map(({ deviceId }) => deviceId)),
    roomFor: (deviceId: string): boolean => live.size < mostSockets && ofDevice(deviceId).length < mostOfDevice,
    add(socket: WebSocket, device: KnownDevice): void {
      const paces = createPaces(messagePace, 1);
      const one: Live = { deviceId: device.id, heard: true };
      const isNew = ofDevice(device.id).length === 0;
      live.set(socket, one);
      const mayCall = (): boolean => {
        one.heard = true;
        if (!live.has(socket)) return false;
        if (paces.take('', monotonicMs())) return true;
        end(socket, closeCodes.tooMuch);
        return false;
      };
      converse(till, socket, device.window, mayCall);
      socket.on('pong', () => {
        one.heard = true;
      });
      socket.on('close', () => end(socket, closeCodes.restarting));
      if (isNew) came(device.id);
    },
    cut(deviceId: string): void {
      for (const socket of ofDevice(deviceId)) end(socket, closeCodes.revoked);
    },
    close(): void {
      clearInterval(beat);
      for (const socket of live.keys()) end(socket, closeCodes.restarting);
    },
  };
}
