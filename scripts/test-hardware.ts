import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeImage } from './hardware/image.ts';
import { labPrograms } from './hardware/init.ts';
import { runMachine } from './hardware/machine.ts';
import { ensureLabParts, labObstacle } from './hardware/packages.ts';
import { noReport, problemsOf, shownFigures, sumOf, withLine, type LabReport } from './hardware/report.ts';
import { finish, say } from './lib.ts';
import { readOptions } from './options.ts';

/*
 * The virtual USB lab: Debian's kernel in qemu, with scanners and a printer at its USB ports that are programs too, and Kassa's own
 * code reading and printing through the kernel's drivers as it does in a shop.
 */
const { values } = readOptions('test:hardware', { json: { type: 'boolean' } } as const);
const ci = process.env['KASSA_CI'] === '1';
/** A machine that has not ended by itself after so many seconds hangs: it takes a minute, on busy processors two. */
const longestSeconds = 180;

async function end(counts: { readonly passed: number; readonly failed: number; readonly skipped: number }, figures: Readonly<Record<string, number>> = {}): Promise<never> {
  const { passed, failed, skipped } = counts;
  if (values.json === true) return finish({ passed, failed, skipped, figures }, failed > 0 ? 1 : 0);
  process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  return finish(null, failed > 0 ? 1 : 0);
}

async function skip(reason: string): Promise<never> {
  say(`  skipped: the virtual USB lab can't run: ${reason}.`);
  return end({ passed: 0, failed: 0, skipped: 1 });
}

function tell(before: LabReport, after: LabReport): void {
  for (const { case: name, problem, seconds, figures } of after.results.slice(before.results.length)) {
    say(`  ${problem === null ? '✓' : '✗'} ${name} (${[shownFigures(figures), `${seconds} s`].filter((one) => one !== '').join('; ')})`);
  }
}

const obstacle = labObstacle();
if (obstacle !== null) await skip(obstacle);
const parts = await ensureLabParts();
if (!parts) {
  if (!ci) await skip('the packages of a kernel and of qemu could not be fetched; check the network connection and try again');
  say('  the packages of a kernel and of qemu could not be fetched');
  await end({ passed: 0, failed: 1, skipped: 0 });
} else {
  const folder = mkdtempSync(join(tmpdir(), 'kassa-lab-'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const startedMs = performance.now();
  let report = noReport;
  const image = await makeImage(parts, folder);
  const machine = await runMachine(parts, image, folder, longestSeconds, (text) => {
    const before = report;
    report = withLine(report, text);
    tell(before, report);
  });
  const problems = problemsOf(report, machine, labPrograms);
  for (const problem of problems) say(`test:hardware: ${problem}`);
  if (problems.length > 0) say(`test:hardware: the end of the machine's console:\n${machine.console.slice(-4000)}`);
  const figures = sumOf(report.results);
  say(`test:hardware: ${shownFigures(figures)}; ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
  await end({ passed: report.results.filter(({ problem }) => problem === null).length, failed: problems.length, skipped: 0 }, figures);
}
