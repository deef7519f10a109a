import type { GivingSettings } from '../contract/mail.ts';
import type { ReceiptRow } from '../contract/receipts.ts';
import { signInAs, type AnyTill } from './till.ts';

/** Settings of a shop that asks its customers and sends by a server on this machine. */
export const givingSettings = (port: number, more: Partial<GivingSettings> = {}): GivingSettings => ({
  first: 'ask', showsQr: true, host: '127.0.0.1', port, security: 'none', user: '', senderName: '', senderAddress: 'till@shop.example', keepsRecipients: false, ...more,
});

/** An admin sets the shop's mail up; the cashier stands at the till afterwards. */
export async function setUpMail(till: AnyTill, port: number, more: Partial<GivingSettings> & { readonly password?: string } = {}): Promise<void> {
  await signInAs(till, 'Sofie Dahl');
  const { password, ...settings } = more;
  await till.call('mail.save-settings', { ...givingSettings(port, settings), ...(password === undefined ? {} : { password }) });
  await till.call('session.sign-out', {});
  await signInAs(till, 'Aino Lehtinen');
}

let sales = 0;

/** Sells some buns for cash. The receipt as the list tells it. */
export async function sellBuns(till: AnyTill, count = 1, code = '2910000000031'): Promise<ReceiptRow> {
  for (let sold = 0; sold < count; sold += 1) await till.call('sale.add-code', { code, source: 'scan' });
  const { totals } = await till.call('sale.current', {});
  sales += 1;
  await till.call('payment.start', { requestId: `buns-${sales}-${Date.now()}`, tenderId: 'cash', amountMinor: totals.cashDueMinor, givenMinor: totals.cashDueMinor });
  const row = await till.call('receipt.last', {});
  if (!row) throw new Error('there is no receipt');
  return row;
}

export async function rowOf(till: AnyTill, { receiptId }: { readonly receiptId: string }): Promise<ReceiptRow> {
  const { rows } = await till.call('receipt.list', { text: '', limit: 100 });
  const row = rows.find((one) => one.receiptId === receiptId);
  if (!row) throw new Error('the receipt is not in the list');
  return row;
}

/** Waits until a receipt is as wanted. */
export async function until(till: AnyTill, receipt: ReceiptRow, wanted: (row: ReceiptRow) => boolean): Promise<ReceiptRow> {
  for (let waited = 0; waited < 500; waited += 1) {
    const row = await rowOf(till, receipt);
    if (wanted(row)) return row;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`the receipt stayed as it was: ${JSON.stringify(await rowOf(till, receipt))}`);
}
