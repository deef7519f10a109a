import type { Page } from 'playwright';
import type { StartedTill } from './started-till.ts';

/* What hands do before a picture is taken, the same in every scene. */

/** A fresh dialog ignores taps for a moment. */
export const calm = (page: Page): Promise<void> => page.waitForTimeout(700);

async function signIn(page: Page, person: number, pin: string): Promise<void> {
  await page.getByTestId(`person-${person}`).click();
  await page.getByTestId('pin').fill(pin);
  await page.getByTestId('pin').press('Enter');
  await page.getByTestId('search').waitFor();
}

export const cashier = (page: Page): Promise<void> => signIn(page, 1, '1111');
export const manager = (page: Page): Promise<void> => signIn(page, 2, '2222');
export const admin = (page: Page): Promise<void> => signIn(page, 3, '3333');

/** To a screen by its address. */
export async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, path);
  await page.locator('h1, [data-testid="search"]').first().waitFor();
}

/** Rings up what stands at some of the quick keys. */
export async function keys(page: Page, ...places: readonly number[]): Promise<void> {
  for (const place of places) {
    await page.locator('.quick-key').nth(place).click();
    await page.waitForTimeout(60);
  }
}

/** Pays what is due in cash; the dialog says that it is paid. */
export async function payInCash(page: Page): Promise<void> {
  await page.keyboard.press('F9');
  await page.getByTestId('pay-amount').waitFor();
  await calm(page);
  await page.getByTestId('pay-start').click();
  await page.getByTestId('receipt-number').waitFor();
}

/** From the paid dialog on to the next customer. */
export async function nextCustomer(page: Page): Promise<void> {
  await calm(page);
  await page.keyboard.press('Enter');
  await page.getByTestId('paid-dialog').waitFor({ state: 'hidden' });
}

export const sticker = '009900027501';

/** Registers the till with the demo's SEQR and gives it a sticker, by hand as an admin does. */
export async function registerSeqr(page: Page): Promise<void> {
  await admin(page);
  await go(page, '#/admin/providers');
  for (const [action, field, value] of [['register', 'name', ''], ['assign', 'seqrId', sticker]] as const) {
    await page.getByTestId(`terminal-${action}`).click();
    await page.getByTestId(`ask-${field}`).fill(value);
    await calm(page);
    await page.getByTestId('dialog-ok').click();
    await page.getByTestId('terminal-action').waitFor({ state: 'detached' });
  }
}

const tell = async (till: StartedTill, path: string, body: object): Promise<void> => {
  await fetch(`${till.sandboxes['seqr']?.control ?? ''}${path}`, { method: 'POST', body: JSON.stringify(body) });
};

/** What the customer does on the phone. */
export const onPhone = (till: StartedTill, action: string): Promise<void> => tell(till, '/customer', { action, ref: sticker });

/** What SEQR's sandbox does wrong from now on. */
export const onFault = (till: StartedTill, fault: object): Promise<void> => tell(till, '/faults', fault);
