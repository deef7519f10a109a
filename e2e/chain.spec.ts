import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chainJson, prepareVipps, sellBuns, startChainSandbox } from '../src-main/testing/chain.ts';
import { handsOf } from '../src-main/testing/hands.ts';
import { openTill } from '../src-main/testing/till.ts';
import { partner } from '../src-main/testing/vipps.ts';
import { scan, signIn, type } from './hands.ts';
import { expect, test } from './till.ts';

/* A customer of Bergen brings two buns back to Oslo: the store as a button, the payment's reference, and the money by the chain. */
const root = mkdtempSync(join(tmpdir(), 'kassa-e2e-chain-'));
test.use({ folder: join(root, 'store-b') });
test.afterAll(() => rmSync(root, { recursive: true, force: true }));

test('VIPPS-09 a receipt of another store comes back: its store is chosen, its payment’s reference typed, and its money goes back by the chain', async ({ till }) => {
  const { cashier } = till;
  const sandbox = await startChainSandbox();
  const hands = handsOf(() => sandbox.control, '*');
  const bergen = await openTill({ dataDir: join(root, 'store-a'), sandboxes: { vipps: sandbox } });
  await prepareVipps(bergen, 'a', 'partner', sandbox.baseUrl);
  const sold = await sellBuns(bergen, hands, 3, 500);
  const [taken] = (await hands.ledger()).filter((one) => one.kind === 'captured');

  // A register in no chain knows nothing of other stores.
  await cashier.getByTestId('person-3').click();
  await signIn(cashier, '3333');
  await expect(cashier.getByTestId('scan-sink')).toBeFocused();
  await cashier.evaluate(() => {
    location.hash = '#/returns';
  });
  await expect(cashier.getByTestId('return-search')).toBeVisible();
  await expect(cashier.getByTestId('return-elsewhere')).toHaveCount(0);
  await till.crash(() => {
    mkdirSync(join(root, 'chain'));
    writeFileSync(join(root, 'chain', 'chain.json'), JSON.stringify(chainJson('partner', sandbox.baseUrl)));
  });
  const page = till.cashier;
  await page.getByTestId('person-3').click();
  await signIn(page, '3333');
  await expect(page.getByTestId('scan-sink')).toBeFocused();
  await page.evaluate(() => {
    location.hash = '#/returns';
  });
  await page.getByTestId('return-elsewhere').click();
  await expect(page.getByTestId('store-bergen')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByTestId('elsewhere-search')).toBeFocused();
  await type(page, 'nothing like it');
  await page.getByTestId('elsewhere-find').click();
  await expect(page.getByText('Bergen has no such receipt')).toBeVisible();
  await page.getByTestId('elsewhere-search').fill(taken?.reference ?? '');
  await page.getByTestId('elsewhere-find').click();

  // The same steps as for a receipt of one's own.
  await expect(page.getByTestId('return-compose')).toContainText(`Receipt ${sold.number} of Bergen`);
  await page.getByTestId('return-more-1').click();
  await page.getByTestId('return-more-1').click();
  await expect(page.getByTestId('return-total')).toContainText('6.40');
  await page.getByTestId('reason-field').fill('Too dry');
  await page.getByTestId('return-continue').click();
  await expect(page.getByTestId('return-step-1')).toHaveAttribute('data-way', 'refund');
  await page.getByTestId('return-do').click();
  await expect(page.getByTestId('return-step-1')).toHaveAttribute('data-state', 'done', { timeout: 15_000 });
  await page.getByTestId('return-do').click();
  await expect(page.getByTestId('return-done')).toContainText('Return 1 is done');
  await expect(page.getByTestId('paper')).toContainText('Bergen');
  expect((await hands.ledger()).filter((one) => one.kind === 'refunded').map((one) => one.amountMinor)).toEqual([500]);

  // Scanned in the other store's search, its barcode finds what is left of it: one bun.
  await page.keyboard.press('F9');
  await expect(page.getByTestId('search')).toBeVisible();
  await page.evaluate(() => {
    location.hash = '#/returns';
  });
  await page.getByTestId('return-elsewhere').click();
  await expect(page.getByTestId('elsewhere-search')).toBeFocused();
  await scan(page, `R1-${sold.number}`);
  await expect(page.getByTestId('return-line-1')).toHaveAttribute('data-left', '1000');

  // Two fields: what is looked for, and why it comes back. None is for a number of a store, and the chain's keys are plain nowhere.
  await expect(page.getByRole('textbox')).toHaveCount(2);
  expect(readFileSync(join(root, 'chain', 'chain.json'), 'utf8')).not.toContain(partner.clientSecret);
  await bergen.close();
  await sandbox.close();
});
