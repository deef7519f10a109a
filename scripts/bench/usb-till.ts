import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { createApp } from '../../src-main/app/index.ts';
import { serve } from '../../src-main/hosts/browser/server.ts';
import { fakeUsb } from '../../src-main/testing/scanners.ts';
import { root } from '../lib.ts';

/*
 * A till whose USB port is a pipe: each line of its input is a code that a HID POS scanner reads, and its answer the time at which the first
 * report was there, in milliseconds since 1970. From there on everything is the till's own. Its argument is the data folder.
 */
const usb = fakeUsb();
usb.plugIn('one');
const app = await createApp({ dataDir: process.argv[2] ?? '', host: 'browser', version: '0.0.0', firstShop: 'setup', language: 'en', pdf: { render: () => Promise.resolve(null) }, scanners: usb.hid });
const served = await serve(app, join(root, 'dist/renderer'), 0);
process.stdout.write(`${JSON.stringify({ cashier: served.cashier })}\n`);
for await (const code of createInterface({ input: process.stdin })) {
  const startMs = performance.timeOrigin + performance.now();
  usb.scan('one', ']E0', code);
  process.stdout.write(`${JSON.stringify({ startMs })}\n`);
}
await served.close();
await app.close();
