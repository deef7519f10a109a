import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createApp } from '../../src-main/app/index.ts';
import type { Result } from '../../src-main/contract/errors.ts';
import { openDatabase } from '../../src-main/storage/database.ts';
import { startCheckpoints } from '../../src-main/storage/checkpoints.ts';
import { figure, quantile, type Figure } from './figure.ts';
import type { BenchShop } from './shop.ts';

const rounds = 1000;
const linesPerSale = 10;

type Row = Readonly<Record<string, string | number | null>>;
type Bare = { replay(receiptId: string): number; close(): Promise<void> };

/** What a completion writes, in its order; the receipt and its lines are there before. */
const written = ['payment_attempt', 'attempt_transition', 'transaction_post', 'journal'];

/**
 * SQLite alone: a copy of the same database, with its indexes and checks, takes the same rows of the same sale by prepared
 * statements. Each line is durable when it is added, as in Kassa; what is timed is the one transaction that completes the
 * receipt: its number, header, attempt with transitions, posts and journal.
 */
function openBare(shop: BenchShop): Bare {
  const source = openDatabase(join(shop.dataDir, 'kassa.sqlite'), { readonly: true });
  const file = join(shop.dataDir, 'bare.sqlite');
  source.prepare('VACUUM INTO ?').run(file);
  const db = openDatabase(file);
  for (const setting of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'wal_autocheckpoint = 0', 'cache_size = -16000']) db.pragma(setting);
  const stop = startCheckpoints(file, undefined);
  const columnsOf = (table: string): readonly string[] => (db.pragma(`table_info(${table})`) as readonly { readonly name: string }[]).map(({ name }) => name);
  const writer = (table: string) => {
    const columns = columnsOf(table);
    const insert = db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
    return (row: Row): void => void insert.run(...columns.map((column) => row[column] ?? null));
  };
  const writers = new Map(['receipt', 'receipt_line', ...written].map((table) => [table, writer(table)]));
  const rowsOf = new Map(
    ['receipt', 'receipt_line', 'payment_attempt', 'transaction_post', 'journal'].map((table) => [
      table,
      source.prepare(`SELECT * FROM ${table} WHERE ${table === 'receipt' ? 'id' : 'receipt_id'} = ?`),
    ]),
  );
  const transitions = source.prepare('SELECT * FROM attempt_transition WHERE attempt_id IN (SELECT id FROM payment_attempt WHERE receipt_id = ?)');
  const read = (table: string, id: string): Row[] => (table === 'attempt_transition' ? transitions : rowsOf.get(table))?.all(id) as Row[];
  const write = (table: string, rows: readonly Row[]): void => rows.forEach((row) => writers.get(table)?.(row));
  const number = db.prepare(`INSERT INTO receipt_series VALUES (?, 'sale', 1)
    ON CONFLICT (register_id, series) DO UPDATE SET last_number = last_number + 1 RETURNING last_number`);
  const changed = columnsOf('receipt').filter((column) => column !== 'id');
  const header = db.prepare(`UPDATE receipt SET ${changed.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`);
  const begin = db.transaction((receipt: Row) => write('receipt', [{ ...receipt, state: 'open', number: null, series: null, completed_at: null, print_state: 'none' }]));
  const add = db.transaction((line: Row) => write('receipt_line', [line]));
  const complete = db.transaction((receipt: Row, rows: readonly (readonly [string, readonly Row[]])[]) => {
    number.get(receipt['register_id']);
    header.run(...changed.map((column) => receipt[column] ?? null), receipt['id']);
    for (const [table, values] of rows) write(table, values);
  });
  return {
    replay(receiptId) {
      const [receipt] = read('receipt', receiptId);
      if (!receipt) throw new Error(`bench: receipt ${receiptId} is not stored`);
      const rows = written.map((table) => [table, read(table, receiptId)] as const);
      begin.immediate(receipt);
      for (const line of read('receipt_line', receiptId)) add.immediate(line);
      const startMs = performance.now();
      complete.immediate(receipt, rows);
      return performance.now() - startMs;
    },
    async close() {
      await stop();
      db.close();
      source.close();
    },
  };
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
  const bare = openBare(shop);
  const samples: number[] = [];
  const limits: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (let line = 0; line < linesPerSale; line += 1) await call('sale.add-code', { code: shop.codes[(round * linesPerSale + line) % 1000], source: 'scan' });
    const { totals } = await call<{ readonly totals: { readonly cashDueMinor: number } }>('sale.current', {});
    const startMs = performance.now();
    const { receiptId } = await call<{ readonly receiptId: string }>('payment.start', { requestId: `bench-${round}`, tenderId: 'cash', amountMinor: totals.cashDueMinor });
    samples.push(performance.now() - startMs);
    // One of each in turn: what the machine does beside falls on both.
    limits.push(bare.replay(receiptId));
  }
  await bare.close();
  await app.close();
  return [figure(`completion-10-lines@${shop.articles}`, 'ms', samples, quantile(limits, 0.5))];
}
