import { scan } from '../e2e/scanner.ts';
import { admin, calm, go } from './scene-hands.ts';
import type { Scene } from './scenes.ts';

const testCode = 'KASSA:-/+?=_]%&0123456789abcXYZ';

/** Devices of the register, labels of the shop's scale, badges. */
export const deviceScenes: readonly Scene[] = [
  { name: 'devices', screen: 'devices', prepare: async (page) => { await admin(page); await go(page, '#/admin/devices'); await page.getByTestId('device-usb').waitFor(); } },
  {
    name: 'devices-learned',
    prepare: async (page) => {
      await admin(page);
      await go(page, '#/admin/devices');
      await page.getByTestId('device-usb').waitFor();
      await scan(page, testCode, 'for-america');
      await page.getByTestId('scanner-test-result').waitFor();
      await calm(page);
    },
  },
  {
    name: 'shop-scale-labels',
    prepare: async (page) => {
      await admin(page);
      await go(page, '#/admin/shop');
      await page.getByTestId('measures-try').fill('2300042007424');
      await page.getByTestId('measures-try').press('Enter');
      await page.getByTestId('measures-read').waitFor();
      await page.getByTestId('measures-read').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'staff-badge',
    prepare: async (page) => {
      await admin(page);
      await go(page, '#/admin/staff');
      await page.locator('tbody tr').first().getByRole('button').click();
      await page.getByTestId('staff-badge').waitFor();
      await scan(page, 'STAFF-74021-AINO');
      await page.locator('[data-testid="staff-badge"][data-state="scanned"]').waitFor();
    },
  },
];
