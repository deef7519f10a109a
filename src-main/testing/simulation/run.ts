import type { Database } from '../../storage/database.ts';
import { checkJournal } from '../../storage/audit/journal-check.ts';
import { checkPayments, checkTasks } from '../../storage/audit/payment-check.ts';
import { checkNumbers, checkReceipts } from '../../storage/audit/receipt-check.ts';
import { statementsOf } from '../../storage/database.ts';
import { storesOf } from '../../storage/open.ts';
import { momentary, reconcile, statement, unfinished } from './auditor.ts';
import { mutants, type Mutant } from './mutants.ts';
import { createNetwork, type Network } from './network.ts';
import { createCashier, letCustomersAct } from './people.ts';
import type { SimulatedProvider } from './provider.ts';
import { randomOf } from './random.ts';
import type { FaultKind, RunContext, RunOptions, Violation } from './run-context.ts';
import { sha256 } from './shop.ts';
import { createTill, type SimulatedTill } from './till.ts';
import { createTimeline } from './timeline.ts';

export type RunResult = {
  readonly seed: number;
  readonly payments: number;
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
  readonly violations: readonly Violation[];
  /** What happened, in words, the newest last. */
  readonly story: readonly string[];
};

/** An evening before the clocks go back, so that jumps and summer time meet. */
const startsAtMs = Date.parse('2026-10-24T21:30:00.000Z');
/** No day is longer, in virtual time: whatever is not done by then hangs. */
const longestMs = 4 * 3_600_000;
const storyLines = 400;

function contextOf({ seed, without }: RunOptions, faults: Partial<Record<FaultKind, number>>, violations: Violation[], story: string[]): RunContext {
  const timeline = createTimeline();
  let skewMs = 0;
  let calm = false;
  const tell = (line: string): void => {
    story.push(`${(timeline.nowMs() / 1000).toFixed(3).padStart(9)} s  ${line}`);
    if (story.length > storyLines) story.shift();
  };
  return {
    random: randomOf(seed),
    timeline,
    trueMs: () => startsAtMs + Math.floor(timeline.nowMs()),
    wallMs: () => startsAtMs + Math.floor(timeline.nowMs()) + skewMs,
    setWall(byMs) {
      skewMs += byMs;
    },
    strikes(kind, random, probability) {
      // Drawn in any case, so that leaving a kind out shifts nothing else.
      const hit = random.chance(probability);
      if (!hit || calm || without.has(kind)) return false;
      faults[kind] = (faults[kind] ?? 0) + 1;
      return true;
    },
    calm() {
      calm = true;
    },
    tell,
    violate(rule, what) {
      if (violations.length < 20 && !violations.some((one) => one.rule === rule && one.what === what)) violations.push({ rule, what });
      tell(`VIOLATION of ${rule}: ${what}`);
    },
  };
}

/** Plugs that are pulled and clocks that are set, whatever the till is doing. */
function troubles(run: RunContext, tills: readonly SimulatedTill[]): void {
  const random = run.random.stream('troubles');
  for (const till of tills) {
    for (let kills = random.below(3); kills > 0; kills -= 1) {
      run.timeline.after(random.between(500, 240_000), () => {
        if (till.up() && run.strikes('kill', random, 1)) till.kill();
      });
    }
  }
  for (const till of tills) {
    if (!random.chance(0.4)) continue;
    const copiedMs = random.between(500, 120_000);
    run.timeline.after(copiedMs, till.copy);
    run.timeline.after(copiedMs + random.between(1_000, 120_000), () => {
      if (run.strikes('restored-copy', random, 1)) till.restore();
    });
  }
  for (let jumps = random.below(3); jumps > 0; jumps -= 1) {
    const byMs = random.between(-7_200_000, 7_200_000);
    run.timeline.after(random.between(500, 240_000), () => {
      if (!run.strikes('clock-jump', random, 1)) return;
      run.tell(`the shop's clock is set by ${Math.round(byMs / 1000)} s`);
      run.setWall(byMs);
    });
  }
}

/** A payment under way is asked about each minute at least, and an answer may take its time. */
const longestSilenceMs = 90_000;
const hasUnfinished = (db: Database): boolean => statement(db, `SELECT 1 FROM payment_attempt WHERE ${unfinished}`).get() !== undefined;

const changesOf = (db: Database): number => Number(statement(db, 'SELECT total_changes()').pluck().get());

