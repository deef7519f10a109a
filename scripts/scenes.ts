import type { BrowserContext, Page } from 'playwright';
import { admin, cashier, go, keys, onFault, onPhone, registerSeqr } from './scene-hands.ts';
import { fiscalScenes } from './scenes-fiscal.ts';
import { deviceScenes } from './scenes-devices.ts';
import { lanScenes } from './scenes-lan.ts';
import { mailScenes } from './scenes-mail.ts';
import { printerScenes } from './scenes-printer.ts';
import { returnScenes } from './scenes-returns.ts';
import { trainingScenes } from './scenes-training.ts';
import { vippsScenes } from './scenes-vipps.ts';
import type { StartedTill } from './started-till.ts';
import type { TroubleScene } from './trouble-scenes.ts';

/** One picture: a screen of the router's list, or a dialog or state worth seeing. */
export type Scene = {
  readonly name: string;
  /** Id in the router's list that this scene visits. */
  readonly screen?: string;
  readonly window?: 'cashier' | 'customer';
  readonly shop?: 'demo' | 'setup';
  readonly dark?: boolean;
  /** What happens to the data folder before the till opens, by name (see trouble-scenes.ts). */
  readonly trouble?: TroubleScene;
  /** Brings the page to the state; answers another page where that one is to be seen. */
  readonly prepare: (page: Page, till: StartedTill, context: BrowserContext) => Promise<Page | void>;
};

async function sell(page: Page): Promise<void> {
  await cashier(page);
  await keys(page, 0, 1, 1, 3, 4, 8, 10, 11);
}

const at = (path: string) => async (page: Page): Promise<void> => {
  await admin(page);
  await go(page, path);
};

async function pay(page: Page): Promise<void> {
  await page.keyboard.press('F9');
  await page.getByTestId('pay-amount').waitFor();
  await page.waitForTimeout(450);
}

/** An app payment under way: the receipt is asked for at SEQR, the customer has not done anything yet. */
async function payBySeqr(page: Page): Promise<void> {
  await registerSeqr(page);
  await startSeqr(page);
  await page.locator('[data-testid="pay-state"][data-state="waiting"]').waitFor();
}

/** From the sale to the tap on Pay, at a till that is registered. */
async function startSeqr(page: Page, amount?: string): Promise<void> {
  await go(page, '#/sale');
  await keys(page, 1, 3);
  await page.getByTestId('tender-seqr').click();
  await page.getByTestId('pay-amount').waitFor();
  await page.waitForTimeout(450);
  if (amount !== undefined) await page.getByTestId('pay-amount').fill(amount);
  await page.getByTestId('pay-start').click();
}

async function declined(page: Page, till: StartedTill): Promise<void> {
  await payBySeqr(page);
  await onPhone(till, 'decline');
  await page.locator('[data-testid="pay-state"][data-state="declined"]').waitFor();
}

/** The window is over and nobody has paid: people are asked. */
async function asked(page: Page): Promise<void> {
  await payBySeqr(page);
  await page.getByTestId('pay-again').waitFor({ timeout: 40_000 });
}

/** The provider is silent from the start on: whether the payment began is not known. */
async function unknown(page: Page, till: StartedTill): Promise<void> {
  await registerSeqr(page);
  await onFault(till, { kind: 'drop-request', times: 1000 });
  await startSeqr(page);
  await page.locator('[data-testid="pay-state"][data-state="outcome-unknown"]').waitFor();
}

/** The cashier cancels while the customer confirms. */
async function cancelling(page: Page, till: StartedTill): Promise<void> {
  await payBySeqr(page);
  await onPhone(till, 'confirm');
  await page.waitForTimeout(450);
  await page.getByTestId('pay-cancel').click();
  await page.locator('[data-testid="pay-state"][data-state="cancelling"]').waitFor();
}

async function paidBySeqr(page: Page, till: StartedTill): Promise<void> {
  await payBySeqr(page);
  await onPhone(till, 'approve');
  await page.getByTestId('receipt-number').waitFor();
}

/** The provider says that another amount was paid than was asked for. */
async function alarm(page: Page, till: StartedTill): Promise<void> {
  await payBySeqr(page);
  await onFault(till, { kind: 'other-amount', match: 'getPaymentStatus', value: -100, times: 1000 });
  await onPhone(till, 'approve');
  await page.getByTestId('pay-decide').waitFor();
}

/**
 * Late money: a request for a payment arrives after the till has stopped waiting for it, its customer pays all the same, and the next
 * payment meets that money. Leaves the receipt paid in cash and its customer gone.
 */
