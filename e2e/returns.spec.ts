import type { Page } from '@playwright/test';
import { demo, enter, scan, serveInCash, signIn, type } from './hands.ts';
import { approveWhenItComes, fault, ledger, register, startBySeqr } from './seqr-hands.ts';
import { expect, test, type Till } from './till.ts';

/* Returns as a cashier lives them: the receipt's barcode, its lines, and the money the way it came. */

/** Three buns, 5.00 of them by SEQR and the rest in cash. */
async function soldThree({ cashier, ...till }: Till): Promise<void> {
  for (let bun = 1; bun <= 3; bun += 1) {
    await scan(cashier, demo.bun.code);
    await expect(cashier.getByTestId('total')).toContainText((bun * demo.bun.price).toFixed(2));
  }
  await startBySeqr(cashier, '5');
  await approveWhenItComes({ cashier, ...till });
  await expect(cashier.getByTestId('total')).toContainText('4.60');
  await serveInCash(cashier);
}

async function openByBarcode(page: Page): Promise<void> {
  await scan(page, 'R1-1');
  await expect(page.getByTestId('return-compose')).toBeVisible();
}

const line = (page: Page) => page.getByTestId('return-line-1');

test('C-5 a return of 2 of 3 lines, paid partly by SEQR and cash, in two visits, then one too many', async ({ till }) => {
  const { cashier, customer } = till;
  await register(cashier);
  await soldThree(till);

  // First visit: one bun. The receipt's barcode opens the room from the sale.
  await openByBarcode(cashier);
  await expect(line(cashier)).toHaveAttribute('data-left', '3000');
  await expect(cashier.getByTestId('return-continue')).toBeDisabled();
  await cashier.getByTestId('return-more-1').click();
  await expect(cashier.getByTestId('return-total')).toContainText('3.20');
  await cashier.getByTestId('reason-field').fill('Too dry');
  await cashier.getByTestId('return-continue').click();
  await expect(cashier.getByTestId('return-step-1')).toHaveAttribute('data-way', 'refund');
  await expect(customer.getByTestId('customer-state')).toHaveAttribute('data-state', 'returning');
  await expect(customer.getByTestId('customer-total')).toContainText('3,20');
  await cashier.getByTestId('return-do').click();
  await expect(cashier.getByTestId('return-done')).toContainText('Return 1 is done');
  await expect(cashier.getByTestId('paper')).toContainText('RR1-1');
  await cashier.keyboard.press('F9');
  await expect(cashier.getByTestId('search')).toBeVisible();

  // Second visit: another bun; what SEQR has left goes by SEQR, the rest in cash, last. The answer is lost on its way.
  await openByBarcode(cashier);
  await expect(line(cashier)).toHaveAttribute('data-left', '2000');
  await cashier.getByTestId('return-more-1').click();
  await expect(cashier.getByTestId('return-plan')).toContainText('1.80');
  await cashier.getByTestId('reason-field').fill('Too dry as well');
  await cashier.getByTestId('return-continue').click();
  await expect(cashier.getByTestId('return-step-2')).toHaveAttribute('data-state', 'later');
  await fault(till, 'drop-answer', 'refundPayment');
  await cashier.keyboard.press('F9');
  await expect(cashier.getByTestId('return-step-1')).toHaveAttribute('data-state', 'done', { timeout: 15_000 });
  await expect(cashier.getByTestId('return-step-2')).toHaveAttribute('data-state', 'next');
  await expect(cashier.getByTestId('return-do')).toContainText('1.40');
  await cashier.getByTestId('return-do').click();
  await expect(cashier.getByTestId('return-done')).toContainText('Return 2 is done');

  // One bun is left; a second one of it can't be chosen.
  await cashier.keyboard.press('F9');
  await openByBarcode(cashier);
  await expect(line(cashier)).toHaveAttribute('data-left', '1000');
  await cashier.getByTestId('return-more-1').click();
  await expect(cashier.getByTestId('return-quantity-1')).toHaveText('1');
  await expect(cashier.getByTestId('return-more-1')).toBeDisabled();
  await cashier.getByTestId('return-drop').click();
  await expect(cashier.getByText('What comes back?')).toBeVisible();
  const counted = await ledger(till);
  expect(counted.filter((one) => one.kind === 'refunded').map((one) => one.amountMinor)).toEqual([320, 180]);
});

test('SE-7 an exchange: the return pays for the new articles, and both receipts are complete together', async ({ till }) => {
  const { cashier } = till;
  await cashier.getByTestId('person-3').click();
  await signIn(cashier, '3333');
  await expect(cashier.getByTestId('scan-sink')).toBeFocused();
  await scan(cashier, demo.bun.code);
  await expect(cashier.getByTestId('total')).toContainText('3.20');
  await serveInCash(cashier);
  await openByBarcode(cashier);
  await cashier.getByTestId('return-all').click();
  await cashier.getByTestId('reason-field').fill('Rather coffee and bread');
  await cashier.getByTestId('return-continue').click();
  await cashier.getByTestId('return-exchange').click();
  await expect(cashier.getByTestId('exchange')).toBeVisible();
  await scan(cashier, demo.coffee.code);
  await expect(cashier.getByTestId('total')).toContainText('2.80');
  await scan(cashier, demo.bread.code);
  await expect(cashier.getByTestId('total')).toContainText('5.15');
  await cashier.getByTestId('set-off').click();
  await expect(cashier.getByTestId('total')).toContainText('1.95');
  await serveInCash(cashier);
  await cashier.evaluate(() => {
    location.hash = '#/receipts';
  });
  await expect(cashier.getByTestId('return-receipt-1')).toContainText(/[-−]€3\.20/);
  await expect(cashier.getByTestId('receipt-2')).toContainText('Set-off');
});

test('SE-8 a wrong means of payment is put right: all of it goes back in the books, and the same articles are rung up again', async ({ till }) => {
  const { cashier } = till;
  await cashier.getByTestId('person-3').click();
  await signIn(cashier, '3333');
  await expect(cashier.getByTestId('scan-sink')).toBeFocused();
  await scan(cashier, demo.bun.code);
  await expect(cashier.getByTestId('total')).toContainText('3.20');
  await serveInCash(cashier);
  await cashier.evaluate(() => {
    location.hash = '#/receipts';
  });
  await cashier.getByTestId('wrong-tender').click();
  await expect(cashier.getByTestId('reason-field')).toBeFocused();
  await type(cashier, 'It was the card');
  await enter(cashier);
  await expect(cashier.getByTestId('return-money')).toContainText('Wrong means of payment');
  await expect(cashier.getByTestId('return-step-1')).toContainText('Nothing is handed out');
  await cashier.getByTestId('return-do').click();
  await expect(cashier.getByTestId('return-done')).toContainText('Return 1 is done');
  await cashier.getByTestId('return-sell-again').click();
  await expect(cashier.getByTestId('line-1')).toContainText(demo.bun.name);
  await expect(cashier.getByTestId('total')).toContainText('3.20');
  await cashier.getByTestId('tender-card').click();
  await cashier.getByTestId('pay-reference').fill('4711');
  await cashier.getByTestId('pay-start').click();
  await expect(cashier.getByTestId('receipt-number')).toContainText('2');
});
