import type { Page } from '@playwright/test';
import { approve, atCounter, demo, enter, nextCustomer, scan, signIn, type } from './hands.ts';
import { expect, host, test } from './till.ts';

const total = (page: Page) => page.getByTestId('total');
const state = (page: Page) => page.getByTestId('customer-state');

test('a whole sale without a mouse: scan, change, park, serve another, resume, pay, reprint', async ({ till }) => {
  const { cashier, customer } = till;
  await signIn(cashier);

  // Two by scan, one of them three times, one by search.
  await scan(cashier, demo.bun.code);
  await expect(cashier.getByTestId('line-1')).toContainText(demo.bun.name);
  await expect(state(customer)).toHaveAttribute('data-state', 'selling');
  await cashier.keyboard.press('F2');
  await type(cashier, '3*');
  await expect(cashier.getByTestId('search-quantity')).toBeVisible();
  await scan(cashier, demo.milk.code);
  await expect(cashier.getByTestId('line-2')).toContainText('3.87');
  await cashier.keyboard.press('F2');
  await type(cashier, 'ruisl');
  await expect(cashier.getByTestId('results')).toContainText(demo.bread.name);
  await enter(cashier);
  await expect(cashier.getByTestId('line-3')).toContainText(demo.bread.name);
  await expect(total(cashier)).toHaveText('€9.42');
  await expect(customer.getByTestId('customer-total')).toContainText('9,42');

  // A discount that a cashier may give, and a price that only a manager may change.
  await cashier.keyboard.press('F6');
  await expect(cashier.getByTestId('discount-field')).toBeFocused();
  await type(cashier, '10');
  await enter(cashier);
  await expect(cashier.getByTestId('line-3')).toContainText(/[−-]0\.24/);
  await atCounter(cashier);
  await cashier.keyboard.press('ArrowUp');
  await cashier.keyboard.press('Alt+P');
  await expect(cashier.getByTestId('price-field')).toBeFocused();
  await type(cashier, '1.00');
  await cashier.keyboard.press('Tab');
  await type(cashier, 'shelf');
  await enter(cashier);
  await approve(cashier);
  await expect(cashier.getByTestId('line-2')).toContainText('3.00');
  await expect(total(cashier)).toHaveText('€8.31');
  await atCounter(cashier);

  // Park it by name, serve another, take it back.
  await cashier.keyboard.press('F7');
  await expect(cashier.getByTestId('park-name')).toBeFocused();
  await cashier.keyboard.press('Control+A');
  await type(cashier, 'blue jacket');
  await enter(cashier);
  await expect(state(customer)).toHaveAttribute('data-state', 'idle');
  await atCounter(cashier);
  await scan(cashier, demo.coffee.code);
  await expect(cashier.getByTestId('line-1')).toContainText(demo.coffee.name);
  await expect(customer.getByText(demo.bread.name)).toHaveCount(0);
  await cashier.keyboard.press('F9');
  await expect(cashier.getByTestId('pay-amount')).toBeFocused();
  await enter(cashier);
  await expect(cashier.getByTestId('receipt-number')).toHaveText('1');
  await nextCustomer(cashier);
  await cashier.keyboard.press('F7');
  await expect(cashier.getByTestId('parked-1')).toContainText('blue jacket');
  await enter(cashier);
  await expect(total(cashier)).toHaveText('€8.31');
  await atCounter(cashier);

  // Cash with change on both screens; the paper; the one copy.
  await cashier.keyboard.press('F9');
  await expect(cashier.getByTestId('pay-amount')).toHaveValue('8.30');
  await type(cashier, '20');
  await expect(cashier.getByTestId('pay-state')).toContainText('€11.70');
  await enter(cashier);
  await expect(cashier.getByTestId('pay-state')).toHaveAttribute('data-state', 'paid');
  await expect(cashier.getByTestId('receipt-number')).toHaveText('2');
  await expect(customer.getByTestId('customer-change')).toContainText('11,70');
  await nextCustomer(cashier);
  await cashier.keyboard.press('F8');
  await expect(cashier.getByRole('dialog')).toBeVisible();
  await cashier.waitForTimeout(60);
  await cashier.keyboard.press('k');
  await expect(cashier.getByTestId('receipt-2')).toContainText('Printed');
  await expect(cashier.getByTestId('paper')).toContainText('KUITTI');
  await cashier.keyboard.press('F9');
  await expect(cashier.getByTestId('receipt-2')).toContainText('Copy printed');
});

