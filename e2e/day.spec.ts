import type { Page } from '@playwright/test';
import { approve, atCounter, demo, enter, goTo, scan, serveInCash, signIn, type } from './hands.ts';
import { expect, test } from './till.ts';

async function sellInCash(page: Page, code: string): Promise<void> {
  await scan(page, code);
  await expect(page.getByTestId('line-1')).toBeVisible();
  await serveInCash(page);
}

/** Counts the drawer by coin and note, and confirms. */
async function count(page: Page, pieces: Readonly<Record<number, number>>): Promise<void> {
  await page.getByTestId('shift-count').click();
  await expect(page.getByTestId('count-dialog')).toBeVisible();
  for (const [piece, pieceCount] of Object.entries(pieces)) await page.getByTestId(`piece-${piece}`).fill(String(pieceCount));
  await page.getByTestId('count-confirm').click();
  await expect(page.getByTestId('count-result')).toBeVisible();
}

test('C-9 C-10 a day from float to closing: sales, a pay-out, X, a count that is short, a Z that waits for a parked receipt', async ({ till }) => {
  const { cashier } = till;
  await signIn(cashier);

  // The demo's own drawer is counted and closed: then nothing is sold until one is opened with its float.
  await goTo(cashier, 'shift');
  await count(cashier, { 10000: 1, 5000: 1 });
  await expect(cashier.getByTestId('count-result')).toHaveAttribute('data-state', '0');
  await cashier.getByTestId('shift-close').click();
  await cashier.getByTestId('shift-left').fill('100');
  await cashier.getByTestId('dialog-ok').click();
  await expect(cashier.getByTestId('shift-opening')).toBeVisible();
  await cashier.keyboard.press('Escape');
  await expect(cashier.getByTestId('shift-needed')).toBeVisible();
  await scan(cashier, demo.bun.code);
  await expect(cashier.getByTestId('notice')).toContainText('float');
  await expect(cashier.getByTestId('line-1')).toHaveCount(0);
  await cashier.getByTestId('go-open-shift').click();
  await expect(cashier.getByTestId('count-total')).toHaveText('€100.00');
  await cashier.getByTestId('shift-open').click();
  await expect(cashier.getByTestId('shift-2')).toContainText('€100.00');

  // Two sales and a pay-out, which a manager approves.
  await goTo(cashier, 'sale');
  await sellInCash(cashier, demo.bun.code);
  await sellInCash(cashier, demo.coffee.code);
  await goTo(cashier, 'shift');
  await cashier.getByTestId('shift-pay-out').click();
  await expect(cashier.getByTestId('shift-amount')).toBeFocused();
  await type(cashier, '20');
  await cashier.getByTestId('reason-field').fill('postage');
  await cashier.getByTestId('dialog-ok').click();
  await approve(cashier);
  await atCounter(cashier);
  await expect(cashier.getByTestId('shift-2')).toContainText('postage');

  // An X shows the day so far.
  await goTo(cashier, 'reports');
  await cashier.getByTestId('report-x').click();
  await approve(cashier);
  await expect(cashier.getByTestId('x-1')).toContainText('€6.00');
  await expect(cashier.getByTestId('paper')).toContainText('X-RAPORTTI');

  // A receipt is parked; the Z says so, and its button brings it back.
  await goTo(cashier, 'sale');
  await scan(cashier, demo.milk.code);
  await expect(cashier.getByTestId('line-1')).toBeVisible();
  await cashier.keyboard.press('F7');
  await expect(cashier.getByTestId('park-name')).toBeFocused();
  await type(cashier, 'later');
  await enter(cashier);
  await atCounter(cashier);
  await goTo(cashier, 'reports');
  await expect(cashier.getByTestId('report-z')).toBeDisabled();
  await expect(cashier.getByTestId('obstacle-1')).toContainText('later');
  await expect(cashier.getByTestId('obstacle-2')).toHaveAttribute('data-kind', 'shift-open');
  await cashier.getByTestId('obstacle-clear-1').click();
  await expect(cashier.getByTestId('line-1')).toContainText(demo.milk.name);
  await serveInCash(cashier);

  // The drawer is counted blind and a euro is missing: explained, and accepted by a manager.
  await goTo(cashier, 'reports');
  await cashier.getByTestId('obstacle-clear-1').click();
  await count(cashier, { 5000: 1, 2000: 1, 1000: 1, 500: 1, 200: 1, 20: 1, 10: 1 });
  await expect(cashier.getByTestId('count-result')).toHaveAttribute('data-state', '0');
  await count(cashier, { 5000: 1, 2000: 1, 1000: 1, 500: 1, 100: 1, 20: 1, 10: 1 });
  await expect(cashier.getByTestId('count-result')).toHaveAttribute('data-state', '-100');
  await cashier.getByTestId('shift-close').click();
  await cashier.getByTestId('reason-field').fill('wrong change');
  await cashier.getByTestId('dialog-ok').click();
  await approve(cashier);
  await expect(cashier.getByTestId('closed-2')).toContainText('wrong change');

  // Nothing stands before the Z any more.
  await goTo(cashier, 'reports');
  await expect(cashier.getByTestId('z-ready')).toBeVisible();
  await cashier.getByTestId('report-z').click();
  await expect(cashier.getByTestId('z-dialog')).toBeVisible();
  await cashier.getByTestId('dialog-ok').click();
  await approve(cashier);
  await expect(cashier.getByTestId('z-1')).toContainText('€7.29');
  await expect(cashier.getByTestId('paper')).toContainText('Z-RAPORTTI');
  await expect(cashier.getByTestId('paper')).toContainText('wrong change');
});
