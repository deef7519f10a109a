import type { BrowserContext, Page } from 'playwright';
import { admin, calm, cashier, go, keys } from './scene-hands.ts';
import type { Scene } from './scenes.ts';
import type { StartedTill } from './started-till.ts';

const post = async (till: StartedTill, path: string, body: object): Promise<boolean> => (await fetch(`${till.sandboxes['vipps']?.control ?? ''}${path}`, { method: 'POST', body: JSON.stringify(body) })).ok;

/** The customer does it as soon as there is something to do it with. */
async function onPhone(till: StartedTill, action: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await post(till, '/customer', { action, ref: '*' })) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the customer can’t ${action}`);
}

async function open(page: Page): Promise<void> {
  await page.getByTestId('tender-vipps').click();
  await page.getByTestId('pay-amount').waitFor();
  await page.waitForTimeout(450);
}

async function openNew(page: Page): Promise<void> {
  await cashier(page);
  await keys(page, 1, 3, 4);
  await open(page);
}

const state = (page: Page, wanted: string): Promise<void> => page.locator(`[data-testid="pay-state"][data-state="${wanted}"]`).waitFor();

async function byCode(page: Page): Promise<void> {
  await openNew(page);
  await page.getByTestId('pay-start').click();
  await state(page, 'waiting');
  await page.getByTestId('pay-qr').waitFor();
}

async function toNumber(page: Page): Promise<void> {
  await openNew(page);
  await page.getByTestId('pay-way-push').click();
  await page.getByTestId('pay-told').waitFor();
}

async function typed(page: Page): Promise<void> {
  await toNumber(page);
  await page.getByTestId('pay-ask-customer').click();
  await page.waitForTimeout(300);
}

async function requested(page: Page): Promise<void> {
  await toNumber(page);
  await page.getByTestId('pay-told').fill('040 123 4567');
  await page.getByTestId('pay-start').click();
  await state(page, 'waiting');
}

async function noPayer(page: Page, till: StartedTill): Promise<void> {
  await post(till, '/options', { options: { notUsers: ['358401234567'] } });
  await toNumber(page);
  await page.getByTestId('pay-told').fill('040 123 4567');
  await page.getByTestId('pay-start').click();
  await state(page, 'not-started');
}

async function ranOut(page: Page, till: StartedTill): Promise<void> {
  await byCode(page);
  await post(till, '/clock', { advanceMs: 601_000 });
  await state(page, 'expired');
}

async function fromAfar(page: Page): Promise<void> {
  await cashier(page);
  await page.keyboard.press('F8');
  await page.getByRole('dialog').waitFor();
  await calm(page);
  await page.keyboard.press('f');
  await page.getByTestId('from-afar').waitFor();
  await keys(page, 1, 3);
}

/** What was rung up, asked for and refused before is ticked on the admin's list. */
async function adminsList(page: Page, till: StartedTill): Promise<void> {
  await admin(page);
  await keys(page, 1);
  await open(page);
  await page.getByTestId('pay-start').click();
  await onPhone(till, 'approve');
  await page.getByTestId('receipt-number').waitFor();
  await calm(page);
  await page.keyboard.press('Enter');
  await go(page, '#/admin/providers');
  for (const check of ['sales-unit', 'smallest-payment']) {
    await page.getByTestId(`check-${check}`).click();
    await page.getByTestId(`check-found-${check}`).waitFor();
  }
  await page.getByTestId('go-live').scrollIntoViewIfNeeded();
  await page.getByTestId('check-sales-unit').evaluate((one) => one.scrollIntoView({ block: 'start' }));
}

/** The customer's own screen after what the cashier did. */
const customerAfter =
  (prepare: (page: Page, till: StartedTill) => Promise<void>) =>
  async (customer: Page, till: StartedTill, context: BrowserContext): Promise<void> => {
    const page = await context.newPage();
    await page.goto(till.cashier);
    await prepare(page, till);
    await customer.bringToFront();
    await customer.locator('[data-testid="customer-state"][data-state="paying"], [data-testid="customer-state"][data-state="asking"]').waitFor();
  };

export const vippsScenes: readonly Scene[] = [
  { name: 'vipps-pay', prepare: openNew },
  { name: 'vipps-code', prepare: byCode },
  { name: 'vipps-number', prepare: toNumber },
  { name: 'vipps-customer-types', prepare: typed },
  { name: 'vipps-request', prepare: requested },
  { name: 'vipps-no-payer', prepare: noPayer },
  { name: 'vipps-expired', prepare: ranOut },
  { name: 'vipps-from-afar', prepare: fromAfar },
  {
    name: 'vipps-account',
    prepare: async (page) => {
      await admin(page);
      await go(page, '#/admin/providers');
      await page.getByTestId('provider-vipps').evaluate((one) => one.scrollIntoView({ block: 'start' }));
    },
  },
  { name: 'vipps-list', prepare: adminsList },
  { name: 'customer-code', window: 'customer', prepare: customerAfter(byCode) },
  { name: 'customer-code-dark', window: 'customer', dark: true, prepare: customerAfter(byCode) },
  { name: 'customer-number', window: 'customer', prepare: customerAfter(typed) },
  { name: 'customer-request', window: 'customer', prepare: customerAfter(requested) },
  { name: 'customer-code-over', window: 'customer', prepare: customerAfter(ranOut) },
];