async function lateMoney(page: Page, till: StartedTill): Promise<void> {
  await registerSeqr(page);
  await onFault(till, { kind: 'delay', match: 'sendInvoice', value: 4_000 });
  await startSeqr(page);
  await page.locator('[data-testid="pay-state"][data-state="not-started"]').waitFor();
  await page.waitForTimeout(1_600);
  await onPhone(till, 'approve');
  await page.getByTestId('pay-close').click();
  await onFault(till, { kind: 'drop-request', match: 'sendInvoice' });
  await page.getByTestId('tender-seqr').click();
  await page.getByTestId('pay-amount').waitFor();
  await page.waitForTimeout(450);
  await page.getByTestId('pay-start').click();
  await page.locator('[data-testid="pay-state"][data-state="not-started"]').waitFor();
  await page.getByTestId('notice').filter({ hasText: 'SEQR' }).waitFor();
  await page.waitForTimeout(450);
  await page.getByTestId('pay-close').click();
  await page.getByTestId('pay-close').waitFor({ state: 'detached' });
  await pay(page);
  await page.getByTestId('pay-start').click();
  await page.getByTestId('receipt-number').waitFor();
  await page.keyboard.press('Enter');
}

async function toTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    location.hash = '#/tasks';
  });
  await page.getByTestId('task-1').waitFor();
}

/** A part by app is on the receipt, and its way back is asked for. */
async function giveBack(page: Page, till: StartedTill): Promise<void> {
  await registerSeqr(page);
  await startSeqr(page, '2');
  await page.locator('[data-testid="pay-state"][data-state="waiting"]').waitFor();
  await onPhone(till, 'approve');
  await page.getByTestId('give-back').click();
  await page.getByTestId('reason-field').fill('Rikki');
  await page.waitForTimeout(450);
}

/** Shows the customer's screen after something was done at the cashier's. */
const customerAfter = (prepare: (page: Page, till: StartedTill) => Promise<void>) => async (page: Page, till: StartedTill, context: BrowserContext): Promise<Page> => {
  const desk = await context.newPage();
  await desk.goto(till.cashier);
  await prepare(desk, till);
  await page.bringToFront();
  return page;
};

