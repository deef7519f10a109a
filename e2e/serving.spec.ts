import { atCounter, goTo, serveInCash, signIn } from './hands.ts';
import { expect, test } from './till.ts';

test('C-16 a café in Norway: eaten here by one key, the VAT follows, the next customer takes away again', async ({ till }) => {
  const { cashier } = till;
  await cashier.getByTestId('other-demo').click();
  await cashier.getByTestId('dialog-ok').click();
  await expect(cashier.getByText('Fjordgløtt Handel').first()).toBeVisible();
  await signIn(cashier);
  const served = (way: string) => cashier.locator(`[data-testid="serving-${way}"][aria-pressed="true"]`);
  await expect(served('take-away')).toBeVisible();
  await cashier.locator('.quick-key').nth(1).click();
  await expect(cashier.getByTestId('line-1')).toContainText('Kaffe, liten');
  const vat = cashier.locator('.totals-row').first();
  await expect(vat).toContainText('4.57');
  await cashier.keyboard.press('Alt+E');
  await expect(served('eat-in')).toBeVisible();
  await expect(vat).toContainText('7.00');
  await expect(cashier.getByTestId('total')).toContainText('35.00');
  await serveInCash(cashier);
  await expect(served('take-away')).toBeVisible();
  await atCounter(cashier);
  await goTo(cashier, 'receipts');
  await expect(cashier.getByTestId('paper')).toContainText('Spise her');
});
