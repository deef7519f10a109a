import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TroubleView } from '../contract/trouble.ts';
import { openDatabase } from '../storage/database.ts';
import { damagePage, fingerprints, flipBytes, sizeOf } from '../testing/damage.ts';
import { smallDisk } from '../testing/disks.ts';
import { sellOne } from '../testing/payments.ts';
import { openTill, type TestTill } from '../testing/till.ts';
import { verifyShop } from './commands/audit.ts';
import { backUpShop } from './commands/backup.ts';
import { troubleOf } from './trouble.ts';
import { backupName } from './backups/names.ts';

/* Young enough that the program makes none of its own beside them. */
const good = backupName(Date.now() - 120_000);
const bad = backupName(Date.now() - 60_000);

const folder = mkdtempSync(join(tmpdir(), 'kassa-trouble-'));
const shop = join(folder, 'shop');
const disks: { remove(): void }[] = [];

async function sell(till: TestTill, serial: string): Promise<void> {
  await sellOne(till);
  const { totals } = await till.sale();
  await till.call('payment.start', { requestId: serial, tenderId: 'cash', amountMinor: totals.cashDueMinor });
}

/** A shop with two receipts in its backup and a third after it. */
beforeAll(async () => {
  const till = await openTill({ dataDir: shop });
  await till.signIn('Aino Lehtinen');
  await sell(till, 'one');
  await sell(till, 'two');
  await backUpShop(join(shop, 'kassa.sqlite'), join(shop, 'backups', good));
  await sell(till, 'three');
  await till.close();
});
afterAll(() => {
  for (const disk of disks) disk.remove();
  rmSync(folder, { recursive: true, force: true });
});

let copies = 0;
function copyOfShop(to = join(folder, `copy-${(copies += 1)}`)): { readonly dir: string; readonly file: string } {
  cpSync(shop, to, { recursive: true });
  return { dir: to, file: join(to, 'kassa.sqlite') };
}

const receiptsIn = (file: string): number => {
  const db = openDatabase(file, { readonly: true });
  const count = Number(db.prepare("SELECT count(*) FROM receipt WHERE state = 'completed'").pluck().get());
  db.close();
  return count;
};

const trouble = async (till: TestTill): Promise<TroubleView | null> => till.call('trouble.current', {});

/** The ways in which a database is damaged before anything is opened. */
const damages: readonly (readonly [string, (file: string) => void])[] = [
  ['its first page is garbage', (file) => flipBytes(file, 0, 4096)],
  ['its header is', (file) => flipBytes(file, 0, 100)],
  ['it is cut in the middle', (file) => truncateSync(file, Math.floor(sizeOf(file) / 8192) * 4096)],
  ['it is cut in the middle of a page', (file) => truncateSync(file, Math.floor(sizeOf(file) / 2) + 100)],
  ['it is no database', (file) => writeFileSync(file, 'Dear diary, today the till would not open. '.repeat(400))],
  ['the list of its tables is garbage', (file) => flipBytes(file, 100, 300)],
  ['the shop\'s own page is', (file) => damagePage(file, 'shop')],
  [
    'a page in the middle of a table is, and the program had been killed',
    (file) => {
      // What a killed till leaves: its log.
      const db = openDatabase(file);
      db.pragma('journal_mode = WAL');
      db.pragma('wal_autocheckpoint = 0');
      db.exec("INSERT INTO setting VALUES ('last-word', 'of the killed')");
      copyFileSync(`${file}-wal`, `${file}.log`);
      copyFileSync(file, `${file}.kept`);
      db.close();
      copyFileSync(`${file}.kept`, file);
      copyFileSync(`${file}.log`, `${file}-wal`);
      for (const one of ['.log', '.kept']) rmSync(`${file}${one}`);
      damagePage(file, 'receipt_line');
    },
  ],
];

