import type { BrowserContext, Page } from 'playwright';
import { freePort } from '../src-main/testing/tablet.ts';
import { admin, calm, go } from './scene-hands.ts';
import type { Scene } from './scenes.ts';

/** The listener is on, at a port that nobody else's picture uses. */
async function listening(page: Page): Promise<number> {
  const port = await freePort();
  await admin(page);
  await go(page, '#/admin/customer-screens');
  await page.getByTestId('lan-port').fill(String(port));
  await page.getByRole('checkbox').check();
  await page.getByTestId('lan-save').click();
  await page.locator('[data-testid="lan-state"][data-state="listening"]').waitFor();
  return port;
}

async function codeOf(page: Page): Promise<string> {
  await page.getByTestId('lan-pair').click();
  return (await page.getByTestId('lan-code').textContent()) ?? '';
}

async function tabletAt(context: BrowserContext, port: number, code: string): Promise<Page> {
  const tablet = await context.newPage();
  await tablet.goto(`https://localhost:${port}/pair#${code.replace(' ', '')}`);
  await tablet.getByTestId('pairing-fingerprint').waitFor();
  return tablet;
}

async function paired(page: Page, context: BrowserContext): Promise<void> {
  const port = await listening(page);
  for (const name of ['iPad', 'Galaxy Tab']) {
    const tablet = await tabletAt(context, port, await codeOf(page));
    await tablet.getByTestId('pairing-name').fill(name);
    await tablet.getByTestId('pairing-pair').click();
    await page.getByTestId('lan-paired').waitFor();
    await calm(page);
    await page.getByTestId('lan-pair-close').click();
    await tablet.getByTestId('customer-state').waitFor();
    if (name === 'iPad') await tablet.close();
  }
  await page.bringToFront();
  await page.locator('[data-testid="lan-device-1"][data-state="connected"]').waitFor();
  await page.getByTestId('notice').waitFor({ state: 'hidden' });
}

export const lanScenes: readonly Scene[] = [
  { name: 'customer-screens', screen: 'customer-screens', prepare: (page, _till, context) => paired(page, context) },
  {
    name: 'customer-screens-off',
    prepare: async (page) => {
      await admin(page);
      await go(page, '#/admin/customer-screens');
      await page.getByTestId('lan-state').waitFor();
    },
  },
  {
    name: 'customer-screens-pair',
    prepare: async (page) => {
      await listening(page);
      await page.getByTestId('notice').waitFor({ state: 'hidden' });
      await codeOf(page);
      await page.getByTestId('lan-pair-fingerprint').waitFor();
    },
  },
  {
    name: 'tablet-pair',
    prepare: async (page, _till, context) => {
      const port = await listening(page);
      await codeOf(page);
      const tablet = await tabletAt(context, port, 'ACDE 3479');
      await tablet.getByTestId('pairing-pair').click();
      await tablet.getByTestId('pairing-refused').waitFor();
      return tablet;
    },
  },
];
