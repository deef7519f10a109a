import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../contract/errors.ts';
import { openDatabase } from '../storage/database.ts';
import { damagePage } from '../testing/damage.ts';
import { smallDisk } from '../testing/disks.ts';
import { handsOf } from '../testing/hands.ts';
import { paymentIn, sellOne } from '../testing/payments.ts';
import { registerSeqr } from '../testing/seqr.ts';
import { openTill, type TestTill } from '../testing/till.ts';
import { verifyShop } from './commands/audit.ts';
import { backUpShop } from './commands/backup.ts';
import { createDispatch } from './dispatch.ts';
import { guardedClock } from './guarded-clock.ts';
import type { Handlers } from './handlers.ts';
import type { Session } from './session.ts';
import { backupName } from './backups/names.ts';

/* Young enough that the program makes none of its own beside them. */
const good = backupName(Date.now() - 120_000);

const codes = { article: '2910000000031', other: '2910000000390' } as const;

const add = (till: TestTill) => till.try('sale.add-code', { code: codes.article, source: 'scan' });

/** The first code by which a call is refused; the log takes a few more writes before a full disk is felt. */
async function firstRefusal(act: (round: number) => Promise<{ readonly ok: boolean; readonly error?: { readonly code: ErrorCode } }>): Promise<ErrorCode> {
  for (let round = 0; round < 3_000; round += 1) {
    const result = await act(round);
    if (!result.ok && result.error) return result.error.code;
    // The checkpoints' thread gets its turn.
    if (round % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('nothing was refused');
}

const manager = async (till: TestTill): Promise<{ readonly staffId: string; readonly pin: string }> => ({
  staffId: (await till.call('staff.list', {})).find(({ role }) => role === 'manager')?.id ?? '',
  pin: '2222',
});

const linesIn = (file: string, receiptId: string): readonly unknown[] => {
  const db = openDatabase(file, { readonly: true });
  const rows = db.prepare("SELECT quantity_milli FROM receipt_line WHERE receipt_id = ? AND state = 'active' ORDER BY position").pluck().all(receiptId);
  db.close();
  return rows;
};

const disk = smallDisk(6);
if (disk) {
  describe('a disk that fills up while the till sells', () => {
    afterAll(() => disk.remove());
    const dataDir = join(disk.folder, 'shop');
    const file = join(dataDir, 'kassa.sqlite');

    /** Paying, parking, signing out, locking: each says the same sentence and leaves the receipt as it was. False: there was room for one. */
    async function refusesAll(till: TestTill, requestId: string): Promise<boolean> {
      const attempts = [
        (amountMinor: number) => till.try('payment.start', { requestId, tenderId: 'cash', amountMinor }),
        () => till.try('sale.park', { name: 'blue jacket' }),
        () => till.try('session.sign-out', {}),
        () => till.try('session.lock', {}),
      ];
      for (const attempt of attempts) {
        expect(await firstRefusal(() => add(till))).toBe('storage-full');
        const shown = await till.sale();
        expect(linesIn(file, shown.receiptId ?? '')).toEqual(shown.lines.map((line) => line.quantityMilli));
        const answer = await attempt(shown.totals.cashDueMinor);
        if (answer.ok) return false;
        expect(answer.error.code).toBe('storage-full');
        expect(await till.sale()).toEqual(shown);
      }
      return true;
    }

    test('PAY-I2 each refused step says that the disk is full and changes nothing; with space the sale goes on', async () => {
      const till = await openTill({ dataDir });
      let refused = false;
      // The log may be moved into the file between two steps, so that there is room again for some more: then all of it is tried anew.
      for (let tries = 0; tries < 12 && !refused; tries += 1) {
        disk.free();
        await till.signIn('Aino Lehtinen');
        await sellOne(till);
        disk.fill();
        refused = await refusesAll(till, `on-a-full-disk-${tries}`);
      }
      expect(refused).toBe(true);
      expect(await till.call('session.get', {})).toMatchObject({ staff: { name: 'Aino Lehtinen' }, locked: false });
      expect(till.seen('sale.changed').at(-1)).toBeDefined();
      expect(till.app.trouble()).toBeNull();

      disk.free();
      const before = (await till.call('receipt.list', { text: '', limit: 20 })).rows.length;
      await till.call('payment.start', { requestId: 'with-space-again', tenderId: 'cash', amountMinor: (await till.sale()).totals.cashDueMinor });
      expect((await till.call('receipt.list', { text: '', limit: 20 })).rows).toHaveLength(before + 1);
      await till.close();
      expect(verifyShop(file)).toMatchObject({ found: { ok: true } });
    });

    test('PAY-I4 an app payment keeps its owner over a full disk and is posted once there is space', async () => {
      const till = await openTill({ dataDir });
      const sticker = '009900027507';
      await registerSeqr(till, sticker);
      const amountMinor = await sellOne(till);
      const { attemptId } = await till.call('payment.start', { requestId: 'app', tenderId: 'seqr', amountMinor });
      await paymentIn(till, attemptId, 'waiting');
      disk.fill();
      // Uses up what the log had left over.
      expect(await firstRefusal(() => till.try('drawer.open', { reason: 'change needed' }))).toBe('storage-full');
      const hands = handsOf(() => till.app.sandboxes()['seqr']?.control ?? '', sticker);
      await hands.phone('approve');
      // The provider has said "paid" twice, and neither time could it be written.
      const asked = await hands.asked('getPaymentStatus');
      while ((await hands.asked('getPaymentStatus')) < asked + 2) await new Promise((resolve) => setTimeout(resolve, 50));
      expect((await till.call('payment.current', {}))?.state).toBe('waiting');
      disk.free();
      await paymentIn(till, attemptId, 'paid');
      await till.close();
      expect(verifyShop(file)).toMatchObject({ found: { ok: true, checked: { receipts: 2 } } });
    }, 30_000);

    test('a backup that the disk has no room for is seen in the status, and the till sells on', async () => {
      const till = await openTill({ dataDir });
      expect((await till.call('app.hello', {})).status.backup).toBe('ready');
      while (till.seen('status.changed').at(-1)?.backup !== 'failed') await new Promise((resolve) => setTimeout(resolve, 50));
      await till.signIn('Aino Lehtinen');
      expect(await sellOne(till)).toBeGreaterThan(0);
      await till.call('sale.void', { reason: 'customer left', approval: (await till.call('session.approve', { ...(await manager(till)), right: 'receipt-void' })).approval });
      await till.close();
    }, 30_000);

    test('a till that is closed on a full disk closes, and opens again with all it had promised', async () => {
      const till = await openTill({ dataDir });
      await till.signIn('Aino Lehtinen');
      await sellOne(till);
      disk.fill();
      await firstRefusal(() => add(till));
      const { lines } = await till.sale();
      await till.close();
      disk.free();
      const again = await openTill({ dataDir });
      await again.signIn('Aino Lehtinen');
      expect((await again.sale()).lines).toEqual(lines);
      await again.close();
    });
  });
}

/** A dispatch whose one call fails as a disk may. */
async function answerTo(error: unknown): Promise<{ readonly code: string; readonly damaged: number }> {
  let damaged = 0;
  const handlers = {
    'sale.current'() {
      throw error;
    },
  } as unknown as Handlers;
  const session = { state: () => ({ staff: {}, locked: false, rights: [] }) } as unknown as Session;
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const dispatch = createDispatch(handlers, session, log, () => {
    damaged += 1;
  });
  const result = await dispatch('cashier', 'sale.current', {});
  return { code: result.ok ? 'ok' : result.error.code, damaged };
}

test.each([
  ['SQLITE_FULL', 'storage-full', 0],
  ['SQLITE_IOERR_WRITE', 'storage-failed', 0],
  ['SQLITE_IOERR_FSYNC', 'storage-failed', 0],
  ['SQLITE_READONLY', 'storage-failed', 0],
  ['SQLITE_BUSY', 'storage-busy', 0],
  ['SQLITE_CORRUPT', 'trouble', 1],
  ['SQLITE_CONSTRAINT_TRIGGER', 'internal', 0],
])('%s on a call is %s', async (code, said, damaged) => {
  expect(await answerTo(Object.assign(new Error('as SQLite says it'), { code }))).toEqual({ code: said, damaged });
});

test('a database that another program holds is busy: said, nothing changed, and the next try works', async () => {
  const till = await openTill();
  await till.signIn('Aino Lehtinen');
  await sellOne(till);
  const before = await till.sale();
  const other = openDatabase(join(till.dataDir, 'kassa.sqlite'));
  other.exec('BEGIN IMMEDIATE');
  expect(await add(till)).toMatchObject({ error: { code: 'storage-busy' } });
  expect(await till.sale()).toEqual(before);
  other.exec('ROLLBACK');
  other.close();
  expect((await add(till)).ok).toBe(true);
  await till.close();
});

test('what is done later meets a bad disk too: it is logged, damage is told, and nothing is thrown', () => {
  const told: string[] = [];
  const log = { info: () => undefined, warn: () => undefined, error: (message: string) => told.push(message) };
  const atOnce = { nowMs: () => 0, monotonicMs: () => 0, after: (_ms: number, work: () => void) => (work(), () => undefined) };
  const clock = guardedClock(atOnce, log, () => told.push('damaged'));
  const failing = (code: string) => () => {
    throw Object.assign(new Error('as SQLite says it'), { code });
  };
  clock.after(1, failing('SQLITE_IOERR_READ'));
  clock.after(1, failing('SQLITE_CORRUPT'));
  expect(told).toEqual(['something that was to be done later failed', 'something that was to be done later failed', 'damaged']);
});

/** Damages a page of the open database, and makes the till forget what it has read of it. */
function damageUnder(file: string, table: string): void {
  const other = openDatabase(file);
  // All of it is in the file, and none of it in the log.
  other.pragma('wal_checkpoint(TRUNCATE)');
  damagePage(file, table);
  // Another connection's write: what others have kept of the file is out of date.
  other.exec("INSERT INTO setting VALUES ('touched', 'yes')");
  other.close();
}

test('a page that can\'t be read while selling stops the sale at once, and the backup brings it back', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'kassa-running-'));
  const file = join(dataDir, 'kassa.sqlite');
  const till = await openTill({ dataDir });
  await till.signIn('Aino Lehtinen');
  await sellOne(till);
  await till.call('payment.start', { requestId: 'one', tenderId: 'cash', amountMinor: (await till.sale()).totals.cashDueMinor });
  await backUpShop(file, join(dataDir, 'backups', good));
  damageUnder(file, 'receipt_line');
  expect(await firstRefusal(() => add(till))).toBe('trouble');
  expect(till.app.trouble()?.kind).toBe('damaged');
  // Nothing more is sold over it.
  expect(await till.try('sale.current', {})).toMatchObject({ error: { code: 'trouble' } });
  const [backup] = await till.call('trouble.backups', {});
  await till.call('trouble.restore', { name: backup?.name ?? '' });
  expect(till.seen('shop.changed')).toHaveLength(2);
  await till.signIn('Aino Lehtinen');
  expect((await add(till)).ok).toBe(true);
  await till.close();
  expect(verifyShop(file)).toMatchObject({ found: { ok: true, checked: { receipts: 1 } } });
  rmSync(dataDir, { recursive: true });
});
