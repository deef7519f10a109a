import { createHash } from 'node:crypto';
import { createWords } from '../adapters/words/index.ts';
import { createBus } from '../app/bus.ts';
import { openServices, type Services } from '../app/services.ts';
import { shopOfCountry } from '../app/set-up.ts';
import type { Result } from '../contract/errors.ts';
import type { CallInput, CallName, CallOutput } from '../contract/index.ts';
import { minor } from '../core/money.ts';
import type { PaymentProvider } from '../core/payments/provider.ts';
import type { RefundLimits } from '../core/ports/refund-limits.ts';
import type { Stores } from '../core/ports/stores.ts';
import type { Clock } from '../core/ports/world.ts';
import { countries } from '../core/countries/index.ts';
import { openDatabase, statementsOf, type Database } from '../storage/database.ts';
import { checkPayments, checkTasks } from '../storage/audit/payment-check.ts';
import { checkReturns } from '../storage/audit/return-check.ts';
import { migrate } from '../storage/migrate.ts';
import { migrations } from '../storage/migrations/index.ts';
import { storesOf } from '../storage/open.ts';
import { noMailer } from './no-mailer.ts';

const registerId = 'register';
const article = '2900000000018';
const epochMs = Date.parse('2026-03-02T09:00:00Z');
const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');

/** The till's real services over a database in memory and a clock that a test moves. It can be killed at any write and opened again. */
export type Bench = {
  readonly db: Database;
  try<N extends CallName>(name: N, input: CallInput<N>): Promise<Result<CallOutput<N>>>;
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** Puts articles worth so much on the counter. */
  sell(amountMinor: number): Promise<void>;
  /** Lets time pass, and all that waits for it happen. */
  pass(ms: number): Promise<void>;
  /** Pulls the plug at a write from now on: 1 just before the first, 2 just after it, 3 just before the second, ... */
  dieAtWrite(n: number): void;
  dead(): boolean;
  /** Ends this life without a word and begins another over the same data. */
  restart(): Promise<void>;
  /** What the money's invariants say of the database. */
  findings(): readonly unknown[];
  /** All that was said: answers, events, log, and every row of every table. */
  everythingSaid(): string;
};

/** Methods of the stores that write. */
const writes = new Set(['commit', 'saveAttempt', 'save', 'append', 'open']);

class Died extends Error {
  override readonly name = 'Died';
}

function fill(stores: Stores, provider: PaymentProvider): void {
  const { kind } = provider.capabilities;
  stores.shop.setMode('demo');
  stores.shop.save({ ...shopOfCountry('FI', 'fi', ''), name: 'Shop' });
  stores.shop.saveVatRates('FI', countries.FI.vat);
  stores.shop.saveRegister({ id: registerId, number: 1, name: '' });
  stores.shop.setThisRegister(registerId);
  stores.shop.saveTenders(registerId, ['cash', 'manual-card', kind].map((one, index) => ({ id: one, kind: one, name: '', colour: null, position: index + 1 })));
  stores.staff.save({ id: 'person', name: 'Person', role: 'admin', language: null, active: true, pinHash: 'plain' });
  stores.articles.save({ id: 'article', gtin: article, plu: '', name: 'Cent', group: 'Group', priceMinor: minor(1), vatClass: 'low', unit: 'piece', pricing: 'fixed', ageLimit: null, labels: [], active: true }, '2026-03-01');
  stores.providers.saveAccount({ id: 'account', provider: kind, name: kind, settings: {}, sealedSecrets: {} });
  stores.providers.saveTerminal({ id: 'terminal', accountId: 'account', provider: kind, registerId, externalId: '1', shared: false, settings: {}, sealedSecrets: {} });
}

