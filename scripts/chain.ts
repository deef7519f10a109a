import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkChain } from '../src-main/app/chain/chain-file.ts';
import { chainExample, chainSchema } from '../src-main/app/chain/schema.ts';
import { findingText } from '../src-main/app/provisioning/apply-file.ts';
import { say, usage } from './lib.ts';
import { readOptions } from './options.ts';

const { values } = readOptions('chain', {
  schema: { type: 'boolean' },
  example: { type: 'boolean' },
  check: { type: 'string' },
  json: { type: 'boolean' },
} as const);

const wanted = [values.schema === true, values.example === true, values.check !== undefined].filter(Boolean).length;
if (wanted !== 1) usage('chain: give one of --schema, --example and --check FILE.');

const print = (value: unknown): void => {
  process.stdout.write(`${values.json === true ? JSON.stringify(value) : JSON.stringify(value, null, 2)}\n`);
};

if (values.schema === true) print(chainSchema());
if (values.example === true) print(chainExample());
if (values.check !== undefined) {
  const file = resolve(values.check);
  if (!existsSync(file)) usage(`chain: the file ${file} is not there.`);
  const checked = checkChain(readFileSync(file, 'utf8'));
  const findings = checked.ok ? [] : checked.findings;
  for (const finding of findings) say(findingText(file, finding));
  say(checked.ok ? 'chain: no findings.' : `chain: ${findings.length} findings.`);
  if (values.json === true) process.stdout.write(`${JSON.stringify({ ok: checked.ok, findings })}\n`);
  process.exit(checked.ok ? 0 : 1);
}
