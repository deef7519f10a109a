import { createWords } from '../../adapters/words/index.ts';
import { createBus, type Bus } from '../../app/bus.ts';
import { guardedClock } from '../../app/guarded-clock.ts';
import { openServices, type Services } from '../../app/services.ts';
import type { CallInput, CallName, CallOutput } from '../../contract/index.ts';
import type { Result } from '../../contract/errors.ts';
import type { PaymentView } from '../../contract/payment.ts';
import type { Stores } from '../../core/ports/stores.ts';
import type { Http } from '../../core/ports/http.ts';
import type { Clock, Log } from '../../core/ports/world.ts';
import { checkProvider, type PaymentProvider } from '../../core/payments/provider.ts';
import { openDatabase, type Database } from '../../storage/database.ts';
import { storesOf } from '../../storage/open.ts';
import { statement } from './auditor.ts';
import type { Mutant } from './mutants.ts';
import type { Network } from './network.ts';
import type { Move, SimulatedProvider } from './provider.ts';
import type { Lost, RunContext } from './run-context.ts';
import { registerDatabase, seal, sha256, unseal } from './shop.ts';
import { noMailer } from '../no-mailer.ts';

/** The till was killed while somebody waited for it. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** A register over its database, with one life after another. */
export type SimulatedTill = {
  readonly register: number;
  /** Another one after a copy was restored. */
  readonly db: Database;
  /** Whether a life is running. */
  up(): boolean;
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<Result<CallOutput<N>>>;
  /** Waits in virtual time; throws Killed when the till dies meanwhile. */
  sleep(ms: number): Promise<void>;
  /** The newest view of a payment that the cashier's window was sent in this life. */
  payment(attemptId: string): PaymentView | undefined;
  kill(): void;
  start(): void;
  /** Something reaches the till from outside; whether it is true is the provider's to say. */
  deliver(message: string): void;
  /** Keeps a copy of the database as it is, as a backup would. */
  copy(): void;
  /** Puts the copy in the database's place, if there is one. What happened since is lost to this till. */
  restore(): void;
  /** How long the life that runs has asked its provider nothing, ms; 0 where none runs. */
  silentMs(): number;
  /** What restoring a copy has lost. */
  readonly lost: Lost;
};

/** Methods of the stores that write; here is where a disk is full and a plug is pulled. */
const writes = new Set(['commit', 'saveAttempt', 'save', 'setPrintState', 'append', 'open', 'setSetting']);

const words = createWords();

/** A planted fault is in the provider as each account uses it. */
function planted(real: PaymentProvider, mutant: Mutant): PaymentProvider {
  const made = mutant.provider?.(real) ?? real;
  const { forAccount } = made;
  return forAccount ? { ...made, forAccount: (...account) => planted(forAccount(...account), mutant) } : made;
}

