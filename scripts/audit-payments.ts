import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWindow, startProgram, type Window } from './kill/program.ts';
import { startProviders, type KilledProvider, type Ledger } from './kill/providers.ts';
import { build, finish, root, run, say, usage } from './lib.ts';
import { readOptions } from './options.ts';

/*
 * Sells through a faulty network with the real program, then audits it as an outsider would: from what `dump` prints and what the
 * providers' sandboxes say of themselves, and from nothing else. It shares no code with the engine, the storage or the checks.
 */
const { values } = readOptions('audit-payments', { payments: { type: 'string' }, json: { type: 'boolean' } } as const);
const wanted = Number(values.payments ?? 200);
if (!Number.isSafeInteger(wanted) || wanted < 1) usage(`audit-payments: --payments is a whole number above 0, not "${values.payments ?? ''}".`);

const folder = mkdtempSync(join(tmpdir(), 'kassa-audit-'));
const dataDir = join(folder, 'shop');
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const chance = (share: number): boolean => Math.random() < share;
const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;

await build('renderer');
const providers = await startProviders(folder);
const sandboxes = Object.fromEntries(providers.map(({ kind, addresses }) => [kind, addresses]));
const options = { dataDir, headless: true, port: 0, version: '0.0.0', firstShop: 'demo', language: 'en', pagesDir: join(root, 'dist/renderer'), sandboxes };
const till = await startProgram<{ readonly cashier: string }>([join(root, 'src-main/testing/kill-till.ts'), JSON.stringify(options)]);
const window = await openWindow(till.ready.cashier);
const admin = (await window.call('staff.list', {})).find((one) => one.role === 'admin');
await window.call('session.sign-in', { staffId: admin?.id ?? '', pin: '3333' });
for (const { prepare } of providers) await prepare(window);

const faults: Record<string, number> = {};
/** What a bad network and a bad day do to the next request. */
async function trouble(provider: KilledProvider): Promise<void> {
  if (!chance(0.5)) return;
  const kind = pick(['drop-answer', 'drop-request', 'delay', 'status', 'garbage', 'restart', 'drop-answer']);
  faults[kind] = (faults[kind] ?? 0) + 1;
  const body = { kind, times: chance(0.2) ? 3 : 1, ...(kind === 'delay' ? { value: 900 } : kind === 'status' ? { value: pick([500, 503, 429]) } : {}) };
  await fetch(`${provider.addresses.control}/faults`, { method: 'POST', body: JSON.stringify(body) });
}

let serial = 0;
const nextId = (): string => `audit-${process.pid}-${(serial += 1)}`;
const ended = new Set(['paid', 'cancelled', 'declined', 'expired', 'released', 'reversed', 'not-started']);

async function settled(attemptId: string, provider: KilledProvider): Promise<void> {
  const endMs = Date.now() + 90_000;
  for (;;) {
    const payment = await window.call('payment.current', {});
    if (payment?.attemptId !== attemptId || ended.has(payment.state)) return;
    if (Date.now() > endMs - 75_000) await provider.customer('approve');
    if (Date.now() > endMs) throw new Error(`a payment is still ${payment.state}`);
    await sleep(40);
  }
}

/** One receipt, paid by app in whole or in part, cancelled, declined; now and then given back. */
async function sell(on: Window): Promise<void> {
  const provider = pick(providers);
  await on.call('sale.add-code', { code: pick(['2910000000031', '2910000000017']), source: 'scan' }).catch(() => on.call('sale.add-code', { code: '2910000000031', source: 'scan' }));
  await trouble(provider);
  const due = (await on.call('sale.current', {})).totals.dueMinor;
  const amountMinor = chance(0.2) && due > 1 ? Math.ceil(due / 2) : due;
  const started = await on.call('payment.start', { requestId: nextId(), tenderId: provider.kind, amountMinor });
  await sleep(Math.random() * 400);
  const mind = Math.random();
  if (mind < 0.12) await on.call('payment.cancel', { attemptId: started.attemptId });
  if (mind > 0.08 && mind < 0.2) await provider.customer('decline');
  else await provider.customer('approve');
  await settled(started.attemptId, provider);
  const { totals, lines } = await on.call('sale.current', {});
  if (lines.length > 0) await on.call('payment.start', { requestId: nextId(), tenderId: 'cash', amountMinor: totals.cashDueMinor });
  if (chance(0.2)) await giveBack(on, provider);
}

async function giveBack(on: Window, provider: KilledProvider): Promise<void> {
  const last = await on.call('receipt.last', {});
  const { posts } = await on.call('refund.of-receipt', { receiptId: last?.receiptId ?? '' });
  const [post] = posts.filter((one) => one.not === null);
  if (!post) return;
  await trouble(provider);
  await on.call('refund.start', { requestId: nextId(), postId: post.postId, amountMinor: chance(0.5) ? post.leftMinor : Math.ceil(post.leftMinor / 2), reason: 'Brought back' });
}

type Post = { readonly provider: string; readonly reference: string; readonly kind: string; readonly amountMinor: number; readonly currency: string; readonly receipt: string | null; readonly of?: string };
type Dump = {
  readonly posts: readonly Post[];
  readonly receipts: readonly { readonly id: string; readonly state: string; readonly totalMinor: number; readonly roundingMinor: number; readonly tipMinor: number; readonly number: number | null; readonly posts: readonly { readonly amountMinor: number }[] }[];
  readonly attempts: readonly { readonly id: string; readonly state: string }[];
  readonly refunds: readonly { readonly id: string; readonly state: string; readonly amountMinor: number }[];
};

