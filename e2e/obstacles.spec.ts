import type { Page } from '@playwright/test';
import { atCounter, demo, enter, scan, serveInCash, type } from './hands.ts';
import { approveWhenItComes, fault, noFaults, register, startBySeqr } from './seqr-hands.ts';
import { expect, test } from './till.ts';

/* What can stand before a Z, each thing cleared from its own row. */

const row = (page: Page, kind: string) => page.locator(`[data-kind="${kind}"]`);

/** By its address, for many ways lead there. */
async function open(page: Page, screen: 'reports' | 'sale'): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/${screen}`);
  await expect(page.getByTestId(screen === 'sale' ? 'search' : 'report-z')).toBeVisible();
}

/** Exactly these stand before the Z. */
async function stand(page: Page, kinds: readonly string[]): Promise<void> {
  await open(page, 'reports');
  for (const kind of kinds) await expect(row(page, kind)).toBeVisible();
  await expect(page.locator('.obstacle')).toHaveCount(kinds.length);
  await expect(page.getByTestId('report-z')).toBeDisabled();
}

const clear = (page: Page, kind: string): Promise<void> => row(page, kind).getByRole('button').click();

async function ring(page: Page, code: string): Promise<void> {
  await scan(page, code);
  await expect(page.getByTestId('line-1')).toBeVisible();
}

test('C-10 one of each that stands before a Z is cleared by the button of its row, and then the day closes', async ({ till }) => {
  test.setTimeout(150_000);
  const { cashier } = till;
  await register(cashier);

  // Training.
  await cashier.getByTestId('menu').click();
  await cashier.getByTestId('training').click();
  await expect(cashier.getByTestId('training-banner')).toBeVisible();
  await open(cashier, 'reports');
  await clear(cashier, 'training-on');
  await expect(cashier.getByTestId('training-banner')).toBeHidden();

  // A part of the receipt on the counter goes back, and nobody knows whether it did.
  await open(cashier, 'sale');
  await ring(cashier, demo.coffee.code);
  await startBySeqr(cashier, '1');
  await approveWhenItComes(till);
  await expect(cashier.getByTestId('total')).toContainText('1.80');
  await fault(till, 'drop-answer', 'refundPayment', { times: 1000 });
  await cashier.getByTestId('give-back').click();
  await expect(cashier.getByTestId('reason-field')).toBeFocused();
  await type(cashier, 'Pays in cash');
  await enter(cashier);
  await expect(cashier.getByTestId('refund-panel')).toHaveAttribute('data-state', 'outcome-unknown', { timeout: 40_000 });
  await stand(cashier, ['receipt-open', 'refund-unfinished', 'shift-open']);
  // Its row leads to the sale, where it is asked for until the service answers again.
  await clear(cashier, 'refund-unfinished');
  await noFaults(till);
  await expect(cashier.getByTestId('total')).toContainText('2.80', { timeout: 40_000 });
  await open(cashier, 'reports');
  await clear(cashier, 'receipt-open');
  await serveInCash(cashier);

  // A return that was begun, a receipt that is parked, one that waits for its payment while the service is silent, and one on the counter.
  await scan(cashier, 'R1-1');
  await expect(cashier.getByTestId('return-compose')).toBeVisible();
  await cashier.getByTestId('return-more-1').click();
  await cashier.getByTestId('reason-field').fill('Too cold');
  await cashier.getByTestId('return-continue').click();
  await expect(cashier.getByTestId('return-step-1')).toBeVisible();
  await open(cashier, 'sale');
  await ring(cashier, demo.milk.code);
  await cashier.keyboard.press('F7');
  await expect(cashier.getByTestId('park-name')).toBeFocused();
  await type(cashier, 'later');
  await enter(cashier);
  await atCounter(cashier);
  await ring(cashier, demo.bread.code);
  await fault(till, 'drop-request', null, { times: 1000 });
  await startBySeqr(cashier);
  await expect(cashier.getByTestId('pay-state')).toHaveAttribute('data-state', 'outcome-unknown', { timeout: 40_000 });
  await cashier.getByTestId('pay-aside').click();
  await atCounter(cashier);
  await ring(cashier, demo.bun.code);
  await stand(cashier, ['payment-in-doubt', 'receipt-aside', 'receipt-open', 'receipt-parked', 'return-open', 'shift-open']);

  await clear(cashier, 'receipt-open');
  await serveInCash(cashier);
  await open(cashier, 'reports');
  await clear(cashier, 'receipt-parked');
  await expect(cashier.getByTestId('line-1')).toContainText(demo.milk.name);
  await serveInCash(cashier);
  await open(cashier, 'reports');
  await clear(cashier, 'payment-in-doubt');
  await cashier.getByTestId('carry-over-note').fill('The service is silent');
  await cashier.getByTestId('dialog-ok').click();
  await expect(row(cashier, 'payment-in-doubt')).toHaveCount(0);
  await clear(cashier, 'receipt-aside');
  await expect(cashier.getByTestId('line-1')).toContainText(demo.bread.name);
  await serveInCash(cashier);
  await open(cashier, 'reports');
  await noFaults(till);
  await clear(cashier, 'return-open');
  await cashier.getByTestId('return-do').click();
  await expect(cashier.getByTestId('return-done')).toBeVisible();
  await stand(cashier, ['shift-open']);
  await clear(cashier, 'shift-open');
  await cashier.getByTestId('shift-count').click();
  await expect(cashier.getByTestId('count-dialog')).toBeVisible();
  await cashier.getByTestId('piece-5000').fill('3');
  await cashier.getByTestId('count-confirm').click();
  await cashier.getByTestId('shift-close').click();
  await cashier.getByTestId('reason-field').fill('counted roughly');
  await cashier.getByTestId('dialog-ok').click();
  await expect(cashier.getByTestId('closed-1')).toBeVisible();

  await open(cashier, 'reports');
  await expect(cashier.getByTestId('z-ready')).toBeVisible();
  await cashier.getByTestId('report-z').click();
  await cashier.getByTestId('dialog-ok').click();
  await expect(cashier.getByTestId('z-1')).toBeVisible();
});
