import type { Page } from 'playwright';
import { startNetworkPrinter, type NetworkPrinter } from '../src-main/testing/network-printer.ts';
import { admin, calm, go, payInCash } from './scene-hands.ts';
import type { Scene } from './scenes.ts';

async function attach(page: Page, port: number): Promise<void> {
  await go(page, '#/admin/printer');
  await page.getByTestId('printer-attached').selectOption('network');
  await page.getByTestId('printer-host').fill('127.0.0.1');
  await page.getByTestId('printer-port').fill(String(port));
  await page.getByTestId('printer-save').click();
  await page.getByTestId('notice').waitFor();
  await page.getByTestId('notice').waitFor({ state: 'hidden' });
}

/** A printer for as long as the program runs: the pictures are drawn while it is there. */
async function withPrinter(page: Page, work: (printer: NetworkPrinter) => Promise<void>): Promise<void> {
  const printer = await startNetworkPrinter('esc-pos');
  page.once('close', () => void printer.close());
  await attach(page, printer.port);
  await work(printer);
}

const looked = async (page: Page, state: string): Promise<void> => {
  await page.getByTestId('printer-look').click();
  await page.locator(`[data-testid="printer-condition"][data-state="${state}"]`).waitFor();
};

export const printerScenes: readonly Scene[] = [
  {
    name: 'printer-ready',
    screen: 'printer',
    prepare: async (page) => {
      await admin(page);
      await withPrinter(page, async (printer) => {
        printer.hands.paper = 'near-end';
        await page.getByTestId('printer-test').click();
        await page.getByTestId('printer-test-result').waitFor();
        await looked(page, 'ready');
      });
    },
  },
  {
    name: 'printer-cover-open',
    screen: 'printer',
    prepare: async (page) => {
      await admin(page);
      await withPrinter(page, async (printer) => {
        printer.hands.coverOpen = true;
        await page.getByTestId('printer-test').click();
        await page.getByTestId('printer-test-result').waitFor();
        await looked(page, 'cover-open');
      });
    },
  },
  {
    name: 'printer-usb',
    screen: 'printer',
    prepare: async (page) => {
      await admin(page);
      await go(page, '#/admin/printer');
      await page.getByTestId('printer-attached').selectOption('usb');
      await page.getByTestId('printer-usb').waitFor();
    },
  },
  {
    name: 'printer-queue',
    screen: 'printer',
    prepare: async (page) => {
      await admin(page);
      await go(page, '#/admin/printer');
      await page.getByTestId('printer-attached').selectOption('system');
      await page.getByTestId('printer-queue').waitFor();
    },
  },
  {
    name: 'drawer-open',
    screen: 'sale',
    prepare: async (page) => {
      await admin(page);
      await page.getByTestId('other-demo').click();
      await calm(page);
      await page.getByTestId('dialog-ok').click();
      await page.getByTestId('person-3').waitFor();
      await admin(page);
      await withPrinter(page, async () => {
        await go(page, '#/sale');
        await page.locator('.quick-key').first().click();
        await page.getByTestId('line-1').waitFor();
        await payInCash(page);
        await calm(page);
        await page.getByTestId('pay-close').click();
        await page.getByTestId('paid-dialog').waitFor({ state: 'hidden' });
        await page.getByTestId('drawer-open').waitFor();
      });
    },
  },
];
