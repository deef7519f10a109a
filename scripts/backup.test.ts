import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTill } from '../src-main/testing/till.ts';

const folder = mkdtempSync(join(tmpdir(), 'kassa-commands-'));
const shop = join(folder, 'shop');
const out = join(folder, 'out.sqlite');

beforeAll(async () => {
  const till = await openTill({ dataDir: shop });
  await till.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Ran = { readonly status: number | null; readonly last: Readonly<Record<string, unknown>>; readonly said: string };

function run(command: string, ...args: string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, `${command}.ts`), ...args], { encoding: 'utf8' });
  const line = stdout.trimEnd().split('\n').at(-1) ?? '';
  return { status, last: line === '' ? {} : (JSON.parse(line) as Ran['last']), said: stderr };
}

test('backup and restore end with 0, 1 or 2, and their result is the last line', () => {
  expect(run('backup', '--data', shop).status).toBe(2);
  expect(run('backup', '--data', join(folder, 'nowhere'), '--out', out).status).toBe(1);
  expect(run('backup', '--data', shop, '--out', out, '--json')).toMatchObject({ status: 0, last: { file: out, checked: { pages: 'ok', journalHead: 'ok', receipts: 0, lastReceipt: null } } });
  expect(run('backup', '--data', shop, '--out', out, '--json')).toMatchObject({ status: 1, last: { problem: expect.stringContaining('not overwritten') } });
  expect(run('restore', join(folder, 'nothing.sqlite'), '--data', shop).status).toBe(2);
  expect(run('restore', join(shop, 'kassa.sqlite'), '--data', shop).status).toBe(2);
  expect(run('restore', out, '--data', shop, '--json')).toMatchObject({ status: 0, last: { database: join(shop, 'kassa.sqlite'), credentials: 'readable', putAside: expect.stringContaining('put-aside') } });
});

test('a folder whose restore was cut off is left to the next start by every command', () => {
  writeFileSync(join(shop, 'kassa-restoring.json'), '{"aside":"kassa-put-aside-x.sqlite"}');
  expect(run('verify', '--data', shop)).toMatchObject({ status: 1, said: expect.stringContaining('restore') });
});
