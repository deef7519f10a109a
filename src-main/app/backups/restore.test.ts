import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookIntoBackup } from '../../storage/backup.ts';
import { openDatabase } from '../../storage/database.ts';
import { migrate } from '../../storage/migrate.ts';
import { migrations } from '../../storage/migrations/index.ts';
import { finishRestore, restoreIsUnfinished } from '../../storage/restore.ts';
import { damagePage, fingerprints, flipBytes, sizeOf } from '../../testing/damage.ts';
import { handsOf } from '../../testing/hands.ts';
import { paymentIn, sellOne } from '../../testing/payments.ts';
import { registerSeqr } from '../../testing/seqr.ts';
import { openTill, type TestTill } from '../../testing/till.ts';
import { verifyShop } from '../commands/audit.ts';
import { backUpShop, restoreShop } from '../commands/backup.ts';

const folder = mkdtempSync(join(tmpdir(), 'kassa-restore-'));
const backup = join(folder, 'backup.sqlite');
const sticker = '009900027506';

/** The shop that the backup is of: two receipts before it, one after it, an app payment among them. */
const shop = join(folder, 'shop');
const database = join(shop, 'kassa.sqlite');

async function sellForCash(till: TestTill, serial: string): Promise<void> {
  await sellOne(till);
  const { totals } = await till.sale();
  await till.call('payment.start', { requestId: serial, tenderId: 'cash', amountMinor: totals.cashDueMinor });
}

async function sellByApp(till: TestTill, serial: string): Promise<void> {
  const amountMinor = await sellOne(till);
  const { attemptId } = await till.call('payment.start', { requestId: serial, tenderId: 'seqr', amountMinor });
  await paymentIn(till, attemptId, 'waiting');
  await handsOf(() => till.app.sandboxes()['seqr']?.control ?? '', sticker).phone('approve');
  await paymentIn(till, attemptId, 'paid');
}

