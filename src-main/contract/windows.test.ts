import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CallSpec } from './define.ts';
import { calls } from './index.ts';

test('the customer’s window in Electron may ask exactly what the contract lets a customer ask', () => {
  const preload = readFileSync(join(import.meta.dirname, '../../src-preload/customer.ts'), 'utf8');
  const [, list = ''] = /allowed: readonly string\[\] = \[([^\]]*)\]/.exec(preload) ?? [];
  const allowed = [...list.matchAll(/'([^']+)'/g)].map(([, name]) => name).toSorted((one = '', other = '') => one.localeCompare(other));
  const wanted = Object.entries(calls as Readonly<Record<string, CallSpec>>).filter(([, { windows }]) => windows.includes('customer')).map(([name]) => name).toSorted((one = '', other = '') => one.localeCompare(other));
  expect(allowed).toEqual(wanted);
});
