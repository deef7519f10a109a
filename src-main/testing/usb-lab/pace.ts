import { closeSync, openSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { posReports } from '../scanners.ts';
import { hold, nowUs } from './cases.ts';

/** What a scanner on a thread of its own has to send: codes, one every so many milliseconds. */
export type PaceOrder = { readonly port: string; readonly everyMs: number; readonly scans: readonly { readonly aim: string; readonly text: string }[] };

/** When the last report of each code was written, by the clock of all threads. */
export type PaceDone = { readonly writtenUs: readonly number[] };

function work({ port, everyMs, scans }: PaceOrder): PaceDone {
  const file = openSync(port, 'r+');
  const writtenUs: number[] = [];
  const startedUs = nowUs();
  for (const [index, { aim, text }] of scans.entries()) {
    const reports = posReports(aim, text);
    hold((startedUs + index * everyMs * 1000 - nowUs()) / 1000);
    let lastUs = 0;
    for (const report of reports) {
      lastUs = nowUs();
      // Waits until the report before was fetched, as the firmware of a scanner does.
      writeSync(file, report);
    }
    writtenUs.push(lastUs);
  }
  closeSync(file);
  return { writtenUs };
}

// The scanner's side has a thread of its own, so that its work is none of the till's.
parentPort?.postMessage(work(workerData as PaceOrder));
