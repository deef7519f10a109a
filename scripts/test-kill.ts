import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyShop } from '../src-main/app/commands/audit.ts';
import { booksOf, differences, unfinishedIn } from './kill/books.ts';
import { moments, nextId, sleep, upTo } from './kill/moments.ts';
import { openWindow, startProgram, type Window } from './kill/program.ts';
import { startProviders } from './kill/providers.ts';
import { build, finish, root, say, usage } from './lib.ts';
import { readOptions } from './options.ts';

/*
 * The real program over a real folder, with the providers in processes of their own: its whole process group killed with SIGKILL
 * in the middle of real sales, payments and refunds, started again, and its books laid beside the providers'.
 */
const { values } = readOptions('test:kill', { rounds: { type: 'string' }, json: { type: 'boolean' } } as const);
const rounds = Number(values.rounds ?? 20);
if (!Number.isSafeInteger(rounds) || rounds < 1) usage(`test:kill: --rounds is a whole number above 0, not "${values.rounds ?? ''}".`);

type Ready = { readonly cashier: string };

const folder = mkdtempSync(join(tmpdir(), 'kassa-kill-'));
const dataDir = join(folder, 'shop');
const database = join(dataDir, 'kassa.sqlite');

await build('renderer');
const providers = await startProviders(folder);
const sandboxes = Object.fromEntries(providers.map(({ kind, addresses }) => [kind, addresses]));
const options = { dataDir, headless: true, port: 0, version: '0.0.0', firstShop: 'demo', language: 'en', pagesDir: join(root, 'dist/renderer'), sandboxes };
const startTill = () => startProgram<Ready>([join(root, 'src-main/testing/kill-till.ts'), JSON.stringify(options)]);

async function signIn(window: Window): Promise<void> {
  const admin = (await window.call('staff.list', {})).find((one) => one.role === 'admin');
  await window.call('session.sign-in', { staffId: admin?.id ?? '', pin: '3333' });
}

/** Waits until nothing is in doubt any more; a customer who has not paid by then says no. Answers how long it took, ms. */
async function recovered(window: Window): Promise<number> {
  const startedMs = Date.now();
  while (unfinishedIn(booksOf(database)).length > 0) {
    for (const { customer } of providers) await Promise.all([customer('decline'), customer('cancel')]);
    if (Date.now() - startedMs > 100_000) throw new Error(`after long there is still ${unfinishedIn(booksOf(database)).join(', ')}`);
    await sleep(25);
  }
  const { totals, lines } = await window.call('sale.current', {});
  if (lines.length > 0) await window.call('payment.start', { requestId: nextId(), tenderId: 'cash', amountMinor: totals.cashDueMinor });
  return Date.now() - startedMs;
}

const noFaults = () => Promise.all(providers.map((one) => one.noFaults()));

/** One life cut off and the next one; answers the state that was cut off. */
async function round(index: number): Promise<string> {
  const moment = moments[index % moments.length] ?? 'completing';
  // Not every provider holds money before it is taken.
  const able = moment === 'capturing' ? providers.filter(({ wire }) => wire.capture !== null) : providers;
  const provider = able[Math.floor(index / moments.length) % able.length];
  if (!provider) throw new Error('test:kill: no provider');
  const till = await startTill();
  const window = await openWindow(till.ready.cashier);
  await signIn(window);
  if (index === 0) for (const { prepare } of providers) await prepare(window);
  await noFaults();
  await upTo(moment, window, provider);
  await till.killGroup();
  await noFaults();
  const [state = 'completing'] = unfinishedIn(booksOf(database));
  // Some customers pay while the till is dead.
  if (Math.random() < 0.5) await provider.customer('approve');
  const again = await startTill();
  const back = await openWindow(again.ready.cashier);
  await signIn(back);
  recoveries.push(await recovered(back));
  await again.killGroup();
  return state;
}

/** What is wrong in the books after a round. */
async function audit(): Promise<readonly string[]> {
  const found: string[] = [];
  const books = booksOf(database);
  const all = await Promise.all(providers.map(async ({ kind, ledger }) => differences(kind, books, await ledger())));
  lost = all.reduce((count, one) => count + one.lost.length, 0);
  doubled = all.reduce((count, one) => count + one.doubled.length, 0);
  found.push(...all.flatMap((one) => [...one.lost.map((what) => `lost: ${what}`), ...one.doubled.map((what) => `doubled: ${what}`)]));
  const verified = verifyShop(database);
  if ('problem' in verified) found.push(verified.problem);
  else found.push(...verified.found.findings.map(({ where, what }) => `${where}: ${what}`));
  return found;
}

const byState: Record<string, number> = {};
const recoveries: number[] = [];
const findings: string[] = [];
let lost = 0;
let doubled = 0;
try {
  for (let index = 0; index < rounds && findings.length === 0; index += 1) {
    const state = await round(index);
    byState[state] = (byState[state] ?? 0) + 1;
    for (const what of await audit()) findings.push(`round ${index + 1} (${state}): ${what}`);
    if ((index + 1) % 10 === 0) say(`test:kill: ${index + 1} of ${rounds} rounds`);
  }
} finally {
  await Promise.all(providers.map((one) => one.end()));
}
recoveries.sort((a, b) => a - b);
const at = (share: number): number => recoveries[Math.min(recoveries.length - 1, Math.floor(recoveries.length * share))] ?? 0;
const recoveryMs = { p50: at(0.5), p99: at(0.99), max: recoveries.at(-1) ?? 0 };
for (const finding of findings) say(`test:kill: ${finding}`);
if (findings.length > 0) say(`test:kill: the folder is left at ${folder}`);
else rmSync(folder, { recursive: true, force: true });
say(`test:kill: ${recoveries.length} rounds, ${Object.entries(byState).map(([state, times]) => `${times} ${state}`).join(', ')}; ${lost} lost, ${doubled} doubled; recovery p50 ${recoveryMs.p50} ms, max ${recoveryMs.max} ms`);
await finish(values.json === true ? { rounds: recoveries.length, byState, lost, doubled, recoveryMs } : null, findings.length > 0 ? 1 : 0);
