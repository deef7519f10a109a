import { enter, demo, goTo, scan, signIn, type } from './hands.ts';
import { expect, test } from './till.ts';

const testCode = 'KASSA:-/+?=_]%&0123456789abcXYZ';
const badge = 'STAFF-74021-AINO';

test('an admin finds out how a scanner is read, gives a badge out, and the cashier signs in with it', async ({ till }) => {
  const { cashier, customer } = till;
  await cashier.getByTestId('person-3').click();
  await signIn(cashier, '3333');
  await goTo(cashier, 'devices');
  await expect(cashier.getByTestId('device-customer')).toContainText('1 connected');
  await expect(cashier.getByTestId('device-network')).toContainText('Online');

  // Each is tried by its button.
  await cashier.getByTestId('device-customer-identify').click();
  await expect(customer.getByTestId('customer-identified')).toBeVisible();
  await cashier.getByTestId('device-printer-test').click();
  await expect(cashier.getByTestId('device-printer')).toContainText('The printer says that it is printed');
  await cashier.getByTestId('device-drawer-open').click();
  await expect(cashier.getByTestId('device-drawer')).toContainText('It was told to open');

  // A scanner made for America at a machine with a Swedish keyboard: one scan of the test code, and it is understood.
  await scan(cashier, testCode, 'for-america');
  await expect(cashier.getByTestId('scanner-test-result')).toHaveAttribute('data-state', 'learned');
  await expect(cashier.getByTestId('device-keyboard')).toContainText('An American keyboard');
  await scan(cashier, testCode, 'for-america');
  await expect(cashier.getByTestId('scanner-test-result')).toHaveAttribute('data-state', 'right');

  await goTo(cashier, 'staff');
  await cashier.getByRole('button', { name: 'Edit Aino Lehtinen' }).click();
  await scan(cashier, badge, 'for-america');
  await expect(cashier.getByTestId('staff-badge')).toHaveAttribute('data-state', 'scanned');
  await cashier.getByTestId('dialog-ok').click();
  await expect(cashier.getByRole('dialog')).toHaveCount(0);

  await cashier.getByTestId('menu').click();
  await cashier.getByTestId('sign-out').click();
  await cashier.getByTestId('person-2').click();
  await scan(cashier, 'NOBODY-HAS-THIS', 'for-america');
  await expect(cashier.getByTestId('sign-in')).toContainText('Nobody has this badge');
  await scan(cashier, badge, 'for-america');
  await expect(cashier.getByTestId('person-1')).toHaveAttribute('aria-checked', 'true');
  await type(cashier, '1111');
  await enter(cashier);
  await expect(cashier.getByTestId('search')).toBeVisible();

  // The GS1 link on a package is sold like its bar code, and an echo of a scan counts for nothing.
  await scan(cashier, `https://id.example.com/01/0${demo.bun.code}?10=AB-1`, 'for-america');
  await expect(cashier.getByTestId('line-1')).toContainText(demo.bun.name);
  await expect(cashier.getByTestId('total')).toContainText('3.20');
  await scan(cashier, demo.bun.code, 'for-america', 2);
  await expect(cashier.getByTestId('notice').filter({ hasText: 'Scanned twice' })).toBeVisible();
  await expect(cashier.getByTestId('total')).toContainText('6.40');
});
