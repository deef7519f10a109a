import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { App } from '../../app/index.ts';
import type { AnswerMessage, EventMessage } from '../../contract/index.ts';
import type { WindowKind } from '../../contract/define.ts';
import { fail } from '../../contract/errors.ts';
import { readPages, type Page } from './pages.ts';

/** The running host: its addresses carry the token of their window. */
export type Served = { readonly cashier: string; readonly customer: string; close(): Promise<void> };

/** A file of articles comes in one message; nothing else is near this size. */
const largestMessage = 170 * 1024 * 1024;

const securityHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='; font-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
} as const;

const newToken = (): string => randomBytes(32).toString('base64url');

function sameToken(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The pages are public within this machine; what they may do is decided at the socket, by the token. */
function servePage(pages: ReadonlyMap<string, Page>, request: IncomingMessage, response: ServerResponse): void {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  const page = pages.get(path === '/' ? '/cashier.html' : path);
  if (!page || (request.method !== 'GET' && request.method !== 'HEAD')) {
    response.writeHead(404, securityHeaders).end();
    return;
  }
  response.writeHead(200, {
    ...securityHeaders,
    'Content-Type': page.type,
    'Content-Length': page.bytes.length,
    'Cache-Control': page.immutable ? 'public, max-age=31536000, immutable' : 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : page.bytes);
}

const isCall = (message: unknown): message is { id: number; name: string; input: unknown } =>
  typeof message === 'object' &&
  message !== null &&
  'id' in message &&
  Number.isSafeInteger(message.id) &&
  'name' in message &&
  typeof message.name === 'string';

function parsed(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return null;
  }
}

/** Speaks with one window: its calls are answered in their order, its events follow the answers' order too. */
function converse(app: App, socket: WebSocket, window: WindowKind): void {
  const send = (message: AnswerMessage | EventMessage): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  const unsubscribe = app.subscribe(window, (event, payload) => send({ event, payload }));
  socket.on('message', (data, isBinary) => {
    const message = isBinary ? null : parsed(String(data));
    if (!isCall(message)) {
      send({ id: -1, result: fail('bad-message', { call: '', place: '/' }) });
      return;
    }
    void app.call(window, message.name, message.input).then((result) => send({ id: message.id, result }));
  });
  socket.on('close', unsubscribe);
  // The close event follows; an error of one socket is no failure of the till.
  socket.on('error', () => undefined);
}

/** A page of another site must not reach the till: the names that the browser used have to be our own. */
function ownRequest(request: IncomingMessage, port: number): boolean {
  const names = [`127.0.0.1:${port}`, `localhost:${port}`];
  return names.includes(request.headers.host ?? '');
}

function ownOrigin(request: IncomingMessage, port: number): boolean {
  return [`http://127.0.0.1:${port}`, `http://localhost:${port}`].includes(request.headers.origin ?? '');
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function refuse(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

/** Serves the pages and the socket on loopback. Throws when the port is taken. */
export async function serve(app: App, pagesDir: string, wantedPort: number): Promise<Served> {
  const tokens: Readonly<Record<WindowKind, string>> = { cashier: newToken(), customer: newToken() };
  const pages = readPages(pagesDir);
  let port = wantedPort;
  const server = createServer((request, response) => {
    if (ownRequest(request, port)) servePage(pages, request, response);
    else response.writeHead(403, securityHeaders).end();
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage, perMessageDeflate: false });
  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const given = url.searchParams.get('token') ?? '';
    const window = (['cashier', 'customer'] as const).find((kind) => sameToken(given, tokens[kind]));
    if (url.pathname !== '/socket' || !window || !ownRequest(request, port) || !ownOrigin(request, port)) {
      refuse(socket);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => converse(app, opened, window));
  });
  port = await listen(server, wantedPort);
  const address = (page: string, window: WindowKind): string => `http://127.0.0.1:${port}/${page}.html?token=${tokens[window]}`;
  return {
    cashier: address('cashier', 'cashier'),
    customer: address('customer', 'customer'),
    async close() {
      for (const client of sockets.clients) client.close(1001);
      sockets.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      for (const client of sockets.clients) client.terminate();
    },
  };
}
