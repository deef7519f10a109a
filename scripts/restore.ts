import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { restoreShop } from '../src-main/app/commands/backup.ts';
import { dataDir } from './data-dir.ts';
import { say, usage } from './lib.ts';
import { readOptions } from './options.ts';

const { values, positionals } = readOptions(
  'restore',
  { data: { type: 'string' }, json: { type: 'boolean' } } as const,
  { least: 1, most: 1, names: 'FILE' },
);
const backup = resolve(positionals[0] ?? '');
if (!existsSync(backup)) usage(`restore: the backup ${backup} is not there.`);
const folder = dataDir(values.data);
const database = join(folder, 'kassa.sqlite');
if (backup === database) usage(`restore: ${backup} is the shop's own database. Name a backup of it.`);
mkdirSync(folder, { recursive: true });
const answer = restoreShop(backup, folder, database);
if ('problem' in answer) {
  say(`restore: ${answer.problem}`);
  if (values.json === true) process.stdout.write(`${JSON.stringify(answer)}\n`);
  process.exit(1);
}
const { putAside, credentials, checked } = answer;
say(`restore: ${database} is now the backup ${backup}: ${checked.receipts} receipts, the last one ${checked.lastReceipt?.number ?? 'none'}. What happened after it is not in it.`);
if (putAside !== null) say(`restore: the database that was there is kept as ${putAside}`);
if (credentials === 'unreadable') say('restore: the providers\' credentials in this backup were sealed with the key of another folder (its secret.key). Put that key into this folder, or enter the credentials again under Payment providers.');
if (values.json === true) process.stdout.write(`${JSON.stringify(answer)}\n`);