/** The books against what a provider says, by their two papers alone. Refunds that wait for a manager are told apart. */
function differences(kind: string, dump: Dump, ledger: Ledger): readonly string[] {
  const found: string[] = [];
  const by = <T extends { readonly reference: string }>(list: readonly T[]): Map<string, T[]> => {
    const groups = new Map<string, T[]>();
    for (const one of list) groups.set(one.reference, [...(groups.get(one.reference) ?? []), one]);
    return groups;
  };
  const own = dump.posts.filter((one) => one.provider === kind);
  const taken = by(own.filter((one) => one.kind !== 'refunded'));
  const captured = by(ledger.filter((one) => one.kind === 'captured'));
  for (const [reference, [there, ...more]] of captured) {
    const here = taken.get(reference) ?? [];
    if (more.length > 0) found.push(`${kind} ${reference}: the provider counts it ${more.length + 1} times`);
    if (here.length !== 1) found.push(`${kind} ${reference}: in the books ${here.length} times`);
    else if (here[0]?.amountMinor !== there?.amountMinor) found.push(`${kind} ${reference}: ${there?.amountMinor} there, ${here[0]?.amountMinor} here`);
  }
  for (const reference of taken.keys()) if (!captured.has(reference)) found.push(`${kind} ${reference}: in the books, and the provider has no such money`);
  const sum = (list: readonly { readonly amountMinor: number }[]): number => list.reduce((all, one) => all + one.amountMinor, 0);
  for (const reference of new Set([...ledger, ...own].flatMap((one) => (one.kind === 'refunded' ? [one.of ?? ''] : [])))) {
    const there = sum(ledger.filter((one) => one.kind === 'refunded' && one.of === reference));
    const here = sum(own.filter((one) => one.kind === 'refunded' && one.of === reference));
    if (there !== here) found.push(`${kind} ${reference}: ${there} given back there, ${here} here`);
  }
  return found;
}

function ownBooks(dump: Dump): readonly string[] {
  const found: string[] = [];
  for (const receipt of dump.receipts.filter((one) => one.state === 'completed')) {
    const paid = receipt.posts.reduce((all, one) => all + one.amountMinor, 0);
    if (paid !== receipt.totalMinor + receipt.roundingMinor + receipt.tipMinor) found.push(`receipt ${receipt.number}: ${paid} paid of ${receipt.totalMinor}`);
  }
  const numbers = dump.receipts.flatMap((one) => (one.number === null ? [] : [one.number])).sort((a, b) => a - b);
  if (numbers.some((number, index) => number !== index + 1)) found.push('the receipts are not numbered from 1 without a gap');
  for (const one of dump.attempts) if (!ended.has(one.state)) found.push(`payment ${one.id} is ${one.state}`);
  return found;
}

/** Refunds in doubt are looked up in the provider's papers and decided, as a manager does. */
async function decideDoubts(): Promise<void> {
  await sleep(61_000);
  const { rows } = await window.call('receipt.list', { text: '', limit: 100 });
  for (const { receiptId } of rows) {
    const { posts, refunds } = await window.call('refund.of-receipt', { receiptId });
    for (const doubt of refunds.filter((one) => one.needsDecision)) {
      const post = posts.find((one) => one.postId === doubt.postId);
      const ledger = await providers.find(({ kind }) => kind === doubt.tenderKind)?.ledger();
      const known = new Set(refunds.map((one) => one.providerReference));
      const given = (ledger ?? []).some((one) => one.kind === 'refunded' && one.of === post?.reference && one.amountMinor === doubt.amountMinor && !known.has(one.reference));
      await window.call('refund.decide', { refundId: doubt.refundId, given, note: 'Looked it up' });
    }
  }
}

const findings: string[] = [];
let dumped: Dump | null = null;
try {
  for (let sold = 1; sold <= wanted; sold += 1) {
    await sell(window);
    if (sold % 20 === 0) say(`audit-payments: ${sold} of ${wanted}`);
  }
  for (const { noFaults } of providers) await noFaults();
  await decideDoubts();
  const dump = await run(process.execPath, [join(root, 'scripts/dump.ts'), '--data', dataDir, '--json'], { quiet: true });
  dumped = JSON.parse(dump.stdout.trim().split('\n').at(-1) ?? '{}') as Dump;
  findings.push(...ownBooks(dumped));
  for (const { kind, ledger } of providers) findings.push(...differences(kind, dumped, await ledger()));
} finally {
  await till.killGroup();
  await Promise.all(providers.map((one) => one.end()));
}
for (const finding of findings) say(`audit-payments: ${finding}`);
if (findings.length > 0) say(`audit-payments: the folder is left at ${folder}`);
else rmSync(folder, { recursive: true, force: true });
const result = { payments: dumped.attempts.length, receipts: dumped.receipts.length, refunds: dumped.refunds.length, faults, findings };
say(`audit-payments: ${result.payments} payments, ${result.receipts} receipts, ${result.refunds} refunds, ${Object.values(faults).reduce((all, one) => all + one, 0)} faults; ${findings.length} differences`);
await finish(values.json === true ? result : null, findings.length > 0 ? 1 : 0);
