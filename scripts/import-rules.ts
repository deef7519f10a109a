import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './lib.ts';

export type ImportFinding = { readonly rule: string; readonly from: string; readonly to: string };
export type ImportRules = { readonly modules: number; readonly findings: readonly ImportFinding[] };

type Cruised = {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string; readonly to: string }[];
  };
};

/** Checks the import rules over a tree; `modules` of 0 means that nothing was seen, which is no success. */
export function checkImportRules(folder: string): ImportRules {
  const tool = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const folders = ['src-main', 'src-preload', 'src-renderer', 'e2e'];
  const args = ['--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json', ...folders];
  const done = spawnSync(process.execPath, [tool, ...args], { cwd: folder, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  if (done.stdout === '') throw new Error(`the import rules could not be checked: ${done.stderr}`);
  const { summary } = JSON.parse(done.stdout) as Cruised;
  return {
    modules: summary.totalCruised,
    findings: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}
