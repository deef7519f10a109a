import type { RegisterView } from '../../contract/shop.ts';
import type { StaffRecord } from '../../core/ports/stores.ts';
import { expectedMinor } from '../../core/shifts/cash.ts';
import { countries } from '../../core/countries/index.ts';
import type { ShopContext } from '../context.ts';
import type { Services } from '../services.ts';
import { arrivals, type OpeningDay } from './calendar.ts';
import type { Chance } from './chance.ts';
import { quiet, type StandingClock } from './clock.ts';
import { callsOf, serveOdd, type Calls, type OddCustomer } from './counter-calls.ts';
import { ringUp, type RingUp } from './ring-up.ts';

/** One register's day: its services, and who works there. */
export type RegisterDay = {
  readonly open: (register: RegisterView) => { readonly services: Services; readonly context: ShopContext };
  readonly register: RegisterView;
  readonly day: OpeningDay;
  readonly receipts: number;
  readonly clock: StandingClock;
  readonly chance: Chance;
  readonly basket: RingUp['basket'];
  readonly app: string;
  readonly manager: StaffRecord;
  readonly cashiers: readonly StaffRecord[];
};

/** What a day came to, beside what the database counts. */
export type DayCounts = { receipts: number; odd: Record<string, number>; differences: number };

const minuteMs = 60_000;
/** What a drawer begins its day with, in major units of ten. */
const floatOf = (context: ShopContext): number => (context.shop().currency === 'EUR' ? 15_000 : 150_000);

/** Notes and coins that come to an amount; null where they can't. */
function piecesFor(amountMinor: number, pieces: readonly number[]): { pieceMinor: number; count: number }[] | null {
  let left = amountMinor;
  const found = pieces.map((pieceMinor) => {
    const count = Math.floor(left / pieceMinor);
    left -= count * pieceMinor;
    return { pieceMinor, count };
  });
  return left === 0 ? found.filter(({ count }) => count > 0) : null;
}

const explanations = ['Wrong change given', 'A coin is missing', 'Counted twice', 'Change rounded by hand'];

class Drawer {
  readonly #calls: Calls;
  readonly #context: ShopContext;
  readonly #chance: Chance;
  readonly #counts: DayCounts;

  constructor(calls: Calls, context: ShopContext, chance: Chance, counts: DayCounts) {
    this.#calls = calls;
    this.#context = context;
    this.#chance = chance;
    this.#counts = counts;
  }

  id(): string {
    const shiftId = this.#context.stores.shifts.inUse(this.#context.register.id);
    if (shiftId === null) throw new Error('seed: no drawer is open');
    return shiftId;
  }

