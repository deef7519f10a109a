import { connect } from 'node:tls';
import type { BrowserContext, Page } from '@playwright/test';
import { freePort } from '../src-main/testing/tablet.ts';
import { demo, scan, signIn } from './hands.ts';
import { expect, test } from './till.ts';
import { onPhone, startByVipps } from './vipps-hands.ts';

const go = (page: Page, hash: string): Promise<void> =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);

/** The fingerprint of the certificate that a port really serves. */
const servedAt = (port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
    socket.on('error', reject);
  });

async function switchOn(admin: Page, port: number): Promise<void> {
  await go(admin, '#/admin/customer-screens');
  await expect(admin.getByTestId('lan-state')).toHaveAttribute('data-state', 'off');
  await expect(admin.getByTestId('lan-pair')).toBeDisabled();
  await admin.getByTestId('lan-port').fill(String(port));
  await admin.getByRole('checkbox').check();
  await admin.getByTestId('lan-save').click();
  await expect(admin.getByTestId('lan-state')).toHaveAttribute('data-state', 'listening');
}

/** A tablet comes by the register's code, tries a wrong one first, compares, and is paired. */
async function pair(admin: Page, context: BrowserContext, port: number): Promise<Page> {
  await admin.getByTestId('lan-pair').click();
  const code = (await admin.getByTestId('lan-code').textContent()) ?? '';
  const tablet = await context.newPage();
  await tablet.goto(`https://localhost:${port}/`);
  await expect(tablet).toHaveURL(/\/pair$/);
  const fingerprint = (await servedAt(port)).split(':').join('');
  for (const shown of [admin.getByTestId('lan-pair-fingerprint'), tablet.getByTestId('pairing-fingerprint')]) {
    await expect.poll(async () => ((await shown.textContent()) ?? '').replaceAll(':', '')).toBe(fingerprint);
  }
  await tablet.getByTestId('pairing-code').fill('AAAA AAAA');
  await tablet.getByTestId('pairing-pair').click();
  await expect(tablet.getByTestId('pairing-refused')).toHaveAttribute('data-state', 'wrong');
  await tablet.getByTestId('pairing-code').fill(code.toLowerCase());
  await tablet.getByTestId('pairing-name').fill('By the door');
  await tablet.getByTestId('pairing-pair').click();
  await expect(tablet.getByTestId('customer-state')).toHaveAttribute('data-state', 'idle');
  await expect(admin.getByTestId('lan-paired')).toContainText('By the door');
  await admin.getByTestId('lan-pair-close').click();
  await expect(admin.getByTestId('lan-device-1')).toHaveAttribute('data-state', 'connected');
  return tablet;
}

test('a tablet in the shop’s network is paired by a code, follows sale and payment, comes back after a crash, and is cut off', async ({ till, browser }) => {
  const port = await freePort();
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1280, height: 800 } });
  await till.cashier.getByTestId('person-3').click();
  await signIn(till.cashier, '3333');
  await switchOn(till.cashier, port);
  const tablet = await pair(till.cashier, context, port);
  expect(await tablet.evaluate(() => document.cookie)).toBe('');
  expect((await context.request.get(`https://localhost:${port}/cashier.html`)).status()).toBe(404);

  await go(till.cashier, '#/sale');
  await scan(till.cashier, demo.bun.code);
  await expect(tablet.getByTestId('customer-total')).toContainText('3,20');
  await startByVipps(till.cashier);
  await expect(tablet.getByTestId('customer-qr')).toBeVisible();

  await till.crash();
  await expect(tablet.getByTestId('customer-state')).toHaveAttribute('data-state', 'paying');
  await expect(tablet.getByTestId('customer-qr')).toBeVisible();
  await onPhone(till, 'approve', '*');
  await expect(tablet.getByTestId('customer-state')).toHaveAttribute('data-state', 'thanks');

  await till.cashier.getByTestId('person-3').click();
  await signIn(till.cashier, '3333');
  await go(till.cashier, '#/admin/customer-screens');
  await till.cashier.getByTestId('lan-revoke-1').click();
  await till.cashier.getByTestId('dialog-ok').click();
  await expect(tablet).toHaveURL(/\/pair$/);
  await expect(till.cashier.getByTestId('lan-device-1')).toHaveCount(0);
  await context.close();
});
