import { mutants } from './mutants.ts';
import type { SimulatedProvider } from './provider.ts';
import { paymentsOf, simulate, type RunResult } from './run.ts';
import { faultKinds, type FaultKind } from './run-context.ts';
import { simulatedSeqr } from './seqr.ts';
import { simulatedShapes } from './synthetic.ts';
import { simulatedVipps } from './vipps.ts';

/** Every provider that can be played, by its name. */
export const simulatedProviders: Readonly<Record<string, SimulatedProvider>> = { seqr: simulatedSeqr as unknown as SimulatedProvider, ...simulatedShapes, ...simulatedVipps };

/** Those of one name: itself, or every way to use it (`vipps`: all that begin `vipps-`). */
export const providersNamed = (name: string): readonly string[] => Object.keys(simulatedProviders).filter((one) => one === name || one.startsWith(`${name}-`));

/** Each provider as often as any other, however many ways there are to use it: these take turns. */
function inTurns(names: readonly string[]): readonly string[] {
  const ways = [...new Set(names.map((name) => name.replace(/-.*/, '')))].map((provider) => names.filter((name) => name === provider || name.startsWith(`${provider}-`)));
  const rounds = Math.max(...ways.map((one) => one.length));
  return Array.from({ length: rounds }, (_, round) => ways.map((one) => one[round % one.length] ?? '')).flat();
}

const allProviders = Object.keys(simulatedProviders);
/** A fault of the engine shows at every provider; days with these take the least time. */
const quickProviders = allProviders.filter((name) => !(name in simulatedVipps));

/** The providers at which a planted fault is looked for; without one, all of them. */
export const placesOf = (mutant: string | null): readonly string[] => inTurns(mutant === null ? allProviders : (mutants[mutant]?.at?.flatMap(providersNamed) ?? quickProviders));

/** Names of the planted faults, each with what it gets wrong. */
export const mutantNames = (): readonly (readonly [string, string])[] => Object.entries(mutants).map(([name, { about }]) => [name, about]);

export type Campaign = {
  readonly seed: number;
  readonly runs: number;
  readonly payments: number;
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
  readonly violations: readonly { readonly rule: string; readonly what: string; readonly seed: number; readonly story: readonly string[] }[];
};

export type CampaignOptions = {
  readonly seed: number;
  readonly runs: number;
  readonly providers: readonly string[];
  readonly mutant: string | null;
  /** Whether the first failures are made smaller, to be read by people. */
  readonly shrink: boolean;
  /** Ends early, between two runs. */
  readonly enough: (so: { readonly runs: number; readonly violations: number }) => boolean;
};

/** The same failure with as few payments and as few kinds of fault as still show it. */
async function shrunk(provider: SimulatedProvider, failed: RunResult, mutant: string | null): Promise<RunResult> {
  const rule = failed.violations[0]?.rule;
  let best = failed;
  let payments = paymentsOf(failed.seed);
  let without = new Set<FaultKind>();
  const still = async (fewer: number, less: ReadonlySet<FaultKind>): Promise<boolean> => {
    const run = await simulate(provider, { seed: failed.seed, payments: fewer, without: less, mutant });
    if (!run.violations.some((one) => one.rule === rule)) return false;
    best = run;
    return true;
  };
  for (let fewer = 1; fewer < payments; fewer += 1) {
    if (!(await still(fewer, without))) continue;
    payments = fewer;
    break;
  }
  for (const kind of faultKinds) {
    const less = new Set([...without, kind]);
    if (await still(payments, less)) without = less;
  }
  return best;
}

/** Runs seed after seed; the first failures are made smaller and told in words. */
export async function campaign({ seed, runs, providers, mutant, shrink, enough }: CampaignOptions): Promise<Campaign> {
  const faults: Partial<Record<FaultKind, number>> = {};
  const violations: Campaign['violations'][number][] = [];
  let payments = 0;
  let done = 0;
  for (; done < runs && !enough({ runs: done, violations: violations.length }); done += 1) {
    const provider = simulatedProviders[providers[(seed + done) % providers.length] ?? ''];
    if (!provider) throw new Error('simulation: no such provider');
    const run = await simulate(provider, { seed: seed + done, payments: paymentsOf(seed + done), without: new Set(), mutant });
    payments += run.payments;
    for (const [kind, times] of Object.entries(run.faults)) faults[kind as FaultKind] = (faults[kind as FaultKind] ?? 0) + times;
    const [first] = run.violations;
    if (!first) continue;
    const told = shrink && violations.length < 3 ? await shrunk(provider, run, mutant) : run;
    violations.push({ ...(told.violations.find((one) => one.rule === first.rule) ?? first), seed: run.seed, story: told.story });
  }
  return { seed, runs: done, payments, faults, violations };
}
