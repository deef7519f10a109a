import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { ok } from '../../contract/errors.ts';
import { createSockets } from './sockets.ts';

const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
const news: string[] = [];
const sockets = createSockets({
  till: { call: () => Promise.resolve(ok({})), subscribe: () => () => undefined },
  monotonicMs: () => performance.now(),
  came: (id) => news.push(`${id} came`),
  gone: (id) => news.push(`${id} gone`),
  everyMs: 40,
});
server.on('connection', (socket, request) => sockets.add(socket, { id: request.url?.slice(1) ?? '', window: 'customer' }));
afterEach(() => {
  sockets.close();
  server.close();
});

const open = (id: string, autoPong: boolean): WebSocket => new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/${id}`, { autoPong });

test('a screen hears a beat as long as it answers; one that has fallen silent is cut off, and a second line of a device is the same device', async () => {
  const silent = open('silent', false);
  const lost = new Promise<number>((resolve) => silent.once('close', resolve));
  const alive = open('alive', true);
  const again = open('alive', true);
  let beats = 0;
  alive.on('message', (data: Buffer) => {
    if (data.toString().includes('lan.beat')) beats += 1;
  });
  expect(await lost).toBe(1001);
  await expect.poll(() => beats, { interval: 20 }).toBeGreaterThan(4);
  expect([...sockets.connected()]).toEqual(['alive']);
  expect(news.toSorted((one, other) => one.localeCompare(other))).toEqual(['alive came', 'silent came', 'silent gone']);
  const first = new Promise((resolve) => alive.once('close', resolve));
  alive.close();
  await first;
  expect(news).not.toContain('alive gone');
  again.close();
  await expect.poll(() => news).toContain('alive gone');
});
