import type { BrowserContext, Page } from 'playwright';
import { calm, go, keys, nextCustomer, onFault, onPhone, payInCash, registerSeqr } from './scene-hands.ts';
import type { Scene } from './scenes.ts';
import type { StartedTill } from './started-till.ts';

/** Some of the quick keys, three times the first, paid partly by SEQR and the rest in cash. */
async function sold(page: Page, till: StartedTill): Promise<void> {
  await registerSeqr(page);
  await go(page, '#/sale');
  await keys(page, 0, 0, 0, 3, 4);
  await page.getByTestId('tender-seqr').click();
  await page.getByTestId('pay-amount').waitFor();
  await calm(page);
  await page.getByTestId('pay-amount').fill('5,00');
  await page.getByTestId('pay-start').click();
  await page.locator('[data-testid="pay-state"][data-state="waiting"]').waitFor();
  await onPhone(till, 'approve');
  await page.getByTestId('pay-state').waitFor({ state: 'detached', timeout: 10_000 }).catch(() => undefined);
  await calm(page);
  await payInCash(page);
  await nextCustomer(page);
}

async function composed(page: Page, till: StartedTill, all = true): Promise<void> {
  await sold(page, till);
  await go(page, '#/returns');
  await page.getByTestId('found-1').click();
  await page.getByTestId('return-more-1').click();
  await page.getByTestId('return-more-1').click();
  await page.getByTestId('return-more-2').click();
  if (all) await page.getByTestId('return-more-3').click();
  await page.locator('.returns-foot .choices button').nth(1).click();
  await page.waitForTimeout(200);
}

async function confirmed(page: Page, till: StartedTill, all = true): Promise<void> {
  await composed(page, till, all);
  await page.getByTestId('return-continue').click();
  await page.getByTestId('return-step-1').waitFor();
}

/** A part of the payment goes back, and the answer is lost: only a person can tell. */
async function inDoubt(page: Page, till: StartedTill): Promise<void> {
  await confirmed(page, till, false);
  await onFault(till, { kind: 'drop-answer', match: 'refundPayment', times: 1000 });
  await page.getByTestId('return-do').first().click();
  await page.locator('[data-testid="return-step-1"][data-state="doubt"]').waitFor({ timeout: 20_000 });
}

async function refused(page: Page, till: StartedTill): Promise<void> {
  await confirmed(page, till);
  await onFault(till, { kind: 'result-code', match: 'refundPayment', value: 49 });
  await page.getByTestId('return-do').first().click();
  await page.locator('[data-testid="return-step-1"][data-state="refused"]').waitFor({ timeout: 20_000 });
}

async function finished(page: Page, till: StartedTill): Promise<void> {
  await confirmed(page, till);
  await page.getByTestId('return-do').first().click();
  await page.locator('[data-testid="return-step-1"][data-state="done"]').waitFor({ timeout: 10_000 });
  await calm(page);
  await page.getByTestId('return-do').first().click();
  await page.getByTestId('return-done').waitFor();
  await page.getByTestId('paper').waitFor();
}

async function exchange(page: Page, till: StartedTill): Promise<void> {
  await confirmed(page, till);
  await page.getByTestId('return-exchange').click();
  await page.getByTestId('exchange').waitFor();
  await page.locator('.quick-key').nth(8).click();
  await page.waitForTimeout(100);
  await page.locator('.quick-key').nth(10).click();
  await page.waitForTimeout(300);
}

async function beside(till: StartedTill, context: BrowserContext): Promise<Page> {
  const customer = await context.newPage();
  await customer.goto(till.customer);
  await customer.locator('[data-testid="customer-state"][data-state="returning"]').waitFor();
  return customer;
}

async function correct(page: Page, till: StartedTill): Promise<void> {
  await sold(page, till);
  await go(page, '#/receipts');
  await page.getByTestId('wrong-tender').click();
  await page.getByTestId('correct-dialog').waitFor();
  await calm(page);
}

/** Pictures of returns, from the receipt that is found to the last part of its money. */
export const returnScenes: readonly Scene[] = [
  { name: 'return', screen: 'returns', prepare: async (page, till) => { await sold(page, till); await go(page, '#/returns'); await page.getByTestId('found-1').waitFor(); } },
  { name: 'return-lines', prepare: (page, till) => composed(page, till) },
  { name: 'return-money', prepare: (page, till) => confirmed(page, till) },
  { name: 'return-doubt', prepare: inDoubt },
  { name: 'return-refused', prepare: refused },
  { name: 'return-done', prepare: finished },
  { name: 'return-exchange', prepare: exchange },
  { name: 'return-customer', prepare: async (page, till, context) => { await confirmed(page, till); return beside(till, context); } },
  { name: 'return-wrong-tender', prepare: correct },
  {
    name: 'return-loose',
    prepare: async (page) => {
      await registerSeqr(page);
      await go(page, '#/returns');
      await page.getByTestId('return-loose').click();
      for (const code of ['2910000000031', '2910000000703']) {
        await page.getByTestId('return-code').fill(code);
        await page.getByTestId('return-code').press('Enter');
        await page.waitForTimeout(400);
      }
      await page.getByTestId('reason-field').fill('Kuitti hukassa');
      await page.waitForTimeout(300);
    },
  },
];
