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

/** A logo as a file: drawn by the page itself, with shades, on nothing. */
async function logoOf(page: Page): Promise<Buffer> {
  const url = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 720, height: 240 });
    const pen = canvas.getContext('2d');
    if (pen) {
      const shade = pen.createLinearGradient(0, 0, 240, 240);
      shade.addColorStop(0, '#000');
      shade.addColorStop(1, '#aaa');
      pen.fillStyle = shade;
      pen.beginPath();
      pen.arc(120, 120, 110, 0, Math.PI * 2);
      pen.fill();
      pen.fillStyle = '#000';
      pen.font = 'bold 150px sans-serif';
      pen.fillText('Smør', 260, 170);
    }
    return canvas.toDataURL('image/png');
  });
  return Buffer.from(url.split(',')[1] ?? '', 'base64');
}

/** The printer's page while a way to reach one is chosen; `field` is what it asks for then. */
async function reachedBy(page: Page, way: 'usb' | 'system', field: string): Promise<void> {
  await admin(page);
  await go(page, '#/admin/printer');
  await page.getByTestId('printer-attached').selectOption(way);
  await page.getByTestId(field).waitFor();
}

export const printerScenes: readonly Scene[] = [
  {
    name: 'logo',
    screen: 'shop',
    prepare: async (page) => {
      await admin(page);
      await go(page, '#/admin/shop');
      await page.getByTestId('logo-file').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: await logoOf(page) });
      await page.getByTestId('logo-shown').waitFor();
      await page.getByTestId('notice').waitFor({ state: 'hidden' });
      await page.getByTestId('logo-shown').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'logo-receipt',
    screen: 'receipts',
    prepare: async (page) => {
      await admin(page);
      await go(page, '#/admin/shop');
      await page.getByTestId('logo-file').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: await logoOf(page) });
      await page.getByTestId('logo-shown').waitFor();
      await withPrinter(page, async (printer) => {
        await go(page, '#/sale');
        await page.locator('.quick-key').first().click();
        await page.getByTestId('line-1').waitFor();
        await payInCash(page);
        await calm(page);
        await page.getByTestId('pay-close').click();
        await page.getByTestId('paid-dialog').waitFor({ state: 'hidden' });
        printer.hands.coverOpen = true;
        await go(page, '#/reports');
        await page.getByTestId('report-x').click();
        await page.waitForTimeout(600);
        await go(page, '#/receipts');
        await page.getByTestId('left-paper-1').waitFor();
        await page.getByTestId('paper').waitFor();
      });
    },
  },
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
  { name: 'printer-usb', screen: 'printer', prepare: (page) => reachedBy(page, 'usb', 'printer-usb') },
  { name: 'printer-queue', screen: 'printer', prepare: (page) => reachedBy(page, 'system', 'printer-queue') },
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
