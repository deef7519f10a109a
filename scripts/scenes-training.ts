import type { Page } from 'playwright';
import { admin, calm, go, keys, manager, onFault, payInCash, registerSeqr } from './scene-hands.ts';
import type { Scene } from './scenes.ts';
import type { StartedTill } from './started-till.ts';

async function train(page: Page): Promise<void> {
  await manager(page);
  await page.getByTestId('menu').click();
  await calm(page);
  await page.getByTestId('training').click();
  await page.getByTestId('training-banner').waitFor();
}

async function exercise(page: Page): Promise<void> {
  await train(page);
  await keys(page, 0, 1, 4);
}

async function exercised(page: Page): Promise<void> {
  await exercise(page);
  await payInCash(page);
}

/** A payment whose provider is silent, set aside at the end of the day. */
async function doubted(page: Page, till: StartedTill): Promise<void> {
  await registerSeqr(page);
  await onFault(till, { kind: 'drop-request', times: 1000 });
  await go(page, '#/sale');
  await keys(page, 1, 3);
  await page.getByTestId('tender-seqr').click();
  await page.getByTestId('pay-amount').waitFor();
  await calm(page);
  await page.getByTestId('pay-start').click();
  await page.locator('[data-testid="pay-state"][data-state="outcome-unknown"]').waitFor();
  await calm(page);
  await page.getByTestId('pay-aside').click();
  await go(page, '#/reports');
  await page.locator('[data-kind="payment-in-doubt"]').waitFor();
}

async function askCarryOver(page: Page): Promise<void> {
  await page.locator('[data-kind="payment-in-doubt"] button').click();
  await page.getByTestId('carry-over-dialog').waitFor();
  await page.getByTestId('carry-over-note').fill('Palvelu ei vastaa, asiakas maksoi käteisellä');
  await calm(page);
}

/** Pictures of training, of a payment that is carried over, and of what goes to the accountant. */
export const trainingScenes: readonly Scene[] = [
  { name: 'training-sale', prepare: exercise },
  { name: 'training-paid', prepare: exercised },
  {
    name: 'training-receipt',
    prepare: async (page) => {
      await exercised(page);
      await calm(page);
      await page.keyboard.press('Enter');
      await page.getByTestId('paid-dialog').waitFor({ state: 'hidden' });
      await go(page, '#/receipts');
      await page.getByTestId('paper').waitFor();
    },
  },
  { name: 'training-z', prepare: async (page) => { await train(page); await go(page, '#/reports'); await page.locator('[data-kind="training-on"]').waitFor(); } },
  { name: 'training-menu', prepare: async (page) => { await manager(page); await page.getByTestId('menu').click(); await page.getByTestId('training').waitFor(); } },
  {
    name: 'training-customer',
    window: 'customer',
    prepare: async (page, till, context) => {
      await page.goto(till.cashier);
      await exercise(page);
      const customer = await context.newPage();
      await customer.goto(till.customer);
      await customer.getByTestId('customer-training').waitFor();
      return customer;
    },
  },
  { name: 'training-carry-obstacle', prepare: doubted },
  { name: 'training-carry-ask', prepare: async (page, till) => { await doubted(page, till); await askCarryOver(page); } },
  {
    name: 'training-carry-task',
    prepare: async (page, till) => {
      await doubted(page, till);
      await askCarryOver(page);
      await page.getByTestId('dialog-ok').click();
      await page.getByTestId('carry-over-dialog').waitFor({ state: 'detached' });
      await go(page, '#/tasks');
      await page.getByTestId('task-1').waitFor();
    },
  },
  { name: 'training-export', prepare: async (page) => { await manager(page); await go(page, '#/reports'); await page.getByTestId('export-open').click(); await page.getByTestId('export-dialog').waitFor(); await calm(page); } },
  { name: 'training-accounting', prepare: async (page) => { await admin(page); await go(page, '#/admin/shop'); await page.getByTestId('accounting-save').scrollIntoViewIfNeeded(); await page.waitForTimeout(200); } },
];
