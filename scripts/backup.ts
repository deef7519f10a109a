import { resolve } from 'node:path';
import { backUpShop } from '../src-main/app/commands/backup.ts';
import { shopFile } from './data-dir.ts';
import { say, usage } from './lib.ts';
import { readOptions } from './options.ts';

const { values } = readOptions('backup', { data: { type: 'string' }, out: { type: 'string' }, json: { type: 'boolean' } } as const);
if (values.out === undefined) usage('backup: --out names the file of the backup. Usage: npm run backup -- --data DIR --out FILE [--json]');
const answer = await backUpShop(shopFile('backup', values.data), resolve(values.out));
if ('problem' in answer) {
  say(`backup: ${answer.problem}`);
  if (values.json === true) process.stdout.write(`${JSON.stringify(answer)}\n`);
  process.exit(1);
}
const { file, bytes, checked } = answer;
say(`backup: ${file} (${bytes} bytes) was made and read through: ${checked.receipts} receipts, the last one ${checked.lastReceipt?.number ?? 'none'}, ${checked.journalEntries} journal entries`);
say('backup: the folder\'s secret.key is not in it. Without that key the providers\' credentials have to be entered again after a restore.');
if (values.json === true) process.stdout.write(`${JSON.stringify(answer)}\n`);
