import type { Browser, Page } from '@playwright/test';
import { demo, enter, nextCustomer, scan, signIn } from './hands.ts';
import { register, startBySeqr, sticker } from './seqr-hands.ts';
import { expect, test, type Till } from './till.ts';

/* An app payment as a cashier, a customer and an admin live it: three screens, one state. */
const payState = (page: Page) => page.getByTestId('pay-state');

async function openPhone(browser: Browser, till: Till): Promise<Page> {
  const phone = await browser.newPage({ viewport: { width: 420, height: 860 } });
  await phone.goto(till.ready.sandboxes['seqr']?.phone ?? '');
  return phone;
}

/** The customer scans the sticker and types the PIN. */
async function confirm(phone: Page): Promise<void> {
  await phone.getByTestId('phone-seqr-id').fill(sticker);
  await phone.getByTestId('phone-scan').click();
  await expect(phone.getByTestId('phone-pin')).toBeEnabled();
  await phone.getByTestId('phone-pin').fill('1234');
  await phone.getByTestId('phone-confirm').click();
  await expect(phone.getByTestId('phone-state')).toHaveAttribute('data-state', 'PAID');
}

async function startPaying(page: Page, amount?: string): Promise<void> {
  await startBySeqr(page, amount);
  await expect(payState(page)).toHaveAttribute('data-state', 'waiting');
}

test('PAY-I2 the customer scans the sticker, confirms, and both screens say the same', async ({ till, browser }) => {
  const { cashier, customer } = till;
  await register(cashier);
  const phone = await openPhone(browser, till);
  await scan(cashier, demo.bread.code);
  await startPaying(cashier);
  await expect(customer.getByTestId('customer-state')).toHaveAttribute('data-state', 'paying');
  await expect(customer.getByTestId('customer-total')).toContainText('2,35');
  await confirm(phone);
  await expect(payState(cashier)).toHaveAttribute('data-state', 'paid');
  await expect(cashier.getByTestId('receipt-number')).toHaveText('1');
  await expect(customer.getByTestId('customer-state')).toHaveAttribute('data-state', 'thanks');
  await nextCustomer(cashier);

  // Declined on the phone: plain words on both screens, and the receipt is free again.
  await scan(cashier, demo.coffee.code);
  await startPaying(cashier);
  await phone.getByTestId('phone-scan').click();
  await phone.getByTestId('phone-decline').click();
  await expect(payState(cashier)).toHaveAttribute('data-state', 'declined');
  await expect(customer.getByText('Maksu ei onnistunut')).toBeVisible();
  await enter(cashier);

  // A part of it, then the rest in cash; the dialog is there again after a reload.
  await startPaying(cashier, '1');
  await cashier.reload();
  await expect(payState(cashier)).toHaveAttribute('data-state', 'waiting');
  await confirm(phone);
  await expect(cashier.getByTestId('total')).toContainText('1.80');
  await cashier.keyboard.press('F9');
  await expect(cashier.getByTestId('pay-amount')).toBeFocused();
  await enter(cashier);
  await expect(cashier.getByTestId('receipt-number')).toHaveText('2');
  await nextCustomer(cashier);

  // Cancelled by the cashier.
  await scan(cashier, demo.bun.code);
  await startPaying(cashier);
  await cashier.getByTestId('pay-cancel').click();
  await expect(payState(cashier)).toHaveAttribute('data-state', 'cancelled');
  await enter(cashier);

  // Another tender chosen while it waits: it is cancelled first, then the other one is asked for.
  await startPaying(cashier);
  await cashier.getByTestId('pay-instead-cash').click();
  await expect(cashier.getByTestId('pay-quick-320')).toBeVisible();
  await cashier.getByTestId('pay-start').click();
  await expect(cashier.getByTestId('receipt-number')).toHaveText('3');
  await nextCustomer(cashier);

  // What was paid goes back by a return, and by nothing else.
  await cashier.evaluate(() => {
    location.hash = '#/receipts';
  });
  await cashier.getByTestId('receipt-1').click();
  await expect(cashier.getByTestId('to-return')).toBeVisible();
  await expect(cashier.getByText('€2.35 can go back')).toBeVisible();
  await phone.close();
});

test('PAY-I4 thirty seconds pass, the till asks, and a payment that arrives then still counts', async ({ till, browser }) => {
  const { cashier, customer } = till;
  await register(cashier);
  const phone = await openPhone(browser, till);
  await scan(cashier, demo.bread.code);
  await startPaying(cashier);
  await expect(cashier.getByTestId('pay-again')).toHaveCount(0);
  await expect(cashier.getByTestId('pay-again')).toBeVisible({ timeout: 35_000 });
  await expect(customer.getByText('Ei vielä maksettu')).toBeVisible();
  await cashier.getByTestId('pay-again').click();
  await expect(cashier.getByTestId('pay-countdown')).toBeVisible();
  await confirm(phone);
  await expect(payState(cashier)).toHaveAttribute('data-state', 'paid');
  await nextCustomer(cashier);

  // The plug is pulled while the customer waits; the payment is found and taken when the till is back.
  await scan(cashier, demo.milk.code);
  await startPaying(cashier);
  await till.crash();
  await signIn(till.cashier);
  await expect(payState(till.cashier)).toHaveAttribute('data-state', 'waiting');
  const again = await openPhone(browser, till);
  await confirm(again);
  await expect(payState(till.cashier)).toHaveAttribute('data-state', 'paid');
  await again.close();
  await phone.close();
});

test('a waiting receipt is set aside by one key, the next customer pays, and the payment finds its receipt', async ({ till, browser }) => {
  const { cashier, customer } = till;
  await register(cashier);
  const phone = await openPhone(browser, till);
  await scan(cashier, demo.bread.code);
  expect(await till.awake()).not.toBe(true);
  await startPaying(cashier);
  expect(await till.awake()).not.toBe(false);
  await cashier.keyboard.press('F3');
  await expect(cashier.getByTestId('aside-1')).toContainText('2.35');
  await expect(customer.getByTestId('customer-state')).toHaveAttribute('data-state', 'idle');

  // The next customer is neither disturbed by the phone before nor can take its terminal.
  await scan(cashier, demo.coffee.code);
  await expect(cashier.getByTestId('tender-seqr')).toBeDisabled();
  await confirm(phone);
  await expect(cashier.getByTestId('notice')).toContainText('number 1');
  await expect(cashier.getByTestId('aside-1')).toHaveCount(0);
  await expect(customer.getByTestId('customer-state')).toHaveAttribute('data-state', 'selling');
  await cashier.keyboard.press('F9');
  await expect(cashier.getByTestId('pay-amount')).toBeFocused();
  await enter(cashier);
  await expect(cashier.getByTestId('receipt-number')).toHaveText('2');
  await nextCustomer(cashier);

  // Declined while it stands aside: said plainly, brought back by the same key, paid in cash.
  await scan(cashier, demo.milk.code);
  await startPaying(cashier);
  await cashier.keyboard.press('F3');
  await expect(cashier.getByTestId('aside-1')).toBeVisible();
  await phone.getByTestId('phone-scan').click();
  await phone.getByTestId('phone-decline').click();
  await expect(cashier.getByTestId('aside-1')).toContainText('Not paid');
  await cashier.keyboard.press('F3');
  await expect(cashier.getByTestId('line-1')).toBeVisible();
  await cashier.keyboard.press('F9');
  await expect(cashier.getByTestId('pay-amount')).toBeFocused();
  await enter(cashier);
  await expect(cashier.getByTestId('receipt-number')).toHaveText('3');
  await phone.close();
});
