import { expect, type Page } from '@playwright/test';
import { demo, goTo, nextCustomer, scan, signIn } from './hands.ts';
import { fault, onPhone, startByVipps } from './vipps-hands.ts';
import { test, type Till } from './till.ts';

/** The admin has customers asked for their names, and has them kept. */
async function setUp(page: Page): Promise<void> {
  await page.getByTestId('person-3').click();
  await signIn(page, '3333');
  await page.evaluate(() => {
    location.hash = '#/admin/providers';
  });
  const card = page.getByTestId('provider-vipps');
  const asked = card.getByTestId('setting-userinfo');
  await asked.selectOption('name phoneNumber');
  await card.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByTestId('notice').last()).toContainText('Saved');
  const settings = page.getByTestId('customer-info-settings');
  await settings.getByRole('checkbox').check();
  await settings.getByTestId('customer-info-days').fill('30');
  await settings.getByTestId('customer-info-save').click();
  await expect(settings.getByTestId('customer-info-kept')).toHaveAttribute('data-state', '0');
  await page.evaluate(() => {
    location.hash = '#/sale';
  });
  await expect(page.getByTestId('search')).toBeVisible();
}

/** Something is sold and paid by the customer's app. */
async function sellByApp(till: Till): Promise<void> {
  const { cashier } = till;
  await scan(cashier, demo.bun.code);
  await expect(cashier.getByTestId('line-1')).toBeVisible();
  await startByVipps(cashier);
  await onPhone(till, 'approve', '*');
  await expect(cashier.getByTestId('receipt-number')).toBeVisible();
  await nextCustomer(cashier);
}

test('VIPPS-12 the receipt goes to the customer’s app beside the sale; refused, a person has it tried again; what the customer shared is seen and deleted', async ({ till }) => {
  const { cashier } = till;
  await setUp(cashier);
  await fault(till, { kind: 'status', match: 'receipt', value: 403, times: 3 });
  await sellByApp(till);
  await goTo(cashier, 'receipts');
  const receipt = cashier.getByTestId('app-receipt');
  await expect(receipt).toHaveAttribute('data-state', 'refused', { timeout: 40_000 });
  await expect(receipt).toContainText('Ask an admin');
  await cashier.getByTestId('app-receipt-again').click();
  await expect(receipt).toHaveAttribute('data-state', 'sent');
  await expect(receipt).toContainText('Sent');

  const info = cashier.getByTestId('customer-info');
  await expect(info.getByTestId('customer-info-name')).not.toBeEmpty({ timeout: 20_000 });
  await cashier.getByTestId('customer-info-delete').click();
  await cashier.getByTestId('dialog-ok').click();
  await expect(info).toBeHidden();
});
