import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { createPaces } from '../../core/lan/pace.ts';
import { isOwnHost, isOwnOrigin } from '../../core/lan/requests.ts';
import type { KeyPair } from '../../core/ports/lan.ts';
import { refuseUpgrade, type Caller } from '../web/converse.ts';
import { securityHeaders } from '../web/headers.ts';
import { pathOf } from '../web/pages.ts';
import { deviceOf, route, type LanDoor } from './routes.ts';
import { createSockets } from './sockets.ts';

export type LanServerInput = {
  readonly pair: KeyPair;
  readonly port: number;
  readonly door: LanDoor;
  readonly till: Caller;
  /** Names and addresses by which this machine may be called, as they are now. */
  readonly names: () => readonly string[];
  readonly monotonicMs: () => number;
  readonly came: (deviceId: string) => void;
  readonly gone: (deviceId: string) => void;
  /** What no request is to blame for. */
  readonly failed: (error: unknown) => void;
};

/** The running listener. */
export type LanServer = {
  /** Devices whose screens are connected now. */
  connected(): ReadonlySet<string>;
  /** Ends a device's connections at once. */
  cut(deviceId: string): void;
  close(): Promise<void>;
};

/** Requests of one address: a page with all its parts at once, then a few a second. */
const requestPace = { burst: 80, everyMs: 100 };
const rememberedAddresses = 500;
const mostConnections = 64;
/** One device that opens and never speaks leaves room for the others. */
const mostOfAddress = 16;
const timeouts = { handshakeTimeout: 10_000, headersTimeout: 10_000, requestTimeout: 15_000, keepAliveTimeout: 5_000 };
/** The calls of a customer's screen are tiny. */
const largestMessage = 64 * 1024;

/** Keeps one address from taking all connections. */
function limitConnections(server: Server): void {
  const open = new Map<string, number>();
  server.maxConnections = mostConnections;
  server.on('connection', (socket: Socket) => {
    const from = socket.remoteAddress ?? '';
    const count = (open.get(from) ?? 0) + 1;
    open.set(from, count);
    socket.once('close', () => {
      const left = (open.get(from) ?? 1) - 1;
      if (left === 0) open.delete(from);
      else open.set(from, left);
    });
    if (count > mostOfAddress) socket.destroy();
  });
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '0.0.0.0', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Opens the listener in the shop's network. Throws what kept it from opening. */
export async function openLanServer(input: LanServerInput): Promise<LanServer> {
  const { door, port } = input;
  const paces = createPaces(requestPace, rememberedAddresses);
  const server = createServer({ key: input.pair.key, cert: input.pair.certificate, minVersion: 'TLSv1.2', maxHeaderSize: 8_192, ...timeouts });
  const upgrades = new WebSocketServer({ noServer: true, maxPayload: largestMessage, perMessageDeflate: false });
  const sockets = createSockets(input);
  const inPace = (request: IncomingMessage): boolean => paces.take(request.socket.remoteAddress ?? '', input.monotonicMs());
  const ownHost = ({ headers }: IncomingMessage): boolean => isOwnHost(headers.host, input.names(), port);
  const ownOrigin = ({ headers }: IncomingMessage): boolean => isOwnOrigin(headers.origin, headers.host);

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (!inPace(request)) return refuseUpgrade(socket, '429 Too Many Requests');
    if (pathOf(request) !== '/socket' || !ownHost(request) || !ownOrigin(request)) return refuseUpgrade(socket, '403 Forbidden');
    const device = deviceOf(request, door);
    if (!device) return refuseUpgrade(socket, '401 Unauthorized');
    if (!sockets.roomFor(device.id)) return refuseUpgrade(socket, '429 Too Many Requests');
    upgrades.handleUpgrade(request, socket, head, (opened) => sockets.add(opened, device));
  }

  limitConnections(server);
  server.on('request', (request, response) => {
    if (!inPace(request)) response.writeHead(429, { ...securityHeaders, 'Retry-After': '5' }).end();
    else if (!ownHost(request)) response.writeHead(403, securityHeaders).end();
    else {
      route(door, request, response, ownOrigin(request)).catch((error: unknown) => {
        input.failed(error);
        response.destroy();
      });
    }
  });
  server.on('upgrade', (request, socket, head) => {
    try {
      upgrade(request, socket, head);
    } catch (error) {
      input.failed(error);
      socket.destroy();
    }
  });
  // A stranger that speaks no TLS, and one that goes away in the middle, are nobody's failure.
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  server.on('clientError', (_error, socket) => socket.destroy());
  try {
    await listen(server, port);
  } catch (error) {
    sockets.close();
    throw error;
  }
  server.on('error', input.failed);

  return {
    connected: sockets.connected,
    cut: sockets.cut,
    async close() {
      sockets.close();
      upgrades.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