export function createTill(run: RunContext, network: Network, provider: SimulatedProvider, register: number, mutant: Mutant): SimulatedTill {
  let db = registerDatabase(register, provider, run.trueMs());
  const storesOver = (over: Database): Stores => {
    const plain = storesOf(over, sha256);
    return mutant.stores?.(plain) ?? plain;
  };
  let real = storesOver(db);
  let backup: { readonly file: Buffer; readonly lastId: number } | null = null;
  const lost: Lost = { own: new Set(), references: new Set(), refundedOf: new Set(), knownAttempts: new Set() };
  const random = run.random.stream(`till-${register}`);
  let life = 0;
  let services: Services | null = null;
  let opening = false;
  let depth = 0;
  let heardMs = 0;
  let lastId = 0;
  // Later ones sort after earlier ones, as the till's own do; nothing in them is left to chance.
  const ids = { next: () => `${register}-${String((lastId += 1)).padStart(8, '0')}` };
  const payments = new Map<string, PaymentView>();
  const inbox = new Set<(message: string) => void>();
  const deaths = new Set<() => void>();

  function kill(): void {
    if (!services && !opening) return;
    life += 1;
    services = null;
    payments.clear();
    run.tell(`register ${register}: the plug is pulled`);
    const dying = Array.from(deaths);
    deaths.clear();
    for (const die of dying) die();
  }

  /** What is about to be sent stands in the database as being sent: the rule that all others rest on. */
  function written(what: Move): boolean {
    const query = {
      payment: "SELECT 1 FROM payment_attempt WHERE state IN ('starting', 'outcome-unknown', 'waiting', 'cancelling')",
      capture: "SELECT 1 FROM payment_attempt WHERE state = 'capturing'",
      refund: "SELECT 1 FROM refund WHERE state IN ('sending', 'waiting', 'outcome-unknown')",
    }[what];
    return statement(db, query).get() !== undefined;
  }

  /** Notes when something was asked last. */
  const watched = (http: Http): Http => ({
    send(request) {
      heardMs = run.timeline.nowMs();
      return http.send(request);
    },
  });

  const column = (sql: string): readonly string[] => db.prepare(sql).pluck().all() as string[];

  function restore(): void {
    if (!backup) return;
    kill();
    const names = (): Readonly<Record<keyof Omit<Lost, 'knownAttempts'>, readonly string[]>> => ({
      own: column("SELECT reference FROM payment_attempt WHERE payment_order IS NOT NULL AND reference <> ''"),
      references: column("SELECT reference FROM transaction_post WHERE kind = 'payment' UNION SELECT reference FROM task"),
      refundedOf: column('SELECT DISTINCT coalesce(post.reference, task.reference) FROM refund LEFT JOIN transaction_post AS post ON post.id = refund.post_id LEFT JOIN task ON task.id = refund.task_id'),
    });
    const before = names();
    db.close();
    db = openDatabase(backup.file);
    db.pragma('foreign_keys = ON');
    // A till that is restored draws another epoch, and its counters go on from where they were.
    if (!mutant.keepsEpoch) db.prepare("DELETE FROM setting WHERE name = 'epoch'").run();
    lastId = backup.lastId;
    real = storesOver(db);
    const now = names();
    for (const name of ['own', 'references'] as const) for (const one of before[name]) if (!now[name].includes(one)) lost[name].add(one);
    for (const one of before.refundedOf) lost.refundedOf.add(one);
    for (const one of column('SELECT id FROM payment_attempt')) lost.knownAttempts.add(one);
    run.tell(`register ${register}: an old copy of the database is restored`);
  }

  /** Whether a life is the one that runs. The first moments of one count as its own. */
  const aliveIn = (own: number) => (): boolean => own === life;

  function writing<T>(alive: () => boolean, write: () => T): T {
    if (!alive()) throw new Killed();
    // Stores write through one another; only the outermost write is a step of its own.
    if (depth > 0 || opening) return write();
    if (run.strikes('disk-full', random, 0.002)) throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    if (run.strikes('database-busy', random, 0.002)) throw Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });
    if (run.strikes('kill-at-write', random, 0.002)) {
      run.tell(`register ${register}: killed just before a write`);
      kill();
      throw new Killed();
    }
    depth += 1;
    try {
      const written = write();
      if (run.strikes('kill-at-write', random, 0.002)) {
        run.tell(`register ${register}: killed just after a write`);
        kill();
        throw new Killed();
      }
      return written;
    } finally {
      depth -= 1;
    }
  }

  function guarded(alive: () => boolean): Stores {
    const store = <T extends object>(own: T): T =>
      new Proxy(own, {
        get(target, name) {
          const value = Reflect.get(target, name) as unknown;
          if (typeof value !== 'function' || typeof name !== 'string' || !writes.has(name)) return value;
          return (...args: unknown[]) => writing(alive, () => (value as (...all: unknown[]) => unknown)(...args));
        },
      });
    const { transaction } = real;
    return {
      ...real,
      shop: store(real.shop),
      staff: store(real.staff),
      articles: real.articles,
      sales: store(real.sales),
      refunds: store(real.refunds),
      tasks: store(real.tasks),
      journal: store(real.journal),
      providers: store(real.providers),
      transaction: (work) => writing(alive, () => transaction(work)),
    };
  }

  function clockOf(alive: () => boolean): Clock {
    return {
      nowMs: () => run.wallMs(),
      monotonicMs: () => run.timeline.nowMs(),
      after: (ms, work) =>
        run.timeline.after(ms, () => {
          if (alive()) work();
        }),
    };
  }

  function start(): void {
    const own = life;
    const alive = aliveIn(own);
    const bus: Bus = createBus();
    bus.subscribe('cashier', (name, payload) => {
      if (name !== 'payment.changed' || !alive()) return;
      const view = payload as PaymentView;
      payments.set(view.attemptId, view);
      const state = statement(db, 'SELECT state FROM payment_attempt WHERE id = ?').pluck().get(view.attemptId);
      if (state !== view.state) run.violate('written-before-shown', `a payment is shown as ${view.state}, and the database says ${String(state)}`);
    });
    const complain = (message: string, fields?: Readonly<Record<string, unknown>>): void => {
      if (!alive() || /Killed|disk is full|database is locked/.test(JSON.stringify(fields ?? {}))) return;
      run.violate('no-crash', `${message}: ${JSON.stringify(fields ?? {})}`);
    };
    const log: Log = { info: () => undefined, warn: () => undefined, error: complain };
    inbox.clear();
    heardMs = run.timeline.nowMs();
    const subscribe = (listener: (message: string) => void): (() => void) => {
      inbox.add(listener);
      return () => void inbox.delete(listener);
    };
    const adapter = provider.create({ http: watched(network.http({ alive, kill, written })), nowMs: () => run.wallMs(), monotonicMs: () => run.timeline.nowMs(), randomHex: () => '00', program: 'Kassa' }, { subscribe });
    opening = true;
    try {
      const opened = openServices({
        stores: guarded(alive),
        ports: {
          clock: guardedClock(clockOf(alive), log, () => undefined),
          ids,
          crypto: { hashPin: () => Promise.resolve('plain'), checkPin: () => Promise.resolve(true), sha256 },
          secrets: { seal, open: unseal },
          log,
          words,
          barcodes: { code128: () => '', qr: () => '' },
          network: { online: () => true },
          mailer: noMailer,
        },
        randomHex: (bytes) => Array.from({ length: bytes }, () => random.below(256).toString(16).padStart(2, '0')).join(''),
        devices: { printer: { state: () => 'absent', print: () => Promise.resolve({ ok: true }) }, drawer: { open: () => undefined, state: () => 'unknown' } },
        demo: null,
        phones: [],
        providers: [checkProvider(planted(adapter, mutant))],
        ...(mutant.engine ? { engine: mutant.engine } : {}),
        mode: 'demo',
        options: { host: 'browser', version: '0', language: 'en', pdf: { render: () => Promise.resolve(null) } },
        bus,
        startShop: () => Promise.resolve(),
        reopen: () => Promise.resolve(),
        guard: { damaged: () => undefined, backupFailed: () => false, scanners: () => null },
      });
      // A plug may be pulled while the till starts.
      if (alive()) services = opened;
    } finally {
      opening = false;
    }
    run.tell(`register ${register}: the till is up`);
  }

  /** Ends with the life that it was begun in. */
  function inThisLife<T>(work: (done: (value: T) => void) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const die = (): void => reject(new Killed());
      deaths.add(die);
      work((value) => {
        deaths.delete(die);
        resolve(value);
      });
    });
  }

  return {
    register,
    get db() {
      return db;
    },
    lost,
    deliver(message) {
      for (const listener of Array.from(inbox)) listener(message);
    },
    copy() {
      // A moment at which the till writes is none for a copy; the next one will do.
      if (db.inTransaction || depth > 0 || opening) return;
      backup = { file: db.serialize(), lastId };
    },
    restore,
    silentMs: () => (services ? run.timeline.nowMs() - heardMs : 0),
    up: () => services !== null,
    async call<N extends CallName>(name: N, input: CallInput<N>) {
      const now = services;
      if (!now) throw new Killed();
      return inThisLife<Result<CallOutput<N>>>((done) => {
        void now.dispatch('cashier', name, input).then((result) => done(result as Result<CallOutput<N>>));
      });
    },
    sleep: (ms) => (services ? inThisLife<void>((done) => void run.timeline.after(ms, () => done(undefined))) : Promise.reject(new Killed())),
    payment: (attemptId) => payments.get(attemptId),
    kill,
    start() {
      if (services) return;
      start();
    },
  };
}

