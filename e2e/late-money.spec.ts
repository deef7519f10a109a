import type { Page } from '@playwright/test';
import { approve, demo, enter, scan, serveInCash, signIn, type } from './hands.ts';
import { approveWhenItComes, fault, ledger, register, startBySeqr } from './seqr-hands.ts';
import { expect, test, type Till } from './till.ts';

/* Late money as a cashier and a manager live it: a payment that nobody expected any more, and what becomes of it. */
const payState = (page: Page) => page.getByTestId('pay-state');

/** It is asked for, and comes to nothing at once. */
async function startInVain(page: Page): Promise<void> {
  await startBySeqr(page);
  await expect(payState(page)).toHaveAttribute('data-state', 'not-started');
}

/** The request reaches the provider when the till has stopped waiting for it; the customer pays that, and cash as well. */
async function meetLateMoney(till: Till, code: string): Promise<void> {
  const { cashier } = till;
  await scan(cashier, code);
  await fault(till, 'delay', 'sendInvoice', { value: 4_000 });
  await startInVain(cashier);
  await approveWhenItComes(till);
  await cashier.getByTestId('pay-close').click();
  // The next try meets the money of the first one.
  await fault(till, 'drop-request', 'sendInvoice');
  await startInVain(cashier);
  await expect(cashier.getByTestId('notice').filter({ hasText: 'SEQR took' })).toBeVisible();
  await cashier.getByTestId('pay-close').click();
  await serveInCash(cashier);
}

async function toTasks(page: Page): Promise<void> {
  await page.keyboard.press('F1');
  await expect(page.getByTestId('tasks-count')).toHaveText('1');
  await page.getByTestId('go-tasks').click();
  await expect(page.getByTestId('task-1')).toHaveAttribute('data-state', 'open');
}

test('PAY-I3 late money is put on the receipt of the customer who came back, by keyboard', async ({ till }) => {
  const { cashier } = till;
  await register(cashier);
  await meetLateMoney(till, demo.bread.code);
  // Without a receipt on the counter it can't be put on one, and says so.
  await toTasks(cashier);
  await expect(cashier.getByTestId('task-1')).toContainText('€2.35');
  await expect(cashier.getByTestId('task-1')).toContainText('receipt 1 of €2.35, which is paid');
  await expect(cashier.getByTestId('task-attach')).toBeDisabled();
  await cashier.keyboard.press('Escape');
  await expect(cashier.getByTestId('search')).toBeVisible();
  await scan(cashier, demo.coffee.code);
  await expect(cashier.getByTestId('total')).toContainText('2.80');
  await toTasks(cashier);
  await cashier.keyboard.press('F4');
  await expect(cashier.getByTestId('task-note')).toBeFocused();
  await expect(cashier.getByTestId('task-dialog')).toContainText('€0.45 are still to pay');
  await type(cashier, 'Came back with the bread');
  await enter(cashier);
  await expect(cashier.getByTestId('task-attached')).toBeVisible();
  await enter(cashier);
  await expect(cashier.getByTestId('total')).toContainText('0.45');
  await serveInCash(cashier);
  // Settled, it stands among those, and nothing is counted any more.
  await cashier.evaluate(() => {
    location.hash = '#/tasks';
  });
  await expect(cashier.getByText('No late money')).toBeVisible();
  await cashier.getByRole('tab', { name: 'Settled' }).click();
  await expect(cashier.getByTestId('task-1')).toHaveAttribute('data-state', 'attached');
  await expect(cashier.getByTestId('task-1')).toContainText('On receipt 2');
  await expect(cashier.getByTestId('task-1')).toContainText('Came back with the bread');
});

test('PAY-I3 late money is handed over by the cashier, and goes back by its provider with the manager’s approval', async ({ till }) => {
  const { cashier } = till;
  await register(cashier);
  await cashier.keyboard.press('F1');
  await cashier.getByTestId('sign-out').click();
  await cashier.getByTestId('person-1').click();
  await signIn(cashier);
  await meetLateMoney(till, demo.bun.code);
  await toTasks(cashier);
  await cashier.getByTestId('task-hand-over').click();
  await type(cashier, 'She waits by the door');
  await enter(cashier);
  await expect(cashier.getByTestId('task-1')).toHaveAttribute('data-state', 'handed-over');
  await expect(cashier.getByTestId('task-1')).toContainText('She waits by the door');
  // The answer to the refund is lost; it is resolved without anybody's doing.
  await fault(till, 'drop-answer', 'refundPayment');
  await cashier.keyboard.press('F6');
  await expect(cashier.getByTestId('task-note')).toBeFocused();
  await type(cashier, 'Paid in cash');
  await enter(cashier);
  await approve(cashier);
  await expect(cashier.getByText('No late money')).toBeVisible({ timeout: 10_000 });
  await cashier.getByRole('tab', { name: 'Settled' }).click();
  await expect(cashier.getByTestId('task-1')).toHaveAttribute('data-state', 'refunded');
  const counted = await ledger(till);
  const late = counted.find((one) => one.kind === 'captured');
  expect(counted.filter((one) => one.kind === 'refunded' && one.of === late?.reference).map((one) => one.amountMinor)).toEqual([320]);
});

test('PAY-I8 a part by app goes back whole from the sale screen, and the receipt is open again', async ({ till }) => {
  const { cashier } = till;
  await register(cashier);
  await scan(cashier, demo.coffee.code);
  await cashier.getByTestId('tender-seqr').click();
  await expect(cashier.getByTestId('pay-amount')).toBeFocused();
  await type(cashier, '1');
  await enter(cashier);
  await approveWhenItComes(till);
  await expect(cashier.getByTestId('total')).toContainText('1.80');
  await cashier.getByTestId('give-back').click();
  await expect(cashier.getByTestId('reason-field')).toBeFocused();
  await type(cashier, 'Pays in cash');
  await fault(till, 'delay', 'refundPayment', { value: 1_500 });
  await enter(cashier);
  await expect(cashier.getByTestId('refund-panel')).toHaveAttribute('data-state', 'sending');
  await expect(cashier.getByTestId('tender-cash')).toBeDisabled();
  await expect(cashier.getByTestId('give-back-dialog')).toBeHidden();
  await expect(cashier.getByTestId('total')).toContainText('2.80');
  await expect(cashier.getByTestId('notice').filter({ hasText: '€1.00 went back by SEQR' })).toBeVisible();
  await serveInCash(cashier);
});
