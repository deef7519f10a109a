import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { App } from '../../app/index.ts';
import { converse, refuseUpgrade } from '../../app/web/converse.ts';
import { securityHeaders } from '../../app/web/headers.ts';
import { pathOf, readPages, servePage } from '../../app/web/pages.ts';
import type { WindowKind } from '../../contract/define.ts';

/** The running host: its addresses carry the token of their window. */
export type Served = { readonly cashier: string; readonly customer: string; close(): Promise<void> };

/** A file of articles comes in one message; nothing else is near this size. */
const largestMessage = 170 * 1024 * 1024;

const newToken = (): string => randomBytes(32).toString('base64url');

function sameToken(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
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

/** Serves the pages and the socket on loopback. Throws when the port is taken. */
export async function serve(app: App, pagesDir: string, wantedPort: number): Promise<Served> {
  const tokens: Readonly<Record<WindowKind, string>> = { cashier: newToken(), customer: newToken() };
  const pages = readPages(pagesDir);
  let port = wantedPort;
  const server = createServer((request, response) => {
    const path = pathOf(request);
    if (ownRequest(request, port)) servePage(pages.get(path === '/' ? '/cashier.html' : path), request, response);
    else response.writeHead(403, securityHeaders).end();
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage, perMessageDeflate: false });
  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const given = url.searchParams.get('token') ?? '';
    const window = (['cashier', 'customer'] as const).find((kind) => sameToken(given, tokens[kind]));
    if (url.pathname !== '/socket' || !window || !ownRequest(request, port) || !ownOrigin(request, port)) {
      refuseUpgrade(socket, '403 Forbidden');
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