describe('a damaged database', () => {
  test.each(damages)('%s: the till says so, touches nothing, and sells again from the backup', async (_how, damage) => {
    const { dir, file } = copyOfShop();
    damage(file);
    const before = fingerprints(dir, /^kassa\.sqlite(-wal)?$/);
    const till = await openTill({ dataDir: dir });
    expect(till.app.trouble()?.kind).toBe('damaged');
    expect(await trouble(till)).toEqual({ kind: 'damaged', missing: false, folder: dir, language: null });
    expect(await till.try('app.hello', {})).toMatchObject({ error: { code: 'trouble' } });
    expect(fingerprints(dir, /^kassa\.sqlite(-wal)?$/)).toEqual(before);

    // Trying again changes nothing either.
    expect(await till.call('trouble.retry', {})).toMatchObject({ kind: 'damaged' });
    expect(fingerprints(dir, /^kassa\.sqlite(-wal)?$/)).toEqual(before);

    const [backup] = await till.call('trouble.backups', {});
    expect(backup).toMatchObject({ name: good, problem: null, receipts: 2, lastReceipt: { number: 2 } });
    const { putAside } = await till.call('trouble.restore', { name: backup?.name ?? '' });
    expect(till.seen('shop.changed')).toHaveLength(1);
    expect(await trouble(till)).toBeNull();
    const kept = fingerprints(dir, /put-aside.*\.sqlite(-wal)?$/);
    expect(kept[putAside ?? '']).toBe(before['kassa.sqlite']);
    expect(kept[`${putAside}-wal`]).toBe(before['kassa.sqlite-wal']);

    await till.signIn('Aino Lehtinen');
    await sell(till, 'four');
    await till.close();
    expect(receiptsIn(file)).toBe(3);
    expect(verifyShop(file)).toMatchObject({ found: { ok: true } });
  });

  test('a backup that can\'t be used is refused by name, and so is a name that leads out of the folder', async () => {
    const { dir, file } = copyOfShop();
    flipBytes(file, 0, 4096);
    copyFileSync(join(dir, 'backups', good), join(dir, 'backups', bad));
    damagePage(join(dir, 'backups', bad), 'receipt');
    const till = await openTill({ dataDir: dir });
    expect((await till.call('trouble.backups', {})).map(({ problem }) => problem)).toEqual(['damaged', null]);
    expect(await till.try('trouble.restore', { name: bad })).toMatchObject({ error: { code: 'backup-unusable', detail: { problem: 'damaged' } } });
    expect(await till.try('trouble.restore', { name: '../kassa.sqlite' })).toMatchObject({ error: { code: 'bad-message' } });
    expect(await till.try('trouble.restore', { name: 'not-there.sqlite' })).toMatchObject({ ok: false });
    expect(await till.app.call('customer', 'trouble.restore', { name: good })).toMatchObject({ error: { code: 'forbidden' } });
    expect(await till.app.call('customer', 'customer.hello', {})).toMatchObject({ error: { code: 'trouble' } });
    expect((await trouble(till))?.kind).toBe('damaged');
    await till.close();
  });

  test('a database that is gone while its backups are there is missed, and no empty shop is begun', async () => {
    const { dir, file } = copyOfShop();
    rmSync(file);
    const till = await openTill({ dataDir: dir });
    expect(await trouble(till)).toMatchObject({ kind: 'damaged', missing: true });
    expect(existsSync(file)).toBe(false);
    await till.call('trouble.restore', { name: good });
    expect(await trouble(till)).toBeNull();
    await till.close();
  });

  test('an empty file beside the log of a lost one is damage, not a new shop', async () => {
    const { dir, file } = copyOfShop();
    writeFileSync(file, '');
    writeFileSync(`${file}-wal`, Buffer.alloc(5000, 1));
    const till = await openTill({ dataDir: dir });
    expect((await trouble(till))?.kind).toBe('damaged');
    expect(sizeOf(`${file}-wal`)).toBe(5000);
    await till.close();
  });

  test('nothing can be restored over a shop that is well', async () => {
    const { dir } = copyOfShop();
    const till = await openTill({ dataDir: dir });
    expect(await till.call('trouble.backups', {})).toEqual([]);
    expect(await till.try('trouble.restore', { name: good })).toMatchObject({ ok: false });
    expect(await till.call('trouble.retry', {})).toBeNull();
    expect((await till.call('app.hello', {})).mode).toBe('demo');
    await till.close();
  });

  test('another demo puts the backups of this one aside with it', async () => {
    const { dir } = copyOfShop();
    const till = await openTill({ dataDir: dir });
    await till.call('app.start-shop', { shop: 'demo-no' });
    expect(existsSync(join(dir, 'backups'))).toBe(false);
    expect(readdirSync(dir).filter((name) => name.endsWith('.backups'))).toHaveLength(1);
    await till.close();
  });
});

