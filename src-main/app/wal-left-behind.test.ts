import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookIntoBackup } from '../storage/backup.ts';
import { openDatabase } from '../storage/database.ts';
import { sizeOf } from '../testing/damage.ts';
import { sellOne } from '../testing/payments.ts';
import { startTillProcess } from '../testing/till-process.ts';
import { openTill, signInAs } from '../testing/till.ts';
import { verifyShop } from './commands/audit.ts';

const folder = mkdtempSync(join(tmpdir(), 'kassa-wal-'));
const killed = join(folder, 'killed');
const sales = 150;
/** The -shm of an earlier moment. */
let earlierShm = Buffer.alloc(0);
const ends = ['', '-wal', '-shm'] as const;

/** A till that is killed with all of its sales in the log: a reader has kept the checkpoints from moving them. */
beforeAll(async () => {
  const till = await startTillProcess(killed);
  await signInAs(till, 'Aino Lehtinen');
  // The shop itself is in the file; what is sold from now on is not.
  const mover = openDatabase(join(killed, 'kassa.sqlite'));
  mover.pragma('wal_checkpoint(TRUNCATE)');
  mover.close();
  // Before the reader: whoever closes a file on Linux loses this process's locks on it, the reader's too.
  earlierShm = readFileSync(join(killed, 'kassa.sqlite-shm'));
  const reader = openDatabase(join(killed, 'kassa.sqlite'), { readonly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM setting').get();
  for (let sale = 1; sale <= sales; sale += 1) {
    const amountMinor = await sellOne(till);
    await till.call('payment.start', { requestId: `sale-${sale}`, tenderId: 'cash', amountMinor });
  }
  await till.kill();
  reader.close();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function copyOfKilled(name: string, which: readonly string[] = ends): { readonly dir: string; readonly file: string } {
  const dir = join(folder, name);
  mkdirSync(dir);
  for (const end of which) copyFileSync(join(killed, `kassa.sqlite${end}`), join(dir, `kassa.sqlite${end}`));
  return { dir, file: join(dir, 'kassa.sqlite') };
}

async function receiptsAfterOpening(dir: string): Promise<number> {
  const till = await openTill({ dataDir: dir });
  await till.signIn('Aino Lehtinen');
  expect(till.app.trouble()).toBeNull();
  await sellOne(till);
  await till.close();
  const verified = verifyShop(join(dir, 'kassa.sqlite'));
  if ('problem' in verified) throw new Error(verified.problem);
  expect(verified.found.findings).toEqual([]);
  return verified.found.checked['receipts'] ?? 0;
}

test('PAY-I7 every receipt of a till that was killed is in its log, and is there when it opens again', async () => {
  const { dir, file } = copyOfKilled('plain');
  expect(sizeOf(`${file}-wal`)).toBeGreaterThan(1_000_000);
  expect(sizeOf(`${file}-wal`)).toBeGreaterThan(2 * sizeOf(file));
  expect(await receiptsAfterOpening(dir)).toBe(sales);
});

test.each([
  ['of an earlier moment', () => earlierShm],
  ['of garbage', () => Buffer.alloc(32_768, 0xa5)],
  ['that is empty', () => Buffer.alloc(0)],
])('an index of the log %s is made anew', async (how, bytes) => {
  const { dir, file } = copyOfKilled(`shm ${how}`);
  writeFileSync(`${file}-shm`, bytes());
  expect(await receiptsAfterOpening(dir)).toBe(sales);
});

test('a log whose end was torn off keeps every receipt before the tear, and no half one', async () => {
  const { dir, file } = copyOfKilled('torn', ['', '-wal']);
  const log = readFileSync(`${file}-wal`);
  writeFileSync(`${file}-wal`, log.subarray(0, Math.floor(log.length / 2) + 777));
  const kept = await receiptsAfterOpening(dir);
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(sales);
});

test('a database copied without its log is an earlier moment, whole; nothing in it can say what came after', async () => {
  const { file } = copyOfKilled('without', ['']);
  expect(verifyShop(file)).toMatchObject({ found: { ok: true, checked: { receipts: 0 } } });
});

test('one copied in the middle of a checkpoint is found: its journal does not end where its head says', () => {
  const { file: whole } = copyOfKilled('whole', ['', '-wal']);
  const { file: torn } = copyOfKilled('middle', ['']);
  // The log is moved into one of them, and the other gets a single page of it.
  const db = openDatabase(whole);
  db.pragma('wal_checkpoint(TRUNCATE)');
  const root = Number(db.prepare("SELECT rootpage FROM sqlite_master WHERE name = 'journal_head'").pluck().get());
  const size = Number(db.pragma('page_size', { simple: true }));
  db.close();
  const bytes = readFileSync(torn);
  readFileSync(whole).copy(bytes, (root - 1) * size, (root - 1) * size, root * size);
  writeFileSync(torn, bytes);
  expect(verifyShop(torn)).toMatchObject({ found: { ok: false, findings: [{ rule: 'journal-cut' }] } });
  expect(() => lookIntoBackup(torn)).toThrow(/journal is not whole/);
});
