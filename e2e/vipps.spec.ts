import { readFromScreen } from './camera.ts';
import { atCounter, demo, enter, goTo, nextCustomer, scan, signIn, type } from './hands.ts';
import { expect, host, test, type Till } from './till.ts';
import { advance, keepsToTheFiles, ledger, onPhone, startByVipps } from './vipps-hands.ts';

/* Vipps MobilePay as a customer meets it: a code on their own screen, or a request to their phone. */

const state = (page: Till['cashier'], wanted: string) => page.locator(`[data-testid="pay-state"][data-state="${wanted}"]`);

async function ringUp({ cashier }: Till): Promise<void> {
  await scan(cashier, demo.bun.code);
  await expect(cashier.getByTestId('line-1')).toContainText(demo.bun.name);
}

test('VIPPS-02 the code on the customer’s screen is read at both sizes, paid by what was read, and the money comes back by a return', async ({ till, browser }) => {
  const { cashier, customer } = till;
  await signIn(cashier);
  await ringUp(till);
  await startByVipps(cashier);
  await expect(state(cashier, 'waiting')).toBeVisible();
  const qr = customer.getByTestId('customer-qr');
  await expect(qr).toBeVisible();
  await expect(customer.getByTestId('customer-total')).toContainText('3,20');
  const read = await readFromScreen(browser, qr);
  expect(read).toMatch(/^https?:\/\//);
  // An Electron window keeps the size of its screen.
  if (host === 'browser') {
    await customer.setViewportSize({ width: 1920, height: 1080 });
    expect(await readFromScreen(browser, qr)).toBe(read);
    await customer.setViewportSize({ width: 800, height: 1280 });
    expect(await readFromScreen(browser, qr)).toBe(read);
    await customer.setViewportSize({ width: 1280, height: 800 });
  }
  await onPhone(till, 'approve', read);
  await expect(cashier.getByTestId('receipt-number')).toHaveText('1');
  await expect(qr).toHaveCount(0);
  await expect(customer.getByTestId('customer-state')).toHaveAttribute('data-state', 'thanks');
  const [taken] = await ledger(till);
  expect(taken).toMatchObject({ kind: 'captured', amountMinor: 320 });
  await nextCustomer(cashier);

  await scan(cashier, 'R1-1');
  await expect(cashier.getByTestId('return-compose')).toBeVisible();
  await cashier.getByTestId('return-more-1').click();
  await cashier.getByTestId('reason-field').fill('Too dry');
  await cashier.getByTestId('return-continue').click();
  await expect(cashier.getByTestId('return-step-1')).toHaveAttribute('data-way', 'refund');
  await cashier.getByTestId('return-do').click();
  await expect(cashier.getByTestId('return-done')).toContainText('Return 1 is done');
  expect((await ledger(till)).at(-1)).toMatchObject({ kind: 'refunded', amountMinor: 320, of: taken?.reference });
  await keepsToTheFiles(till);
});

test('VIPPS-07 a number that cannot pay is said neutrally; the customer types another on their own screen and confirms', async ({ till }) => {
  const { cashier, customer } = till;
  await signIn(cashier);
  await ringUp(till);
  await fetch(`${till.ready.sandboxes['vipps']?.control ?? ''}/options`, { method: 'POST', body: JSON.stringify({ options: { notUsers: ['358401111111'] } }) });
  await cashier.getByTestId('tender-vipps').click();
  await cashier.getByTestId('pay-way-push').click();
  await expect(cashier.getByTestId('pay-told')).toBeFocused();
  await type(cashier, '0401111111');
  await enter(cashier);
  await expect(state(cashier, 'not-started')).toContainText('This number cannot be used to pay');
  await expect(customer.getByTestId('customer-state')).toHaveAttribute('data-state', 'paying');
  await cashier.getByTestId('pay-close').click();
  await atCounter(cashier);

  await cashier.getByTestId('tender-vipps').click();
  await cashier.getByTestId('pay-way-push').click();
  await cashier.getByTestId('pay-ask-customer').click();
  await expect(customer.getByTestId('customer-state')).toHaveAttribute('data-state', 'asking');
  for (const digit of '040') await customer.getByTestId(`pad-${digit}`).click();
  await customer.getByTestId('customer-tell').click();
  await expect(customer.getByRole('alert')).toBeVisible();
  for (const digit of '2222222') await customer.getByTestId(`pad-${digit}`).click();
  await customer.getByTestId('customer-tell').click();
  await expect(state(cashier, 'waiting')).toBeVisible();
  await onPhone(till, 'approve', '+358 40 2222222');
  await expect(cashier.getByTestId('receipt-number')).toHaveText('1');
  await keepsToTheFiles(till);
});

test('VIPPS-05 the customer says no, then ignores a code until it is over, and pays the third in the picture of the provider', async ({ till, browser }) => {
  const { cashier, customer } = till;
  await cashier.getByTestId('person-3').click();
  await signIn(cashier, '3333');
  await ringUp(till);
  await startByVipps(cashier);
  await onPhone(till, 'decline', '*');
  await expect(state(cashier, 'declined')).toBeVisible();
  await cashier.getByTestId('pay-close').click();
  await atCounter(cashier);

  await startByVipps(cashier);
  await expect(customer.getByTestId('customer-qr')).toBeVisible();
  await advance(till, 601_000);
  await expect(state(cashier, 'expired')).toBeVisible();
  await expect(customer.getByTestId('customer-qr')).toHaveCount(0);
  await cashier.getByTestId('pay-close').click();
  await atCounter(cashier);

  await cashier.evaluate(() => {
    location.hash = '#/admin/providers';
  });
  const card = cashier.getByTestId('provider-vipps');
  await card.getByTestId('setting-qrPicture').selectOption('picture');
  await card.getByTestId('provider-save').click();
  await expect(cashier.getByTestId('notice').last()).toContainText('Saved');
  await card.getByTestId('check-smallest-payment').click();
  await expect(card.getByTestId('check-found-smallest-payment')).toContainText('As it should be');
  await expect(card.getByTestId('go-live-aborted')).toHaveAttribute('data-done', 'yes');
  await expect(card.getByTestId('go-live-expired')).toHaveAttribute('data-done', 'yes');
  await expect(card.getByTestId('go-live-paid-qr')).toHaveAttribute('data-done', 'no');
  await goTo(cashier, 'sale');
  await startByVipps(cashier);
  const picture = customer.getByTestId('customer-qr');
  await expect(picture).toHaveJSProperty('tagName', 'IMG');
  await onPhone(till, 'approve', await readFromScreen(browser, picture));
  await expect(cashier.getByTestId('receipt-number')).toHaveText('1');
  await keepsToTheFiles(till);
});
