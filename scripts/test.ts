import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkAcceptance } from './acceptance.ts';
import { mutantNames } from '../src-main/testing/simulation/campaign.ts';
import { ensureChromium, ensureTestElectron } from './system.ts';
import { checkImportRules } from './import-rules.ts';
import { build, root, run, say, tool } from './lib.ts';

/*
 * Everything there is to check, in the order in which it is quickest to fail. Each suite's own tests are counted; a
 * check without tests of its own (types, lint, rules) counts as one. The last line is the sum.
 */
type Count = { readonly passed: number; readonly failed: number; readonly skipped: number };

const ci = process.env['KASSA_CI'] === '1';
/** Where the published specifications lie beside the project; there, a test that skips has failed. */
const hasReference = existsSync(join(root, '..', 'shared', 'design'));
const node = process.execPath;
/** One suite alone, by its name. */
const wanted = process.env['KASSA_ONLY'];

const one = (good: boolean): Count => ({ passed: good ? 1 : 0, failed: good ? 0 : 1, skipped: 0 });
const skipped = (sentence: string): Count => {
  say(`  skipped: ${sentence}`);
  return { passed: 0, failed: 0, skipped: 1 };
};

const command = async (program: string, ...args: string[]): Promise<Count> => one((await run(program, args, { quiet: true })).code === 0);

function importRules(): Promise<Count> {
  const { modules, findings } = checkImportRules(root);
  for (const { rule, from, to } of findings) say(`  ${rule}: ${from} imports ${to}`);
  if (modules === 0) say('  the import check saw no modules');
  return Promise.resolve(one(modules > 0 && findings.length === 0));
}

type VitestReport = { readonly numPassedTests: number; readonly numFailedTests: number; readonly numPendingTests: number; readonly numFailedTestSuites: number };

