import { createApp } from '../app/index.ts';
import type { Result } from '../contract/errors.ts';

/*
 * A till that sells until it is killed. After each answer it prints what it was promised, so that whoever kills it can
 * hold the database to its word. Run by the test of pulled plugs; its first argument is the data folder.
 */
const dataDir = process.argv[2] ?? '';
const app = await createApp({ dataDir, host: 'browser', version: '0', firstShop: 'demo', pdf: { render: () => Promise.resolve(null) } });

async function call(name: string, input: object): Promise<Record<string, unknown>> {
  const result = (await app.call('cashier', name, input)) as Result<Record<string, unknown>>;
  if (!result.ok) throw new Error(`${name}: ${result.error.code}`);
  return result.value;
}

const promise = (what: object): void => {
  process.stdout.write(`${JSON.stringify(what)}\n`);
};

const people = (await call('staff.list', {})) as unknown as readonly { readonly id: string; readonly role: string }[];
const cashier = people.find((one) => one.role === 'cashier');
await call('session.sign-in', { staffId: cashier?.id, pin: '1111' });
const articles = (await call('article.search', { text: '', limit: 60 })) as unknown as readonly { readonly gtin: string; readonly ageLimit: number | null }[];
const codes = articles.filter((one) => one.gtin !== '' && one.ageLimit === null).map((one) => one.gtin);

type Sale = { readonly receiptId: string; readonly lines: readonly unknown[]; readonly totals: { readonly cashDueMinor: number } };
const sale = async (): Promise<Sale> => (await call('sale.current', {})) as unknown as Sale;

for (let round = 0; ; round += 1) {
  for (let line = 0; line < 3; line += 1) {
    await call('sale.add-code', { code: codes[(round * 3 + line) % codes.length], source: 'scan' });
    const now = await sale();
    promise({ lines: now.lines.length, receiptId: now.receiptId });
  }
  if (round % 3 === 1) {
    const { receiptId } = await sale();
    await call('sale.park', { name: `round ${round}` });
    promise({ parked: receiptId });
    await call('sale.resume', { receiptId });
  }
  const { totals, receiptId } = await sale();
  const paid = await call('payment.start', { requestId: `${process.pid}-${round}`, tenderId: 'cash', amountMinor: totals.cashDueMinor });
  promise({ completed: receiptId, number: paid['receiptNumber'] });
}
