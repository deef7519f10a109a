import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dumpShop, verifyShop } from '../src-main/app/commands/audit.ts';
import { build, finish, root, say, usage } from './lib.ts';
import { openWindow, startProgram, type Window } from './kill/program.ts';
import { readOptions } from './options.ts';

/*
 * The real program over a real folder, with the provider in a process of its own: killed with SIGKILL in the middle of real
 * sales, payments and refunds, started again, and its books laid beside the provider's.
 */
const { values } = readOptions('test:kill', { rounds: { type: 'string' }, json: { type: 'boolean' } } as const);
const rounds = Number(values.rounds ?? 20);
if (!Number.isSafeInteger(rounds) || rounds < 1) usage(`test:kill: --rounds is a whole number above 0, not "${values.rounds ?? ''}".`);

/** What is under way when the plug is pulled. SEQR takes its money in one step: nothing is ever captured apart. */
const moments = ['starting', 'waiting', 'cancelling', 'refunding', 'completing'] as const;
type Moment = (typeof moments)[number];

type Ready = { readonly cashier: string };
type Sandbox = { readonly baseUrl: string; readonly control: string; readonly phone: string };
type Post = { readonly provider: string; readonly reference: string; readonly kind: string; readonly amountMinor: number; readonly of?: string };
type Ledger = readonly { readonly reference: string; readonly kind: string; readonly amountMinor: number; readonly of?: string }[];

const folder = mkdtempSync(join(tmpdir(), 'kassa-kill-'));
const dataDir = join(folder, 'shop');
const database = join(dataDir, 'kassa.sqlite');
const sticker = '009900027777';
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

await build('all');
const provider = await startProgram<Sandbox>([join(root, 'scripts/sandbox.ts'), 'seqr', '--state', join(folder, 'provider.json')]);
const { baseUrl, control, phone } = provider.ready;
const post = (path: string, body: object): Promise<Response> => fetch(`${control}${path}`, { method: 'POST', body: JSON.stringify(body) });
const customer = (action: string): Promise<Response> => post('/customer', { action, ref: sticker });
const noFaults = (): Promise<Response> => fetch(`${control}/faults`, { method: 'DELETE' });
const ledgerNow = async (): Promise<Ledger> => ((await (await fetch(`${control}/state`)).json()) as { readonly ledger: Ledger }).ledger;

const options = { dataDir, headless: true, port: 0, version: '0.0.0', firstShop: 'demo', language: 'en', pagesDir: join(root, 'dist/renderer'), sandboxes: { seqr: { baseUrl, control, phone } } };
const startTill = () => startProgram<Ready>([join(root, 'dist/main/hosts/browser/entry.js'), `--kassa=${JSON.stringify(options)}`]);

async function signIn(window: Window): Promise<void> {
  const admin = (await window.call('staff.list', {})).find((one) => one.role === 'admin');
  await window.call('session.sign-in', { staffId: admin?.id ?? '', pin: '3333' });
}

let serial = 0;
async function sell(window: Window): Promise<number> {
  await window.call('sale.add-code', { code: '2910000000031', source: 'scan' });
  return (await window.call('sale.current', {})).totals.dueMinor;
}
const nextId = (): string => `kill-${process.pid}-${(serial += 1)}`;

async function untilWaiting(window: Window): Promise<string> {
  const endMs = Date.now() + 10_000;
  for (;;) {
    const payment = await window.call('payment.current', {});
    if (payment?.state === 'waiting') return payment.attemptId;
    if (Date.now() > endMs) throw new Error(`the payment never waited: it is ${payment?.state ?? 'gone'}`);
    await sleep(10);
  }
}

/** Sells with cash until nobody answers any more. */
async function sellOn(window: Window): Promise<void> {
  for (;;) {
    const due = await sell(window);
    await window.call('payment.start', { requestId: nextId(), tenderId: 'cash', amountMinor: due });
  }
}

/** Brings the till to the moment; what is in flight then is cut off. */
async function upTo(moment: Moment, window: Window): Promise<void> {
  if (moment === 'completing') {
    void sellOn(window).catch(() => undefined);
    return sleep(Math.random() * 120);
  }
  if (moment === 'starting') await post('/faults', { kind: 'delay', match: 'sendInvoice', value: 150 });
  window.send('payment.start', { requestId: nextId(), tenderId: 'seqr', amountMinor: await sell(window) });
  if (moment === 'starting') return sleep(Math.random() * 200);
  const attemptId = await untilWaiting(window);
  if (moment === 'waiting') {
    if (Math.random() < 0.6) await customer('approve');
    return sleep(Math.random() * 1_300);
  }
  if (moment === 'cancelling') {
    await customer('confirm');
    window.send('payment.cancel', { attemptId });
    return sleep(Math.random() * 300);
  }
  await customer('approve');
  while ((await window.call('payment.current', {})) !== null) await sleep(10);
  const last = await window.call('receipt.last', {});
  const { posts } = await window.call('refund.of-receipt', { receiptId: last?.receiptId ?? '' });
  const [paid] = posts;
  await post('/faults', { kind: 'delay', match: 'refundPayment', value: 150 });
  window.send('refund.start', { requestId: nextId(), postId: paid?.postId ?? '', amountMinor: paid?.leftMinor ?? 0, reason: 'Brought back' });
  return sleep(Math.random() * 250);
}

