import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import { checkDigit } from '../../core/articles/gtin.ts';
import type { Case } from './cases.ts';
import type { Gadget } from './gadget.ts';
import { startLabTill } from './lab-till.ts';
import type { PaceDone, PaceOrder } from './pace.ts';

const scans = 2000;
const everyMs = 20;

type Code = PaceOrder['scans'][number];

/** All different; every fifth takes several reports. */
function codeOf(index: number): Code {
  const body = `95201234${String(index).padStart(4, '0')}`;
  const ean = body + String(checkDigit(body));
  if (index % 5 !== 4) return { aim: ']E0', text: ean };
  return { aim: ']Q1', text: `https://id.example.org/01/0${ean}/10/LOT-${index}?3103=000742&note=${'x'.repeat(index % 60)}` };
}

/** Has a thread of its own send codes at a steady pace; answers when each was written. */
function sendAtPace(order: PaceOrder): Promise<PaceDone> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('pace.mjs', import.meta.url), { workerData: order });
    worker.on('message', (done: PaceDone) => resolve(done));
    worker.on('error', reject);
  });
}

const share = (sorted: readonly number[], part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
const inMs = (us: number): number => Math.round(us / 100) / 10;

const steadyPace = (device: Gadget): Case => ({
  name: `${scans} scans at ${1000 / everyMs} a second over USB arrive all, in their order, none twice`,
  run: async () => {
    device.plugIn();
    const till = startLabTill([device.serial]);
    try {
      await till.untilOpen(1);
      const codes = Array.from({ length: scans }, (_, index) => codeOf(index));
      const { writtenUs } = await sendAtPace({ port: device.scannerPort, everyMs, scans: codes });
      await till.untilHeard(scans);
      assert.deepEqual(till.heard.map((one) => (one.kind === 'received' ? one.aim + one.code : one.reason)), codes.map(({ aim, text }) => aim + text));
      const latencies = till.heard.map(({ atUs }, index) => atUs - (writtenUs[index] ?? 0)).toSorted((one, other) => one - other);
      assert((latencies[0] ?? -1) >= 0, 'a code was heard before it was sent');
      const seconds = ((writtenUs.at(-1) ?? 0) - (writtenUs[0] ?? 0)) / 1e6;
      const perSecond = (scans - 1) / seconds;
      assert(perSecond >= 0.98 * (1000 / everyMs), `only ${perSecond.toFixed(1)} scans a second were sent`);
      return { scans, perSecond: Math.round(perSecond * 10) / 10, p50Ms: inMs(share(latencies, 0.5)), p99Ms: inMs(share(latencies, 0.99)), longestMs: inMs(latencies.at(-1) ?? 0) };
    } finally {
      await till.close();
      device.pullOut();
    }
  },
});

/** What takes long and is measured. */
export const enduranceCases = (device: Gadget): readonly Case[] => [steadyPace(device)];