/** Lets time pass until the work is done; after each event the books of each register that changed are looked at. */
async function until(run: RunContext, tills: readonly SimulatedTill[], exclusive: boolean, done: () => boolean): Promise<void> {
  const seen = new Map<number, number>();
  const endMs = run.timeline.nowMs() + longestMs;
  while (!done()) {
    if (run.timeline.nowMs() > endMs || !(await run.timeline.step())) {
      run.violate('no-hang', 'the day did not come to its end');
      return;
    }
    for (const till of tills) {
      const { register, db } = till;
      if (till.silentMs() > longestSilenceMs && hasUnfinished(db)) run.violate('never-silent', `register ${register} has a payment under way and has asked nothing for ${Math.round(till.silentMs() / 1000)} s`);
      const changes = changesOf(db);
      if (seen.get(register) === changes) continue;
      seen.set(register, changes);
      for (const { rule, what } of momentary(db, exclusive)) run.violate(rule, what);
    }
  }
}

async function theirs(run: RunContext, tills: readonly SimulatedTill[], exclusive: boolean, work: readonly Promise<void>[]): Promise<void> {
  let left = work.length;
  for (const one of work) {
    void one
      .catch((error: unknown) => run.violate('no-crash', error instanceof Error ? (error.stack ?? error.message) : String(error)))
      .finally(() => {
        left -= 1;
      });
  }
  // The promises above may be done already.
  await new Promise((resolve) => setImmediate(resolve));
  await until(run, tills, exclusive, () => left === 0);
}

function lastLook(run: RunContext, tills: readonly SimulatedTill[], network: Network, provider: SimulatedProvider): void {
  const books = { dbs: tills.map(({ db }) => db), lost: tills.map(({ lost }) => lost), kind: provider.kind, proves: provider.proves, held: network.held() };
  for (const { rule, what } of reconcile(books, network.ledger(), network.ownReference)) run.violate(rule, what);
  for (const { db } of tills) {
    const sql = statementsOf(db);
    const checks = [checkJournal(sql, sha256), checkReceipts(sql, storesOf(db, sha256).sales, sha256), checkNumbers(sql), checkPayments(sql), checkTasks(sql)];
    for (const { rule, where, what } of checks.flatMap(({ findings }) => findings)) run.violate(rule, `${where}: ${what}`);
  }
}

function mutantOf(name: string | null): Mutant {
  if (name === null) return { about: '' };
  const found = mutants[name];
  if (!found) throw new Error(`simulation: no mutant ${name}`);
  return found;
}

/** One seeded shop: registers, carts, payments and every trouble there is, in virtual time, and its books at the end. */
export async function simulate<State extends object>(provider: SimulatedProvider<State>, options: RunOptions): Promise<RunResult> {
  const faults: Partial<Record<FaultKind, number>> = {};
  const violations: Violation[] = [];
  const story: string[] = [];
  const run = contextOf(options, faults, violations, story);
  const setup = run.random.stream('setup');
  const registers = setup.between(1, 3);
  const network = createNetwork(run, provider, registers);
  const tills = Array.from({ length: registers }, (_, index) => createTill(run, network, provider as SimulatedProvider, index + 1, mutantOf(options.mutant)));
  const cashiers = tills.map((till) => createCashier(run, till, network, provider as SimulatedProvider, Math.max(1, Math.round(options.payments / registers))));
  letCustomersAct(run, network, provider as SimulatedProvider, registers);
  network.onNews((register, message) => tills[register - 1]?.deliver(message));
  troubles(run, tills);
  await theirs(run, tills, provider.exclusive, cashiers.map((cashier) => cashier.work()));
  run.calm();
  run.tell('the day is over, and nothing goes wrong any more');
  if (violations.length === 0) await theirs(run, tills, provider.exclusive, cashiers.map((cashier) => cashier.closeDay()));
  if (violations.length === 0) lastLook(run, tills, network, provider as SimulatedProvider);
  for (const till of tills) {
    till.kill();
    till.db.close();
  }
  return { seed: options.seed, payments: cashiers.reduce((all, cashier) => all + cashier.taken(), 0), faults, violations, story };
}

/** How many payments a seed's day has, 5 to 20. */
export const paymentsOf = (seed: number): number => randomOf(seed).stream('payments').between(5, 20);
