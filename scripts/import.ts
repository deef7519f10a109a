import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { importArticles } from '../src-main/app/commands/import-articles.ts';
import { shopFile } from './data-dir.ts';
import { say, usage } from './lib.ts';
import { readOptions } from './options.ts';

const { values, positionals } = readOptions(
  'import',
  { data: { type: 'string' }, json: { type: 'boolean' } } as const,
  { least: 1, most: 1, names: 'FILE' },
);
const file = resolve(positionals[0] ?? '');
if (!existsSync(file)) usage(`import: the file ${file} is not there.`);
const database = shopFile('import', values.data);

let shown = 0;
const result = await importArticles(database, readFileSync(file), (done, total) => {
  const percent = Math.floor((done / total) * 100);
  if (percent < shown + 10 && done < total) return;
  shown = percent;
  say(`import: ${done} of ${total} articles`);
});
if ('problem' in result) {
  say(`import: ${file}: ${result.problem}`);
  process.exit(1);
}
for (const row of result.refused) say(`${file}:${row.line}: refused (${row.reason}): ${row.text}`);
say(`import: ${result.added} added, ${result.updated} updated, ${result.refused.length} refused`);
if (values.json === true) process.stdout.write(`${JSON.stringify(result)}\n`);