async function units(): Promise<Count> {
  const report = join(root, 'test-results', 'units.json');
  const { code } = await run(node, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], {
    env: { PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}` },
  });
  if (!existsSync(report)) return one(false);
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
  // A suite that could not be loaded has no failed test of its own.
  const failed = code !== 0 && numFailedTests === 0 ? Math.max(1, numFailedTestSuites) : numFailedTests;
  return { passed: numPassedTests, failed, skipped: numPendingTests };
}

type PlaywrightReport = { readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number; readonly skipped: number } };

async function playwright(host: 'browser' | 'electron', electronFolder: string | null): Promise<Count> {
  const report = join(root, 'test-results', `${host}.json`);
  const args = [join(root, 'node_modules/@playwright/test/cli.js'), 'test', '--reporter=list,json'];
  const env = { KASSA_E2E_HOST: host, PLAYWRIGHT_JSON_OUTPUT_NAME: report, ...(electronFolder === null ? {} : { ELECTRON_OVERRIDE_DIST_PATH: electronFolder }) };
  const needsDisplay = host === 'electron' && process.platform === 'linux' && !process.env['DISPLAY'];
  const { code } = needsDisplay ? await run('xvfb-run', ['-a', node, ...args], { env }) : await run(node, args, { env });
  if (!existsSync(report)) return one(false);
  const { stats } = JSON.parse(readFileSync(report, 'utf8')) as PlaywrightReport;
  const failed = stats.unexpected;
  if (stats.flaky > 0) say(`  ${stats.flaky} of the stories passed only when they were told again`);
  return { passed: stats.expected + stats.flaky, failed: code !== 0 && failed === 0 ? 1 : failed, skipped: stats.skipped };
}

const simulate = (quiet: true | 'always', ...args: readonly string[]) => run(node, [join(root, 'scripts/simulate.ts'), ...args, '--json'], { quiet });

const realKills = (): Promise<Count> => command(node, join(root, 'scripts/test-kill.ts'), '--rounds', '8');
/** Killed tills are mostly waited for: they die beside the simulation and its mutants, which need the cores. */
let killed: Promise<Count> | null = null;

/** Days that are the same in every run, and beside them new ones for a quarter of a minute. */
async function simulation(): Promise<Count> {
  if (wanted === undefined) killed = realKills();
  const ran = await Promise.all([simulate(true, '--seed', '1', '--runs', '200'), simulate(true, '--seed', String(Date.now() % 1_000_000_000), '--seconds', '15')]);
  for (const { stdout } of ran) {
    const { seed, runs, payments } = JSON.parse(stdout) as { readonly seed: number; readonly runs: number; readonly payments: number };
    say(`  ${runs} days from seed ${seed}, ${payments} payments`);
  }
  const failed = ran.filter(({ code }) => code !== 0).length;
  return { passed: ran.length - failed, failed, skipped: 0 };
}

/** Each planted fault has to be found by the simulation; one that is not shows where it is blind. Two at a time, on two cores. */
async function mutants(): Promise<Count> {
  // A fifth of them each day, all of them in five; with KASSA_ALL_MUTANTS=1 at once. The one that takes longest to be found begins first.
  const today = Math.floor(Date.now() / 86_400_000) % 5;
  const names = mutantNames()
    .map(([name]) => name)
    .filter((_, index) => process.env['KASSA_ALL_MUTANTS'] === '1' || index % 5 === today)
    .toSorted((one, other) => Number(other === 'keep-the-epoch') - Number(one === 'keep-the-epoch'));
  const waiting = [...names];
  const missed: string[] = [];
  async function work(): Promise<void> {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const { stdout } = await simulate('always', '--mutant', name, '--runs', '600', '--seed', '1');
      const { violations } = JSON.parse(stdout) as { readonly violations: readonly unknown[] };
      if (violations.length === 0) missed.push(name);
    }
  }
  await Promise.all([work(), work()]);
  for (const name of missed) say(`  the simulation does not find the mutant ${name}`);
  return { passed: names.length - missed.length, failed: missed.length, skipped: 0 };
}

/** What the stories need of the machine is fetched while other tests run: first the browser, then Electron, as only one can install at a time. */
const chromium = wanted === undefined || wanted === 'the story in Chromium' ? ensureChromium(ci) : Promise.resolve(null);
const electron = chromium.then(() => (ci || process.env['KASSA_ELECTRON'] === '1' ? ensureTestElectron() : null));
// Whoever waits for it is told.
electron.catch(() => undefined);

/** Alone, so that what it measures is not what the others take. */
async function hardwareLab(): Promise<Count> {
  if (!ci) return skipped('the virtual USB lab runs with KASSA_CI=1 or by "npm run test:hardware".');
  await electron.catch(() => null);
  const lab = async (): Promise<Count> => {
    const { stdout } = await run(node, [join(root, 'scripts/test-hardware.ts'), '--json']);
    const last = stdout.trim().split('\n').at(-1) ?? '';
    return last.startsWith('{') ? (JSON.parse(last) as Count) : one(false);
  };
  const first = await lab();
  if (first.failed === 0) return first;
  // Its scanner sends fifty codes a second only on a machine that lets it: like a story, it is told once more, and that is said.
  say('  the lab failed; once more ...');
  const second = await lab();
  if (second.failed === 0) say('  the lab passed only when it was run again');
  return second;
}

async function browserStory(): Promise<Count> {
  if (!(await chromium)) return skipped('the story in the browser needs Chromium. Install chromium, or set KASSA_CHROMIUM to one.');
  await build('all');
  return playwright('browser', null);
}

async function electronStory(): Promise<Count> {
  if (!ci && process.env['KASSA_ELECTRON'] !== '1') {
    return skipped('the story in Electron runs with KASSA_CI=1 or by "npm run test:electron".');
  }
  const folder = await electron;
  if (folder === null) return skipped('there is no Electron on this machine and none could be fetched.');
  await build('all');
  return playwright('electron', folder);
}

const all = [
  ['types', () => command(node, join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', root)],
  ['lint', () => command(tool('oxlint'), '--type-aware', root)],
  ['import rules', importRules],
  ['nothing unused', () => command(node, join(root, 'node_modules/knip/bin/knip.js'))],
  ['units', units],
  ['simulation', simulation],
  ['mutants', mutants],
  ['real kills', () => killed ?? realKills()],
  ['the virtual USB lab', hardwareLab],
  ['the story in Chromium', browserStory],
  ['the story in Electron', electronStory],
  ['numbered points', () => Promise.resolve(one(checkAcceptance()))],
] as const;

/** What a suite counted; one that could not be run has failed, and says why. */
const counted = (suite: () => Promise<Count>): Promise<Count> =>
  suite().catch((error: unknown): Count => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return one(false);
  });

rmSync(join(root, 'test-results'), { recursive: true, force: true });
/** The checks that run no code of ours need nothing of each other, and each leaves a core idle for a while. */
const together = ['types', 'lint', 'nothing unused'];
const begun = new Map(wanted === undefined ? all.filter(([name]) => together.includes(name)).map(([name, suite]) => [name, counted(suite)] as const) : []);
const total = { passed: 0, failed: 0, skipped: 0 };
const times: string[] = [];
for (const [name, suite] of all) {
  if (wanted !== undefined && wanted !== name) continue;
  say(`\n${name} ...`);
  const started = Date.now();
  const count = await (begun.get(name) ?? counted(suite));
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  times.push(`${seconds.padStart(7)} s  ${name}`);
  say(`${name}: ${count.passed} passed, ${count.failed} failed${count.skipped > 0 ? `, ${count.skipped} skipped` : ''} (${seconds} s)`);
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
}
say(`\n${times.join('\n')}`);
if (ci && hasReference && total.skipped > 0) {
  say('Something was skipped although everything it needs is here: that is a failure.');
  total.failed += total.skipped;
  total.skipped = 0;
}
process.stdout.write(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}\n`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
