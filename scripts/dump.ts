import { dumpShop } from '../src-main/app/commands/audit.ts';
import { shopFile } from './data-dir.ts';
import { say, usage } from './lib.ts';
import { readOptions } from './options.ts';

const { values } = readOptions('dump', { data: { type: 'string' }, since: { type: 'string' }, json: { type: 'boolean' } } as const);
const since = values.since === undefined ? new Date(0) : new Date(values.since);
if (Number.isNaN(since.getTime())) usage(`dump: --since is an instant such as 2026-11-21T08:00:00Z, not "${values.since ?? ''}".`);
const answer = dumpShop(shopFile('dump', values.data), since.toISOString());
if ('problem' in answer) {
  say(`dump: ${answer.problem}`);
  process.exit(1);
}
const dumped = answer.found;
for (const [name, rows] of Object.entries(dumped)) if (Array.isArray(rows)) say(`dump: ${rows.length} ${name}`);
// Written whole before the program ends: a pipe may take it in pieces.
process.stdout.write(`${JSON.stringify(dumped, null, values.json === true ? undefined : 2)}\n`);
