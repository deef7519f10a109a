import type { IncomingMessage, ServerResponse } from 'node:http';
import { pairingRequest, type PairingPage } from '../../contract/lan.ts';
import { cookieOf } from '../../core/lan/requests.ts';
import { securityHeaders } from '../web/headers.ts';
import { pathOf, servePage, type Pages } from '../web/pages.ts';
import type { KnownDevice, Paired } from './desk.ts';

/** What the listener's pages are answered from. */
export type LanDoor = {
  /** What may be shown to a device: the customer's pages with all that they load. */
  readonly pages: Pages;
  readonly page: () => PairingPage;
  readonly pair: (code: string, name: string, address: string) => Paired;
  readonly device: (token: string) => KnownDevice | null;
};

/** Bound to this server by its prefix: no other site and no other path can set it. */
const cookieName = '__Host-kassa';
/** Browsers keep no cookie longer. */
const cookieSeconds = 400 * 24 * 3600;
const largestBody = 1_000;

/** The device that a request comes from, by its cookie. */
export function deviceOf(request: IncomingMessage, door: Pick<LanDoor, 'device'>): KnownDevice | null {
  const token = cookieOf(request.headers.cookie, cookieName);
  return token === null || token === '' ? null : door.device(token);
}

function answer(response: ServerResponse, status: number, body?: object, more: Readonly<Record<string, string>> = {}): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, { ...securityHeaders, 'Cache-Control': 'no-store', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...more }).end(text);
}

/** A small body as JSON; null for one that is too large, broken off or no JSON. */
async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > largestBody) return null;
      parts.push(part);
    }
    return JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown;
  } catch {
    return null;
  }
}

async function pair(door: LanDoor, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked = pairingRequest.safeParse(await bodyOf(request));
  if (!asked.success) {
    answer(response, 400);
    return;
  }
  const paired = door.pair(asked.data.code, asked.data.name, request.socket.remoteAddress ?? '');
  if (paired.ok) answer(response, 200, {}, { 'Set-Cookie': `${cookieName}=${paired.token}; Path=/; Max-Age=${cookieSeconds}; Secure; HttpOnly; SameSite=Strict` });
  else answer(response, paired.reason === 'too-often' ? 429 : 403, { reason: paired.reason });
}

/** Answers a request whose host is known to be our own; `ownOrigin` tells whether one of our pages made it. */
export async function route(door: LanDoor, request: IncomingMessage, response: ServerResponse, ownOrigin: boolean): Promise<void> {
  const path = pathOf(request);
  if (request.method === 'POST') {
    if (path === '/pair' && ownOrigin && request.headers['content-type'] === 'application/json') await pair(door, request, response);
    else answer(response, path === '/pair' ? 403 : 404);
    return;
  }
  const known = deviceOf(request, door) !== null;
  switch (path) {
    case '/':
      answer(response, 302, undefined, { Location: known ? '/customer.html' : '/pair' });
      return;
    case '/pair':
      servePage(door.pages.get('/pair.html'), request, response);
      return;
    case '/pairing':
      answer(response, 200, door.page());
      return;
    case '/paired':
      answer(response, known ? 204 : 401);
      return;
    case '/customer.html':
      if (known) servePage(door.pages.get(path), request, response);
      else answer(response, 302, undefined, { Location: '/pair' });
      return;
    default:
      servePage(door.pages.get(path), request, response);
  }
}