export async function openBench(provider: PaymentProvider, refundLimits?: RefundLimits): Promise<Bench> {
  const db = openDatabase(':memory:');
  db.pragma('foreign_keys = ON');
  migrate(db, migrations, null, 0);
  const real = storesOf(db, sha256);
  real.transaction(() => fill(real, provider));
  const words = createWords();
  const said: string[] = [];
  let nowMs = 0;
  let lastId = 0;
  let life = 0;
  let services: Services | null = null;
  let untilDeath = Number.POSITIVE_INFINITY;
  let depth = 0;
  let dieBefore = false;
  const timers = new Set<{ readonly atMs: number; readonly work: () => void }>();

  function write<T>(own: number, work: () => T): T {
    if (own !== life || services === null) throw new Died();
    if (depth > 0) return work();
    untilDeath -= 1;
    const dies = untilDeath <= 0;
    const die = (): never => {
      services = null;
      throw new Died();
    };
    if (dies && dieBefore) return die();
    depth += 1;
    try {
      const done = work();
      return dies ? die() : done;
    } finally {
      depth -= 1;
    }
  }
  function guarded(own: number): Stores {
    const store = <T extends object>(target: T): T =>
      new Proxy(target, {
        get(of, name) {
          const value = Reflect.get(of, name) as unknown;
          if (typeof value !== 'function' || typeof name !== 'string' || !writes.has(name)) return value;
          return (...args: unknown[]) => write(own, () => (value as (...all: unknown[]) => unknown)(...args));
        },
      });
    const { transaction } = real;
    return { ...real, sales: store(real.sales), refunds: store(real.refunds), tasks: store(real.tasks), journal: store(real.journal), transaction: (work) => write(own, () => transaction(work)) };
  }

  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };

  async function open(): Promise<void> {
    life += 1;
    const own = life;
    untilDeath = Number.POSITIVE_INFINITY;
    const clock: Clock = {
      nowMs: () => epochMs + nowMs,
      monotonicMs: () => nowMs,
      after(ms, work) {
        const timer = { atMs: nowMs + ms, work: () => (own === life && services !== null ? work() : undefined) };
        timers.add(timer);
        return () => void timers.delete(timer);
      },
    };
    const bus = createBus();
    bus.subscribe('cashier', (name, payload) => said.push(JSON.stringify([name, payload])));
    const log = (message: string, fields?: object): number => said.push(JSON.stringify([message, fields]));
    // While it opens nothing dies.
    services = { dispatch: () => Promise.reject(new Died()), quitQuestion: () => null, trainingPhones: () => [], statusChanged: () => undefined, scannerBus: createBus(), close: () => Promise.resolve() };
    services = openServices({
      stores: guarded(own),
      ports: {
        clock,
        ids: { next: () => `id-${String((lastId += 1)).padStart(6, '0')}` },
        crypto: { hashPin: () => Promise.resolve('plain'), checkPin: () => Promise.resolve(true), sha256 },
        secrets: { seal: (plain) => `sealed:${Buffer.from(plain).toString('base64')}`, open: (sealed) => Buffer.from(sealed.slice('sealed:'.length), 'base64').toString() },
        log: { info: log, warn: log, error: log },
        words,
        barcodes: { code128: () => '', qr: () => '' },
        network: { online: () => true },
        mailer: noMailer,
      },
      randomHex: (bytes) => '0'.repeat(bytes * 2),
      devices: { printer: { state: () => 'absent', print: () => Promise.resolve({ ok: true }) }, drawer: { open: () => undefined, state: () => 'unknown' } },
      demo: null,
      guard: { damaged: () => undefined, backupFailed: () => false, scanners: () => null },
      phones: [],
      providers: [provider],
      ...(refundLimits ? { refundLimits } : {}),
      mode: 'demo',
      options: { host: 'browser', version: '0', language: 'en', pdf: { render: () => Promise.resolve(null) } },
      bus,
      startShop: () => Promise.resolve(),
      reopen: () => Promise.resolve(),
    });
    await services.dispatch('cashier', 'session.sign-in', { staffId: 'person', pin: '1111' });
    await settle();
  }

  const bench: Bench = {
    db,
    async try<N extends CallName>(name: N, input: CallInput<N>) {
      if (!services) throw new Died();
      const answer = await services.dispatch('cashier', name, input);
      said.push(JSON.stringify(answer));
      await settle();
      return answer as Result<CallOutput<N>>;
    },
    async call(name, input) {
      const answer = await bench.try(name, input);
      if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${JSON.stringify(answer.error.detail)}`);
      return answer.value;
    },
    async sell(amountMinor) {
      await bench.call('sale.add-code', { code: article, source: 'scan', quantityMilli: amountMinor * 1000 });
    },
    async pass(ms) {
      const endMs = nowMs + ms;
      for (;;) {
        const [next] = [...timers].filter((timer) => timer.atMs <= endMs).sort((a, b) => a.atMs - b.atMs);
        if (!next) break;
        timers.delete(next);
        nowMs = Math.max(nowMs, next.atMs);
        next.work();
        await settle();
      }
      nowMs = endMs;
    },
    dieAtWrite(n) {
      untilDeath = Math.ceil(n / 2);
      dieBefore = n % 2 === 1;
    },
    dead: () => services === null,
    async restart() {
      services = null;
      timers.clear();
      await open();
    },
    findings() {
      const sql = statementsOf(db);
      return [...checkPayments(sql).findings, ...checkTasks(sql).findings, ...checkReturns(sql, real.sales).findings];
    },
    everythingSaid() {
      const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'article_%'").pluck().all() as string[];
      return [...said, ...tables.map((table) => JSON.stringify(db.prepare(`SELECT * FROM ${table}`).all()))].join('\n');
    },
  };
  await open();
  return bench;
}
