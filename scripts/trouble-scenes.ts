import { spawnSync } from 'node:child_process';
import { closeSync, copyFileSync, openSync, readdirSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { backupName } from '../src-main/app/backups/names.ts';
import { root } from './lib.ts';
import { openDatabase } from '../src-main/storage/database.ts';
import { openWindow } from './kill/program.ts';
import { startTill } from './started-till.ts';

/** Ways in which a shop can't be opened, for pictures of what the till says then. */
export type TroubleScene = 'damaged' | 'no-backup' | 'newer';

function spoil(file: string): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(4096, 0x5a), 0, 4096, 0);
  closeSync(handle);
}

/** A morning of sales for cash. */
async function sellSome(cashier: string, sales: number): Promise<void> {
  const window = await openWindow(cashier);
  const people = await window.call('staff.list', {});
  await window.call('session.sign-in', { staffId: people.find(({ role }) => role === 'cashier')?.id ?? '', pin: '1111' });
  for (let sale = 1; sale <= sales; sale += 1) {
    await window.call('sale.add-code', { code: '2910000000031', source: 'scan' });
    const { totals } = await window.call('sale.current', {});
    await window.call('payment.start', { requestId: `scene-${sale}`, tenderId: 'cash', amountMinor: totals.cashDueMinor });
  }
}

/** A shop that was open once, with two backups of which the newer is damaged, and then the trouble. */
export async function makeTrouble(dataDir: string, scene: TroubleScene): Promise<void> {
  const till = await startTill(dataDir, []);
  await sellSome(till.cashier, 37);
  const backups = join(dataDir, 'backups');
  const nowMs = Date.now();
  const whole = backupName(nowMs);
  spawnSync(process.execPath, [join(root, 'scripts/backup.ts'), '--data', dataDir, '--out', join(backups, whole)]);
  await till.close();
  const file = join(dataDir, 'kassa.sqlite');
  if (scene === 'newer') {
    const db = openDatabase(file);
    db.pragma('user_version = 9999');
    db.close();
    return;
  }
  spoil(file);
  if (scene === 'no-backup') {
    rmSync(backups, { recursive: true });
    return;
  }
  for (const name of readdirSync(backups)) if (name !== whole) rmSync(join(backups, name));
  const damaged = join(backups, backupName(nowMs + 60_000));
  copyFileSync(join(backups, whole), damaged);
  truncateSync(damaged, 90_000);
}