beforeAll(async () => {
  const till = await openTill({ dataDir: shop });
  await registerSeqr(till, sticker);
  await sellForCash(till, 'one');
  await sellByApp(till, 'two');
  expect(await backUpShop(database, backup)).toMatchObject({ checked: { pages: 'ok', journalHead: 'ok', receipts: 2, lastReceipt: { number: 2 } } });
  await sellForCash(till, 'three');
  await till.close();
}, 30_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The shop as it was, in a folder of its own. */
function copyOfShop(name: string): { readonly dir: string; readonly file: string } {
  const dir = join(folder, name);
  mkdirSync(dir);
  for (const one of readdirSync(shop)) if (/^kassa\.sqlite|^secret\.key|^sandbox/.test(one)) copyFileSync(join(shop, one), join(dir, one));
  return { dir, file: join(dir, 'kassa.sqlite') };
}

type Look = { readonly epoch: unknown; readonly references: readonly string[]; readonly last: { readonly kind: string; readonly detail: string } };
function lookAt(file: string): Look {
  const db = openDatabase(file, { readonly: true });
  const epoch = db.prepare("SELECT value FROM setting WHERE name = 'epoch'").pluck().get();
  const references = db.prepare("SELECT reference FROM payment_attempt WHERE tender_kind = 'seqr' ORDER BY created_at").pluck().all() as string[];
  const last = db.prepare('SELECT kind, detail FROM journal ORDER BY seq DESC LIMIT 1').get() as Look['last'];
  db.close();
  return { epoch, references, last };
}

test('the backup takes the place, the database of before stays beside it, the journal tells of it in its chain', () => {
  const { dir, file } = copyOfShop('plain');
  const before = fingerprints(dir, /^kassa\.sqlite$/);
  const answer = restoreShop(backup, dir, file);
  expect(answer).toMatchObject({ credentials: 'readable', checked: { receipts: 2, lastReceipt: { number: 2 } } });
  const aside = 'putAside' in answer ? String(answer.putAside) : '';
  expect(aside).toMatch(/^kassa-put-aside-\d{8}-\d{6}\.sqlite$/);
  expect(fingerprints(dir, /put-aside.*sqlite$/)[aside]).toBe(before['kassa.sqlite']);
  expect(verifyShop(file)).toMatchObject({ found: { ok: true, checked: { receipts: 2 } } });
  const { last } = lookAt(file);
  expect(last.kind).toBe('restored');
  expect(JSON.parse(last.detail)).toMatchObject({ backup: 'backup.sqlite', receipts: 2, lastReceipt: 2, putAside: aside, credentials: 'readable' });
});

test('PAY-I3 the epoch is a new one: no reference after a restore begins as those before it', async () => {
  const { dir, file } = copyOfShop('epoch');
  const old = String(lookAt(file).epoch);
  expect(old).toMatch(/^[0-9a-f]{8}$/);
  restoreShop(backup, dir, file);
  expect(lookAt(file).epoch).toBeUndefined();
  const till = await openTill({ dataDir: dir });
  await till.signIn('Aino Lehtinen');
  await sellByApp(till, 'after');
  await till.close();
  const { epoch, references } = lookAt(file);
  expect(epoch).not.toBe(old);
  expect(references.map((reference) => reference.split('-')[0])).toEqual([old, epoch]);
});

test('a restore is refused while a till runs on the folder, and nothing is changed', async () => {
  const { dir, file } = copyOfShop('running');
  const till = await openTill({ dataDir: dir });
  expect(restoreShop(backup, dir, file)).toMatchObject({ problem: expect.stringContaining('already running') });
  await till.close();
  expect(lookIntoBackup(file).receipts).toBe(3);
  expect(readdirSync(dir).filter((name) => /aside|restoring/.test(name))).toEqual([]);
});

test('a backup that is damaged, cut, newer or none is refused, and nothing is changed', () => {
  const { dir, file } = copyOfShop('refusing');
  const before = fingerprints(dir, /^kassa/);
  const bad = join(folder, 'bad.sqlite');
  const attempt = (spoil: () => void): unknown => {
    copyFileSync(backup, bad);
    spoil();
    return restoreShop(bad, dir, file);
  };
  expect(attempt(() => damagePage(bad, 'receipt'))).toMatchObject({ problem: expect.stringContaining('damaged') });
  expect(attempt(() => flipBytes(bad, 0, 100))).toMatchObject({ problem: expect.stringContaining('damaged') });
  expect(attempt(() => writeFileSync(bad, ''))).toMatchObject({ problem: expect.stringContaining('no shop') });
  expect(attempt(() => {
    const db = openDatabase(bad);
    db.pragma('user_version = 9999');
    db.close();
  })).toMatchObject({ problem: expect.stringContaining('newer Kassa') });
  expect(attempt(() => {
    const db = openDatabase(bad);
    db.exec('DROP TRIGGER journal_stays; DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)');
    db.close();
  })).toMatchObject({ problem: expect.stringContaining('journal') });
  expect(fingerprints(dir, /^kassa/)).toEqual(before);
});

test('with the key of another folder the credentials say so, and no key is made up', () => {
  const dir = join(folder, 'elsewhere');
  mkdirSync(dir);
  expect(restoreShop(backup, dir, join(dir, 'kassa.sqlite'))).toMatchObject({ putAside: null, credentials: 'unreadable' });
  expect(existsSync(join(dir, 'secret.key'))).toBe(false);
});

test('without its key a provider is not configured, the till opens and sells, and says what is missing', async () => {
  const { dir, file } = copyOfShop('keyless');
  restoreShop(backup, dir, file);
  writeFileSync(join(dir, 'secret.key'), Buffer.alloc(32, 7));
  const till = await openTill({ dataDir: dir });
  await till.signIn('Aino Lehtinen');
  const amountMinor = await sellOne(till);
  const { tenders } = await till.sale();
  expect(tenders.find(({ kind }) => kind === 'seqr')).toMatchObject({ reason: 'not-registered' });
  expect(await till.try('payment.start', { requestId: 'keyless', tenderId: 'seqr', amountMinor })).toMatchObject({ ok: false });
  await till.close();
});

const victim = join(import.meta.dirname, '..', '..', 'testing', 'restore-victim.ts');
const killedAt = (file: string, step: number) => spawnSync(process.execPath, [victim, file, backup, String(step)], { encoding: 'utf8' });

/** A database whose newest receipt is in its log alone, as a killed till leaves it. */
function withLog(name: string): { readonly dir: string; readonly file: string } {
  const { dir, file } = copyOfShop(name);
  const db = openDatabase(file);
  db.pragma('journal_mode = WAL');
  db.pragma('wal_autocheckpoint = 0');
  db.exec("INSERT INTO setting VALUES ('only-in-the-log', 'yes')");
  for (const end of ['', '-wal']) copyFileSync(`${file}${end}`, join(dir, `kept.sqlite${end}`));
  db.close();
  for (const end of ['', '-wal']) copyFileSync(join(dir, `kept.sqlite${end}`), `${file}${end}`);
  expect(sizeOf(`${file}-wal`)).toBeGreaterThan(0);
  return { dir, file };
}

test('killed between any two steps it leaves the old database complete, log and all, or the new one', () => {
  const steps = Number(killedAt(copyOfShop('count').file, 0).stdout);
  expect(steps).toBeGreaterThanOrEqual(8);
  const outcomes: number[] = [];
  for (let step = 1; step <= steps; step += 1) {
    const { dir, file } = withLog(`killed-${step}`);
    expect(killedAt(file, step).signal).toBe('SIGKILL');
    finishRestore(file);
    expect(restoreIsUnfinished(file)).toBe(false);
    expect(readdirSync(dir).filter((name) => name.includes('restoring'))).toEqual([]);
    const { receipts } = lookIntoBackup(file);
    outcomes.push(receipts);
    const old = receipts === 3 ? file : join(dir, readdirSync(dir).find((name) => /put-aside.*sqlite$/.test(name)) ?? '');
    const db = openDatabase(old);
    expect(db.prepare("SELECT value FROM setting WHERE name = 'only-in-the-log'").pluck().get()).toBe('yes');
    db.close();
    expect(lookIntoBackup(old).receipts).toBe(3);
    expect(verifyShop(file)).toMatchObject({ found: { ok: true } });
  }
  // Some steps lie before the point of no return and some after it.
  expect(new Set(outcomes)).toEqual(new Set([2, 3]));
  expect([...outcomes].sort((a, b) => b - a)).toEqual(outcomes);
}, 60_000);

test('a backup of an older Kassa is brought up to date before it takes the place', () => {
  const dir = join(folder, 'older');
  mkdirSync(dir);
  const old = join(dir, 'old.sqlite');
  const db = openDatabase(old);
  migrate(db, migrations.filter(({ version }) => version < 90), null, 0);
  db.exec(`INSERT INTO register VALUES ('r', 1, 'Till'); INSERT INTO setting VALUES ('this-register', 'r'), ('epoch', 'old'), ('mode', 'live');
    INSERT INTO shop VALUES (1, 'Hörnan', '', '', '[]', '', 'SE', 'SEK', 'Europe/Stockholm', 'sv', '', 0, 1000, 0);
    INSERT INTO journal VALUES ('r', 1, '2026-11-26T08:00:00.000Z', 60, NULL, 'program-started', NULL, '{}', '0', 'first')`);
  db.close();
  const file = join(dir, 'kassa.sqlite');
  expect(restoreShop(old, dir, file)).toMatchObject({ checked: { version: 80, receipts: 0, lastReceipt: null }, credentials: 'none' });
  expect(lookIntoBackup(file)).toMatchObject({ version: migrations.at(-1)?.version, journalEntries: 2 });
  expect(lookAt(file)).toMatchObject({ epoch: undefined, last: { kind: 'restored' } });
});
