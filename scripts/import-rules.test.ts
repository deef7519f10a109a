import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkImportRules } from './import-rules.ts';
import { root } from './lib.ts';

/** Each line breaks one rule of the table: the file, what it imports, the rule that has to find it. */
const planted = [
  ['src-main/contract/planted.ts', '../core/money.ts', 'contract-is-a-leaf'],
  ['src-main/core/planted.ts', '../storage/database.ts', 'core-is-pure'],
  ['src-main/core/planted-library.ts', 'node:fs', 'core-libraries'],
  ['src-main/storage/planted.ts', '../adapters/clock.ts', 'storage-stays-home'],
  ['src-main/adapters/planted.ts', '../storage/database.ts', 'adapters-stay-home'],
  ['src-main/storage/migrations/0900-planted.ts', '../../core/money.ts', 'migrations-import-nothing'],
  ['src-main/hosts/browser/planted.ts', '../../storage/open.ts', 'hosts-know-app-and-contract'],
  ['src-main/app/planted.ts', '../testing/till.ts', 'testing-for-tests'],
  ['src-renderer/screens/staff/planted.tsx', '../sale/state.ts', 'no-screen-knows-another'],
  ['src-renderer/ui/planted.tsx', '../features/words/index.ts', 'ui-knows-only-itself'],
  ['src-renderer/features/planted.ts', '../../src-main/core/money.ts', 'renderer-knows-contract-types'],
] as const;

let tree: string;

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'kassa-rules-'));
  for (const folder of ['src-main', 'src-preload', 'src-renderer', 'e2e', 'tsconfig.json', 'package.json', '.dependency-cruiser.mjs']) {
    cpSync(join(root, folder), join(tree, folder), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

test('each planted violation is found by its own rule, type-only imports too', () => {
  for (const [file, imported] of planted) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), `import type * as planted from '${imported}';\nexport type Planted = typeof planted;\n`);
  }
  const { modules, findings } = checkImportRules(tree);
  expect(modules).toBeGreaterThan(100);
  for (const [file, , rule] of planted) {
    expect(findings.filter((finding) => finding.from === file).map((finding) => finding.rule)).toContain(rule);
  }
});

test('a tree in which nothing is seen is no success', () => {
  const empty = mkdtempSync(join(tmpdir(), 'kassa-empty-'));
  for (const folder of ['src-main', 'src-preload', 'src-renderer', 'e2e']) mkdirSync(join(empty, folder));
  cpSync(join(root, 'tsconfig.json'), join(empty, 'tsconfig.json'));
  expect(checkImportRules(empty).modules).toBe(0);
  rmSync(empty, { recursive: true });
});
