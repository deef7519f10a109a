import type { Page } from 'playwright';
import { startSmtpServer, type SmtpServer } from '../src-main/testing/smtp-server.ts';
import { admin, calm, go, keys, payInCash } from './scene-hands.ts';
import type { Scene } from './scenes.ts';

async function setUp(page: Page, port: number): Promise<void> {
  await admin(page);
  await go(page, '#/admin/mail');
  await page.getByTestId('giving-first').selectOption('ask');
  await page.getByTestId('mail-host').fill('127.0.0.1');
  await page.getByTestId('mail-port').fill(String(port));
  await page.getByTestId('mail-security').selectOption('none');
  await page.getByTestId('mail-sender').fill('kassa@kauppa.example');
  await page.getByTestId('mail-save').click();
  await page.getByTestId('notice').waitFor();
  await page.getByTestId('notice').waitFor({ state: 'hidden' });
}

async function pay(page: Page): Promise<void> {
  await go(page, '#/sale');
  await keys(page, 0, 1, 4, 8);
  await payInCash(page);
  await calm(page);
}

async function leave(page: Page): Promise<void> {
  await page.getByTestId('pay-close').click();
  await page.getByTestId('paid-dialog').waitFor({ state: 'hidden' });
}

async function mailTo(page: Page, address: string, state: string): Promise<void> {
  await page.getByTestId('give-mail').click();
  await page.getByTestId('mail-address').fill(address);
  await calm(page);
  await page.getByTestId('dialog-ok').click();
  await page.locator(`[data-testid="mail-state"][data-state="${state}"]`).waitFor();
}

/** A server for as long as `work` runs; pictures are drawn after it has gone. */
async function beside(work: (server: SmtpServer) => Promise<void>): Promise<void> {
  const server = await startSmtpServer();
  await work(server);
  await server.close();
}

const closed = 9;

export const mailScenes: readonly Scene[] = [
  {
    name: 'mail',
    screen: 'mail',
    prepare: async (page) => {
      await setUp(page, closed);
      await page.getByTestId('mail-test-to').fill('sofie@kauppa.example');
      await page.getByTestId('mail-test').click();
      await page.getByTestId('mail-test-result').waitFor();
    },
  },
  {
    name: 'mail-paid',
    prepare: async (page) => {
      await setUp(page, closed);
      await pay(page);
      await page.getByTestId('give-mail').waitFor();
    },
  },
  {
    name: 'mail-dialog',
    prepare: async (page) => {
      await setUp(page, closed);
      await pay(page);
      await page.getByTestId('give-mail').click();
      await page.getByTestId('mail-address').fill('aino.lehtinen@');
    },
  },
  {
    name: 'mail-waits',
    prepare: async (page) => {
      await setUp(page, closed);
      await pay(page);
      await mailTo(page, 'aino@example.com', 'queued');
      await page.getByTestId('mail-again').waitFor();
    },
  },
  {
    name: 'mail-refused',
    prepare: (page) =>
      beside(async (server) => {
        await setUp(page, server.port);
        server.rules.recipient = '550 5.1.1 unknown';
        await pay(page);
        await mailTo(page, 'aino@exmaple.com', 'failed');
        await leave(page);
        delete server.rules.recipient;
        await pay(page);
        await mailTo(page, 'aino@example.com', 'sent');
        await leave(page);
        await pay(page);
        await page.getByTestId('give-none').click();
        await page.getByTestId('given-state').waitFor();
        await leave(page);
        await go(page, '#/receipts');
        await page.getByTestId('receipt-1').click();
        await page.getByTestId('paper').waitFor();
      }),
  },
  {
    name: 'mail-customer',
    prepare: async (page, till, context) => {
      const customer = await context.newPage();
      await customer.goto(till.customer);
      await setUp(page, closed);
      await pay(page);
      await page.getByTestId('give-qr').click();
      await customer.getByTestId('customer-receipt-qr').waitFor();
      return customer;
    },
  },
];