export const scenes: readonly Scene[] = [
  { name: 'sign-in', prepare: (page) => page.getByTestId('person-1').waitFor() },
  { name: 'trouble-damaged', trouble: 'damaged', prepare: (page) => page.getByTestId('trouble-backup-1').waitFor() },
  {
    name: 'trouble-confirm',
    trouble: 'damaged',
    prepare: async (page) => {
      await page.getByTestId('trouble-use-2').click();
      await page.getByTestId('trouble-confirm').waitFor();
    },
  },
  {
    name: 'trouble-done',
    trouble: 'damaged',
    prepare: async (page) => {
      await page.getByTestId('trouble-use-2').click();
      await page.getByTestId('trouble-confirm').waitFor();
      await page.waitForTimeout(450);
      await page.getByTestId('dialog-ok').click();
      await page.getByTestId('trouble-done').waitFor();
    },
  },
  { name: 'trouble-no-backup', trouble: 'no-backup', prepare: (page) => page.getByTestId('trouble-no-backups').waitFor() },
  {
    name: 'trouble-newer',
    trouble: 'newer',
    prepare: async (page) => {
      await page.getByTestId('trouble-retry').click();
      await page.getByTestId('trouble-still').filter({ hasText: /\w/ }).waitFor();
    },
  },
  { name: 'trouble-customer', window: 'customer', trouble: 'newer', prepare: (page) => page.locator('[data-testid="customer-state"][data-state="closed"]').waitFor() },
  { name: 'setup', shop: 'setup', prepare: (page) => page.getByTestId('setup').waitFor() },
  { name: 'sale', screen: 'sale', prepare: sell },
  { name: 'sale-empty', prepare: cashier },
  { name: 'sale-dark', dark: true, prepare: sell },
  {
    name: 'search',
    prepare: async (page) => {
      await cashier(page);
      await page.getByTestId('search').fill('ka');
      await page.getByTestId('results').waitFor();
    },
  },
  { name: 'discount', prepare: async (page) => { await sell(page); await page.keyboard.press('F6'); await page.getByTestId('discount-field').waitFor(); } },
  { name: 'more', prepare: async (page) => { await sell(page); await page.keyboard.press('F8'); await page.getByRole('dialog').waitFor(); } },
  { name: 'pay-cash', prepare: async (page) => { await sell(page); await pay(page); } },
  {
    name: 'pay-card',
    prepare: async (page) => {
      await sell(page);
      await page.keyboard.press('F10');
      await page.getByTestId('pay-reference').waitFor();
    },
  },
  {
    name: 'paid',
    prepare: async (page) => {
      await sell(page);
      await pay(page);
      await page.getByTestId('pay-amount').fill('100');
      await page.getByTestId('pay-start').click();
      await page.getByTestId('receipt-number').waitFor();
    },
  },
  { name: 'app-waiting', prepare: payBySeqr },
  { name: 'app-declined', prepare: declined },
  { name: 'app-question', prepare: asked },
  { name: 'app-unknown', prepare: unknown },
  { name: 'app-cancelling', prepare: cancelling },
  { name: 'app-alarm', prepare: alarm },
  {
    name: 'app-decide',
    prepare: async (page, till) => {
      await alarm(page, till);
      await page.waitForTimeout(450);
      await page.getByTestId('pay-decide').click();
      await page.getByTestId('decide-note').fill('SEQR: 6,40');
    },
  },
  { name: 'app-paid', prepare: paidBySeqr },
  {
    name: 'app-part',
    prepare: async (page, till) => {
      await registerSeqr(page);
      await startSeqr(page, '2');
      await page.locator('[data-testid="pay-state"][data-state="waiting"]').waitFor();
      await onPhone(till, 'approve');
      await page.locator('.totals-row.paid').waitFor();
    },
  },
  { name: 'app-part-back', prepare: giveBack },
  {
    name: 'app-part-goes-back',
    prepare: async (page, till) => {
      await giveBack(page, till);
      await onFault(till, { kind: 'drop-request', match: 'refundPayment', times: 100 });
      await page.getByTestId('dialog-ok').click();
      await page.locator('[data-testid="refund-panel"][data-state="outcome-unknown"]').waitFor();
    },
  },
  {
    name: 'app-receipt',
    prepare: async (page, till) => {
      await paidBySeqr(page, till);
      await page.keyboard.press('Enter');
      await page.evaluate(() => {
        location.hash = '#/receipts';
      });
      await page.getByTestId('paper').waitFor();
    },
  },
  {
    name: 'aside',
    prepare: async (page) => {
      await payBySeqr(page);
      await page.keyboard.press('F3');
      await page.getByTestId('aside-1').waitFor();
      await keys(page, 0, 4, 8);
    },
  },
  {
    name: 'receipts',
    screen: 'receipts',
    prepare: async (page) => {
      await sell(page);
      await pay(page);
      await page.getByTestId('pay-start').click();
      await page.getByTestId('receipt-number').waitFor();
      await page.keyboard.press('Enter');
      await page.evaluate(() => {
        location.hash = '#/receipts';
      });
      await page.getByTestId('paper').waitFor();
    },
  },
  {
    name: 'tasks',
    screen: 'tasks',
    prepare: async (page, till) => {
      await lateMoney(page, till);
      await keys(page, 1, 3);
      await toTasks(page);
    },
  },
  { name: 'tasks-empty', prepare: at('#/tasks') },
  {
    name: 'tasks-attach',
    prepare: async (page, till) => {
      await lateMoney(page, till);
      await keys(page, 0, 1, 3);
      await toTasks(page);
      await page.getByTestId('task-attach').click();
      await page.getByTestId('task-note').waitFor();
    },
  },
  {
    name: 'tasks-in-doubt',
    prepare: async (page, till) => {
      await lateMoney(page, till);
      await toTasks(page);
      await onFault(till, { kind: 'drop-request', match: 'refundPayment', times: 100 });
      await page.getByTestId('task-refund').click();
      await page.getByTestId('task-note').fill('Asiakas maksoi jo käteisellä');
      await page.waitForTimeout(450);
      await page.getByTestId('dialog-ok').click();
      await page.locator('[data-testid="refund-panel"][data-state="outcome-unknown"]').waitFor();
    },
  },
  ...fiscalScenes,
  ...mailScenes,
  ...deviceScenes,
  ...lanScenes,
  ...printerScenes,
  ...returnScenes,
  ...trainingScenes,
  ...vippsScenes,
  { name: 'articles', screen: 'articles', prepare: at('#/admin/articles') },
  {
    name: 'import',
    screen: 'import',
    prepare: async (page) => {
      await at('#/admin/import')(page);
      const rows = ['gtin;name;price;vat', '2910000000017;Ruisleipä 600 g;2,75;low', '2990000000017;Blåbärssoppa;1,00;low'];
      await page.getByTestId('import-file').setInputFiles({ name: 'articles.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });
      await page.getByTestId('import-refused').waitFor();
    },
  },
  { name: 'staff', screen: 'staff', prepare: at('#/admin/staff') },
  { name: 'shop', screen: 'shop', prepare: at('#/admin/shop') },
  { name: 'providers', screen: 'providers', prepare: registerSeqr },
  { name: 'settings', screen: 'settings', prepare: at('#/settings') },
  { name: 'dev-panel', prepare: async (page) => { await sell(page); await page.getByTestId('dev-panel-open').click(); await page.getByTestId('dev-panel').waitFor(); } },
  { name: 'customer-idle', window: 'customer', prepare: (page) => page.getByTestId('customer-state').waitFor() },
  { name: 'customer-sale', window: 'customer', prepare: customerAfter(sell) },
  { name: 'customer-app-waiting', window: 'customer', prepare: customerAfter(payBySeqr) },
  { name: 'customer-app-question', window: 'customer', prepare: customerAfter(asked) },
  { name: 'customer-app-paid', window: 'customer', prepare: customerAfter(paidBySeqr) },
  { name: 'customer-app-failed', window: 'customer', prepare: customerAfter(declined) },
  {
    name: 'customer-thanks',
    window: 'customer',
    prepare: customerAfter(async (page) => {
      await sell(page);
      await pay(page);
      await page.getByTestId('pay-amount').fill('100');
      await page.getByTestId('pay-start').click();
      await page.getByTestId('receipt-number').waitFor();
    }),
  },
];
