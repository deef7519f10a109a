import type { Page } from 'playwright';
import { calm, cashier, go, keys, manager, nextCustomer, payInCash } from './scene-hands.ts';
import type { Scene } from './scenes.ts';

/** Sells what stands at some of the quick keys, in cash. */
async function sell(page: Page, ...places: readonly number[]): Promise<void> {
  await go(page, '#/sale');
  await keys(page, ...places);
  await payInCash(page);
  await nextCustomer(page);
}

async function move(page: Page, kind: 'pay-in' | 'pay-out' | 'safe-drop', amount: string, reason: string): Promise<void> {
  await page.getByTestId(`shift-${kind}`).click();
  await page.getByTestId('shift-amount').fill(amount);
  await page.getByTestId('reason-field').fill(reason);
  await calm(page);
  await page.getByTestId('dialog-ok').click();
  await page.getByTestId('shift-move').waitFor({ state: 'detached' });
}

/** A morning: two sales, something out, something in. */
async function morning(page: Page): Promise<void> {
  await manager(page);
  await sell(page, 0, 1, 4);
  await sell(page, 3, 8, 10);
  await go(page, '#/shift');
  await move(page, 'pay-out', '12,50', 'Posti');
  await move(page, 'safe-drop', '100', 'Pankkiin');
}

async function typePieces(page: Page, pieces: Readonly<Record<number, number>>): Promise<void> {
  await page.getByTestId('shift-count').click();
  await page.getByTestId('count-dialog').waitFor();
  for (const [piece, count] of Object.entries(pieces)) await page.getByTestId(`piece-${piece}`).fill(String(count));
}

async function count(page: Page): Promise<void> {
  await typePieces(page, { 2000: 1, 1000: 1, 500: 2, 200: 8, 100: 3, 50: 4, 20: 1 });
  await calm(page);
  await page.getByTestId('count-confirm').click();
  await page.getByTestId('count-result').waitFor();
}

async function close(page: Page): Promise<void> {
  await page.getByTestId('shift-close').click();
  await page.getByTestId('reason-field').fill('Väärä vaihtoraha');
  await calm(page);
  await page.getByTestId('dialog-ok').click();
  await page.getByTestId('shift-opening').waitFor();
}

/** The Norwegian demo, where food is taxed by how it is served; chosen before anybody has signed in. */
async function eatenHere(page: Page): Promise<void> {
  await page.getByTestId('other-demo').click();
  await calm(page);
  await page.getByTestId('dialog-ok').click();
  await page.getByText('Fjordgløtt Handel').first().waitFor();
  await cashier(page);
  await keys(page, 1, 3, 4);
  await page.getByTestId('serving-eat-in').click();
  await page.locator('[data-testid="serving-eat-in"][aria-pressed="true"]').waitFor();
}

async function eatenHerePaid(page: Page): Promise<void> {
  await eatenHere(page);
  await payInCash(page);
  await nextCustomer(page);
  await go(page, '#/receipts');
}

async function parked(page: Page): Promise<void> {
  await go(page, '#/sale');
  await page.locator('.quick-key').nth(2).click();
  await page.waitForTimeout(60);
  await page.keyboard.press('F7');
  await page.getByTestId('park-name').fill('Sininen takki');
  await calm(page);
  await page.getByTestId('dialog-ok').click();
  await page.getByTestId('park-name').waitFor({ state: 'detached' });
}

/** Pictures of the day from float to closing. */
export const fiscalScenes: readonly Scene[] = [
  { name: 'shift', screen: 'shift', prepare: async (page) => { await morning(page); await page.waitForTimeout(300); } },
  { name: 'shift-count', prepare: async (page) => { await morning(page); await typePieces(page, { 2000: 1, 1000: 1, 500: 2, 200: 8, 100: 3, 50: 4, 20: 1 }); } },
  { name: 'shift-counted', prepare: async (page) => { await morning(page); await count(page); } },
  { name: 'shift-close', prepare: async (page) => { await morning(page); await count(page); await page.getByTestId('shift-close').click(); await page.getByTestId('close-dialog').waitFor(); } },
  { name: 'shift-open', prepare: async (page) => { await morning(page); await count(page); await close(page); } },
  { name: 'shift-needed', prepare: async (page) => { await morning(page); await count(page); await close(page); await go(page, '#/sale'); await page.getByTestId('shift-needed').waitFor(); } },
  {
    name: 'reports',
    screen: 'reports',
    prepare: async (page) => {
      await morning(page);
      await parked(page);
      await go(page, '#/reports');
      await page.getByTestId('report-x').click();
      await page.getByTestId('x-1').waitFor();
      await page.getByTestId('paper').waitFor();
    },
  },
  {
    name: 'reports-z',
    prepare: async (page) => {
      await morning(page);
      await count(page);
      await close(page);
      await go(page, '#/reports');
      await page.getByTestId('z-ready').waitFor();
      await page.getByTestId('report-z').click();
      await page.getByTestId('z-dialog').waitFor();
      await calm(page);
      await page.getByTestId('dialog-ok').click();
      await page.getByTestId('z-1').waitFor();
      await page.getByTestId('paper').waitFor();
    },
  },
  { name: 'sale-eaten-here', prepare: eatenHere },
  { name: 'receipts-eaten-here', prepare: eatenHerePaid },
];