test('a scan goes where the screen waits for it, and never presses anything', async ({ till }) => {
  const { cashier } = till;
  await signIn(cashier);
  await scan(cashier, demo.bun.code);
  await expect(cashier.getByTestId('line-1')).toBeVisible();

  // In the cash dialog: neither the amount nor the green button.
  await cashier.keyboard.press('F9');
  await expect(cashier.getByTestId('pay-amount')).toHaveValue('3.20');
  await scan(cashier, demo.coffee.code);
  await expect(cashier.getByTestId('pay-amount')).toHaveValue('3.20');
  await expect(cashier.getByTestId('pay-start')).toBeVisible();
  await cashier.getByTestId('pay-start').focus();
  await scan(cashier, demo.coffee.code);
  await expect(cashier.getByTestId('pay-state')).toHaveAttribute('data-state', 'intended');
  await cashier.waitForTimeout(60);
  await cashier.keyboard.press('Escape');
  await expect(cashier.getByTestId('pay-dialog')).toBeHidden();
  await expect(cashier.getByTestId('line-2')).toHaveCount(0);

  // With a tender button in focus the scan is sold, and the button is not pressed.
  await cashier.getByTestId('tender-cash').focus();
  await scan(cashier, demo.coffee.code);
  await expect(cashier.getByTestId('line-2')).toContainText(demo.coffee.name);
  await expect(cashier.getByTestId('pay-dialog')).toHaveCount(0);

  // In the search field nothing of the code is left behind.
  await cashier.keyboard.press('F2');
  await scan(cashier, demo.milk.code);
  await expect(cashier.getByTestId('line-3')).toContainText(demo.milk.name);
  await expect(cashier.getByTestId('search')).toHaveValue('');

  // The scanner's own field takes a text and its Enter too.
  await cashier.getByTestId('scan-sink').fill(demo.bread.code);
  await cashier.getByTestId('scan-sink').press('Enter');
  await expect(cashier.getByTestId('line-4')).toContainText(demo.bread.name);

  // An unknown code is shown, and the dialog's button is not pressed by the next scan.
  await scan(cashier, '4006381333931');
  await expect(cashier.getByTestId('unknown-code')).toContainText('4006381333931');
  await scan(cashier, demo.bun.code);
  await expect(cashier.getByTestId('unknown-code')).toBeVisible();
});

test('a PIN field takes no scan', async ({ till }) => {
  const { cashier } = till;
  await expect(cashier.getByTestId('pin')).toBeFocused();
  await scan(cashier, demo.bun.code);
  await expect(cashier.getByTestId('pin')).toHaveValue('');
  await expect(cashier.getByTestId('sign-in')).toBeVisible();
});

test('C-6 an age-restricted article asks, and a printer without paper is a state with a button', async ({ till }) => {
  const { cashier } = till;
  await signIn(cashier);
  await scan(cashier, demo.beer.code);
  await expect(cashier.getByTestId('age-question')).toBeVisible();
  await enter(cashier);
  await expect(cashier.getByTestId('line-1')).toContainText(demo.beer.name);
  await atCounter(cashier);
  await cashier.getByTestId('dev-panel-open').click();
  await cashier.getByTestId('dev-printer').click();
  await cashier.keyboard.press('F9');
  await expect(cashier.getByTestId('pay-amount')).toBeFocused();
  await enter(cashier);
  await expect(cashier.getByTestId('paid-dialog')).toContainText('out of paper');
  await nextCustomer(cashier);
  await cashier.getByTestId('dev-printer').click();
  await cashier.getByTestId('menu').click();
  await cashier.getByTestId('go-receipts').click();
  await expect(cashier.getByTestId('receipt-1')).toContainText('Not printed');
  await cashier.keyboard.press('F12');
  await cashier.getByTestId('reprint').click();
  await expect(cashier.getByTestId('receipt-1')).toContainText('Printed');
  await expect(cashier.getByTestId('paper').first()).not.toContainText('KOPIO');
});

