import { copyFileSync, rmSync } from 'node:fs';
import { verifyShop } from '../app/commands/audit.ts';
import { openDatabase, type Database } from '../storage/database.ts';

/** What verify says of a copy that somebody has laid hands on: the guards are taken off, and a careful hand puts them back. */
export function tampered(file: string, change: (db: Database) => void): readonly { readonly rule: string; readonly where: string }[] {
  const copy = `${file}-copy-${Math.random()}.sqlite`;
  const own = openDatabase(file);
  own.pragma('wal_checkpoint(TRUNCATE)');
  own.close();
  copyFileSync(file, copy);
  const db = openDatabase(copy);
  db.pragma('foreign_keys = OFF');
  const triggers = db.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all() as { readonly name: string; readonly sql: string }[];
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  change(db);
  for (const { sql } of triggers) db.exec(sql);
  db.close();
  const answer = verifyShop(copy);
  rmSync(copy);
  if ('problem' in answer) throw new Error(answer.problem);
  const { ok, findings } = answer.found;
  if (ok !== (findings.length === 0)) throw new Error(`verify says ${String(ok)} and finds ${findings.length}`);
  return findings;
}