type Dump = { readonly posts: readonly Post[]; readonly attempts: readonly { readonly state: string }[]; readonly refunds: readonly { readonly state: string }[] };
function books(): Dump {
  const answer = dumpShop(database, new Date(0).toISOString());
  if ('problem' in answer) throw new Error(answer.problem);
  return answer.found as Dump;
}

const finished = new Set(['paid', 'cancelled', 'declined', 'expired', 'released', 'reversed', 'not-started']);
const unfinishedIn = ({ attempts, refunds }: Dump): readonly string[] => [
  ...attempts.filter(({ state }) => !finished.has(state)).map(({ state }) => state),
  ...refunds.filter(({ state }) => state !== 'refunded' && state !== 'refused').map(() => 'refunding'),
];

/** Waits until nothing is in doubt any more; a customer who has not paid by then says no. Answers how long it took, ms. */
async function recovered(window: Window): Promise<number> {
  const startedMs = Date.now();
  while (unfinishedIn(books()).length > 0) {
    await customer('decline');
    await customer('cancel');
    if (Date.now() - startedMs > 60_000) throw new Error(`after a minute there is still ${unfinishedIn(books()).join(', ')}`);
    await sleep(25);
  }
  const { totals, lines } = await window.call('sale.current', {});
  if (lines.length > 0) await window.call('payment.start', { requestId: nextId(), tenderId: 'cash', amountMinor: totals.cashDueMinor });
  return Date.now() - startedMs;
}

/** What the two sides do not agree about. */
function differences(posts: readonly Post[], ledger: Ledger): { readonly lost: readonly string[]; readonly doubled: readonly string[] } {
  const own = posts.filter((one) => one.provider === 'seqr');
  const sum = (list: readonly { readonly amountMinor: number }[]): number => list.reduce((all, one) => all + one.amountMinor, 0);
  const lost: string[] = [];
  const doubled: string[] = [];
  for (const taken of ledger.filter((one) => one.kind === 'captured')) {
    const here = own.filter((one) => one.reference === taken.reference && one.kind !== 'refunded');
    if (here.length === 0) lost.push(taken.reference);
    if (here.length > 1 || (here.length === 1 && sum(here) !== taken.amountMinor)) doubled.push(taken.reference);
    const back = [sum(ledger.filter((one) => one.of === taken.reference)), sum(own.filter((one) => one.kind === 'refunded' && one.of === taken.reference))];
    if ((back[0] ?? 0) > (back[1] ?? 0)) lost.push(`refund of ${taken.reference}`);
    if ((back[1] ?? 0) > (back[0] ?? 0)) doubled.push(`refund of ${taken.reference}`);
  }
  for (const one of own) if (one.kind === 'captured' && !ledger.some((taken) => taken.reference === one.reference)) doubled.push(`${one.reference} is on a receipt only`);
  return { lost, doubled };
}

const byState: Record<string, number> = {};
const recoveries: number[] = [];
const findings: string[] = [];
let lost = 0;
let doubled = 0;
try {
  for (let round = 0; round < rounds; round += 1) {
    const moment = moments[round % moments.length] ?? 'completing';
    const till = await startTill();
    const window = await openWindow(till.ready.cashier);
    await signIn(window);
    if (round === 0) {
      await window.call('provider.terminal', { kind: 'seqr', action: 'register', values: {} });
      await window.call('provider.terminal', { kind: 'seqr', action: 'assign', values: { seqrId: sticker } });
    }
    await noFaults();
    await upTo(moment, window);
    await till.killGroup();
    await noFaults();
    const [state = 'completing'] = unfinishedIn(books());
    byState[state] = (byState[state] ?? 0) + 1;
    // Some customers pay while the till is dead.
    if (Math.random() < 0.5) await customer('approve');
    const again = await startTill();
    const back = await openWindow(again.ready.cashier);
    await signIn(back);
    recoveries.push(await recovered(back));
    await again.killGroup();
    const wrong = differences(books().posts, await ledgerNow());
    ({ lost, doubled } = { lost: wrong.lost.length, doubled: wrong.doubled.length });
    for (const one of [...wrong.lost, ...wrong.doubled]) findings.push(`round ${round + 1} (${state}): ${one}`);
    const verified = verifyShop(database);
    if ('problem' in verified) findings.push(verified.problem);
    else for (const { where, what } of verified.found.findings) findings.push(`round ${round + 1} (${state}): ${where}: ${what}`);
    if (findings.length > 0) break;
    if ((round + 1) % 10 === 0) say(`test:kill: ${round + 1} of ${rounds} rounds`);
  }
} finally {
  await provider.killGroup();
}
recoveries.sort((a, b) => a - b);
const at = (share: number): number => recoveries[Math.min(recoveries.length - 1, Math.floor(recoveries.length * share))] ?? 0;
const recoveryMs = { p50: at(0.5), p99: at(0.99), max: recoveries.at(-1) ?? 0 };
for (const finding of findings) say(`test:kill: ${finding}`);
if (findings.length > 0) say(`test:kill: the folder is left at ${folder}`);
else rmSync(folder, { recursive: true, force: true });
say(`test:kill: ${recoveries.length} rounds, ${Object.entries(byState).map(([state, times]) => `${times} ${state}`).join(', ')}; ${lost} lost, ${doubled} doubled; recovery p50 ${recoveryMs.p50} ms, max ${recoveryMs.max} ms`);
await finish(values.json === true ? { rounds: recoveries.length, byState, lost, doubled, recoveryMs } : null, findings.length > 0 ? 1 : 0);
