import { existsSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { createHttp } from '../../adapters/http.ts';
import { createIds } from '../../adapters/ids.ts';
import type { Country } from '../../contract/basics.ts';
import { countries } from '../../core/countries/index.ts';
import type { Printer } from '../../core/ports/world.ts';
import { builtInProviders } from '../../providers/index.ts';
import { takeInstanceLock } from '../../storage/instance-lock.ts';
import { openForFilling, type FillingStorage } from '../../storage/open.ts';
import { createBus } from '../bus.ts';
import { makeDataFolder } from '../data-folder.ts';
import { openingDays, shared } from '../seed/calendar.ts';
import { bytesOf, chanceOf, zipfOf, type Chance } from '../seed/chance.ts';
import { standingClock } from '../seed/clock.ts';
import { playDay, type RegisterDay } from '../seed/day.ts';
import { fillShop, type SeedShop } from '../seed/shop.ts';
import { contextOf, noLinks, openServices, type ServicesInput } from '../services.ts';
import { createWorld } from '../world.ts';
import { problemOf, type Attempted } from './problem.ts';

export type SeedInput = {
  readonly dataDir: string;
  readonly receipts: number;
  readonly registers: number;
  readonly days: number;
  readonly country: Country;
  readonly seed: string;
  /** The last day of the history, by the shop's calendar. */
  readonly until: string;
  readonly version: string;
  readonly progress: (receipts: number) => void;
};

export type Seeded = {
  readonly path: string;
  readonly country: Country;
  readonly currency: string;
  readonly from: string;
  readonly until: string;
  readonly registers: number;
  readonly days: number;
  readonly receipts: number;
  readonly totalMinor: number;
  /** Receipts that were not ordinary, by what happened. */
  readonly odd: Readonly<Record<string, number>>;
  readonly countedWithDifference: number;
  readonly z: number;
  readonly x: number;
  readonly journalEntries: number;
  readonly seconds: number;
  readonly receiptsPerSecond: number;
};

/** Baskets: one to a dozen articles by popularity, pieces mostly alone, weights as people take them. */
function basketsOf({ articles }: SeedShop): RegisterDay['basket'] {
  const rank = zipfOf(articles.length);
  return (chance: Chance) =>
    Array.from({ length: 1 + chance.weighted([22, 20, 15, 11, 8, 6, 5, 4, 3, 2, 2, 1]) }, () => {
      const article = articles[rank(chance)] ?? articles[0];
      if (!article) throw new Error('seed: nothing is sold');
      const quantityMilli = article.unit === 'kg' ? chance.between(120, 2_200) : 1000 * (1 + chance.weighted([80, 12, 5, 3]));
      return { article, quantityMilli };
    });
}

const printsAll: Printer = { state: () => 'ready', print: () => Promise.resolve({ ok: true }) };

/** What each register's services are built over: the real ones, a clock that stands where it is set, and no world around. */
function groundOf(storage: FillingStorage, input: SeedInput, clock: ReturnType<typeof standingClock>, chance: Chance) {
  const world = createWorld(input.dataDir);
  const bytes = bytesOf(chance);
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error(message: string, fields?: object): never {
      throw new Error(`${message} ${JSON.stringify(fields ?? {})}`);
    },
  };
  const ports = {
    ...world.ports,
    clock,
    log,
    ids: createIds(clock, bytes),
    // Nobody stands at these registers: who signs in is told, and hashing each PIN would be all that a seed does.
    crypto: { ...world.ports.crypto, checkPin: () => Promise.resolve(true) },
    network: { online: () => true },
    // The papers come out of a printer that nobody looks at.
    barcodes: { code128: () => '', qr: () => '' },
  };
  const providers = builtInProviders({ http: createHttp(() => false), nowMs: clock.nowMs, monotonicMs: clock.monotonicMs, randomHex: (count) => bytes(count).toString('hex'), program: `Kassa ${input.version}` });
  const never = (): Promise<void> => Promise.reject(new Error('seed: no shop is opened here'));
  const services: Omit<ServicesInput, 'stores' | 'guard'> = {
    ports,
    randomHex: (count) => bytes(count).toString('hex'),
    devices: { printer: printsAll, drawer: { open: () => undefined, state: () => 'unknown' } },
    demo: null,
    phones: [],
    providers,
    mode: 'live',
    options: { host: 'browser', version: input.version, pdf: { render: () => Promise.resolve(null) } },
    bus: createBus(),
    startShop: never,
    reopen: never,
  };
  const open: RegisterDay['open'] = (register) => {
    const stores = { ...storage, shop: { ...storage.shop, thisRegister: () => register } };
    const all = { ...services, stores };
    return { services: openServices({ ...all, guard: { damaged: () => undefined, backupFailed: () => false, scanners: () => null } }), context: contextOf(all, { links: noLinks }) };
  };
  return { ports, providers, open };
}

