import { expect, type Page } from '@playwright/test';

export { scan } from './scanner.ts';

/** What a cashier's hands do, by keyboard and scanner alone. */

/** Codes of the demo shop's own articles. */
export const demo = {
  coffee: { code: '2910000000703', name: 'Kahvi, pieni', price: 2.8 },
  bun: { code: '2910000000031', name: 'Korvapuusti', price: 3.2 },
  bread: { code: '2910000000017', name: 'Ruisleipä 500 g', price: 2.35 },
  milk: { code: '2910000000390', name: 'Kevytmaito 1 l', price: 1.29 },
  beer: { code: '2910000000772', name: 'Olut 0,33 l', price: 2.79 },
} as const;

/** A person's own typing: slower than any scanner. */
export async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text, { delay: 60 });
}

export async function signIn(page: Page, pin = '1111'): Promise<void> {
  await expect(page.getByTestId('sign-in')).toBeVisible();
  await expect(page.getByTestId('person-1')).toBeVisible();
  await type(page, pin);
  await page.waitForTimeout(60);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('search')).toBeVisible();
}

/** A manager's PIN in the dialog that asks for it. */
export async function approve(page: Page, pin = '2222'): Promise<void> {
  await expect(page.getByTestId('approval-pin')).toBeFocused();
  await type(page, pin);
  await page.waitForTimeout(60);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('approval')).toBeHidden();
}

/** Enter, pressed by a person: not right after other keys. */
export async function enter(page: Page): Promise<void> {
  await page.waitForTimeout(60);
  await page.keyboard.press('Enter');
}

/** From the paid dialog on to the next customer, by Enter. */
export async function nextCustomer(page: Page): Promise<void> {
  await expect(page.getByTestId('pay-close')).toBeFocused();
  await enter(page);
  await expect(page.getByTestId('paid-dialog')).toBeHidden();
}

/** Nothing stands in front of the counter any more: the answer that closes a dialog may come after its effect is seen. */
export const atCounter = (page: Page): Promise<void> => expect(page.getByRole('dialog')).toHaveCount(0);

/** To a screen by the menu. */
export async function goTo(page: Page, screen: 'shift' | 'reports' | 'sale' | 'shop' | 'mail' | 'printer' | 'receipts' | 'tasks' | 'devices' | 'staff'): Promise<void> {
  await page.getByTestId('menu').click();
  await page.getByTestId(`go-${screen}`).click();
  await atCounter(page);
}

/** Pays what is due in cash, by keyboard; the dialog says that it is paid. */
export async function payInCash(page: Page): Promise<void> {
  await page.keyboard.press('F9');
  await expect(page.getByTestId('pay-amount')).toBeFocused();
  await enter(page);
  await expect(page.getByTestId('receipt-number')).toBeVisible();
}

/** Paid in cash, and on to the next customer. */
export async function serveInCash(page: Page): Promise<void> {
  await payInCash(page);
  await nextCustomer(page);
}
