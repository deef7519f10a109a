import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, type App } from '../../src-main/app/index.ts';
import type { Result } from '../../src-main/contract/errors.ts';
import { figure, type Figure } from './figure.ts';
import { gtinOf } from './shop.ts';
import { say } from '../lib.ts';

/** Tills side by side in one process, each with payments one after the other: a busier main side than any shop has. */
const tills = 8;
const paymentsEach = 25;
const sticker = '009900027501';
/** The customer takes this long: three polls and more. */
const customerMs = 3_300;
/** A service takes a payment back after 20 s of silence; no gap may come near it. */
const limitMs = 5_000;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

type Till = { readonly app: App; readonly control: string; readonly dataDir: string; call<T>(name: string, input: object): Promise<T> };

async function openTill(): Promise<Till> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kassa-polls-'));
  const app = await createApp({ dataDir, host: 'browser', version: '0', firstShop: 'demo', pdf: { render: () => Promise.resolve(null) } });
  const call = async <T>(name: string, input: object): Promise<T> => {
    const result = (await app.call('cashier', name, input)) as Result<T>;
    if (!result.ok) throw new Error(`${name}: ${result.error.code}`);
    return result.value;
  };
  const people = await call<readonly { readonly id: string; readonly role: string }[]>('staff.list', {});
  await call('session.sign-in', { staffId: people.find((one) => one.role === 'admin')?.id, pin: '3333' });
  await call('provider.terminal', { kind: 'seqr', action: 'register', values: {} });
  await call('provider.terminal', { kind: 'seqr', action: 'assign', values: { seqrId: sticker } });
  return { app, control: app.sandboxes()['seqr']?.control ?? '', dataDir, call };
}

/** A file of 16,000 articles, imported again and again until `over` says stop. An import that takes nothing in is no load. */
async function importing(till: Till, over: () => boolean): Promise<number> {
  const rows = Array.from({ length: 16_000 }, (_, index) => `${gtinOf(index)},Article ${index},${1 + (index % 90)}.50,low`);
  const base64 = Buffer.from(['gtin,name,price,vat', ...rows].join('\n'), 'utf8').toString('base64');
  let imports = 0;
  while (!over()) {
    const { importId } = await till.call<{ readonly importId: string }>('import.preview', { fileName: 'articles.csv', base64 });
    let done = false;
    let taken = 0;
    const stop = till.app.subscribe('cashier', (name, payload) => {
      if (name === 'import.progress') taken = (payload as { readonly done: number }).done;
      if (name === 'import.progress') done ||= (payload as { readonly state: string }).state !== 'running';
    });
    await till.call('import.start', { importId });
    while (!done) await wait(50);
    stop();
    if (taken < 16_000) throw new Error(`bench: the import took ${taken} rows`);
    imports += 1;
  }
  return imports;
}

async function pay(till: Till, serial: number): Promise<void> {
  await till.call('sale.add-code', { code: '2910000000031', source: 'scan' });
  const { totals } = await till.call<{ readonly totals: { readonly dueMinor: number } }>('sale.current', {});
  let paid = false;
  const stop = till.app.subscribe('cashier', (name, payload) => {
    if (name === 'payment.changed') paid ||= (payload as { readonly state: string }).state === 'paid';
  });
  await till.call('payment.start', { requestId: `poll-${serial}`, tenderId: 'seqr', amountMinor: totals.dueMinor });
  await wait(customerMs);
  await fetch(`${till.control}/customer`, { method: 'POST', body: JSON.stringify({ action: 'approve', ref: sticker }) });
  while (!paid) await wait(20);
  stop();
}

/** Gaps between one question and the next about the same invoice, as the service sees them. */
async function gapsOf({ control }: Till): Promise<readonly number[]> {
  const requests = (await (await fetch(`${control}/requests`)).json()) as readonly { readonly at: string; readonly operation: string; readonly body: string }[];
  const lastMs = new Map<string, number>();
  const gaps: number[] = [];
  for (const { at, operation, body } of requests) {
    const invoice = /<invoiceReference>(\d+)</.exec(body)?.[1];
    if (operation !== 'getPaymentStatus' || invoice === undefined) continue;
    const before = lastMs.get(invoice);
    if (before !== undefined) gaps.push(Date.parse(at) - before);
    lastMs.set(invoice, Date.parse(at));
  }
  return gaps;
}

/** Spacing of polls over 200 payments while articles are imported. */
export async function measurePolls(): Promise<readonly Figure[]> {
  const all = await Promise.all(Array.from({ length: tills }, openTill));
  let over = false;
  const [first] = all;
  if (!first) throw new Error('no till');
  const imports = importing(first, () => over);
  await Promise.all(
    all.map(async (till) => {
      for (let serial = 0; serial < paymentsEach; serial += 1) await pay(till, serial);
    }),
  );
  over = true;
  const imported = await imports;
  say(`bench: ${imported} imports of 16,000 articles meanwhile`);
  const gaps = (await Promise.all(all.map(gapsOf))).flat();
  for (const { app, dataDir } of all) {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return [figure('poll-spacing', 'ms', gaps, limitMs), figure('poll-spacing-maximum', 'ms', [Math.max(...gaps)], limitMs)];
}
