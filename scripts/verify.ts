import { verifyShop } from '../src-main/app/commands/audit.ts';
import { shopFile } from './data-dir.ts';
import { say } from './lib.ts';
import { readOptions } from './options.ts';

const { values } = readOptions('verify', { data: { type: 'string' }, json: { type: 'boolean' } } as const);
const file = shopFile('verify', values.data);
const answer = verifyShop(file);
if ('problem' in answer) {
  const unreadable = { ok: false, checked: {}, findings: [{ rule: 'file', where: file, what: answer.problem }] };
  say(`verify: ${answer.problem}`);
  if (values.json === true) process.stdout.write(`${JSON.stringify(unreadable)}\n`);
  process.exit(1);
}
const verified = answer.found;
for (const { rule, where, what } of verified.findings) say(`verify: ${where}: ${what} (${rule})`);
const looked = Object.entries(verified.checked).map(([name, count]) => `${count} ${name}`).join(', ');
say(`verify: ${file}: ${verified.ok ? 'nothing found' : `${verified.findings.length} found`} in ${looked}`);
if (values.json === true) process.stdout.write(`${JSON.stringify(verified)}\n`);
process.exit(verified.ok ? 0 : 1);
