import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { exportShop } from '../src-main/app/commands/export-files.ts';
import { shopFile } from './data-dir.ts';
import { finish, say, usage, version } from './lib.ts';
import { oneOf, readOptions } from './options.ts';

/* Files for accountants and auditors: sums by day, or one row for each line that was sold. */
const { values, positionals } = readOptions(
  'export',
  { from: { type: 'string' }, to: { type: 'string' }, out: { type: 'string' }, data: { type: 'string' }, json: { type: 'boolean' } } as const,
  { least: 1, most: 1, names: 'accounting|receipts' },
);
const what = oneOf('export', 'kind', positionals[0], ['accounting', 'receipts', 'saft'] as const) ?? 'accounting';
if (what === 'saft') usage('export: SAF-T Cash Register comes later; there are "accounting" and "receipts".');

function day(name: 'from' | 'to'): string {
  const text = values[name] ?? '';
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : usage(`export: --${name} is a day such as 2026-11-21, not "${text}".`);
}

const [from, to] = [day('from'), day('to')];
if (from > to) usage(`export: --from ${from} comes after --to ${to}.`);
if (values.out === undefined) usage('export: name the file to write by --out PATH.');
const out = resolve(values.out);
const exported = await exportShop(shopFile('export', values.data), { what, from, to }, version());
if ('problem' in exported) {
  say(`export: ${exported.problem}`);
  process.exit(1);
}
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, exported.text);
const { totals, currency } = exported;
say(`export: ${totals.receipts} receipts of ${totals.days} days in ${totals.rows} rows: ${out}`);
await finish(values.json === true ? { path: out, what, from, to, currency, ...totals } : null, 0);
