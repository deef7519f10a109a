import type { Page } from '@playwright/test';
import { startSmtpServer } from '../src-main/testing/smtp-server.ts';
import { readFromScreen } from './camera.ts';
import { demo, goTo, payInCash, scan, signIn } from './hands.ts';
import { expect, test } from './till.ts';

/** An admin asks customers from now on, and names a server. */
async function setUp(page: Page, port: number): Promise<void> {
  await goTo(page, 'mail');
  await page.getByTestId('giving-first').selectOption('ask');
  await page.getByTestId('mail-host').fill('127.0.0.1');
  await page.getByTestId('mail-port').fill(String(port));
  await page.getByTestId('mail-security').selectOption('none');
  await page.getByTestId('mail-sender').fill('till@shop.example');
  await page.getByTestId('mail-save').click();
  await expect(page.getByTestId('notice')).toContainText('Saved');
}

test('C-6 a receipt goes by e-mail although the server is down at first, and it is seen until it is sent', async ({ till }) => {
  const { cashier } = till;
  let server = await startSmtpServer();
  const { port } = server;
  await server.close();
  await cashier.getByTestId('person-3').click();
  await signIn(cashier, '3333');
  await setUp(cashier, port);
  await cashier.getByTestId('mail-test-to').fill('admin@example.com');
  await cashier.getByTestId('mail-test').click();
  await expect(cashier.getByTestId('mail-test-result')).toHaveAttribute('data-state', 'unreachable');

  await goTo(cashier, 'sale');
  await scan(cashier, demo.bun.code);
  await expect(cashier.getByTestId('line-1')).toBeVisible();
  await payInCash(cashier);
  await cashier.getByTestId('give-mail').click();
  await expect(cashier.getByTestId('mail-address')).toBeVisible();
  await scan(cashier, 'mailto:aino@example.com');
  await expect(cashier.getByTestId('mail-address')).toHaveValue('aino@example.com');
  await cashier.getByTestId('dialog-ok').click();
  await expect(cashier.getByTestId('mail-state')).toHaveAttribute('data-state', 'queued');
  await expect(cashier.getByTestId('mail-state')).toContainText('can’t be reached');
  await cashier.getByTestId('pay-close').click();
  await expect(cashier.getByTestId('paid-dialog')).toBeHidden();

  // The next customer is served meanwhile.
  await scan(cashier, demo.milk.code);
  await expect(cashier.getByTestId('line-1')).toBeVisible();
  await payInCash(cashier);
  await cashier.getByTestId('pay-print').click();
  await expect(cashier.getByTestId('pay-print')).toContainText('copy');
  await cashier.getByTestId('pay-close').click();
  await expect(cashier.getByTestId('paid-dialog')).toBeHidden();

  await goTo(cashier, 'receipts');
  await expect(cashier.getByTestId('receipt-1')).toContainText('on its way');
  await expect(cashier.getByTestId('receipt-2')).toContainText('Printed');
  await cashier.getByTestId('receipt-1').click();
  server = await startSmtpServer({ port });
  await cashier.getByTestId('mail-again').click();
  await expect(cashier.getByTestId('mail-state')).toHaveAttribute('data-state', 'sent');
  await expect(cashier.getByTestId('receipt-1')).toContainText('Sent by e-mail');
  expect(server.letters.map((letter) => letter.to)).toEqual([['aino@example.com']]);
  await server.close();
});

test('C-6 the customer’s screen shows the receipt as a QR code that any phone reads without a network, until the next sale', async ({ till, browser }) => {
  const { cashier, customer } = till;
  await cashier.getByTestId('person-3').click();
  await signIn(cashier, '3333');
  await setUp(cashier, 2525);
  await goTo(cashier, 'sale');
  await scan(cashier, demo.bun.code);
  await scan(cashier, demo.bread.code);
  await expect(cashier.getByTestId('line-2')).toBeVisible();
  await payInCash(cashier);
  const picture = customer.getByTestId('customer-receipt-qr');
  await expect(picture).toBeVisible();
  await cashier.getByTestId('give-qr').click();
  await expect(cashier.getByTestId('given-state')).toHaveAttribute('data-state', 'shown');
  await expect(customer.getByTestId('customer-state')).toHaveAttribute('data-state', 'thanks');
  await expect.poll(() => readFromScreen(browser, picture)).toContain('SÄHKÖINEN KUITTI');
  const told = await readFromScreen(browser, picture);
  for (const part of [demo.bun.name, '3,20', demo.bread.name, '2,35', '5,55', '13,5 %', 'Käteinen']) expect(told).toContain(part);
  await expect(cashier.getByTestId('pay-print')).toContainText('copy');
  await scan(cashier, demo.milk.code);
  await expect(picture).toHaveCount(0);
  await expect(customer.getByTestId('customer-state')).toHaveAttribute('data-state', 'selling');
});
