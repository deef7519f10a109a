import { verifyShop } from '../src-main/app/commands/audit.ts';
import { shopFile } from './data-dir.ts';
import { finish, say } from './lib.ts';
import { readOptions } from './options.ts';

const { values } = readOptions('verify', { data: { type: 'string' }, json: { type: 'boolean' } } as const);
const file = shopFile('verify', values.data);
const answer = verifyShop(file);
const verified = 'problem' in answer ? { ok: false, checked: {}, findings: [{ rule: 'file', where: file, what: answer.problem }] } : answer.found;
for (const { rule, where, what } of verified.findings) say(`verify: ${where}: ${what} (${rule})`);
const looked = Object.entries(verified.checked).map(([name, count]) => `${count} ${name}`).join(', ');
say(`verify: ${file}: ${verified.ok ? 'nothing found' : `${verified.findings.length} found`} in ${looked || 'what could be read'}`);
await finish(values.json === true ? verified : null, verified.ok ? 0 : 1);
