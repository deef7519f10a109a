import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openTill, type TestTill } from '../../testing/till.ts';
import { serve, type Served } from './server.ts';

let till: TestTill;
let served: Served;
const pages = mkdtempSync(join(tmpdir(), 'kassa-pages-'));

beforeAll(async () => {
  mkdirSync(join(pages, 'assets'));
  writeFileSync(join(pages, 'cashier.html'), '<!doctype html><title>Kassa</title>');
  writeFileSync(join(pages, 'secret.txt'), 'not a page');
  till = await openTill();
  served = await serve(till.app, pages, 0);
});
afterAll(async () => {
  await served.close();
  await till.close();
  rmSync(pages, { recursive: true });
});

const address = (window: 'cashier' | 'customer'): URL => new URL(served[window]);
const own = (): string => address('cashier').origin;

function open(path: string, origin: string, host?: string): Promise<WebSocket | 'refused'> {
  const url = `${own().replace('http', 'ws')}${path}`;
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { origin, ...(host === undefined ? {} : { headers: { host } }) });
    socket.once('open', () => resolve(socket));
    socket.once('error', () => resolve('refused'));
  });
}

async function ask(window: 'cashier' | 'customer', text: string): Promise<unknown> {
  const socket = await open(`/socket${address(window).search}`, own());
  if (socket === 'refused') throw new Error('refused');
  const answer = await new Promise<string>((resolve) => {
    socket.once('message', (data: Buffer) => resolve(data.toString()));
    socket.send(text);
  });
  socket.close();
  return JSON.parse(answer);
}

function status(path: string, host: string): Promise<number> {
  return new Promise((resolve) => {
    request(`${own()}${path}`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).end();
  });
}

describe('the browser host', () => {
  test('opens no socket without the token, for another origin or under another name', async () => {
    const { search, host } = address('cashier');
    expect(await open('/socket?token=wrong', own())).toBe('refused');
    expect(await open('/socket', own())).toBe('refused');
    expect(await open(`/socket${search}`, 'http://evil.example')).toBe('refused');
    expect(await open(`/socket${search}`, own(), 'evil.example')).toBe('refused');
    expect(await status('/cashier.html', host)).toBe(200);
    expect(await status('/cashier.html', 'evil.example')).toBe(403);
  });

  test("the customer's token makes no cashier's calls", async () => {
    const answer = await ask('customer', JSON.stringify({ id: 1, name: 'sale.current', input: {} }));
    expect(answer).toMatchObject({ id: 1, result: { ok: false, error: { code: 'forbidden' } } });
    expect(await ask('customer', JSON.stringify({ id: 2, name: 'customer.current', input: {} }))).toMatchObject({ result: { ok: true } });
  });

  test('a message that is no call is answered, not obeyed', async () => {
    for (const text of ['not json', '[]', '{"id":"x","name":"sale.current"}', '{"id":1}']) {
      expect(await ask('cashier', text)).toMatchObject({ id: -1, result: { ok: false, error: { code: 'bad-message' } } });
    }
  });

  test('serves its pages with a strict policy, and nothing else of the disk', async () => {
    const page = await fetch(`${own()}/cashier.html`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    for (const path of ['/secret.txt', '/../package.json', '/%2e%2e/package.json', '/assets']) {
      expect((await fetch(`${own()}${path}`)).status).toBe(404);
    }
  });
});
