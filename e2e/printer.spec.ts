import type { Page } from '@playwright/test';
import { startNetworkPrinter } from '../src-main/testing/network-printer.ts';
import { demo, goTo, payInCash, scan, signIn } from './hands.ts';
import { expect, test } from './till.ts';

/** A picture as a person would choose one: black in the middle, on nothing. */
async function pngOf(page: Page): Promise<Buffer> {
  const url = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 80, height: 80 });
    canvas.getContext('2d')?.fillRect(20, 20, 40, 40);
    return canvas.toDataURL('image/png');
  });
  return Buffer.from(url.split(',')[1] ?? '', 'base64');
}

test('C-6 an admin attaches a printer in the network and tries it; receipts come out of it letter for letter, and an open cover is told', async ({ till }) => {
  const { cashier } = till;
  const printer = await startNetworkPrinter('star-prnt');
  await cashier.getByTestId('person-3').click();
  await signIn(cashier, '3333');
  await goTo(cashier, 'printer');
  await cashier.getByTestId('printer-attached').selectOption('network');
  await cashier.getByTestId('printer-host').fill('127.0.0.1');
  await cashier.getByTestId('printer-port').fill(String(printer.port));
  await cashier.getByTestId('printer-model').selectOption('star-mc-print3');
  await cashier.getByTestId('printer-save').click();
  await expect(cashier.getByTestId('printer-condition')).toHaveAttribute('data-state', 'ready');
  await cashier.getByTestId('printer-test').click();
  await expect(cashier.getByTestId('printer-test-result')).toHaveAttribute('data-state', 'printed');
  expect(printer.papers[0]?.lines.map(({ text }) => text).join(' ')).toContain('ø æ é');

  printer.hands.coverOpen = true;
  await cashier.getByTestId('printer-look').click();
  await expect(cashier.getByTestId('printer-condition')).toHaveAttribute('data-state', 'cover-open');
  await expect(cashier.getByTestId('printer-condition')).toContainText('cover is open');
  printer.hands.coverOpen = false;
  await cashier.getByTestId('printer-look').click();
  await expect(cashier.getByTestId('printer-condition')).toHaveAttribute('data-state', 'ready');

  await goTo(cashier, 'sale');
  await scan(cashier, demo.bun.code);
  await expect(cashier.getByTestId('line-1')).toBeVisible();
  await payInCash(cashier);
  await expect(cashier.getByTestId('pay-print')).toContainText('copy');
  expect(printer.papers[1]?.lines.map(({ text }) => text).join('\n')).toContain('Käteinen');
  expect(printer.papers[1]?.cut).toBe(true);
  expect(printer.pulses()).toBe(1);
  expect(printer.problems).toEqual([]);
  await printer.close();
});

test('NO-14 a Norwegian shop sells nothing while the drawer stands open, and goes on by itself; its logo is at the head of the receipt', async ({ till }) => {
  const { cashier } = till;
  const printer = await startNetworkPrinter('esc-pos');
  await cashier.getByTestId('person-3').click();
  await signIn(cashier, '3333');
  await cashier.getByTestId('other-demo').click();
  await cashier.getByTestId('dialog-ok').click();
  await cashier.getByTestId('person-3').click();
  await signIn(cashier, '3333');
  await goTo(cashier, 'shop');
  await cashier.getByTestId('logo-file').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: await pngOf(cashier) });
  await expect(cashier.getByTestId('logo-shown')).toBeVisible();
  await goTo(cashier, 'printer');
  await cashier.getByTestId('printer-attached').selectOption('network');
  await cashier.getByTestId('printer-host').fill('127.0.0.1');
  await cashier.getByTestId('printer-port').fill(String(printer.port));
  await cashier.getByTestId('printer-save').click();
  await expect(cashier.getByTestId('printer-condition')).toHaveAttribute('data-state', 'ready');

  await goTo(cashier, 'sale');
  await cashier.locator('.quick-key').nth(1).click();
  await expect(cashier.getByTestId('line-1')).toBeVisible();
  await payInCash(cashier);
  await cashier.getByTestId('pay-close').click();
  await expect(cashier.getByTestId('drawer-open')).toBeVisible();
  await cashier.locator('.quick-key').nth(1).click();
  await expect(cashier.getByTestId('notice')).toContainText('Shut it');
  await expect(cashier.getByTestId('line-1')).toBeHidden();
  printer.hands.drawerOpen = false;
  await expect(cashier.getByTestId('drawer-open')).toBeHidden();
  await cashier.locator('.quick-key').nth(1).click();
  await expect(cashier.getByTestId('line-1')).toBeVisible();

  const [first] = printer.papers[0]?.items ?? [];
  if (!first || !('rows' in first)) throw new Error('the receipt does not begin with the logo');
  // A black square of 40 dots on 80: its half of each row.
  expect(first.rows[40]?.replace(/^0+/, '').replace(/0+$/, '')).toBe('1'.repeat(40));
  expect(printer.problems).toEqual([]);
  await printer.close();
});
