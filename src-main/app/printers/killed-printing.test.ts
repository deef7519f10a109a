import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rowOf, sellBuns, until } from '../../testing/mail.ts';
import { startNetworkPrinter } from '../../testing/network-printer.ts';
import { attachTo } from '../../testing/receipt-printer.ts';
import { startTillProcess } from '../../testing/till-process.ts';
import { signInAs } from '../../testing/till.ts';

test('C-6 a till killed while its paper is on the way prints nothing again by itself: the receipt says that it is not known, and a person decides', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'kassa-printing-'));
  const printer = await startNetworkPrinter('esc-pos');
  let till = await startTillProcess(dataDir);
  await attachTo(till, printer.port);

  // Killed while it waits for the printer's first word.
  printer.faults.mute = true;
  const asked = printer.connections();
  const receipt = await sellBuns(till);
  for (let waited = 0; waited < 500 && printer.connections() === asked; waited += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  await till.kill();
  printer.faults.mute = false;
  till = await startTillProcess(dataDir);
  await signInAs(till, 'Aino Lehtinen');
  expect(await rowOf(till, receipt)).toMatchObject({ printState: 'failed', printProblem: 'unknown' });
  expect(printer.papers).toEqual([]);
  expect(await till.call('receipt.print', { receiptId: receipt.receiptId })).toMatchObject({ copy: false });
  expect(printer.papers).toHaveLength(1);

  // Killed the moment after the sale, again and again: each receipt is on at most one paper.
  for (let round = 0; round < 2; round += 1) {
    const next = await sellBuns(till);
    await new Promise((resolve) => setTimeout(resolve, round * 30));
    await till.kill();
    till = await startTillProcess(dataDir);
    await signInAs(till, 'Aino Lehtinen');
    const row = await until(till, next, ({ printState }) => printState === 'printed' || printState === 'failed');
    const count = printer.papers.filter(({ codes }) => codes.some(({ text }) => text === `R1-${next.number}`)).length;
    if (row.printState === 'printed') expect(count).toBe(1);
    else expect(count).toBeLessThanOrEqual(1);
  }

  await till.close();
  await printer.close();
  rmSync(dataDir, { recursive: true, force: true });
}, 150_000);
