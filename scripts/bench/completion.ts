import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createApp } from '../../src-main/app/index.ts';
import type { Result } from '../../src-main/contract/errors.ts';
import { openDatabase } from '../../src-main/storage/database.ts';
import { startCheckpoints } from '../../src-main/storage/checkpoints.ts';
import { figure, quantile, type Figure } from './figure.ts';
import type { BenchShop } from './shop.ts';

const rounds = 300;
const linesPerSale = 10;

/** The same rows in bare tables, by prepared statements alone: what the disk and SQLite themselves cost. */
async function bare(): Promise<readonly number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kassa-bare-'));
  const file = join(folder, 'bare.sqlite');
  const db = openDatabase(file);
  for (const setting of ['journal_mode = WAL', 'synchronous = FULL', 'wal_autocheckpoint = 0']) db.pragma(setting);
  db.exec(`CREATE TABLE receipt (id TEXT PRIMARY KEY, body TEXT) STRICT, WITHOUT ROWID;
    CREATE TABLE row (id INTEGER PRIMARY KEY, kind TEXT, receipt TEXT, body TEXT) STRICT;
    CREATE INDEX row_receipt ON row (receipt);
    CREATE TABLE series (name TEXT PRIMARY KEY, n INTEGER) STRICT;
    INSERT INTO series VALUES ('sale', 0);`);
  const stop = startCheckpoints(file, undefined);
  const receipt = db.prepare('INSERT INTO receipt VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body');
  const row = db.prepare('INSERT INTO row (kind, receipt, body) VALUES (?, ?, ?)');
  const series = db.prepare("UPDATE series SET n = n + 1 WHERE name = 'sale'");
  const body = 'x'.repeat(300);
  const complete = db.transaction((id: string) => {
    series.run();
    receipt.run(id, body);
    for (const kind of ['attempt', 'transition', 'post', 'journal', 'journal']) row.run(kind, id, body);
  });
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const id = `receipt-${round}`;
    receipt.run(id, body);
    const startMs = performance.now();
    complete.immediate(id);
    samples.push(performance.now() - startMs);
  }
  await stop();
  db.close();
  rmSync(folder, { recursive: true });
  return samples;
}

/** Pay of a receipt of ten lines, from the call to its answer: number, posts, attempt and journal durable. */
export async function measureCompletion(shop: BenchShop): Promise<readonly Figure[]> {
  const app = await createApp({ dataDir: shop.dataDir, host: 'browser', version: '0', firstShop: 'demo', pdf: { render: () => Promise.resolve(null) } });
  const call = async <T>(name: string, input: object): Promise<T> => {
    const result = (await app.call('cashier', name, input)) as Result<T>;
    if (!result.ok) throw new Error(`${name}: ${result.error.code}`);
    return result.value;
  };
  const people = await call<readonly { readonly id: string; readonly role: string }[]>('staff.list', {});
  await call('session.sign-in', { staffId: people.find((one) => one.role === 'cashier')?.id, pin: '1111' });
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (let line = 0; line < linesPerSale; line += 1) await call('sale.add-code', { code: shop.codes[(round * linesPerSale + line) % 1000], source: 'scan' });
    const { totals } = await call<{ readonly totals: { readonly cashDueMinor: number } }>('sale.current', {});
    const startMs = performance.now();
    await call('payment.start', { requestId: `bench-${round}`, tenderId: 'cash', amountMinor: totals.cashDueMinor });
    samples.push(performance.now() - startMs);
  }
  await app.close();
  return [figure(`completion-10-lines@${shop.articles}`, 'ms', samples, quantile(await bare(), 0.5))];
}
