import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startTillProcess } from '../../testing/till-process.ts';
import { signInAs } from '../../testing/till.ts';
import { eventually, sellByVipps, vippsOf } from '../../testing/vipps-till.ts';

test('VIPPS-12 a till killed before its receipt is sent, and while it is, sends it after the start: once where the app has it already', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'kassa-after-'));
  let till = await startTillProcess(dataDir);
  const vipps = vippsOf(() => till.sandboxes['vipps']?.control ?? '');
  const again = async (): Promise<void> => {
    await till.kill();
    till = await startTillProcess(dataDir);
    await signInAs(till, 'Sofie Dahl');
  };
  const stateOf = (receiptId: string) => eventually(() => till.call('provider-receipt.of-receipt', { receiptId }), ([one]) => one?.state === 'sent', 20_000);
  await signInAs(till, 'Sofie Dahl');

  // Killed while the request lies in the network: the app has nothing.
  await vipps.fault('delay', 'receipt', { value: 60_000 });
  const first = await sellByVipps(till, vipps);
  await eventually(() => vipps.asked('receipt'), (asked) => asked > 0);
  expect(await vipps.receipts()).toEqual([]);
  await again();
  await stateOf(first.receiptId);
  expect(await vipps.receipts()).toHaveLength(1);

  // Killed when the app has it and its answer was lost: the second one is a conflict, and no error.
  await vipps.fault('drop-answer', 'receipt', { times: 9 });
  const second = await sellByVipps(till, vipps);
  await eventually(() => vipps.receipts(), (all) => all.length === 2, 20_000);
  await again();
  await stateOf(second.receiptId);
  expect(await vipps.receipts()).toHaveLength(2);

  // Killed at once: what follows from the completion was written with it.
  const third = await sellByVipps(till, vipps);
  await again();
  await stateOf(third.receiptId);
  const numbers = (await vipps.receipts()).map(({ receipt }) => receipt.bottomLine.receiptNumber);
  expect(numbers).toEqual([first, second, third].map(({ number }) => String(number)));

  await till.close();
  rmSync(dataDir, { recursive: true, force: true });
}, 90_000);
