import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkProvisioning } from '../src-main/app/provisioning/check.ts';
import { findingText } from '../src-main/app/provisioning/apply-file.ts';
import { provisioningExample, provisioningSchema } from '../src-main/app/provisioning/schema.ts';
import { say, usage } from './lib.ts';
import { readOptions } from './options.ts';

const { values } = readOptions('provision', {
  schema: { type: 'boolean' },
  example: { type: 'boolean' },
  check: { type: 'string' },
  json: { type: 'boolean' },
} as const);

const wanted = [values.schema === true, values.example === true, values.check !== undefined].filter(Boolean).length;
if (wanted !== 1) usage('provision: give one of --schema, --example and --check FILE.');

const print = (value: unknown): void => {
  process.stdout.write(`${values.json === true ? JSON.stringify(value) : JSON.stringify(value, null, 2)}\n`);
};

if (values.schema === true) print(provisioningSchema());
if (values.example === true) print(provisioningExample());
if (values.check !== undefined) {
  const file = resolve(values.check);
  if (!existsSync(file)) usage(`provision: the file ${file} is not there.`);
  const checked = checkProvisioning(readFileSync(file, 'utf8'));
  const findings = checked.ok ? [] : checked.findings;
  for (const finding of findings) say(findingText(file, finding));
  say(checked.ok ? 'provision: no findings; the file can be applied.' : `provision: ${findings.length} findings.`);
  if (values.json === true) process.stdout.write(`${JSON.stringify({ ok: checked.ok, findings })}\n`);
  process.exit(checked.ok ? 0 : 1);
}