  #counted(amountMinor: number) {
    const pieces = piecesFor(amountMinor, countries[this.#context.shop().country].cashPieces);
    return pieces ? { by: 'pieces' as const, pieces } : { by: 'sum' as const, amountMinor };
  }

  async open(): Promise<void> {
    const { shifts } = this.#context.stores;
    const left = shifts.closed(this.#context.register.id, 1)[0]?.closing?.leftMinor;
    await this.#calls.call('shift.open', { drawer: '', counted: this.#counted(left ?? floatOf(this.#context)) });
  }

  expected(): number {
    const { shifts } = this.#context.stores;
    const shiftId = this.id();
    return expectedMinor(shifts.movements(shiftId), shifts.cashMinor(shiftId));
  }

  /** A count by somebody who mostly counts right. */
  async count(): Promise<{ readonly shiftId: string; readonly countId: string; readonly countedMinor: number; readonly explanation: string; readonly approval?: string }> {
    const shiftId = this.id();
    const pieces = countries[this.#context.shop().country].cashPieces;
    const coin = pieces.at(-1) ?? 1;
    const off = this.#chance.often(0.18) ? this.#chance.pick([-20, -10, -4, -2, -1, 1, 2, 5]) * coin : 0;
    const countedMinor = Math.max(0, this.expected() + off);
    const { countId, differenceMinor } = await this.#calls.call('shift.count', { shiftId, counted: this.#counted(countedMinor) });
    if (differenceMinor === 0) return { shiftId, countId, countedMinor, explanation: '' };
    this.#counts.differences += 1;
    return { shiftId, countId, countedMinor, explanation: this.#chance.pick(explanations), approval: await this.#calls.approval('shift-difference') };
  }

  async close(): Promise<void> {
    const float = floatOf(this.#context);
    const { countedMinor, ...count } = await this.count();
    await this.#calls.call('shift.close', { ...count, leftMinor: Math.min(countedMinor, float) });
  }

  async handOver(to: StaffRecord): Promise<void> {
    const { countedMinor: _counted, ...count } = await this.count();
    await this.#calls.call('shift.hand-over', { ...count, toStaffId: to.id });
  }

  /** What goes in and out beside sales. */
  async move(): Promise<void> {
    const kind = (['pay-out', 'pay-in', 'safe-drop'] as const)[this.#chance.weighted([5, 2, 3])] ?? 'pay-out';
    const major = floatOf(this.#context) / 100;
    const wanted = kind === 'safe-drop' ? Math.floor((this.expected() - floatOf(this.#context)) / major) * major : major * this.#chance.between(2, 12);
    if (wanted < 1 || (kind === 'pay-out' && wanted > this.expected())) return;
    const reason = { 'pay-out': ['Window cleaner', 'Postage', 'Milk for the kitchen'], 'pay-in': ['Change from the bank'], 'safe-drop': ['To the safe'] }[kind];
    await this.#calls.call('shift.move', { shiftId: this.id(), kind, amountMinor: wanted, reason: this.#chance.pick(reason), approval: await this.#calls.approval('cash-move') });
  }
}

/** Things that a day brings beside customers, by how many customers there are. */
async function meanwhile(calls: Calls, drawer: Drawer, chance: Chance, share: number): Promise<void> {
  if (chance.often(0.25 * share)) await drawer.move();
  if (chance.often(0.9 * share)) await calls.call('drawer.open', { reason: 'Change for the customer', approval: await calls.approval('drawer-open') });
  if (chance.often(0.15 * share)) {
    await calls.call('report.x', { approval: await calls.approval('report-x') });
    await quiet();
  }
}

/** A register's day from the first sign-in to its Z. */
export async function playDay(input: RegisterDay): Promise<DayCounts> {
  const { register, day, receipts, clock, chance, manager, cashiers } = input;
  const counts: DayCounts = { receipts: 0, odd: {}, differences: 0 };
  clock.set(day.opensMs - 12 * minuteMs);
  const { services, context } = input.open(register);
  const calls = callsOf(services, manager.id);
  const drawer = new Drawer(calls, context, chance, counts);
  const signIn = (person: StaffRecord) => calls.call('session.sign-in', { staffId: person.id, pin: '0000' });
  const first = chance.pick(cashiers);
  const second = chance.pick(cashiers.filter((one) => one !== first));
  let onDuty = first;
  await signIn(onDuty);
  clock.set(clock.nowMs() + 5 * minuteMs);
  await drawer.open();
  const changesAtMs = day.opensMs + (day.closesMs - day.opensMs) * 0.52;
  const times = arrivals(context.shop().timeZone, day, receipts, chance);
  const share = 1 / Math.max(1, receipts);
  for (const [index, atMs] of times.entries()) {
    const nextMs = times[index + 1] ?? day.closesMs;
    const timeMs = Math.max(0, Math.min(nextMs - atMs - 1, chance.between(20_000, 150_000)));
    clock.set(atMs);
    if (onDuty === first && atMs > changesAtMs && day.closesMs - day.opensMs > 8 * 60 * minuteMs) {
      await drawer.handOver(second);
      await calls.call('session.sign-out', {});
      onDuty = second;
      await signIn(onDuty);
    }
    if (chance.often(0.06)) {
      const odd: OddCustomer = { calls, clock, chance, basket: input.basket, newId: () => context.ids.next(), timeMs: timeMs / 2 };
      const served = await serveOdd(odd);
      counts.odd[served.what] = (counts.odd[served.what] ?? 0) + 1;
      // One who left is followed by one who stays: as many receipts are completed as were asked for.
      if (!served.completed) ringUp({ context, clock, chance, basket: input.basket, app: input.app, timeMs: timeMs / 2 }, onDuty.id);
    } else {
      const receipt = ringUp({ context, clock, chance, basket: input.basket, app: input.app, timeMs }, onDuty.id);
      if (chance.often(0.008)) await calls.call('receipt.print', { receiptId: receipt.id });
    }
    counts.receipts += 1;
    await meanwhile(calls, drawer, chance, share);
  }
  clock.set(day.closesMs + chance.between(2, 9) * minuteMs);
  await drawer.close();
  await calls.call('session.sign-out', {});
  await signIn(manager);
  clock.set(clock.nowMs() + chance.between(2, 6) * minuteMs);
  await calls.call('report.z', {});
  await quiet();
  await calls.call('session.sign-out', {});
  await services.close();
  return counts;
}
