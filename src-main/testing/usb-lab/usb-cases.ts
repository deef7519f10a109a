import assert from 'node:assert/strict';
import { closeSync, openSync, writeSync } from 'node:fs';
import { posReports } from '../scanners.ts';
import { until, type Case } from './cases.ts';
import type { Gadget } from './gadget.ts';
import { startLabTill } from './lab-till.ts';

/** Sends reports over the cable, each as the one before was fetched. */
export function sendOverCable(device: Gadget, reports: readonly Uint8Array[]): void {
  const port = openSync(device.scannerPort, 'r+');
  for (const report of reports) writeSync(port, report);
  closeSync(port);
}

const hotPlug = (device: Gadget): Case => ({
  name: 'a scanner at the cable of a composite device pulled out in the middle of a code says nothing; back again, its next code is right',
  run: async () => {
    const rounds = 4;
    device.plugIn();
    const till = startLabTill([device.serial]);
    const expected: string[] = [];
    try {
      for (let round = 0; round < rounds; round += 1) {
        await until('the scanner open', () => till.opened() === round + 1);
        assert.equal(till.heard.length, round);
        sendOverCable(device, posReports(']Q1', `${round}/never/${'x'.repeat(200)}`).slice(0, 2));
        device.pullOut();
        if (round % 2 === 0) await till.untilOpen(0);
        device.plugIn();
        await until('the scanner open again', () => till.opened() === round + 2);
        const text = `${round}/next/${'y'.repeat(200)}`;
        sendOverCable(device, posReports(']Q1', text));
        expected.push(text);
        await till.untilHeard(expected.length);
      }
      assert.deepEqual(till.heard.map((one) => (one.kind === 'received' ? one.code : one.reason)), expected);
      return { hotPlugs: 2 * rounds + 1 };
    } finally {
      await till.close();
      device.pullOut();
    }
  },
});

/** What happens at the cable of a scanner. */
export const usbCases = (device: Gadget): readonly Case[] => [hotPlug(device)];
