import { startNetworkPrinter } from '../src-main/testing/network-printer.ts';
import { demo, goTo, payInCash, scan, signIn } from './hands.ts';
import { expect, test } from './till.ts';

test('C-6 an admin attaches a printer in the network and tries it; receipts come out of it letter for letter, and an open cover is told', async ({ till }) => {
  const { cashier } = till;
  const printer = await startNetworkPrinter('star-prnt');
  await cashier.getByTestId('person-3').click();
  await signIn(cashier, '3333');
  await goTo(cashier, 'printer');
  await cashier.getByTestId('printer-attached').selectOption('network');
  await cashier.getByTestId('printer-host').fill('127.0.0.1');
  await cashier.getByTestId('printer-port').fill(String(printer.port));
  await cashier.getByTestId('printer-model').selectOption('star-mc-print3');
  await cashier.getByTestId('printer-save').click();
  await expect(cashier.getByTestId('printer-condition')).toHaveAttribute('data-state', 'ready');
  await cashier.getByTestId('printer-test').click();
  await expect(cashier.getByTestId('printer-test-result')).toHaveAttribute('data-state', 'printed');
  expect(printer.papers[0]?.lines.map(({ text }) => text).join(' ')).toContain('ø æ é');

  printer.hands.coverOpen = true;
  await cashier.getByTestId('printer-look').click();
  await expect(cashier.getByTestId('printer-condition')).toHaveAttribute('data-state', 'cover-open');
  await expect(cashier.getByTestId('printer-condition')).toContainText('cover is open');
  printer.hands.coverOpen = false;
  await cashier.getByTestId('printer-look').click();
  await expect(cashier.getByTestId('printer-condition')).toHaveAttribute('data-state', 'ready');

  await goTo(cashier, 'sale');
  await scan(cashier, demo.bun.code);
  await expect(cashier.getByTestId('line-1')).toBeVisible();
  await payInCash(cashier);
  await expect(cashier.getByTestId('pay-print')).toContainText('copy');
  expect(printer.papers[1]?.lines.map(({ text }) => text).join('\n')).toContain('Käteinen');
  expect(printer.papers[1]?.cut).toBe(true);
  expect(printer.pulses()).toBe(1);
  expect(printer.problems).toEqual([]);
  await printer.close();
});