test('a database of a newer program is left as it is, to the byte', async () => {
  const { dir, file } = copyOfShop();
  const db = openDatabase(file);
  db.pragma('journal_mode = DELETE');
  db.pragma('user_version = 9999');
  db.close();
  const before = fingerprints(dir, /^kassa\.sqlite/);
  const till = await openTill({ dataDir: dir });
  expect(await trouble(till)).toMatchObject({ kind: 'newer' });
  expect(till.app.trouble()?.sentence).toContain('Update Kassa');
  expect(await till.try('trouble.restore', { name: good })).toMatchObject({ ok: false });
  await till.close();
  expect(fingerprints(dir, /^kassa\.sqlite/)).toEqual(before);
});

function disk(megabytes: number) {
  const made = smallDisk(megabytes);
  if (made) disks.push(made);
  return made;
}

const full = disk(4);
const locked = disk(8);
if (full && locked) {
  test('a full disk at the start: said, nothing changed, and with space again the shop opens', async () => {
    const { dir, file } = copyOfShop(join(full.folder, 'shop'));
    full.fill();
    const before = fingerprints(dir, /^kassa\.sqlite$/);
    const till = await openTill({ dataDir: dir });
    expect(await trouble(till)).toMatchObject({ kind: 'disk-full' });
    expect(fingerprints(dir, /^kassa\.sqlite$/)).toEqual(before);
    expect(await till.call('trouble.retry', {})).toMatchObject({ kind: 'disk-full' });
    full.free();
    expect(await till.call('trouble.retry', {})).toBeNull();
    await till.signIn('Aino Lehtinen');
    await sell(till, 'four');
    await till.close();
    expect(receiptsIn(file)).toBe(4);
  });

  test('a folder that can\'t even be made is read-only too', async () => {
    locked.readOnly(true);
    const till = await openTill({ dataDir: join(locked.folder, 'new') });
    expect(await trouble(till)).toMatchObject({ kind: 'read-only' });
    await till.close();
    locked.readOnly(false);
  });

  test('a disk that can only be read: said, and with the right to write the shop opens', async () => {
    const { dir, file } = copyOfShop(join(locked.folder, 'shop'));
    locked.readOnly(true);
    const till = await openTill({ dataDir: dir });
    expect(await trouble(till)).toMatchObject({ kind: 'read-only' });
    expect(await till.call('trouble.retry', {})).toMatchObject({ kind: 'read-only' });
    locked.readOnly(false);
    expect(await till.call('trouble.retry', {})).toBeNull();
    await till.close();
    expect(receiptsIn(file)).toBe(3);
  });
}

test.each([
  ['SQLITE_FULL', 'disk-full'],
  ['ENOSPC', 'disk-full'],
  ['SQLITE_READONLY_DIRECTORY', 'read-only'],
  ['SQLITE_CANTOPEN', 'read-only'],
  ['EROFS', 'read-only'],
  ['SQLITE_IOERR_FSYNC', 'read-only'],
  ['SQLITE_CORRUPT_INDEX', 'damaged'],
  ['SQLITE_NOTADB', 'damaged'],
  ['SQLITE_BUSY', undefined],
  ['SQLITE_CONSTRAINT', undefined],
])('%s at the start is %s', (code, kind) => {
  expect(troubleOf(Object.assign(new Error('as SQLite says it'), { code }), folder)?.kind).toBe(kind);
});

test('a start over a folder in use is still refused, and says nothing of trouble', async () => {
  const { dir, file } = copyOfShop();
  const till = await openTill({ dataDir: dir });
  await expect(openTill({ dataDir: dir })).rejects.toThrow(/already running/);
  await till.close();
  expect(receiptsIn(file)).toBe(3);
});

test('the log of the program tells of the trouble', async () => {
  const { dir, file } = copyOfShop();
  mkdirSync(join(dir, 'logs'), { recursive: true });
  flipBytes(file, 0, 4096);
  const till = await openTill({ dataDir: dir });
  await till.close();
  expect(readFileSync(join(dir, 'logs', 'kassa.log'), 'utf8')).toMatch(/"kind":"damaged".*could not be opened/);
});
