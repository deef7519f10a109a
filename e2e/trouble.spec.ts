import { spawnSync } from 'node:child_process';
import { closeSync, copyFileSync, mkdirSync, openSync, readdirSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { demo, enter, nextCustomer, scan, signIn } from './hands.ts';
import { expect, test } from './till.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

async function sell(page: Page, code: string, number: string): Promise<void> {
  await scan(page, code);
  await expect(page.getByTestId('line-1')).toBeVisible();
  await page.keyboard.press('F9');
  await expect(page.getByTestId('pay-amount')).toBeFocused();
  await enter(page);
  await expect(page.getByTestId('receipt-number')).toHaveText(number);
  await nextCustomer(page);
}

/** Makes a backup with the program's own command, beside the running till. */
function backUp(dataDir: string, out: string): void {
  // The till makes the folder with its own first backup, some time after its start.
  mkdirSync(dirname(out), { recursive: true });
  const done = spawnSync(process.execPath, [join(root, 'scripts/backup.ts'), '--data', dataDir, '--out', out], { encoding: 'utf8' });
  expect(done.status, done.stderr).toBe(0);
}

/** The first page of the database goes bad, as on a dying disk. */
function damage(file: string): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(4096, 0x5a), 0, 4096, 0);
  closeSync(handle);
}

test('a damaged database offers the last backup, and the till sells again', async ({ till }) => {
  const backups = join(till.dataDir, 'backups');
  const mine = 'kassa-20260105-101500.sqlite';
  const broken = 'kassa-20260106-101500.sqlite';
  await signIn(till.cashier);
  await sell(till.cashier, demo.bun.code, '1');
  backUp(till.dataDir, join(backups, mine));
  await sell(till.cashier, demo.coffee.code, '2');

  await till.crash(() => {
    for (const name of readdirSync(backups)) if (name !== mine) rmSync(join(backups, name));
    copyFileSync(join(backups, mine), join(backups, broken));
    truncateSync(join(backups, broken), 50_000);
    damage(join(till.dataDir, 'kassa.sqlite'));
  });
  const { cashier, customer } = till;
  expect(till.ready.trouble).toBe('damaged');
  await expect(cashier.getByTestId('trouble')).toHaveAttribute('data-state', 'damaged');
  await expect(customer.getByTestId('customer-state')).toHaveAttribute('data-state', 'closed');
  await cashier.getByTestId('trouble-retry').click();
  await expect(cashier.getByTestId('trouble-still')).toContainText('Nothing was changed');

  // The newest backup is broken and says so; the one before it is whole.
  await expect(cashier.getByTestId('trouble-backup-1')).toHaveAttribute('data-state', 'damaged');
  await expect(cashier.getByTestId('trouble-use-1')).toHaveCount(0);
  await expect(cashier.getByTestId('trouble-backup-2')).toHaveAttribute('data-state', 'whole');
  await cashier.getByTestId('trouble-use-2').click();
  await expect(cashier.getByTestId('trouble-confirm')).toContainText('will be missing');
  await expect(cashier.getByTestId('trouble-confirm')).toContainText('number 1');
  await cashier.getByTestId('dialog-ok').click();
  await expect(cashier.getByTestId('trouble-done')).toContainText('kassa-put-aside-');
  await enter(cashier);
  await expect(cashier.getByTestId('trouble-done')).toBeHidden();

  await signIn(cashier);
  await expect(customer.getByTestId('customer-state')).toHaveAttribute('data-state', 'idle');
  await sell(cashier, demo.milk.code, '2');
  const aside = readdirSync(till.dataDir).filter((name) => name.startsWith('kassa-put-aside-') && name.endsWith('.sqlite'));
  expect(aside).toHaveLength(1);
});
