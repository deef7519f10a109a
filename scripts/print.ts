import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { printShopPaper } from '../src-main/app/commands/print-paper.ts';
import { createChromiumPdf } from '../src-main/hosts/browser/chromium-pdf.ts';
import { shopFile } from './data-dir.ts';
import { say, usage, version } from './lib.ts';
import { oneOf, readOptions } from './options.ts';

const { values, positionals } = readOptions(
  'print',
  { pdf: { type: 'string' }, data: { type: 'string' }, json: { type: 'boolean' } } as const,
  { least: 1, most: 2, names: 'x|z|receipt [NUMBER]' },
);
const kind = oneOf('print', 'kind', positionals[0], ['x', 'z', 'receipt'] as const);
const number = positionals[1] === undefined ? null : Number(positionals[1]);
if (kind === undefined || (number !== null && (!Number.isSafeInteger(number) || number < 1))) usage(`print: NUMBER is a whole number from 1, not "${positionals[1] ?? ''}".`);
if (values.pdf === undefined) usage('print: name the PDF to write by --pdf OUT.');
const out = resolve(values.pdf);
const printed = await printShopPaper(shopFile('print', values.data), { kind, number }, createChromiumPdf(), version());
if ('problem' in printed) {
  say(`print: ${printed.problem}`);
  process.exit(1);
}
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, printed.pdf);
say(`print: ${kind} ${printed.number}${printed.copy ? ', a copy' : ''}: ${out}`);
process.stdout.write(values.json === true ? `${JSON.stringify({ path: out, kind, number: printed.number, copy: printed.copy })}\n` : `${out}\n`);
process.exit(0);