async function play(storage: FillingStorage, input: SeedInput): Promise<Omit<Seeded, 'path' | 'seconds' | 'receiptsPerSecond'>> {
  const { country, registers, receipts, until, days: dayCount, seed } = input;
  const { timeZone, currency } = countries[country];
  const days = openingDays(timeZone, until, dayCount, chanceOf(`${seed} days`));
  const clock = standingClock((days[0]?.opensMs ?? 0) - 86_400_000);
  const { ports, providers, open } = groundOf(storage, input, clock, chanceOf(`${seed} ids`));
  const app = providers.find(({ capabilities }) => capabilities.currencies.includes(currency))?.capabilities.kind;
  if (app === undefined) throw new Error(`no provider takes ${currency}`);
  const shop = await fillShop(storage, ports, country, registers, app);
  const basket = basketsOf(shop);
  const perDay = shared(receipts, days.map(({ weight }) => weight));
  const registerWeights = shop.registers.map((_, index) => 1 / Math.sqrt(index + 1));
  const counts = { receipts: 0, odd: {} as Record<string, number>, countedWithDifference: 0 };
  let kept = 0;
  for (const [index, day] of days.entries()) {
    const perRegister = shared(perDay[index] ?? 0, registerWeights);
    for (const [number, register] of shop.registers.entries()) {
      const chance = chanceOf(`${seed} ${day.day} ${number + 1}`);
      const done = await playDay({ open, register, day, receipts: perRegister[number] ?? 0, clock, chance, basket, app, manager: shop.manager, cashiers: shop.cashiers });
      counts.receipts += done.receipts;
      counts.countedWithDifference += done.differences;
      for (const [what, times] of Object.entries(done.odd)) counts.odd[what] = (counts.odd[what] ?? 0) + times;
      if (counts.receipts - kept < 2000) continue;
      kept = counts.receipts;
      storage.keep();
      input.progress(kept);
    }
  }
  const z = shop.registers.map(({ id }) => storage.reports.lastZ(id));
  return {
    country,
    currency,
    from: days[0]?.day ?? until,
    until,
    registers,
    days: dayCount,
    ...counts,
    totalMinor: z.reduce((all, one) => all + (one?.body.grand.netMinor ?? 0), 0),
    z: z.reduce((all, one) => all + (one?.number ?? 0), 0),
    x: shop.registers.reduce((all, { id }) => all + storage.reports.nextNumber(id, 'x') - 1, 0),
    journalEntries: shop.registers.reduce((all, { id }) => all + storage.reports.source(id, storage.reports.lastZ(id)?.toSeq ?? 0).head.seq, 0),
  };
}

/** Makes a believable history in an empty folder. The shop has its name only when all of it is on the disk. */
export async function seedHistory(input: SeedInput): Promise<Attempted<Seeded>> {
  const { dataDir } = input;
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) return { problem: `${dataDir} is not empty. A history is only made in an empty folder: name another one by --data.` };
  const startedMs = performance.now();
  const [filling, file] = [join(dataDir, 'kassa-seeding.sqlite'), join(dataDir, 'kassa.sqlite')];
  try {
    makeDataFolder(dataDir);
    const release = takeInstanceLock(dataDir);
    try {
      const storage = openForFilling({ file: filling, sha256: createWorld(dataDir).ports.crypto.sha256, nowMs: () => 0 });
      const counts = await play(storage, input).finally(() => storage.close());
      renameSync(filling, file);
      const seconds = Math.round((performance.now() - startedMs) / 100) / 10;
      return { path: file, ...counts, seconds, receiptsPerSecond: Math.round(counts.receipts / Math.max(seconds, 0.1)) };
    } finally {
      release();
    }
  } catch (error) {
    return problemOf(error);
  }
}
