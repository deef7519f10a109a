import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeBackup, lookIntoBackup } from '../../storage/backup.ts';
import { openDatabase } from '../../storage/database.ts';
import { damagePage } from '../../testing/damage.ts';
import { smallDisk } from '../../testing/disks.ts';
import { sellOne } from '../../testing/payments.ts';
import { openTill, type TestTill } from '../../testing/till.ts';
import { backUpShop } from '../commands/backup.ts';
import { verifyShop } from '../commands/audit.ts';
import { startBackups, type AutomaticInput } from './automatic.ts';
import { backupFolder, listBackups } from './folder.ts';
import { runJob } from './jobs.ts';

const folder = mkdtempSync(join(tmpdir(), 'kassa-backup-'));
const file = join(folder, 'kassa.sqlite');
let till: TestTill;
let sold = 0;

async function sell(): Promise<void> {
  await sellOne(till);
  const { totals } = await till.sale();
  sold += 1;
  await till.call('payment.start', { requestId: `sale-${sold}`, tenderId: 'cash', amountMinor: totals.cashDueMinor });
}

beforeAll(async () => {
  till = await openTill({ dataDir: folder });
  await till.signIn('Aino Lehtinen');
  await sell();
});
afterAll(async () => {
  await till.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a backup made while the till sells is one moment of the shop: whole, and no sale was lost or half in it', async () => {
  const before = sold;
  const job = runJob({ kind: 'backup', file, dataDir: folder, nowMs: Date.UTC(2026, 10, 26, 12), spareBytes: 0, nativeBinding: undefined });
  let copied = false;
  void job.result.then(() => {
    copied = true;
  });
  // Until it is done the counter never rests; and at least a few sales fall into it.
  while (!copied || sold < before + 5) {
    await sell();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const made = await job.result;
  expect(made.file).toBe(join(backupFolder(folder), 'kassa-20261126-120000.sqlite'));
  expect(made.content.receipts).toBeGreaterThanOrEqual(before);
  expect(made.content.receipts).toBeLessThanOrEqual(sold);
  expect(made.content.lastReceipt?.number).toBe(made.content.receipts);
  expect(verifyShop(made.file)).toMatchObject({ found: { ok: true, checked: { receipts: made.content.receipts } } });
  // One file that needs no other.
  expect(readdirSync(backupFolder(folder))).toEqual(['kassa-20261126-120000.sqlite']);
  expect(openDatabase(made.file, { readonly: true }).pragma('journal_mode', { simple: true })).toBe('delete');
});

test('a name that is taken is not overwritten', async () => {
  const to = join(folder, 'taken.sqlite');
  writeFileSync(to, 'the only copy of something');
  expect(await backUpShop(file, to)).toMatchObject({ problem: expect.stringContaining('not overwritten') });
  expect(statSync(to).size).toBe(26);
});

test('no backup is made of a damaged database, and nothing is left of the try', async () => {
  const sick = join(folder, 'sick.sqlite');
  await makeBackup(file, sick, { spareBytes: 0 });
  damagePage(sick, 'receipt_line');
  const to = join(folder, 'of-the-sick.sqlite');
  expect(await backUpShop(sick, to)).toMatchObject({ problem: expect.stringContaining('damaged') });
  expect(readdirSync(folder).filter((name) => name.startsWith('of-the-sick'))).toEqual([]);
});

test('a backup that would take the space of the next sales is not made', async () => {
  const to = join(folder, 'too-large.sqlite');
  await expect(makeBackup(file, to, { spareBytes: Number.MAX_SAFE_INTEGER / 2 })).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(existsSync(`${to}.part`)).toBe(false);
});

const disk = smallDisk(1);
if (disk) {
  test('on a full disk nothing half made stays behind, and the disk is as full as before', async () => {
    disk.fill();
    writeFileSync(join(disk.folder, 'filler'), '');
    disk.fill();
    expect(await backUpShop(file, join(disk.folder, 'out.sqlite'))).toMatchObject({ problem: expect.stringContaining('disk is full') });
    expect(readdirSync(disk.folder)).toEqual(['filler']);
  });
  afterAll(() => disk.remove());
}

test('every backup is listed with what is in it, newest first, and one that is damaged, foreign or cut says so', async () => {
  const shop = mkdtempSync(join(tmpdir(), 'kassa-list-'));
  const backups = backupFolder(shop);
  mkdirSync(backups);
  const place = (name: string): string => join(backups, name);
  const whole = place('kassa-20261126-080000.sqlite');
  await makeBackup(file, whole, { spareBytes: 0 });
  for (const name of ['kassa-20261126-090000.sqlite', 'kassa-20261126-100000.sqlite', 'kassa-20261126-110000.sqlite']) copyFileSync(whole, place(name));
  damagePage(place('kassa-20261126-090000.sqlite'), 'journal');
  const newer = openDatabase(place('kassa-20261126-100000.sqlite'));
  newer.pragma('user_version = 9999');
  newer.close();
  const cut = openDatabase(place('kassa-20261126-110000.sqlite'));
  cut.exec('DROP TRIGGER journal_stays; DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)');
  cut.close();
  writeFileSync(place('kassa-20261126-070000.sqlite'), 'not a database at all, only a name like one'.repeat(40));
  const empty = openDatabase(place('kassa-20261126-060000.sqlite'));
  empty.exec('CREATE TABLE something (else_ TEXT)');
  empty.close();
  const { receipts, lastReceipt } = lookIntoBackup(whole);
  expect(listBackups(backups, undefined).map(({ name, problem }) => [name.slice(15, 17), problem])).toEqual([
    ['11', 'journal'],
    ['10', 'newer'],
    ['09', 'damaged'],
    ['08', null],
    ['07', 'damaged'],
    ['06', 'no-shop'],
  ]);
  expect(listBackups(backups, undefined)[3]).toMatchObject({ takenAt: '2026-11-26T08:00:00.000Z', receipts, lastReceipt, language: 'fi' });
  rmSync(shop, { recursive: true });
});

/** A clock by hand: what is to be done later is done when the test says so. */
function clockAt(startMs: number) {
  let nowMs = startMs;
  let waiting: { readonly atMs: number; readonly work: () => void }[] = [];
  return {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    after(ms: number, work: () => void) {
      const one = { atMs: nowMs + ms, work };
      waiting.push(one);
      return () => {
        waiting = waiting.filter((other) => other !== one);
      };
    },
    pass(ms: number) {
      nowMs += ms;
      const due = waiting.filter(({ atMs }) => atMs <= nowMs);
      waiting = waiting.filter(({ atMs }) => atMs > nowMs);
      for (const { work } of due) work();
    },
  };
}

const until = async (is: () => boolean): Promise<void> => {
  while (!is()) await new Promise((resolve) => setTimeout(resolve, 5));
};

test('backups come by themselves: after the start, each day, and at an end that comes hours later', async () => {
  const shop = mkdtempSync(join(tmpdir(), 'kassa-auto-'));
  const own = join(shop, 'kassa.sqlite');
  await makeBackup(file, own, { spareBytes: 0 });
  const clock = clockAt(Date.UTC(2026, 10, 26, 8));
  let made = 0;
  const log = {
    info() {
      made += 1;
    },
    warn: () => undefined,
    error: () => undefined,
  };
  const quiet: Omit<AutomaticInput, 'clock'> = { file: own, dataDir: shop, log, nativeBinding: undefined, changed: () => undefined, damaged: () => undefined };
  const names = (): readonly string[] => (existsSync(backupFolder(shop)) ? readdirSync(backupFolder(shop)).filter((name) => name.endsWith('.sqlite')) : []);
  const start = () => startBackups({ ...quiet, clock });

  let backups = start();
  clock.pass(5_000);
  await until(() => made === 1);
  // Started again at once there is nothing new to keep, nor an hour later at the end.
  await backups.close();
  backups = start();
  clock.pass(3_000_000);
  await backups.close();
  expect(names()).toEqual(['kassa-20261126-080005.sqlite']);
  // A day later, without anybody doing anything.
  backups = start();
  for (let quarter = 0; quarter < 97; quarter += 1) clock.pass(900_000);
  await until(() => made === 2);
  clock.pass(5 * 3_600_000);
  await backups.close();
  expect(names()).toHaveLength(3);
  rmSync(shop, { recursive: true });
});

test('a backup that fails is a state and no more; one that finds the database itself damaged says so', async () => {
  const shop = mkdtempSync(join(tmpdir(), 'kassa-auto-'));
  const own = join(shop, 'kassa.sqlite');
  await makeBackup(file, own, { spareBytes: 0 });
  damagePage(own, 'receipt_line');
  const clock = clockAt(Date.UTC(2026, 10, 26, 8));
  const told: string[] = [];
  const backups = startBackups({
    file: own,
    dataDir: shop,
    clock,
    log: { info: () => undefined, warn: (message) => told.push(message), error: () => undefined },
    nativeBinding: undefined,
    changed: () => told.push('changed'),
    damaged: () => told.push('damaged'),
  });
  clock.pass(5_000);
  await until(() => told.includes('damaged'));
  expect(told).toEqual(['a backup could not be made', 'changed', 'damaged']);
  expect(backups.failed()).toBe(true);
  expect(readdirSync(backupFolder(shop))).toEqual([]);
  await backups.close();
  rmSync(shop, { recursive: true });
});