test('the plug is pulled in the middle of a sale, and the receipt is there line for line', async ({ till }) => {
  await signIn(till.cashier);
  await scan(till.cashier, demo.bun.code);
  await scan(till.cashier, demo.milk.code);
  await expect(till.cashier.getByTestId('line-2')).toBeVisible();
  await till.crash();
  await signIn(till.cashier);
  await expect(till.cashier.getByTestId('line-1')).toContainText(demo.bun.name);
  await expect(till.cashier.getByTestId('line-2')).toContainText(demo.milk.name);
  await expect(total(till.cashier)).toHaveText('€4.49');
});

test('a scan right behind the sign-in stays on the screen, however late the till’s answers to it are', async ({ till }) => {
  const { cashier } = till;
  if (host === 'browser') {
    // Each answer to what a window asks at its start comes late; what it is told by itself does not.
    await cashier.routeWebSocket(/socket/, (page) => {
      const till = page.connectToServer();
      const late = new Set<number>();
      page.onMessage((text) => {
        const { id, name } = JSON.parse(String(text)) as { readonly id: number; readonly name: string };
        if (['payment.current', 'sale.current'].includes(name)) late.add(id);
        till.send(text);
      });
      till.onMessage((text) => {
        const { id } = JSON.parse(String(text)) as { readonly id?: number };
        if (id !== undefined && late.has(id)) setTimeout(() => page.send(text), 700);
        else page.send(text);
      });
    });
    await cashier.reload();
  }
  await signIn(cashier);
  await scan(cashier, demo.bun.code);
  await expect(cashier.getByTestId('line-1')).toContainText(demo.bun.name);
  await cashier.waitForTimeout(1_600);
  await expect(cashier.getByTestId('line-1')).toContainText(demo.bun.name);
  await expect(total(cashier)).toHaveText('€3.20');
});

test('cash and card share a receipt', async ({ till }) => {
  const { cashier, customer } = till;
  await signIn(cashier);
  await scan(cashier, demo.bun.code);
  await expect(cashier.getByTestId('line-1')).toBeVisible();
  await cashier.keyboard.press('F9');
  await expect(cashier.getByTestId('pay-amount')).toBeFocused();
  await type(cashier, '1.20');
  await enter(cashier);
  await expect(cashier.getByTestId('pay-dialog')).toBeHidden();
  await expect(total(cashier)).toHaveText('€2.00');
  await atCounter(cashier);
  await expect(customer.getByTestId('customer-total')).toContainText('2,00');
  await cashier.keyboard.press('F10');
  await expect(cashier.getByTestId('pay-reference')).toBeFocused();
  await type(cashier, '4411');
  await enter(cashier);
  await expect(cashier.getByTestId('pay-state')).toHaveAttribute('data-state', 'paid');
});

test('a screen that cannot be drawn says so, keeps its bar, and shows the receipt again', async ({ till }) => {
  const { cashier } = till;
  await signIn(cashier);
  await scan(cashier, demo.bun.code);
  await expect(cashier.getByTestId('line-1')).toBeVisible();
  // Whatever writes an amount fails from now on.
  await cashier.evaluate(() => {
    const own = Object.getOwnPropertyDescriptor(Intl.NumberFormat.prototype, 'format') ?? {};
    Object.defineProperty(Intl.NumberFormat.prototype, 'format', { configurable: true, get: () => () => { throw new Error('broken by a test'); } });
    Object.assign(window, { mend: () => Object.defineProperty(Intl.NumberFormat.prototype, 'format', own) });
  });
  await scan(cashier, demo.milk.code);
  await expect(cashier.getByTestId('screen-failed')).toBeVisible();
  await expect(cashier.getByTestId('menu')).toBeVisible();
  await cashier.evaluate(() => (window as unknown as { readonly mend: () => void }).mend());
  await cashier.getByTestId('screen-again').click();
  await expect(cashier.getByTestId('line-1')).toContainText(demo.bun.name);
  await expect(cashier.getByTestId('line-2')).toContainText(demo.milk.name);
});
