import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { VatClass } from '../contract/basics.ts';
import type { ReportBody } from '../contract/reports.ts';
import { dumpShop } from '../app/commands/audit.ts';
import { openStorage, type Storage } from '../storage/open.ts';
import { signInAs, type TestTill } from './till.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Adds an article to the shop; an admin has to stand at the till. Its id. */
export async function newArticle(till: TestTill, name: string, group: string, priceMinor: number, vatClass: VatClass): Promise<string> {
  const saved = await till.call('article.save', { gtin: '', plu: String(70_000 + Math.floor(Math.random() * 20_000)), name, group, priceMinor, vatClass, unit: 'piece', pricing: 'fixed', ageLimit: null, labels: [], active: true });
  return saved.id;
}

let requests = 0;

/** Pays all that is due. Its receipt's number. */
export async function pay(till: TestTill, tenderId: 'cash' | 'card', givenMinor?: number): Promise<number> {
  const { totals } = await till.sale();
  requests += 1;
  const paid = await till.call('payment.start', {
    requestId: `fiscal-${requests}-${Date.now()}`,
    tenderId,
    amountMinor: tenderId === 'cash' ? totals.cashDueMinor : totals.dueMinor,
    ...(tenderId === 'card' ? { reference: `BAX ${requests}` } : { givenMinor: givenMinor ?? totals.cashDueMinor }),
  });
  if (paid.receiptNumber === null) throw new Error('the receipt is not completed');
  return paid.receiptNumber;
}

/** Waits until the last receipt's paper is out, then prints its copy. */
export async function printCopy(till: TestTill): Promise<void> {
  for (let waited = 0; waited < 200; waited += 1) {
    const row = await till.call('receipt.last', {});
    if (row?.printState === 'printed') {
      await till.call('receipt.print', { receiptId: row.receiptId });
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('the receipt did not come out');
}

/** Looks into a till's database beside the running program. */
export async function inDatabase<T>(till: TestTill, work: (storage: Storage) => T): Promise<T> {
  const storage = openStorage({ file: join(till.dataDir, 'kassa.sqlite'), sha256, nowMs: Date.now, checkpoints: false });
  try {
    return work(storage);
  } finally {
    await storage.close();
  }
}

/** Somebody brings an article of a receipt back and gets it on the card. The number of the return. */
export async function returnOnCard(till: TestTill, receiptNumber: number, name: string): Promise<number> {
  const [row] = await till.call('return.find', { text: String(receiptNumber), day: null, limit: 1 });
  const { receipt, lines } = await till.call('return.of-receipt', { receiptId: row?.receiptId ?? '' });
  const line = lines.find((one) => one.name === name);
  if (!line) throw new Error(`nobody bought ${name} on receipt ${receipt.number}`);
  const { returnId } = await till.call('return.compose', { returnId: null, receiptId: receipt.receiptId, lines: [{ lineId: line.lineId, quantityMilli: 1000 }], reason: 'brought back' });
  const { owedMinor } = await till.call('return.confirm', { returnId });
  requests += 1;
  const done = await till.call('return.pay', { requestId: `fiscal-${requests}-${Date.now()}`, returnId, way: 'card', amountMinor: owedMinor, reference: 'BAX back' });
  if (done.number === null) throw new Error('the return is not completed');
  return done.number;
}

/** The bodies of all stored reports, oldest first. */
export const storedReports = (till: TestTill): Promise<readonly ReportBody[]> =>
  inDatabase(till, (storage) => [...storage.reports.list(storage.shop.thisRegister()?.id ?? '', 100)].reverse().map(({ body }) => body));

/** Counts the drawer as it should be and closes it: the day's last act before a Z. */
export async function closeShift(till: TestTill, byHowMuchMinor = 0): Promise<void> {
  const [shift] = (await till.call('shift.current', {})).open;
  if (!shift) throw new Error('no drawer is open');
  const guess = await till.call('shift.count', { shiftId: shift.shiftId, counted: { by: 'sum', amountMinor: 0 } });
  const amountMinor = guess.expectedMinor + byHowMuchMinor;
  const { countId } = await till.call('shift.count', { shiftId: shift.shiftId, counted: { by: 'sum', amountMinor } });
  await till.call('shift.close', { shiftId: shift.shiftId, countId, explanation: byHowMuchMinor === 0 ? '' : 'a coin rolled under the counter', leftMinor: 0 });
}

/** Everything about money, for tests that look at it as an auditor does. */
export function dumped<T>(till: TestTill): T {
  const answer = dumpShop(join(till.dataDir, 'kassa.sqlite'), '1970-01-01T00:00:00.000Z');
  if ('problem' in answer) throw new Error(answer.problem);
  return answer.found as T;
}

export { signInAs };
